"""The contacts of one customer: history by the customer's card."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from huying.admin.guard import CallerOf, requires
from huying.analytics.history import ContactFilter, list_contacts
from huying.analytics.views import ContactPage, contact_view
from huying.crm.customers.service import customer_row
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(tags=["customers"])


@router.get("/api/customers/{customer_id}/contacts", dependencies=[requires("customers.view")])
async def list_customer_contacts(
    caller: CallerOf,
    ground: GroundOf,
    customer_id: IdPath,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> ContactPage:
    """The customer's contacts, the newest first, with those of everybody who was merged into him."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        lines, total = await list_contacts(session, ContactFilter(customer_id=row.id), limit, offset)
    return ContactPage(items=[contact_view(line) for line in lines], total=total)
