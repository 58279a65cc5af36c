"""Which queues and flows go by which schedule."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select

from huying.admin.calendar.service import list_schedules
from huying.admin.guard import CallerOf, requires
from huying.flows.model import FlowRow
from huying.flows.nodes import HoursNode
from huying.flows.service import load_published
from huying.foundation.http import GroundOf
from huying.routing.service import load_queues

router = APIRouter(tags=["hours"])


class NamedRef(BaseModel):
    """A queue or a flow."""

    id: str
    code: str
    name: dict[str, str]


class ScheduleUse(BaseModel):
    """What goes by a schedule; null: what has none and is always open."""

    schedule_id: str | None
    queues: list[NamedRef]
    flows: list[NamedRef]


class ScheduleUses(BaseModel):
    """By schedule."""

    items: list[ScheduleUse]
    total: int


@router.get("/api/schedules/uses", dependencies=[requires("queues.view")])
async def read_uses(caller: CallerOf, ground: GroundOf) -> ScheduleUses:
    """The active queues and published flows that go by each schedule, and the queues without one."""
    async with ground.database.business(caller.business_id) as session:
        schedules = await list_schedules(session)
        queues = (await load_queues(session)).values()
        rows = {row.id: row for row in await session.scalars(select(FlowRow))}
        asked = {
            flow_id: {node.schedule for node in flow.nodes.values() if isinstance(node, HoursNode)}
            for flow_id, flow in (await load_published(session)).items()
        }
    known = {schedule.id: schedule.code for schedule in schedules}
    items = [
        ScheduleUse(
            schedule_id=schedule_id,
            queues=[
                NamedRef(id=queue.queue_id, code=queue.code, name=dict(queue.name)) for queue in queues if queue.schedule_id == schedule_id
            ],
            flows=[
                NamedRef(id=row.id, code=row.code, name=row.name)
                for row in rows.values()
                if code is not None and code in asked.get(row.id, ())
            ],
        )
        for schedule_id, code in (*known.items(), (None, None))
    ]
    return ScheduleUses(items=items, total=len(items))
