"""Routes by which queues, agents and reasons for a break are changed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.http import GroundOf, IdPath
from huying.routing.administration import AgentData, add_queue, find_queue, put_agent, put_break_reason, retire_agent
from huying.routing.api import AgentView, QueueView, agent_view, queue_view
from huying.routing.service import load_routing, queue_settings

router = APIRouter(prefix="/api", tags=["routing"], dependencies=[requires("queues.manage")])

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Names = Annotated[dict[str, Text], Field(min_length=1, max_length=20)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Seconds = Annotated[int, Field(ge=1, le=3600)]


class Given(BaseModel):
    """What a client sends: nothing but the known fields."""

    model_config = ConfigDict(extra="forbid")


class QueueChange(Given):
    """What to change of a queue; times in whole seconds."""

    name: Names | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None
    active: bool | None = None
    offer_seconds: Annotated[int, Field(ge=5, le=120)] | None = None
    after_call_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    short_abandon_seconds: Annotated[int, Field(ge=0, le=60)] | None = None
    service_level_seconds: Seconds | None = None
    announce_seconds: Annotated[int, Field(ge=10, le=3600)] | None = None
    record: bool | None = None


class NewQueue(QueueChange):
    """A new queue."""

    code: Code
    name: Names


class AgentIn(Given):
    """What makes a person an agent."""

    extension: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")]
    languages: Annotated[list[Literal["zh-CN", "en"]], Field(min_length=1)]
    queues: Annotated[list[str], Field(max_length=500)]
    auto_answer: bool = False


class ReasonIn(Given):
    """A reason for a break."""

    name: Names
    active: bool = True


@router.post("/queues", status_code=201)
async def make_queue(caller: CallerOf, ground: GroundOf, given: NewQueue) -> QueueView:
    """A new queue."""
    async with changing(ground, caller, "queue") as change:
        row = await add_queue(change.session, caller.business_id, given.code, given.name)
        for name, value in given.model_dump(exclude_none=True, exclude={"code", "name"}).items():
            setattr(row, name, value)
        await change.session.flush()
        change.note(row.id, "made")
        return queue_view(queue_settings(row))


@router.patch("/queues/{queue_id}")
async def change_queue(caller: CallerOf, ground: GroundOf, queue_id: IdPath, given: QueueChange) -> QueueView:
    """Change a queue; calls that wait already go by the new times from their next offer on."""
    async with changing(ground, caller, "queue") as change:
        row = await find_queue(change.session, queue_id)
        for name, value in given.model_dump(exclude_none=True).items():
            setattr(row, name, value)
        await change.session.flush()
        change.note(row.id, "changed")
        return queue_view(queue_settings(row))


@router.put("/agents/{agent_id}")
async def write_agent(caller: CallerOf, ground: GroundOf, agent_id: IdPath, given: AgentIn, response: Response) -> AgentView:
    """Make a person an agent, or change the agent's extension, languages and queues."""
    data = AgentData(given.extension, given.languages, given.queues, given.auto_answer)
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
