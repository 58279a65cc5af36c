"""One call from its first ring to its end. Pure.

How it works. The state (`state.CallState`) is the fold of the call's journal stream; `handle` takes what happened, records what
follows from it and says what is to be done. A call is led by its flow until a person answers (`leading`), waits in at most one
queue (`entering`) with one or several agents' telephones ringing (`waiting`), talks with agents and guests (`talking`, `conferring`),
one of whom may ask somebody besides (`consulting`), is handed on (`transferring`), and ends once (`_end`). Who hears whom follows from the
state alone (`placing`). The customer's leg is the call: when it is gone the call is over. The agent's leg is not: when it is lost, not
hung up, the customer hears music and keeps his right to be served. Events for legs, offers or playbacks that the call does not know
(any more) are no-ops: they lost a race.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import datetime

from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice import events as e
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import conferring, consulting, exchanging, forwarding, limiting, monitoring, talking, transferring, waiting
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.entering import LOOK_UP_TIMER
from huying.channels.voice.call.leading import FLOW_TIMER, Leading
from huying.channels.voice.call.people import PeopleOfCall
from huying.channels.voice.call.placing import Placer, placement
from huying.channels.voice.call.quality import Soundness
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.truth import answered_unheard, compare, leg_is_missing
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.graph import Flow
from huying.flows.signals import DigitPressed, MessageEnded, PlaceChanged, TimerDue
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
    | pw.PartyAsked
    | w.RecordingKept
    | w.RecordingStopped
    | cw.CallbackBegun
    | dw.DialBegun
    | cw.CallbackEndAsked
    | cw.CallbackMoveAsked
    | cw.CallbackKept
    | port.LegAnswered
    | port.LegEnded
    | port.DigitReceived
    | port.HoldChanged
    | port.PlaybackEnded
    | port.RecordingFailed
)


class Call(PeopleOfCall):
    """The one owner of a call's state."""

    def __init__(self, state: CallState, tables: Tables, flow: Flow | None = None) -> None:
        super().__init__()
        self.state = state
        self.tables = tables
        self._leading = Leading(flow) if flow else None
        self._placer = Placer(placement(state))
        self.soundness = Soundness()

    @property
    def ended(self) -> bool:
        """The customer is gone. Recordings may still be kept."""
        return self.state.phase is Phase.ENDED

    def legs(self) -> frozenset[str]:
        """Every leg that belongs to the call now."""
        return self.state.legs() | {leg_id for leg_id, _ in self._rejoining.values()}

    def handle(self, event: CallEvent, now: datetime) -> list[w.CallCommand]:
        """Take an event in. Raises Conflict and changes nothing where a person asks for what cannot be done."""
        before = copy(self._leading), dict(self._rejoining), self._placer
        self._placer = self._placer.copy()
        turn = Turn(self.state, self.tables, now, self._placer)
        try:
            self._step(turn, event)
        except Exception:
            self._leading, self._rejoining, self._placer = before
            raise
        limiting.watch_begun(turn, self.state, again=isinstance(event, w.EngineTruth) and event.recovered)
        self.soundness.journal_gone(turn, self.state)
        self.state = turn.state
        return turn.commands

    def _step(self, turn: Turn, event: CallEvent) -> None:
        if isinstance(event, w.LegMeasured):
            self.soundness.measured(event.leg_id, event.figures)
        elif not self.ended:
            self._take(turn, event)
            self._after_flow(turn)
            monitoring.sweep(turn)
        elif isinstance(event, w.RecordingKept | port.RecordingFailed):
            self._recording_over(turn, event)
        elif isinstance(event, w.RecordingStopped):
            exchanging.message_over(turn, event.recording_id, event.seconds)
        elif isinstance(event, cw.CallbackKept):
            turn.do(cw.ForgetCallback(event.contact_id))
        elif isinstance(event, w.HangUpAsked | w.HoldAsked | w.MuteAsked | w.RejoinAsked | w.PauseAsked | w.RefuseAsked | pw.PartyAsked):
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
                if turn.state.playing and turn.state.playing.playback_id == playback_id:
                    talking.sound_over(turn, completed=completed)
                elif self._leading:
                    self._leading.playback_ended(turn, playback_id, completed=completed)
            case port.HoldChanged(leg_id, held):
                if turn.state.side:
                    consulting.held_by_phone(turn, leg_id, held)
                else:
                    talking.held_by_phone(turn, leg_id, held)
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
                if segment := turn.state.segment_at(leg_id):
                    talking.agent_lost(turn, segment, "network")
                elif turn.state.side and turn.state.side.leg_id == leg_id:
                    consulting.party_lost(turn)
            case _:
                self._asked(turn, event)

    # --- the customer's leg and the flow --------------------------------------------------------------------------------------

    def _begin(self, turn: Turn, event: w.Begin) -> None:
        leg = turn.state.caller_leg
        entered = ContactEntered(event.channel, "inbound", event.entry_point, event.customer_id, event.language, leg)
        turn.record(entered, durable=True)
        turn.do(ew.AnswerLeg(leg))
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
        elif name.startswith(talking.REJOIN_TIMER):
            self._lost_too_long(turn, name.removeprefix(talking.REJOIN_TIMER))
        elif name == consulting.LOST_TIMER and turn.state.side and turn.state.side.lost_since:
            consulting.over(turn, "lost")
        elif name == limiting.WARN_TIMER:
            limiting.warn(turn, limiting.agents_limit(turn))
        elif name == limiting.END_TIMER:
            self._end(turn, "time_limit")
        elif name == transferring.PARK_TIMER and turn.state.parked:
            self._hand_on(turn, lambda: transferring.parked_too_long(turn))
        elif name.startswith(talking.RECORD_TIMER) and turn.state.segments and turn.state.recording is None:
            talking.start_recording(turn, paused=name.endswith(talking.PAUSED))

    def _lost_too_long(self, turn: Turn, segment_id: str) -> None:
        """The agent did not come back: the others go on without him, and a customer without others is queued again."""
        segment = next((one for one in turn.state.segments if one.segment_id == segment_id), None)
        if segment is None or segment.lost_since is None:
            return
        self._forget_rejoining(turn, segment.agent_id)
        if turn.state.side and turn.state.side.segment_id == segment_id:
            consulting.let_go(turn, "over")
        waited = segment.waiting_since
        talking.end_segment(turn, segment, "lost", after_call=False)
        if turn.state.phase is Phase.TALKING:
            return
        if self._leading and turn.state.queue_node:
            self._leading.resume(turn, turn.state.queue_node, in_queue=False, waiting_since=waited)
        else:
            self._end(turn, "system")

    def _hand_on(self, turn: Turn, leave: Callable[[], None], target: pw.Target | None = None) -> None:
        """Somebody leaves the customer to a flow that leads him on, in one commit."""
        start = len(turn.commands)
        leave()
        moved = turn.state.transfer
        assert moved
        own = target.flow if target else None
        flow = own or transferring.flow_of(moved, turn.tables, target.number if target else "")
        if flow is None:
            raise Conflict("There is no such flow (any longer).")
        self._leading = Leading(flow)
        self._leading.start(turn, turn.state.language, {})
        turn.commit_together(start)

    # --- routing ---------------------------------------------------------------------------------------------------------------

    def _routed(self, turn: Turn, event: w.OfferFor | w.OfferTakenBack | w.Placed | w.LookedUp | w.TurnedAway) -> None:
        match event:
            case w.OfferFor(offer) if turn.state.side and offer.item.item_id == turn.state.side.consult_id:
                consulting.offered(turn, offer)
            case w.OfferFor(offer, explanation):
                waiting.make_offer(turn, offer, explanation)
            case w.OfferTakenBack(offer_id, result):
                if ring := turn.state.ring_of(offer_id):
                    waiting.withdraw_offer(turn, ring, result)
                else:
                    consulting.offer_taken_back(turn, offer_id)
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
        if turn.state.side and event.entry_id == turn.state.side.consult_id:
            consulting.over(turn, "nobody")
        if turn.state.phase is not Phase.WAITING or stay is None or stay.entry_id != event.entry_id:
            return
        if self._leading:
            self._leading.turned_away(turn, event)
        if turn.state.phase is Phase.WAITING and turn.state.stay is stay:
            self._end(turn, "system")  # a flow that does not answer: nobody may wait in no queue

    # --- recording ---------------------------------------------------------------------------------------------------------------

    def _recording_over(self, turn: Turn, event: w.RecordingKept | port.RecordingFailed) -> None:
        if isinstance(event, w.RecordingKept):
            turn.record(e.CallRecordingEnded(event.recording_id, event.seconds, event.missing_seconds), durable=True)
            return
        recording, was_message = turn.state.recording, turn.state.message == event.recording_id
        turn.record(e.CallRecordingFailed(event.recording_id, event.reason), durable=True)
        if was_message and self._leading and not self.ended:
            self._leading.signal(turn, MessageEnded(0.0))
        if recording and recording.recording_id == event.recording_id and turn.state.segments:
            # Not at once: an engine that is too busy to begin it would be asked a hundred times a second.
            timer = talking.RECORD_TIMER + (talking.PAUSED if recording.paused else "")
            turn.do(w.SetTimer(timer, talking.RECORD_AGAIN_SECONDS))

    # --- truth and ending ----------------------------------------------------------------------------------------------------------

    def _compare(self, turn: Turn, truth: w.EngineTruth) -> None:
        answered = answered_unheard(turn, tuple(leg for leg, _ in self._rejoining.values()), truth)
        if answered and (turn.state.caller_leg in truth.snapshot.legs or turn.state.caller_lost):
            self._leg_answered(turn, answered)
        else:
            if truth.recovered:
                self._placer.again(turn.state)
            verdict = compare(turn, truth)
            if verdict.customer_gone:
                self._customer_gone(turn, "engine_lost" if truth.restarted else "customer_hung_up")
                return
            if verdict.forward_gone:
                self._forward_ended(turn, port.EndCause.FAILED)
            for leg_id in verdict.gone:
                self._leg_ended(turn, leg_id, port.EndCause.FAILED, False)
                if turn.state.phase is Phase.ENDED:
                    return
            turn.place()
        self._rejoining = {agent: asked for agent, asked in self._rejoining.items() if not leg_is_missing(*asked, truth)}
        if truth.recovered:
            self._recover(turn)
        elif truth.reconnected and self._leading:
            self._leading.playback_forgotten(turn)

    def _customer_gone(self, turn: Turn, cause: str) -> None:
        """The engine has his leg no longer."""
        self._end(turn, cause)

    def _recover(self, turn: Turn) -> None:
        state = turn.state
        turn.record(e.CallRecovered(state.phase.value), durable=True)
        if state.phase is Phase.TALKING:
            self._recover_talk(turn)
        elif state.parked:
            left = turn.tables.park_seconds - (turn.now - state.parked.since).total_seconds()
            turn.do(w.SetTimer(transferring.PARK_TIMER, max(1.0, left)))
        elif state.phase is Phase.FORWARDED:
            pass
        elif self._leading is None:
            self._end(turn, "system")
        elif not state.node:
            self._leading.start(turn, state.language, {})
        else:
            if state.forward:
                turn.do(ew.HangUpLeg(state.forward.leg_id))
                forwarding.not_answered(turn, port.EndCause.FAILED)
            exchanging.stop_message(turn)  # what was said is kept, and he may say more
            if state.phase is Phase.WAITING and state.stay:
                turn.do(w.Route(waiting.arrival(turn, state.stay)))
            self._leading.resume(turn, state.node, in_queue=state.phase is Phase.WAITING)

    def _recover_talk(self, turn: Turn) -> None:
        for segment in turn.state.segments:
            if segment.lost_since:
                turn.do(w.SetTimer(talking.REJOIN_TIMER + segment.segment_id, turn.tables.rejoin_seconds))
        if turn.state.side and turn.state.side.lost_since:
            turn.do(w.SetTimer(consulting.LOST_TIMER, turn.tables.rejoin_seconds))
        if turn.state.playing:
            talking.sound_over(turn, completed=False)  # it may have ended while nobody listened
        if arrival := consulting.arrival(turn):
            turn.do(w.Route(arrival))

    def _end(self, turn: Turn, cause: str) -> None:
        if turn.state.phase is Phase.ENDED:
            return
        start = len(turn.commands)
        if self._leading:
            self._leading.silence(turn)
        waiting.leave_queue(turn, _waiting_ending(turn, cause))
        consulting.let_go(turn, "over")
        conferring.let_invites_go(turn)
        transferring.unpark(turn, "over")
        for segment in turn.state.segments:
            talking.end_segment(turn, segment, _ended_by(cause), after_call=cause != "engine_lost")
        conferring.let_guests_go(turn)
        monitoring.let_go(turn)
        for leg_id, _ in self._rejoining.values():
            turn.do(ew.HangUpLeg(leg_id))
        self._rejoining = {}
        forwarding.let_go(turn)
        leg, entered_at = turn.state.caller_leg, turn.state.entered_at or turn.now
        turn.record(ContactEnded(cause, round((turn.now - entered_at).total_seconds(), 3)))
        turn.place()
        turn.do(ew.HangUpLeg(leg))
        turn.commit_together(start)


def _waiting_ending(turn: Turn, cause: str) -> str:
    if cause == "engine_lost":
        return "lost"
    return waiting.gave_up(turn) if cause == "customer_hung_up" else "ended"


def _ended_by(cause: str) -> str:
    return {"customer_hung_up": "customer", "agent_hung_up": "agent"}.get(cause, cause)
