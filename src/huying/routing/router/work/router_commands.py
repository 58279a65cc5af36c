"""What the router wants done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huying.foundation.journal.entry import Event
from huying.routing.router.requirements import Action
from huying.routing.router.work.items import Offer, WorkItem


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Ring this agent for this work."""

    offer: Offer
    explanation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """Stop ringing. The router counts the offer as ended already. `result`: withdrawn, or timed_out when nobody else said so."""

    offer: Offer
    result: str = "withdrawn"


@dataclass(frozen=True, slots=True)
class TurnAway:
    """This work is in the queue no longer: `why` is closed, full, blocked, nobody, timeout or rule; without `action` the flow decides.

    The router has forgotten it already; the contact's owner ends the entry (refused at the door, otherwise as the action says).
    """

    item: WorkItem
    why: str
    action: Action | None = None
    detail: str = ""
    """Of closed: hours, holiday, emergency."""


@dataclass(frozen=True, slots=True)
class RecordAgent:
    """Write this into the agent's stream."""

    agent_id: str
    event: Event


@dataclass(frozen=True, slots=True)
class FreedStuckAgent:
    """An agent was shown in a contact that does not exist; he is free again. To be journalled as repaired debris."""

    agent_id: str
    contact_id: str


RoutingCommand = MakeOffer | WithdrawOffer | TurnAway | RecordAgent | FreedStuckAgent
