"""A call on its way into a queue: what routing goes by is looked up first, within a bounded time, and then it stands in the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from huying.channels.voice.call import words as w
from huying.channels.voice.call.callback_words import EndCallback, Returning
from huying.channels.voice.call.state import Phase
from huying.channels.voice.call.transferring import wanted
from huying.channels.voice.call.turn import Turn
from huying.flows.effects import EnterQueue
from huying.routing.events import QueueEntered
from huying.routing.router import work
from huying.routing.router.work import QueueRules
from huying.routing.treatment.treatment import Treatment

LOOK_UP_TIMER = "look-up"
LOOK_UP_SECONDS = 1.5
"""So long the call waits for what its owner finds out; a little longer than the owner itself."""
MOST_OVERFLOWS = 5
"""So many queues in a row pass a contact on; then it stays where its flow sends it."""


@dataclass(frozen=True, slots=True)
class Entering:
    """What is known of the stay that begins when the look-up is over."""

    look_up_id: str
    queue_id: str
    origin: str
    needs: Mapping[str, int]
    attributes: Mapping[str, str]
    asked_at: datetime
    waiting_since: datetime | None
    """What the wait counts from, when it is an older wait; None: from `asked_at`."""


def queue_of(turn: Turn, effect: EnterQueue) -> QueueRules | None:
    """The queue that the flow or another queue names."""
    return turn.tables.queue_by_id.get(effect.queue_id) if effect.queue_id else turn.tables.queue_by_code.get(effect.queue_code)


def may_overflow(turn: Turn, queue_id: str) -> bool:
    """Whether the contact can be passed on to this queue: it exists, is another one, and the chain is not too long."""
    stay = turn.state.stay
    is_other = stay is None or stay.queue_id != queue_id
    return is_other and queue_id in turn.tables.queue_by_id and turn.state.overflows < MOST_OVERFLOWS


def begin(turn: Turn, rules: QueueRules, effect: EnterQueue, waiting_since: datetime | None) -> Entering:
    """Ask what is known of the customer."""
    state = turn.state
    origin, since = effect.origin, waiting_since
    if state.stay is None:
        origin = "first"  # a recovery of somebody who had not reached the line yet
    elif origin == "overflow" or state.left == "overflowed":
        origin, since = "overflow", _kept_wait(turn)
    needs = {turn.tables.skills[code]: level for code, level in effect.needs.items() if code in turn.tables.skills}
    attributes = _attributes(turn, rules, effect)
    entering = Entering(turn.tables.new_id(), rules.queue_id, origin, needs, attributes, turn.now, since)
    turn.do(w.SetTimer(LOOK_UP_TIMER, LOOK_UP_SECONDS))
    known = (state.channel, state.customer_id, state.language)
    number = effect.customer_number or state.attributes.get("customer_number", "")
    turn.do(w.LookUp(entering.look_up_id, rules.queue_id, *known, attributes, needs, entering.origin, number))
    return entering


def give_up(turn: Turn) -> None:
    """The contact goes elsewhere before it stood in the line."""
    turn.do(w.CancelTimer(LOOK_UP_TIMER))


def enter(turn: Turn, entering: Entering, found: Treatment | None) -> None:
    """Stand in the line; without an answer with what the call knows by itself."""
    if turn.state.phase is not Phase.IN_FLOW:
        return
    turn.do(w.CancelTimer(LOOK_UP_TIMER))
    if found is None or found.queue_id not in turn.tables.queue_by_id:
        needs = {**turn.tables.language_need(entering.queue_id, turn.state.language), **entering.needs}
        found = Treatment(entering.queue_id, needs, entering.attributes, notes=("look_up_failed",))
    previous, since = turn.state.stay, entering.waiting_since or (entering.asked_at if entering.asked_at != turn.now else None)
    entered = QueueEntered(
        entry_id=turn.tables.new_id(),
        queue_id=found.queue_id,
        origin=entering.origin,
        previous_entry_id=previous.entry_id if previous else "",
        waiting_since=since.isoformat() if since else "",
        needs=dict(found.needs),
        attributes=dict(found.attributes),
        rank=found.rank,
        head_start_seconds=found.head_start_seconds,
        wanted=[_wanted(one) for one in found.wanted],
        notes=list(found.notes),
    )
    waits = turn.tables.returning.get(entered.queue_id) if entered.origin == "first" else None
    if waits is None:
        _stand(turn, entered, blocked=found.blocked)
    else:
        _stand(turn, _instead_of_callback(entered, waits), blocked=found.blocked)
        turn.do(EndCallback(waits.contact_id))


def _instead_of_callback(entered: QueueEntered, waits: Returning) -> QueueEntered:
    """A customer who waits in this queue to be called back is here himself: he has that place, and is not called any more."""
    since, notes = waits.waiting_since.isoformat(), [*entered.notes, "caller_returned"]
    return replace(entered, waiting_since=since, previous_entry_id=waits.entry_id, notes=notes)


def again(turn: Turn, rules: QueueRules, origin: str, waiting_since: datetime | None) -> None:
    """Stand in a queue's line at once, with all that is known already: passed on by a queue's rule, or when the agent was lost.

    Whom the first queue asked first is not waited for again.
    """
    before = turn.state.stay
    assert before
    since = _kept_wait(turn) if origin == "overflow" else waiting_since
    item = before.item
    entered = QueueEntered(
        entry_id=turn.tables.new_id(),
        queue_id=rules.queue_id,
        origin=origin,
        previous_entry_id=before.entry_id,
        waiting_since=since.isoformat() if since else "",
        needs=dict(turn.tables.language_need(rules.queue_id, turn.state.language)),
        attributes={**item.attributes, "queue": rules.code},
        rank=item.rank,
        head_start_seconds=item.head_start_seconds,
    )
    if rules.queue_id == item.queue_id:
        entered = replace(entered, needs=dict(item.needs))
    _stand(turn, entered)


def _stand(turn: Turn, entered: QueueEntered, *, blocked: bool = False) -> None:
    inside = turn.state.left == "answered"  # whose agent was lost does not stand at the door again
    if turn.state.transfer:
        before = turn.state.stay
        inside = inside and (before is None or before.queue_id == entered.queue_id)
        entered = _handed_on(turn, entered)
    turn.record(entered, durable=True)
    assert turn.state.stay
    turn.do(w.Route(work.WorkArrived(turn.state.stay.item, admitted=inside, blocked=blocked)))


def _handed_on(turn: Turn, entered: QueueEntered) -> QueueEntered:
    """An agent has handed the customer on: to somebody, or back to him."""
    origin = "transfer" if entered.origin in ("first", "recovery") else entered.origin
    people = [_wanted(one) for one in wanted(turn.state, entered.queue_id)]
    return replace(entered, origin=origin, wanted=[*people, *entered.wanted])


def _kept_wait(turn: Turn) -> datetime | None:
    """What the wait of work that overflows counts from, by the queue it comes from; None for now."""
    stay = turn.state.stay
    rules = turn.tables.queue_by_id.get(stay.queue_id) if stay else None
    return stay.waiting_since if stay and (rules is None or rules.overflow_keeps_wait) else None


def _attributes(turn: Turn, rules: QueueRules, effect: EnterQueue) -> dict[str, str]:
    state = turn.state
    known = {
        "channel": state.channel,
        "queue": rules.code,
        "language": state.language,
        "number_called": state.entry_point if state.channel == "phone" else "",
        "entry_point": state.entry_point,
    }
    return {**{key: value for key, value in known.items() if value}, **state.attributes, **effect.attributes}


def _wanted(one: work.Wanted) -> dict[str, Any]:
    return {"agent_id": one.agent_id, "seconds": one.seconds, "why": one.why}
