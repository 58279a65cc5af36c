"""What the voice process must know from outside itself, as a port: configuration, customers by number, the record of a contact.

Everything here is a copy that survives the database: a call is served with what was read last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Protocol

from huying.channels.callback.settings import CallbackSettings
from huying.channels.devices.settings import BY_HAND, ChosenDevices, WorkSettings
from huying.channels.dialling.plan import DialPlan
from huying.channels.keypad.actions import USUAL_CODES, Codes
from huying.channels.reach.duty import Roster
from huying.channels.reach.reach import ReachSettings
from huying.channels.service import EntryPoint, NewInteraction
from huying.channels.voice.call.limit import NO_LIMIT, Limit
from huying.flows.effects import Item
from huying.flows.graph import Flow
from huying.routing.configuration import RoutingSettings
from huying.routing.hooks.asking import Hook
from huying.routing.router.work import AgentProfile, Configured, QueueRules
from huying.routing.treatment.treatment import BusinessPolicy, QueuePolicy
from huying.telephony.port import PhoneAccount, Trunk


@dataclass(frozen=True, slots=True)
class StandardSound:
    """A standard recording that an agent may play to a customer: what is spoken, by language."""

    business_id: str
    items: Mapping[str, tuple[Item, ...]]

    def spoken_in(self, language: str) -> tuple[Item, ...]:
        """In this language, or in the first there is."""
        return self.items.get(language) or next(iter(self.items.values()), ())


@dataclass(frozen=True)
class Configuration:
    """All that calls are served by, of every business."""

    routing: RoutingSettings
    entries: Mapping[tuple[str, str], EntryPoint]
    """(kind, address) -> entry"""
    flows: Mapping[str, Flow]
    """flow id -> its published version"""
    accounts: Sequence[PhoneAccount] = ()
    account_owners: Mapping[str, str] = field(default_factory=dict)
    """account -> person"""
    trunks: Sequence[Trunk] = ()
    trunk_owners: Mapping[str, str] = field(default_factory=dict)
    """trunk -> business"""
    callbacks: Mapping[str, CallbackSettings] = field(default_factory=dict)
    """business -> how it calls back"""
    policies: Mapping[str, BusinessPolicy] = field(default_factory=dict)
    """business -> its callers' rules and classes of customers"""
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    """queue -> its hook"""
    flow_owners: Mapping[str, str] = field(default_factory=dict)
    """flow id -> business"""
    sounds: Mapping[str, StandardSound] = field(default_factory=dict)
    """id -> a standard recording"""
    codes: Mapping[str, Codes] = field(default_factory=dict)
    """business -> its feature codes, where it has chosen any"""
    devices: Mapping[str, ChosenDevices] = field(default_factory=dict)
    """agent -> what rings when he is rung"""
    work: Mapping[str, WorkSettings] = field(default_factory=dict)
    """agent -> what goes on by itself in his work"""
    time_zones: Mapping[str, str] = field(default_factory=dict)
    """business -> IANA name"""
    dial_plans: Mapping[str, DialPlan] = field(default_factory=dict)
    """business -> how it dials"""
    reach: Mapping[str, ReachSettings] = field(default_factory=dict)
    """person -> how he is reached"""
    rosters: Mapping[str, Mapping[str, Roster]] = field(default_factory=dict)
    """business -> code -> duty telephone"""

    @cached_property
    def browsers(self) -> frozenset[str]:
        """Accounts that are browsers."""
        return frozenset(account.name for account in self.accounts if account.kind == "browser")

    @cached_property
    def rules(self) -> Mapping[str, QueueRules]:
        """Queue id -> the rules the router and the calls go by."""
        return {queue.queue_id: queue.rules for queue in self.routing.queues.values()}

    @cached_property
    def queues_by_code(self) -> Mapping[str, Mapping[str, QueueRules]]:
        """Business -> queue code -> rules."""
        found: dict[str, dict[str, QueueRules]] = {}
        for queue in self.routing.queues.values():
            found.setdefault(queue.business_id, {})[queue.code] = self.rules[queue.queue_id]
        return found

    def for_router(self) -> Configured:
        """The router's part."""
        agents = {agent.agent_id: self._profile(agent.profile) for agent in self.routing.agents.values()}
        return Configured(queues=self.rules, agents=agents)

    def talk_limit(self, agent_id: str) -> Limit:
        """How long this agent's conversations may last."""
        own = self.work.get(agent_id)
        return Limit(own.most_talk_seconds, own.warn_seconds) if own else NO_LIMIT

    def accept_seconds(self, agent_id: str) -> int:
        """After how many seconds a task or message that is offered is in this agent's hands by itself; BY_HAND."""
        own = self.work.get(agent_id)
        return own.accept_seconds if own else BY_HAND

    def _profile(self, profile: AgentProfile) -> AgentProfile:
        own = self.work.get(profile.agent_id)
        return replace(profile, after_call_seconds=own.after_call_seconds) if own else profile

    def policy_of(self, business_id: str) -> BusinessPolicy:
        """How the business treats contacts on their way into a queue."""
        return self._treatments.get(business_id, BusinessPolicy())

    @cached_property
    def _treatments(self) -> Mapping[str, BusinessPolicy]:
        queues: dict[str, dict[str, QueuePolicy]] = {}
        for queue in self.routing.queues.values():
            policy = QueuePolicy(queue.queue_id, queue.last_agent_days, queue.last_agent_wait_seconds, queue.language_level)
            queues.setdefault(queue.business_id, {})[queue.queue_id] = policy
        languages: dict[str, dict[str, str]] = {}
        for skill in self.routing.skills.values():
            if skill.kind == "language":
                languages.setdefault(skill.business_id, {})[skill.code] = skill.skill_id
        return {
            business: replace(self.policies.get(business, BusinessPolicy()), queues=policies, language_skills=languages.get(business, {}))
            for business, policies in queues.items()
        }

    def language_need(self, queue_id: str, language: str) -> Mapping[str, int]:
        """What the queue asks of agents for a contact of this language: skill (id) -> least level."""
        queue = self.routing.queues.get(queue_id)
        skill = self.routing.language_skill(queue.business_id, language) if queue and queue.language_level else ""
        return {skill: queue.language_level} if queue and skill else {}

    def skills_of(self, business_id: str) -> Mapping[str, str]:
        """Code -> id of the business's skills."""
        return {skill.code: skill.skill_id for skill in self.routing.skills.values() if skill.business_id == business_id}

    def flow_of(self, business_id: str, flow_id: str) -> Flow | None:
        """The published flow of this id, when it is the business's."""
        return self.flows.get(flow_id) if self.flow_owners.get(flow_id) == business_id else None

    def trunk_of(self, business_id: str) -> str:
        """The trunk by which the business reaches numbers outside; empty for none."""
        return next((trunk.name for trunk in self.trunks if self.trunk_owners.get(trunk.name) == business_id), "")

    def line_number_of(self, business_id: str) -> str:
        """The number that customers see who are called; empty for none."""
        numbers = [address for (kind, address), entry in self.entries.items() if kind == "number" and entry.business_id == business_id]
        return min(numbers, default="")

    def codes_of(self, business_id: str) -> Codes:
        """What telephones can do by codes."""
        return self.codes.get(business_id, USUAL_CODES)

    def home_queue(self, agent_id: str) -> str:
        """The queue (id) that takes a call which comes back to this agent and belongs to no queue: the first that he serves."""
        agent = self.routing.agents.get(agent_id)
        groups = agent.profile.groups.keys() if agent else frozenset()
        served = [queue.queue_id for queue in self.routing.queues.values() if groups & set(queue.groups)]
        return min(served, default="")

    @cached_property
    def unrecorded(self) -> frozenset[str]:
        """Queues whose conversations are not to be recorded."""
        return frozenset(queue.queue_id for queue in self.routing.queues.values() if not queue.record)


@dataclass(frozen=True, slots=True)
class CallerFacts:
    """What is known of a caller that routing goes by; empty where nothing is."""

    customer_class: str = ""
    last_agent_id: str = ""
    last_agent_at: datetime | None = None
    request_owner_id: str = ""
    """Who has the customer's open request in hand."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A person wants to talk with a colleague as soon as both are free."""

    wish_id: str
    business_id: str
    person_id: str
    called_id: str
    expires_at: datetime


class OpenRequests(Protocol):
    """Who has the open request of a customer in hand. Until requests are kept, it is who follows up a contact."""

    async def owner_of(self, business_id: str, customer_id: str, number: str, since: datetime) -> str:
        """The agent of the newest open one of the customer, or of the number (E.164), since then; empty for none. Raises Unavailable."""


class Directory(Protocol):
    """Where the voice process looks things up."""

    async def load(self) -> Configuration:
        """The configuration as it is now. Raises Unavailable."""

    async def flow(self, flow_id: str, version: int) -> Flow | None:
        """One version of a flow, for calls that began in it. Raises Unavailable."""

    async def customer_of(self, business_id: str, number: str) -> tuple[str, str]:
        """The id and language of the customer who has this number; empty texts when unknown. Raises Unavailable."""

    async def customer_numbered(self, business_id: str, customer_number: str) -> tuple[str, str]:
        """The id and language of the customer of this customer number; empty texts when unknown. Raises Unavailable."""

    async def say_whose(self, business_id: str, contact_id: str, customer_id: str) -> None:
        """Keep whose contact this is. Raises NotFound when the contact is not kept yet, Unavailable."""

    async def caller_facts(
        self, business_id: str, customer_id: str, number: str, since: datetime | None, requests_since: datetime | None
    ) -> CallerFacts:
        """What routing goes by: the customer's class, who spoke with him since then, who has his open request since then in hand.

        None: nobody cares. Raises Unavailable.
        """

    async def may_not_be_called(self, business_id: str, number: str) -> bool:
        """Does the customer of this number (E.164) not want to be called? Raises Unavailable."""

    async def mailboxes(self) -> Mapping[str, tuple[int, int]]:
        """Person -> how many messages in his mailbox he has not heard, and how many he has and are not done. Raises Unavailable."""

    async def wishes(self) -> Sequence[Wish]:
        """Calls between colleagues that are wanted as soon as both are free. Raises Unavailable."""

    async def end_wish(self, wish: Wish, state: str, contact_id: str = "") -> bool:
        """It is waited for no longer; whether it was until now. Raises Unavailable."""

    async def keep_interaction(self, interaction: NewInteraction) -> None:
        """Keep the record of a contact; done again it changes nothing. Raises Unavailable."""

    async def keep_party(self, business_id: str, contact_id: str, party_id: str, number: str) -> None:
        """Keep the number of somebody outside who takes part in a contact; done again it changes nothing. Raises Unavailable."""

    async def forget_interaction(self, business_id: str, contact_id: str) -> None:
        """There was no such contact after all. Raises Unavailable."""

    async def numbers_of(self, contact_ids: Sequence[str]) -> Mapping[str, str]:
        """The numbers in the records of these contacts. Raises Unavailable."""
