"""Agents' levels in groups and skills, as a matrix: reads all of them, and changes single cells. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.errors import InvalidInput, NotFound
from huying.routing.model import AgentRow, AgentSkillRow, GroupMemberRow, SkillRow, WorkGroupRow


@dataclass(frozen=True, slots=True)
class Cell:
    """An agent's new level in a skill or a group; 0: he is not in it."""

    agent_id: str
    level: int
    skill_id: str | None = None
    group_id: str | None = None


async def put_cells(session: AsyncSession, business_id: str, cells: Sequence[Cell]) -> None:
    """Change the levels; of two for the same cell the last counts. Raises InvalidInput when an agent, a skill or a group is not there."""
    await check_cells(session, cells)
    last = {(cell.agent_id, cell.group_id, cell.skill_id): cell for cell in cells}
    for row, name in ((GroupMemberRow, "group_id"), (AgentSkillRow, "skill_id")):
        own = [cell for cell in last.values() if getattr(cell, name)]
        column = getattr(row, name)
        gone = [(cell.agent_id, getattr(cell, name)) for cell in own if not cell.level]
        if gone:
            await session.execute(delete(row).where(tuple_(row.person_id, column).in_(gone)))
        values = [
            {"person_id": cell.agent_id, name: getattr(cell, name), "level": cell.level, "business_id": business_id}
            for cell in own
            if cell.level
        ]
        if values:
            made = insert(row).values(values)
            await session.execute(made.on_conflict_do_update(index_elements=["person_id", name], set_={"level": made.excluded.level}))


async def check_cells(session: AsyncSession, cells: Sequence[Cell]) -> None:
    """Raise InvalidInput when an agent, a skill or a group is not there (any more)."""
    agents = set(await session.scalars(select(AgentRow.person_id).where(AgentRow.active)))
    skills = set(await session.scalars(select(SkillRow.id).where(SkillRow.active)))
    groups = set(await session.scalars(select(WorkGroupRow.id).where(WorkGroupRow.active)))
    for number, cell in enumerate(cells):
        if bool(cell.skill_id) == bool(cell.group_id):
            raise InvalidInput("Each change names a skill or a group.", field=f"changes.{number}")
        for what, thing_id, known in (("agent", cell.agent_id, agents), ("skill", cell.skill_id, skills), ("group", cell.group_id, groups)):
            if thing_id and thing_id not in known:
                raise InvalidInput(f"There is no such {what} (any more).", field=f"changes.{number}", id=thing_id)


async def members_of(session: AsyncSession, group_id: str) -> list[tuple[str, int]]:
    """The active agents of a group with their levels, by extension."""
    statement = select(GroupMemberRow.person_id, GroupMemberRow.level).join(AgentRow, AgentRow.person_id == GroupMemberRow.person_id)
    rows = await session.execute(statement.where(GroupMemberRow.group_id == group_id, AgentRow.active).order_by(AgentRow.extension))
    return [(person_id, level) for person_id, level in rows]


async def must_be_agent(session: AsyncSession, person_id: str) -> None:
    """Raise NotFound unless the person takes contacts."""
    row = await session.get(AgentRow, person_id)
    if row is None or not row.active:
        raise NotFound("There is no such agent.")
