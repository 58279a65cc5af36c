"""Routes of companies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from huying.admin.guard import CallerOf, requires
from huying.crm.companies.service import add_company, change_company, get_company, list_companies
from huying.crm.companies.views import CompanyChange, CompanyPage, CompanyView, NewCompany, company_view
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api/companies", tags=["customers"])


@router.get("", dependencies=[requires("customers.view")])
async def read_companies(
    caller: CallerOf,
    ground: GroundOf,
    search: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> CompanyPage:
    """Companies by name; `search` finds parts of name, pinyin, initials, code and numbers."""
    async with ground.database.business(caller.business_id) as session:
        found, total = await list_companies(session, search, limit, offset)
    return CompanyPage(items=[company_view(one) for one in found], total=total)


@router.post("", status_code=201, dependencies=[requires("customers.edit")])
async def make_company(caller: CallerOf, ground: GroundOf, given: NewCompany) -> CompanyView:
    """A new company."""
    async with ground.database.business(caller.business_id) as session:
        return company_view(await add_company(session, caller.business_id, given.given(), ground.clock()))


@router.get("/{company_id}", dependencies=[requires("customers.view")])
async def read_company(caller: CallerOf, ground: GroundOf, company_id: IdPath) -> CompanyView:
    """One company."""
    async with ground.database.business(caller.business_id) as session:
        return company_view(await get_company(session, company_id))


@router.patch("/{company_id}", dependencies=[requires("customers.edit")])
async def edit_company(caller: CallerOf, ground: GroundOf, company_id: IdPath, given: CompanyChange) -> CompanyView:
    """Change what is given."""
    async with ground.database.business(caller.business_id) as session:
        return company_view(await change_company(session, company_id, given.given(), ground.clock()))
