"""The pure machine of a callback under any order of events: one ending, the same state from the journal, nobody held for nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.channels.callback.events import CallbackRequested
from huying.channels.callback.numbers import NumberNotAllowed, dialled, number_to_call
from huying.channels.callback.settings import CallbackSettings
from huying.channels.events import ContactEntered
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.calling_back import CallingBack
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.machine import CallEvent
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Tables
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.events import QueueEntered
from huying.routing.router.work import AgentReleased, Offer, OfferAnswered, QueueRules, WorkArrived, WorkItem, WorkLeft
from huying.telephony import port

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
TERMS = CallbackSettings(most_tries=2, pause_seconds=60, expire_seconds=3600, ring_seconds=30)


class Story:
    """Drives one callback, keeps what it wrote, and plays the router that gives it to an agent."""

    def __init__(self, trunk: str = "line") -> None:
        numbers = itertools.count(1)
        rules = {"repair": QueueRules("repair", code="repair")}
        tables = Tables(lambda: f"id{next(numbers)}", rules, rules, trunk=trunk, callbacks=TERMS, line_number="400")
        self.now = START
        first = (
            ContactEntered("callback", "outbound", "400", "", "zh-CN", ""),
            CallbackRequested("web", "repair", "", (START + timedelta(hours=1)).isoformat()),
            QueueEntered("entry", "repair", "first", channel="callback"),
        )
        self.journal: list[tuple[Event, datetime]] = [(event, START) for event in first]
        self.call = CallingBack(self.folded(), tables)
        self.commands: list[w.CallCommand] = []
        self.talking_to: set[str] = set()
        """Agents whom the router shows in this contact."""
        self.in_line = False
        self.offers = itertools.count(1)
        self.tell(cw.CallbackBegun())

    def folded(self) -> CallState:
        state = CallState("contact")
        for event, at in self.journal:
            state = after(state, event, at)
        return state

    def tell(self, event: CallEvent, seconds: float = 1.0) -> list[w.CallCommand]:
        self.now += timedelta(seconds=seconds)
        self.commands = self.call.handle(event, self.now)
        for command in self.commands:
            if isinstance(command, w.Record):
                self.journal += [(event, self.now) for event in command.events]
            if isinstance(command, w.Route):
                self._route(command)
        return self.commands

    def _route(self, command: w.Route) -> None:
        match command.event:
            case WorkArrived():
                self.in_line = True
            case WorkLeft():
                self.in_line = False
            case OfferAnswered(_, agent_id):
                self.in_line = False
                self.talking_to.add(agent_id)
            case AgentReleased(agent_id):
                self.talking_to.discard(agent_id)

    def offer(self, agent: str = "agent") -> str:
        item = WorkItem("entry", "contact", "repair", START, "callback")
        offer = Offer(f"offer{next(self.offers)}", item, agent, f"phone-{agent}", self.now + timedelta(seconds=20))
        self.tell(w.OfferFor(offer, {}))
        return next((c.leg_id for c in self.commands if isinstance(c, ew.RingAccount)), "")

    def dial(self) -> str:
        self.tell(port.LegAnswered(self.offer()))
        return next(c.leg_id for c in self.commands if isinstance(c, cw.RingCustomer))

    def endings(self) -> list[str]:
        return [event.data()["ending"] for event, _ in self.journal if event.kind == "QueueEntryEnded"]

    def check(self) -> None:
        """What holds after every event."""
        assert self.folded() == self.call.state, "a restart finds the same"
        state = self.call.state
        contacts_over = [event for event, _ in self.journal if event.kind == "ContactEnded"]
        assert len(contacts_over) == (1 if self.call.ended else 0)
        open_entries = sum(event.kind == "QueueEntered" for event, _ in self.journal) - len(self.endings())
        assert open_entries == int(state.phase in (Phase.WAITING, Phase.DIALLING))
        if self.call.ended:
            assert not self.talking_to
            assert not self.in_line
            assert not self.call.legs()
        else:
            with_agent = state.phase in (Phase.DIALLING, Phase.TALKING)
            assert bool(self.talking_to) == with_agent, state.phase


def test_reached_at_once() -> None:
    story = Story()
    assert story.in_line
    customer = story.dial()
    assert story.call.state.phase is Phase.DIALLING
    assert not story.endings(), "he is answered when he is on the line"
    story.tell(port.LegAnswered(customer))
    assert story.endings() == ["answered"]
    joined = next(c for c in story.commands if isinstance(c, ew.JoinLegs))
    assert customer in joined.leg_ids
    assert any(isinstance(c, ew.StopPlayback) and c.playback_id == customer for c in story.commands), "no more ringback"
    story.tell(port.LegEnded(customer, port.EndCause.NORMAL, by_far_end=True), 30)
    assert story.call.ended
    story.check()


def test_two_tries_and_a_pause_between() -> None:
    story = Story()
    story.tell(port.LegEnded(story.dial(), port.EndCause.BUSY, by_far_end=True))
    assert not story.in_line
    story.tell(w.TimerCame("callback"), 30)
    assert not story.in_line, "not before the pause is over"
    story.tell(w.TimerCame("callback"), 31)
    assert story.in_line
    story.tell(port.LegEnded(story.dial(), port.EndCause.NO_ANSWER, by_far_end=False), 30)
    assert story.endings() == ["not_reached"]
    story.check()


def test_without_a_trunk_the_agent_is_let_go_at_once() -> None:
    story = Story(trunk="")
    story.tell(port.LegAnswered(story.offer()))
    assert not story.talking_to
    assert story.call.state.phase is Phase.WAITING
    assert story.call.state.callback
    assert story.call.state.callback.tries == 0


EVENTS = st.sampled_from(
    [
        *("offer", "offer other", "taken back", "agent answers", "agent refuses", "agent rings out", "agent leg gone", "agent leg failed"),
        *("customer answers", "customer busy", "customer silent", "customer failed", "customer gone", "hang up", "hang up other"),
        *("timer", "timer long", "cancel", "returned", "end", "truth nothing", "truth recovered", "truth dead", "hold", "rejoin"),
    ]
)


def act(story: Story, what: str) -> None:
    """Let it happen to whatever is there."""
    state = story.call.state
    ring = state.rings[0].leg_id if state.rings else "none"
    dial = state.callback.dial if state.callback else None
    segment = state.segment
    customer = dial.leg_id if dial else state.caller_leg or "none"
    agent_leg = dial.agent_leg_id if dial else segment.leg_id if segment else "none"
    here = {leg: port.LegSnapshot(leg, True, port.Direction.OUTBOUND, "", "", "") for leg in story.call.legs()}
    everything = port.Snapshot(here, {}, frozenset(), frozenset(), "1")
    events: dict[str, CallEvent] = {
        "taken back": w.OfferTakenBack(state.rings[0].offer_id if state.rings else "x"),
        "agent answers": port.LegAnswered(ring),
        "agent refuses": w.RefuseAsked("agent"),
        "agent rings out": port.LegEnded(ring, port.EndCause.NO_ANSWER, by_far_end=False),
        "agent leg gone": port.LegEnded(agent_leg, port.EndCause.NORMAL, by_far_end=True),
        "agent leg failed": port.LegEnded(agent_leg, port.EndCause.FAILED, by_far_end=True),
        "customer answers": port.LegAnswered(customer),
        "customer busy": port.LegEnded(customer, port.EndCause.BUSY, by_far_end=True),
        "customer silent": port.LegEnded(customer, port.EndCause.NO_ANSWER, by_far_end=False),
        "customer failed": port.LegEnded(customer, port.EndCause.FAILED, by_far_end=False),
        "customer gone": port.LegEnded(customer, port.EndCause.NORMAL, by_far_end=True),
        "hang up": w.HangUpAsked("agent"),
        "hang up other": w.HangUpAsked("other"),
        "timer": w.TimerCame("callback"),
        "timer long": w.TimerCame("callback"),
        "cancel": cw.CallbackEndAsked("cancelled"),
        "returned": cw.CallbackEndAsked("caller_returned"),
        "end": w.EndAsked("supervisor"),
        "truth nothing": w.EngineTruth(port.NOTHING, story.now + timedelta(seconds=1), restarted=True, reconnected=True),
        "truth recovered": w.EngineTruth(everything, story.now + timedelta(seconds=1), recovered=True, reconnected=True),
        "truth dead": w.EngineTruth(port.NOTHING, story.now + timedelta(seconds=1)),
        "hold": w.HoldAsked("agent", True),
        "rejoin": w.RejoinAsked("agent", "phone-agent"),
    }
    if what.startswith("offer"):
        # As the router does: only what stands in the line is offered, and at one agent a time.
        if story.in_line and not state.rings and state.virtual:
            story.offer("other" if what.endswith("other") else "agent")
        return
    try:
        story.tell(events[what], 400 if what == "timer long" else 1)
    except Conflict:
        assert story.call.state == state, "what cannot be done changes nothing"


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENTS, max_size=40))
def test_any_order_of_events(script: list[str]) -> None:
    story = Story()
    for what in script:
        act(story, what)
        story.check()
        if story.call.ended:
            assert story.endings().count("answered") <= len(story.endings())
    for _ in range(60):  # left alone it comes to an end: nobody waits for ever
        if story.call.ended or not story.call.state.virtual or story.call.state.phase is Phase.DIALLING:
            return
        for ring in story.call.state.rings:
            story.tell(port.LegEnded(ring.leg_id, port.EndCause.NO_ANSWER, by_far_end=False))
        story.tell(w.TimerCame("callback"), 100)
    assert story.call.ended


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800138000", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("02081234567", "+862081234567"),
        ("0086138 00138000", "+8613800138000"),
    ],
)
def test_numbers_as_people_write_them(written: str, number: str) -> None:
    assert number_to_call(written, TERMS) == number


@pytest.mark.parametrize("number", ["", "anonymous", "110", "120", "+12125550100", "008612"])
def test_numbers_that_are_not_called(number: str) -> None:
    with pytest.raises(NumberNotAllowed):
        number_to_call(number, TERMS)


def test_prefixes_of_the_business() -> None:
    world = CallbackSettings(allowed_prefixes=(), denied_prefixes=("+1900",))
    assert number_to_call("+12125550100", world) == "+12125550100"
    with pytest.raises(NumberNotAllowed):
        number_to_call("+19005550100", world)


def test_how_they_are_dialled() -> None:
    assert [dialled(number) for number in ("+8613800138000", "+862081234567", "+12125550100")] == [
        "13800138000",
        "02081234567",
        "0012125550100",
    ]
