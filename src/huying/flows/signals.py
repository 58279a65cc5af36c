"""What a flow is told. Any signal may come at any time; one that no longer matters is a no-op."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    """The playback is over: played to its end, or it failed (the flow goes on either way)."""

    playback: int


@dataclass(frozen=True, slots=True)
class DigitPressed:
    """The customer pressed one of 0-9, *, #."""

    digit: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer started by StartTimer has run out."""

    name: str


@dataclass(frozen=True, slots=True)
class QueueJoined:
    """The contact waits in the queue that EnterQueue named. Also given after a resume, for a stay that is still open."""

    place: int
    """1 is next; 0 is unknown."""
    people_waiting: int = 0
    announce_seconds: int = 0
    """The queue's setting: from the end of one announcement to the next; 0 announces nothing."""
    waiting_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """The contact's place in the queue is another."""

    place: int
    people_waiting: int = 0


@dataclass(frozen=True, slots=True)
class QueueLeft:
    """The stay is over. `result`: answered, timeout, overflow, full, closed, or any ending; the unknown take the exit `otherwise`."""

    result: str


@dataclass(frozen=True, slots=True)
class TransferEnded:
    """The transfer has its result: answered, busy, no_answer, failed, refused."""

    result: str


Signal = PlaybackFinished | DigitPressed | TimerDue | QueueJoined | PlaceChanged | QueueLeft | TransferEnded
