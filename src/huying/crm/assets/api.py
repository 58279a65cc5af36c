"""Routes of single appliances and vehicles; the list stands with the customer."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.crm.assets.service import change_asset, remove_asset
from huying.crm.assets.views import AssetChange, AssetView, asset_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/assets", tags=["customers"])


class AssetPage(BaseModel):
    """Appliances and vehicles, and how many there are in all."""

    items: list[AssetView]
    total: int


@router.patch("/{asset_id}", dependencies=[requires("customers.edit")])
async def edit_asset(caller: CallerOf, ground: GroundOf, asset_id: IdPath, given: AssetChange) -> AssetView:
    """Change what is given."""
    async with ground.database.business(caller.business_id) as session:
        return asset_view(await change_asset(session, asset_id, given.given()))


@router.delete("/{asset_id}", status_code=204, dependencies=[requires("customers.edit")])
async def forget_asset(caller: CallerOf, ground: GroundOf, asset_id: IdPath) -> None:
    """Forget an appliance or vehicle."""
    async with ground.database.business(caller.business_id) as session:
        await remove_asset(session, asset_id)
