"""Routes of internal numbers: all there are, and those of flows, which have no other page. Queues and agents keep theirs themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.dialling.numbers import FIRST_SLOT, LAST_SLOT
from huying.flows.model import FlowRow
from huying.flows.service import FlowNotFound, flow_numbers, list_flows
from huying.foundation.http import GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.internal_numbers import check_internal_number, ranges_of
from huying.routing.settings.queue_views import Given

router = APIRouter(tags=["dialling"])


class InnerNumber(BaseModel):
    """A queue or a published flow, and its internal number; empty for none."""

    kind: Literal["queue", "flow"]
    id: str
    code: str
    name: dict[str, str]
    number: str


class NumberRange(BaseModel):
    """Numbers without a gap, from the first to the last."""

    first: str
    last: str
    count: int


class InnerNumbers(BaseModel):
    """The number space of the house: queues and flows, extensions of agents, parking slots."""

    items: list[InnerNumber]
    extensions: list[NumberRange]
    slots: NumberRange


class FlowNumber(Given):
    """The number of a flow; empty for none."""

    internal_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""


@router.get("/api/internal-numbers", dependencies=[requires("settings.manage")])
async def read_numbers(caller: CallerOf, ground: GroundOf) -> InnerNumbers:
    """All internal numbers, with the queues and flows that have none."""
    async with ground.database.business(caller.business_id) as session:
        routing = await load_routing(session)
        flows = await list_flows(session)
        numbers = {flow_id: number for _, flow_id, number in await flow_numbers(session)}
    queues = [
        InnerNumber(kind="queue", id=one.queue_id, code=one.code, name=dict(one.name), number=one.internal_number)
        for one in routing.queues.values()
    ]
    of_flows = [
        InnerNumber(kind="flow", id=one.flow_id, code=one.code, name=dict(one.name), number=numbers.get(one.flow_id, ""))
        for one in flows
        if one.published or numbers.get(one.flow_id)
    ]
    extensions = ranges_of(agent.extension for agent in routing.agents.values())
    return InnerNumbers(
        items=sorted([*queues, *of_flows], key=lambda one: (one.kind, not one.number, one.number, one.code)),
        extensions=[NumberRange(first=first, last=last, count=count) for first, last, count in extensions],
        slots=NumberRange(first=str(FIRST_SLOT), last=str(LAST_SLOT), count=LAST_SLOT - FIRST_SLOT + 1),
    )


@router.put("/api/flows/{flow_id}/internal-number", status_code=204, dependencies=[requires("settings.manage")])
async def write_number(caller: CallerOf, ground: GroundOf, flow_id: IdPath, given: FlowNumber) -> None:
    """Give a flow its number, or none. Refused with `internal-number-taken` (`by` agent, queue, flow), `internal-number-not-valid`."""
    async with changing(ground, caller, "flow") as change:
        row = await change.session.get(FlowRow, flow_id)
        if row is None:
            raise FlowNotFound(f"there is no flow {flow_id}")
        if given.internal_number:
            await check_internal_number(change.session, given.internal_number, flow_id)
        if (row.internal_number or "") != given.internal_number:
            await change.begin(flow_id)
            row.internal_number = given.internal_number or None
            change.note(flow_id, "changed")
