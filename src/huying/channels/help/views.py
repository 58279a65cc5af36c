"""A request for help as people see it: what is asked, and the contact so far. For who asked and who is asked alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.help.model import HelpRequestRow
from huying.channels.help.service import open_for
from huying.channels.model import InteractionRow
from huying.crm.customers.service import Customer, find_by_number, get_customer
from huying.foundation.errors import NotFound


class HelpContact(BaseModel):
    """What is known of the contact: whose it is, the notes so far."""

    number: str
    name: str
    customer_id: str | None
    customer_name: str
    customer_class: str
    warning: str
    channel: str
    disposition: str
    note: str


class HelpOut(BaseModel):
    """A request for help. `taken_by_name`: who helps."""

    help_id: str
    contact_id: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    text: str
    queue_id: str | None
    talk_since: datetime | None
    audience: str
    asked: list[str]
    taken_by: str | None
    taken_by_name: str
    taken_at: datetime | None
    ended_at: datetime | None
    ending: str
    contact: HelpContact | None


async def help_out(session: AsyncSession, row: HelpRequestRow) -> HelpOut:
    """The request with the contact as it is known now."""
    people = [person for person in (row.asked_by, row.taken_by) if person]
    found = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people)))
    names: dict[str, str] = dict(found.all())
    own = {name: getattr(row, name) for name in HelpOut.model_fields if hasattr(row, name)}
    return HelpOut(
        help_id=row.id,
        **own,
        asked_by_name=names.get(row.asked_by, ""),
        taken_by_name=names.get(row.taken_by or "", ""),
        contact=await _contact(session, row.contact_id),
    )


async def help_rows(session: AsyncSession, _business_id: str, person_id: str) -> dict[str, Mapping[str, object]]:
    """Open requests that the person made or was asked by, as rows of the live feed."""
    return {f"help:{row.id}": (await help_out(session, row)).model_dump(mode="json") for row in await open_for(session, person_id)}


async def _contact(session: AsyncSession, contact_id: str) -> HelpContact | None:
    row = await session.get(InteractionRow, contact_id)
    if row is None:
        return None
    customer = await _customer(session, row)
    return HelpContact(
        number=row.remote_number,
        name=row.remote_name,
        customer_id=customer.id if customer else None,
        customer_name=customer.name if customer else "",
        customer_class=customer.customer_class if customer else "",
        warning=customer.warning if customer else "",
        channel=row.channel,
        disposition=row.disposition,
        note=row.note,
    )


async def _customer(session: AsyncSession, row: InteractionRow) -> Customer | None:
    if row.customer_id is None:
        return await find_by_number(session, row.remote_number) if row.remote_number else None
    try:
        return await get_customer(session, row.customer_id)
    except NotFound:
        return None
