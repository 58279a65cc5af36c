"""Routes by which agents, and the business's usual interruptions and capacity, are changed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.admin.people import find_person
from huying.foundation.errors import Conflict
from huying.foundation.http import GroundOf, IdPath
from huying.routing.model import RoutingSettingsRow
from huying.routing.router.work import CHANNELS, ONE_OF_EACH
from huying.routing.service import joins_of, load_routing
from huying.routing.settings.administration import AgentData, put_agent, retire_agent
from huying.routing.settings.api import AgentView, agent_view
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(prefix="/api", tags=["routing"], dependencies=[requires("queues.manage")])

Level = Annotated[int, Field(ge=1, le=10)]
Levels = Annotated[dict[Id, Level], Field(max_length=500)]
Channel = Literal["call", "callback", "chat", "email", "voicemail", "fax", "task"]
Capacity = dict[Channel, Annotated[int, Field(ge=0, le=100)]]


class AgentIn(Given):
    """What makes a person an agent. `groups` and `skills`: id -> level; without them those of before stay."""

    extension: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,8}$")]
    auto_answer: bool = False
    groups: Levels | None = None
    skills: Levels | None = None
    capacity: Capacity | None = None
    """Where it differs from the business's usual capacity."""


class UsualIn(Given):
    """What to change of the business's usual settings; channels that are left out have what every business begins with."""

    joins: dict[Channel, Annotated[list[Channel], Field(max_length=len(CHANNELS))]] | None = None
    """Channel -> channels of the work an agent may have in hand when such work is offered to him."""
    capacity: Capacity | None = None
    """Channel -> pieces of work at a time."""


class UsualView(BaseModel):
    """The business's usual settings, whole."""

    joins: dict[str, list[str]]
    capacity: dict[str, int]


@router.put("/agents/{agent_id}")
async def write_agent(caller: CallerOf, ground: GroundOf, agent_id: IdPath, given: AgentIn, response: Response) -> AgentView:
    """Make a person an agent, or change the agent's extension, groups, skills and capacity."""
    data = AgentData(**given.model_dump())
    async with changing(ground, caller, "agent") as change:
        await change.begin(agent_id)
        if not (await find_person(change.session, agent_id)).active:
            raise Conflict("This person is inactive: make them active first.")
        made = await put_agent(change.session, caller.business_id, agent_id, data)
        change.note(agent_id, "made" if made else "changed")
        response.status_code = 201 if made else 200
        return agent_view((await load_routing(change.session)).agents[agent_id])


@router.delete("/agents/{agent_id}", status_code=204)
async def remove_agent(caller: CallerOf, ground: GroundOf, agent_id: IdPath) -> None:
    """The person takes contacts no more; the history stays."""
    async with changing(ground, caller, "agent") as change:
        await change.begin(agent_id)
        await retire_agent(change.session, agent_id)
        change.note(agent_id, "removed")


@router.get("/routing/settings")
async def read_usual(caller: CallerOf, ground: GroundOf) -> UsualView:
    """The business's usual interruptions and capacity."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await session.get(RoutingSettingsRow, caller.business_id))


@router.put("/routing/settings")
async def write_usual(caller: CallerOf, ground: GroundOf, given: UsualIn) -> UsualView:
    """Change the business's usual interruptions and capacity; agents go by them at once."""
    sent: dict[str, Any] = given.model_dump(exclude_none=True)
    async with changing(ground, caller, "routing_settings") as change:
        await change.begin(caller.business_id)
        row = await change.session.get(RoutingSettingsRow, caller.business_id)
        made = row is None
        if row is None:
            row = RoutingSettingsRow(business_id=caller.business_id)
            change.session.add(row)
        for name, value in sent.items():
            setattr(row, name, value)
        await change.session.flush()
        change.note(caller.business_id, "made" if made else "changed")
        return _view(row)


def _view(row: RoutingSettingsRow | None) -> UsualView:
    joins = joins_of(row)
    return UsualView(
        joins={channel: [other for other in CHANNELS if other in joins[channel]] for channel in CHANNELS},
        capacity={**ONE_OF_EACH, **(row.capacity if row else {})},
    )
