"""One agent asks somebody while the customer hears music: ringing, talking, changing between both, and the four ways out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from huying.channels.voice import events as e
from huying.channels.voice import party_events as p
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import party_words as pw
from huying.channels.voice.call import talking
from huying.channels.voice.call import words as w
from huying.channels.voice.call.parties import CONSULT, CUSTOMER, Segment, Side, SideRing
from huying.channels.voice.call.turn import Turn
from huying.foundation.errors import Conflict
from huying.routing.router import work
from huying.telephony.port import EndCause

RING_SECONDS = 30
LOST_TIMER = "consult-lost"
RESULTS = {
    EndCause.BUSY: "busy",
    EndCause.REFUSED: "refused",
    EndCause.NORMAL: "refused",
    EndCause.NO_ANSWER: "no_answer",
    EndCause.UNREACHABLE: "unreachable",
}


def begin(turn: Turn, agent_id: str, target: pw.Target, own_leg: str = "") -> None:
    """Music for the customer, ringing for the agent. Raises Conflict."""
    segment, state = talking.segment_of(turn, agent_id), turn.state
    if state.side:
        raise Conflict("Somebody is being asked already: end that consultation first.")
    if state.has_agent(target.id):
        raise Conflict("This colleague takes part already.")
    if target.kind == "number" and not turn.tables.trunk:
        raise Conflict("There is no trunk to call outside over.")
    consult_id = turn.tables.new_id()
    bridge_id = turn.tables.new_id()
    turn.record(p.ConsultStarted(consult_id, segment.segment_id, agent_id, target.kind, target.id, bridge_id, own_leg))
    if own_leg:
        turn.do(ew.AnswerLeg(own_leg))
    _hold(turn, segment)
    turn.place()
    if target.kind == "queue":
        turn.do(w.Route(work.WorkArrived(_item(turn, consult_id, target.id), admitted=True)))
    elif target.kind == "agent":
        ring = _ring(turn, consult_id, target.id)
        turn.do(w.Route(work.Engaged(target.id, state.contact_id, "ringing", queue_id=segment.queue_id)))
        turn.do(ew.RingAccount(ring.leg_id, target.account, RING_SECONDS))
    else:
        ring = _ring(turn, consult_id, "")
        turn.do(pw.KeepParty(consult_id, target.number))
        turn.do(ew.RingNumber(ring.leg_id, target.number, turn.tables.trunk, RING_SECONDS))


def offered(turn: Turn, offer: work.Offer) -> None:
    """The router found somebody of the asked queue."""
    side = turn.state.side
    if side is None or side.talking or side.consult_id != offer.item.item_id:
        turn.do(w.Route(work.WorkLeft(offer.item.item_id)))
        return
    leg_id = turn.tables.new_id()
    turn.record(p.ConsultRang(side.consult_id, offer.offer_id, offer.agent_id, leg_id, offer.expires_at.isoformat()))
    seconds = max(1, round((offer.expires_at - turn.now).total_seconds()))
    turn.do(ew.RingAccount(leg_id, offer.account, seconds))


def offer_taken_back(turn: Turn, offer_id: str) -> None:
    """The router wants it rung no longer."""
    side = turn.state.side
    ring = next((ring for ring in side.rings if ring.offer_id == offer_id), None) if side else None
    if side and ring:
        turn.record(p.ConsultRingEnded(side.consult_id, ring.leg_id, "withdrawn"))
        turn.do(ew.HangUpLeg(ring.leg_id))


def ring_at(turn: Turn, leg_id: str) -> SideRing | None:
    """What rings for the consultation over this leg."""
    side = turn.state.side
    return next((ring for ring in side.rings if ring.leg_id == leg_id), None) if side else None


def ring_for(turn: Turn, agent_id: str) -> SideRing | None:
    """What rings for the consultation at this colleague's."""
    side = turn.state.side
    return next((ring for ring in side.rings if ring.agent_id == agent_id), None) if side else None


def answered(turn: Turn, ring: SideRing) -> None:
    """The asked side is there: it talks with the agent, whom it had been rung for."""
    side = turn.state.side
    assert side
    others = [one for one in side.rings if one != ring]
    turn.record(p.ConsultAnswered(side.consult_id, ring.agent_id, ring.leg_id), durable=True)
    for other in others:
        turn.do(ew.HangUpLeg(other.leg_id, EndCause.ANSWERED_ELSEWHERE))
    if ring.offer_id:
        turn.do(w.Route(work.OfferAnswered(ring.offer_id, ring.agent_id, _item(turn, side.consult_id, side.target_id))))
    elif ring.agent_id:
        turn.do(w.Route(work.Engaged(ring.agent_id, turn.state.contact_id, "talking")))
    turn.place()


def rang_in_vain(turn: Turn, ring: SideRing, cause: EndCause) -> None:
    """Busy, refused, not answered: of a queue the next is asked, otherwise the agent is back with the customer."""
    side = turn.state.side
    assert side
    result = RESULTS.get(cause, "failed")
    turn.record(p.ConsultRingEnded(side.consult_id, ring.leg_id, result))
    if ring.offer_id:
        turn.do(w.Route(work.OfferFailed(ring.offer_id, {"busy": "refused", "no_answer": "timed_out"}.get(result, result))))
        return
    if ring.agent_id:
        turn.do(w.Route(work.AgentReleased(ring.agent_id, turn.state.contact_id, after_call=False)))
    over(turn, result)


def refuse(turn: Turn, agent_id: str) -> bool:
    """A colleague does not want to be asked; whether it rang at him."""
    ring = ring_for(turn, agent_id)
    if ring is None:
        return False
    rang_in_vain(turn, ring, EndCause.REFUSED)
    turn.do(ew.HangUpLeg(ring.leg_id))
    return True


def swap(turn: Turn, agent_id: str) -> None:
    """The agent talks with the other one now. Raises Conflict."""
    side = _answered_side(turn, agent_id)
    segment = talking.segment_of(turn, agent_id)
    focus = CUSTOMER if side.focus == CONSULT else CONSULT
    turn.record(p.ConsultSwapped(side.consult_id, focus))
    if focus == CONSULT:
        _hold(turn, segment)
    else:
        _take_back(turn, segment)
    turn.place()


def merge(turn: Turn, agent_id: str) -> None:
    """One conversation of all. Raises Conflict."""
    side = _answered_side(turn, agent_id)
    turn.record(*_come_in(turn, side, "conference"), _ended(turn, side, "merged"), durable=True)
    _take_back(turn, talking.segment_of(turn, agent_id))
    turn.place()
    _let_own_leg_go(turn, side)


def complete(turn: Turn, agent_id: str) -> None:
    """The agent leaves; the customer talks with the one who was asked. Raises Conflict."""
    side, start = _answered_side(turn, agent_id), len(turn.commands)
    segment = talking.segment_of(turn, agent_id)
    turn.record(*_come_in(turn, side, "transfer"), _ended(turn, side, "transferred"), durable=True)
    talking.end_segment(turn, segment, "transferred")
    _let_own_leg_go(turn, side)
    turn.commit_together(start)


def cancel(turn: Turn, agent_id: str) -> None:
    """Back to the customer. Raises Conflict when nobody is asked."""
    side = turn.state.side
    if side is None or side.agent_id != agent_id:
        raise Conflict("You are asking nobody.")
    over(turn, "cancelled")


def over(turn: Turn, result: str) -> None:
    """It ends without a change for the customer: he is talked with again, unless he had been on hold before."""
    side = turn.state.side
    if side is None:
        return
    segment = next((one for one in turn.state.segments if one.segment_id == side.segment_id), None)
    let_go(turn, result)
    if segment and not side.customer_held:
        _take_back(turn, segment)
    turn.place()


def let_go(turn: Turn, result: str) -> None:
    """Nobody is asked any longer."""
    side = turn.state.side
    if side is None:
        return
    turn.do(w.CancelTimer(LOST_TIMER))
    if side.target_kind == "queue" and not side.talking:
        turn.do(w.Route(work.WorkLeft(side.consult_id)))
    for ring in side.rings:
        turn.do(ew.HangUpLeg(ring.leg_id))
        if ring.agent_id and not ring.offer_id:
            turn.do(w.Route(work.AgentReleased(ring.agent_id, turn.state.contact_id, after_call=False)))
    turn.record(_ended(turn, side, result))
    _let_own_leg_go(turn, side)
    if side.leg_id:
        turn.do(ew.HangUpLeg(side.leg_id))
    if side.party_agent:
        turn.do(w.Route(work.AgentReleased(side.party_agent, turn.state.contact_id, after_call=False)))


def held_by_phone(turn: Turn, leg_id: str, held: bool) -> None:
    """The telephone changes between its two calls by its own keys: the one it takes back is the one it talks with."""
    side = turn.state.side
    segment = next((one for one in turn.state.segments if side and one.segment_id == side.segment_id), None)
    if held or side is None or segment is None or not side.own_leg or not side.talking:
        return
    if (leg_id, side.focus) in ((segment.leg_id, CONSULT), (side.own_leg, CUSTOMER)):
        swap(turn, side.agent_id)


def _let_own_leg_go(turn: Turn, side: Side) -> None:
    if side.own_leg:
        turn.do(ew.HangUpLeg(side.own_leg))


def party_lost(turn: Turn) -> None:
    """The leg of the asked side died. A colleague may come back, a telephone outside does not."""
    side = turn.state.side
    if side is None or side.lost_since:
        return
    if not side.party_agent:
        over(turn, "far_end")
        return
    turn.record(p.ConsultLost(side.consult_id))
    turn.place()
    turn.do(w.SetTimer(LOST_TIMER, turn.tables.rejoin_seconds))


def rejoined(turn: Turn, leg_id: str) -> None:
    """The asked colleague's new leg was answered."""
    side = turn.state.side
    if side is None:
        turn.do(ew.HangUpLeg(leg_id))
        return
    turn.record(p.ConsultRejoined(side.consult_id, leg_id), durable=True)
    turn.do(w.CancelTimer(LOST_TIMER))
    turn.place()
    turn.do(ew.HangUpLeg(side.leg_id))


def arrival(turn: Turn) -> work.WorkArrived | None:
    """After a restart: what the router must know again of a queue that is asked."""
    side = turn.state.side
    if side is None or side.target_kind != "queue" or side.talking:
        return None
    item = replace(_item(turn, side.consult_id, side.target_id), waiting_since=side.since)
    offers = (work.Offer(ring.offer_id, item, ring.agent_id, "", ring.expires_at) for ring in side.rings)
    return work.WorkArrived(item, tuple(offers), admitted=True)


def _ring(turn: Turn, consult_id: str, agent_id: str) -> SideRing:
    leg_id, until = turn.tables.new_id(), turn.now + timedelta(seconds=RING_SECONDS)
    turn.record(p.ConsultRang(consult_id, "", agent_id, leg_id, until.isoformat()))
    return SideRing(leg_id, agent_id, "", turn.now, until)


def _item(turn: Turn, consult_id: str, queue_id: str) -> work.WorkItem:
    rules = turn.tables.queue_by_id.get(queue_id)
    attributes = {"consult": "yes", "language": turn.state.language, "queue": rules.code if rules else ""}
    return work.WorkItem(consult_id, turn.state.contact_id, queue_id, turn.now, attributes=attributes)


def _answered_side(turn: Turn, agent_id: str) -> Side:
    side = turn.state.side
    if side is None or side.agent_id != agent_id:
        raise Conflict("You are asking nobody.")
    if not side.talking or side.lost_since:
        raise Conflict("Nobody has answered yet: wait, or go back to the customer.")
    return side


def _hold(turn: Turn, segment: Segment) -> None:
    """The customer waits for this agent, when there is nobody else with him."""
    held = next((one.held_since for one in turn.state.segments if one.segment_id == segment.segment_id), None)
    if held is None and talking.is_alone(turn, segment):
        turn.record(e.HoldStarted(segment.segment_id))
        turn.do(w.Route(work.ContactHeld(segment.agent_id, turn.state.contact_id, True)))


def _take_back(turn: Turn, segment: Segment) -> None:
    now = next((one for one in turn.state.segments if one.segment_id == segment.segment_id), None)
    if now and now.held_since:
        turn.record(e.HoldEnded(segment.segment_id))
        turn.do(w.Route(work.ContactHeld(segment.agent_id, turn.state.contact_id, False)))


def _come_in(turn: Turn, side: Side, reason: str) -> tuple[e.SegmentStarted | p.GuestJoined, ...]:
    """The asked side becomes a part of the conversation."""
    if not side.party_agent:
        return (p.GuestJoined(side.consult_id, side.leg_id),)
    segment = next(one for one in turn.state.segments if one.segment_id == side.segment_id)
    started = e.SegmentStarted(turn.tables.new_id(), side.party_agent, "", segment.queue_id, side.leg_id, segment.bridge_id, reason)
    return (started,)


def _ended(turn: Turn, side: Side, result: str) -> p.ConsultEnded:
    seconds = (turn.now - side.answered_at).total_seconds() if side.answered_at else 0.0
    return p.ConsultEnded(side.consult_id, result, round(seconds, 3))
