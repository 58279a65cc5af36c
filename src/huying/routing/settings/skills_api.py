"""Routes of skills, and of the matrix of agents and their levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.errors import InvalidInput
from huying.foundation.http import GroundOf, IdPath
from huying.routing.model import SkillRow
from huying.routing.service import load_queues, load_routing
from huying.routing.settings.administration import add, find
from huying.routing.settings.levels import Cell, put_cells
from huying.routing.settings.queue_checks import keep_readable
from huying.routing.settings.queue_views import Code, Given, Id, Names, Position

router = APIRouter(prefix="/api/skills", tags=["routing"])

Kind = Literal["skill", "language", "product"]


class SkillChange(Given):
    """What to change of a skill."""

    name: Names | None = None
    kind: Kind | None = None
    position: Position | None = None
    active: bool | None = None


class NewSkill(SkillChange):
    """A new skill. The code of a language is its primary subtag (zh, en)."""

    code: Code
    name: Names
    kind: Kind = "skill"


class SkillView(BaseModel):
    """A skill."""

    id: str
    code: str
    name: dict[str, str]
    kind: Kind
    position: int
    active: bool


class SkillPage(BaseModel):
    """Skills in their order."""

    items: list[SkillView]
    total: int


class MatrixColumn(BaseModel):
    """A skill or group of the matrix; `kind` of a group is group."""

    id: str
    code: str
    name: dict[str, str]
    kind: Literal["skill", "language", "product", "group"]


class MatrixRow(BaseModel):
    """An agent. `groups` and `levels` (of skills): id -> level; what is not there is none."""

    agent_id: str
    name: str
    extension: str
    groups: dict[str, int]
    levels: dict[str, int]


class Matrix(BaseModel):
    """All active agents with all their levels."""

    skills: list[MatrixColumn]
    groups: list[MatrixColumn]
    agents: list[MatrixRow]


class CellIn(Given):
    """A level of an agent in one skill or one group; 0 removes it."""

    agent_id: Id
    skill_id: Id | None = None
    group_id: Id | None = None
    level: Annotated[int, Field(ge=0, le=10)]


class CellsIn(Given):
    """Levels to change together."""

    changes: Annotated[list[CellIn], Field(min_length=1, max_length=5000)]


@router.get("", dependencies=[requires("queues.view")])
async def list_skills(caller: CallerOf, ground: GroundOf, inactive: bool = False) -> SkillPage:
    """The active skills, with `inactive` all."""
    statement = select(SkillRow).order_by(SkillRow.position, SkillRow.code)
    async with ground.database.business(caller.business_id) as session:
        rows = await session.scalars(statement if inactive else statement.where(SkillRow.active))
        items = [_view(row) for row in rows]
    return SkillPage(items=items, total=len(items))


@router.post("", status_code=201, dependencies=[requires("queues.manage")])
async def make_skill(caller: CallerOf, ground: GroundOf, given: NewSkill) -> SkillView:
    """A new skill."""
    async with changing(ground, caller, "skill") as change:
        row = await add(change.session, SkillRow, caller.business_id, given.code, given.name)
        _fill(row, given)
        change.note(row.id, "made")
        return _view(row)


@router.get("/matrix", dependencies=[requires("queues.view")])
async def read_matrix(caller: CallerOf, ground: GroundOf) -> Matrix:
    """Who is in which group and has which skill, at which level."""
    async with ground.database.business(caller.business_id) as session:
        routing = await load_routing(session)
    return Matrix(
        skills=[_column(it.skill_id, it.code, it.name, it.kind) for it in routing.skills.values()],
        groups=[_column(it.group_id, it.code, it.name, "group") for it in routing.groups.values()],
        agents=[
            MatrixRow(
                agent_id=agent.agent_id,
                name=agent.name,
                extension=agent.extension,
                groups=dict(agent.profile.groups),
                levels=dict(agent.profile.skills),
            )
            for agent in routing.agents.values()
        ],
    )


@router.patch("/matrix", status_code=204, dependencies=[requires("queues.manage")])
async def patch_matrix(caller: CallerOf, ground: GroundOf, given: CellsIn) -> None:
    """Change levels: all of them or, when one cannot be, none. Each agent's is a change of its own in the list of changes."""
    cells = [Cell(**cell.model_dump()) for cell in given.changes]
    async with changing(ground, caller, "agent") as change:
        agents = list(dict.fromkeys(cell.agent_id for cell in cells))
        for agent_id in agents:
            await change.begin(agent_id)
        await put_cells(change.session, caller.business_id, cells)
        for agent_id in agents:
            change.note(agent_id, "changed")


@router.patch("/{skill_id}", dependencies=[requires("queues.manage")])
async def patch_skill(caller: CallerOf, ground: GroundOf, skill_id: IdPath, given: SkillChange) -> SkillView:
    """Change a skill. Levels of a skill that becomes inactive are kept for the day it is active again."""
    async with changing(ground, caller, "skill") as change:
        await change.begin(skill_id)
        row = await find(change.session, SkillRow, skill_id)
        before = await load_queues(change.session)
        _fill(row, given)
        change.note(skill_id, "changed")
        await keep_readable(change, before)
        return _view(row)


def _fill(row: SkillRow, given: SkillChange) -> None:
    for name, value in given.model_dump(exclude_none=True, exclude={"code"}).items():
        setattr(row, name, value)
    if row.kind == "language" and not row.code.isalpha():
        raise InvalidInput("The code of a language is its primary subtag, such as zh or en.", field="code")


def _column(thing_id: str, code: str, name: Mapping[str, str], kind: str) -> MatrixColumn:
    return MatrixColumn.model_validate({"id": thing_id, "code": code, "name": dict(name), "kind": kind})


def _view(row: SkillRow) -> SkillView:
    return SkillView.model_validate(row, from_attributes=True)
