"""What steering writes into the journal, beside what the steered agent's own stream says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class AgentSteered(Event):
    """A lead changed what an agent does. `what`: status, sign_out, groups, moved, contact_ended, callback_cancelled;
    `detail` says to what, by code or id."""

    closes_stream: ClassVar[bool] = True

    by_person_id: str
    agent_id: str
    what: str
    detail: str = ""
    contact_id: str = ""
