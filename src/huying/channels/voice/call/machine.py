"""One call from its first ring to its end. Pure.

How it works. The state (`state.CallState`) is the fold of the call's journal stream; `handle` takes what happened, records what
follows from it and says what is to be done. A call is led by its flow until a person answers (`leading`), waits in at most one
queue (`entering`) with one or several agents' telephones ringing (`waiting`), talks with one agent (`talking`), and ends once
(`_end`). The customer's leg is the call: when it is gone the call is over. The agent's leg is not: when it is lost, not hung up,
the customer hears music and keeps his right to be served. Events for legs, offers or playbacks that the call does not know (any
more) are no-ops: they lost a race.
"""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta

from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice import events as e
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import exchanging, forwarding, talking, waiting
from huying.channels.voice.call import words as w
from huying.channels.voice.call.entering import LOOK_UP_TIMER
from huying.channels.voice.call.leading import FLOW_TIMER, Leading
from huying.channels.voice.call.quality import Soundness
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.truth import answered_unheard, compare, leg_is_missing
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.graph import Flow
from huying.flows.signals import DigitPressed, MessageEnded, PlaceChanged, QueueLeft, TimerDue, TransferEnded
from huying.foundation.errors import Conflict
from huying.telephony import port

CallEvent = (
    w.Begin
    | w.OfferFor
    | w.OfferTakenBack
    | w.LookedUp
    | w.TurnedAway
    | w.Placed
    | w.RefuseAsked
    | w.HangUpAsked
    | w.EndAsked
    | w.HoldAsked
    | w.MuteAsked
    | w.DigitsAsked
    | w.PauseAsked
    | w.RejoinAsked
    | w.AgentSilent
    | w.LegMeasured
    | w.TimerCame
    | w.EngineTruth
    | w.RecordingKept
    | w.RecordingStopped
    | cw.CallbackBegun
    | cw.CallbackEndAsked
    | cw.CallbackKept
    | port.LegAnswered
    | port.LegEnded
    | port.DigitReceived
    | port.PlaybackEnded
    | port.RecordingFailed
)


class Call:
    """The one owner of a call's state."""

    def __init__(self, state: CallState, tables: Tables, flow: Flow | None = None) -> None:
        self.state = state
        self.tables = tables
        self._leading = Leading(flow) if flow else None
        self._rejoining: tuple[str, datetime] | None = None
        self.soundness = Soundness()

    @property
    def ended(self) -> bool:
        """The customer is gone. Recordings may still be kept."""
        return self.state.phase is Phase.ENDED

    def legs(self) -> frozenset[str]:
        """Every leg that belongs to the call now."""
        return self.state.legs() | ({self._rejoining[0]} if self._rejoining else frozenset())

    def handle(self, event: CallEvent, now: datetime) -> list[w.CallCommand]:
        """Take an event in. Raises Conflict and changes nothing where a person asks for what cannot be done."""
        turn = Turn(self.state, self.tables, now)
        before = copy(self._leading), self._rejoining
        try:
            self._step(turn, event)
        except Exception:
            self._leading, self._rejoining = before
            raise
        self.soundness.journal_gone(turn, self.state)
        self.state = turn.state
        return turn.commands

    def _step(self, turn: Turn, event: CallEvent) -> None:
        if isinstance(event, w.LegMeasured):
            self.soundness.measured(event.leg_id, event.figures)
        elif not self.ended:
            self._take(turn, event)
            self._after_flow(turn)
        elif isinstance(event, w.RecordingKept | port.RecordingFailed):
            self._recording_over(turn, event)
        elif isinstance(event, w.RecordingStopped):
            exchanging.message_over(turn, event.recording_id, event.seconds)
        elif isinstance(event, cw.CallbackKept):
            turn.do(cw.ForgetCallback(event.contact_id))
        elif isinstance(event, w.HangUpAsked | w.HoldAsked | w.MuteAsked | w.RejoinAsked | w.PauseAsked | w.RefuseAsked):
            raise Conflict("This contact is over.")

    def _take(self, turn: Turn, event: CallEvent) -> None:
        match event:
            case w.Begin():
                self._begin(turn, event)
            case port.LegAnswered(leg_id):
                self._leg_answered(turn, leg_id)
            case port.LegEnded(leg_id, cause, by_far_end):
                self._leg_ended(turn, leg_id, cause, by_far_end)
            case port.DigitReceived(leg_id, digit):
                if leg_id == turn.state.caller_leg and self._leading:
                    self._leading.signal(turn, DigitPressed(digit))
            case port.PlaybackEnded(playback_id, _, completed):
                if self._leading:
                    self._leading.playback_ended(turn, playback_id, completed=completed)
            case w.TimerCame(name):
                self._timer_came(turn, name)
            case w.OfferFor() | w.OfferTakenBack() | w.Placed() | w.LookedUp() | w.TurnedAway():
                self._routed(turn, event)
            case w.EngineTruth():
                self._compare(turn, event)
            case w.RecordingKept() | port.RecordingFailed():
                self._recording_over(turn, event)
            case w.RecordingStopped(recording_id, seconds):
                self._message_over(turn, recording_id, seconds)
            case cw.CallbackKept():
                self._callback_kept(turn, event)
            case w.AgentSilent(leg_id):
                if turn.state.segment and turn.state.segment.leg_id == leg_id:
                    talking.agent_lost(turn, "network")
            case _:
                self._asked(turn, event)

    # --- the customer's leg and the flow --------------------------------------------------------------------------------------

    def _begin(self, turn: Turn, event: w.Begin) -> None:
        leg = turn.state.caller_leg
        entered = ContactEntered(event.channel, "inbound", event.entry_point, event.customer_id, event.language, leg)
        turn.record(entered, durable=True)
        turn.do(w.AnswerLeg(leg))
        self._leading = Leading(event.flow)
        self._leading.start(turn, event.language, event.variables)

    def _after_flow(self, turn: Turn) -> None:
        if self._leading and self._leading.over and turn.state.phase is not Phase.ENDED:
            self._end(turn, self._leading.over)

    def _callback_kept(self, turn: Turn, event: cw.CallbackKept) -> None:
        if self._leading:
            self._leading.callback_kept(turn, event)
        else:
            turn.do(cw.ForgetCallback(event.contact_id))

    def _message_over(self, turn: Turn, recording_id: str, seconds: float) -> None:
        if exchanging.message_over(turn, recording_id, seconds) and self._leading:
            self._leading.signal(turn, MessageEnded(seconds))

    def _timer_came(self, turn: Turn, name: str) -> None:
        if name.startswith(FLOW_TIMER) and self._leading:
            self._leading.signal(turn, TimerDue(name.removeprefix(FLOW_TIMER)))
        elif name == LOOK_UP_TIMER and self._leading:
            self._leading.looked_up(turn, None)
        elif name == talking.REJOIN_TIMER and turn.state.segment and turn.state.segment.lost_since:
            self._queue_again(turn)
        elif name.startswith(talking.RECORD_TIMER) and turn.state.phase is Phase.TALKING and turn.state.recording is None:
            talking.start_recording(turn, paused=name.endswith(talking.PAUSED))

    def _queue_again(self, turn: Turn) -> None:
        segment = turn.state.segment
        assert segment
        if self._rejoining:
            turn.do(w.HangUpLeg(self._rejoining[0]))
            self._rejoining = None
        talking.stop_recording(turn)
        talking.end_segment(turn, "lost", after_call=False)
        if self._leading and turn.state.queue_node:
            self._leading.resume(turn, turn.state.queue_node, in_queue=False, waiting_since=segment.stay.waiting_since)
        else:
            self._end(turn, "system")

    # --- routing ---------------------------------------------------------------------------------------------------------------

    def _routed(self, turn: Turn, event: w.OfferFor | w.OfferTakenBack | w.Placed | w.LookedUp | w.TurnedAway) -> None:
        match event:
            case w.OfferFor(offer, explanation):
                waiting.make_offer(turn, offer, explanation)
            case w.OfferTakenBack(offer_id, result):
                if ring := turn.state.ring_of(offer_id):
                    waiting.withdraw_offer(turn, ring, result)
            case w.Placed():
                self._placed(turn, event)
            case w.LookedUp():
                if self._leading:
                    self._leading.looked_up(turn, event)
            case w.TurnedAway():
                self._turned_away(turn, event)

    def _placed(self, turn: Turn, event: w.Placed) -> None:
        stay = turn.state.stay
        if not self._leading or turn.state.phase is not Phase.WAITING or stay is None or stay.entry_id != event.entry_id:
            return
        if event.joined:
            self._leading.signal(turn, waiting.joined(turn, stay, event))
        else:
            self._leading.signal(turn, PlaceChanged(event.place, event.people_waiting, event.estimate_seconds))

    def _turned_away(self, turn: Turn, event: w.TurnedAway) -> None:
        stay = turn.state.stay
        if turn.state.phase is not Phase.WAITING or stay is None or stay.entry_id != event.entry_id:
            return
        if self._leading:
            self._leading.turned_away(turn, event)
        if turn.state.phase is Phase.WAITING and turn.state.stay is stay:
            self._end(turn, "system")  # a flow that does not answer: nobody may wait in no queue

    # --- the agent's leg ---------------------------------------------------------------------------------------------------------

    def _leg_answered(self, turn: Turn, leg_id: str) -> None:
        if self._rejoining and self._rejoining[0] == leg_id:
            self._rejoining = None
            talking.rejoined(turn, leg_id)
        elif forwarding.is_forward(turn, leg_id) and self._leading:
            forwarding.answered(turn, leg_id)
            self._leading.signal(turn, TransferEnded("answered"))
        elif ring := turn.state.ring_at(leg_id):
            if self._leading:
                self._leading.silence(turn)
            talking.connect(turn, ring)
            if self._leading:
                self._leading.signal(turn, QueueLeft("answered"))
        elif leg_id not in self.legs():
            turn.do(w.HangUpLeg(leg_id))  # it was given up a moment ago

    def _leg_ended(self, turn: Turn, leg_id: str, cause: port.EndCause, by_far_end: bool) -> None:
        state = turn.state
        if leg_id == state.caller_leg:
            self._end(turn, "customer_hung_up")
        elif ring := state.ring_at(leg_id):
            waiting.offer_leg_ended(turn, ring, cause)
        elif forwarding.is_forward(turn, leg_id):
            self._forward_ended(turn, cause)
        elif self._rejoining and leg_id == self._rejoining[0]:
            self._rejoining = None
        elif state.segment and leg_id == state.segment.leg_id:
            if by_far_end and cause is port.EndCause.NORMAL:
                self._end(turn, "agent_hung_up")
            else:
                talking.agent_lost(turn, "device")

    def _forward_ended(self, turn: Turn, cause: port.EndCause) -> None:
        if turn.state.phase is Phase.FORWARDED:
            self._end(turn, "forward_hung_up")
        elif self._leading:
            self._leading.signal(turn, TransferEnded(forwarding.not_answered(turn, cause)))

    def _asked(self, turn: Turn, event: CallEvent) -> None:
        match event:
            case w.RefuseAsked(agent_id, reason):
                waiting.refuse(turn, agent_id, reason)
            case w.HangUpAsked(agent_id):
                talking.segment_of(turn, agent_id)
                self._end(turn, "agent_hung_up")
            case w.EndAsked(cause):
                self._end(turn, cause)
            case w.HoldAsked(agent_id, held):
                talking.hold(turn, agent_id, held)
            case w.MuteAsked(agent_id, muted):
                talking.mute(turn, agent_id, muted)
            case w.DigitsAsked(agent_id, digits):
                talking.segment_of(turn, agent_id)
                turn.do(w.SendDigits(turn.state.caller_leg, digits))
            case w.PauseAsked(agent_id, paused):
                talking.pause_recording(turn, agent_id, paused)
            case w.RejoinAsked(agent_id, account):
                self._rejoin(turn, agent_id, account)

    def _rejoin(self, turn: Turn, agent_id: str, account: str) -> None:
        talking.segment_of(turn, agent_id)
        if self._rejoining and turn.now - self._rejoining[1] < timedelta(seconds=3):
            return
        if self._rejoining:
            turn.do(w.HangUpLeg(self._rejoining[0]))
        self._rejoining = (turn.tables.new_id(), turn.now)
        turn.do(w.RingAccount(self._rejoining[0], account, 10, auto_answer=True))

    # --- recording ---------------------------------------------------------------------------------------------------------------

    def _recording_over(self, turn: Turn, event: w.RecordingKept | port.RecordingFailed) -> None:
        if isinstance(event, w.RecordingKept):
            turn.record(e.CallRecordingEnded(event.recording_id, event.seconds, event.missing_seconds), durable=True)
            return
        recording, was_message = turn.state.recording, turn.state.message == event.recording_id
        turn.record(e.CallRecordingFailed(event.recording_id, event.reason), durable=True)
        if was_message and self._leading and not self.ended:
            self._leading.signal(turn, MessageEnded(0.0))
        if recording and recording.recording_id == event.recording_id and turn.state.phase is Phase.TALKING:
            # Not at once: an engine that is too busy to begin it would be asked a hundred times a second.
            timer = talking.RECORD_TIMER + (talking.PAUSED if recording.paused else "")
            turn.do(w.SetTimer(timer, talking.RECORD_AGAIN_SECONDS))

    # --- truth and ending ----------------------------------------------------------------------------------------------------------

    def _compare(self, turn: Turn, truth: w.EngineTruth) -> None:
        answered = answered_unheard(turn, self._rejoining[0] if self._rejoining else "", truth)
        if answered and turn.state.caller_leg in truth.snapshot.legs:
            self._leg_answered(turn, answered)
        else:
            verdict = compare(turn, truth)
            if verdict.customer_gone:
                self._end(turn, "engine_lost" if truth.restarted else "customer_hung_up")
                return
            if verdict.forward_gone:
                self._forward_ended(turn, port.EndCause.FAILED)
            if verdict.agent_gone:
                talking.agent_lost(turn, "device")
        if self._rejoining and leg_is_missing(*self._rejoining, truth):
            self._rejoining = None
        if truth.recovered:
            self._recover(turn)
        elif truth.reconnected and self._leading:
            self._leading.playback_forgotten(turn)

    def _recover(self, turn: Turn) -> None:
        state = turn.state
        turn.record(e.CallRecovered(state.phase.value), durable=True)
        if state.phase is Phase.TALKING:
            if state.segment and state.segment.lost_since:
                turn.do(w.SetTimer(talking.REJOIN_TIMER, turn.tables.rejoin_seconds))
        elif state.phase is Phase.FORWARDED:
            pass
        elif self._leading is None:
            self._end(turn, "system")
        elif not state.node:
            self._leading.start(turn, state.language, {})
        else:
            if state.forward:
                turn.do(w.HangUpLeg(state.forward.leg_id))
                forwarding.not_answered(turn, port.EndCause.FAILED)
            exchanging.stop_message(turn)  # what was said is kept, and he may say more
            if state.phase is Phase.WAITING and state.stay:
                turn.do(w.Route(waiting.arrival(turn, state.stay)))
            self._leading.resume(turn, state.node, in_queue=state.phase is Phase.WAITING)

    def _end(self, turn: Turn, cause: str) -> None:
        if turn.state.phase is Phase.ENDED:
            return
        start = len(turn.commands)
        if self._leading:
            self._leading.silence(turn)
        waiting.leave_queue(turn, _waiting_ending(turn, cause))
        if turn.state.segment:
            talking.stop_recording(turn)
            talking.end_segment(turn, _ended_by(cause), after_call=cause != "engine_lost")
        if self._rejoining:
            turn.do(w.HangUpLeg(self._rejoining[0]))
            self._rejoining = None
        forwarding.let_go(turn)
        leg, entered_at = turn.state.caller_leg, turn.state.entered_at or turn.now
        turn.record(ContactEnded(cause, round((turn.now - entered_at).total_seconds(), 3)))
        turn.do(w.HangUpLeg(leg))
        turn.commit_together(start)


def _waiting_ending(turn: Turn, cause: str) -> str:
    if cause == "engine_lost":
        return "lost"
    return waiting.gave_up(turn) if cause == "customer_hung_up" else "ended"


def _ended_by(cause: str) -> str:
    return {"customer_hung_up": "customer", "agent_hung_up": "agent"}.get(cause, cause)
