"""A call held against what the engine really has: what is gone, and what must be put together again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.talking import start_recording
from huying.channels.voice.call.turn import Turn
from huying.channels.voice.call.waiting import offer_leg_ended
from huying.channels.voice.events import CallRecordingFailed
from huying.telephony.port import EndCause

SETTLED = timedelta(seconds=3)
"""Anything younger than this when the snapshot was asked for may be missing in it without being gone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose leg is gone."""

    customer_gone: bool = False
    agent_gone: bool = False
    forward_gone: bool = False


def compare(turn: Turn, truth: w.EngineTruth) -> Verdict:
    """Find out what died, put bridges together again and begin recordings that stopped."""
    state = turn.state
    if leg_is_missing(state.caller_leg, state.caller_since, truth):
        return Verdict(customer_gone=True)
    if _unanswered(state.caller_leg, truth) and _settled(state.caller_since, truth):
        turn.do(w.AnswerLeg(state.caller_leg))
    compare_ringing(turn, truth)
    if state.forward and leg_is_missing(state.forward.leg_id, state.forward.since, truth):
        return Verdict(forward_gone=True)
    if state.forward and state.forward.bridge_id and _settled(state.forward.since, truth):
        _mend_bridge(turn, truth, state.forward.bridge_id, {state.forward.leg_id, state.caller_leg})
    segment = state.segment
    if segment is None or state.phase is not Phase.TALKING or segment.lost_since is not None:
        return Verdict()
    if leg_is_missing(segment.leg_id, segment.leg_since, truth):
        return Verdict(agent_gone=True)
    if _settled(segment.leg_since, truth):
        legs = {segment.leg_id} if segment.held_since else {segment.leg_id, state.caller_leg}
        _mend_bridge(turn, truth, segment.bridge_id, legs)
    _mend_recording(turn, truth)
    return Verdict()


def compare_ringing(turn: Turn, truth: w.EngineTruth) -> None:
    """The agents' telephones that should ring, and not for ever."""
    for ring in turn.state.rings:
        if leg_is_missing(ring.leg_id, ring.made_at, truth):
            offer_leg_ended(turn, ring, EndCause.FAILED)
        elif truth.asked_at > ring.expires_at + SETTLED:
            turn.do(w.HangUpLeg(ring.leg_id))
            offer_leg_ended(turn, ring, EndCause.NO_ANSWER)


def answered_unheard(turn: Turn, rejoining: str, truth: w.EngineTruth) -> str:
    """The leg that was answered while nobody listened; empty for none.

    Without a lost connection an answer is only believed of an overdue offer: its event may be under way.
    """
    believed = truth.reconnected or truth.recovered
    ringing = [ring.leg_id for ring in turn.state.rings if believed or truth.asked_at > ring.expires_at + SETTLED]
    if not (believed or ringing):
        return ""
    forward = turn.state.forward
    outside = forward.leg_id if forward and not forward.bridge_id else ""
    asked = [leg for leg in (rejoining, *ringing, outside) if leg]
    return next((leg for leg in asked if leg in truth.snapshot.legs and truth.snapshot.legs[leg].answered), "")


def _unanswered(leg_id: str, truth: w.EngineTruth) -> bool:
    leg = truth.snapshot.legs.get(leg_id)
    return leg is not None and not leg.answered


def _settled(since: datetime | None, truth: w.EngineTruth) -> bool:
    return truth.recovered or truth.restarted or since is None or truth.asked_at - since > SETTLED


def leg_is_missing(leg_id: str, since: datetime | None, truth: w.EngineTruth) -> bool:
    """The engine has no such leg, and has had the time to make it."""
    return leg_id not in truth.snapshot.legs and _settled(since, truth)


def _mend_bridge(turn: Turn, truth: w.EngineTruth, bridge_id: str, wanted: set[str]) -> None:
    bridge = truth.snapshot.bridges.get(bridge_id)
    inside = bridge.legs if bridge else frozenset()
    absent = tuple(sorted(wanted - inside))
    if absent:
        turn.do(w.JoinLegs(bridge_id, absent))


def _mend_recording(turn: Turn, truth: w.EngineTruth) -> None:
    recording = turn.state.recording
    if recording is None and truth.recovered:
        start_recording(turn)  # the timer for the next try died with the process
    if recording is None or recording.recording_id in truth.snapshot.recordings or not _settled(recording.started_at, truth):
        return
    turn.record(CallRecordingFailed(recording.recording_id, "not found in the engine"))
    start_recording(turn, paused=recording.paused)
