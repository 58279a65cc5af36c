"""What a request for help writes into the contact's stream: persons and requests by id; the words stand in its row."""

from __future__ import annotations

from dataclasses import dataclass, field

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class HelpAsked(Event):
    """The agent asks colleagues for help with this contact. `audience`: leads, group, skill, people."""

    help_id: str
    agent_id: str
    audience: str
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HelpTaken(Event):
    """One of those who were asked takes it on."""

    help_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class HelpEnded(Event):
    """The request is over. `ending`: answered, done, withdrawn, call_ended (the agent is not in the contact any more)."""

    help_id: str
    ending: str
    person_id: str = ""
    """Who ended it, if somebody did."""
