"""What one can do with entry points and the record of a contact. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Executable, Select, delete, false, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.follow_up import closed, marked, may_close
from huying.channels.model import ENTRY_NUMBER, ENTRY_WEB, EntryPointRow, InteractionRow
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.numbers import matchable
from huying.foundation.errors import NotFound


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Where customers enter: a service number or a web entry, and the flow that takes them."""

    id: str
    business_id: str
    kind: str
    address: str
    name: Mapping[str, str]
    flow_id: str
    language: str
    person_id: str = ""
    """Of a direct number: whose it is."""


@dataclass(frozen=True, slots=True)
class NewInteraction:
    """What is known of a contact when it comes in. `remote_number` as it was delivered; it is kept in E.164 where it can be."""

    contact_id: str
    business_id: str
    channel: str
    direction: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    number_called: str
    started_at: datetime


async def load_entry_points(session: AsyncSession) -> list[EntryPoint]:
    """All active entry points that the session may see."""
    rows = await session.scalars(select(EntryPointRow).where(EntryPointRow.active).order_by(EntryPointRow.address))
    return [_entry_point(row) for row in rows]


async def web_entry(session: AsyncSession, name: str) -> EntryPoint:
    """The web entry of this name, of any business (needs a system session). Raises NotFound."""
    statement = select(EntryPointRow).where(EntryPointRow.kind == ENTRY_WEB, EntryPointRow.address == name, EntryPointRow.active)
    row = await session.scalar(statement)
    if row is None:
        raise NotFound("There is no such entry: check the name in the page's address.")
    return _entry_point(row)


async def service_number(session: AsyncSession) -> str:
    """The business's first service number, or an empty text."""
    statement = select(EntryPointRow.address).where(EntryPointRow.kind == ENTRY_NUMBER, EntryPointRow.active).order_by(EntryPointRow.id)
    return await session.scalar(statement.limit(1)) or ""


def opening(new: NewInteraction) -> Executable:
    """The statement that keeps what is known of a contact that came in; done again it changes nothing."""
    values = {field: getattr(new, field) for field in NewInteraction.__dataclass_fields__}
    values["remote_number"] = matchable(new.remote_number) or new.remote_number
    statement = insert(InteractionRow).values(disposition="", note="", **values)
    return statement.on_conflict_do_nothing(index_elements=[InteractionRow.contact_id])


def closing(contact_id: str) -> Executable:
    """The statement that forgets a contact which never came to be."""
    return delete(InteractionRow).where(InteractionRow.contact_id == contact_id)


async def numbers_of(session: AsyncSession, contact_ids: Sequence[str]) -> dict[str, str]:
    """The telephone numbers of these contacts (needs a system session for those of several businesses)."""
    if not contact_ids:
        return {}
    statement = select(InteractionRow.contact_id, InteractionRow.remote_number).where(InteractionRow.contact_id.in_(contact_ids))
    return {row.contact_id: row.remote_number for row in await session.execute(statement)}


async def open_interaction(session: AsyncSession, new: NewInteraction) -> None:
    """Keep what is known of a contact that came in, inside a transaction."""
    await session.execute(opening(new))


async def get_interaction(session: AsyncSession, contact_id: str) -> InteractionRow:
    """The record of a contact. Raises NotFound."""
    row = await session.get(InteractionRow, contact_id)
    if row is None:
        raise NotFound("There is no such contact.")
    return row


async def wrap_up(session: AsyncSession, contact_id: str, disposition: str, note: str, person_id: str, now: datetime) -> InteractionRow:
    """Write how the contact was closed; may be written again. Raises NotFound."""
    row = await get_interaction(session, contact_id)
    row.disposition, row.note = disposition, note.strip()
    row.wrapped_by, row.wrapped_at = person_id, now
    await session.flush()
    return row


async def follow_up(session: AsyncSession, contact_id: str, person_id: str, now: datetime, why: str = "") -> None:
    """This person follows the contact up, unless somebody does already; `why`: see FollowUp. Raises NotFound."""
    row = await get_interaction(session, contact_id)
    row.follow_up = marked(row.follow_up, person_id, now, why)
    await session.flush()


async def close_follow_up(session: AsyncSession, contact_id: str, person_id: str, now: datetime, *, may_all: bool) -> InteractionRow:
    """The follow-up is done; one that is not open stays as it is. Raises NotFound when there is none that this person may close."""
    row = await get_interaction(session, contact_id)
    before = row.follow_up
    if before is None or not may_close(before, person_id, may_all=may_all):
        raise NotFound("There is no follow-up of yours on this contact: its owner or a lead can close it.")
    row.follow_up = closed(before, now)
    await session.flush()
    return row


async def link_customer(session: AsyncSession, contact_id: str, customer_id: str | None) -> None:
    """Say whose contact this is. Raises NotFound."""
    row = await get_interaction(session, contact_id)
    row.customer_id = customer_id
    await session.flush()


async def last_interactions(
    session: AsyncSession, customer_id: str | None, number: str, before: str, limit: int = 10
) -> list[InteractionRow]:
    """The last contacts of the customer, or of the number when the customer is unknown, without the contact `before`."""
    statement = _past(customer_id, number).order_by(InteractionRow.started_at.desc()).limit(limit + 1)
    return [row for row in await session.scalars(statement) if row.contact_id != before][:limit]


async def open_follow_ups(session: AsyncSession, customer_id: str | None, number: str, limit: int = 20) -> list[InteractionRow]:
    """The contacts of the customer, or of the number, that somebody follows up still, the newest first."""
    statement = _past(customer_id, number).where(InteractionRow.follow_up_by.is_not(None), InteractionRow.follow_up_done_at.is_(None))
    return list(await session.scalars(statement.order_by(InteractionRow.started_at.desc()).limit(limit)))


def _past(customer_id: str | None, number: str) -> Select[InteractionRow]:
    """The contacts of a customer, of everybody who was merged into him, and of a number."""
    whose: list[ColumnElement[bool]] = [false()]
    if customer_id:
        merged = select(CustomerRow.id).where(CustomerRow.merged_into == customer_id)
        whose += [InteractionRow.customer_id == customer_id, InteractionRow.customer_id.in_(merged)]
    if number:
        whose.append(InteractionRow.remote_number == number)
    return select(InteractionRow).where(or_(*whose))


def _entry_point(row: EntryPointRow) -> EntryPoint:
    return EntryPoint(
        id=row.id,
        business_id=row.business_id,
        kind=row.kind,
        address=row.address,
        name=dict(row.name),
        flow_id=row.flow_id,
        language=row.language,
        person_id=row.person_id or "",
    )


async def customers_met(session: AsyncSession, customer_ids: Sequence[str]) -> set[str]:
    """Which of these customers had contacts."""
    row = InteractionRow
    found = await session.scalars(select(row.customer_id).where(row.customer_id.in_(customer_ids)).distinct())
    return {customer_id for customer_id in found if customer_id is not None}
