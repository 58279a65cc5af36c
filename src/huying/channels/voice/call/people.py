"""What happens to the legs of agents, guests and telephones outside, and what people ask of a call: the part of `machine.Call` about them.

Decides who is meant; what follows stands in the modules named for it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from huying.channels.voice.call import conferring, consulting, forwarding, monitoring, talking, transferring, waiting
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.leading import Leading
from huying.channels.voice.call.parties import CONSULT, Guest, Segment
from huying.channels.voice.call.placing import is_away
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.turn import Turn
from huying.flows.signals import QueueLeft, TransferEnded
from huying.foundation.errors import Conflict
from huying.telephony import port


class PeopleOfCall(ABC):
    """Legs and wishes. `Call` adds the flow, the queue, the truth and the end."""

    _leading: Leading | None

    def __init__(self) -> None:
        self._rejoining: dict[str, tuple[str, datetime]] = {}
        """agent -> the new leg that is being rung for him, and since when"""

    @abstractmethod
    def legs(self) -> frozenset[str]:
        """Every leg that belongs to the call now."""

    @abstractmethod
    def _end(self, turn: Turn, cause: str) -> None:
        """The call is over for everybody."""

    @abstractmethod
    def _hand_on(self, turn: Turn, leave: Callable[[], None], target: pw.Target | None = None) -> None:
        """Somebody leaves the customer to a flow that leads him on."""

    def _forget_rejoining(self, turn: Turn, agent_id: str) -> None:
        if leg := self._rejoining.pop(agent_id, None):
            turn.do(ew.HangUpLeg(leg[0]))

    def _leg_answered(self, turn: Turn, leg_id: str) -> None:
        agent_id = next((agent for agent, (leg, _) in self._rejoining.items() if leg == leg_id), "")
        if agent_id:
            del self._rejoining[agent_id]
            self._rejoined(turn, agent_id, leg_id)
        elif forwarding.is_forward(turn, leg_id) and self._leading:
            forwarding.answered(turn, leg_id)
            self._leading.signal(turn, TransferEnded("answered"))
        elif ring := turn.state.ring_at(leg_id):
            self._take_from_flow(turn, lambda: talking.connect(turn, ring))
        elif invite := conferring.invite_at(turn, leg_id):
            if invite.purpose == "take" and turn.state.phase is Phase.WAITING and turn.state.rings:
                self._take_from_flow(turn, lambda: conferring.arrived(turn, invite))
            else:
                conferring.arrived(turn, invite)
        elif asked := consulting.ring_at(turn, leg_id):
            consulting.answered(turn, asked)
        elif leg_id not in self.legs():
            turn.do(ew.HangUpLeg(leg_id))  # it was given up a moment ago

    def _take_from_flow(self, turn: Turn, connect: Callable[[], object]) -> None:
        """A person takes the call over from its flow."""
        if self._leading:
            self._leading.silence(turn)
        connect()
        if self._leading:
            self._leading.signal(turn, QueueLeft("answered"))

    def _rejoined(self, turn: Turn, agent_id: str, leg_id: str) -> None:
        side = turn.state.side
        if side and side.party_agent == agent_id:
            consulting.rejoined(turn, leg_id)
        elif ring := turn.state.ring_for(agent_id):
            # His page was loaded anew while it rang, and he has answered: what still rings is where the old page was.
            self._take_from_flow(turn, lambda: talking.connect(turn, replace(ring, leg_id=leg_id)))
        elif asked := consulting.ring_for(turn, agent_id):
            consulting.answered(turn, replace(asked, leg_id=leg_id))
        else:
            talking.rejoined(turn, agent_id, leg_id)

    def _leg_ended(self, turn: Turn, leg_id: str, cause: port.EndCause, by_far_end: bool) -> None:
        state = turn.state
        hung_up = by_far_end and cause is port.EndCause.NORMAL
        if leg_id == state.caller_leg:
            self._end(turn, "customer_hung_up")
        elif ring := state.ring_at(leg_id):
            waiting.offer_leg_ended(turn, ring, cause)
        elif forwarding.is_forward(turn, leg_id):
            self._forward_ended(turn, cause)
        elif rejoining := [agent for agent, (leg, _) in self._rejoining.items() if leg == leg_id]:
            del self._rejoining[rejoining[0]]
        elif segment := state.segment_at(leg_id):
            if hung_up:
                self._hung_up(turn, segment)
            else:
                talking.agent_lost(turn, segment, "device")
        else:
            self._guest_leg_ended(turn, leg_id, cause, hung_up)

    def _guest_leg_ended(self, turn: Turn, leg_id: str, cause: port.EndCause, hung_up: bool) -> None:
        state = turn.state
        if asked := consulting.ring_at(turn, leg_id):
            consulting.rang_in_vain(turn, asked, cause)
        elif state.side and state.side.leg_id == leg_id:
            if hung_up or not state.side.party_agent:
                consulting.over(turn, "far_end")
            else:
                consulting.party_lost(turn)
        elif state.side and state.side.own_leg == leg_id:
            consulting.over(turn, "cancelled")
        elif invite := conferring.invite_at(turn, leg_id):
            conferring.leg_gone(turn, invite, cause)
        elif guest := next((one for one in state.guests if one.leg_id == leg_id), None):
            self._guest_left(turn, guest)
        elif monitor := next((one for one in state.monitors if one.leg_id == leg_id), None):
            monitoring.over(turn, monitor, "lead")

    def _guest_left(self, turn: Turn, guest: Guest) -> None:
        if turn.state.segments or len(turn.state.guests) > 1:
            conferring.guest_left(turn, guest, "guest")
        else:
            self._end(turn, "forward_hung_up")

    def _hung_up(self, turn: Turn, segment: Segment) -> None:
        """The agent puts his telephone down: whom he consulted takes the customer, others go on, or the call is over."""
        side = turn.state.side
        if side and side.segment_id == segment.segment_id and side.talking and not side.lost_since:
            consulting.complete(turn, segment.agent_id)
        elif talking.is_alone(turn, segment):
            self._end(turn, "agent_hung_up")
        else:
            conferring.leave(turn, segment.agent_id)

    def _hang_up_asked(self, turn: Turn, agent_id: str) -> None:
        side = turn.state.side
        segment = turn.state.segment_of(agent_id)
        if monitor := turn.state.monitor_of(agent_id):
            monitoring.over(turn, monitor, "lead")
        elif side and segment is None and side.party_agent == agent_id:
            consulting.over(turn, "far_end")
        elif side and side.agent_id == agent_id and side.focus == CONSULT:
            consulting.cancel(turn, agent_id)
        elif segment is None:
            talking.segment_of(turn, agent_id)
        elif talking.is_alone(turn, segment):
            self._end(turn, "agent_hung_up")
        else:
            conferring.leave(turn, agent_id)

    def _forward_ended(self, turn: Turn, cause: port.EndCause) -> None:
        if turn.state.phase is Phase.FORWARDED:
            self._end(turn, "forward_hung_up")
        elif self._leading:
            self._leading.signal(turn, TransferEnded(forwarding.not_answered(turn, cause)))

    def _asked(self, turn: Turn, event: object) -> None:
        match event:
            case w.RefuseAsked(agent_id, reason):
                if not consulting.refuse(turn, agent_id):
                    waiting.refuse(turn, agent_id, reason)
            case w.HangUpAsked(agent_id):
                self._hang_up_asked(turn, agent_id)
            case w.EndAsked(cause):
                self._end(turn, cause)
            case w.HoldAsked(agent_id, held):
                talking.hold(turn, agent_id, held)
            case w.MuteAsked(agent_id, muted):
                talking.mute(turn, agent_id, muted)
            case w.DigitsAsked(agent_id, digits):
                self._send_digits(turn, agent_id, digits)
            case w.PauseAsked(agent_id, paused):
                talking.pause_recording(turn, agent_id, paused)
            case w.RejoinAsked(agent_id, account):
                self._rejoin(turn, agent_id, account)
            case _:
                self._asked_for_people(turn, event)

    def _asked_for_people(self, turn: Turn, event: object) -> None:
        match event:
            case pw.ConsultAsked(agent_id, target, own_leg):
                consulting.begin(turn, agent_id, target, own_leg)
            case pw.SwapAsked(agent_id):
                consulting.swap(turn, agent_id)
            case pw.MergeAsked(agent_id):
                consulting.merge(turn, agent_id)
            case pw.CompleteAsked(agent_id):
                consulting.complete(turn, agent_id)
            case pw.EndConsultAsked(agent_id):
                consulting.cancel(turn, agent_id)
            case pw.TransferAsked(agent_id, target):
                self._hand_on(turn, lambda: transferring.transfer(turn, agent_id, target), target)
            case pw.LeaveAsked(agent_id):
                conferring.leave(turn, agent_id)
            case pw.DropAsked():
                conferring.drop(turn, event)
            case pw.ParkAsked(agent_id, slot):
                transferring.park(turn, agent_id, slot)
            case pw.ComeInAsked(leg_id=leg_id) if leg_id and event.purpose == "take" and turn.state.phase is Phase.WAITING:
                self._take_from_flow(turn, lambda: conferring.come_in(turn, event))
            case pw.ComeInAsked():
                conferring.come_in(turn, event)
            case pw.MonitorAsked():
                monitoring.change(turn, event)
            case pw.PlayAsked():
                talking.play_sound(turn, event)
            case pw.StopPlayingAsked(agent_id):
                talking.stop_sound(turn, agent_id)

    def _send_digits(self, turn: Turn, agent_id: str, digits: str) -> None:
        """Keys for whoever outside the agent talks with. Raises Conflict where nobody hears him."""
        segment, side, state = talking.segment_of(turn, agent_id), turn.state.side, turn.state
        if side and is_away(side, segment):
            legs = [side.leg_id] if side.talking else []
        elif segment.held_since:
            legs = []
        else:
            legs = ([] if state.caller_away else [state.caller_leg]) + [guest.leg_id for guest in state.guests]
        if not legs:
            raise Conflict("Nobody hears you at the moment.")
        for leg_id in legs:
            turn.do(ew.SendDigits(leg_id, digits))

    def _rejoin(self, turn: Turn, agent_id: str, account: str) -> None:
        side = turn.state.side
        if monitor := turn.state.monitor_of(agent_id):
            monitoring.over(turn, monitor, "lead")
            asked = pw.ComeInAsked(agent_id, account, f"{monitoring.PURPOSE}{monitor.mode}", target_id=monitor.target_id)
            conferring.come_in(turn, asked)
            return
        rings = turn.state.ring_for(agent_id) or consulting.ring_for(turn, agent_id)
        if not (rings or (side and side.party_agent == agent_id)):
            talking.segment_of(turn, agent_id)
        self._ring_again(turn, agent_id, account)

    def _ring_again(self, turn: Turn, agent_id: str, account: str) -> None:
        """A new leg for somebody who takes part, or has answered what rings at a page that is gone; it answers by itself."""
        before = self._rejoining.get(agent_id)
        if before and turn.now - before[1] < timedelta(seconds=3):
            return
        self._forget_rejoining(turn, agent_id)
        leg_id = turn.tables.new_id()
        self._rejoining[agent_id] = (leg_id, turn.now)
        turn.do(ew.RingAccount(leg_id, account, 10, auto_answer=True))
