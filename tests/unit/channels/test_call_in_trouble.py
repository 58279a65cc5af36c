"""A call when things go wrong around it: lost events, our death at a bad moment, an engine that refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.folding import after
from huying.channels.voice.call.machine import Call
from huying.channels.voice.call.state import CallState, Phase
from huying.routing.router.work import OfferAnswered, OfferFailed, WorkArrived
from huying.telephony import port
from unit.channels.test_call import FLOW, Story


def engine_has(*legs: str, unanswered: tuple[str, ...] = (), bridges: dict[str, set[str]] | None = None) -> port.Snapshot:
    """What the engine says."""
    found = {leg: port.LegSnapshot(leg, leg not in unanswered, port.Direction.INBOUND, "", "", "") for leg in (*legs, *unanswered)}
    inside = {bridge: port.BridgeSnapshot(bridge, frozenset(members)) for bridge, members in (bridges or {}).items()}
    return port.Snapshot(found, inside, frozenset(), frozenset(), "same")


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.mark.parametrize("recovered", [True, False])
def test_an_answer_that_nobody_heard_connects(story: Story, recovered: bool) -> None:
    leg = story.offer(story.to_queue())
    if recovered:
        story.call = Call(story.folded(), story.tables, FLOW)
    story.tell(w.EngineTruth(engine_has("caller", leg), story.now, reconnected=True, recovered=recovered))
    assert story.call.state.phase is Phase.TALKING
    assert any(isinstance(c, ew.JoinLegs) and set(c.leg_ids) == {"caller", leg} for c in story.commands)
    assert any(isinstance(event, OfferAnswered) for event in story.routed())
    assert sum(isinstance(c, ew.StartRecording) for c in story.commands) == 1
    assert "CallRecordingFailed" not in story.kinds()
    assert story.call.state == story.folded()


def test_a_leg_that_rings_beyond_its_time_is_given_up(story: Story) -> None:
    leg = story.offer(story.to_queue())
    truth = engine_has("caller", unanswered=(leg,))
    story.tell(w.EngineTruth(truth, story.now), seconds=15)
    assert story.call.state.rings
    story.tell(w.EngineTruth(truth, story.now), seconds=15)
    assert ew.HangUpLeg(leg) in story.tell(w.EngineTruth(truth, story.now), seconds=1)
    assert OfferFailed("offer-agent", "timed_out") in story.routed()


def test_a_new_leg_for_the_agent_is_not_given_up_by_an_older_truth(story: Story) -> None:
    leg = story.to_talk()
    story.tell(w.AgentSilent(leg))
    story.tell(w.RejoinAsked("agent", "phone-agent"))
    ring = next(c for c in story.commands if isinstance(c, ew.RingAccount))
    story.tell(w.EngineTruth(engine_has("caller", leg), story.now), seconds=0.1)
    story.tell(port.LegAnswered(ring.leg_id))
    assert any(isinstance(c, ew.JoinLegs) and ring.leg_id in c.leg_ids for c in story.commands)


def test_a_call_whose_flow_was_not_begun_begins_it_after_our_restart(story: Story) -> None:
    story.begin()
    event, at = story.journal[0]
    story.journal, state = [(event, at)], after(CallState("contact"), event, at)
    story.call = Call(state, story.tables, FLOW)
    story.tell(w.EngineTruth(engine_has(unanswered=("caller",)), story.now, recovered=True))
    assert ew.AnswerLeg("caller") in story.commands
    assert any(isinstance(c, ew.PlayItems) for c in story.commands)
    story.play_through()
    story.tell(port.DigitReceived("caller", "1"))
    story.play_through()
    assert story.call.state.node
    assert story.call.state == story.folded()


def test_a_call_without_a_flow_ends_instead_of_hanging(story: Story) -> None:
    story.begin()
    story.call = Call(replace(story.folded(), flow_id="gone"), story.tables, None)
    story.tell(w.EngineTruth(engine_has("caller"), story.now, recovered=True))
    assert story.call.ended


def test_an_engine_that_cannot_record_is_not_asked_again_at_once(story: Story) -> None:
    story.to_talk()
    recording = next(c.recording_id for c in story.commands if isinstance(c, ew.StartRecording))
    story.tell(w.PauseAsked("agent", True))
    story.tell(port.RecordingFailed(recording, "no room"))
    assert not any(isinstance(c, ew.StartRecording) for c in story.commands)
    timer = next(c for c in story.commands if isinstance(c, w.SetTimer))
    story.tell(w.TimerCame(timer.name), seconds=timer.seconds)
    started = [c.recording_id for c in story.commands if isinstance(c, ew.StartRecording)]
    assert [c for c in story.commands if isinstance(c, ew.PauseRecording)] == [ew.PauseRecording(started[0], True)]


def test_a_fault_in_a_step_changes_nothing(story: Story) -> None:
    story.begin()
    state, tables = story.call.state, story.call.tables

    def broken() -> str:
        raise ZeroDivisionError

    story.call.tables = replace(tables, new_id=broken)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            story.tell(port.DigitReceived("caller", "1"))
    story.call.tables = tables
    assert story.call.state == state
    story.commands = [ew.PlayItems("", "caller", ())]
    story.tell(port.DigitReceived("caller", "1"))
    story.play_through()
    assert story.call.state.node


def test_a_waiting_call_is_in_line_once_after_our_restart(story: Story) -> None:
    story.to_queue()
    story.call = Call(story.folded(), story.tables, FLOW)
    story.tell(w.EngineTruth(engine_has("caller"), story.now, reconnected=True, recovered=True))
    assert len([event for event in story.routed() if isinstance(event, WorkArrived)]) == 1


def test_a_queue_that_is_not_to_be_recorded_is_not(story: Story) -> None:
    story.call.tables = replace(story.call.tables, unrecorded=frozenset({"id-repair"}))
    story.to_talk()
    assert story.call.state.recording is None
