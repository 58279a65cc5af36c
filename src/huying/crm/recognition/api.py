"""The route that tells who has a number."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.crm.companies.views import CompanyView, company_view
from huying.crm.customers.regions import region_of
from huying.crm.customers.views import CustomerView, DoNotCallView, HintView, customer_view
from huying.crm.hints.api import hint_view
from huying.crm.recognition.service import recognise
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/api/customers", tags=["customers"])


class RecognisedView(BaseModel):
    """All who have a number (`number`: E.164). `region`: where it is at home. `hints`: for whoever calls from it.
    `do_not_call`: nobody is to call it."""

    number: str
    region: str
    matches: list[CustomerView]
    companies: list[CompanyView]
    hints: list[HintView]
    do_not_call: DoNotCallView | None


@router.get("/by-number", dependencies=[requires("customers.view")])
async def customers_by_number(
    caller: CallerOf, ground: GroundOf, number: Annotated[str, Query(min_length=1, max_length=40)]
) -> RecognisedView:
    """Who has this number, as people write it: customers, and companies with it; none, one or several."""
    async with ground.database.business(caller.business_id) as session:
        found = await recognise(session, number, ground.clock())
    return RecognisedView(
        number=found.number,
        region=region_of(found.number),
        matches=[customer_view(one) for one in found.customers],
        companies=[company_view(one) for one in found.companies],
        hints=[hint_view(one) for one in found.hints],
        do_not_call=DoNotCallView.model_validate(found.do_not_call, from_attributes=True) if found.do_not_call else None,
    )
