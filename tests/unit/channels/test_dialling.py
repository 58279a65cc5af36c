"""The pure machine of a call that an agent begins, under any order of events: one end, the same state from the journal, nobody held."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.channels.dialling.events import DialRequested
from huying.channels.events import ContactEntered
from huying.channels.reach.reach import ReachSettings, Seen, Target
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.dialling import Dialling
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.machine import CallEvent
from huying.channels.voice.call.placing import placement
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Tables
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.router.work import AgentReleased, ContactHeld, Engaged, QueueRules
from huying.telephony import port

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
OWN = "own"


class Story:
    """Drives one such call and keeps what it wrote."""

    def __init__(self, direction: str = "outbound", trunk: str = "line") -> None:
        numbers = itertools.count(1)
        rules = {"repair": QueueRules("repair", code="repair")}
        people = {
            "called": (ReachSettings(no_answer=Target("agent", "third")), Seen(True, ("a", "b"))),
            "third": (ReachSettings(no_answer=Target("number", number="+8613800138000")), Seen(True, ("c",))),
        }
        tables = Tables(
            lambda: f"id{next(numbers)}",
            rules,
            rules,
            trunk=trunk,
            dialled="13800138000",
            look=lambda agent: people.get(agent, (ReachSettings(), Seen())),
            diverted=lambda _agent, _number: "13800138000",
        )
        self.now = START
        called = "called" if direction == "internal" else ""
        first = (ContactEntered("phone", direction, "", "", "zh-CN", ""), DialRequested(direction, "agent", OWN, "mobile", "", called))
        self.journal: list[tuple[Event, datetime]] = [(event, START) for event in first]
        self.call = Dialling(self.folded(), tables)
        self.commands: list[w.CallCommand] = []
        self.held: set[str] = set()
        """Agents whom the router shows in this contact."""
        self.tell(dw.DialBegun("phone"))

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
            if isinstance(command, w.Route) and isinstance(command.event, Engaged):
                self.held.add(command.event.agent_id)
            if isinstance(command, w.Route) and isinstance(command.event, AgentReleased):
                self.held.discard(command.event.agent_id)
        return self.commands

    def rung(self) -> list[str]:
        """Legs that ring now, besides one's own."""
        state = self.call.state
        ring = list(state.person_ring.leg_ids) if state.person_ring else []
        out = state.outgoing
        dialled = [out.leg_id] if out and out.leg_id and not out.over else []
        return [*ring, *dialled, *([state.forward.leg_id] if state.forward else [])]

    def check(self) -> None:
        """What holds after every event."""
        assert self.folded() == self.call.state, "a restart finds the same"
        self._everybody_hears_something()
        over = [event for event, _ in self.journal if event.kind == "ContactEnded"]
        assert len(over) == (1 if self.call.ended else 0)
        if self.call.ended:
            assert not self.held
            assert not self.call.legs()
        else:
            state = self.call.state
            assert all(state.has_agent(agent) for agent in self.held)

    def _everybody_hears_something(self) -> None:
        """In a conversation nobody is alone in silence but he who holds the others."""
        state = self.call.state
        if state.phase is not Phase.TALKING or state.playing:
            return
        placed = placement(state)
        together = {leg for legs in placed.bridges.values() if len(legs) > 1 for leg in legs}
        silent = state.legs() - together - placed.music - placed.ringback - set(self.rung())
        holding = {one.leg_id for one in state.segments if one.held_since or one.lost_since}
        if state.caller_away:
            holding.add(state.caller_leg)
        asked = {ring.leg_id for ring in state.side.rings} if state.side else set()
        assert silent <= holding | asked, (silent, state)


def talking_colleagues() -> tuple[Story, str]:
    """Two colleagues talk; the story, and the leg of the one who was called."""
    story = Story("internal")
    story.tell(port.LegAnswered(OWN))
    called = story.rung()[0]
    story.tell(port.LegAnswered(called))
    assert story.call.state.phase is Phase.TALKING
    return story, called


def test_the_caller_of_a_colleague_holds_and_is_muted() -> None:
    story, called = talking_colleagues()
    story.tell(w.HoldAsked("agent", True))
    assert ew.Music(called, True) in story.commands
    assert w.Route(ContactHeld("agent", "contact", True)) in story.commands
    story.tell(w.HoldAsked("agent", False))
    assert {OWN, called} >= {leg for c in story.commands if isinstance(c, ew.JoinLegs) for leg in c.leg_ids} != set()
    story.tell(w.MuteAsked("agent", True))
    assert ew.MuteLeg(OWN, True) in story.commands
    story.check()


def test_the_caller_of_a_colleague_is_lost_and_back() -> None:
    story, called = talking_colleagues()
    story.tell(w.MuteAsked("agent", True))
    story.tell(w.AgentSilent(OWN))
    assert ew.Music(called, True) in story.commands
    story.tell(w.RejoinAsked("agent", "phone"))
    new = next(c.leg_id for c in story.commands if isinstance(c, ew.RingAccount))
    story.tell(port.LegAnswered(new))
    assert ew.HangUpLeg(OWN) in story.commands
    assert ew.MuteLeg(new, True) in story.commands
    assert story.call.state.caller_leg == new
    story.tell(port.LegEnded(OWN, port.EndCause.FAILED, by_far_end=False))
    assert story.call.state.phase is Phase.TALKING
    story.check()


def test_the_caller_of_a_colleague_does_not_come_back() -> None:
    story, _ = talking_colleagues()
    story.tell(port.LegEnded(OWN, port.EndCause.FAILED, by_far_end=False))
    assert not story.call.ended
    story.tell(w.TimerCame("rejoin:caller"), 15)
    assert story.call.ended
    story.check()


def test_the_caller_of_a_colleague_consults_and_they_change_places() -> None:
    story, called = talking_colleagues()
    story.tell(w.HoldAsked("agent", True))
    story.tell(pw.ConsultAsked("agent", pw.Target("number", number="+8613800138001")))
    state = story.call.state
    assert state.segment is not None and state.outgoing is not None and state.side is not None
    assert (state.segment.agent_id, state.segment.leg_id) == ("agent", OWN)
    assert (state.outgoing.agent_id, state.caller_leg) == ("called", called)
    story.check()
    story.tell(w.HangUpAsked("called"))
    assert story.call.ended
    story.check()


def test_nobody_changes_places_while_the_colleague_holds() -> None:
    story, _ = talking_colleagues()
    story.tell(w.HoldAsked("called", True))
    with pytest.raises(Conflict):
        story.tell(pw.ConsultAsked("agent", pw.Target("number", number="+8613800138001")))
    story.check()


def test_answered() -> None:
    story = Story()
    assert any(isinstance(c, ew.RingAccount) and c.auto_answer for c in story.commands)
    story.tell(port.LegAnswered(OWN))
    outside = next(c for c in story.commands if isinstance(c, dw.RingOutside))
    story.tell(port.LegAnswered(outside.leg_id))
    assert story.call.state.phase is Phase.TALKING
    assert {OWN, outside.leg_id} <= {leg for c in story.commands if isinstance(c, ew.JoinLegs) for leg in c.leg_ids}
    story.tell(port.LegEnded(outside.leg_id, port.EndCause.NORMAL, by_far_end=True))
    assert story.call.ended
    story.check()


def test_without_a_trunk() -> None:
    story = Story(trunk="")
    story.tell(port.LegAnswered(OWN))
    assert [event.data()["result"] for event, _ in story.journal if event.kind == "DialEnded"] == ["no_trunk"]
    story.check()


def test_what_cannot_be_asked_yet() -> None:
    story = Story()
    for asked in (w.HoldAsked("agent", True), w.DigitsAsked("agent", "1"), w.HangUpAsked("stranger")):
        with pytest.raises(Conflict):
            story.tell(asked)
        story.check()


ANY_CALL = ("answer", "end", "refuse", "hang_up", "hang_up_called", "truth", "gone", "hold", "timer", "restart", "finish")
BY_CALLER = ("hold_by_caller", "mute_by_caller", "rejoin", "silent", "consult", "lost_too_long")
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*ANY_CALL, *BY_CALLER]),
        st.integers(0, 3),
        st.sampled_from(list(port.EndCause)),
        st.floats(0.1, 40),
    ),
    max_size=14,
)


def truth(story: Story, gone: bool, recovered: bool) -> w.EngineTruth:
    there = () if gone else story.call.legs()
    legs = {leg: port.LegSnapshot(leg, leg not in story.rung(), port.Direction.OUTBOUND, "", "", "") for leg in there}
    snapshot = port.Snapshot(legs, {}, frozenset(), frozenset(), "")
    return w.EngineTruth(snapshot, story.now, recovered=recovered, reconnected=recovered)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["outbound", "internal"]), ACTS)
def test_in_any_order(direction: str, acts: list[tuple[str, int, port.EndCause, float]]) -> None:
    story = Story(direction)
    for act, which, cause, seconds in acts:
        legs = [OWN, *story.rung(), *sorted(story.call.legs())]
        leg = legs[which % len(legs)]
        try:
            match act:
                case "answer":
                    story.tell(port.LegAnswered(leg), seconds)
                case "end":
                    story.tell(port.LegEnded(leg, cause, by_far_end=True), seconds)
                case "refuse":
                    story.tell(w.RefuseAsked("called"), seconds)
                case "hang_up":
                    story.tell(w.HangUpAsked("agent"), seconds)
                case "hang_up_called":
                    story.tell(w.HangUpAsked("called"), seconds)
                case "hold":
                    story.tell(w.HoldAsked("agent" if direction == "outbound" else "called", bool(which % 2)), seconds)
                case "hold_by_caller":
                    story.tell(w.HoldAsked("agent", bool(which % 2)), seconds)
                case "mute_by_caller":
                    story.tell(w.MuteAsked("agent", bool(which % 2)), seconds)
                case "rejoin":
                    story.tell(w.RejoinAsked("agent", "phone"), seconds)
                case "silent":
                    story.tell(w.AgentSilent(leg), seconds)
                case "consult":
                    story.tell(pw.ConsultAsked("agent", pw.Target("number", number="+8613800138001")), seconds)
                case "lost_too_long":
                    story.tell(w.TimerCame("rejoin:caller"), seconds)
                case "truth" | "gone":
                    story.tell(truth(story, act == "gone", recovered=False), seconds)
                case "restart":
                    story.call = Dialling(story.folded(), story.call.tables)
                    story.tell(truth(story, gone=False, recovered=True), seconds)
                case "timer":
                    segment = story.call.state.segment
                    story.tell(w.TimerCame(f"rejoin:{segment.segment_id}" if segment else "limit:end"), seconds)
                case _:
                    story.tell(w.EndAsked("supervisor"), seconds)
        except Conflict:
            pass
        story.check()
    story.tell(w.EndAsked("supervisor"))
    story.check()
    assert story.call.ended
