"""The words of a call for what it wants of the engine: legs, bridges, sounds, recordings. Carried out in the order given."""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.channels.voice.call.callback_words import (
    Ringback,
    RingCustomer,
)
from huying.channels.voice.call.dial_words import Beep, RingOutside
from huying.flows.effects import Item
from huying.telephony.port import EndCause


@dataclass(frozen=True, slots=True)
class AnswerLeg:
    """Answer the customer's leg."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class RingAccount:
    """Ring an agent's telephone."""

    leg_id: str
    account: str
    timeout_seconds: int
    auto_answer: bool = False


@dataclass(frozen=True, slots=True)
class RingNumber:
    """Ring a number over a trunk."""

    leg_id: str
    number: str
    trunk: str
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class HangUpLeg:
    """End a leg."""

    leg_id: str
    cause: EndCause = EndCause.NORMAL


@dataclass(frozen=True, slots=True)
class JoinLegs:
    """Put the legs in the bridge. Keys pressed on those of `absorb` are told us and not heard by the others."""

    bridge_id: str
    leg_ids: tuple[str, ...]
    absorb: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LeaveBridge:
    """Take a leg out of the bridge."""

    bridge_id: str
    leg_id: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Let a leg that is in no bridge hear what another one says and hears; `whisper`: that one alone hears it too."""

    leg_id: str
    to_leg_id: str
    whisper: bool


@dataclass(frozen=True, slots=True)
class StopListening:
    """The leg hears nothing of it any longer."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class DestroyBridge:
    """The conversation is over."""

    bridge_id: str


@dataclass(frozen=True, slots=True)
class PlayItems:
    """Play to a leg."""

    playback_id: str
    leg_id: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StopPlayback:
    """Stop playing."""

    playback_id: str


@dataclass(frozen=True, slots=True)
class Music:
    """Start or stop the music on a leg."""

    leg_id: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteLeg:
    """Silence what comes from a leg, or not."""

    leg_id: str
    muted: bool


@dataclass(frozen=True, slots=True)
class SendDigits:
    """Send keypad tones to a leg."""

    leg_id: str
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Record both sides of a leg; with limits until then, or until the party has said nothing for so long (0: no limit)."""

    recording_id: str
    leg_id: str
    most_seconds: int = 0
    silence_seconds: int = 0


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Pause or go on."""

    recording_id: str
    paused: bool


@dataclass(frozen=True, slots=True)
class StopRecording:
    """Finish."""

    recording_id: str


EngineCommand = (
    AnswerLeg
    | RingAccount
    | RingNumber
    | RingCustomer
    | RingOutside
    | Beep
    | Ringback
    | HangUpLeg
    | JoinLegs
    | LeaveBridge
    | DestroyBridge
    | Listen
    | StopListening
    | PlayItems
    | StopPlayback
    | Music
    | MuteLeg
    | SendDigits
    | StartRecording
    | PauseRecording
    | StopRecording
)
