"""A customer who gives up waiting at the telephone: for a callback that keeps the place, or for a message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from huying.channels.callback.events import CallbackRequested
from huying.channels.callback.numbers import dialled
from huying.channels.callback.when import ClosedThen, TimePassed, TimeTooFar, TimeUnknown, check, nearest, on_day
from huying.channels.events import ContactEntered
from huying.channels.messages.events import MessageLeft, MessageStarted
from huying.channels.voice import events as e
from huying.channels.voice.call import callback_words as cw
from huying.channels.voice.call import engine_words as ew
from huying.channels.voice.call import waiting
from huying.channels.voice.call import words as w
from huying.channels.voice.call.booked import expiry
from huying.channels.voice.call.state import Phase, QueueStay
from huying.channels.voice.call.turn import Turn
from huying.flows import effects as f
from huying.flows.signals import NumberKnown, TimeKnown
from huying.foundation.errors import HuyingError
from huying.foundation.journal.entry import Event
from huying.routing.events import QueueEntered
from huying.routing.router import work

CHANNEL = "callback"
CALLED_BACK = "called_back"
WHY_NOT: dict[type[HuyingError], str] = {TimePassed: "passed", TimeTooFar: "too_far", ClosedThen: "closed"}


def number_known(turn: Turn) -> NumberKnown:
    """At which number this customer can be called."""
    own = turn.tables.own_number
    return NumberKnown(dialled(own) if own else "", done=turn.state.left == CALLED_BACK)


def ask_to_keep(turn: Turn, effect: f.RequestCallback) -> str:
    """Have it written down whom to call; the id of the contact that the callback will be, empty when there is no way to call."""
    if not turn.tables.trunk or not _queue(turn, effect.queue_code):
        return ""
    contact_id = turn.tables.new_id()
    turn.do(cw.KeepCallback(contact_id, effect.number, _queue(turn, effect.queue_code) if effect.due_at else ""))
    return contact_id


def time_known(turn: Turn, asked: f.AskTime) -> TimeKnown:
    """Whether this customer can be called at that time from the queue he will wait in, and if not, when next."""
    tables, now, most_days = turn.tables, turn.now, turn.tables.callbacks.most_days
    rules = tables.queue_by_id.get(_queue(turn, asked.queue_code))
    opening = rules.opening if rules else None
    try:
        at = on_day(asked.days_ahead, asked.digits, tables.zone, now)
    except TimeUnknown:
        return TimeKnown("unknown")
    try:
        check(at, now, opening, most_days)
    except (TimePassed, TimeTooFar, ClosedThen) as error:
        found = nearest(at, now, opening, most_days)
        return TimeKnown(WHY_NOT[type(error)], found.astimezone(tables.zone) if found else None)
    return TimeKnown("free", at.astimezone(tables.zone))


def exchange(turn: Turn, contact_id: str, queue_code: str, due_at: datetime | None) -> None:
    """The callback begins where the stay at the telephone ends, in one commit: with its place, its wait and all it asked for.

    With a time it waits in no queue until then, and stands there with what the customer asked for.
    """
    state, stay = turn.state, turn.state.stay
    waits = state.phase is Phase.WAITING
    queue_id = _queue(turn, queue_code)
    stands = _entered(turn, queue_id, stay)
    requested = CallbackRequested(
        by="queue" if stay else "flow",
        queue_id=queue_id,
        previous_contact_id=state.contact_id,
        expires_at=expiry(due_at or turn.now, turn.tables.callbacks.expire_seconds).isoformat(),
        due_at=due_at.astimezone(UTC).isoformat() if due_at else "",
        needs=stands.needs if due_at else {},
        attributes=stands.attributes if due_at else {},
    )
    entered = ContactEntered(CHANNEL, "outbound", state.entry_point, state.customer_id, state.language, "")
    first: tuple[Event, ...] = (entered, requested) if due_at else (entered, requested, stands)
    if waits and stay:
        waiting.withdraw_offers(turn)
        turn.begin_callback(contact_id, first, waiting.entry_ended(turn, stay, CALLED_BACK, reason="booked" if due_at else "key"))
        turn.do(w.Route(work.WorkLeft(stay.entry_id)))
    else:
        turn.begin_callback(contact_id, first)


def _queue(turn: Turn, code: str) -> str:
    """The queue (id) somebody waits in, or is named, or he was in last."""
    state = turn.state
    named = turn.tables.queue_by_code.get(code)
    if named and not (state.phase is Phase.WAITING and state.stay):
        return named.queue_id
    return state.stay.queue_id if state.stay else ""


def _entered(turn: Turn, queue_id: str, stay: QueueStay | None) -> QueueEntered:
    if stay is None or stay.queue_id != queue_id:
        attributes = {"language": turn.state.language, **turn.state.attributes}
        needs = dict(turn.tables.language_need(queue_id, turn.state.language))
        return QueueEntered(turn.tables.new_id(), queue_id, "first", channel=CHANNEL, needs=needs, attributes=attributes)
    item = stay.item
    return QueueEntered(
        entry_id=turn.tables.new_id(),
        queue_id=queue_id,
        origin=CHANNEL,
        previous_entry_id=stay.entry_id,
        waiting_since=stay.waiting_since.isoformat(),
        channel=CHANNEL,
        needs=dict(item.needs),
        attributes=dict(item.attributes),
        rank=item.rank,
        head_start_seconds=item.head_start_seconds,
        wanted=[_wanted(one) for one in item.wanted],
    )


def _wanted(one: work.Wanted) -> dict[str, Any]:
    return {"agent_id": one.agent_id, "seconds": one.seconds, "why": one.why}


# --- messages ----------------------------------------------------------------------------------------------------------------


def begin_message(turn: Turn, effect: f.RecordMessage) -> None:
    """The tone has sounded: the stay is over, and what the customer says is recorded."""
    stay, recording_id = turn.state.stay, turn.tables.new_id()
    queue_id = "" if effect.person_id else _queue(turn, effect.queue_code)
    waiting.leave_queue(turn, "voicemail", "key")
    turn.record(
        e.CallRecordingStarted(recording_id, recording_id, turn.state.recordings + 1),
        MessageStarted(recording_id, queue_id, stay.entry_id if stay else "", effect.person_id),
        durable=True,
    )
    turn.do(ew.StartRecording(recording_id, turn.state.caller_leg, effect.most_seconds, effect.silence_seconds))


def stop_message(turn: Turn) -> None:
    """The customer has said it all."""
    if turn.state.message:
        turn.do(ew.StopRecording(turn.state.message))


def message_over(turn: Turn, recording_id: str, seconds: float) -> bool:
    """The engine has finished a recording; whether it is the message of this call."""
    if turn.state.message != recording_id:
        return False
    turn.record(MessageLeft(recording_id, round(seconds, 3)), durable=True)
    return True
