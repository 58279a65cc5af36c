"""Routes of call targets: everybody and everything in the centre that a call can go to, and each person's own choice of them."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter

from huying.admin.guard import CallerOf, requires
from huying.channels.book.targets import forget_used, keep, note_used, own_targets
from huying.channels.book.views import (
    ColleagueView,
    DialTargetIn,
    DirectoryView,
    KeptTargetIn,
    OwnTargetPage,
    TargetPlaceView,
    own_target_view,
)
from huying.crm.customers.search import search_text
from huying.flows.service import flow_numbers, list_flows
from huying.foundation.http import GroundOf
from huying.routing.configuration import AgentSettings
from huying.routing.service import load_routing

router = APIRouter(prefix="/api/desk/targets", tags=["address-book"], dependencies=[requires("desk.use")])


@router.get("")
async def read_directory(caller: CallerOf, ground: GroundOf) -> DirectoryView:
    """Colleagues, queues, published flows and groups. What they do now is told by the live feed (`colleagues`, `queues`)."""
    async with ground.database.business(caller.business_id) as session:
        routing = await load_routing(session)
        flows = [flow for flow in await list_flows(session) if flow.published]
        numbers = {flow_id: number for _, flow_id, number in await flow_numbers(session)}
    return DirectoryView(
        colleagues=sorted((_colleague(agent) for agent in routing.agents.values()), key=lambda one: one.extension),
        queues=[_place(queue.queue_id, queue.code, queue.name, queue.internal_number) for queue in routing.queues.values()],
        flows=[_place(flow.flow_id, flow.code, flow.name, numbers.get(flow.flow_id, "")) for flow in flows],
        groups=[_place(group.group_id, group.code, group.name) for group in routing.groups.values()],
    )


@router.get("/mine")
async def read_own(caller: CallerOf, ground: GroundOf) -> OwnTargetPage:
    """One's favourites, speed dial keys and what was called lately."""
    async with ground.database.business(caller.business_id) as session:
        rows = await own_targets(session, caller.person_id)
    return OwnTargetPage(items=[own_target_view(row) for row in rows])


@router.put("/mine")
async def keep_own(caller: CallerOf, ground: GroundOf, given: KeptTargetIn) -> OwnTargetPage:
    """Keep a target as a favourite or on a key, or no longer."""
    async with ground.database.business(caller.business_id) as session:
        await keep(session, caller.business_id, caller.person_id, given.target(), favourite=given.favourite, key=given.key)
        rows = await own_targets(session, caller.person_id)
    return OwnTargetPage(items=[own_target_view(row) for row in rows])


@router.post("/used", status_code=204)
async def note_own(caller: CallerOf, ground: GroundOf, given: DialTargetIn) -> None:
    """One called this target now."""
    async with ground.database.business(caller.business_id) as session:
        await note_used(session, caller.business_id, caller.person_id, given.target(), ground.clock())


@router.delete("/used", status_code=204)
async def forget_own(caller: CallerOf, ground: GroundOf) -> None:
    """Forget what one called."""
    async with ground.database.business(caller.business_id) as session:
        await forget_used(session, caller.person_id)


def _colleague(agent: AgentSettings) -> ColleagueView:
    search = f"{search_text(agent.name)} {agent.extension}"
    return ColleagueView(id=agent.agent_id, name=agent.name, extension=agent.extension, groups=list(agent.profile.groups), search=search)


def _place(place_id: str, code: str, name: Mapping[str, str], number: str = "") -> TargetPlaceView:
    search = " ".join(search_text(text) for text in name.values())
    return TargetPlaceView(id=place_id, code=code, name=dict(name), number=number, search=f"{search} {code} {number}".rstrip())
