"""A callback at a time that was booked: before it the customer stands in no queue, then he enters it, his agent being asked first. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huying.channels.callback.events import CallbackMoved
from huying.channels.voice.call.callback_words import CallbackMoveAsked
from huying.channels.voice.call.state import CallState, Phase
from huying.channels.voice.call.turn import Turn
from huying.routing.events import QueueEntered

CHANNEL = "callback"
BOOKED = "booked"


def waits_for_its_time(state: CallState) -> bool:
    """Whether the contact is a callback that has not come into its queue yet."""
    return state.phase is Phase.IN_FLOW and state.virtual and state.callback is not None and state.callback.due_at is not None


def until_due(turn: Turn) -> float:
    """Seconds until its time; none when it has come."""
    callback = turn.state.callback
    return (callback.due_at - turn.now).total_seconds() if callback and callback.due_at else 0.0


def stand(turn: Turn) -> None:
    """Its time has come: the wait in the queue begins, at the time that was promised."""
    callback, state = turn.state.callback, turn.state
    assert callback
    assert callback.due_at
    entered = QueueEntered(
        entry_id=turn.tables.new_id(),
        queue_id=callback.queue_id,
        origin="first",
        waiting_since=callback.due_at.isoformat(),
        channel=CHANNEL,
        needs={**turn.tables.language_need(callback.queue_id, state.language), **callback.needs},
        attributes={"language": state.language, **callback.attributes},
        wanted=wanted(callback.wanted_id, callback.wanted_seconds),
    )
    turn.record(entered, durable=True)


def wanted(agent_id: str, seconds: int) -> list[dict[str, Any]]:
    """Who is asked first, as the journal writes it."""
    return [{"agent_id": agent_id, "seconds": seconds, "why": BOOKED}] if agent_id and seconds else []


def moved(turn: Turn, asked: CallbackMoveAsked) -> CallbackMoved:
    """The event of another time."""
    settings = turn.tables.callbacks
    seconds = settings.own_seconds if asked.wanted_id else 0
    expires_at = expiry(asked.due_at, settings.expire_seconds)
    return CallbackMoved(asked.by, asked.due_at.isoformat(), expires_at.isoformat(), asked.queue_id, asked.wanted_id, seconds)


def expiry(due_at: datetime, seconds: int) -> datetime:
    """Until when the customer is called whose time that is."""
    return due_at + timedelta(seconds=seconds)
