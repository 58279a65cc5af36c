"""What a call is besides: somebody who is to be called back. The fold of the callback's own events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from huying.channels.callback import events as c


@dataclass(frozen=True, slots=True)
class Dial:
    """The customer's telephone rings, and an agent listens."""

    leg_id: str
    agent_id: str
    agent_leg_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Callback:
    """Someone who waits without a telephone at his ear. `tries`: those that count; `dials`: all."""

    queue_id: str
    previous_contact_id: str
    expires_at: datetime
    tries: int = 0
    dials: int = 0
    next_at: datetime | None = None
    dial: Dial | None = None
    due_at: datetime | None = None
    wanted_id: str = ""
    wanted_seconds: int = 0
    agent_id: str = ""
    """Who booked it."""
    needs: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What it asks for in the queue when its time comes."""


def callback_after(callback: Callback | None, event: object, at: datetime) -> Callback | None:
    """The callback after an event of its stream. Other events change nothing."""
    match event:
        case c.CallbackRequested():
            found = Callback(event.queue_id, event.previous_contact_id, datetime.fromisoformat(event.expires_at), agent_id=event.agent_id)
            due_at = datetime.fromisoformat(event.due_at) if event.due_at else None
            found = replace(found, due_at=due_at, wanted_id=event.wanted_id, wanted_seconds=event.wanted_seconds)
            return replace(found, needs=event.needs, attributes=event.attributes)
        case c.CallbackMoved() if callback:
            return Callback(
                event.queue_id,
                callback.previous_contact_id,
                datetime.fromisoformat(event.expires_at),
                dials=callback.dials,
                due_at=datetime.fromisoformat(event.due_at),
                wanted_id=event.wanted_id,
                wanted_seconds=event.wanted_seconds,
                agent_id=callback.agent_id,
                needs=callback.needs if callback.queue_id == event.queue_id else {},
                attributes=callback.attributes,
            )
        case c.CallbackDialled() if callback:
            dial = Dial(event.leg_id, event.agent_id, event.agent_leg_id, at)
            return replace(callback, dials=event.try_number, dial=dial, next_at=None)
        case c.CallbackNotReached() if callback:
            next_at = datetime.fromisoformat(event.next_at) if event.next_at else None
            return replace(callback, tries=callback.tries + event.counted, next_at=next_at, dial=None)
    return callback
