"""Moving agents between groups: what a lead does while people work. Never commits."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.errors import NotFound
from huying.routing.model import AgentRow, GroupMemberRow
from huying.routing.settings.administration import put_groups

USUAL_LEVEL = 5


async def move_agent(session: AsyncSession, agent_id: str, leaves: str, joins: str) -> dict[str, int] | None:
    """The agent leaves one group and joins another (ids; empty for none), at the level he had; his groups after it.

    None when nothing changes: he is not in the group he should leave, or in the other one already. Raises NotFound, InvalidInput.
    """
    agent = await session.get(AgentRow, agent_id)
    if agent is None or not agent.active:
        raise NotFound("There is no such agent.")
    levels = select(GroupMemberRow.group_id, GroupMemberRow.level).where(GroupMemberRow.person_id == agent_id)
    before = {row.group_id: row.level for row in await session.execute(levels)}
    if leaves and leaves not in before:
        return None
    after = {group: level for group, level in before.items() if group != leaves}
    if joins:
        after.setdefault(joins, before.get(leaves, USUAL_LEVEL))
    if after == before:
        return None
    await put_groups(session, agent, after)
    return after
