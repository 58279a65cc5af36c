"""What can happen to work and agents: all that the router is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huying.foundation.journal.entry import Event
from huying.routing.router.work.agents import AgentProfile
from huying.routing.router.work.items import Offer, WorkItem
from huying.routing.router.work.rules import QueueRules


@dataclass(frozen=True, slots=True)
class Configured:
    """Queues and their members, whole; replaces what was known."""

    queues: Mapping[str, QueueRules]
    agents: Mapping[str, AgentProfile]


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
class ChooseGroups:
    """An agent leaves or enters groups he is a member of: `left` are those he does not work for now."""

    agent_id: str
    left: frozenset[str]
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
    """Something waits. `ringing`: after a restart, the offers that ring for it already. `admitted`: it is not held up at the door,
    because it is inside already (a restart, a callback that keeps its place, an agent who was lost).
    """

    item: WorkItem
    ringing: tuple[Offer, ...] = ()
    admitted: bool = False
    blocked: bool = False
    """The caller is on the list of those who are not served."""


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
    """`result`: refused, timed_out, unreachable. `reason`: of refused, what the agent chose."""

    offer_id: str
    result: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Engaged:
    """An agent is in a contact that no queue offered him: he is asked, called by a colleague, calls himself. `state`: ringing, talking.

    He is offered nothing that may not join it; `AgentReleased` ends it. Of somebody who is not signed in it says nothing.
    """

    agent_id: str
    contact_id: str
    state: str
    channel: str = "call"
    queue_id: str = ""
    """Whose after-call work follows; empty for none."""


@dataclass(frozen=True, slots=True)
class ContactHeld:
    """The agent put his contact on hold, or took it back."""

    agent_id: str
    contact_id: str
    held: bool


@dataclass(frozen=True, slots=True)
class AgentReleased:
    """The agent's part in a contact is over; `after_call` grants the queue's time for after-call work, or `seconds` where there is none."""

    agent_id: str
    contact_id: str
    after_call: bool = True
    seconds: int = 0


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
    | ChooseGroups
    | AccountSeen
    | AccountsSeen
    | WorkArrived
    | WorkLeft
    | OfferAnswered
    | OfferFailed
    | Engaged
    | ContactHeld
    | AgentReleased
    | AfterCallFinished
    | AfterCallExtended
    | TimeCame
    | PresenceRestored
    | AgentFoundStuck
)
