"""Routes of customers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from huying.admin.guard import CallerOf, requires
from huying.crm.assets.api import AssetPage
from huying.crm.assets.service import add_asset, assets_of
from huying.crm.assets.views import AssetView, NewAsset, asset_view
from huying.crm.customers.finding import Wanted, find_customers
from huying.crm.customers.service import add_customer, change_customer, customer_row, get_customer
from huying.crm.customers.views import CustomerChange, CustomerClass, CustomerPage, CustomerView, NewCustomer, customer_view, line_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/customers", tags=["customers"])


@router.get("", dependencies=[requires("customers.view")])
async def list_customers(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=100)] = "",
    customer_class: Annotated[CustomerClass | None, Query(alias="class")] = None,
    tag: Annotated[str, Query(max_length=60)] = "",
    company_id: Annotated[str, Query(pattern="^([0-9a-f-]{36})?$")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> CustomerPage:
    """Customers by name; `search` finds parts of name, pinyin, initials, company, numbers, plates, serials, code and e-mails, the closest
    first. `tag`: its id or name."""
    wanted = Wanted(search, customer_class or "", tag, company_id)
    async with ground.database.business(caller.business_id) as session:
        page = await find_customers(session, wanted, limit, offset, ground.clock())
    return CustomerPage(items=[line_view(found) for found in page.items], total=page.total, more=page.more)


@router.post("", status_code=201, dependencies=[requires("customers.edit")])
async def make_customer(caller: CallerOf, ground: GroundOf, given: NewCustomer) -> CustomerView:
    """A new customer."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await add_customer(session, caller.business_id, given.given(), ground.clock(), caller.person_id))


@router.get("/{customer_id}", dependencies=[requires("customers.view")])
async def read_customer(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> CustomerView:
    """One customer; asked for one who was merged, the one he became."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await get_customer(session, customer_id, ground.clock()))


@router.patch("/{customer_id}", dependencies=[requires("customers.edit")])
async def edit_customer(caller: CallerOf, ground: GroundOf, customer_id: IdPath, given: CustomerChange) -> CustomerView:
    """Change what is given; a list replaces the whole list."""
    async with ground.database.business(caller.business_id) as session:
        return customer_view(await change_customer(session, customer_id, given.given(), ground.clock(), caller.person_id))


@router.get("/{customer_id}/assets", dependencies=[requires("customers.view")])
async def list_assets(caller: CallerOf, ground: GroundOf, customer_id: IdPath) -> AssetPage:
    """The customer's appliances and vehicles, the newest purchase first."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        items = [asset_view(asset) for asset in await assets_of(session, row.id)]
    return AssetPage(items=items, total=len(items))


@router.post("/{customer_id}/assets", status_code=201, dependencies=[requires("customers.edit")])
async def make_asset(caller: CallerOf, ground: GroundOf, customer_id: IdPath, given: NewAsset) -> AssetView:
    """A new appliance or vehicle of the customer."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        return asset_view(await add_asset(session, caller.business_id, row.id, given.given()))
