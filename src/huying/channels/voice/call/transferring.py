"""Handing the customer on at once, parking him, and what brings him back: whoever is not taken there is with his agent again.

A transfer to a person is work in a queue that wants this person for a while, then the one who transferred, then anybody: so capacity,
line and restart are the router's as ever, and nobody is lost between two telephones.
"""

from __future__ import annotations

from huying.channels.reach.reach import NOT_DISTURBED
from huying.channels.voice import party_events as p
from huying.channels.voice.call import consulting, talking
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import words as w
from huying.channels.voice.call.parties import Segment, Transfer
from huying.channels.voice.call.state import CallState
from huying.channels.voice.call.turn import Tables, Turn
from huying.flows.graph import Flow
from huying.flows.nodes import GoodbyeNode, Node, PlayNode, QueueNode, TransferNode, VoicemailNode
from huying.flows.spoken import lines_of
from huying.foundation.errors import Conflict
from huying.routing.router.work import Wanted

FLOW_ID = "transfer"
"""The id of the flow that leads a customer who was handed on."""
TARGET, HOME = "target", "home"
PERSON_SECONDS = 25
BACK_SECONDS = 30
PARK_TIMER = "park"


def transfer(turn: Turn, agent_id: str, target: pw.Target) -> None:
    """The agent is out of it; the flow that follows leads the customer. Raises Conflict."""
    segment = _only_mine(turn, agent_id)
    queue_id = segment.queue_id or turn.tables.home_queue(agent_id)
    if target.kind in ("agent", "number") and not queue_id:
        raise Conflict("This call belongs to no queue that it could come back to: ask first, and then complete the transfer.")
    if target.kind == "number" and not turn.tables.trunk:
        raise Conflict("There is no trunk to call outside over.")
    start = len(turn.commands)
    if turn.state.side:
        consulting.let_go(turn, "cancelled")
    if target.number:
        turn.do(pw.KeepParty(segment.segment_id, target.number))
    turn.record(p.TransferStarted(segment.segment_id, agent_id, queue_id, target.kind, target.id))
    talking.end_segment(turn, segment, "transferred")
    turn.commit_together(start)


def park(turn: Turn, agent_id: str, slot: str) -> None:
    """Music until somebody takes him at this slot. Raises Conflict."""
    segment = _only_mine(turn, agent_id)
    start = len(turn.commands)
    if turn.state.side:
        consulting.let_go(turn, "cancelled")
    queue_id = segment.queue_id or turn.tables.home_queue(agent_id)
    talking.end_segment(turn, segment, "parked")
    turn.record(p.CallParked(slot, agent_id, queue_id), durable=True)
    turn.place()
    turn.commit_together(start)
    turn.do(w.SetTimer(PARK_TIMER, turn.tables.park_seconds))


def unpark(turn: Turn, by: str) -> None:
    """He is in the slot no longer."""
    parked = turn.state.parked
    if parked is None:
        return
    turn.do(w.CancelTimer(PARK_TIMER))
    turn.record(p.CallUnparked(parked.slot, by), durable=True)


def parked_too_long(turn: Turn) -> None:
    """Nobody took him: he goes back to the one who parked him."""
    parked = turn.state.parked
    assert parked
    unpark(turn, "timed_out")
    turn.record(p.TransferStarted("", parked.agent_id, parked.queue_id, "agent", parked.agent_id))
    turn.place()


def wanted(state: CallState, queue_id: str) -> tuple[Wanted, ...]:
    """Who is asked before everybody when a customer who was handed on stands in this queue."""
    moved = state.transfer
    if moved is None or queue_id != moved.queue_id or (moved.target_kind, moved.target_id) == ("queue", queue_id):
        return ()
    if moved.target_kind == "flow":  # what he chooses there is a wish of its own, and no way back to who handed him on
        return ()
    back = Wanted(moved.agent_id, BACK_SECONDS, "transfer_back")
    if moved.target_kind != "agent" or moved.target_id == moved.agent_id:
        return (back,)
    return (Wanted(moved.target_id, PERSON_SECONDS, "transfer"), back)


def flow_of(moved: Transfer, tables: Tables, number: str = "") -> Flow | None:
    """The flow that leads a customer who was handed on; None for a flow of the business's own. Without the number (after a restart)
    he comes back."""
    home = tables.queue_by_id.get(moved.queue_id)
    sorry = GoodbyeNode(id="sorry", prompt=lines_of("queue.nobody_answered", "system.goodbye"))
    rest: list[Node] = [QueueNode(id=HOME, queue=home.code, exits={"otherwise": "sorry"}), sorry] if home else [sorry]
    otherwise = HOME if home else "sorry"
    match moved.target_kind:
        case "agent":
            first: list[Node] = []
        case "queue":
            target = tables.queue_by_id.get(moved.target_id)
            first = [QueueNode(id=TARGET, queue=target.code, exits={"otherwise": otherwise})] if target else []
        case "number":
            first = [TransferNode(id=TARGET, address=number, exits={"otherwise": otherwise})]
        case "mailbox":
            queue = tables.queue_by_id.get(moved.target_id)
            code, person = (queue.code, "") if queue else ("", moved.target_id)
            first = [VoicemailNode(id=TARGET, queue=code, person=person, exits={"left": "thanks", "otherwise": "sorry"})]
            rest.append(GoodbyeNode(id="thanks", prompt=lines_of("system.goodbye")))
        case _:
            return None
    if first and moved.why == NOT_DISTURBED:
        first.insert(0, PlayNode(id="why", prompt=lines_of("person.not_disturbed"), exits={"next": TARGET}))
    return Flow.build(FLOW_ID, 1, *first, *rest)


def _only_mine(turn: Turn, agent_id: str) -> Segment:
    segment = talking.segment_of(turn, agent_id)
    if not talking.is_alone(turn, segment):
        raise Conflict("Others are in this conversation: leave it to them, or take them out first.")
    return segment
