"""Routes by which queues, agents and reasons for a break are changed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf, IdPath
from huying.routing.administration import AgentData, add_queue, change_queue, find_queue, put_agent, put_break_reason, retire_agent
from huying.routing.api import AgentView, agent_view
from huying.routing.queue_views import Given, Id, Names, NewQueue, QueueChange, QueueView, queue_view
from huying.routing.service import load_queues, load_routing

router = APIRouter(prefix="/api", tags=["routing"], dependencies=[requires("queues.manage")])

Level = Annotated[int, Field(ge=1, le=10)]
Levels = Annotated[dict[Id, Level], Field(max_length=500)]
Capacity = dict[Literal["call", "callback", "chat", "email", "voicemail", "fax", "task"], Annotated[int, Field(ge=0, le=100)]]


class AgentIn(Given):
    """What makes a person an agent. `groups` and `skills`: id -> level; without them those of before stay."""

    extension: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")]
    auto_answer: bool = False
    groups: Levels | None = None
    skills: Levels | None = None
    capacity: Capacity | None = None


class ReasonIn(Given):
    """A reason for a break."""

    name: Names
    active: bool = True


@router.post("/queues", status_code=201)
async def make_queue(caller: CallerOf, ground: GroundOf, given: NewQueue) -> QueueView:
    """A new queue."""
    async with changing(ground, caller, "queue") as change:
        row = await add_queue(change.session, caller.business_id, given.code, given.name)
        await change_queue(change.session, row, given.given())
        change.note(row.id, "made")
        return queue_view((await load_queues(change.session, inactive=True))[row.id])


@router.patch("/queues/{queue_id}")
async def patch_queue(caller: CallerOf, ground: GroundOf, queue_id: IdPath, given: QueueChange) -> QueueView:
    """Change a queue; calls that wait already go by the new rules from now on."""
    async with changing(ground, caller, "queue") as change:
        row = await find_queue(change.session, queue_id)
        await change_queue(change.session, row, given.given())
        change.note(row.id, "changed")
        return queue_view((await load_queues(change.session, inactive=True))[row.id])


@router.put("/agents/{agent_id}")
async def write_agent(caller: CallerOf, ground: GroundOf, agent_id: IdPath, given: AgentIn, response: Response) -> AgentView:
    """Make a person an agent, or change the agent's extension, groups, skills and capacity."""
    data = AgentData(**given.model_dump())
    async with changing(ground, caller, "agent") as change:
        made = await put_agent(change.session, caller.business_id, agent_id, data)
        change.note(agent_id, "made" if made else "changed")
        response.status_code = 201 if made else 200
        return agent_view((await load_routing(change.session)).agents[agent_id])


@router.delete("/agents/{agent_id}", status_code=204)
async def remove_agent(caller: CallerOf, ground: GroundOf, agent_id: IdPath) -> None:
    """The person takes contacts no more; the history stays."""
    async with changing(ground, caller, "agent") as change:
        await retire_agent(change.session, agent_id)
        change.note(agent_id, "removed")


@router.put("/break-reasons/{code}", status_code=204)
async def write_break_reason(caller: CallerOf, ground: GroundOf, code: Annotated[str, Path(max_length=40)], given: ReasonIn) -> None:
    """Make or change a reason for a break."""
    async with changing(ground, caller, "break_reason") as change:
        made = await put_break_reason(change.session, caller.business_id, code, given.name, given.active)
        change.note(code, "made" if made else "changed")
