"""A callback from its request to its end. Pure.

How it works. With a time that was booked (`booked`) the contact waits for it in no queue. Then, and otherwise at once, the customer
stands in the queue without a telephone at his ear: the contact has an entry, and no leg (`virtual`). It is in the router's line while
he may be called: not before `next_at`, not while the queue is closed, not after `expires_at`. An agent who answers the offer hears
ringback while the customer's telephone rings (DIALLING); the entry still waits then, because it is answered only when both are joined.
From there on the contact is a call like any other (`to_persons`). A customer who is not reached goes back to his place until the
tries are used up; whatever is no fault of his does not count as one. The death of an engine, a trunk or a process costs at most the
dialling that went on: he has no leg to lose.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from huying.channels.callback.events import CallbackDialled, CallbackNotReached
from huying.channels.events import ContactEnded
from huying.channels.voice import events as e
from huying.channels.voice.call import booked, talking, waiting
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_state import Callback, Dial
from huying.channels.voice.call.machine import CallEvent
from huying.channels.voice.call.state import CallState, Phase, Ringing
from huying.channels.voice.call.to_persons import CallToPersons
from huying.channels.voice.call.truth import SETTLED, compare_ringing, leg_is_missing
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.events import FlowNodeEntered
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Conflict
from huying.routing.router import work
from huying.telephony import port

LOOK_TIMER = "callback"
LOOK_AGAIN_SECONDS = 60.0
"""Hours and settings may change while somebody waits."""
AGAIN_SECONDS = 30
"""From a try that was no fault of the customer's to the next."""
RESULTS = {
    port.EndCause.BUSY: "busy",
    port.EndCause.NO_ANSWER: "no_answer",
    port.EndCause.REFUSED: "refused",
    port.EndCause.NORMAL: "refused",
    port.EndCause.UNREACHABLE: "unreachable",
}
QUEUE_NODE = "queue"


class CallingBack(CallToPersons):
    """The one owner of a callback's state. `flow`: what leads the customer who was handed on, after a restart."""

    def __init__(self, state: CallState, tables: Tables, flow: Flow | None = None) -> None:
        super().__init__(state, tables, flow or _back_in_line(state, tables))
        self._in_line = False

    def _take(self, turn: Turn, event: CallEvent) -> None:
        if not turn.state.virtual:
            super()._take(turn, event)
            return
        match event:
            case cw.CallbackBegun():
                self._look(turn)
            case w.TimerCame(name):
                if name == LOOK_TIMER:
                    self._look(turn)
            case w.OfferFor():
                self._offered(turn, event)
            case w.OfferTakenBack():
                self._routed(turn, event)
            case w.TurnedAway():
                self._in_line = False  # whoever is promised a call stands in the line again when he may be called
            case port.LegAnswered(leg_id):
                self._answered(turn, leg_id)
            case port.LegEnded(leg_id, cause):
                self._ended_leg(turn, leg_id, cause)
            case w.EngineTruth():
                self._compare_virtual(turn, event)
            case cw.CallbackEndAsked(reason):
                _over(turn, "not_reached" if reason == "expired" and _callback(turn).tries else "ended", reason)
            case cw.CallbackMoveAsked():
                self._move(turn, event)
            case w.EndAsked(cause):
                _over(turn, "ended", cause)
            case w.RefuseAsked(agent_id, reason):
                waiting.refuse(turn, agent_id, reason)
            case w.HangUpAsked(agent_id):
                self._given_up(turn, agent_id)
            case w.HoldAsked() | w.MuteAsked() | w.DigitsAsked() | w.PauseAsked() | w.RejoinAsked():
                raise Conflict("The customer is not on the line yet.")
            case _ if isinstance(event, pw.PartyAsked):
                raise Conflict("The customer is not on the line yet.")
            case _:
                pass

    # --- in the line, or not ---------------------------------------------------------------------------------------------------

    def _look(self, turn: Turn) -> None:
        """Stand in the line while the customer may be called; look again when that may change."""
        if booked.waits_for_its_time(turn.state):
            seconds = booked.until_due(turn)
            if seconds > 0:
                turn.do(w.SetTimer(LOOK_TIMER, min(LOOK_AGAIN_SECONDS, seconds)))
                return
            booked.stand(turn)
        callback, stay = _callback(turn), turn.state.stay
        if stay is None or turn.state.phase is not Phase.WAITING:
            return
        if turn.now >= callback.expires_at and not turn.state.rings:
            _over(turn, "not_reached" if callback.tries else "ended", "expired")
            return
        may, until = _may_be_called(turn, callback, stay.queue_id)
        if may and not self._in_line:
            self._in_line = True
            turn.do(w.Route(_arrival(turn)))
        elif not may and self._in_line:
            self._step_out(turn)
        seconds = (min(until, callback.expires_at) - turn.now).total_seconds()
        turn.do(w.SetTimer(LOOK_TIMER, min(LOOK_AGAIN_SECONDS, max(1.0, seconds))))

    def _step_out(self, turn: Turn) -> None:
        assert turn.state.stay
        self._in_line = False
        waiting.withdraw_offers(turn)
        turn.do(w.Route(work.WorkLeft(turn.state.stay.entry_id)))

    def _move(self, turn: Turn, event: cw.CallbackMoveAsked) -> None:
        """Another time: whoever stands in the line already steps out of it."""
        stay = turn.state.stay
        if turn.state.phase is Phase.DIALLING:
            raise Conflict("The customer is being called at this moment.")
        if stay and turn.state.phase is Phase.WAITING:
            if self._in_line:
                self._step_out(turn)
            turn.record(waiting.entry_ended(turn, stay, "ended", reason="moved"))
        turn.record(booked.moved(turn, event), durable=True)
        self._look(turn)

    def _offered(self, turn: Turn, event: w.OfferFor) -> None:
        stay = turn.state.stay
        if stay and self._in_line and not _may_be_called(turn, _callback(turn), stay.queue_id)[0]:
            self._step_out(turn)
        else:
            waiting.make_offer(turn, event.offer, event.explanation)

    # --- dialling --------------------------------------------------------------------------------------------------------------

    def _answered(self, turn: Turn, leg_id: str) -> None:
        dial = _callback(turn).dial
        if ring := turn.state.ring_at(leg_id):
            self._dial(turn, ring)
        elif dial and dial.leg_id == leg_id:
            _connect(turn, dial)
        elif leg_id not in self.legs():
            turn.do(ew.HangUpLeg(leg_id))

    def _dial(self, turn: Turn, ringing: Ringing) -> None:
        """The agent took it: tell him that it rings, and ring the customer."""
        stay, others = turn.state.stay, [ring for ring in turn.state.rings if ring != ringing]
        if stay is None:
            return
        dialled = CallbackDialled(_callback(turn).dials + 1, ringing.agent_id, ringing.leg_id, turn.tables.new_id())
        turn.record(*waiting.offers_settled(turn, ringing), dialled, durable=True)
        waiting.answered_elsewhere(turn, others)
        self._in_line = False
        turn.do(w.Route(work.OfferAnswered(ringing.offer_id, ringing.agent_id, stay.item)))
        if not turn.tables.trunk:
            self._not_reached(turn, "failed", counted=False)
            return
        turn.do(cw.Ringback(dialled.leg_id, ringing.leg_id))
        turn.do(cw.RingCustomer(dialled.leg_id, turn.tables.trunk, turn.tables.line_number, turn.tables.callbacks.ring_seconds))

    def _ended_leg(self, turn: Turn, leg_id: str, cause: port.EndCause) -> None:
        dial = _callback(turn).dial
        if ring := turn.state.ring_at(leg_id):
            waiting.offer_leg_ended(turn, ring, cause)
        elif dial and dial.leg_id == leg_id:
            self._not_reached(turn, RESULTS.get(cause, "failed"), counted=cause in RESULTS)
        elif dial and dial.agent_leg_id == leg_id:
            self._not_reached(turn, "agent_gone", counted=False)

    def _given_up(self, turn: Turn, agent_id: str) -> None:
        dial = _callback(turn).dial
        if dial is None or dial.agent_id != agent_id:
            raise Conflict("You are not in this conversation (any longer).")
        self._not_reached(turn, "agent_gone", counted=False)

    def _not_reached(self, turn: Turn, result: str, *, counted: bool) -> None:
        callback, settings = _callback(turn), turn.tables.callbacks
        if callback.dial is None:
            return
        start = len(turn.commands)
        tries = callback.tries + counted
        next_at = turn.now + timedelta(seconds=settings.pause_seconds if counted else AGAIN_SECONDS)
        over = tries >= settings.most_tries or next_at >= callback.expires_at
        _let_go(turn, callback.dial, after_call=counted and settings.after_call_when_not_reached)
        turn.record(CallbackNotReached(callback.dials, result, counted, "" if over else next_at.isoformat()), durable=True)
        if over:
            _over(turn, "not_reached" if tries else "ended", result)
            turn.commit_together(start)
        else:
            self._look(turn)

    # --- truth -----------------------------------------------------------------------------------------------------------------

    def _compare_virtual(self, turn: Turn, truth: w.EngineTruth) -> None:
        compared = self._unheard(turn, truth)
        if not compared and turn.state.phase is Phase.DIALLING:
            self._compare_dial(turn, truth)
        elif not compared:
            compare_ringing(turn, truth)
        if truth.recovered:
            turn.record(e.CallRecovered(turn.state.phase.value), durable=True)
            self._look(turn)

    def _unheard(self, turn: Turn, truth: w.EngineTruth) -> bool:
        """Believe an answer that nobody heard, where it cannot be under way any more."""
        dial, believed = _callback(turn).dial, truth.reconnected or truth.recovered
        if dial and dial.agent_leg_id not in truth.snapshot.legs:
            return False
        until = {dial.leg_id: _rings_until(turn, dial)} if dial else {ring.leg_id: ring.expires_at for ring in turn.state.rings}
        for leg_id, ends_at in until.items():
            leg = truth.snapshot.legs.get(leg_id)
            if leg and leg.answered and (believed or truth.asked_at > ends_at + SETTLED):
                self._answered(turn, leg_id)
                return True
        return False

    def _compare_dial(self, turn: Turn, truth: w.EngineTruth) -> None:
        dial = _callback(turn).dial
        if dial is None:
            return
        if leg_is_missing(dial.agent_leg_id, dial.since, truth):
            self._not_reached(turn, "agent_gone", counted=False)
        elif leg_is_missing(dial.leg_id, dial.since, truth):
            self._not_reached(turn, "failed", counted=False)
        elif truth.asked_at > _rings_until(turn, dial) + SETTLED:
            self._not_reached(turn, "no_answer", counted=True)

    # --- once the customer has been on the line ----------------------------------------------------------------------------------

    def _lost_too_long(self, turn: Turn, segment_id: str) -> None:
        if not turn.state.queue_node:
            turn.record(FlowNodeEntered(QUEUE_NODE, "queue"))
        super()._lost_too_long(turn, segment_id)


def _back_in_line(state: CallState, tables: Tables) -> Flow | None:
    """What a customer hears who was called back and whose agent was lost: the queue he came from, on the line this time."""
    queue_id = state.stay.queue_id if state.stay else state.callback.queue_id if state.callback else ""
    rules = tables.queue_by_id.get(queue_id)
    if rules is None:
        return None
    queue = QueueNode(id=QUEUE_NODE, queue=rules.code, exits={"otherwise": "sorry"})
    sorry = GoodbyeNode(id="sorry", prompt=lines_of("queue.nobody_answered", "system.goodbye"))
    return Flow.build("callback", 1, queue, sorry)


def _callback(turn: Turn) -> Callback:
    assert turn.state.callback
    return turn.state.callback


def _may_be_called(turn: Turn, callback: Callback, queue_id: str) -> tuple[bool, datetime]:
    """Whether the customer may be called now, and until when that is so at most."""
    if callback.next_at and turn.now < callback.next_at:
        return False, callback.next_at
    rules = turn.tables.queue_by_id.get(queue_id)
    if rules is None or rules.opening is None:
        return rules is not None, callback.expires_at
    is_open, _, changes_at = rules.opening.state(turn.now)
    return is_open, changes_at or callback.expires_at


def _arrival(turn: Turn) -> work.WorkArrived:
    assert turn.state.stay
    arrival = waiting.arrival(turn, turn.state.stay)
    return work.WorkArrived(arrival.item, arrival.ringing, admitted=True)


def _rings_until(turn: Turn, dial: Dial) -> datetime:
    return dial.since + timedelta(seconds=turn.tables.callbacks.ring_seconds)


def _connect(turn: Turn, dial: Dial) -> None:
    """The customer answered: commit it, then join both."""
    stay = turn.state.stay
    if stay is None:
        return
    started = e.SegmentStarted(turn.tables.new_id(), dial.agent_id, stay.entry_id, stay.queue_id, dial.agent_leg_id, turn.tables.new_id())
    turn.record(waiting.entry_ended(turn, stay, "answered", dial.agent_id), started, durable=True)
    turn.do(w.CancelTimer(LOOK_TIMER))
    turn.do(ew.StopPlayback(dial.leg_id))
    turn.place()
    talking.start_recording(turn)


def _let_go(turn: Turn, dial: Dial, *, after_call: bool) -> None:
    """Nobody rings and nobody listens any longer."""
    turn.do(ew.HangUpLeg(dial.leg_id))
    turn.do(ew.HangUpLeg(dial.agent_leg_id))
    turn.do(w.Route(work.AgentReleased(dial.agent_id, turn.state.contact_id, after_call)))


def _over(turn: Turn, ending: str, reason: str) -> None:
    """The callback is over without a conversation."""
    stay, callback, start = turn.state.stay, _callback(turn), len(turn.commands)
    waited = turn.state.phase in (Phase.WAITING, Phase.DIALLING)
    waiting.withdraw_offers(turn)
    if callback.dial:
        _let_go(turn, callback.dial, after_call=False)
    turn.do(w.CancelTimer(LOOK_TIMER))
    if stay and waited:
        turn.record(waiting.entry_ended(turn, stay, ending, reason=reason))
        turn.do(w.Route(work.WorkLeft(stay.entry_id)))
    lasted = (turn.now - (turn.state.entered_at or turn.now)).total_seconds()
    turn.record(ContactEnded(ending if ending == "not_reached" else reason, round(lasted, 3)))
    turn.commit_together(start)
