"""One agent's day as a picture and in sums: what the journal's intervals say, cut to the day. Pure.

The sums are those of the reports, from the same terms. Only the breaks are told apart further: by reason, and how much of them lay
beyond what is usual. A break is the time without a contact in hand under one reason, however often something else changed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huying.analytics.folds.facts import AgentInterval, OfferFact, SegmentFact
from huying.analytics.spans import Span
from huying.analytics.tables import agent_table
from huying.analytics.terms import AgentTerms


@dataclass(frozen=True, slots=True)
class BreakSum:
    """The breaks of one reason: how many began or went on, how long, and how long beyond the limit, in milliseconds."""

    reason: str
    count: int
    total_ms: int
    over_ms: int
    limit_seconds: int = 0


@dataclass(frozen=True, slots=True)
class AgentDay:
    """The day: stretches in order, conversations, offers that ended against the agent, sums."""

    span: Span
    intervals: tuple[AgentInterval, ...]
    segments: tuple[SegmentFact, ...]
    missed: tuple[OfferFact, ...]
    breaks: tuple[BreakSum, ...]
    terms: AgentTerms


AGAINST = frozenset({"timed_out", "refused", "unreachable"})


def agent_day(
    span: Span,
    zone: ZoneInfo,
    intervals: Iterable[AgentInterval],
    segments: Iterable[SegmentFact],
    offers: Iterable[OfferFact],
    limits: Mapping[str, int],
    now: datetime,
) -> AgentDay:
    """Make the day of what touches it. `limits`: seconds that a break of each reason may usually last, 0 for any."""
    inside = sorted((one for one in intervals if _touches(one, span)), key=lambda one: one.number)
    talked = sorted((one for one in segments if one.started_at < span.end), key=lambda one: one.started_at)
    asked = sorted(offers, key=lambda one: one.made_at)
    table = agent_table(asked, talked, inside, span, "total", zone, now)
    return AgentDay(
        span,
        tuple(inside),
        tuple(talked),
        tuple(one for one in asked if one.result in AGAINST and one.made_at in span),
        _breaks(inside, span, limits, now),
        table.total,
    )


def _touches(interval: AgentInterval, span: Span) -> bool:
    return interval.started_at < span.end and (interval.ended_at is None or interval.ended_at > span.start)


def _breaks(intervals: Iterable[AgentInterval], span: Span, limits: Mapping[str, int], now: datetime) -> tuple[BreakSum, ...]:
    found: dict[str, BreakSum] = {}
    for reason, start, end in _single_breaks(intervals, max(now, span.start)):
        limit = limits.get(reason, 0)
        over = span.overlap_ms(min(end, start + timedelta(seconds=limit)), end) if limit else 0
        known = found.get(reason, BreakSum(reason, 0, 0, 0, limit))
        found[reason] = BreakSum(reason, known.count + 1, known.total_ms + span.overlap_ms(start, end), known.over_ms + over, limit)
    return tuple(sorted(found.values(), key=lambda one: (-one.total_ms, one.reason)))


def _single_breaks(intervals: Iterable[AgentInterval], now: datetime) -> list[tuple[str, datetime, datetime]]:
    """Each break from its beginning to its end, put together of the intervals that follow one another without a gap."""
    found: list[tuple[str, datetime, datetime]] = []
    for one in intervals:
        if one.status != "break" or one.state != "idle":
            continue
        end = one.ended_at or max(now, one.started_at)
        if found and found[-1][0] == one.reason and found[-1][2] == one.started_at:
            found[-1] = (one.reason, found[-1][1], end)
        else:
            found.append((one.reason, one.started_at, end))
    return found
