"""A call held against what the engine really has: what is gone, and what must be put together again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.placing import PLACED, apart, placement
from huying.channels.voice.call.state import CallState
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
    forward_gone: bool = False
    gone: tuple[str, ...] = ()
    """Legs of agents, of those who are asked, and of guests."""


def compare(turn: Turn, truth: w.EngineTruth) -> Verdict:
    """Find out what died, put bridges together again and begin recordings that stopped."""
    state = turn.state
    if not state.caller_lost and leg_is_missing(state.caller_leg, state.caller_since, truth):
        return Verdict(customer_gone=True)
    if _unanswered(state.caller_leg, truth) and _settled(state.caller_since, truth):
        turn.do(ew.AnswerLeg(state.caller_leg))
    compare_ringing(turn, truth)
    if state.forward and leg_is_missing(state.forward.leg_id, state.forward.since, truth):
        return Verdict(forward_gone=True)
    if state.forward and state.forward.bridge_id and _settled(state.forward.since, truth):
        _mend_bridge(turn, truth, state.forward.bridge_id, {state.forward.leg_id, state.caller_leg})
    if state.phase not in PLACED:
        return Verdict()
    gone = tuple(leg for leg, since in _people(state) if leg_is_missing(leg, since, truth))
    if not gone:
        _mend_places(turn, truth)
        _mend_recording(turn, truth)
    return Verdict(gone=gone)


def _people(state: CallState) -> list[tuple[str, datetime | None]]:
    """Everybody's leg but the customer's, and since when it should be there."""
    people: list[tuple[str, datetime | None]] = [(one.leg_id, one.leg_since) for one in state.segments if one.lost_since is None]
    people += [(guest.leg_id, guest.since) for guest in state.guests]
    people += [(one.leg_id, one.since) for one in state.monitors]
    people += [(invite.leg_id, invite.since) for invite in state.invites]
    if state.side:
        people += [(ring.leg_id, ring.since) for ring in state.side.rings]
        if state.side.own_leg:
            people.append((state.side.own_leg, state.side.since))
        if state.side.leg_id and state.side.lost_since is None:
            people.append((state.side.leg_id, state.side.leg_since))
    return people


def _mend_places(turn: Turn, truth: w.EngineTruth) -> None:
    """Everybody where the state says; whoever came a moment ago may be on the way still."""
    if any(not _settled(since, truth) for _, since in _people(turn.state)):
        return
    placed = placement(turn.state)
    for bridge_id, legs in placed.bridges.items():
        _mend_bridge(turn, truth, bridge_id, set(legs))
        found = truth.snapshot.bridges.get(bridge_id)
        for leg in sorted((found.legs & turn.state.legs()) - legs if found else ()):
            turn.do(ew.LeaveBridge(bridge_id, leg))


def compare_ringing(turn: Turn, truth: w.EngineTruth) -> None:
    """The agents' telephones that should ring, and not for ever."""
    for ring in turn.state.rings:
        if leg_is_missing(ring.leg_id, ring.made_at, truth):
            offer_leg_ended(turn, ring, EndCause.FAILED)
        elif truth.asked_at > ring.expires_at + SETTLED:
            turn.do(ew.HangUpLeg(ring.leg_id))
            offer_leg_ended(turn, ring, EndCause.NO_ANSWER)


def answered_unheard(turn: Turn, rejoining: tuple[str, ...], truth: w.EngineTruth) -> str:
    """The leg that was answered while nobody listened; empty for none.

    Without a lost connection an answer is only believed of an overdue offer: its event may be under way.
    """
    believed = truth.reconnected or truth.recovered
    side = turn.state.side
    until = {ring.leg_id: ring.expires_at for ring in turn.state.rings} | {one.leg_id: one.expires_at for one in turn.state.invites}
    until |= {ring.leg_id: ring.expires_at for ring in side.rings} if side else {}
    ringing = [leg for leg, expires_at in until.items() if believed or truth.asked_at > expires_at + SETTLED]
    if not (believed or ringing):
        return ""
    forward = turn.state.forward
    outside = forward.leg_id if forward and not forward.bridge_id else ""
    asked = [leg for leg in (*rejoining, *ringing, outside) if leg]
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
        turn.do(ew.JoinLegs(bridge_id, absent, apart(turn.state).intersection(absent)))


def _mend_recording(turn: Turn, truth: w.EngineTruth) -> None:
    recording = turn.state.recording
    if recording is None and truth.recovered:
        start_recording(turn)  # the timer for the next try died with the process
    if recording is None or recording.recording_id in truth.snapshot.recordings or not _settled(recording.started_at, truth):
        return
    turn.record(CallRecordingFailed(recording.recording_id, "not found in the engine"))
    start_recording(turn, paused=recording.paused)
