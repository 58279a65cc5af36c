"""Where a contact is in its flow. A value; what a crash must not lose stands in the journal (node, language), the rest begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from huying.flows.signals import SILENT
from huying.routing.router.requirements import Action
from huying.routing.router.work import Announcements


class Phase(StrEnum):
    """What the flow waits for inside the node."""

    SPEAKING = "speaking"
    INPUT = "input"
    WAITING = "waiting"
    ANNOUNCING = "announcing"
    TRANSFERRING = "transferring"
    PARTING = "parting"
    """The last words to somebody who is not served are being said."""
    FINISHED = "finished"


class Outcome(StrEnum):
    """How a finished flow ended."""

    ANSWERED = "answered"
    """A person has the contact; the flow is done with it."""
    HUNG_UP = "hung_up"
    TROUBLE = "trouble"
    """The flow itself is faulty (a missing exit, a loop): the customer was told and the call ended."""


@dataclass(frozen=True, slots=True)
class FlowState:
    """One contact in one flow. Digits and variables are never printed or journalled."""

    flow_id: str
    version: int
    node: str
    language: str
    phase: Phase = Phase.SPEAKING
    outcome: Outcome | None = None
    playback: int = 0
    """Number of the latest playback."""
    playing: bool = False
    timers: frozenset[str] = frozenset()
    tries: int = 0
    """Failed tries in this node."""
    entered: int = 0
    """Nodes entered since the customer last did something."""
    in_queue: bool = False
    place: int = 0
    people_waiting: int = 0
    announcements: Announcements = SILENT
    keys: Mapping[str, Action] = field(default_factory=dict)
    """What the queue lets the customer do by a key."""
    estimate_seconds: int | None = None
    waiting_since: datetime | None = None
    home: str = ""
    """The queue node whose stay is kept while the contact is elsewhere, such as in an information menu."""
    origin: str = "first"
    """Origin of the next queue entry."""
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    digits: str = field(default="", repr=False)
    """Collected in this node."""
    buffer: str = field(default="", repr=False)
    """Pressed ahead of the question."""

    @property
    def finished(self) -> bool:
        """Nothing more will come from this flow."""
        return self.phase is Phase.FINISHED
