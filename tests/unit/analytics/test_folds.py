"""Folds of contacts and agents: what each event leaves behind, and what repeated, missing and senseless entries do."""

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_journals import Centre

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import Verdict
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import AgentLost, CallRecordingStarted, HoldStarted, SegmentEnded, SegmentStarted
from huying.flows.events import FlowNodeEntered
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_CONTACT, Entry, Event
from huying.routing.events import (
    AgentGroupsChosen,
    AgentMoved,
    AgentOfferMissed,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
    OfferEnded,
    OfferMade,
    QueueEntered,
)
from huying.routing.events import QueueEntryEnded as Left

RANDOMS = st.integers(0, 2**32).map(Random)
T0 = datetime(2026, 5, 1, 8, tzinfo=UTC)


def written(stream: str, *events: tuple[float, Event]) -> list[Entry]:
    return [Entry("b", stream, "id", number, T0 + timedelta(seconds=at), event) for number, (at, event) in enumerate(events, 1)]


def contact(*events: tuple[float, Event]) -> ContactFold:
    fold = ContactFold("b", "id")
    for entry in written(STREAM_CONTACT, *events):
        assert fold.apply(entry) is Verdict.APPLIED
    return fold


ENTERED = (0.0, ContactEntered("phone", "inbound", "400", "", "zh-CN", "leg"))
QUEUED = (5.0, QueueEntered("e1", "q", "first"))
OFFERED = (6.0, OfferMade("o1", "e1", "q", "a", "leg2", "", {}))
ACCEPTED = (9.5, OfferEnded("o1", "e1", "q", "a", "accepted"))
ANSWERED = (9.5, Left("e1", "q", "answered", 4.5, "a"))
TALKING = (9.5, SegmentStarted("s1", "a", "e1", "q", "leg2", "bridge"))


def test_the_state_of_a_contact_follows_its_entries() -> None:
    seen = []
    fold = ContactFold("b", "id")
    for entry in written(
        STREAM_CONTACT, ENTERED, (1, FlowNodeEntered("menu", "menu")), QUEUED, OFFERED, ACCEPTED, ANSWERED, TALKING,
        (12, HoldStarted("s1")), (15, AgentLost("s1", "network")), (20, SegmentEnded("s1", "a", "lost", 7.5, 3.0)),
        (20, QueueEntered("e2", "q", "recovery", "e1")), (30, ContactEnded("customer_hung_up", 30)),
    ):  # fmt: skip
        fold.apply(entry)
        seen.append(fold.state)
    assert seen == [
        "in_flow", "in_flow", "waiting", "ringing", "waiting", "in_flow", "talking", "holding", "lost_agent", "in_flow", "waiting", "ended",
    ]  # fmt: skip
    assert fold.ignored == 0
    assert fold.node == "menu"
    assert [(fact.ending, fact.wait_ms, fact.derived) for fact in fold.entries.values()] == [
        ("answered", 4500, False),
        ("lost", 10000, True),
    ]


def test_what_is_open_when_the_contact_ends_is_closed_as_derived() -> None:
    fold = contact(ENTERED, QUEUED, OFFERED, (9, ContactEnded("system", 9)))
    assert fold.offers["o1"].result == "withdrawn"
    assert fold.entries["e1"].ending == "lost"
    talking = contact(
        ENTERED, QUEUED, OFFERED, ACCEPTED, ANSWERED, TALKING, (12.5, HoldStarted("s1")), (14.5, ContactEnded("engine_lost", 14.5))
    )
    segment = talking.segments["s1"]
    assert (segment.by, segment.talk_ms, segment.hold_ms, segment.derived) == ("engine_lost", 3000, 2000, True)
    assert talking.entries["e1"].ending == "answered"


def test_an_event_that_does_not_fit_changes_nothing() -> None:
    fold = contact(
        ENTERED, QUEUED, (6, Left("e1", "q", "abandoned", 1.0)), (7, Left("e1", "q", "answered", 2.0)), (8, Left("x", "q", "lost", 1))
    )
    assert fold.ignored == 2
    assert fold.entries["e1"].ending == "abandoned"
    assert contact(ENTERED, QUEUED, (6, Left("e1", "q", "vanished", 1.0))).entries["e1"].ending is None


def test_a_repeated_number_is_passed_over_and_a_gap_is_reported() -> None:
    entries = written(STREAM_CONTACT, ENTERED, QUEUED, OFFERED)
    fold = ContactFold("b", "id")
    assert fold.apply(entries[0]) is Verdict.APPLIED
    assert fold.apply(entries[0]) is Verdict.REPEATED
    assert fold.apply(entries[2]) is Verdict.GAP
    assert (fold.number, fold.offers) == (1, {})
    assert fold.apply(entries[2], over_gap=True) is Verdict.APPLIED


def test_an_event_of_a_later_version_only_counts() -> None:
    fold = contact(ENTERED, (1, Event()), QUEUED)
    assert (fold.number, fold.state) == (3, "waiting")


def test_a_recording_may_end_after_the_contact() -> None:
    from huying.channels.voice.events import CallRecordingEnded

    fold = contact(
        ENTERED, QUEUED, ANSWERED, TALKING, (10, CallRecordingStarted("r", "s1", 1)), (20, ContactEnded("customer_hung_up", 20)),
        (23, CallRecordingEnded("r", 10.5, 0.25)),
    )  # fmt: skip
    assert (fold.recordings["r"].status, fold.recordings["r"].missing_seconds) == ("kept", 0.25)


def test_the_intervals_of_an_agent_touch_and_fill_the_session() -> None:
    fold = AgentFold("b", "id")
    for entry in written(
        STREAM_AGENT,
        (0, AgentSignedIn("acc", "ready", ["q"])),
        (10, AgentStateChanged("ringing", "c", "q")),
        (15, AgentStateChanged("talking", "c", "q")),
        (20, AgentStatusChosen("break", "meal")),
        (50, AgentStateChanged("after_call", "c", "q", "x")),
        (60, AgentStateChanged("idle")),
        (90, AgentSignedOut()),
    ):
        fold.apply(entry)
    intervals = fold.take_closed()
    assert [(i.state, i.status, (i.ended_at - i.started_at).total_seconds()) for i in intervals if i.ended_at] == [
        ("idle", "ready", 10), ("ringing", "ready", 5), ("talking", "ready", 5), ("talking", "break", 30), ("after_call", "break", 10),
        ("idle", "break", 30),
    ]  # fmt: skip
    assert (fold.present, fold.closed, fold.signed_in) == (None, [], False)


@settings(max_examples=30, deadline=None)
@given(RANDOMS, st.integers(1, 400))
def test_folds_do_not_care_how_entries_come_in(random: Random, stop_after: int) -> None:
    journal = Centre(random, contacts=12, stop_after=stop_after).run()
    once: dict[str, ContactFold | AgentFold] = {}
    again: dict[str, ContactFold | AgentFold] = {}
    streams: dict[str, list[Entry]] = defaultdict(list)
    for entry in journal:
        made = ContactFold if entry.stream == STREAM_CONTACT else AgentFold
        assert once.setdefault(entry.stream_id, made(entry.business_id, entry.stream_id)).apply(entry) is Verdict.APPLIED
        streams[entry.stream_id].append(entry)
    for stream_id, entries in streams.items():
        fold: ContactFold | AgentFold = type(once[stream_id])(entries[0].business_id, stream_id)
        for at, entry in enumerate(entries):
            fold.apply(Entry.from_json(entry.to_json()))
            for earlier in random.sample(entries[: at + 1], k=min(2, at + 1)):
                assert fold.apply(earlier) is Verdict.REPEATED
            if at + 2 < len(entries):
                assert fold.apply(entries[at + 2]) is Verdict.GAP
        again[stream_id] = fold
    assert once == again
    assert all(fold.ignored == 0 for fold in once.values())


@settings(max_examples=15, deadline=None)
@given(RANDOMS, st.integers(1, 300))
def test_an_agent_goes_on_from_a_kept_place(random: Random, cut: int) -> None:
    journal = [entry for entry in Centre(random, contacts=10).run() if entry.stream == STREAM_AGENT]
    whole: dict[str, AgentFold] = {}
    parts: dict[str, AgentFold] = {}
    for at, entry in enumerate(journal):
        whole.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)).apply(entry)
        if at == cut:
            kept = {name: (fold.to_json(), fold.closed) for name, fold in parts.items()}
            parts = {name: replace(AgentFold.from_json(value), closed=list(closed)) for name, (value, closed) in kept.items()}
        parts.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)).apply(entry)
    assert whole == parts


def agent(*events: tuple[float, Event]) -> AgentFold:
    fold = AgentFold("b", "id")
    for entry in written(STREAM_AGENT, *events):
        assert fold.apply(entry) is Verdict.APPLIED
    return fold


AT_WORK = ((0.0, AgentSignedIn("line", "break")), (1.0, AgentStatusChosen("ready")))


def test_several_contacts_in_hand_show_the_foremost() -> None:
    chat, call = AgentStateChanged("talking", "chat1", "q1", channel="chat"), AgentStateChanged("ringing", "call1", "q2")
    fold = agent(*AT_WORK, (5, chat), (8, call))
    assert (fold.state, fold.contact_id, fold.queue_id, fold.since) == ("ringing", "call1", "q2", T0 + timedelta(seconds=8))
    assert set(fold.works) == {"chat1", "call1"}
    fold = agent(*AT_WORK, (5, chat), (8, call), (9, AgentStateChanged("idle", "call1", "q2")))
    assert (fold.state, fold.contact_id, fold.since) == ("talking", "chat1", T0 + timedelta(seconds=5))
    fold = agent(*AT_WORK, (5, chat), (8, call), (9, AgentStateChanged("idle")))
    assert (fold.state, fold.contact_id, fold.works, fold.since) == ("idle", "", {}, T0 + timedelta(seconds=9))
    states = [interval.state for interval in fold.take_closed()]
    assert states == ["idle", "idle", "talking", "ringing"]


def test_more_time_for_after_call_work_is_the_same_work() -> None:
    def work(ends_at: str) -> AgentStateChanged:
        return AgentStateChanged("after_call", "c", "q", ends_at)

    fold = agent(*AT_WORK, (5, AgentStateChanged("talking", "c", "q")), (9, work("t1")), (20, work("t2")))
    assert (fold.since, fold.ends_at) == (T0 + timedelta(seconds=9), "t2")


def test_missed_offers_are_remembered_until_one_is_taken() -> None:
    missed = [(10.0 + n, AgentOfferMissed(f"o{n}", f"c{n}", "q", "timed_out", "" if n else "rest")) for n in range(2)]
    fold = agent(*AT_WORK, *missed)
    assert [one.contact_id for one in fold.missed] == ["c0", "c1"]
    assert fold.rests_until == ""
    assert agent(*AT_WORK, missed[0]).rests_until == "rest"
    assert AgentFold.from_json(json.loads(json.dumps(fold.to_json()))) == replace(fold, closed=[])
    assert agent(*AT_WORK, *missed, (20, AgentStateChanged("talking", "c3", "q"))).missed == []


def test_who_left_groups_and_who_said_so() -> None:
    fold = agent(*AT_WORK, (2, AgentGroupsChosen(["g1"], "lead", "p1")), (3, AgentMoved("p2", ["g1", "g2"])))
    assert (fold.left, fold.left_person, fold.moved_person, fold.moved_at) == (["g1"], "p1", "p2", T0 + timedelta(seconds=3))
    assert AgentFold.from_json(json.loads(json.dumps(fold.to_json()))) == replace(fold, closed=[])
    again = agent(*AT_WORK, (2, AgentGroupsChosen(["g1"], "lead", "p1")), (9, AgentSignedOut()), (10, AgentSignedIn("line", "break")))
    assert (again.left, again.left_person) == ([], "")
    forced = agent(*AT_WORK, (2, AgentStatusChosen("break", "meeting", "lead", "p1")))
    assert (forced.status_by, forced.status_person) == ("lead", "p1")
    assert agent((0, AgentGroupsChosen(["g1"]))).ignored == 1
