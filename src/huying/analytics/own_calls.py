"""An agent's own calls: held, missed, and since when; found by customer, number and note. Reads the history's tables alone.

A call is missed when it was offered to the agent and he never held it; who took it meanwhile stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, Text, and_, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.analytics.folds.dialling import DIALLED
from huying.analytics.history import AGAINST_THE_AGENT, matches
from huying.analytics.model import AgentIntervalRow, ContactFactRow, OfferFactRow, PersonCallFactRow, SegmentFactRow
from huying.analytics.spans import Span
from huying.channels.follow_up import FollowUp
from huying.channels.model import InteractionRow, RecordingRow
from huying.channels.notes.model import WRAP_UP, ContactNoteRow
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.search import like_pattern

KINDS = ("in", "out", "internal", "missed")
CALLS = ("phone", "web_call", "callback")
"""Channels of contacts that are calls."""
NOT_TAKEN = ("no_answer", "refused", "unreachable", "busy", "withdrawn")
"""How it ends against a person who was rung by a caller whom no queue offered him; `withdrawn`: the caller gave up."""


@dataclass(frozen=True, slots=True)
class OwnCallFilter:
    """Which of a person's calls. `kind`: in, out, internal, missed, or empty for all."""

    person_id: str
    span: Span
    kind: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who else held the call, and since when."""

    agent_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the house."""

    agent_id: str
    name: str


@dataclass(frozen=True, slots=True)
class OtherNote:
    """What somebody else wrote when closing the contact."""

    name: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class OwnRecording:
    """A recording of the person's part of the conversation."""

    id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class OwnCall:
    """One call of a person's. `missed` says how it was missed; `note` is his own summary; `written_later`: after his work on it."""

    contact_id: str
    kind: str
    at: datetime
    missed: str
    not_reached: str
    """What came of an own call that nobody answered."""
    colleague: Colleague | None
    """The other side of an internal call."""
    channel: str
    state: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    customer_name: str | None
    number_called: str
    queue_id: str | None
    ending: str | None
    talk_seconds: float | None
    hold_seconds: float | None
    disposition: str
    note: str
    note_at: datetime | None
    written_later: bool
    other: OtherNote | None
    follow_up: FollowUp | None
    taken: Taken | None = None
    recordings: tuple[OwnRecording, ...] = field(default=())


async def list_own_calls(session: AsyncSession, wanted: OwnCallFilter, limit: int, offset: int) -> tuple[list[OwnCall], dict[str, int]]:
    """One page, the newest first, and how many there are of each kind (of those that the search finds)."""
    mine = _mine(wanted)
    kind = _kind(mine)
    me = wanted.person_id
    searched = [_matches(word) for word in wanted.search.split()[:8]]
    counts = _joined(select(kind.label("kind"), func.count().label("count")), mine, me).where(*searched).group_by(kind)
    counted = {row.kind: row.count for row in (await session.execute(counts)).all()}
    statement = _joined(select(*_columns(mine), kind.label("kind")), mine, me).where(*searched)
    if wanted.kind:
        statement = statement.where(kind == wanted.kind)
    rows = (await session.execute(statement.order_by(mine.c.at.desc(), mine.c.contact_id).limit(limit).offset(offset))).all()
    beside = await _beside(session, wanted.person_id, [row.contact_id for row in rows])
    return [_call(row, wanted.person_id, beside) for row in rows], {name: counted.get(name, 0) for name in KINDS}


async def was_own(session: AsyncSession, contact_id: str, person_id: str) -> bool:
    """Whether the person held the contact, missed it, began it, or was rung for it."""
    held = select(SegmentFactRow.contact_id).where(SegmentFactRow.contact_id == contact_id, SegmentFactRow.agent_id == person_id)
    offered = (OfferFactRow.contact_id == contact_id, OfferFactRow.agent_id == person_id, OfferFactRow.result.in_(AGAINST_THE_AGENT))
    rung = (PersonCallFactRow.contact_id == contact_id, PersonCallFactRow.agent_id == person_id)
    parts = (held, select(OfferFactRow.contact_id).where(*offered), select(PersonCallFactRow.contact_id).where(*rung))
    return (await session.execute(union_all(*parts).limit(1))).first() is not None


def _mine(wanted: OwnCallFilter) -> CTE:
    """The person's contacts of the time, each once. Both parts go by the indexes on agent and time."""
    segment, offer = SegmentFactRow, OfferFactRow
    held = select(
        segment.contact_id, segment.started_at.label("at"), segment.queue_id, segment.talk_ms, segment.hold_ms, literal("").label("result")
    ).where(segment.agent_id == wanted.person_id, *_during(segment.started_at, wanted.span))
    missed = select(offer.contact_id, offer.made_at, offer.queue_id, null(), null(), offer.result).where(
        offer.agent_id == wanted.person_id, offer.result.in_(AGAINST_THE_AGENT), *_during(offer.made_at, wanted.span)
    )
    call = PersonCallFactRow
    persons = select(call.contact_id, call.at, null(), null(), null(), case((call.role == DIALLED, ""), else_=call.result)).where(
        call.agent_id == wanted.person_id,
        or_(call.role == DIALLED, call.result.in_(NOT_TAKEN)),
        *_during(call.at, wanted.span),
    )
    parts = union_all(held, missed, persons).subquery()
    return select(
        parts.c.contact_id,
        func.max(parts.c.at).label("at"),
        func.bool_or(parts.c.result == "").label("held"),
        func.max(parts.c.result).label("result"),
        func.max(cast(parts.c.queue_id, Text)).label("queue"),
        func.sum(parts.c.talk_ms).label("talk_ms"),
        func.sum(parts.c.hold_ms).label("hold_ms"),
    ).group_by(parts.c.contact_id).cte("mine")  # fmt: skip


def _during(moment: Any, span: Span) -> tuple[ColumnElement[bool], ...]:
    return moment >= span.start, moment < span.end


def _kind(mine: CTE) -> Any:
    way = {"outbound": "out", "internal": "internal"}
    return case((mine.c.held.is_(False), "missed"), else_=case(way, value=ContactFactRow.direction, else_="in"))


def _joined(statement: Select[Any], mine: CTE, person_id: str) -> Select[Any]:
    return (
        statement.select_from(mine)
        .join(ContactFactRow, and_(ContactFactRow.contact_id == mine.c.contact_id, ContactFactRow.channel.in_(CALLS)))
        .outerjoin(InteractionRow, InteractionRow.contact_id == mine.c.contact_id)
        .outerjoin(CustomerRow, CustomerRow.id == InteractionRow.customer_id)
        .outerjoin(PersonRow, PersonRow.id == InteractionRow.wrapped_by)
        .outerjoin(ContactNoteRow, and_(ContactNoteRow.contact_id == mine.c.contact_id, *_own_summary(person_id)))
    )


def _own_summary(person_id: str) -> tuple[ColumnElement[bool], ...]:
    return ContactNoteRow.author_id == person_id, ContactNoteRow.kind == WRAP_UP


def _matches(word: str) -> ColumnElement[bool]:
    return or_(matches(word), func.lower(ContactNoteRow.text).like(like_pattern(word)))


def _columns(mine: CTE) -> tuple[Any, ...]:
    fact, kept = ContactFactRow, InteractionRow
    return (
        mine.c.contact_id, mine.c.at, mine.c.held, mine.c.result, mine.c.queue, mine.c.talk_ms, mine.c.hold_ms,
        fact.channel, fact.state, fact.ending, fact.ended_at, kept.remote_number, kept.remote_name, kept.customer_id, kept.number_called,
        kept.disposition, kept.note, kept.wrapped_by, kept.wrapped_at, kept.follow_up_by, kept.follow_up_since, kept.follow_up_done_at,
        kept.follow_up_why,
        CustomerRow.name.label("customer_name"), PersonRow.name.label("closed_by_name"),
        ContactNoteRow.text.label("own_note"), ContactNoteRow.changed_at.label("own_note_at"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands in other tables of the page's contacts, by contact."""

    taken: dict[str, Taken]
    recordings: dict[str, tuple[OwnRecording, ...]]
    done_at: dict[str, datetime]
    """When the person's work on it was over."""
    not_reached: dict[str, str]
    colleagues: dict[str, Colleague]


async def _beside(session: AsyncSession, person_id: str, contact_ids: Sequence[str]) -> _Beside:
    if not contact_ids:
        return _Beside({}, {}, {}, {}, {})
    not_reached, colleagues = await _dialled(session, person_id, contact_ids)
    return _Beside(
        await _taken(session, person_id, contact_ids),
        await _recordings(session, person_id, contact_ids),
        await _done(session, person_id, contact_ids),
        not_reached,
        colleagues,
    )


async def _dialled(session: AsyncSession, person_id: str, contact_ids: Collection[str]) -> tuple[dict[str, str], dict[str, Colleague]]:
    """What came of calls that somebody of the house began, and the other side of internal ones."""
    row = PersonCallFactRow
    other = case((row.agent_id == person_id, row.other_id), else_=row.agent_id)
    statement = select(row.contact_id, row.agent_id, row.result, PersonRow.id, PersonRow.name).outerjoin(PersonRow, PersonRow.id == other)
    found = (await session.execute(statement.where(row.contact_id.in_(contact_ids), row.role == DIALLED))).all()
    results = {contact_id: result for contact_id, agent_id, result, _, _ in found if agent_id == person_id}
    return results, {contact_id: Colleague(other_id, name) for contact_id, _, _, other_id, name in found if other_id}


async def _taken(session: AsyncSession, person_id: str, contact_ids: Collection[str]) -> dict[str, Taken]:
    row = SegmentFactRow
    statement = select(row.contact_id, row.agent_id, row.started_at, PersonRow.name).outerjoin(PersonRow, PersonRow.id == row.agent_id)
    others = statement.where(row.contact_id.in_(contact_ids), row.agent_id != person_id).order_by(row.started_at)
    return {contact_id: Taken(agent_id, name or "", at) for contact_id, agent_id, at, name in (await session.execute(others)).all()}


async def _recordings(session: AsyncSession, person_id: str, contact_ids: Collection[str]) -> dict[str, tuple[OwnRecording, ...]]:
    row = RecordingRow
    own = (row.contact_id.in_(contact_ids), row.agent_id == person_id, row.path != "")
    found: dict[str, tuple[OwnRecording, ...]] = {}
    statement = select(row.contact_id, row.id, row.seconds).where(*own).order_by(row.started_at, row.part)
    for contact_id, recording_id, seconds in (await session.execute(statement)).all():
        found[contact_id] = (*found.get(contact_id, ()), OwnRecording(recording_id, seconds))
    return found


async def _done(session: AsyncSession, person_id: str, contact_ids: Collection[str]) -> dict[str, datetime]:
    row = AgentIntervalRow
    own = (row.contact_id.in_(contact_ids), row.agent_id == person_id, row.ended_at.is_not(None))
    statement = select(row.contact_id, func.max(row.ended_at)).where(*own).group_by(row.contact_id)
    return {str(contact_id): at for contact_id, at in (await session.execute(statement)).all() if at is not None}


def _call(row: Row[Any], person_id: str, beside: _Beside) -> OwnCall:
    over = beside.done_at.get(row.contact_id) or row.ended_at
    return OwnCall(
        contact_id=row.contact_id,
        kind=row.kind,
        at=row.at,
        missed="" if row.held else row.result,
        not_reached=beside.not_reached.get(row.contact_id, ""),
        colleague=beside.colleagues.get(row.contact_id) if row.kind in ("internal", "missed") else None,
        channel=row.channel,
        state=row.state,
        remote_number=row.remote_number or "",
        remote_name=row.remote_name or "",
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        number_called=row.number_called or "",
        queue_id=row.queue,
        ending=row.ending or None,
        talk_seconds=row.talk_ms / 1000 if row.talk_ms is not None else None,
        hold_seconds=row.hold_ms / 1000 if row.hold_ms is not None else None,
        disposition=(row.disposition or "") if row.held or row.wrapped_by == person_id else "",
        note=row.own_note or "",
        note_at=row.own_note_at if row.own_note else None,
        written_later=bool(row.own_note) and over is not None and row.own_note_at > over,
        other=_other(row, person_id),
        follow_up=FollowUp(row.follow_up_by, row.follow_up_since, row.follow_up_done_at, row.follow_up_why) if row.follow_up_by else None,
        taken=beside.taken.get(row.contact_id),
        recordings=beside.recordings.get(row.contact_id, ()),
    )


def _other(row: Row[Any], person_id: str) -> OtherNote | None:
    """What another person wrote, for whoever held the call as well."""
    if not row.held or not row.note or row.wrapped_by in (None, person_id):
        return None
    return OtherNote(row.closed_by_name or "", row.wrapped_at, row.note)
