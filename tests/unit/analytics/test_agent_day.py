"""An agent's day: stretches cut to the day, breaks told apart, and sums that are the reports' own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from random_journals import Centre

from huying.analytics.agent_day import BreakSum, agent_day
from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.facts import AgentInterval
from huying.analytics.spans import Span, day_of
from huying.analytics.tables import agent_table
from huying.foundation.journal.entry import STREAM_AGENT

ZONE = ZoneInfo("Asia/Shanghai")
DAY = day_of(datetime(2026, 5, 1, 4, tzinfo=UTC), ZONE)


def stretch(number: int, start: float, end: float | None, status: str, reason: str = "", state: str = "idle") -> AgentInterval:
    """Hours from the day's beginning."""
    until = DAY.start + timedelta(hours=end) if end is not None else None
    return AgentInterval("a", number, DAY.start + timedelta(hours=start), status, reason, state, "", "", until)


def test_breaks_are_told_apart_by_reason_and_limit() -> None:
    intervals = [
        stretch(1, -1, 0.5, "break", "meal"),  # began the evening before: an hour of it is in the limit already
        stretch(2, 0.5, 1, "ready"),
        stretch(3, 1, 1.5, "break", "rest"),
        stretch(4, 1.5, 1.75, "break", "rest"),  # only the device changed: the same break
        stretch(5, 1.75, 2, "break", "rest", "talking"),  # a contact that was still in hand is no break
        stretch(6, 2, None, "break", "rest"),
    ]
    now = DAY.start + timedelta(hours=3)
    day = agent_day(DAY, ZONE, intervals, [], [], {"meal": 3600, "rest": 1800}, now)
    hour = 3_600_000
    assert day.breaks == (BreakSum("rest", 2, 7 * hour // 4, 3 * hour // 4, 1800), BreakSum("meal", 1, hour // 2, hour // 2, 3600))
    assert sum(one.total_ms for one in day.breaks) == day.terms.break_ms
    assert day.terms.ready_ms == hour // 2


def test_a_day_without_limits_has_nothing_over() -> None:
    day = agent_day(DAY, ZONE, [stretch(1, 0, 9, "break", "rest")], [], [], {"rest": 0}, DAY.end)
    assert day.breaks == (BreakSum("rest", 1, 9 * 3_600_000, 0, 0),)


@given(st.integers(0, 2**32), st.integers(0, 86_400))
def test_the_sums_are_those_of_the_report_and_breaks_add_up(seed: int, later: int) -> None:
    centre = Centre(Random(seed), contacts=12, agents=2)
    folds: dict[str, AgentFold] = {}
    intervals: list[AgentInterval] = []
    entries = centre.run()
    for entry in entries:
        if entry.stream == STREAM_AGENT:
            fold = folds.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id))
            fold.apply(entry)
            intervals += fold.take_closed()
    intervals += [fold.present for fold in folds.values() if fold.present]
    now = entries[-1].at + timedelta(seconds=later)
    for agent_id in folds:
        own = [one for one in intervals if one.agent_id == agent_id]
        for moment in (centre.start, now):
            span: Span = day_of(moment, ZONE)
            day = agent_day(span, ZONE, own, [], [], {}, now)
            assert day.terms == agent_table([], [], own, span, "total", ZONE, now).total
            assert sum(one.total_ms for one in day.breaks) == day.terms.break_ms
            times = day.terms.ready_ms + day.terms.break_ms + day.terms.busy_ms
            assert times == day.terms.signed_in_ms
