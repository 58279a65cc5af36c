"""How the changes of routing's things are read and put back: queues, groups, skills, agents, reasons for a break, usual settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.changes.rows import RowThing
from huying.admin.changes.thing import State
from huying.admin.model import PersonRow
from huying.routing.model import (
    AgentRow,
    AgentSkillRow,
    BreakReasonRow,
    GroupMemberRow,
    QueueGroupRow,
    QueueRow,
    RefusalReasonRow,
    RoutingSettingsRow,
    SkillRow,
    WorkGroupRow,
)
from huying.routing.settings.administration import check_extension
from huying.routing.settings.internal_numbers import check_internal_number

MANAGE = "queues.manage"
AGENT = select(
    AgentRow,
    select(func.jsonb_object_agg(GroupMemberRow.group_id, GroupMemberRow.level))
    .where(GroupMemberRow.person_id == AgentRow.person_id)
    .scalar_subquery(),
    select(func.jsonb_object_agg(AgentSkillRow.skill_id, AgentSkillRow.level))
    .where(AgentSkillRow.person_id == AgentRow.person_id)
    .scalar_subquery(),
).where(AgentRow.person_id == bindparam("agent_id"))
"""An agent with the levels in groups and skills, in one round trip."""


class QueueThing(RowThing):
    """A queue, with the groups that serve it (group -> 1, so that each is put back by itself)."""

    def __init__(self) -> None:
        super().__init__(QueueRow, MANAGE)

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        state = await super().read(session, thing_id)
        links = select(QueueGroupRow.group_id).where(QueueGroupRow.queue_id == thing_id).order_by(QueueGroupRow.group_id)
        return {**state, "groups": dict.fromkeys(await session.scalars(links), 1)} if state is not None else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        if state is not None and state.get("internal_number"):
            await check_internal_number(session, state["internal_number"], thing_id)
        await super().write(session, business_id, thing_id, state)
        if state is not None and "groups" in state:
            await session.execute(delete(QueueGroupRow).where(QueueGroupRow.queue_id == thing_id))
            session.add_all(QueueGroupRow(queue_id=thing_id, group_id=key, business_id=business_id) for key in state["groups"])
            await session.flush()


class AgentThing(RowThing):
    """An agent, with the levels in groups and skills."""

    def __init__(self) -> None:
        super().__init__(AgentRow, MANAGE, key="person_id", apart={"simulated"})

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        found = (await session.execute(AGENT, {"agent_id": thing_id}, execution_options={"populate_existing": True})).one_or_none()
        if found is None:
            return None
        row, groups, skills = found
        return {**self.state(row), "groups": groups or {}, "skills": skills or {}}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        if state is not None:
            await check_extension(session, state["extension"], thing_id)
        await super().write(session, business_id, thing_id, state)
        if state is None:
            return
        ids = {"person_id": thing_id, "business_id": business_id}
        await session.execute(delete(GroupMemberRow).where(GroupMemberRow.person_id == thing_id))
        session.add_all(GroupMemberRow(**ids, group_id=key, level=level) for key, level in state["groups"].items())
        await session.execute(delete(AgentSkillRow).where(AgentSkillRow.person_id == thing_id))
        session.add_all(AgentSkillRow(**ids, skill_id=key, level=level) for key, level in state["skills"].items())
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(thing_ids)))
        return {person_id: {"zh-CN": name, "en": name} for person_id, name in rows}


THINGS = (
    QueueThing(),
    RowThing(WorkGroupRow, MANAGE),
    RowThing(SkillRow, MANAGE),
    AgentThing(),
    RowThing(BreakReasonRow, MANAGE),
    RowThing(RefusalReasonRow, MANAGE, deleted=True),
    RowThing(RoutingSettingsRow, MANAGE, key="business_id", name=""),
)
