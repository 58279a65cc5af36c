"""What a message writes into its contact's stream, besides its recording, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class MessageStarted(Event):
    """After the tone: the customer speaks. The message is the recording of this id. `entry_id`: the stay he left for it, if any."""

    recording_id: str
    queue_id: str
    entry_id: str = ""
    person_id: str = ""
    """Whose mailbox it is for; then it is for no queue."""


@dataclass(frozen=True, slots=True)
class MessageLeft(Event):
    """The customer has spoken. Very short ones are not kept as messages."""

    recording_id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class MessageHandled(Event):
    """A person did something with a message: took, gave_back, done, reopened. Stands in a stream of its own."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    message_id: str
    contact_id: str
    what: str
