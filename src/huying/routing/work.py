"""The router's words: work, queues' rules, what can happen to them, and what the router wants done.

Times are aware datetimes in UTC; ids are opaque text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huying.foundation.journal.entry import Event


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What a queue does with its work. All times in seconds."""

    queue_id: str
    strategy: str = "longest_idle"
    offer_seconds: int = 20
    after_call_seconds: int = 60
    short_abandon_seconds: int = 5
    announce_seconds: int = 30


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A contact's stay in a queue. Items are served by `waiting_since`, then by id."""

    item_id: str
    contact_id: str
    queue_id: str
    waiting_since: datetime

    @property
    def order(self) -> tuple[datetime, str]:
        """Its place in the one line of all work."""
        return (self.waiting_since, self.item_id)


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece of work that rings at an agent."""

    offer_id: str
    item: WorkItem
    agent_id: str
    account: str
    expires_at: datetime


# --- what can happen -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Configured:
    """Queues and their members, whole; replaces what was known."""

    queues: Mapping[str, QueueRules]
    members: Mapping[str, frozenset[str]]
    """agent -> queues"""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An agent begins to work at an account."""

    agent_id: str
    account: str


@dataclass(frozen=True, slots=True)
class SignOut:
    """An agent stops; while in a contact, after it."""

    agent_id: str
    by: str = "self"


@dataclass(frozen=True, slots=True)
class ChooseStatus:
    """Somebody sets an agent's status."""

    agent_id: str
    status: str
    reason: str = ""
    by: str = "self"


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account can or cannot be rung."""

    account: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class AccountsSeen:
    """Exactly these accounts can be rung."""

    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class WorkArrived:
    """Something waits. `ringing`: after a restart, the offer that rings for it already."""

    item: WorkItem
    ringing: Offer | None = None


@dataclass(frozen=True, slots=True)
class WorkLeft:
    """It does not wait any longer: the customer left, or a rule moved it on."""

    item_id: str


@dataclass(frozen=True, slots=True)
class OfferAnswered:
    """The agent took it: true even where the router had just ended the offer, because the answer came first."""

    offer_id: str
    agent_id: str
    item: WorkItem


@dataclass(frozen=True, slots=True)
class OfferFailed:
    """`result`: refused, timed_out, unreachable."""

    offer_id: str
    result: str


@dataclass(frozen=True, slots=True)
class ContactHeld:
    """The agent put his contact on hold, or took it back."""

    agent_id: str
    contact_id: str
    held: bool


@dataclass(frozen=True, slots=True)
class AgentReleased:
    """The agent's part in a contact is over; `after_call` grants the queue's time for after-call work."""

    agent_id: str
    contact_id: str
    after_call: bool = True


@dataclass(frozen=True, slots=True)
class AfterCallFinished:
    """The agent is done with the after-call work."""

    agent_id: str


@dataclass(frozen=True, slots=True)
class AfterCallExtended:
    """The agent needs longer."""

    agent_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TimeCame:
    """The moment that `Router.due` named has come."""


@dataclass(frozen=True, slots=True)
class PresenceRestored:
    """After a restart: one past event of an agent's stream."""

    agent_id: str
    event: Event
    at: datetime


@dataclass(frozen=True, slots=True)
class AgentFoundStuck:
    """The contact this agent is shown in does not exist, or without him: he is freed."""

    agent_id: str
    contact_id: str


RoutingEvent = (
    Configured
    | SignIn
    | SignOut
    | ChooseStatus
    | AccountSeen
    | AccountsSeen
    | WorkArrived
    | WorkLeft
    | OfferAnswered
    | OfferFailed
    | ContactHeld
    | AgentReleased
    | AfterCallFinished
    | AfterCallExtended
    | TimeCame
    | PresenceRestored
    | AgentFoundStuck
)

# --- what the router wants done --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Ring this agent for this work."""

    offer: Offer
    explanation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """Stop ringing: the agent may not be rung any longer. The router counts the offer as ended already."""

    offer: Offer


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


RoutingCommand = MakeOffer | WithdrawOffer | RecordAgent | FreedStuckAgent
