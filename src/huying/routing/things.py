"""How the changes of routing's things are read and put back: queues, groups, skills, agents, reasons for a break, usual settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.thing import State
from huying.admin.model import PersonRow
from huying.foundation.tables import Base
from huying.routing.administration import check_extension
from huying.routing.model import (
    AgentRow,
    AgentSkillRow,
    BreakReasonRow,
    GroupMemberRow,
    QueueGroupRow,
    QueueRow,
    RoutingSettingsRow,
    SkillRow,
    WorkGroupRow,
)

Named = QueueRow | WorkGroupRow | SkillRow | BreakReasonRow
NOT_STATE = frozenset({"id", "business_id", "person_id", "simulated"})
"""Columns that say which thing it is, not how it is."""


class NamedThing:
    """A thing with a code, names and a mark whether it is active; its state is its row."""

    permission = "queues.manage"

    def __init__(self, row: type[Named]) -> None:
        self._row: type[Named] = row

    @property
    def what(self) -> str:
        """See Thing."""
        return self._row.__tablename__

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(self._row, thing_id, populate_existing=True)
        return state_of(row) if row else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(self._row, thing_id)
        if row is None and state is not None:
            row = self._row(id=thing_id, business_id=business_id)
            session.add(row)
        if row is not None:
            fill(row, state if state is not None else {"active": False})
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(self._row.id, self._row.name).where(self._row.id.in_(thing_ids)))
        return {row.id: row.name for row in rows}


class QueueThing(NamedThing):
    """A queue, with the groups that serve it (group -> 1, so that each is put back by itself)."""

    def __init__(self) -> None:
        super().__init__(QueueRow)

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        state = await super().read(session, thing_id)
        links = select(QueueGroupRow.group_id).where(QueueGroupRow.queue_id == thing_id).order_by(QueueGroupRow.group_id)
        return {**state, "groups": dict.fromkeys(await session.scalars(links), 1)} if state is not None else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        await super().write(session, business_id, thing_id, state)
        if state is not None and "groups" in state:
            await session.execute(delete(QueueGroupRow).where(QueueGroupRow.queue_id == thing_id))
            session.add_all(QueueGroupRow(queue_id=thing_id, group_id=key, business_id=business_id) for key in state["groups"])
            await session.flush()


class AgentThing:
    """An agent, with the levels in groups and skills."""

    what = "agent"
    permission = "queues.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(AgentRow, thing_id, populate_existing=True)
        if row is None:
            return None
        groups = select(GroupMemberRow.group_id, GroupMemberRow.level).where(GroupMemberRow.person_id == thing_id)
        skills = select(AgentSkillRow.skill_id, AgentSkillRow.level).where(AgentSkillRow.person_id == thing_id)
        levels = {"groups": _pairs(await session.execute(groups)), "skills": _pairs(await session.execute(skills))}
        return {**state_of(row), **levels}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(AgentRow, thing_id)
        if row is None and state is not None:
            row = AgentRow(person_id=thing_id, business_id=business_id)
            session.add(row)
        if row is None:
            return
        state = state if state is not None else {"active": False}
        if "extension" in state:
            await check_extension(session, state["extension"], thing_id)
        fill(row, state)
        await session.flush()
        ids = {"person_id": thing_id, "business_id": business_id}
        if "groups" in state:
            await session.execute(delete(GroupMemberRow).where(GroupMemberRow.person_id == thing_id))
            session.add_all(GroupMemberRow(**ids, group_id=key, level=level) for key, level in state["groups"].items())
        if "skills" in state:
            await session.execute(delete(AgentSkillRow).where(AgentSkillRow.person_id == thing_id))
            session.add_all(AgentSkillRow(**ids, skill_id=key, level=level) for key, level in state["skills"].items())
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(thing_ids)))
        return {person_id: {"zh-CN": name, "en": name} for person_id, name in rows}


class UsualThing:
    """The business's usual interruptions and capacity; its id is the business's."""

    what = "routing_settings"
    permission = "queues.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(RoutingSettingsRow, thing_id, populate_existing=True)
        return state_of(row) if row else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(RoutingSettingsRow, thing_id)
        if row is not None and state is None:
            await session.delete(row)
        elif state is not None:
            row = row or RoutingSettingsRow(business_id=business_id)
            session.add(row)
            fill(row, state)
        await session.flush()

    async def names(self, _: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        return {thing_id: {"zh-CN": "占用规则与容量", "en": "Interruptions and capacity"} for thing_id in thing_ids}


THINGS = (QueueThing(), NamedThing(WorkGroupRow), NamedThing(SkillRow), AgentThing(), NamedThing(BreakReasonRow), UsualThing())


def state_of(row: Base) -> dict[str, Any]:
    """A row's columns as a state."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in NOT_STATE}


def fill(row: Base, state: State) -> None:
    """Put the columns that the state names; a column that came later keeps its value."""
    for column in row.__table__.columns:
        if column.key in state and column.key not in NOT_STATE:
            setattr(row, column.key, state[column.key])


def _pairs(rows: Any) -> dict[str, int]:
    return {str(key): int(level) for key, level in sorted(rows)}
