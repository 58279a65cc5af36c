"""The route that checks written requirements before they are saved, and the views of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.foundation.http import Caller, GroundOf
from huying.routing.configuration import RoutingSettings
from huying.routing.model import QueueRow
from huying.routing.router.requirements import Requirements, Step
from huying.routing.rules.check import check_circles
from huying.routing.rules.format import describe_step, format_requirements
from huying.routing.rules.names import Names, names_of
from huying.routing.rules.problems import Problem
from huying.routing.rules.text import Reading, parse_requirements
from huying.routing.service import load_routing
from huying.routing.settings.administration import find

router = APIRouter(prefix="/api/routing/requirements", tags=["routing"])

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]
Short = Annotated[str, StringConstraints(max_length=200)]


class RequirementsIn(BaseModel):
    """Rules as people write them. What is absent is taken from the queue. `attributes`: of the contact the steps are for."""

    model_config = ConfigDict(extra="forbid")

    queue_id: Id | None = None
    text: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    groups: Annotated[list[Id], Field(max_length=200)] | None = None
    needs: Annotated[dict[Id, Annotated[int, Field(ge=1, le=10)]], Field(max_length=50)] = Field(default_factory=dict)
    attributes: Annotated[dict[Short, Short], Field(max_length=50)] = Field(default_factory=dict)
    language: Literal["", "zh-CN", "en"] = ""


class RequirementProblemView(BaseModel):
    """Something wrong, at a place that counts from 1. A warning does not keep the rules from being saved."""

    line: int
    column: int
    code: str
    severity: Literal["error", "warning"]
    message: str
    near: list[str]


class CircleView(BaseModel):
    """Who may take it: members of one of the groups who have all these levels."""

    groups: list[str]
    need: dict[str, int]


class StepActionView(BaseModel):
    """Where the work goes."""

    do: str
    target: str


class StepView(BaseModel):
    """From so many seconds of waiting on; `text` says it in words."""

    after_seconds: int
    text: str
    circle: CircleView
    action: StepActionView | None


class CheckView(BaseModel):
    """What is wrong, the rules in the usual writing (as they were where something is wrong), and their steps."""

    problems: list[RequirementProblemView]
    text: str
    steps: list[StepView]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about, read by the names of the business."""

    routing: RoutingSettings
    names: Names
    text: str
    language: str
    reading: Reading
    requirements: Requirements
    needs: Mapping[str, int]
    attributes: Mapping[str, str]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the contact that was described."""
        return self.requirements.steps(self.needs, self.attributes)


async def read_asked(session: AsyncSession, caller: Caller, given: RequirementsIn) -> Asked:
    """Read what was sent. Raises NotFound for a queue that is not there."""
    routing = await load_routing(session)
    queue = routing.queues.get(given.queue_id or "")
    if given.queue_id and queue is None:
        await find(session, QueueRow, given.queue_id)  # an inactive one is there as well
    text = given.text if given.text is not None else queue.requirements if queue else ""
    groups = given.groups if given.groups is not None else list(queue.groups) if queue else []
    language, names = given.language or caller.language, names_of(routing, caller.business_id)
    reading = parse_requirements(text, names, given.queue_id or "", language)
    requirements = Requirements(frozenset(groups), reading.lines)
    return Asked(routing, names, text, language, reading, requirements, given.needs, given.attributes)


@router.post("/check", dependencies=[requires("queues.manage")])
async def check_requirements(caller: CallerOf, ground: GroundOf, given: RequirementsIn) -> CheckView:
    """What is wrong with these rules, and what they mean step by step."""
    async with ground.database.business(caller.business_id) as session:
        asked = await read_asked(session, caller, given)
    problems = list(asked.reading.problems)
    if asked.reading.usable:
        members = [agent.profile for agent in asked.routing.agents.values()]
        problems += check_circles(asked.requirements, asked.reading.places, asked.names, members, asked.language)
    text = format_requirements(asked.reading.lines, asked.names, asked.language) if asked.reading.usable else asked.text
    return CheckView(
        problems=[_problem_view(problem, asked.language) for problem in problems],
        text=text,
        steps=[step_view(step, asked.names, asked.language) for step in asked.steps],
    )


def step_view(step: Step, names: Names, language: str) -> StepView:
    """A step for the browser."""
    return StepView(
        after_seconds=step.after_seconds,
        text=describe_step(step, names, language),
        circle=CircleView(groups=sorted(step.circle.groups), need=dict(step.circle.need)),
        action=StepActionView(do=step.action.do, target=step.action.target) if step.action else None,
    )


def _problem_view(problem: Problem, language: str) -> RequirementProblemView:
    return RequirementProblemView(
        line=problem.line,
        column=problem.column,
        code=problem.code,
        severity=problem.severity,
        message=problem.message(language),
        near=list(problem.near),
    )
