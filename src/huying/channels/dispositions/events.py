"""What is journalled about dispositions: acts of their own, because nobody has the contact in hand any more."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class DispositionNotGiven(Event):
    """The agent was through with a contact of a queue that insists on a disposition, and none was given; it may be given later.

    At most one for each contact; the act's stream has the contact's id.
    """

    contact_id: str
    agent_id: str
    queue_id: str
