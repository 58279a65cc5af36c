"""The router's words: work, queues' rules, what can happen to them, and what the router wants done.

Times are aware datetimes in UTC; ids are opaque text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from huying.foundation.journal.entry import Event
from huying.routing.router.requirements import Action, Requirements

CHANNELS = ("call", "callback", "chat", "email", "voicemail", "fax", "task")
"""Every kind of work. A callback is a call that the centre makes when the customer's turn comes."""
WAITED_FOR = frozenset({"call", "chat"})
"""Channels whose customer is at the other end while he waits."""
ALONE = {
    "call": frozenset({"email", "voicemail", "fax", "task"}),
    "callback": frozenset({"email", "voicemail", "fax", "task"}),
    "chat": frozenset({"chat", "email", "voicemail", "fax", "task"}),
    "email": frozenset({"email"}),
    "voicemail": frozenset({"email"}),
    "fax": frozenset({"email"}),
    "task": frozenset({"email"}),
}
"""The usual interruptions: work of a channel is offered to an agent who has nothing else in hand than work of these channels."""
ONE_OF_EACH = dict.fromkeys(CHANNELS, 1)
"""The usual capacity."""


NOBODY = Requirements(frozenset())
"""Of a queue without groups."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What missed and refused offers bring an agent.

    After `misses` in a row (timed out) or `refusals` in a row he goes into a break with the reason; 0 never. After fewer he is
    passed over for `rest_seconds`. An unreachable phone always brings the break, which ends when the phone is back.
    """

    misses: int = 1
    refusals: int = 1
    rest_seconds: int = 5


@dataclass(frozen=True, slots=True)
class Door:
    """Limits of a queue, and where work goes for which there is no place. 0 means no limit.

    Without an action the flow takes its exit of the same name: `closed`, `full`, `blocked`, `nobody` (no agent of the circle is
    signed in), `timeout`.
    """

    most_waiting: int = 0
    most_seconds: int = 0
    refuse_when_nobody: bool = False
    """Where nobody who could take it is signed in, work is not let in; calls and chats wait no longer when the last of them leaves."""
    actions: Mapping[str, Action] = field(default_factory=dict)
    """closed, full, blocked, nobody, timeout -> what is done"""


@dataclass(frozen=True, slots=True)
class Announcements:
    """What the waiting customer hears, and how often. Seconds are whole; 0 seconds: nothing."""

    every_seconds: int = 30
    place: bool = True
    people: bool = False
    estimate: bool = True
    own_wait: bool = False


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What a queue does with its work. All times in seconds.

    `strategy`: longest_idle, ring_all, round_robin, fewest_contacts, least_talk, highest_level, weighted_random.
    `idle_from`: what an agent's idle time counts from: handled (the end of the last handled contact), offered (the last offer),
    ready (the last time he became ready).
    """

    queue_id: str
    business_id: str = ""
    code: str = ""
    requirements: Requirements = NOBODY
    strategy: str = "longest_idle"
    idle_from: str = "handled"
    priority: int = 0
    """Head start in seconds of everything in this queue."""
    offer_seconds: int = 20
    after_call_seconds: int = 60
    after_call_most_seconds: int = 600
    """After-call work with all its extensions."""
    short_abandon_seconds: int = 5
    announcements: Announcements = Announcements()
    consequence: Consequence = Consequence()
    door: Door = Door()
    opening: Opening | None = None
    """When the queue is open; None for always."""
    keys: Mapping[str, Action] = field(default_factory=dict)
    """What the customer may press while waiting."""
    overflow_keeps_wait: bool = True
    """Whether the wait of work that overflowed from here counts from its beginning."""


class Opening(Protocol):
    """Business hours. Pure."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why (hours, holiday, emergency, ...; empty when open), and when that changes next (None: never)."""


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """What an agent can take. `skills` and `groups`: id -> level 1-10; languages and product knowledge are skills."""

    agent_id: str
    business_id: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=lambda: ONE_OF_EACH)
    """Channel -> pieces of work at a time."""
    after_call_seconds: int = -1
    """For his after-call work, whatever the queue grants; -1: as the queue says, 0: none."""
    joins: Mapping[str, frozenset[str]] = field(default_factory=lambda: ALONE)
    """Channel -> what he may have in hand when such work is offered to him."""


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


# --- what can happen -----------------------------------------------------------------------------------------------------


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

# --- what the router wants done --------------------------------------------------------------------------------------------


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
