"""Figures of a range of time out of the history's tables: reads the facts, and lets the pure tables add them up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.folds.facts import AgentInterval, OfferFact, SegmentFact
from huying.analytics.model import AgentIntervalRow, OfferFactRow, QueueEntryFactRow, SegmentFactRow
from huying.analytics.projection_store import interval_of
from huying.analytics.spans import Span
from huying.analytics.tables import Table, agent_table, queue_table
from huying.analytics.terms import AgentTerms, EntryMeasure, QueueTerms, Target
from huying.foundation.errors import InvalidInput
from huying.routing.model import QueueRow

MOST_DAYS = {"15m": 31, "1h": 92, "1d": 400, "total": 400}

MEASURE_COLUMNS: tuple[Any, ...] = (
    QueueEntryFactRow.entry_id, QueueEntryFactRow.contact_id, QueueEntryFactRow.queue_id, QueueEntryFactRow.origin,
    QueueEntryFactRow.started_at, QueueEntryFactRow.ending, QueueEntryFactRow.wait_ms, QueueEntryFactRow.agent_id,
    QueueEntryFactRow.rang, QueueEntryFactRow.ring_ms, QueueEntryFactRow.talk_ms, QueueEntryFactRow.hold_ms, QueueEntryFactRow.held,
    QueueEntryFactRow.after_call_ms, QueueEntryFactRow.transferred, QueueEntryFactRow.unfinished,
    QueueEntryFactRow.no_disposition,
)  # fmt: skip
MEASURE_NAMES = tuple(column.key for column in MEASURE_COLUMNS)


@dataclass(frozen=True, slots=True)
class ReportRange:
    """What to report on, in which intervals of which calendar."""

    whole: Span
    interval: str
    zone: ZoneInfo

    def checked(self) -> ReportRange:
        """The range itself. Raises InvalidInput when it is empty or too long for its interval."""
        if self.whole.end <= self.whole.start:
            raise InvalidInput("The end of the range lies before its beginning.", field="to")
        if self.whole.end - self.whole.start > timedelta(days=MOST_DAYS[self.interval]):
            raise InvalidInput(f"At most {MOST_DAYS[self.interval]} days by {self.interval}: choose a longer interval.", field="interval")
        return self


async def queue_report(session: AsyncSession, asked: ReportRange, queue_id: str | None) -> tuple[Table[QueueTerms], Mapping[str, Target]]:
    """The queues' sums, and the target each queue was judged by. Raises InvalidInput."""
    asked = asked.checked()
    measures = await read_measures(session, asked.whole, queue_id)
    targets = await read_targets(session)
    table = await asyncio.to_thread(queue_table, measures, targets, asked.whole, asked.interval, asked.zone)
    return table, targets


async def agent_report(session: AsyncSession, asked: ReportRange, agent_id: str | None, now: datetime) -> Table[AgentTerms]:
    """The agents' sums. Raises InvalidInput."""
    whole = asked.checked().whole
    facts = await agent_facts(session, whole, agent_id)
    return await asyncio.to_thread(agent_table, facts.offers, facts.segments, facts.intervals, whole, asked.interval, asked.zone, now)


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """What agents did in a range: offers made and segments begun in it, intervals that touch it."""

    offers: Sequence[OfferFact]
    segments: Sequence[SegmentFact]
    intervals: Sequence[AgentInterval]
    contacts: Mapping[str, str]
    """Contact by offer and by segment."""


async def agent_facts(session: AsyncSession, whole: Span, agent_id: str | None) -> AgentFacts:
    """The facts of one agent, or of all."""
    offers = select(OfferFactRow).where(OfferFactRow.made_at >= whole.start, OfferFactRow.made_at < whole.end)
    segments = select(SegmentFactRow).where(SegmentFactRow.started_at >= whole.start, SegmentFactRow.started_at < whole.end)
    intervals = select(AgentIntervalRow).where(
        AgentIntervalRow.started_at < whole.end, or_(AgentIntervalRow.ended_at.is_(None), AgentIntervalRow.ended_at > whole.start)
    )
    if agent_id:
        offers, segments = offers.where(OfferFactRow.agent_id == agent_id), segments.where(SegmentFactRow.agent_id == agent_id)
        intervals = intervals.where(AgentIntervalRow.agent_id == agent_id)
    offer_rows, segment_rows = list(await session.scalars(offers)), list(await session.scalars(segments))
    return AgentFacts(
        [_offer(row) for row in offer_rows],
        [_segment(row) for row in segment_rows],
        [interval_of(row) for row in await session.scalars(intervals)],
        {**{row.offer_id: row.contact_id for row in offer_rows}, **{row.segment_id: row.contact_id for row in segment_rows}},
    )


async def read_measures(session: AsyncSession, whole: Span, queue_id: str | None = None) -> Sequence[EntryMeasure]:
    """The queue entries that were presented in the range."""
    statement = select(*MEASURE_COLUMNS).where(QueueEntryFactRow.started_at >= whole.start, QueueEntryFactRow.started_at < whole.end)
    if queue_id:
        statement = statement.where(QueueEntryFactRow.queue_id == queue_id)
    return [measure_of(*row) for row in (await session.execute(statement.order_by(QueueEntryFactRow.started_at)))]


def measure_of(*columns: Any) -> EntryMeasure:
    """The measure of a row of MEASURE_COLUMNS."""
    told = dict(zip(MEASURE_NAMES, columns, strict=True))
    return EntryMeasure(**{**told, "agent_id": told["agent_id"] or ""})


async def read_targets(session: AsyncSession) -> dict[str, Target]:
    """What each queue promises."""
    promised = (QueueRow.service_level_seconds, QueueRow.service_level_kind, QueueRow.target_percent)
    rows = await session.execute(select(QueueRow.id, *promised))
    return {queue_id: Target(seconds, level, percent) for queue_id, seconds, level, percent in rows}


def _offer(row: OfferFactRow) -> OfferFact:
    return OfferFact(row.offer_id, row.entry_id, row.queue_id, row.agent_id, row.made_at, "", {}, row.ended_at, row.result, row.derived)


def _segment(row: SegmentFactRow) -> SegmentFact:
    return SegmentFact(
        segment_id=row.segment_id,
        agent_id=row.agent_id,
        entry_id=row.entry_id or "",
        queue_id=row.queue_id or "",
        started_at=row.started_at,
        ended_at=row.ended_at,
        by=row.by,
        talk_ms=row.talk_ms,
        hold_ms=row.hold_ms,
        hold_count=row.hold_count,
        lost_count=row.lost_count,
        derived=row.derived,
        no_disposition=row.no_disposition,
    )
