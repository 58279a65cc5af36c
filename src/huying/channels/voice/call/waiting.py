"""A call in a queue: being offered, leaving. Who is offered what is the router's decision, not this module's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase, QueueStay, Ringing
from huying.channels.voice.call.turn import Turn
from huying.flows.signals import QueueJoined
from huying.foundation.errors import Conflict
from huying.routing.events import OfferEnded, OfferMade, QueueEntryEnded
from huying.routing.router import work
from huying.routing.router.requirements import Action
from huying.telephony.port import EndCause

OFFER_RESULTS = {
    EndCause.NO_ANSWER: "timed_out",
    EndCause.BUSY: "refused",
    EndCause.REFUSED: "refused",
    EndCause.UNREACHABLE: "unreachable",
    EndCause.FAILED: "unreachable",
    EndCause.CONGESTION: "unreachable",
    EndCause.NORMAL: "refused",
    EndCause.ANSWERED_ELSEWHERE: "refused",
}


def arrival(turn: Turn, stay: QueueStay) -> work.WorkArrived:
    """Tell the router again, after a restart, what waits and what rings for it."""
    offers = (work.Offer(ring.offer_id, stay.item, ring.agent_id, "", ring.expires_at) for ring in turn.state.rings)
    return work.WorkArrived(stay.item, tuple(offers), admitted=True)


def leave_queue(turn: Turn, ending: str, reason: str = "") -> None:
    """End the stay with this ending; what rings is withdrawn first. Nothing happens when the contact does not wait."""
    stay = turn.state.stay
    if turn.state.phase is not Phase.WAITING or stay is None:
        return
    withdraw_offers(turn)
    turn.record(entry_ended(turn, stay, ending, reason=reason), durable=True)
    turn.do(w.Route(work.WorkLeft(stay.entry_id)))


def joined(turn: Turn, stay: QueueStay, placed: w.Placed) -> QueueJoined:
    """What the flow learns of the queue that the contact stands in."""
    rules = turn.tables.queue_by_id.get(stay.queue_id)
    usable = {key: action for key, action in (rules.keys if rules else {}).items() if _can(turn, action)}
    return QueueJoined(
        place=placed.place,
        people_waiting=placed.people_waiting,
        announcements=rules.announcements if rules else work.Announcements(every_seconds=0),
        waiting_since=stay.waiting_since,
        keys=usable,
        estimate_seconds=placed.estimate_seconds,
    )


def _can(turn: Turn, action: Action) -> bool:
    if action.do == "callback":
        return bool(turn.tables.trunk)
    return action.do != "overflow" or action.target in turn.tables.queue_by_id


def gave_up(turn: Turn) -> str:
    """The ending of a customer who hangs up while waiting, by the queue's limit for short abandons."""
    stay = turn.state.stay
    rules = turn.tables.queue_by_id.get(stay.queue_id) if stay else None
    limit = rules.short_abandon_seconds if rules else 5
    waited = (turn.now - stay.waiting_since).total_seconds() if stay else 0.0
    return "short_abandoned" if waited <= limit else "abandoned"


def entry_ended(turn: Turn, stay: QueueStay, ending: str, agent_id: str = "", reason: str = "") -> QueueEntryEnded:
    """The one ending of a stay, with the wait until now."""
    waited = round((turn.now - stay.waiting_since).total_seconds(), 3)
    return QueueEntryEnded(stay.entry_id, stay.queue_id, ending, waited, agent_id, reason)


def make_offer(turn: Turn, offer: work.Offer, explanation: Mapping[str, Any]) -> None:
    """Ring the agent that the router chose, beside others where all are rung."""
    stay = turn.state.stay
    if turn.state.phase is not Phase.WAITING or stay is None or stay.entry_id != offer.item.item_id:
        turn.do(w.Route(work.WorkLeft(offer.item.item_id)))
        return
    leg_id = turn.tables.new_id()
    made = OfferMade(offer.offer_id, stay.entry_id, stay.queue_id, offer.agent_id, leg_id, offer.expires_at.isoformat(), dict(explanation))
    turn.record(made)
    seconds = max(1, round((offer.expires_at - turn.now).total_seconds()))
    turn.do(ew.RingAccount(leg_id, offer.account, seconds))


def offer_ended(turn: Turn, ring: Ringing, result: str, reason: str = "") -> OfferEnded:
    """The one result of what rings."""
    stay = turn.state.stay
    return OfferEnded(ring.offer_id, stay.entry_id if stay else "", stay.queue_id if stay else "", ring.agent_id, result, reason)


def withdraw_offer(turn: Turn, ring: Ringing, result: str = "withdrawn") -> None:
    """Stop ringing at one agent's."""
    turn.record(offer_ended(turn, ring, result))
    turn.do(ew.HangUpLeg(ring.leg_id))


def withdraw_offers(turn: Turn) -> None:
    """Stop ringing: nobody takes the contact."""
    for ring in turn.state.rings:
        withdraw_offer(turn, ring)


def answered_elsewhere(turn: Turn, others: Iterable[Ringing]) -> None:
    """Stop ringing where somebody else was quicker: no telephone shows a missed call."""
    for ring in others:
        turn.do(ew.HangUpLeg(ring.leg_id, EndCause.ANSWERED_ELSEWHERE))


def offer_leg_ended(turn: Turn, ring: Ringing, cause: EndCause, reason: str = "") -> None:
    """The telephone that rang gave up, refused, or could not be reached: the router finds the next."""
    result = OFFER_RESULTS[cause]
    turn.record(offer_ended(turn, ring, result, reason))
    turn.do(w.Route(work.OfferFailed(ring.offer_id, result, reason)))


def refuse(turn: Turn, agent_id: str, reason: str = "") -> None:
    """The agent does not want what rings at his desk. Raises Conflict when it does not ring there."""
    ring = turn.state.ring_for(agent_id)
    if ring is None:
        raise Conflict("This contact does not ring at your desk any longer.")
    offer_leg_ended(turn, ring, EndCause.REFUSED, reason)
    turn.do(ew.HangUpLeg(ring.leg_id))


def offers_settled(turn: Turn, answered: Ringing) -> tuple[OfferEnded, ...]:
    """What an answer brings: it is accepted, and whatever else rings is withdrawn."""
    return tuple(offer_ended(turn, ring, "accepted" if ring.offer_id == answered.offer_id else "withdrawn") for ring in turn.state.rings)
