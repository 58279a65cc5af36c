"""What a flow is told. Any signal may come at any time; one that no longer matters is a no-op."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from huying.routing.router.requirements import Action
from huying.routing.router.work import Announcements

SILENT = Announcements(every_seconds=0)
"""Nothing is announced."""


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    """The playback is over: played to its end, or it failed (the flow goes on either way)."""

    playback: int
    completed: bool = True
    """False also when the customer is hanging up at this moment."""


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
    announcements: Announcements = SILENT
    """The queue's setting: what is said, and how long from the end of one announcement to the next; 0 announces nothing."""
    waiting_since: datetime | None = None
    keys: Mapping[str, Action] = field(default_factory=dict)
    """What the queue lets the customer do by a key."""
    estimate_seconds: int | None = None
    """How long the customer will probably wait from now on; None when that is not known."""


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """The contact's place in the queue is another."""

    place: int
    people_waiting: int = 0
    estimate_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The queue has no place for the contact (any longer): the flow takes it out with LeaveQueue at once.

    `why`: closed, full, blocked, nobody, timeout, rule. The node's exit of that name goes first, then the queue's `action`.
    """

    why: str
    action: Action | None = None
    detail: str = ""
    """Of closed: hours, holiday, emergency."""


@dataclass(frozen=True, slots=True)
class QueueLeft:
    """The stay is over. `result`: answered, or any other, which takes the exit of its name, else `otherwise`."""

    result: str


@dataclass(frozen=True, slots=True)
class TransferEnded:
    """The transfer has its result: answered, busy, no_answer, failed, refused."""

    result: str


@dataclass(frozen=True, slots=True)
class NumberKnown:
    """The number the customer can be called at, as it is spoken; empty when he must give one. `done`: it has been agreed already."""

    spoken: str = field(default="", repr=False)
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimeKnown:
    """Whether the customer can be called then: free, or why not: passed, closed, too_far, unknown (no time of day)."""

    result: str
    at: datetime | None = None
    """By the clocks of the business: the time he asked for, or if that is not possible the next one that is (None: there is none)."""


@dataclass(frozen=True, slots=True)
class CallbackArranged:
    """What became of RequestCallback: kept, not_allowed (the number), already (one is booked for this number), failed."""

    result: str


@dataclass(frozen=True, slots=True)
class MessageEnded:
    """The message is over; 0 when nothing could be recorded."""

    seconds: float


Signal = (
    PlaybackFinished
    | DigitPressed
    | TimerDue
    | QueueJoined
    | PlaceChanged
    | TurnedAway
    | QueueLeft
    | TransferEnded
    | NumberKnown
    | TimeKnown
    | CallbackArranged
    | MessageEnded
)
