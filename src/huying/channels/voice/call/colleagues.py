"""A call between colleagues, seen from the one who called: he stands where customers stand, yet holds, mutes, is lost and comes back.

What needs an agent's part in the conversation (consulting, transferring, parking) makes both change places first: then the colleague
stands where customers stand, and everything is as in any other call.
"""

from __future__ import annotations

from huying.channels.dialling import events as d
from huying.channels.voice import events as e
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import talking
from huying.channels.voice.call import words as w
from huying.channels.voice.call.outgoing import Outgoing
from huying.channels.voice.call.state import held_seconds
from huying.channels.voice.call.turn import Turn
from huying.foundation.errors import Conflict
from huying.routing.router import work

CALLER = "caller"
LOST_TIMER = talking.REJOIN_TIMER + CALLER


def hold(turn: Turn, caller: Outgoing, held: bool) -> None:
    """Music for the colleague, or back to him. Among several the caller steps aside and the others go on."""
    if (caller.held_since is not None) == held:
        return
    turn.record(d.CallerHeld(held))
    turn.place()
    turn.do(w.Route(work.ContactHeld(caller.agent_id, turn.state.contact_id, held)))


def mute(turn: Turn, caller: Outgoing, muted: bool) -> None:
    """The caller's microphone."""
    if caller.muted != muted:
        turn.record(d.CallerMuted(muted))
        turn.do(ew.MuteLeg(turn.state.caller_leg, muted))


def lost(turn: Turn, caller: Outgoing, reason: str) -> None:
    """He cannot be heard any more, and has a little time to come back; the colleague hears music meanwhile."""
    if caller.lost_since is None:
        turn.record(d.CallerLost(reason))
        turn.place()
        turn.do(w.SetTimer(LOST_TIMER, turn.tables.rejoin_seconds))


def rejoined(turn: Turn, caller: Outgoing, new_leg: str) -> None:
    """His new leg was answered: it takes the place of the old one."""
    old = turn.state.caller_leg
    recording = talking.stop_recording(turn)
    if caller.lost_since is None:
        turn.record(d.CallerLost("device"))
        turn.place()
    turn.record(d.CallerRejoined(new_leg), durable=True)
    turn.do(w.CancelTimer(LOST_TIMER))
    turn.place()
    if caller.muted:
        turn.do(ew.MuteLeg(new_leg, True))
    turn.do(ew.HangUpLeg(old))
    if recording:
        talking.start_recording(turn, paused=recording.paused)


def change_places(turn: Turn, caller: Outgoing) -> None:
    """The colleague stands where customers stand from here on. Raises Conflict when he is busy with something himself."""
    state, segment = turn.state, turn.state.segment
    if segment is None or state.side or segment.held_since or segment.lost_since or caller.lost_since:
        raise Conflict("Your colleague is not with you at the moment: wait until he is back.")
    start, recording = len(turn.commands), talking.stop_recording(turn)
    talked = (turn.now - segment.started_at).total_seconds() - held_seconds(segment, turn.now)
    turn.record(
        e.SegmentEnded(segment.segment_id, segment.agent_id, "left", round(talked, 3), round(segment.hold_seconds, 3)),
        d.CallerChanged(segment.agent_id, segment.leg_id),
        e.SegmentStarted(turn.tables.new_id(), caller.agent_id, "", "", state.caller_leg, segment.bridge_id, "internal"),
        durable=True,
    )
    own = talking.segment_of(turn, caller.agent_id)
    if caller.held_since:
        turn.record(e.HoldStarted(own.segment_id))
    if caller.muted:
        turn.record(e.MuteChanged(own.segment_id, True))
    if segment.muted:
        turn.record(d.CallerMuted(True))
    turn.commit_together(start)
    turn.place()
    if recording:
        talking.start_recording(turn, paused=recording.paused)
