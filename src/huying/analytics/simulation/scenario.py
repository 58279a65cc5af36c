"""What a scenario says: the people who call, the people who answer, and the rules between them. Checks it, decides nothing."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from huying.analytics.simulation.distributions import Distribution, Seconds
from huying.routing.router.ranking import STRATEGIES


def _clock(value: Any) -> float:
    """`"08:30"` as seconds since midnight; more than 24 hours mean the next day. YAML reads 08:30 without quotes as a number of minutes."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) * 60.0
    hours, colon, minutes = str(value).partition(":")
    if not colon or not hours.isdigit() or not minutes.isdigit() or int(hours) > 47 or int(minutes) > 59:
        raise ValueError(f'"{value}" is no time of day: write for example "08:30"')
    return int(hours) * 3600.0 + int(minutes) * 60.0


def _span(value: Any) -> tuple[float, float]:
    """`"08:00-16:30"` as seconds since midnight; an end before the start is on the next day."""
    start, dash, end = str(value).partition("-")
    if not dash:
        raise ValueError(f'"{value}" is no span of time: write for example "08:00-16:30"')
    begins, ends = _clock(start.strip()), _clock(end.strip())
    return begins, ends if ends > begins else ends + 86400.0


def _levels(value: Any) -> Any:
    return dict.fromkeys(value, 5) if isinstance(value, list) else value


def _several(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Clock = Annotated[float, BeforeValidator(_clock)]
ClockSpan = Annotated[tuple[float, float], BeforeValidator(_span)]
Spans = Annotated[list[ClockSpan], BeforeValidator(_several)]
Levels = Annotated[dict[str, Annotated[int, Field(ge=1, le=10)]], BeforeValidator(_levels)]
"""Names with levels 1-10; a bare list means level 5."""
Share = Annotated[float, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ActionPart(_Part):
    """Where work goes."""

    do: Literal["overflow", "voicemail", "callback", "forward", "menu", "goodbye"]
    target: str = ""


class DoorPart(_Part):
    """Limits of a queue."""

    most_waiting: int = Field(default=0, ge=0)
    most_seconds: int = Field(default=0, ge=0)
    refuse_when_nobody: bool = False
    actions: dict[Literal["closed", "full", "blocked", "nobody", "timeout"], ActionPart] = {}


class ConsequencePart(_Part):
    """What missed offers bring an agent."""

    misses: int = Field(default=1, ge=0)
    refusals: int = Field(default=1, ge=0)
    rest_seconds: int = Field(default=5, ge=0)


class QueuePart(_Part):
    """A queue."""

    groups: list[str]
    requirements: str = ""
    """The rules of relaxing, as they are written in the administration."""
    strategy: str = "longest_idle"
    idle_from: Literal["handled", "offered", "ready"] = "handled"
    head_start_seconds: int = Field(default=0, ge=0)
    offer_seconds: int = Field(default=20, ge=1)
    after_call_seconds: int = Field(default=600, ge=0)
    after_call_most_seconds: int = Field(default=1800, ge=0)
    short_abandon_seconds: int = Field(default=5, ge=0)
    service_level_seconds: int = Field(default=20, ge=0)
    service_level_kind: Literal["SL1", "SL2", "SL3", "SL4"] = "SL1"
    target_percent: float = Field(default=80, ge=0, le=100)
    open: Spans = []
    """When it takes work; empty for always."""
    door: DoorPart = DoorPart()
    consequence: ConsequencePart = ConsequencePart()
    overflow_keeps_wait: bool = True

    @model_validator(mode="after")
    def _known_strategy(self) -> QueuePart:
        if self.strategy not in STRATEGIES:
            raise ValueError(f"strategy is one of {', '.join(STRATEGIES)}")
        return self


class BreakPart(_Part):
    """A break of everybody of the shift; with `within_minutes` they go one after the other."""

    at: Clock
    minutes: float = Field(gt=0)
    reason: str = "meal"
    within_minutes: float = Field(default=0, ge=0)


class AgentsPart(_Part):
    """So many alike."""

    name: str = Field(min_length=1)
    count: int = Field(default=1, ge=1, le=15_000)
    groups: Levels
    skills: Levels = {}
    works: Spans
    breaks: list[BreakPart] = []
    answers_after: Seconds = Distribution(constant=3.0)
    misses: Share = 0.0
    """Offers that ring in vain."""
    returns_after_seconds: float = Field(default=60.0, ge=0)
    """When somebody whom missed offers took out of the line is ready again."""
    pace: float = Field(default=1.0, gt=0)
    """His talk and after-call work, times this."""


class CallbackPart(_Part):
    """Who waits long may be called back instead, and keeps the place."""

    share: Share
    after_seconds: float = Field(default=60.0, ge=0)
    reached: Share = 0.9
    dial_seconds: float = Field(default=20.0, ge=0)


class TransferPart(_Part):
    """Who is sent on to another queue at the end of the conversation."""

    share: Share
    queue: str


class ClassPart(_Part):
    """A class of customers."""

    rank: int = 0
    head_start_seconds: int = Field(default=0, ge=0)


class CustomersPart(_Part):
    """A stream of contacts."""

    name: str = Field(min_length=1)
    queue: str
    per_hour: dict[Clock, Annotated[float, Field(ge=0)]] | Annotated[float, Field(ge=0)]
    """Arrivals an hour, from each time of day on."""
    channel: Literal["call", "chat", "email", "voicemail", "fax", "task"] = "call"
    customer_class: str = ""
    language: str = ""
    attributes: dict[str, str] = {}
    needs: dict[str, Annotated[int, Field(ge=1, le=10)]] = {}
    patience: Seconds | None = None
    """Without it nobody gives up."""
    talk: Seconds
    after_call: Seconds = Distribution(constant=0.0)
    callback: CallbackPart | None = None
    transfer: TransferPart | None = None


class RuleSet(_Part):
    """What is different: queues and classes by name, and agents by their name."""

    queues: dict[str, dict[str, Any]] = {}
    classes: dict[str, dict[str, Any]] = {}
    agents: dict[str, dict[str, Any]] = {}


class Scenario(_Part):
    """A whole file."""

    name: str = Field(min_length=1)
    date: datetime.date
    time_zone: str = "Asia/Shanghai"
    opens: Clock = 0.0
    closes: Clock = 86400.0
    seed: int = 1
    days: int = Field(default=1, ge=1, le=1000)
    """How often the day is played, each time with other dice."""
    interval: Literal["15m", "1h"] = "1h"
    classes: dict[str, ClassPart] = {}
    queues: Annotated[dict[str, QueuePart], Field(min_length=1)]
    agents: Annotated[list[AgentsPart], Field(min_length=1)]
    customers: Annotated[list[CustomersPart], Field(min_length=1)]
    rule_sets: dict[str, RuleSet] = {}

    @model_validator(mode="after")
    def _names(self) -> Scenario:
        for place, name in self._queues_named():
            if name not in self.queues:
                raise ValueError(f"{place}: there is no queue “{name}”; the queues are {', '.join(self.queues)}")
        for stream in self.customers:
            if stream.customer_class and stream.customer_class not in self.classes:
                raise ValueError(f"customers “{stream.name}”: there is no class “{stream.customer_class}”; add it under classes")
        for what, names in (("agents", [part.name for part in self.agents]), ("customers", [part.name for part in self.customers])):
            if len(set(names)) < len(names):
                raise ValueError(f"{what}: give each its own name")
        served = {group for part in self.agents for group in part.groups}
        for code, queue in self.queues.items():
            if not served & set(queue.groups):
                raise ValueError(
                    f"queues.{code}: no agent is in {', '.join(queue.groups) or 'any group'}; the groups are {', '.join(served)}"
                )
        if self.time_zone not in ("UTC",) and not _is_zone(self.time_zone):
            raise ValueError(f"time_zone: there is no “{self.time_zone}”; write for example Asia/Shanghai")
        if self.closes <= self.opens:
            raise ValueError("closes must be after opens")
        return self

    def _queues_named(self) -> list[tuple[str, str]]:
        found = [(f"customers “{stream.name}”", stream.queue) for stream in self.customers]
        found += [(f"customers “{s.name}”, transfer", s.transfer.queue) for s in self.customers if s.transfer]
        for code, queue in self.queues.items():
            found += [(f"queues.{code}.door", a.target) for a in queue.door.actions.values() if a.do == "overflow"]
        return found

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its times of day."""
        return ZoneInfo(self.time_zone)

    def day(self, number: int) -> datetime.date:
        """The date of the day with this number, from 0."""
        return self.date + datetime.timedelta(days=number)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
