"""Answers administration's question whether a signed-in person is an agent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from huying.foundation.database import Database
from huying.foundation.http import Caller
from huying.routing.service import is_agent, load_routing


def agent_finder(database: Database) -> Callable[[Caller], Awaitable[Mapping[str, Any] | None]]:
    """A function that gives {extension, queues} (ids in the order of the queues) for an agent and None for others."""

    async def agent_of(caller: Caller) -> Mapping[str, Any] | None:
        async with database.business(caller.business_id) as session:
            if not await is_agent(session, caller.person_id):
                return None
            agent = (await load_routing(session)).agents.get(caller.person_id)
            return {"extension": agent.extension, "queues": list(agent.queues)} if agent else None

    return agent_of
