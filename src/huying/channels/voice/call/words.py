"""The words of a call: what can happen to it besides the engine's own events, and what it wants done.

All commands are carried out in the order given; a durable `Record` is committed before what follows it has any effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huying.channels.voice.call.callback_words import (
    BeginCallback,
    EndCallback,
    ForgetCallback,
    KeepCallback,
)
from huying.channels.voice.call.engine_words import EngineCommand
from huying.channels.voice.call.party_words import KeepParty
from huying.flows.graph import Flow
from huying.foundation.journal.entry import Event
from huying.routing.router.requirements import Action
from huying.routing.router.work import Offer, RoutingEvent
from huying.routing.treatment.treatment import Treatment
from huying.telephony.port import Snapshot
from huying.telephony.sound_quality import SoundFigures

# --- what can happen -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    """A customer's leg has entered and everything needed to serve it is known."""

    channel: str
    entry_point: str
    customer_id: str
    language: str
    flow: Flow
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class OfferFor:
    """The router wants this agent to be rung for the contact."""

    offer: Offer
    explanation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfferTakenBack:
    """The router took the offer back: the agent may not be rung any longer. `result`: withdrawn, or timed_out."""

    offer_id: str
    result: str = "withdrawn"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to a `LookUp`: what is known of the customer that routing goes by."""

    look_up_id: str
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The router has no place for the contact (any longer), and has forgotten it. `at_door`: it never stood in the queue."""

    entry_id: str
    why: str = ""
    action: Action | None = None
    at_door: bool = False
    detail: str = ""
    """Of closed: hours, holiday, emergency."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The contact's place in the queue is known. `joined` when it has just arrived there. `estimate_seconds`: from now on."""

    entry_id: str
    place: int
    people_waiting: int
    joined: bool
    estimate_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class RefuseAsked:
    """The agent does not want what he is offered. `reason`: the code of one of the business's reasons, or empty."""

    agent_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HangUpAsked:
    """The agent ends the conversation."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class EndAsked:
    """A lead, the visitor's page or the system ends the contact. `cause` as in ContactEnded."""

    cause: str


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """The agent wants the customer on hold, or back."""

    agent_id: str
    held: bool


@dataclass(frozen=True, slots=True)
class MuteAsked:
    """The agent closes or opens the microphone."""

    agent_id: str
    muted: bool


@dataclass(frozen=True, slots=True)
class DigitsAsked:
    """The agent sends keypad tones to the customer's side."""

    agent_id: str
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """The agent pauses or resumes the recording."""

    agent_id: str
    paused: bool


@dataclass(frozen=True, slots=True)
class RejoinAsked:
    """The agent's page or telephone is new: ring it and put it in place of the old leg."""

    agent_id: str
    account: str


@dataclass(frozen=True, slots=True)
class AgentSilent:
    """No sound comes from the agent's leg any more and his page is gone."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegMeasured:
    """What the engine has counted of a leg's sound so far."""

    leg_id: str
    figures: SoundFigures


@dataclass(frozen=True, slots=True)
class TimerCame:
    """A timer of `SetTimer` ran out."""

    name: str


@dataclass(frozen=True, slots=True)
class EngineTruth:
    """What the engine has at the moment `asked_at`; younger legs and bridges may be missing in it.

    `restarted`: the engine itself died, so that every older leg died by our fault. `recovered`: our own process was started anew.
    `reconnected`: the connection was away for a while, and what happened meanwhile was not told.
    """

    snapshot: Snapshot
    asked_at: datetime
    restarted: bool = False
    recovered: bool = False
    reconnected: bool = False


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The engine has finished it; `seconds` of the customer's side. It is being kept now."""

    recording_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class RecordingKept:
    """The sound is in the store. `missing_seconds` of the conversation are not in it."""

    recording_id: str
    seconds: float
    missing_seconds: float


# --- what the call wants done ------------------------------------------------------------------------------------------------


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
class LookUp:
    """Find out what is known of the customer, and give `LookedUp`. Nobody waits longer for it than a timer of the call's own."""

    look_up_id: str
    queue_id: str
    channel: str
    customer_id: str
    language: str
    attributes: Mapping[str, str]
    needs: Mapping[str, int]
    """Skill (id) -> least level: what the flow asks for."""
    origin: str
    customer_number: str = field(default="", repr=False)
    """By which number the flow says another system knows the customer."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Give TimerCame after so many seconds; a timer of the same name starts anew."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget a timer."""

    name: str


CallbackCommand = KeepCallback | ForgetCallback | BeginCallback | EndCallback
CallCommand = Record | Route | LookUp | SetTimer | CancelTimer | KeepParty | CallbackCommand | EngineCommand
