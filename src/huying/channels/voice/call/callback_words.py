"""The words of callbacks: what can happen to one, and what a call wants done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from huying.foundation.journal.entry import Event

# --- what can happen -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallbackBegun:
    """The callback stands in the journal, and its owner has begun to work."""


@dataclass(frozen=True, slots=True)
class CallbackKept:
    """The answer to `KeepCallback`: kept, not_allowed (the number), already (one is booked), or failed (it could not be written down)."""

    contact_id: str
    result: str


@dataclass(frozen=True, slots=True)
class CallbackEndAsked:
    """The callback is not wanted any more. `reason`: caller_returned, cancelled."""

    reason: str


@dataclass(frozen=True, slots=True)
class CallbackMoveAsked:
    """The customer is to be called at another time, or by somebody else."""

    by: str
    due_at: datetime
    queue_id: str
    wanted_id: str = ""


# --- what is wanted ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeepCallback:
    """Write down whom to call under this new contact, when the number may be called. Without a number: the one he calls from."""

    contact_id: str
    number: str = field(default="", repr=False)
    booked_from: str = ""
    """The queue (id) from which it is booked for a time; empty for none."""


@dataclass(frozen=True, slots=True)
class ForgetCallback:
    """It came to nothing: what was written down goes."""

    contact_id: str


@dataclass(frozen=True, slots=True)
class BeginCallback:
    """Commit the call's own `events` together with the first ones of the callback's stream; then let the callback begin."""

    events: tuple[Event, ...]
    contact_id: str
    first: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class EndCallback:
    """The customer is here himself: end his callback."""

    contact_id: str


@dataclass(frozen=True, slots=True)
class RingCustomer:
    """Ring the customer's number over a trunk; `shown` is the number he sees."""

    leg_id: str
    trunk: str
    shown: str
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class Ringback:
    """Let the agent hear that it rings, until the playback is stopped."""

    playback_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class Returning:
    """A callback of the customer who calls, and since when he waits for it."""

    contact_id: str
    entry_id: str
    waiting_since: datetime
