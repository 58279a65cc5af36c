"""A call whose flow may send the caller to a person, or to whoever has the duty telephone, besides all that a call is (`machine`)."""

from __future__ import annotations

from copy import copy

from huying.channels.reach.reach import MOST_HOPS, NOT_DISTURBED
from huying.channels.voice import party_events as p
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import forwarding
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.hunting import LATE, Hunting, LeadOn, Outcome
from huying.channels.voice.call.machine import Call, CallEvent
from huying.channels.voice.call.outgoing import INTERNAL, PersonRing
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, QueueNode, TransferNode, VoicemailNode
from huying.flows.signals import TransferEnded
from huying.flows.spoken import lines_of
from huying.telephony import port

PERSON_FLOW = "person:"
"""What the id of the flow of a call to a person begins with; the person's id follows."""
TO_MAILBOX = "mailbox:"
"""Before the id of the person or queue whose mailbox is called."""


def called_flow(called_id: str, tables: Tables) -> Flow:
    """The flow of a call within the house: to a person, to a queue, or straight to the mailbox of either."""
    queue = tables.queue_by_id.get(called_id.removeprefix(TO_MAILBOX))
    if called_id.startswith(TO_MAILBOX):
        code, person = (queue.code, "") if queue else ("", called_id.removeprefix(TO_MAILBOX))
        box = VoicemailNode(id="mailbox", queue=code, person=person, exits={"left": "thanks", "otherwise": "sorry"})
        thanks = GoodbyeNode(id="thanks", prompt=lines_of("system.goodbye"))
        return Flow.build(PERSON_FLOW + called_id, 1, box, thanks, _sorry())
    if queue is None:
        return person_flow(called_id)
    to = QueueNode(id="queue", queue=queue.code, exits={"otherwise": "sorry"})
    return Flow.build(PERSON_FLOW + called_id, 1, to, _sorry())


def _sorry() -> GoodbyeNode:
    return GoodbyeNode(id="sorry", prompt=lines_of("queue.nobody_answered", "system.goodbye"))


def person_flow(agent_id: str) -> Flow:
    """The flow of a call that is for one person."""
    to = TransferNode(id="person", to="person", address=agent_id, exits={"otherwise": "sorry"})
    return Flow.build(PERSON_FLOW + agent_id, 1, to, _sorry())


class CallToPersons(Call):
    """The one owner of the state of a call that may be for a person."""

    def __init__(self, state: CallState, tables: Tables, flow: Flow | None = None) -> None:
        super().__init__(state, tables, flow)
        self._hunting = Hunting()
        self._ended_legs: frozenset[str] = frozenset()
        """Telephones of the person that is rung that have given up already."""

    def _step(self, turn: Turn, event: CallEvent) -> None:
        before, ended = copy(self._hunting), self._ended_legs
        try:
            super()._step(turn, event)
        except Exception:
            self._hunting, self._ended_legs = before, ended
            raise

    def _take(self, turn: Turn, event: CallEvent) -> None:
        ring = turn.state.person_ring
        match event:
            case port.LegAnswered(leg_id) if ring and leg_id in ring.leg_ids:
                self._person_answered(turn, ring, leg_id)
            case port.LegEnded(leg_id, cause) if ring and leg_id in ring.leg_ids:
                self._person_leg_ended(turn, ring, leg_id, cause)
            case w.RefuseAsked(agent_id) if ring and ring.agent_id == agent_id:
                self._follow(turn, self._hunting.stop(turn, ring, "refused"))
            case _:
                super()._take(turn, event)

    def _after_flow(self, turn: Turn) -> None:
        if self._leading and self._leading.person and turn.state.phase is Phase.IN_FLOW:
            (kind, address), self._leading.person = self._leading.person, None
            if turn.state.person_ring:
                self._hunting.go_on(turn, turn.state.person_ring, kind, address)
            else:
                self._follow(turn, self._hunting.begin(turn, kind, address))
        super()._after_flow(turn)

    def _person_answered(self, turn: Turn, ring: PersonRing, leg_id: str) -> None:
        self._hunting.leg_answered(turn, ring, leg_id)
        if self._leading:
            self._leading.signal(turn, TransferEnded("answered"))

    def _person_leg_ended(self, turn: Turn, ring: PersonRing, leg_id: str, cause: port.EndCause) -> None:
        before = self._ended_legs
        self._ended_legs = before | {leg_id}
        self._follow(turn, self._hunting.leg_ended(turn, ring, leg_id, cause, before))

    def _follow(self, turn: Turn, outcome: Outcome) -> None:
        """Do what the hunt ends with."""
        if outcome is None or turn.state.phase is Phase.ENDED:
            return
        if isinstance(outcome, LeadOn):
            self._lead_on(turn, outcome)
        elif self._leading:
            self._leading.signal(turn, TransferEnded(outcome.result))
        CallToPersons._after_flow(self, turn)

    def _lead_on(self, turn: Turn, outcome: LeadOn) -> None:
        target, before = outcome.target, turn.state.transfer
        flow = turn.tables.flow(target.id) if target.kind == "flow" else None
        if (before and before.hops >= MOST_HOPS) or (target.kind == "flow" and flow is None):
            if self._leading:
                self._leading.signal(turn, TransferEnded("failed"))
            return
        turn.do(ew.Music(turn.state.caller_leg, False))
        self._hand_on(turn, lambda: _moved(turn, outcome), pw.Target(target.kind, target.id, flow=flow))

    def _forward_ended(self, turn: Turn, cause: port.EndCause) -> None:
        if self._hunting.hunt and turn.state.phase is not Phase.FORWARDED:
            self._follow(turn, self._hunting.number_failed(turn, forwarding.not_answered(turn, cause)))
        else:
            super()._forward_ended(turn, cause)

    # --- truth and ending -------------------------------------------------------------------------------------------------------

    def _compare(self, turn: Turn, truth: w.EngineTruth) -> None:
        if turn.state.person_ring and turn.state.caller_leg in truth.snapshot.legs:
            self._compare_ring(turn, turn.state.person_ring, truth)
        super()._compare(turn, truth)

    def _compare_ring(self, turn: Turn, ring: PersonRing, truth: w.EngineTruth) -> None:
        overdue = truth.asked_at > ring.expires_at + LATE
        legs = {leg: truth.snapshot.legs.get(leg) for leg in ring.leg_ids}
        answered = [leg for leg, found in legs.items() if found and found.answered]
        if answered and (overdue or truth.reconnected or truth.recovered):
            self._person_answered(turn, ring, answered[0])
        elif overdue or (truth.asked_at - ring.since > LATE and not any(legs.values())):
            self._follow(turn, self._hunting.stop(turn, ring, "no_answer" if overdue else "failed"))

    def _end(self, turn: Turn, cause: str) -> None:
        if turn.state.person_ring:
            self._hunting.let_go(turn, turn.state.person_ring, "withdrawn")
        self._hunting.hunt = None
        super()._end(turn, cause)


def _moved(turn: Turn, outcome: LeadOn) -> None:
    """Colleagues are told that somebody does not want to be disturbed; callers from outside are not."""
    told = outcome.why == NOT_DISTURBED and turn.state.direction == INTERNAL
    target = outcome.target
    turn.record(p.TransferStarted("", outcome.agent_id, "", target.kind, target.id, outcome.why if told else ""))
