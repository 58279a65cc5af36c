"""The history of contacts as a list: filters, the page of lines, and whose contacts one may see. Reads only.

Mixes the history's tables with the interaction's and the customer's rows by id, as the page needs them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.analytics.model import ContactFactRow, OfferFactRow, QueueEntryFactRow, SegmentFactRow
from huying.channels.follow_up import FollowUp
from huying.channels.model import InteractionRow
from huying.crm.customers.model import CustomerRow, CustomerSearchRow
from huying.crm.customers.numbers import digits_of
from huying.crm.customers.search import like_pattern, literal, words_typed

AGAINST_THE_AGENT = ("timed_out", "refused", "unreachable")


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """What to list. With a queue, an ending or an origin the time is that of the queue entry, so that a figure opens to its contacts.

    `of_person` limits the list to contacts that this person was offered or held.
    """

    since: datetime | None = None
    until: datetime | None = None
    queue_id: str | None = None
    agent_id: str | None = None
    ending: str | None = None
    origin: str | None = None
    offer_result: str | None = None
    direction: str | None = None
    mos_below: float | None = None
    """Contacts of which a leg sounded worse than this."""
    customer_id: str | None = None
    no_disposition: bool = False
    """Contacts that were left without the disposition their queue insists on."""
    search: str = ""
    of_person: str | None = None


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact of the list. Personal data is the interaction's, which may have been erased."""

    contact_id: str
    channel: str
    direction: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    cause: str
    entry_point: str
    language: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    customer_name: str | None
    number_called: str
    queue_id: str | None
    agent_id: str | None
    agent_name: str | None
    ending: str | None
    queue_entries: int
    wait_seconds: float | None
    talk_seconds: float | None
    hold_seconds: float | None
    disposition: str
    note: str
    recordings: int
    missing_seconds: float
    mos: float | None
    follow_up: FollowUp | None


COLUMNS: tuple[Any, ...] = (
    ContactFactRow.contact_id, ContactFactRow.channel, ContactFactRow.direction, ContactFactRow.entered_at, ContactFactRow.ended_at,
    ContactFactRow.state, ContactFactRow.cause, ContactFactRow.entry_point, ContactFactRow.language, ContactFactRow.queue_id,
    ContactFactRow.agent_id, ContactFactRow.ending, ContactFactRow.queue_entries, ContactFactRow.segments, ContactFactRow.wait_ms,
    ContactFactRow.talk_ms, ContactFactRow.hold_ms, ContactFactRow.recordings, ContactFactRow.missing_seconds,
    ContactFactRow.mos,
    InteractionRow.remote_number, InteractionRow.remote_name, InteractionRow.customer_id, InteractionRow.number_called,
    InteractionRow.disposition, InteractionRow.note, InteractionRow.follow_up_by, InteractionRow.follow_up_since,
    InteractionRow.follow_up_done_at, InteractionRow.follow_up_why,
    CustomerRow.name.label("customer_name"), PersonRow.name.label("agent_name"),
)  # fmt: skip


async def list_contacts(session: AsyncSession, wanted: ContactFilter, limit: int, offset: int) -> tuple[list[ContactLine], int]:
    """One page, the newest first, and how many there are in all."""
    conditions = _conditions(wanted)
    total = await session.scalar(_joined(select(func.count())).where(*conditions)) or 0
    statement = _joined(select(*COLUMNS)).where(*conditions)
    statement = statement.order_by(ContactFactRow.entered_at.desc(), ContactFactRow.contact_id.desc()).limit(limit).offset(offset)
    return [_line(row) for row in (await session.execute(statement)).all()], total


async def lines_of(session: AsyncSession, contact_ids: Sequence[str]) -> dict[str, ContactLine]:
    """The lines of these contacts by id; those that the history has not come to are left out."""
    if not contact_ids:
        return {}
    rows = await session.execute(_joined(select(*COLUMNS)).where(ContactFactRow.contact_id.in_(contact_ids)))
    return {row.contact_id: _line(row) for row in rows.all()}


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(ContactFactRow)
        .outerjoin(InteractionRow, InteractionRow.contact_id == ContactFactRow.contact_id)
        .outerjoin(CustomerRow, CustomerRow.id == InteractionRow.customer_id)
        .outerjoin(PersonRow, PersonRow.id == ContactFactRow.agent_id)
    )


def _conditions(wanted: ContactFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.no_disposition and wanted.agent_id and not wanted.queue_id:
        found.append(ContactFactRow.contact_id.in_(_left_open(wanted.agent_id, wanted)))
    elif wanted.queue_id or wanted.ending or wanted.origin or wanted.no_disposition:
        found.append(_entered_queue(wanted))
    elif wanted.offer_result and wanted.agent_id:
        found.append(ContactFactRow.contact_id.in_(_offered(wanted.agent_id, (wanted.offer_result,), wanted)))
    else:
        found += _between(ContactFactRow.entered_at, wanted)
    if wanted.agent_id and not wanted.offer_result:
        found.append(_of_agent(wanted.agent_id))
    if wanted.of_person:
        found.append(_of_agent(wanted.of_person))
    if wanted.direction:
        found.append(ContactFactRow.direction == wanted.direction)
    if wanted.mos_below is not None:
        found.append(ContactFactRow.mos < wanted.mos_below)
    if wanted.customer_id:
        merged = select(CustomerRow.id).where(CustomerRow.merged_into == wanted.customer_id)
        found.append(or_(InteractionRow.customer_id == wanted.customer_id, InteractionRow.customer_id.in_(merged)))
    return found + [matches(word) for word in wanted.search.split()[:8]]


def _between(moment: Any, wanted: ContactFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(moment >= wanted.since)
    if wanted.until is not None:
        found.append(moment < wanted.until)
    return found


def _entered_queue(wanted: ContactFilter) -> ColumnElement[bool]:
    entry = QueueEntryFactRow
    conditions = [entry.contact_id == ContactFactRow.contact_id, *_between(entry.started_at, wanted)]
    if wanted.queue_id:
        conditions.append(entry.queue_id == wanted.queue_id)
    if wanted.ending == "waiting":
        conditions.append(entry.ending.is_(None))
    elif wanted.ending:
        conditions.append(entry.ending == wanted.ending)
    if wanted.origin:
        conditions.append(entry.origin == wanted.origin)
    if wanted.no_disposition:
        conditions.append(entry.no_disposition.is_(True))
    return exists().where(and_(*conditions))


def _left_open(agent_id: str, wanted: ContactFilter) -> Select[str]:
    """Contacts that this agent left without a disposition."""
    segment = SegmentFactRow
    left = select(segment.contact_id).where(segment.no_disposition.is_(True), segment.agent_id == agent_id)
    return left.where(*_between(segment.started_at, wanted))


def _of_agent(agent_id: str) -> ColumnElement[bool]:
    """Contacts that the agent held, or was rung for and did not take. As a set of ids, so that the agent's index is used."""
    held = select(SegmentFactRow.contact_id).where(SegmentFactRow.agent_id == agent_id)
    return ContactFactRow.contact_id.in_(union(held, _offered(agent_id, AGAINST_THE_AGENT, ContactFilter())))


def _offered(agent_id: str, results: tuple[str, ...], wanted: ContactFilter) -> Select[str]:
    offer = OfferFactRow
    statement = select(offer.contact_id).where(offer.agent_id == agent_id, offer.result.in_(results))
    return statement.where(*_between(offer.made_at, wanted))


def matches(word: str) -> ColumnElement[bool]:
    """A word is found in the customer, the name, the note or the number of a contact."""
    pattern = like_pattern(word)
    found: list[ColumnElement[bool]] = [
        *(_customer_has(form) for forms in words_typed(word) for form in forms),
        func.lower(InteractionRow.remote_name).like(pattern),
        func.lower(InteractionRow.note).like(pattern),
    ]
    digits = digits_of(word).lstrip("0")
    if len(digits) >= 3:
        found.append(InteractionRow.remote_number.like(f"%{digits}%"))
    return or_(*found)


def _customer_has(form: str) -> ColumnElement[bool]:
    return exists().where(CustomerSearchRow.customer_id == InteractionRow.customer_id, CustomerSearchRow.text.like(f"%{literal(form)}%"))


def _line(row: Row[*tuple[Any, ...]]) -> ContactLine:
    talked = row.segments and (row.talk_ms or row.hold_ms or row.ended_at)
    return ContactLine(
        contact_id=row.contact_id,
        channel=row.channel,
        direction=row.direction,
        started_at=row.entered_at,
        ended_at=row.ended_at,
        state=row.state,
        cause=row.cause,
        entry_point=row.entry_point,
        language=row.language,
        remote_number=row.remote_number or "",
        remote_name=row.remote_name or "",
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        number_called=row.number_called or "",
        queue_id=row.queue_id,
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        ending=row.ending or None,
        queue_entries=row.queue_entries,
        wait_seconds=row.wait_ms / 1000 if row.queue_entries > (row.ending == "waiting") else None,
        talk_seconds=row.talk_ms / 1000 if talked else None,
        hold_seconds=row.hold_ms / 1000 if talked else None,
        disposition=row.disposition or "",
        note=row.note or "",
        recordings=row.recordings,
        missing_seconds=row.missing_seconds,
        mos=row.mos,
        follow_up=FollowUp(row.follow_up_by, row.follow_up_since, row.follow_up_done_at, row.follow_up_why) if row.follow_up_by else None,
    )
