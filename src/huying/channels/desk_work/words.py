"""The words of work at the desk: what can happen to it, and what it wants done, in order.

What the router says to the owner of a contact, and that an agent refuses what he is offered, are the words of calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huying.channels.voice.call.words import OfferFor as OfferFor
from huying.channels.voice.call.words import OfferTakenBack as OfferTakenBack
from huying.channels.voice.call.words import RefuseAsked as RefuseAsked
from huying.channels.voice.call.words import TurnedAway as TurnedAway
from huying.foundation.journal.entry import Event
from huying.routing.router.work import RoutingEvent

# --- what can happen -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    """Its first events stand in the journal."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """Our process was started anew. `holder_works`: whether the agent who is at it is signed in."""

    holder_works: bool


@dataclass(frozen=True, slots=True)
class AcceptAsked:
    """The agent takes what he is offered."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class TakeAsked:
    """An agent who is signed in takes it out of the line, or what he kept for later, without being offered it."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class ParkAsked:
    """The agent keeps it for later."""

    agent_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ReturnAsked:
    """The agent gives it back to the queue."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class FinishAsked:
    """It is done."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """It is not to be done any more."""


@dataclass(frozen=True, slots=True)
class TimerCame:
    """A timer of `SetTimer` ran out."""

    name: str


WorkEvent = (
    Begun
    | Recovered
    | OfferFor
    | OfferTakenBack
    | TurnedAway
    | AcceptAsked
    | TakeAsked
    | RefuseAsked
    | ParkAsked
    | ReturnAsked
    | FinishAsked
    | CancelAsked
    | TimerCame
)

# --- what it wants done ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """Write these events into the contact's stream."""

    events: tuple[Event, ...]
    durable: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """Tell the router."""

    event: RoutingEvent


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Give TimerCame at this time; a timer of the same name is replaced."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget a timer."""

    name: str


@dataclass(frozen=True, slots=True)
class WriteDown:
    """Write into the subject's rows whose it is (empty: nobody's) and, when it is over, what came of it (done, cancelled)."""

    holder_id: str
    result: str = ""


WorkCommand = Record | Route | SetTimer | CancelTimer | WriteDown
