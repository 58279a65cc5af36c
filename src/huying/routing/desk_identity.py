"""Answers administration's question whether a signed-in person is an agent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import select

from huying.foundation.database import Database
from huying.foundation.http import Caller
from huying.routing.model import AgentQueueRow, AgentRow, QueueRow


def agent_finder(database: Database) -> Callable[[Caller], Awaitable[Mapping[str, Any] | None]]:
    """A function that gives {extension, queues} (ids in the order of the queues) for an agent and None for others."""

    async def agent_of(caller: Caller) -> Mapping[str, Any] | None:
        async with database.business(caller.business_id) as session:
            agent = await session.get(AgentRow, caller.person_id)
            if agent is None or not agent.active:
                return None
            served = select(QueueRow.id).join(AgentQueueRow, AgentQueueRow.queue_id == QueueRow.id)
            served = served.where(AgentQueueRow.person_id == caller.person_id, QueueRow.active).order_by(QueueRow.position, QueueRow.code)
            return {"extension": agent.extension, "queues": list(await session.scalars(served))}

    return agent_of
