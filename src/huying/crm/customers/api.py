"""Routes of customers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from huying.admin.guard import CallerOf, requires
from huying.crm.assets.api import AssetPage
from huying.crm.assets.service import add_asset, assets_of
from huying.crm.assets.views import AssetView, NewAsset, asset_view
from huying.crm.customers.service import add_customer, change_customer, get_customer, search_customers
from huying.crm.customers.views import CustomerChange, CustomerPage, CustomerView, NewCustomer, customer_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/customers", tags=["customers"])


@router.get("", dependencies=[requires("customers.view")])
async def list_customers(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> CustomerPage:
    """Customers by name; `search` finds name, company, pinyin, initials, number and serial number."""
    async with ground.database.business(caller.business_id) as session:
        customers, total = await search_customers(session, search, limit, offset)
    return CustomerPage(items=[customer_view(customer) for customer in customers], total=total)


@router.post("", status_code=201, dependencies=[requires("customers.edit")])
async def make_customer(caller: CallerOf, ground: GroundOf, given: NewCustomer) -> CustomerView:
    """A new customer."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await add_customer(session, caller.business_id, given.fields(), ground.clock()))


@router.get("/{customer_id}", dependencies=[requires("customers.view")])
async def read_customer(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> CustomerView:
    """One customer."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await get_customer(session, customer_id))


@router.patch("/{customer_id}", dependencies=[requires("customers.edit")])
async def edit_customer(caller: CallerOf, ground: GroundOf, customer_id: IdPath, given: CustomerChange) -> CustomerView:
    """Change what is given; `numbers` replaces the whole list."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await change_customer(session, customer_id, given.fields(), ground.clock()))


@router.get("/{customer_id}/assets", dependencies=[requires("customers.view")])
async def list_assets(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> AssetPage:
    """The customer's appliances, the newest purchase first."""
    async with ground.database.business(caller.business_id) as session:
        await get_customer(session, customer_id)
        items = [asset_view(asset) for asset in await assets_of(session, customer_id)]
    return AssetPage(items=items, total=len(items))


@router.post("/{customer_id}/assets", status_code=201, dependencies=[requires("customers.edit")])
async def make_asset(caller: CallerOf, ground: GroundOf, customer_id: IdPath, given: NewAsset) -> AssetView:
    """A new appliance of the customer."""
    async with ground.database.business(caller.business_id) as session:
        return asset_view(await add_asset(session, caller.business_id, customer_id, given.fields()))
