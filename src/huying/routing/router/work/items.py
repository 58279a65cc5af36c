"""A piece of work: a contact's stay in a queue, and its offer to an agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person this work should go to, and for how many seconds nobody else is asked.

    `why`: green_channel, last_agent, request_owner, rule, transfer, transfer_back.
    """

    agent_id: str
    seconds: int
    why: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A contact's stay in a queue.

    All work stands in one line, by `rank` (higher first), then by the time it waits since less its head start, then by id. A head
    start is how priorities age: whoever has 300 s is served before all who came less than 300 s before him.
    """

    item_id: str
    contact_id: str
    queue_id: str
    waiting_since: datetime
    channel: str = "call"
    needs: Mapping[str, int] = field(default_factory=dict)
    """Skill (id) -> least level, beyond what the queue asks for."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """language, customer_class, region, number_called, menu_choice, entry_point, and what the flow has set."""
    rank: int = 0
    head_start_seconds: int = 0
    wanted: tuple[Wanted, ...] = ()
    """Asked one after the other, before everybody; whoever is not signed in or on a break is not waited for."""

    @property
    def order(self) -> tuple[int, datetime, str]:
        """Its place in the one line of all work."""
        return (-self.rank, self.waiting_since - timedelta(seconds=self.head_start_seconds), self.item_id)


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece of work that rings at an agent."""

    offer_id: str
    item: WorkItem
    agent_id: str
    account: str
    expires_at: datetime
