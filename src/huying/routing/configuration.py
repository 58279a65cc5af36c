"""What the router, the calls and the figures must know of queues and agents, as plain values. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huying.admin.calendar.calendars import Calendars
from huying.routing.router.work import AgentProfile, QueueRules
from huying.routing.rules.problems import Problem


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """One queue: the router's rules, and what else is said about it. All times in whole seconds."""

    rules: QueueRules
    name: Mapping[str, str]
    position: int = 0
    active: bool = True
    groups: tuple[str, ...] = ()
    """Ids of the groups that serve it from the first second on."""
    requirements: str = ""
    """As people write them."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the written requirements; if it is more than warnings, the groups alone count."""
    service_level_seconds: int = 20
    target_percent: int = 80
    """The service level that is promised."""
    service_level_kind: str = "SL1"
    """The formula of the service level: SL1, SL2, SL3, SL4."""
    record: bool = True
    schedule_id: str | None = None
    last_agent_days: int = 0
    """Whoever spoke with the same customer within so many days is asked first; 0: nobody is."""
    last_agent_wait_seconds: int = 0
    """How long only that agent is asked."""
    language_level: int = 0
    """The least level of the caller's language that an agent must have; 0: it is not asked for."""
    internal_number: str = ""
    """By which people of the house reach it; empty: by none."""

    @property
    def queue_id(self) -> str:
        """The queue's id."""
        return self.rules.queue_id

    @property
    def business_id(self) -> str:
        """The business it belongs to."""
        return self.rules.business_id

    @property
    def code(self) -> str:
        """Its code, unique in the business."""
        return self.rules.code


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """One agent. `queues` are ids, in the order of the queues, of those that the agent's groups serve."""

    profile: AgentProfile
    name: str
    extension: str
    queues: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """Codes of the languages that the agent has a level of."""
    auto_answer: bool = False
    simulated: bool = False

    @property
    def agent_id(self) -> str:
        """The person's id."""
        return self.profile.agent_id

    @property
    def business_id(self) -> str:
        """The business he works for."""
        return self.profile.business_id


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """A group of agents."""

    group_id: str
    business_id: str
    code: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SkillSettings:
    """A skill. `kind`: skill, product, language; a language's code is its primary subtag (zh, en)."""

    skill_id: str
    business_id: str
    code: str
    name: Mapping[str, str]
    kind: str = "skill"


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """All active queues, agents, groups and skills, by id, in their order."""

    queues: Mapping[str, QueueSettings]
    agents: Mapping[str, AgentSettings]
    groups: Mapping[str, GroupSettings] = field(default_factory=dict)
    skills: Mapping[str, SkillSettings] = field(default_factory=dict)
    calendars: Calendars = field(default_factory=Calendars)
    """When what is open."""

    def language_skill(self, business_id: str, language: str) -> str:
        """The id of the skill for a language as the contact has it (zh-CN, en); empty when there is none."""
        subtag = language.partition("-")[0].lower()
        return next(
            (
                skill.skill_id
                for skill in self.skills.values()
                if skill.business_id == business_id and skill.kind == "language" and skill.code == subtag
            ),
            "",
        )
