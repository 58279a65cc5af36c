"""Routes of queues and agents: who serves what, and with which times."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf
from huying.routing.configuration import AgentSettings, QueueSettings
from huying.routing.service import load_routing

router = APIRouter(tags=["routing"])


class QueueView(BaseModel):
    """A queue; times in whole seconds."""

    id: str
    code: str
    name: dict[str, str]
    strategy: str
    offer_seconds: int
    after_call_seconds: int
    short_abandon_seconds: int
    service_level_seconds: int
    announce_seconds: int
    record: bool


class QueuePage(BaseModel):
    """Queues in their order."""

    items: list[QueueView]
    total: int


class AgentView(BaseModel):
    """An agent; `queues` are ids."""

    id: str
    name: str
    extension: str
    languages: list[str]
    queues: list[str]
    auto_answer: bool
    simulated: bool


class AgentPage(BaseModel):
    """Agents by extension."""

    items: list[AgentView]
    total: int


@router.get("/api/queues", dependencies=[requires("queues.view")])
async def list_queues(caller: CallerOf, ground: GroundOf) -> QueuePage:
    """The active queues."""
    async with ground.database.business(caller.business_id) as session:
        items = [queue_view(queue) for queue in (await load_routing(session)).queues.values()]
    return QueuePage(items=items, total=len(items))


@router.get("/api/agents", dependencies=[requires("queues.view")])
async def list_agents(caller: CallerOf, ground: GroundOf) -> AgentPage:
    """The active agents."""
    async with ground.database.business(caller.business_id) as session:
        items = [agent_view(agent) for agent in (await load_routing(session)).agents.values()]
    return AgentPage(items=items, total=len(items))


def queue_view(queue: QueueSettings) -> QueueView:
    """A queue for the browser."""
    return QueueView.model_validate(
        {**{name: getattr(queue, name) for name in QueueView.model_fields if name != "id"}, "id": queue.queue_id}
    )


def agent_view(agent: AgentSettings) -> AgentView:
    """An agent for the browser."""
    return AgentView(
        id=agent.agent_id,
        name=agent.name,
        extension=agent.extension,
        languages=list(agent.languages),
        queues=list(agent.queues),
        auto_answer=agent.auto_answer,
        simulated=agent.simulated,
    )
