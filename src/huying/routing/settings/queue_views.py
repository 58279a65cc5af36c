"""What the browser sends and gets of a queue."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.routing.configuration import QueueSettings
from huying.routing.router.requirements import Action
from huying.routing.rules.problems import Problem
from huying.routing.settings.stored import to_json

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Names = Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")], Text], Field(min_length=1, max_length=20)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
Position = Annotated[int, Field(ge=0, le=10_000)]
Strategy = Literal["longest_idle", "ring_all", "round_robin", "fewest_contacts", "least_talk", "highest_level", "weighted_random"]
Deed = Literal["overflow", "voicemail", "callback", "forward", "menu", "goodbye"]
Occasion = Literal["closed", "full", "blocked", "nobody", "timeout"]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9*#]$")]


class Given(BaseModel):
    """What a client sends: nothing but the known fields."""

    model_config = ConfigDict(extra="forbid")


class ActionData(Given):
    """What is done. `target`: the queue's id for overflow, the number for forward, the flow's exit for menu."""

    do: Deed
    target: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""


class AnnouncementsData(Given):
    """What the waiting customer hears, every so many seconds; 0: nothing."""

    every_seconds: Annotated[Literal[0] | Annotated[int, Field(ge=10)], Field(le=3600)] = 30
    place: bool = True
    people: bool = False
    estimate: bool = True
    own_wait: bool = False


class ConsequenceData(Given):
    """After how many missed or refused offers in a row an agent goes into a break (0: never), and how long he rests before that."""

    misses: Annotated[int, Field(ge=0, le=100)] = 1
    refusals: Annotated[int, Field(ge=0, le=100)] = 1
    rest_seconds: Annotated[int, Field(ge=0, le=3600)] = 5


class DoorData(Given):
    """The queue's limits; 0: none."""

    most_waiting: Annotated[int, Field(ge=0, le=100_000)] = 0
    most_seconds: Annotated[int, Field(ge=0, le=86_400)] = 0
    refuse_when_nobody: bool = False
    actions: dict[Occasion, ActionData] = Field(default_factory=dict)


MAY_BE_NONE = frozenset({"schedule_id", "internal_number"})


class QueueChange(Given):
    """What to change of a queue; times in whole seconds."""

    name: Names | None = None
    position: Position | None = None
    active: bool | None = None
    strategy: Strategy | None = None
    idle_from: Literal["handled", "offered", "ready"] | None = None
    groups: Annotated[list[Id], Field(max_length=200)] | None = None
    requirements: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    priority: Annotated[int, Field(ge=0, le=86_400)] | None = None
    offer_seconds: Annotated[int, Field(ge=5, le=120)] | None = None
    after_call_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    after_call_most_seconds: Annotated[int, Field(ge=0, le=14_400)] | None = None
    short_abandon_seconds: Annotated[int, Field(ge=0, le=60)] | None = None
    service_level_seconds: Annotated[int, Field(ge=1, le=3600)] | None = None
    target_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    service_level_kind: Literal["SL1", "SL2", "SL3", "SL4"] | None = None
    announcements: AnnouncementsData | None = None
    consequence: ConsequenceData | None = None
    door: DoorData | None = None
    keys: dict[Key, ActionData] | None = None
    schedule_id: Id | None = None
    """Sent as null: always open."""
    overflow_keeps_wait: bool | None = None
    last_agent_days: Annotated[int, Field(ge=0, le=366)] | None = None
    last_agent_wait_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    language_level: Annotated[int, Field(ge=0, le=10)] | None = None
    record: bool | None = None
    internal_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] | None = None
    """By which people of the house reach it; sent empty or as null: by none."""

    def given(self) -> dict[str, Any]:
        """The fields that were sent; `schedule_id` and `internal_number` may be sent as nothing."""
        whole = {**self.model_dump(exclude={"code"}), "internal_number": self.internal_number or None}
        return {
            name: value for name, value in whole.items() if name in self.model_fields_set and (value is not None or name in MAY_BE_NONE)
        }


class NewQueue(QueueChange):
    """A new queue."""

    code: Code
    name: Names


class QueueProblemView(BaseModel):
    """What is wrong in the requirements at a place; `severity` error: the groups alone count until it is put right."""

    line: int
    column: int
    code: str
    severity: Literal["error", "warning"]
    message: str


class QueueView(BaseModel):
    """A queue; times in whole seconds."""

    id: str
    code: str
    name: dict[str, str]
    position: int
    active: bool
    strategy: str
    idle_from: str
    groups: list[str]
    requirements: str
    problems: list[QueueProblemView]
    priority: int
    offer_seconds: int
    after_call_seconds: int
    after_call_most_seconds: int
    short_abandon_seconds: int
    service_level_seconds: int
    target_percent: int
    service_level_kind: str
    announcements: AnnouncementsData
    consequence: ConsequenceData
    door: DoorData
    keys: dict[str, ActionData]
    schedule_id: str | None
    overflow_keeps_wait: bool
    last_agent_days: int
    last_agent_wait_seconds: int
    language_level: int
    record: bool
    internal_number: str


OF_RULES = (
    "strategy", "idle_from", "priority", "offer_seconds", "after_call_seconds", "after_call_most_seconds", "short_abandon_seconds",
    "overflow_keeps_wait",
)  # fmt: skip
OF_SETTINGS = (
    "position", "active", "requirements", "service_level_seconds", "target_percent", "service_level_kind", "schedule_id",
    "last_agent_days", "last_agent_wait_seconds", "language_level", "record", "internal_number",
)  # fmt: skip


def queue_view(queue: QueueSettings, language: str = "en") -> QueueView:
    """A queue for the browser; `language`: of the problems."""
    rules = queue.rules
    return QueueView.model_validate(
        {
            **{name: getattr(rules, name) for name in OF_RULES},
            **{name: getattr(queue, name) for name in OF_SETTINGS},
            "id": queue.queue_id,
            "code": queue.code,
            "name": dict(queue.name),
            "groups": list(queue.groups),
            "problems": [problem_view(problem, language) for problem in queue.problems],
            "announcements": to_json(rules.announcements),
            "consequence": to_json(rules.consequence),
            "door": to_json(rules.door),
            "keys": _actions(rules.keys),
        }
    )


def problem_view(problem: Problem, language: str) -> QueueProblemView:
    """A problem in the language."""
    told = problem.message(language)
    return QueueProblemView(line=problem.line, column=problem.column, code=problem.code, severity=problem.severity, message=told)


def _actions(actions: Any) -> dict[str, Any]:
    return {key: to_json(action) for key, action in actions.items() if isinstance(action, Action)}
