"""The life of one call as a story: events in, commands out, and the journal tells the same state."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.machine import Call, CallEvent
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Tables
from huying.flows.sample_flow import sample_flow
from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Event
from huying.routing.router.work import Offer, OfferAnswered, OfferFailed, QueueRules, WorkArrived, WorkItem, WorkLeft
from huying.routing.treatment.treatment import Treatment
from huying.telephony import port

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
FLOW = sample_flow()


class Story:
    """Drives one call and keeps what it wanted and wrote."""

    def __init__(self) -> None:
        numbers = itertools.count(1)
        queues = {code: QueueRules(f"id-{code}", code=code) for code in ("repair", "product", "complaints")}
        self.tables = Tables(lambda: f"id{next(numbers)}", queues, {rules.queue_id: rules for rules in queues.values()})
        self.call = Call(CallState("contact", caller_leg="caller"), self.tables)
        self.now = START
        self.journal: list[tuple[Event, datetime]] = []
        self.commands: list[w.CallCommand] = []
        self.treatment: Treatment | None = None

    def tell(self, event: CallEvent, seconds: float = 1) -> list[w.CallCommand]:
        self.now += timedelta(seconds=seconds)
        self.commands = self.call.handle(event, self.now)
        for asked in [command for command in self.commands if isinstance(command, w.LookUp)]:
            found = w.LookedUp(asked.look_up_id, self.treatment or Treatment(asked.queue_id, asked.needs, asked.attributes))
            self.commands += self.call.handle(found, self.now)
        for command in self.commands:
            if isinstance(command, w.Record):
                self.journal += [(event, self.now) for event in command.events]
        return self.commands

    def play_through(self) -> None:
        """Whatever is played ends, until nothing is."""
        for _ in range(20):
            playing = [c for c in self.commands if isinstance(c, ew.PlayItems)]
            if not playing:
                return
            self.tell(port.PlaybackEnded(playing[-1].playback_id, "caller", True))

    def begin(self) -> None:
        self.tell(w.Begin("phone", "400800", "customer", "zh-CN", FLOW))

    def to_queue(self) -> str:
        """Press 1; returns the entry."""
        self.begin()
        self.tell(port.DigitReceived("caller", "1"))
        arrived = [c for c in self.commands if isinstance(c, w.Route) and isinstance(c.event, WorkArrived)]
        if not arrived:
            self.play_through()
            self.tell(port.DigitReceived("caller", "1"))
            arrived = [c for c in self.commands if isinstance(c, w.Route) and isinstance(c.event, WorkArrived)]
        event = arrived[0].event
        assert isinstance(event, WorkArrived)
        self.tell(w.Placed(event.item.item_id, 1, 1, True))
        return event.item.item_id

    def offer(self, entry: str, agent: str = "agent") -> str:
        """Offer to an agent; returns the leg that rings."""
        item = WorkItem(entry, "contact", "id-repair", self.now)
        self.tell(w.OfferFor(Offer(f"offer-{agent}", item, agent, f"phone-{agent}", self.now + timedelta(seconds=20)), {}))
        return next(c.leg_id for c in self.commands if isinstance(c, ew.RingAccount))

    def to_talk(self) -> str:
        leg = self.offer(self.to_queue())
        self.tell(port.LegAnswered(leg))
        return leg

    @property
    def segment_id(self) -> str:
        """Of the agent who leads the conversation."""
        segment = self.call.state.segment
        return segment.segment_id if segment else ""

    def kinds(self) -> list[str]:
        return [event.kind for event, _ in self.journal]

    def routed(self) -> list[object]:
        return [c.event for c in self.commands if isinstance(c, w.Route)]

    def folded(self) -> CallState:
        state = CallState("contact", caller_leg="caller")
        for event, at in self.journal:
            state = after(state, event, at)
        return state


@pytest.fixture
def story() -> Story:
    return Story()


def test_a_call_is_answered_led_queued_offered_and_joined(story: Story) -> None:
    story.begin()
    assert isinstance(story.commands[0], w.Record)
    assert story.commands[0].durable
    assert ew.AnswerLeg("caller") in story.commands
    story = Story()
    leg = story.to_talk()
    joins = [c for c in story.commands if isinstance(c, ew.JoinLegs)]
    assert [set(join.leg_ids) for join in joins] == [{"caller", leg}]
    first = story.commands.index(joins[0])
    committed = [c for c in story.commands[:first] if isinstance(c, w.Record) and c.durable]
    assert [event.kind for event in committed[0].events] == ["OfferEnded", "QueueEntryEnded", "SegmentStarted"]
    assert any(isinstance(event, OfferAnswered) for event in story.routed())
    assert any(isinstance(c, ew.StartRecording) for c in story.commands)
    assert story.call.state == story.folded()


def test_the_next_agent_is_rung_when_one_refuses(story: Story) -> None:
    entry = story.to_queue()
    leg = story.offer(entry)
    story.tell(port.LegEnded(leg, port.EndCause.BUSY, True))
    assert story.routed() == [OfferFailed("offer-agent", "refused")]
    other = story.offer(entry, "other")
    assert other != leg
    story.tell(port.LegAnswered(leg))
    assert story.commands == [ew.HangUpLeg(leg)]
    assert story.call.state.phase is Phase.WAITING


def test_who_refuses_may_say_why(story: Story) -> None:
    story.offer(story.to_queue())
    story.tell(w.RefuseAsked("agent", "equipment"))
    assert story.routed() == [OfferFailed("offer-agent", "refused", "equipment")]
    assert [e.data()["reason"] for e, _ in story.journal if e.kind == "OfferEnded"] == ["equipment"]


def test_a_customer_who_leaves_early_is_a_short_abandon_and_what_rings_stops(story: Story) -> None:
    leg = story.offer(story.to_queue())
    story.tell(port.LegEnded("caller", port.EndCause.NORMAL, True))
    endings = [event for event, _ in story.journal if event.kind == "QueueEntryEnded"]
    assert [ending.data()["ending"] for ending in endings] == ["short_abandoned"]
    assert ew.HangUpLeg(leg) in story.commands
    assert any(isinstance(event, WorkLeft) for event in story.routed())
    assert story.kinds()[-1] == "ContactEnded"
    assert story.call.ended


def test_the_end_of_a_call_is_one_commit_before_anything_is_hung_up(story: Story) -> None:
    leg = story.to_talk()
    story.tell(w.HangUpAsked("agent"), seconds=5)
    records = [c for c in story.commands if isinstance(c, w.Record)]
    assert [[event.kind for event in record.events] for record in records] == [["SegmentEnded", "ContactEnded"]]
    assert records[0].durable
    first = story.commands.index(records[0])
    assert not [c for c in story.commands[:first] if isinstance(c, ew.HangUpLeg)]
    assert ew.HangUpLeg(leg) in story.commands[first:]


def test_a_customer_who_waited_longer_has_abandoned(story: Story) -> None:
    story.to_queue()
    story.tell(port.LegEnded("caller", port.EndCause.NORMAL, True), seconds=60)
    endings = [event.data()["ending"] for event, _ in story.journal if event.kind == "QueueEntryEnded"]
    assert endings == ["abandoned"]


def test_hold_and_back(story: Story) -> None:
    story.to_talk()
    story.tell(w.HoldAsked("agent", True))
    assert ew.Music("caller", True) in story.commands
    story.tell(w.HoldAsked("agent", True))
    assert story.commands == []
    story.tell(w.HoldAsked("agent", False), seconds=10)
    assert any(isinstance(c, ew.JoinLegs) and c.leg_ids == ("caller",) for c in story.commands)
    story.tell(w.HangUpAsked("agent"), seconds=5)
    ended = next(event for event, _ in story.journal if event.kind == "SegmentEnded").data()
    assert (ended["hold_seconds"], ended["by"]) == (11, "agent")
    assert story.journal[-1][0].data()["cause"] == "agent_hung_up"
    with pytest.raises(Conflict):
        story.tell(w.HoldAsked("agent", True))


def test_only_the_agent_in_the_conversation_may_act(story: Story) -> None:
    story.to_talk()
    before = story.call.state
    for event in (w.HoldAsked("other", True), w.HangUpAsked("other"), w.MuteAsked("other", True), w.RejoinAsked("other", "x")):
        with pytest.raises(Conflict):
            story.tell(event)
    assert story.call.state == before


def test_a_lost_agent_comes_back_on_a_new_leg(story: Story) -> None:
    leg = story.to_talk()
    story.tell(w.AgentSilent(leg))
    assert ew.Music("caller", True) in story.commands
    story.tell(w.RejoinAsked("agent", "phone-agent"))
    ring = next(c for c in story.commands if isinstance(c, ew.RingAccount))
    assert ring.auto_answer
    story.tell(port.LegAnswered(ring.leg_id))
    assert any(isinstance(c, ew.JoinLegs) and set(c.leg_ids) == {"caller", ring.leg_id} for c in story.commands)
    assert ew.HangUpLeg(leg) in story.commands
    story.tell(port.LegEnded(leg, port.EndCause.NORMAL, False))
    assert story.call.state.phase is Phase.TALKING
    assert story.call.state == story.folded()


def test_what_rings_at_a_page_that_is_gone_is_answered_at_the_new_one(story: Story) -> None:
    old = story.offer(story.to_queue())
    story.tell(w.RejoinAsked("agent", "phone-agent"))
    ring = next(c for c in story.commands if isinstance(c, ew.RingAccount))
    assert ring.auto_answer and ring.leg_id != old
    story.tell(port.LegAnswered(ring.leg_id))
    assert any(isinstance(c, ew.JoinLegs) and set(c.leg_ids) == {"caller", ring.leg_id} for c in story.commands)
    assert ew.HangUpLeg(old, port.EndCause.ANSWERED_ELSEWHERE) in story.commands
    assert [event.data()["result"] for event, _ in story.journal if event.kind == "OfferEnded"] == ["accepted"]
    story.tell(port.LegEnded(old, port.EndCause.ANSWERED_ELSEWHERE, False))
    assert story.call.state.phase is Phase.TALKING
    assert story.call.state == story.folded()
    with pytest.raises(Conflict):
        story.tell(w.RejoinAsked("other", "phone-other"))


def test_a_customer_whose_agent_stays_away_is_queued_again_with_his_waiting_time(story: Story) -> None:
    leg = story.to_talk()
    waited_from = story.call.state.stay.waiting_since if story.call.state.stay else None
    story.tell(port.LegEnded(leg, port.EndCause.FAILED, False))
    story.tell(w.TimerCame(f"rejoin:{story.segment_id}"), seconds=15)
    arrived = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert arrived[0].item.waiting_since == waited_from
    entered = [event.data() for event, _ in story.journal if event.kind == "QueueEntered"]
    assert [entry["origin"] for entry in entered] == ["first", "recovery"]
    assert story.call.state.phase is Phase.WAITING


def test_a_restarted_engine_loses_the_waiting_and_says_so(story: Story) -> None:
    story.to_queue()
    nothing = port.Snapshot({}, {}, frozenset(), frozenset(), "new")
    story.tell(w.EngineTruth(nothing, story.now, restarted=True), seconds=10)
    endings = [event.data()["ending"] for event, _ in story.journal if event.kind == "QueueEntryEnded"]
    assert endings == ["lost"]
    assert story.journal[-1][0].data()["cause"] == "engine_lost"


def test_after_our_restart_a_talking_call_goes_on(story: Story) -> None:
    leg = story.to_talk()
    state = story.folded()
    assert state.segment
    legs = {name: port.LegSnapshot(name, True, port.Direction.INBOUND, "", "", "") for name in ("caller", leg)}
    bridge = port.BridgeSnapshot(state.segment.bridge_id, frozenset({"caller"}))
    recordings = frozenset({state.recording.recording_id}) if state.recording else frozenset()
    snapshot = port.Snapshot(legs, {bridge.bridge_id: bridge}, frozenset(), recordings, "same")
    story.call = Call(state, story.tables, FLOW)
    story.tell(w.EngineTruth(snapshot, story.now, recovered=True))
    assert ew.JoinLegs(bridge.bridge_id, (leg,), frozenset({leg})) in story.commands
    assert story.kinds()[-1] == "CallRecovered"
    story.tell(port.LegEnded("caller", port.EndCause.NORMAL, True))
    assert story.call.ended


def test_after_our_restart_a_waiting_call_stands_where_it_stood(story: Story) -> None:
    entry = story.to_queue()
    state = story.folded()
    legs = {"caller": port.LegSnapshot("caller", True, port.Direction.INBOUND, "", "", "")}
    story.call = Call(state, story.tables, FLOW)
    story.tell(w.EngineTruth(port.Snapshot(legs, {}, frozenset(), frozenset(), "same"), story.now, recovered=True))
    arrived = [event for event in story.routed() if isinstance(event, WorkArrived)]
    assert [event.item.item_id for event in arrived] == [entry]
    assert ew.Music("caller", True) in story.commands
    assert story.kinds().count("QueueEntered") == 1


def test_recordings_that_end_after_the_call_are_still_journalled(story: Story) -> None:
    story.to_talk()
    recording = next(c.recording_id for c in story.commands if isinstance(c, ew.StartRecording))
    story.tell(port.LegEnded("caller", port.EndCause.NORMAL, True))
    story.tell(w.RecordingKept(recording, 4.0, 0.0))
    assert story.kinds()[-1] == "CallRecordingEnded"


def test_a_recording_that_fails_is_tried_again_after_a_while_and_not_at_once(story: Story) -> None:
    story.to_talk()
    first = story.call.state.recording
    assert first
    commands = story.tell(port.RecordingFailed(first.recording_id, "the engine could not begin it"))
    assert not [command for command in commands if isinstance(command, ew.StartRecording)]
    timer = next(command for command in commands if isinstance(command, w.SetTimer))
    assert timer.seconds >= 1
    again = story.tell(w.TimerCame(timer.name), timer.seconds)
    assert [command for command in again if isinstance(command, ew.StartRecording)]
    assert not story.tell(w.TimerCame(timer.name))
