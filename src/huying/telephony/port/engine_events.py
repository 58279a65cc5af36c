"""What the engine says, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huying.telephony.port.snapshot import Snapshot


class EndCause(StrEnum):
    """Why a leg ended, from the engine's view."""

    NORMAL = "normal"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    """Told to a telephone that stops ringing because another one was answered: it shows no missed call."""
    UNREACHABLE = "unreachable"
    CONGESTION = "congestion"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LegEntered:
    """An inbound leg has arrived and waits for us (it has not been answered)."""

    leg_id: str
    number_called: str
    remote_number: str
    remote_name: str
    entry_token: str
    """For a web visitor the `entry` of the account, otherwise empty."""
    trunk: str
    account: str
    """The account that called (a visitor's or an agent's), otherwise empty."""


@dataclass(frozen=True, slots=True)
class LegRinging:
    """The far end of an outbound leg rings."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegAnswered:
    """The far end of an outbound leg has answered; it is under our control now."""

    leg_id: str


@dataclass(frozen=True, slots=True)
class LegEnded:
    """The leg is gone. `by_far_end` is true when the party hung up and false when we did."""

    leg_id: str
    cause: EndCause
    by_far_end: bool


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """The party pressed a key: one of 0-9, *, #, A-D."""

    leg_id: str
    digit: str


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """All media of the playback were played, or it was stopped (`completed` false) or failed (`completed` false)."""

    playback_id: str
    leg_id: str
    completed: bool


@dataclass(frozen=True, slots=True)
class HoldChanged:
    """The party's own phone put us on hold or took us back (SIP re-INVITE)."""

    leg_id: str
    held: bool


@dataclass(frozen=True, slots=True)
class TransferRequested:
    """The party's own phone wants its call handed on (SIP REFER): to what was dialled, or into the call of another of its legs.

    Nothing has happened yet; `Engine.transfer_done` tells the phone how it went.
    """

    leg_id: str
    number: str
    replaces: str = ""
    """The leg whose other side is to be connected; empty for a number."""


@dataclass(frozen=True, slots=True)
class RecordingStarted:
    """Both sides are being written."""

    recording_id: str


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The files are complete. Paths are absolute, one file a side (WAV, 8 or 16 kHz, mono); durations in seconds as written."""

    recording_id: str
    near_path: str
    """The sound that came from the leg that is recorded (the customer)."""
    far_path: str
    """The sound that was sent to it (the agent)."""
    near_seconds: float
    far_seconds: float


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """Nothing more will come of this recording."""

    recording_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountReachable:
    """An account has (or no longer has) a registered phone that answers."""

    account: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class EngineConnected:
    """The connection stands (again); the snapshot is the truth from here on.

    An inbound leg in it that nobody knows entered while nobody listened; no LegEntered follows for it.
    """

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class EngineLost:
    """The connection with the engine broke. Calls may go on inside it."""

    reason: str


@dataclass(frozen=True, slots=True)
class EngineGone:
    """After EngineLost: nothing listens at the engine's address any more, so its process is dead and every call with it."""


EngineEvent = (
    LegEntered
    | LegRinging
    | LegAnswered
    | LegEnded
    | DigitReceived
    | PlaybackEnded
    | HoldChanged
    | TransferRequested
    | RecordingStarted
    | RecordingEnded
    | RecordingFailed
    | AccountReachable
    | EngineConnected
    | EngineLost
    | EngineGone
)
