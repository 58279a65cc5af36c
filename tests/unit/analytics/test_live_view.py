"""The live view: its rows, its sums against history, and what repeated, lost and late entries do to it."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from random_journals import START, Centre

from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import AgentInterval
from huying.analytics.live_view import AFTER_THE_END, LiveView, Taken
from huying.analytics.spans import day_of
from huying.analytics.tables import queue_table
from huying.analytics.terms import QueueTerms, Target, measures_of_fold
from huying.analytics.today import ContactMeasures
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.routing.configuration import AgentSettings, QueueSettings, RoutingSettings
from huying.routing.router.work import AgentProfile, QueueRules

SHANGHAI = ZoneInfo("Asia/Shanghai")
RANDOMS = st.integers(0, 2**32).map(Random)


def configured(centre: Centre) -> RoutingSettings:
    queues = {
        queue_id: QueueSettings(QueueRules(queue_id, centre.business_id, f"q{n}"), {"en": f"Q{n}"}, position=n)
        for n, queue_id in enumerate(centre.queue_ids)
    }
    agents = {
        agent_id: AgentSettings(AgentProfile(agent_id, centre.business_id), f"Agent {n}", str(8000 + n), tuple(queues), ("zh",))
        for n, agent_id in enumerate(centre.agent_ids)
    }
    return RoutingSettings(queues, agents)


def viewed(centre: Centre, now: datetime = START) -> LiveView:
    return LiveView(centre.business_id, configured(centre), SHANGHAI, now)


def in_history(journal: list[Entry], view: LiveView, after_calls: dict[str, list[AgentInterval]]) -> dict[str, QueueTerms]:
    contacts: dict[str, ContactFold] = {}
    for entry in journal:
        if entry.stream == STREAM_CONTACT:
            contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id)).apply(entry)
    measures = [m for fold in contacts.values() for m in measures_of_fold(fold, after_calls.get(fold.contact_id, []))]
    return dict(queue_table(measures, {q: Target(20) for q in view.queues()}, view.today.day, "total", SHANGHAI).by_key)


def after_calls_of(journal: list[Entry]) -> dict[str, list[AgentInterval]]:
    from huying.analytics.folds.agent import AgentFold

    agents: dict[str, AgentFold] = {}
    for entry in journal:
        if entry.stream != STREAM_CONTACT:
            agents.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)).apply(entry)
    found: dict[str, list[AgentInterval]] = {}
    for fold in agents.values():
        for interval in fold.closed:
            if interval.state == "after_call":
                found.setdefault(interval.contact_id, []).append(interval)
    return found


@settings(max_examples=15, deadline=None)
@given(RANDOMS, st.one_of(st.none(), st.integers(1, 500)))
def test_live_sums_are_those_of_history(random: Random, stop_after: int | None) -> None:
    centre = Centre(random, contacts=20, stop_after=stop_after)
    journal = centre.run()
    view = viewed(centre)
    for entry in journal:
        assert view.take(entry) is Taken.CHANGED or isinstance(entry.event, AFTER_THE_END)
    history = in_history(journal, view, after_calls_of(journal))
    for queue_id in view.queues():
        assert view.today.terms(queue_id) == history.get(queue_id, QueueTerms())
        assert view.today.terms(queue_id).identity_holds()
    assert view.ignored() == 0
    if stop_after is None:
        assert view.contacts() == {}


@settings(max_examples=12, deadline=None)
@given(RANDOMS, st.integers(5, 400), st.integers(1, 30))
def test_after_a_gap_the_open_streams_make_it_whole_again(random: Random, cut: int, lost: int) -> None:
    centre = Centre(random, contacts=20)
    journal = centre.run()
    cut = min(cut, len(journal) - 1)
    heard, missed, rest = journal[:cut], journal[cut : cut + lost], journal[cut + lost :]
    view, whole = viewed(centre), viewed(centre)
    for entry in journal:
        whole.take(entry)
    for entry in heard:
        view.take(entry)
    so_far = heard + missed
    over = {entry.stream_id for entry in so_far if entry.event.closes_stream and entry.stream == STREAM_CONTACT}
    view.reset([entry for entry in so_far if entry.stream_id not in over])
    view.take_history(history_of(so_far, over))
    for entry in rest:
        assert view.take(entry) in (Taken.CHANGED, Taken.NOTHING, Taken.GAP)
    view.take_history(history_of(journal, {entry.stream_id for entry in journal if entry.stream == STREAM_CONTACT}))
    for queue_id in whole.queues():
        assert view.today.terms(queue_id) == whole.today.terms(queue_id)


def history_of(journal: list[Entry], ids: set[str]) -> list[ContactMeasures]:
    contacts: dict[str, ContactFold] = {}
    for entry in journal:
        if entry.stream_id in ids:
            contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id)).apply(entry)
    after = after_calls_of(journal)
    return [ContactMeasures(c, fold.number, measures_of_fold(fold, after.get(c, []))) for c, fold in contacts.items()]


def test_entries_lost_or_repeated_are_noticed() -> None:
    centre = Centre(Random(3), contacts=5)
    journal = centre.run()
    view = viewed(centre)
    stream = next(entry.stream_id for entry in journal if entry.stream == STREAM_CONTACT)
    own = [entry for entry in journal if entry.stream_id == stream]
    assert view.take(own[1]) is Taken.GAP
    assert view.take(own[0]) is Taken.CHANGED
    assert view.take(own[0]) is Taken.NOTHING
    assert view.take(own[2]) is Taken.GAP
    assert view.confirm(own[1], START) is Taken.CHANGED
    for entry in own[2:]:
        view.take(entry)
    assert view.contacts() == {}
    assert view.take(own[0]) is Taken.NOTHING
    assert view.confirm(own[0], START) is Taken.NOTHING


def test_a_stream_that_was_never_heard_of_is_noticed_by_the_journal() -> None:
    centre = Centre(Random(3), contacts=5)
    first = next(entry for entry in centre.run() if entry.stream == STREAM_CONTACT)
    assert viewed(centre).confirm(first, START) is Taken.GAP
    assert viewed(centre).confirm(first, first.at) is Taken.NOTHING


@settings(max_examples=10, deadline=None)
@given(RANDOMS, st.integers(1, 400))
def test_rows_fit_each_other_and_places_are_counted_without_a_hole(random: Random, stop_after: int) -> None:
    centre = Centre(random, contacts=20, agents=2, mean_gap_seconds=10, stop_after=stop_after)
    view = viewed(centre)
    journal = centre.run()
    for entry in journal:
        view.take(entry)
        contacts, queues = view.contacts(), view.queues()
        for queue_id, queue in queues.items():
            waiting = [row for row in contacts.values() if row["state"] in ("waiting", "ringing") and row["queue_id"] == queue_id]
            places = sorted(int(str(row["place"])) for row in waiting)
            assert places == list(range(1, len(places) + 1))
            assert queue["waiting"] == len(places)
        fresh = LiveView(centre.business_id, configured(centre), SHANGHAI, START)
        assert set(view.agents()) == set(fresh.agents())
    rebuilt = viewed(centre)
    rebuilt.reset(journal)
    assert dict(rebuilt.agents()) == dict(view.agents())


def test_the_next_day_begins_with_empty_sums() -> None:
    centre = Centre(Random(5), contacts=10)
    view = viewed(centre)
    for entry in centre.run():
        view.take(entry)
    assert any(view.today.terms(queue_id).offered for queue_id in view.queues())
    assert not view.tick(START)
    assert view.tick(START + timedelta(days=2))
    assert view.today.day == day_of(START + timedelta(days=2), SHANGHAI)
    assert not any(view.today.terms(queue_id).offered for queue_id in view.queues())


def test_a_contact_stays_while_its_agent_writes_about_it() -> None:
    centre = Centre(Random(11), contacts=6)
    view = viewed(centre)
    seen = set()
    for entry in centre.run():
        view.take(entry)
        for agent in view.agents().values():
            if agent["state"] == "after_call":
                row = view.contacts()[str(agent["contact_id"])]
                seen.add(row["state"])
    assert "ended" in seen


def test_a_queue_shows_its_target_and_whether_it_is_missed_today() -> None:
    centre = Centre(Random(5), contacts=20)
    known = configured(centre)
    target = {"service_level_seconds": 0, "target_percent": 100, "service_level_kind": "SL4"}
    strict = {queue_id: replace(queue, **target) for queue_id, queue in known.queues.items()}
    view = LiveView(centre.business_id, replace(known, queues=strict), SHANGHAI, START)
    assert {row["target_missed"] for row in view.queues().values()} == {None}
    for entry in centre.run():
        view.take(entry)
    rows = [row for row in view.queues().values() if row["today"]["service_level"] is not None]
    assert rows
    for row in rows:
        assert (row["target_percent"], row["service_level_kind"], row["service_level_seconds"]) == (100, "SL4", 0)
        assert row["today"]["service_level"] == row["today"]["SL4"]
        assert row["target_missed"] == (row["today"]["SL4"] < 1)
