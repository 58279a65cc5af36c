"""What the events of a callback make of what is known of it. Never raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from huying.analytics.folds.facts import CallbackFact
from huying.channels.callback.events import CallbackDialled, CallbackMoved, CallbackNotReached, CallbackRequested
from huying.foundation.journal.entry import Event

CALLBACK_EVENTS = (CallbackRequested, CallbackMoved, CallbackDialled, CallbackNotReached)


def callback_after(before: CallbackFact | None, event: Event, at: datetime) -> CallbackFact | None:
    """The callback after this event; None where the event does not fit."""
    if isinstance(event, CallbackRequested):
        return _requested(event, at) if before is None else None
    if before is None:
        return None
    match event:
        case CallbackMoved() if not before.agent_id:
            moved = replace(before, tries=0, next_at=None, last_result="", queue_id=event.queue_id, wanted_id=event.wanted_id)
            return replace(moved, due_at=moment_of(event.due_at, at), expires_at=moment_of(event.expires_at, at))
        case CallbackDialled() if not before.agent_id:
            return replace(before, agent_id=event.agent_id, dials=event.try_number, next_at=None)
        case CallbackNotReached() if before.agent_id:
            next_at = moment_of(event.next_at, at) if event.next_at else None
            return replace(before, agent_id="", tries=before.tries + event.counted, next_at=next_at, last_result=event.result)
    return None


def _requested(event: CallbackRequested, at: datetime) -> CallbackFact:
    due_at = moment_of(event.due_at, at) if event.due_at else None
    fact = CallbackFact(event.by, event.previous_contact_id, moment_of(event.expires_at, at), queue_id=event.queue_id)
    return replace(fact, due_at=due_at, booked_by=event.agent_id, wanted_id=event.wanted_id)


def moment_of(text: str, otherwise: datetime) -> datetime:
    """The moment of an ISO text; `otherwise` when it is empty or no moment."""
    try:
        value = datetime.fromisoformat(text) if text else otherwise
    except ValueError:
        return otherwise
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
