"""What is journalled about dispositions: acts of their own, because nobody has the contact in hand any more."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class DispositionNotGiven(Event):
    """The agent was through with a contact of a queue that insists on a disposition, and none was given; it may be given later.

    The act's stream has the contact's id; what was given meanwhile and taken back again is journalled anew.
    """

    contact_id: str
    agent_id: str
    queue_id: str


@dataclass(frozen=True, slots=True)
class DispositionGivenLate(Event):
    """A contact that was left without its disposition has got one. Follows DispositionNotGiven in its stream."""

    contact_id: str
    person_id: str
