"""What a flow asks for: sounds, timers, queues, endings. Frozen values; whoever owns the call carries them out in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class Say:
    """One entry of the prompt catalogue in one language (BCP 47: zh-CN, en)."""

    key: str
    language: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two items."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sound of the business's own: a WAV file of 8 kHz, its path without `.wav`."""

    path: str


Item = Say | Pause | Recorded


@dataclass(frozen=True, slots=True)
class Play:
    """Play the items to the customer; music ends. `PlaybackFinished(playback)` must follow unless StopPlaying came first."""

    playback: int
    """Counts from 1 within one run of the flow (a resumed run counts anew): map it to an engine id of your own."""
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Stop this playback; its PlaybackFinished, if it still comes, is ignored."""

    playback: int


@dataclass(frozen=True, slots=True)
class StartMusic:
    """Music from now on, until something is played, the customer is joined with an agent, or StopMusic."""


@dataclass(frozen=True, slots=True)
class StopMusic:
    """No more music."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Give `TimerDue(name)` after so many seconds; a running timer of the same name starts anew."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget this timer."""

    name: str


@dataclass(frozen=True, slots=True)
class EnterQueue:
    """Present the contact to a queue. QueueJoined, TurnedAway or QueueLeft must follow. `origin`: first, overflow, recovery.

    The queue is named by its code, or with `queue_id` by its id. `needs`: skill (code) -> least level.
    """

    queue_code: str
    origin: str = "first"
    queue_id: str = ""
    needs: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    customer_number: str = field(default="", repr=False)
    """What the flow's variable of this name holds: by which number another system knows the customer."""


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """Take the contact out of the queue; no QueueLeft follows.

    `ending`: overflowed, forwarded, ended, self_served, voicemail, called_back, lost. `reason`: closed, full, blocked, nobody,
    timeout, rule, key.
    """

    ending: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """The contact goes on in this language."""

    language: str


@dataclass(frozen=True, slots=True)
class TransferTo:
    """Connect the customer with a number, a person (id or extension) or a duty telephone (code). TransferEnded follows.

    `kind`: number, person, duty.
    """

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class AskNumber:
    """At which number can the customer be called back? NumberKnown follows at once."""


@dataclass(frozen=True, slots=True)
class AskTime:
    """Can the customer be called at this time of day (keys HHMM), so many days from today? TimeKnown follows at once.

    The queue as in RequestCallback.
    """

    days_ahead: int
    digits: str
    queue_code: str = ""


@dataclass(frozen=True, slots=True)
class RequestCallback:
    """Call the customer back when his turn comes, or at `due_at`; CallbackArranged follows. Without a number: at the one he calls from.

    The queue is the one he waits in, else the one of this code, else the one he was in last.
    """

    number: str = field(default="", repr=False)
    queue_code: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordMessage:
    """Record what the customer says; a stay in a queue ends as voicemail. MessageEnded follows. The queue as in RequestCallback.

    With a `person_id` it goes into that person's mailbox instead.
    """

    queue_code: str
    most_seconds: int
    silence_seconds: int
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class StopMessage:
    """The customer has said it all."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The flow is over: end the call. `cause`: flow_ended, system (a fault in the flow)."""

    cause: str = "flow_ended"


@dataclass(frozen=True, slots=True)
class Write:
    """Put this event into the contact's stream of the journal."""

    event: Event


Effect = (
    Play
    | StopPlaying
    | StartMusic
    | StopMusic
    | StartTimer
    | CancelTimer
    | EnterQueue
    | LeaveQueue
    | SetLanguage
    | TransferTo
    | AskNumber
    | AskTime
    | RequestCallback
    | RecordMessage
    | StopMessage
    | HangUp
    | Write
)
