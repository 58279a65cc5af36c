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
from huying.channels.voice.call import words as w
from huying.channels.voice.call.dialling import Dialling
from huying.channels.voice.call.machine import CallEvent
from huying.channels.voice.call.state import CallState, Phase, after
from huying.channels.voice.call.turn import Tables
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.router.work import AgentReleased, Engaged, QueueRules
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
        over = [event for event, _ in self.journal if event.kind == "ContactEnded"]
        assert len(over) == (1 if self.call.ended else 0)
        if self.call.ended:
            assert not self.held
            assert not self.call.legs()
        else:
            state = self.call.state
            assert all(state.has_agent(agent) for agent in self.held)


def test_answered() -> None:
    story = Story()
    assert any(isinstance(c, w.RingAccount) and c.auto_answer for c in story.commands)
    story.tell(port.LegAnswered(OWN))
    outside = next(c for c in story.commands if isinstance(c, dw.RingOutside))
    story.tell(port.LegAnswered(outside.leg_id))
    assert story.call.state.phase is Phase.TALKING
    assert {OWN, outside.leg_id} <= {leg for c in story.commands if isinstance(c, w.JoinLegs) for leg in c.leg_ids}
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


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "end", "refuse", "hang_up", "hang_up_called", "truth", "gone", "hold", "timer", "restart", "finish"]),
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
