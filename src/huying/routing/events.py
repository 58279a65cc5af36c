"""What routing writes into the journal: a contact's stays in queues, its offers, and the states of agents.

Queue and offer events stand in the contact's stream; agent events in the agent's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from huying.foundation.journal.entry import Event

# Endings of a queue entry (one each): answered, abandoned, short_abandoned, overflowed, self_served, called_back, voicemail,
# forwarded, ended, not_reached, refused, lost. Results of an offer: accepted, refused, timed_out, unreachable, withdrawn.


@dataclass(frozen=True, slots=True)
class QueueEntered(Event):
    """A contact was presented to a queue. `origin`: first, overflow, transfer, recovery, callback."""

    entry_id: str
    queue_id: str
    origin: str
    previous_entry_id: str = ""
    waiting_since: str = ""
    """ISO time the wait counts from; empty for the entry's own time."""
    channel: str = "call"
    """call, callback, chat, email, voicemail, fax, task"""
    needs: dict[str, int] = field(default_factory=dict)
    """Skill (id) -> least level that the contact itself asks for."""
    attributes: dict[str, str] = field(default_factory=dict)
    """What rules may look at: language, customer_class, region, number_called, menu_choice, ... No personal data."""
    rank: int = 0
    head_start_seconds: int = 0
    wanted: list[dict[str, Any]] = field(default_factory=list)
    """Persons asked first: {agent_id, seconds, why}."""
    notes: list[str] = field(default_factory=list)
    """What decided all this: vip, green_channel, last_agent, hook, hook_failed, ..."""


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """An agent's device is being rung for an entry."""

    offer_id: str
    entry_id: str
    queue_id: str
    agent_id: str
    leg_id: str
    expires_at: str
    explanation: dict[str, Any] = field(default_factory=dict)
    """Why this agent: `rule`, `passed_over` (reason -> count), `nearest` (up to five agents)."""


@dataclass(frozen=True, slots=True)
class OfferEnded(Event):
    """An offer found its one result."""

    offer_id: str
    entry_id: str
    queue_id: str
    agent_id: str
    result: str
    reason: str = ""
    """Of refused: the code of the reason that the agent chose, where he chose one."""


@dataclass(frozen=True, slots=True)
class QueueEntryEnded(Event):
    """A stay in a queue found its one ending. `waited_seconds` from the start of the wait to here."""

    entry_id: str
    queue_id: str
    ending: str
    waited_seconds: float
    agent_id: str = ""
    reason: str = ""
    """Of refused, overflowed and the like: closed, full, blocked, nobody, timeout, rule, key."""


@dataclass(frozen=True, slots=True)
class AgentSignedIn(Event):
    """The agent began a session of work at a device (browser, phone). Opens the stream's live part."""

    opens_stream: ClassVar[bool] = True

    account: str
    status: str
    queues: list[str] = field(default_factory=list)
    handled: int = 0
    """Contacts of the same work day before this session."""
    talk_seconds: float = 0.0
    """Conversation of the same work day before this session."""


@dataclass(frozen=True, slots=True)
class AgentSignedOut(Event):
    """The agent ended the session. `by`: self, lead, system."""

    closes_stream: ClassVar[bool] = True

    by: str = "self"
    by_person: str = ""
    """Of lead: which person."""


@dataclass(frozen=True, slots=True)
class AgentStatusChosen(Event):
    """Status is chosen by a person (or forced): ready or break, with the reason. `by`: self, lead, system."""

    status: str
    reason: str = ""
    by: str = "self"
    by_person: str = ""
    """Of lead: which person."""


@dataclass(frozen=True, slots=True)
class AgentStateChanged(Event):
    """State is observed: idle, ringing, talking, holding, after_call. With several contacts in hand, that of this one."""

    state: str
    contact_id: str = ""
    """Of idle: the contact that is over; empty for all."""
    queue_id: str = ""
    ends_at: str = ""
    """For after_call: when it ends by itself."""
    channel: str = "call"


@dataclass(frozen=True, slots=True)
class AgentDeviceChanged(Event):
    """The agent's device can or cannot be rung."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class AgentOfferMissed(Event):
    """An offer ended against the agent: `result` is timed_out, refused or unreachable."""

    offer_id: str
    contact_id: str
    queue_id: str
    result: str
    rests_until: str = ""
    """ISO time until which he is passed over; empty when he is not."""
    reason: str = ""
    """Of refused: what the agent chose, where he chose one."""


@dataclass(frozen=True, slots=True)
class AgentGroupsChosen(Event):
    """Which of his groups the agent does not work for now. `by`: self, lead, system."""

    left: list[str] = field(default_factory=list)
    by: str = "self"
    by_person: str = ""
    """Of lead: which person."""


@dataclass(frozen=True, slots=True)
class AgentMoved(Event):
    """A lead changed which groups the agent is a member of, while the agent was at work. `groups` are those from now on."""

    by_person: str
    groups: list[str] = field(default_factory=list)
