"""Customer and agent in conversation: connecting, holding, muting, recording, losing the agent and getting him back."""

from __future__ import annotations

from huying.channels.voice import events as e
from huying.channels.voice import party_events as p
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.parties import Segment
from huying.channels.voice.call.state import Recording, Ringing, held_seconds
from huying.channels.voice.call.turn import Turn
from huying.channels.voice.call.waiting import answered_elsewhere, entry_ended, offers_settled
from huying.foundation.errors import Conflict
from huying.routing.router import work

REJOIN_TIMER = "rejoin:"
RECORD_TIMER = "record"
PAUSED = "-paused"
RECORD_AGAIN_SECONDS = 3.0
"""After a recording that failed in the middle of a conversation."""


def connect(turn: Turn, ringing: Ringing) -> None:
    """This agent's telephone was answered first: commit it, let the others be, then join both."""
    stay = turn.state.stay
    if stay is None:
        return
    others = [ring for ring in turn.state.rings if ring != ringing]
    started = e.SegmentStarted(turn.tables.new_id(), ringing.agent_id, stay.entry_id, stay.queue_id, ringing.leg_id, turn.tables.new_id())
    ended = entry_ended(turn, stay, "answered", ringing.agent_id)
    turn.record(*offers_settled(turn, ringing), ended, started, durable=True)
    turn.place()
    answered_elsewhere(turn, others)
    turn.do(w.Route(work.OfferAnswered(ringing.offer_id, ringing.agent_id, stay.item)))
    start_recording(turn)


def segment_of(turn: Turn, agent_id: str) -> Segment:
    """The running segment of this agent. Raises Conflict when he is not in the conversation."""
    segment = turn.state.segment_of(agent_id)
    if segment is None:
        raise Conflict("You are not in this conversation (any longer).")
    return segment


def is_alone(turn: Turn, segment: Segment) -> bool:
    """Whether the customer has nobody but this agent."""
    return not turn.state.guests and all(one.segment_id == segment.segment_id for one in turn.state.segments)


def hold(turn: Turn, agent_id: str, held: bool) -> None:
    """Music for the customer, or back into the conversation. Among several, the agent steps aside and the others go on."""
    segment = segment_of(turn, agent_id)
    if (segment.held_since is not None) == held:
        return
    if turn.state.side and turn.state.side.segment_id == segment.segment_id:
        raise Conflict("You are consulting somebody: change over to the customer by swapping.")
    turn.record(e.HoldStarted(segment.segment_id) if held else e.HoldEnded(segment.segment_id))
    turn.place()
    turn.do(w.Route(work.ContactHeld(agent_id, turn.state.contact_id, held)))


def held_by_phone(turn: Turn, leg_id: str, held: bool) -> None:
    """The key for holding on the agent's own telephone does what the desk's does."""
    segment = turn.state.segment_at(leg_id)
    if segment:
        hold(turn, segment.agent_id, held)


def mute(turn: Turn, agent_id: str, muted: bool) -> None:
    """The agent's microphone."""
    segment = segment_of(turn, agent_id)
    if segment.muted != muted:
        turn.record(e.MuteChanged(segment.segment_id, muted))
        turn.do(ew.MuteLeg(segment.leg_id, muted))


# --- recording ------------------------------------------------------------------------------------------------------------------


def start_recording(turn: Turn, *, paused: bool = False) -> None:
    """Begin a recording of the conversation, where recording is on; `paused` where the part before it was."""
    segment = turn.state.segment
    if segment is None or not _is_recorded(turn, segment):
        return
    recording_id = turn.tables.new_id()
    turn.record(e.CallRecordingStarted(recording_id, segment.segment_id, turn.state.recordings + 1))
    turn.do(ew.StartRecording(recording_id, turn.state.caller_leg))
    if paused:
        pause_recording(turn, segment.agent_id, True)


def _is_recorded(turn: Turn, segment: Segment) -> bool:
    """By the queue's setting; of a call for no queue, by how the business dials."""
    if segment.queue_id or turn.state.direction not in ("outbound", "internal"):
        return segment.queue_id not in turn.tables.unrecorded
    return turn.tables.dialling.record_internal if turn.state.direction == "internal" else turn.tables.dialling.record_outbound


def pause_recording(turn: Turn, agent_id: str, paused: bool) -> None:
    """Keep nothing of what is said, or go on."""
    segment_of(turn, agent_id)
    recording = turn.state.recording
    if recording is None:
        raise Conflict("This conversation is not being recorded.")
    if recording.paused != paused:
        turn.record(e.CallRecordingPaused(recording.recording_id, paused), durable=True)
        turn.do(ew.PauseRecording(recording.recording_id, paused))


def stop_recording(turn: Turn) -> Recording | None:
    """Finish what is being written; its end is journalled when the sound has been kept."""
    recording = turn.state.recording
    if recording:
        turn.do(ew.StopRecording(recording.recording_id))
    return recording


# --- losing and finding the agent ---------------------------------------------------------------------------------------------------


def agent_lost(turn: Turn, segment: Segment, reason: str) -> None:
    """The agent cannot be heard: he has a little time to come back, and a customer who has nobody else hears music meanwhile."""
    if segment.lost_since is not None:
        return
    turn.record(e.AgentLost(segment.segment_id, reason))
    turn.place()
    turn.do(w.SetTimer(REJOIN_TIMER + segment.segment_id, turn.tables.rejoin_seconds))


def rejoined(turn: Turn, agent_id: str, new_leg: str) -> None:
    """The agent's new leg was answered: it takes the place of the old one."""
    segment = turn.state.segment_of(agent_id)
    if segment is None:
        turn.do(ew.HangUpLeg(new_leg))
        return
    turn.record(e.AgentRejoined(segment.segment_id, new_leg), durable=True)
    turn.do(w.CancelTimer(REJOIN_TIMER + segment.segment_id))
    turn.place()
    if segment.muted:
        turn.do(ew.MuteLeg(new_leg, True))
    turn.do(ew.HangUpLeg(segment.leg_id))


def end_segment(turn: Turn, segment: Segment, by: str, *, after_call: bool = True) -> None:
    """This agent's part is over. The call itself may go on, and is recorded on for whoever stays."""
    recording = turn.state.recording
    mine = recording is not None and recording.segment_id == segment.segment_id
    if mine:
        stop_recording(turn)
    if turn.state.playing and turn.state.playing.segment_id == segment.segment_id:
        sound_over(turn, completed=False)
    hold_seconds = held_seconds(segment, turn.now)
    lost_seconds = (turn.now - segment.lost_since).total_seconds() if segment.lost_since else 0.0
    whole = (turn.now - segment.started_at).total_seconds()
    talk = max(0.0, whole - hold_seconds - (0.0 if segment.held_since else lost_seconds))
    ended = e.SegmentEnded(segment.segment_id, segment.agent_id, by, round(talk, 3), round(hold_seconds, 3))
    turn.record(ended, durable=True)
    turn.do(w.CancelTimer(REJOIN_TIMER + segment.segment_id))
    turn.do(ew.HangUpLeg(segment.leg_id))
    turn.place()
    between_colleagues = turn.state.direction == "internal" and not segment.queue_id
    seconds = 0 if segment.queue_id else turn.tables.dialling.after_call_seconds
    turn.do(w.Route(work.AgentReleased(segment.agent_id, turn.state.contact_id, after_call and not between_colleagues, seconds)))
    if mine and turn.state.segments:
        start_recording(turn, paused=bool(recording and recording.paused))


# --- standard recordings ------------------------------------------------------------------------------------------------------------


def play_sound(turn: Turn, asked: pw.PlayAsked) -> None:
    """The customer hears a standard recording, and not what is said here. Raises Conflict."""
    segment = segment_of(turn, asked.agent_id)
    if segment.held_since or turn.state.side:
        raise Conflict("The customer is on hold: take him back first.")
    if turn.state.playing:
        sound_over(turn, completed=False)
    playback_id = turn.tables.new_id()
    turn.record(p.SoundStarted(playback_id, asked.sound_id, segment.segment_id))
    turn.place()
    turn.do(ew.PlayItems(playback_id, turn.state.caller_leg, asked.items))


def stop_sound(turn: Turn, agent_id: str) -> None:
    """Enough of it. Raises Conflict."""
    segment_of(turn, agent_id)
    if turn.state.playing:
        sound_over(turn, completed=False)


def sound_over(turn: Turn, *, completed: bool) -> None:
    """The customer is back in the conversation."""
    playing = turn.state.playing
    if playing is None:
        return
    if not completed:
        turn.do(ew.StopPlayback(playing.playback_id))
    turn.record(p.SoundEnded(playing.playback_id, completed))
    turn.place()
