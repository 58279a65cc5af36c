"""Routes of groups of agents and their members. A membership belongs to the agent: its change is a change of the agent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changing import Change, changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf, IdPath
from huying.routing.model import AgentRow, GroupMemberRow, WorkGroupRow
from huying.routing.service import load_queues
from huying.routing.settings.administration import add, find
from huying.routing.settings.agents_api import Level
from huying.routing.settings.levels import Cell, members_of, must_be_agent, put_cells
from huying.routing.settings.queue_checks import keep_readable
from huying.routing.settings.queue_views import Code, Given, Id, Names, Position

router = APIRouter(prefix="/api/groups", tags=["routing"])


class MemberData(Given):
    """An agent in a group, and at which level."""

    agent_id: Id
    level: Level = 5


class GroupChange(Given):
    """What to change of a group. `members`: exactly these."""

    name: Names | None = None
    position: Position | None = None
    active: bool | None = None
    members: Annotated[list[MemberData], Field(max_length=20_000)] | None = None


class NewGroup(GroupChange):
    """A new group."""

    code: Code
    name: Names


class LevelIn(Given):
    """The level of a member."""

    level: Level = 5


class GroupView(BaseModel):
    """A group, with those of its members who are agents now."""

    id: str
    code: str
    name: dict[str, str]
    position: int
    active: bool
    members: list[MemberData]


class GroupPage(BaseModel):
    """Groups in their order."""

    items: list[GroupView]
    total: int


@router.get("", dependencies=[requires("queues.view")])
async def list_groups(caller: CallerOf, ground: GroundOf, inactive: bool = False) -> GroupPage:
    """The active groups, with `inactive` all."""
    statement = select(WorkGroupRow).order_by(WorkGroupRow.position, WorkGroupRow.code)
    async with ground.database.business(caller.business_id) as session:
        rows = list(await session.scalars(statement if inactive else statement.where(WorkGroupRow.active)))
        members = await _all_members(session)
    return GroupPage(items=[_view(row, members.get(row.id, [])) for row in rows], total=len(rows))


@router.post("", status_code=201, dependencies=[requires("queues.manage")])
async def make_group(caller: CallerOf, ground: GroundOf, given: NewGroup) -> GroupView:
    """A new group."""
    async with changing(ground, caller, "work_group") as change:
        row = await add(change.session, WorkGroupRow, caller.business_id, given.code, given.name)
        change.note(row.id, "made")
        return await _fill(change, row, given)


@router.patch("/{group_id}", dependencies=[requires("queues.manage")])
async def patch_group(caller: CallerOf, ground: GroundOf, group_id: IdPath, given: GroupChange) -> GroupView:
    """Change a group; waiting work is offered to its new members at once."""
    async with changing(ground, caller, "work_group") as change:
        await change.begin(group_id)
        row = await find(change.session, WorkGroupRow, group_id)
        before = await load_queues(change.session)
        change.note(group_id, "changed")
        view = await _fill(change, row, given)
        await keep_readable(change, before)
        return view


@router.put("/{group_id}/members/{agent_id}", status_code=204, dependencies=[requires("queues.manage")])
async def write_member(caller: CallerOf, ground: GroundOf, group_id: IdPath, agent_id: IdPath, given: LevelIn) -> None:
    """Put an agent into a group, or change the level."""
    await _put_member(caller, ground, group_id, agent_id, given.level)


@router.delete("/{group_id}/members/{agent_id}", status_code=204, dependencies=[requires("queues.manage")])
async def remove_member(caller: CallerOf, ground: GroundOf, group_id: IdPath, agent_id: IdPath) -> None:
    """Take an agent out of a group."""
    await _put_member(caller, ground, group_id, agent_id, 0)


async def _put_member(caller: CallerOf, ground: GroundOf, group_id: str, agent_id: str, level: int) -> None:
    async with changing(ground, caller, "agent") as change:
        await find(change.session, WorkGroupRow, group_id)
        await must_be_agent(change.session, agent_id)
        await change.begin(agent_id)
        await put_cells(change.session, caller.business_id, [Cell(agent_id, level, group_id=group_id)])
        change.note(agent_id, "changed")


async def _fill(change: Change, row: WorkGroupRow, given: GroupChange) -> GroupView:
    for name, value in given.model_dump(exclude_none=True, exclude={"code", "members"}).items():
        setattr(row, name, value)
    await change.session.flush()
    if given.members is not None:
        await _put_members(change, row.id, {member.agent_id: member.level for member in given.members})
    return _view(row, [MemberData(agent_id=person_id, level=level) for person_id, level in await members_of(change.session, row.id)])


async def _put_members(change: Change, group_id: str, wanted: dict[str, int]) -> None:
    known = dict(await members_of(change.session, group_id))
    levels = {agent_id: wanted.get(agent_id, 0) for agent_id in {*known, *wanted}}
    cells = [Cell(agent_id, level, group_id=group_id) for agent_id, level in levels.items() if level != known.get(agent_id, 0)]
    for cell in cells:
        await change.begin(cell.agent_id, "agent")
    await put_cells(change.session, change.business_id, cells)
    for cell in cells:
        change.note(cell.agent_id, "changed", "agent")


async def _all_members(session: AsyncSession) -> dict[str, list[MemberData]]:
    found: dict[str, list[MemberData]] = {}
    statement = select(GroupMemberRow).join(AgentRow, AgentRow.person_id == GroupMemberRow.person_id)
    for row in await session.scalars(statement.where(AgentRow.active).order_by(AgentRow.extension)):
        found.setdefault(row.group_id, []).append(MemberData(agent_id=row.person_id, level=row.level))
    return found


def _view(row: WorkGroupRow, members: list[MemberData]) -> GroupView:
    return GroupView(id=row.id, code=row.code, name=row.name, position=row.position, active=row.active, members=members)
