"""The route of an agent's day: states, conversations, missed offers and what others did to the agent, out of the journal and its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.admin.model import PersonRow
from huying.admin.people import business_of
from huying.analytics.agent_day import AgentDay, agent_day
from huying.analytics.asked_time import moment_of
from huying.analytics.figures import agent_values
from huying.analytics.reports import agent_facts
from huying.analytics.spans import Span, day_of
from huying.foundation.errors import NotFound
from huying.foundation.http import GroundOf, IdPath
from huying.foundation.journal.entry import STREAM_AGENT, Entry
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.events import AgentGroupsChosen, AgentMoved, AgentSignedIn, AgentSignedOut, AgentStatusChosen
from huying.routing.service import break_limits

router = APIRouter(prefix="/api", tags=["analytics"])


class DayInterval(BaseModel):
    """A stretch in which neither status nor state changed, cut to the day; `going_on` where it has not ended yet."""

    since: datetime
    until: datetime
    going_on: bool
    status: str
    reason: str
    state: str
    contact_id: str
    queue_id: str


class DayConversation(BaseModel):
    """A conversation that began on the day."""

    contact_id: str
    queue_id: str
    since: datetime
    until: datetime | None
    talk_seconds: float | None
    hold_seconds: float | None


class DayMissed(BaseModel):
    """An offer that ended against the agent."""

    at: datetime
    contact_id: str
    queue_id: str
    result: str


class DayChange(BaseModel):
    """Something that was chosen: status, groups, signing in and out. `by`: self, lead, system, with the lead's name."""

    at: datetime
    kind: str
    by: str
    by_name: str
    data: dict[str, Any]


class DayBreak(BaseModel):
    """The breaks of one reason. `limit_seconds` is 0 where none is set."""

    reason: str
    count: int
    seconds: float
    over_seconds: float
    limit_seconds: int


class DayView(BaseModel):
    """An agent's day of the business's calendar."""

    agent_id: str
    name: str
    time_zone: str
    since: datetime
    until: datetime
    now: datetime
    intervals: list[DayInterval]
    conversations: list[DayConversation]
    missed: list[DayMissed]
    changes: list[DayChange]
    breaks: list[DayBreak]
    values: dict[str, float | int | None]
    """The figures of agents by code, as in the reports."""
    after_call_seconds: float
    """After-call work in all."""
    over_seconds: float
    """Of breaks, beyond what is usual."""


@router.get("/agents/{agent_id}/day", dependencies=[requires("contacts.view_own")])
async def read_day(
    agent_id: IdPath, caller: CallerOf, ground: GroundOf, date: Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
) -> DayView:
    """An agent's day; today without a date. Without the permission to see reports one sees one's own."""
    if agent_id != caller.person_id and not caller.may("reports.view"):
        raise NotFound("There is no such agent, or it is not yours to see.")
    now = ground.clock()
    async with ground.database.business(caller.business_id) as session:
        zone = ZoneInfo((await business_of(session, caller.business_id)).time_zone)
        name = await session.scalar(select(PersonRow.name).where(PersonRow.id == agent_id))
        if name is None:
            raise NotFound("There is no such agent, or it is not yours to see.")
        span = day_of(moment_of(date, zone) if date else now, zone)
        facts = await agent_facts(session, span, agent_id)
        day = agent_day(span, zone, facts.intervals, facts.segments, facts.offers, await break_limits(session), now)
        entries = await PostgresJournal(ground.database).read_between(caller.business_id, STREAM_AGENT, agent_id, span.start, span.end)
        changes = await _changes(session, entries)
    return _view(agent_id, name, zone, day, facts.contacts, changes, now)


CHOSEN = (AgentSignedIn, AgentSignedOut, AgentStatusChosen, AgentGroupsChosen, AgentMoved)


async def _changes(session: AsyncSession, entries: Sequence[Entry]) -> list[DayChange]:
    chosen = [entry for entry in entries if isinstance(entry.event, CHOSEN)]
    people = {str(entry.event.data().get("by_person") or "") for entry in chosen} - {""}
    names = dict((await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people)))).all())
    return [_change(entry, names) for entry in chosen]


def _change(entry: Entry, names: dict[str, str]) -> DayChange:
    data = entry.event.data()
    by = data.pop("by", "lead" if isinstance(entry.event, AgentMoved) else "self")
    return DayChange(at=entry.at, kind=entry.kind, by=by, by_name=names.get(data.pop("by_person", ""), ""), data=data)


def _view(
    agent_id: str, name: str, zone: ZoneInfo, day: AgentDay, contacts: Mapping[str, str], changes: list[DayChange], now: datetime
) -> DayView:
    return DayView(
        agent_id=agent_id,
        name=name,
        time_zone=zone.key,
        since=day.span.start,
        until=day.span.end,
        now=now,
        intervals=_intervals(day, now),
        conversations=[
            DayConversation(
                contact_id=contacts[one.segment_id],
                queue_id=one.queue_id,
                since=one.started_at,
                until=one.ended_at,
                talk_seconds=_seconds(one.talk_ms),
                hold_seconds=_seconds(one.hold_ms) if one.ended_at else None,
            )
            for one in day.segments
        ],
        missed=[
            DayMissed(at=one.ended_at or one.made_at, contact_id=contacts[one.offer_id], queue_id=one.queue_id, result=one.result or "")
            for one in day.missed
        ],
        changes=changes,
        breaks=[
            DayBreak(
                reason=one.reason,
                count=one.count,
                seconds=one.total_ms / 1000,
                over_seconds=one.over_ms / 1000,
                limit_seconds=one.limit_seconds,
            )
            for one in day.breaks
        ],
        values=agent_values(day.terms),
        after_call_seconds=day.terms.after_call_ms / 1000,
        over_seconds=sum(one.over_ms for one in day.breaks) / 1000,
    )


def _intervals(day: AgentDay, now: datetime) -> list[DayInterval]:
    cut = Span(day.span.start, min(day.span.end, max(now, day.span.start)))
    return [
        DayInterval(
            since=max(one.started_at, cut.start),
            until=min(one.ended_at or cut.end, cut.end),
            going_on=one.ended_at is None,
            status=one.status,
            reason=one.reason,
            state=one.state,
            contact_id=one.contact_id,
            queue_id=one.queue_id,
        )
        for one in day.intervals
        if max(one.started_at, cut.start) <= min(one.ended_at or cut.end, cut.end)
    ]


def _seconds(milliseconds: int | None) -> float | None:
    return milliseconds / 1000 if milliseconds is not None else None
