"""Figures: the identity for any journal, live and history alike, sums that add up, and each formula on numbers done by hand."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_journals import START, Centre

from huying.analytics.figures import AGENT_FIGURES, QUEUE_FIGURES, agent_values, formulas, queue_values
from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval
from huying.analytics.spans import INTERVALS, Span, day_of, span_of, spans_of
from huying.analytics.tables import agent_table, queue_table
from huying.analytics.terms import (
    LEVELS,
    AgentTerms,
    EntryMeasure,
    QueueTerms,
    Target,
    interval_terms,
    measures_of_fold,
    queue_terms,
    total,
)
from huying.foundation.journal.entry import STREAM_CONTACT, Entry

RANDOMS = st.integers(0, 2**32).map(Random)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WHOLE = Span(START - timedelta(days=1), START + timedelta(days=3))


def folded(journal: list[Entry]) -> tuple[list[ContactFold], list[AgentFold]]:
    contacts: dict[str, ContactFold] = {}
    agents: dict[str, AgentFold] = {}
    for entry in journal:
        if entry.stream == STREAM_CONTACT:
            contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id)).apply(entry)
        else:
            agents.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)).apply(entry)
    return list(contacts.values()), list(agents.values())


def measured(contacts: list[ContactFold], agents: list[AgentFold]) -> list[EntryMeasure]:
    work: dict[str, list[AgentInterval]] = defaultdict(list)
    for agent in agents:
        for interval in agent.closed:
            if interval.state == "after_call":
                work[interval.contact_id].append(interval)
    return [measure for fold in contacts for measure in measures_of_fold(fold, work[fold.contact_id])]


@settings(max_examples=40, deadline=None)
@given(
    RANDOMS,
    st.one_of(st.none(), st.integers(1, 600)),
    st.sampled_from(INTERVALS),
    st.sampled_from(LEVELS),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"]),
)
def test_the_identity_holds_for_any_journal(random: Random, stop_after: int | None, interval: str, level: str, zone: str) -> None:
    centre = Centre(random, contacts=25, stop_after=stop_after)
    contacts, agents = folded(centre.run())
    measures = measured(contacts, agents)
    targets = {queue_id: Target(20, level) for queue_id in centre.queue_ids}
    table = queue_table(measures, targets, WHOLE, interval, ZoneInfo(zone))
    for terms in [*table.cells.values(), *table.by_key.values(), *table.by_span.values(), table.total]:
        assert terms.identity_holds()
        assert terms.overflowed >= 0
    assert total(table.cells.values(), QueueTerms()) == total(table.by_key.values(), QueueTerms()) == table.total
    assert total(table.by_span.values(), QueueTerms()) == table.total
    assert table.total.offered == sum(len(fold.entries) for fold in contacts)
    assert queue_values(table.total)["service_level"] == pytest.approx(queue_values(table.total)[level])
    if stop_after is None:
        assert table.total.waiting == table.total.unfinished == 0
        assert table.total.overflowed == table.total.from_overflow
        assert table.total.called_back == table.total.from_callback


@settings(max_examples=25, deadline=None)
@given(RANDOMS, st.one_of(st.none(), st.integers(1, 500)), st.sampled_from(INTERVALS))
def test_agents_times_add_up_to_their_sessions(random: Random, stop_after: int | None, interval: str) -> None:
    journal = Centre(random, contacts=15, stop_after=stop_after).run()
    contacts, agents = folded(journal)
    now = journal[-1].at
    intervals = [interval for agent in agents for interval in [*agent.closed, *([agent.present] if agent.present else [])]]
    offers = [offer for fold in contacts for offer in fold.offers.values()]
    segments = [segment for fold in contacts for segment in fold.segments.values()]
    table = agent_table(offers, segments, intervals, WHOLE, interval, SHANGHAI, now)
    assert total(table.cells.values(), AgentTerms()) == table.total
    for terms in table.by_key.values():
        assert terms.signed_in_ms == terms.busy_ms + terms.ready_ms + terms.break_ms
        assert terms.offers == terms.accepted + terms.refused + terms.timed_out + terms.unreachable + terms.withdrawn + terms.ringing
        figures = agent_values(terms)
        assert figures["occupancy"] is None or 0 <= figures["occupancy"] <= 1
    lasted = sum(round(((i.ended_at or now) - i.started_at) / timedelta(milliseconds=1)) for i in intervals)
    assert abs(table.total.signed_in_ms - lasted) <= len(table.cells) * 2 + len(intervals)


def entry(ending: str | None, wait: float, **more: object) -> EntryMeasure:
    return EntryMeasure("e", "c", "q", "first", START, ending, round(wait * 1000), **more)  # type: ignore[arg-type]


BY_HAND = [
    entry("answered", 20, rang=True, ring_ms=4000, talk_ms=60_000, hold_ms=6000, held=True, after_call_ms=14_000),
    entry("answered", 20.001, rang=True, ring_ms=6000, talk_ms=40_000),
    entry("answered", 0),
    entry("abandoned", 10),
    entry("abandoned", 60),
    entry("short_abandoned", 3),
    entry("refused", 0),
    entry(None, 0),
]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("offered", 8), ("answered", 3), ("waiting", 1), ("contacts", 8), ("answered_in_time", 2),
        ("SL1", 2 / 6), ("SL2", 2 / 3), ("SL3", 3 / 5), ("SL4", 2 / 4), ("abandonment", 2 / 6),
        ("asa_seconds", 40.001 / 3), ("wait_seconds", 113.001 / 7), ("abandoned_wait_seconds", 35), ("ring_seconds", 5),
        ("talk_seconds", 100 / 3), ("hold_seconds", 2), ("after_call_seconds", 14 / 3), ("aht_seconds", 120 / 3),
        ("hold_rate", 1 / 3), ("transfer_rate", 0),
    ],
)  # fmt: skip
def test_each_formula_by_hand(code: str, value: float) -> None:
    terms = total((queue_terms(measure, Target(20)) for measure in BY_HAND), QueueTerms())
    assert queue_values(terms)[code] == pytest.approx(value)
    assert terms.provisional


@pytest.mark.parametrize(("level", "value"), [("SL1", 2 / 6), ("SL2", 2 / 3), ("SL3", 3 / 5), ("SL4", 2 / 4)])
def test_the_chosen_service_level_is_summed_with_its_own_terms(level: str, value: float) -> None:
    terms = total((queue_terms(measure, Target(20, level)) for measure in BY_HAND), QueueTerms())
    assert queue_values(terms)["service_level"] == pytest.approx(value)


@pytest.mark.parametrize(("level", "percent", "missed"), [("SL1", 33, False), ("SL1", 34, True), ("SL2", 66, False), ("SL2", 67, True)])
def test_a_target_is_missed_by_the_queues_own_formula(level: str, percent: int, missed: bool) -> None:
    target = Target(20, level, percent)
    assert target.missed(total((queue_terms(measure, target) for measure in BY_HAND), QueueTerms())) is missed
    assert target.missed(QueueTerms()) is None


def test_nothing_has_no_value() -> None:
    assert {code for code, value in queue_values(QueueTerms()).items() if value is None} == {
        figure.code for figure in QUEUE_FIGURES if figure.unit != "count"
    }
    assert agent_values(AgentTerms())["occupancy"] is None


def test_every_figure_is_described_in_both_languages() -> None:
    for figure in [*QUEUE_FIGURES, *AGENT_FIGURES]:
        assert figure.zh and figure.en and figure.formula_zh and figure.formula_en and figure.sources, figure.code
    assert len({figure.code for figure in QUEUE_FIGURES}) == len(QUEUE_FIGURES)
    assert set(formulas()) == {"queues", "agents"}


def test_days_follow_the_business_and_its_clock_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spring = day_of(datetime(2026, 3, 29, 12, tzinfo=UTC), berlin)
    assert spring.end - spring.start == timedelta(hours=23)
    hours = list(spans_of(day_of(datetime(2026, 10, 25, 12, tzinfo=UTC), berlin), "1h", berlin))
    assert len(hours) == 25
    assert all(earlier.end == later.start for earlier, later in pairwise(hours))
    quarter = span_of(datetime(2026, 1, 1, 0, 14, 59, tzinfo=UTC), "15m", ZoneInfo("Asia/Kathmandu"))
    assert quarter == Span(datetime(2026, 1, 1, 0, 0, tzinfo=UTC), datetime(2026, 1, 1, 0, 15, tzinfo=UTC))
    day = day_of(datetime(2026, 1, 1, 17, tzinfo=UTC), SHANGHAI)
    assert day.start == datetime(2026, 1, 1, 16, tzinfo=UTC)


def test_an_interval_counts_only_where_it_lies_inside() -> None:
    talk = AgentInterval("a", 1, START, "ready", "", "talking", "c", "q", START + timedelta(minutes=30))
    half = interval_terms(talk, Span(START + timedelta(minutes=20), START + timedelta(hours=2)), START)
    assert (half.talking_ms, half.signed_in_ms) == (600_000, 600_000)
