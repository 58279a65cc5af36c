"""Routes of queues and agents: who serves what, and by which rules."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf
from huying.routing.configuration import AgentSettings
from huying.routing.service import load_queues, load_routing
from huying.routing.settings.queue_views import QueueView, queue_view

router = APIRouter(tags=["routing"])


class QueuePage(BaseModel):
    """Queues in their order."""

    items: list[QueueView]
    total: int


class AgentView(BaseModel):
    """An agent. `groups` and `skills`: id -> level; `queues` are ids of those that the groups serve."""

    id: str
    name: str
    extension: str
    languages: list[str]
    queues: list[str]
    groups: dict[str, int]
    skills: dict[str, int]
    capacity: dict[str, int]
    auto_answer: bool
    simulated: bool


class AgentPage(BaseModel):
    """Agents by extension."""

    items: list[AgentView]
    total: int


@router.get("/api/queues", dependencies=[requires("queues.view")])
async def list_queues(caller: CallerOf, ground: GroundOf, inactive: bool = False) -> QueuePage:
    """The active queues, with `inactive` all."""
    async with ground.database.business(caller.business_id) as session:
        queues = (await load_queues(session)).values()
    items = [queue_view(queue, caller.language) for queue in queues if queue.active or inactive]
    return QueuePage(items=items, total=len(items))


@router.get("/api/agents", dependencies=[requires("queues.view")])
async def list_agents(caller: CallerOf, ground: GroundOf) -> AgentPage:
    """The active agents."""
    async with ground.database.business(caller.business_id) as session:
        items = [agent_view(agent) for agent in (await load_routing(session)).agents.values()]
    return AgentPage(items=items, total=len(items))


def agent_view(agent: AgentSettings) -> AgentView:
    """An agent for the browser."""
    return AgentView(
        id=agent.agent_id,
        name=agent.name,
        extension=agent.extension,
        languages=list(agent.languages),
        queues=list(agent.queues),
        groups=dict(agent.profile.groups),
        skills=dict(agent.profile.skills),
        capacity=dict(agent.profile.capacity),
        auto_answer=agent.auto_answer,
        simulated=agent.simulated,
    )
