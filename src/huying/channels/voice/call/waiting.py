"""A call in a queue: entering, being offered, leaving. Who is offered what is the router's decision, not this module's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huying.channels.voice.call import words as w
from huying.channels.voice.call.state import Phase, QueueStay
from huying.channels.voice.call.turn import Turn
from huying.foundation.errors import Conflict
from huying.routing import work
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.telephony.port import EndCause

OFFER_RESULTS = {
    EndCause.NO_ANSWER: "timed_out",
    EndCause.BUSY: "refused",
    EndCause.REFUSED: "refused",
    EndCause.UNREACHABLE: "unreachable",
    EndCause.FAILED: "unreachable",
    EndCause.CONGESTION: "unreachable",
    EndCause.NORMAL: "refused",
}


def item_of(turn: Turn, stay: QueueStay) -> work.WorkItem:
    """The router's view of a stay."""
    channel = "callback" if turn.state.virtual else "call"
    return work.WorkItem(stay.entry_id, turn.state.contact_id, stay.queue_id, stay.waiting_since, channel)


def arrival(turn: Turn, stay: QueueStay) -> work.WorkArrived:
    """Tell the router again, after a restart, what waits and what rings for it."""
    item, ringing = item_of(turn, stay), turn.state.ringing
    if ringing is None:
        return work.WorkArrived(item)
    return work.WorkArrived(item, (work.Offer(ringing.offer_id, item, ringing.agent_id, "", ringing.expires_at),), admitted=True)


def enter_queue(turn: Turn, queue_code: str, origin: str, waiting_since: datetime | None) -> bool:
    """Present the contact to the queue; false when there is none of this code."""
    rules = turn.tables.queue_by_code.get(queue_code)
    if rules is None:
        return False
    previous = turn.state.stay.entry_id if turn.state.stay else ""
    since = waiting_since.isoformat() if waiting_since else ""
    turn.record(QueueEntered(turn.tables.new_id(), rules.queue_id, origin, previous, since), durable=True)
    assert turn.state.stay
    turn.do(w.Route(work.WorkArrived(item_of(turn, turn.state.stay))))
    return True


def leave_queue(turn: Turn, ending: str) -> None:
    """End the stay with this ending; what rings is withdrawn first. Nothing happens when the contact does not wait."""
    stay = turn.state.stay
    if turn.state.phase is not Phase.WAITING or stay is None:
        return
    withdraw_offer(turn)
    turn.record(entry_ended(turn, stay, ending), durable=True)
    turn.do(w.Route(work.WorkLeft(stay.entry_id)))


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
    """Ring the agent that the router chose."""
    stay = turn.state.stay
    if turn.state.phase is not Phase.WAITING or stay is None or stay.entry_id != offer.item.item_id:
        turn.do(w.Route(work.WorkLeft(offer.item.item_id)))
        return
    leg_id = turn.tables.new_id()
    made = OfferMade(offer.offer_id, stay.entry_id, stay.queue_id, offer.agent_id, leg_id, offer.expires_at.isoformat(), dict(explanation))
    turn.record(made)
    seconds = max(1, round((offer.expires_at - turn.now).total_seconds()))
    turn.do(w.RingAccount(leg_id, offer.account, seconds))


def end_offer(turn: Turn, result: str) -> None:
    """The offer that rings has this result."""
    ringing = turn.state.ringing
    if ringing is None:
        return
    stay = turn.state.stay
    queue_id = stay.queue_id if stay else ""
    entry_id = stay.entry_id if stay else ""
    turn.record(OfferEnded(ringing.offer_id, entry_id, queue_id, ringing.agent_id, result))


def withdraw_offer(turn: Turn) -> None:
    """Stop ringing: somebody else or nobody takes the contact."""
    ringing = turn.state.ringing
    if ringing:
        end_offer(turn, "withdrawn")
        turn.do(w.HangUpLeg(ringing.leg_id))


def offer_leg_ended(turn: Turn, cause: EndCause) -> None:
    """The telephone that rang gave up, refused, or could not be reached: the router finds the next."""
    ringing = turn.state.ringing
    if ringing:
        result = OFFER_RESULTS[cause]
        end_offer(turn, result)
        turn.do(w.Route(work.OfferFailed(ringing.offer_id, result)))


def refuse(turn: Turn, agent_id: str) -> None:
    """The agent does not want what rings at his desk. Raises Conflict when it does not ring there."""
    ringing = turn.state.ringing
    if ringing is None or ringing.agent_id != agent_id:
        raise Conflict("This contact does not ring at your desk any longer.")
    offer_leg_ended(turn, EndCause.REFUSED)
    turn.do(w.HangUpLeg(ringing.leg_id))


def offer_accepted(turn: Turn) -> tuple[QueueEntryEnded, OfferEnded] | None:
    """The two endings that an answer brings; None when nothing rings."""
    ringing, stay = turn.state.ringing, turn.state.stay
    if ringing is None or stay is None:
        return None
    accepted = OfferEnded(ringing.offer_id, stay.entry_id, stay.queue_id, ringing.agent_id, "accepted")
    return entry_ended(turn, stay, "answered", ringing.agent_id), accepted
