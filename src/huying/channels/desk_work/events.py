"""What work at the desk writes into its contact's stream, besides the words of queues and segments."""

from __future__ import annotations

from dataclasses import dataclass

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class DeskWorkGiven(Event):
    """What the contact is about. Stands right after ContactEntered. `subject`: task, voicemail; what it says stands in its own row."""

    subject: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class DeskWorkParked(Event):
    """The agent who had it in hand keeps it for later; from `until` (ISO time) on it is offered again, to him first."""

    agent_id: str
    until: str
