"""A call that somebody of the house begins. Pure.

How it works. The contact begins without a customer's leg. The agent's own telephone is rung first and answers by itself (or it has called
in already); then he hears ringing while the number is rung (outbound), or he is the caller himself, led by the flow of a call to
a person or a queue (internal). Once the called party has answered, the contact is a call like any other (`machine.Call`): outbound, with
the called party as the customer. Until then either side may hang up at any moment, and everything ends with one result.
"""

from __future__ import annotations

from huying.channels.dialling import events as d
from huying.channels.events import ContactEnded
from huying.channels.voice import events as e
from huying.channels.voice.call import colleagues, limiting, talking
from huying.channels.voice.call import dial_words as dw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import Ringback
from huying.channels.voice.call.leading import Leading
from huying.channels.voice.call.limit import Limit, strictest
from huying.channels.voice.call.machine import CallEvent
from huying.channels.voice.call.outgoing import INTERNAL, MAILBOX_CLASS, OUTBOUND, Outgoing
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.to_persons import TO_MAILBOX, CallToPersons, called_flow
from huying.channels.voice.call.transferring import FLOW_ID, flow_of
from huying.channels.voice.call.truth import SETTLED, leg_is_missing
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.events import FlowNodeEntered
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode
from huying.flows.signals import DigitPressed
from huying.flows.spoken import lines_of
from huying.foundation.errors import Conflict
from huying.routing.router import work
from huying.telephony import port

AGENT_RING_SECONDS = 20
RESULTS = {
    port.EndCause.BUSY: "busy",
    port.EndCause.NO_ANSWER: "no_answer",
    port.EndCause.REFUSED: "refused",
    port.EndCause.NORMAL: "refused",
    port.EndCause.UNREACHABLE: "unreachable",
    port.EndCause.CONGESTION: "congestion",
}
BY_CALLER = (pw.ConsultAsked, pw.TransferAsked, pw.ParkAsked, pw.LeaveAsked, pw.DropAsked, pw.PlayAsked)
"""What needs a part of one's own in the conversation."""
NOT_YET = "The called party is not on the line yet."
QUEUE_NODE = "queue"


class Dialling(CallToPersons):
    """The one owner of the state of a call that an agent began."""

    def __init__(self, state: CallState, tables: Tables, flow: Flow | None = None) -> None:
        super().__init__(state, tables, flow or _flow(state, tables))

    def _take(self, turn: Turn, event: CallEvent) -> None:
        out = _outgoing(turn)
        if out.over:
            self._take_connected(turn, out, event)
            return
        match event:
            case dw.DialBegun(account, has_called_in):
                self._begin_dial(turn, out, account, has_called_in=has_called_in)
            case port.LegAnswered(leg_id):
                self._dial_answered(turn, out, leg_id)
            case port.LegEnded(leg_id, cause):
                self._dial_leg_ended(turn, out, leg_id, cause)
            case w.EngineTruth():
                self._compare_dial(turn, out, event)
            case w.HangUpAsked(agent_id) | w.RefuseAsked(agent_id):
                if agent_id != out.agent_id:
                    raise Conflict("You are not in this conversation (any longer).")
                self._over(turn, out, "cancelled" if out.leg_id or isinstance(event, w.HangUpAsked) else "agent_not_reached")
            case w.EndAsked(cause):
                self._over(turn, out, "cancelled", cause)
            case w.HoldAsked() | w.MuteAsked() | w.DigitsAsked() | w.PauseAsked() | w.RejoinAsked():
                raise Conflict(NOT_YET)
            case _ if isinstance(event, pw.PartyAsked):
                raise Conflict(NOT_YET)
            case _:
                pass

    # --- until the called party answers ---------------------------------------------------------------------------------------

    def _begin_dial(self, turn: Turn, out: Outgoing, account: str, *, has_called_in: bool) -> None:
        turn.do(w.Route(work.Engaged(out.agent_id, turn.state.contact_id, "talking", queue_id=out.queue_id)))
        if has_called_in:
            turn.do(ew.AnswerLeg(out.agent_leg_id))
            self._agent_there(turn, out)
        else:
            turn.do(ew.RingAccount(out.agent_leg_id, account, AGENT_RING_SECONDS, auto_answer=True))

    def _dial_answered(self, turn: Turn, out: Outgoing, leg_id: str) -> None:
        if leg_id == out.leg_id:
            self._connect(turn, out)
        elif leg_id == out.agent_leg_id:
            if not out.leg_id:
                self._agent_there(turn, out)
        elif leg_id not in self.legs():
            turn.do(ew.HangUpLeg(leg_id))

    def _agent_there(self, turn: Turn, out: Outgoing) -> None:
        """The agent's telephone is ready: ring the called party."""
        if out.kind == INTERNAL:
            turn.record(d.DialStarted(out.agent_leg_id), durable=True)
            self._leading = Leading(called_flow(_called(out), turn.tables))
            self._leading.start(turn, turn.state.language, {})
            return
        if not (turn.tables.trunk and turn.tables.dialled):
            self._over(turn, out, "no_trunk" if turn.tables.dialled else "failed")
            return
        started = d.DialStarted(turn.tables.new_id())
        turn.record(started, durable=True)
        turn.do(Ringback(started.leg_id, out.agent_leg_id))
        seconds, shown = turn.tables.dialling.ring_seconds, turn.tables.shown
        turn.do(dw.RingOutside(started.leg_id, turn.tables.dialled, turn.tables.trunk, shown, seconds))

    def _connect(self, turn: Turn, out: Outgoing) -> None:
        ids = turn.tables.new_id
        turn.record(e.SegmentStarted(ids(), out.agent_id, "", out.queue_id, out.agent_leg_id, ids(), OUTBOUND), durable=True)
        turn.do(ew.StopPlayback(out.leg_id))
        turn.place()
        talking.start_recording(turn)
        limiting.begin(turn, self._limit(out))

    def _dial_leg_ended(self, turn: Turn, out: Outgoing, leg_id: str, cause: port.EndCause) -> None:
        if leg_id == out.agent_leg_id:
            self._over(turn, out, "cancelled" if out.leg_id else "agent_not_reached")
        elif leg_id == out.leg_id:
            self._over(turn, out, RESULTS.get(cause, "failed"))

    def _over(self, turn: Turn, out: Outgoing, result: str, cause: str = "not_reached") -> None:
        """It came to no conversation."""
        start, settings = len(turn.commands), turn.tables.dialling
        if out.leg_id:
            turn.do(ew.HangUpLeg(out.leg_id))
        turn.do(ew.HangUpLeg(out.agent_leg_id))
        after_call = settings.after_call_when_not_reached and result in ("busy", "no_answer", "refused", "unreachable")
        seconds = 0 if out.queue_id else settings.after_call_seconds
        turn.do(w.Route(work.AgentReleased(out.agent_id, turn.state.contact_id, after_call, seconds)))
        lasted = (turn.now - (turn.state.entered_at or turn.now)).total_seconds()
        turn.record(d.DialEnded(result), ContactEnded(cause, round(lasted, 3)))
        turn.commit_together(start)

    # --- truth -----------------------------------------------------------------------------------------------------------------

    def _compare_dial(self, turn: Turn, out: Outgoing, truth: w.EngineTruth) -> None:
        legs, believed = truth.snapshot.legs, truth.reconnected or truth.recovered
        if truth.recovered:
            turn.record(e.CallRecovered(turn.state.phase.value), durable=True)
            turn.do(w.Route(work.Engaged(out.agent_id, turn.state.contact_id, "talking", queue_id=out.queue_id)))
        waited = out.leg_id or out.agent_leg_id
        limit = turn.tables.dialling.ring_seconds if out.leg_id else AGENT_RING_SECONDS
        overdue = (truth.asked_at - out.since) > SETTLED * 2 and (truth.asked_at - out.since).total_seconds() > limit + 3
        found = legs.get(waited)
        if leg_is_missing(out.agent_leg_id, out.since, truth):
            self._over(turn, out, "cancelled" if out.leg_id else "agent_not_reached", "engine_lost" if truth.restarted else "not_reached")
        elif out.leg_id and leg_is_missing(out.leg_id, out.since, truth):
            self._over(turn, out, "failed")
        elif found and found.answered and (believed or overdue):
            self._dial_answered(turn, out, waited)
        elif overdue:
            self._over(turn, out, "no_answer" if out.leg_id else "agent_not_reached")

    # --- once the called party has been on the line -------------------------------------------------------------------------------

    def _take_connected(self, turn: Turn, out: Outgoing, event: CallEvent) -> None:
        if isinstance(event, w.TimerCame) and event.name == limiting.WARN_TIMER:
            limiting.warn(turn, self._limit(out))
        elif isinstance(event, w.TimerCame) and event.name == limiting.END_TIMER:
            self._end(turn, "time_limit")
        elif out.kind == INTERNAL and self._asked_by_caller(turn, out, event):
            pass
        else:
            super()._take(turn, event)
        if isinstance(event, w.EngineTruth) and event.recovered and out.kind == INTERNAL and turn.state.phase is not Phase.ENDED:
            self._recover_caller(turn)
        talks = turn.state.phase is Phase.TALKING
        if talks and self.state.phase is not Phase.TALKING:
            limiting.begin(turn, self._limit(out))
        elif talks and isinstance(event, w.EngineTruth) and event.recovered:
            limiting.watch(turn, self._limit(out))

    def _recover_caller(self, turn: Turn) -> None:
        """What the router and our timers must know again of the caller of an internal call."""
        out = _outgoing(turn)
        turn.do(w.Route(work.Engaged(out.agent_id, turn.state.contact_id, "talking")))
        if out.held_since:
            turn.do(w.Route(work.ContactHeld(out.agent_id, turn.state.contact_id, True)))
        if out.lost_since:
            turn.do(w.SetTimer(colleagues.LOST_TIMER, turn.tables.rejoin_seconds))

    def _asked_by_caller(self, turn: Turn, out: Outgoing, event: CallEvent) -> bool:
        """What an agent asks who is the caller of an internal call, and what becomes of his telephone."""
        leg, talks = turn.state.caller_leg, turn.state.phase is Phase.TALKING
        match event:
            case w.HangUpAsked(out.agent_id):
                self._end(turn, "customer_hung_up")
            case w.MuteAsked(out.agent_id, muted):
                colleagues.mute(turn, out, muted)
            case w.HoldAsked(out.agent_id, held) if talks:
                colleagues.hold(turn, out, held)
            case port.HoldChanged(leg_id, held) if leg_id == leg and talks:
                colleagues.hold(turn, out, held)
            case w.RejoinAsked(out.agent_id, account) if talks:
                self._ring_again(turn, out.agent_id, account)
            case w.AgentSilent(leg_id) if leg_id == leg and talks:
                colleagues.lost(turn, out, "network")
            case port.LegEnded(leg_id, cause, by_far_end) if leg_id == leg and talks:
                self._caller_leg_ended(turn, out, hung_up=by_far_end and cause is port.EndCause.NORMAL)
            case w.DigitsAsked(out.agent_id, digits) if turn.state.segment:
                turn.do(ew.SendDigits(turn.state.segment.leg_id, digits))
            case w.DigitsAsked(out.agent_id, digits):
                for digit in digits:
                    if self._leading:
                        self._leading.signal(turn, DigitPressed(digit))
            case w.HoldAsked(out.agent_id) | w.RejoinAsked(out.agent_id):
                raise Conflict(NOT_YET)
            case w.PauseAsked(out.agent_id) if turn.state.segment:
                talking.pause_recording(turn, turn.state.segment.agent_id, event.paused)
            case _ if isinstance(event, BY_CALLER) and event.agent_id == out.agent_id:
                colleagues.change_places(turn, out)
                return False
            case _:
                return False
        return True

    def _caller_leg_ended(self, turn: Turn, out: Outgoing, *, hung_up: bool) -> None:
        if hung_up:
            self._end(turn, "customer_hung_up")
        else:
            colleagues.lost(turn, out, "device")

    def _customer_gone(self, turn: Turn, cause: str) -> None:
        out = _outgoing(turn)
        if out.kind == INTERNAL and turn.state.phase is Phase.TALKING and cause != "engine_lost":
            colleagues.lost(turn, out, "device")
        else:
            super()._customer_gone(turn, cause)

    def _rejoined(self, turn: Turn, agent_id: str, leg_id: str) -> None:
        out = _outgoing(turn)
        if out.kind == INTERNAL and agent_id == out.agent_id and turn.state.phase is Phase.TALKING:
            colleagues.rejoined(turn, out, leg_id)
        else:
            super()._rejoined(turn, agent_id, leg_id)

    def _limit(self, out: Outgoing) -> Limit:
        return strictest(self.tables.dialling.limit_of(out.number_class), self.tables.talk_limit(out.agent_id))

    def _lost_too_long(self, turn: Turn, segment_id: str) -> None:
        """A customer who was called for a queue is served by that queue when the agent does not come back; a colleague has nobody else."""
        if segment_id == colleagues.CALLER:
            if turn.state.caller_lost:
                self._end(turn, "customer_hung_up")
            return
        if self._leading and not turn.state.flow_id and turn.state.direction == OUTBOUND:
            turn.record(FlowNodeEntered(QUEUE_NODE, "queue"))
        super()._lost_too_long(turn, segment_id)

    def _end(self, turn: Turn, cause: str) -> None:
        out = _outgoing(turn)
        ends = turn.state.phase is not Phase.ENDED
        super()._end(turn, cause)
        if ends and out.kind == INTERNAL:
            turn.do(w.Route(work.AgentReleased(out.agent_id, turn.state.contact_id, after_call=False)))


def _outgoing(turn: Turn) -> Outgoing:
    assert turn.state.outgoing
    return turn.state.outgoing


def _called(out: Outgoing) -> str:
    return f"{TO_MAILBOX if out.number_class == MAILBOX_CLASS else ''}{out.called_id}"


def _flow(state: CallState, tables: Tables) -> Flow | None:
    """What may lead the caller (or a customer whose agent was lost) of such a call."""
    out = state.outgoing
    if state.flow_id == FLOW_ID and state.transfer:
        return flow_of(state.transfer, tables)
    if out and out.kind == INTERNAL:
        return called_flow(_called(out), tables)
    rules = tables.queue_by_id.get(out.queue_id) if out else None
    if rules is None:
        return None
    queue = QueueNode(id=QUEUE_NODE, queue=rules.code, exits={"otherwise": "sorry"})
    sorry = GoodbyeNode(id="sorry", prompt=lines_of("queue.nobody_answered", "system.goodbye"))
    return Flow.build("outbound", 1, queue, sorry)
