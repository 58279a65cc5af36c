"""Routes of how persons are reached: one's own settings, those of others, and calls wanted when both are free."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints, model_validator

from huying.admin.calendar.service import find_schedule
from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.dialling.plan import USUAL_PLAN
from huying.channels.dialling.service import load_dial_plans, read_dial_settings
from huying.channels.reach.model import PersonReachRow
from huying.channels.reach.reach import OCCASIONS
from huying.channels.reach.service import cancel_wish, change_reach, read_reach, wish_for, wishes_of
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.routing.configuration import RoutingSettings
from huying.routing.service import is_agent, load_routing
from huying.routing.settings.queue_views import Given, Id

router = APIRouter(tags=["reach"])

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class TargetData(Given):
    """Where calls are passed on to. `id`: the agent or queue (of a mailbox: whose; one's own without). `number`: outside, or an
    internal one: of a colleague, a queue, a flow, or with a star before it of a mailbox."""

    kind: Literal["number", "agent", "queue", "mailbox"]
    id: Id | None = None
    number: Number = Field(default="", repr=False)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "number" and not self.number:
            raise ValueError("a number is missing")
        if self.kind in ("agent", "queue") and not self.id:
            raise ValueError("it is not said who")
        return self


class ReachData(Given):
    """How a person is reached. Work of queues is not touched by it."""

    always: TargetData | None = None
    busy: TargetData | None = None
    no_answer: TargetData | None = None
    after_hours: TargetData | None = None
    not_disturbed: TargetData | None = None
    no_answer_seconds: Annotated[int, Field(ge=5, le=120)] = 20
    schedule_id: Id | None = None
    do_not_disturb: bool = False
    call_waiting: bool = False
    all_devices: bool = True


class NewWish(Given):
    """Whom one wants to talk with."""

    agent_id: Id


class WishView(BaseModel):
    """A colleague one waits for."""

    id: str
    agent_id: str
    asked_at: datetime
    expires_at: datetime


class WishPage(BaseModel):
    """Whom one waits for."""

    items: list[WishView]
    total: int


@router.get("/api/desk/reach", dependencies=[requires("desk.use")])
async def read_own(caller: CallerOf, ground: GroundOf) -> ReachData:
    """How one is reached oneself."""
    return await _read(ground, caller, caller.person_id)


@router.put("/api/desk/reach", dependencies=[requires("desk.use")])
async def write_own(caller: CallerOf, ground: GroundOf, given: ReachData) -> ReachData:
    """Set it; the next call goes by it."""
    return await _write(ground, caller, caller.person_id, given)


@router.get("/api/agents/{agent_id}/reach", dependencies=[requires("queues.manage")])
async def read_of(caller: CallerOf, ground: GroundOf, agent_id: IdPath) -> ReachData:
    """How this agent is reached."""
    return await _read(ground, caller, agent_id)


@router.put("/api/agents/{agent_id}/reach", dependencies=[requires("queues.manage")])
async def write_of(caller: CallerOf, ground: GroundOf, agent_id: IdPath, given: ReachData) -> ReachData:
    """Set it for him."""
    return await _write(ground, caller, agent_id, given)


@router.get("/api/desk/call-wishes", dependencies=[requires("desk.use")])
async def read_wishes(caller: CallerOf, ground: GroundOf) -> WishPage:
    """The colleagues one will be connected with when both are free."""
    async with ground.database.business(caller.business_id) as session:
        rows = await wishes_of(session, caller.person_id, ground.clock())
        items = [WishView(id=row.id, agent_id=row.called_id, asked_at=row.asked_at, expires_at=row.expires_at) for row in rows]
    return WishPage(items=items, total=len(items))


@router.post("/api/desk/call-wishes", status_code=201, dependencies=[requires("desk.use")])
async def make_wish(caller: CallerOf, ground: GroundOf, voice: VoiceOf, given: NewWish) -> WishView:
    """Be connected with a colleague as soon as both are free."""
    if given.agent_id == caller.person_id:
        raise InvalidInput("One cannot call oneself.", field="agent_id")
    async with ground.database.business(caller.business_id) as session:
        if not await is_agent(session, given.agent_id):
            raise NotFound("There is no such colleague.")
        seconds = (await read_dial_settings(session)).wish_seconds
        row = await wish_for(session, caller.business_id, caller.person_id, given.agent_id, ground.clock(), seconds)
        view = WishView(id=row.id, agent_id=row.called_id, asked_at=row.asked_at, expires_at=row.expires_at)
    await voice.wishes_changed(caller.business_id)
    return view


@router.delete("/api/desk/call-wishes/{wish_id}", status_code=204, dependencies=[requires("desk.use")])
async def forget_wish(caller: CallerOf, ground: GroundOf, voice: VoiceOf, wish_id: IdPath) -> None:
    """Wait for him no longer."""
    async with ground.database.business(caller.business_id) as session:
        await cancel_wish(session, caller.person_id, wish_id)
    await voice.wishes_changed(caller.business_id)


async def _read(ground: Ground, caller: Caller, person_id: str) -> ReachData:
    async with ground.database.business(caller.business_id) as session:
        row = await read_reach(session, person_id)
        return _view(row) if row else ReachData()


def _view(row: PersonReachRow) -> ReachData:
    more = {name: getattr(row, name) for name in ReachData.model_fields if name not in OCCASIONS}
    return ReachData.model_validate({**row.diversions, **more})


async def _write(ground: Ground, caller: Caller, person_id: str, given: ReachData) -> ReachData:
    async with changing(ground, caller, "person_reach") as change:
        session = change.session
        if not await is_agent(session, person_id):
            raise NotFound("This person is not an agent.")
        routing = await load_routing(session)
        plan = (await load_dial_plans(session, routing)).get(caller.business_id, USUAL_PLAN)
        if given.schedule_id:
            await find_schedule(session, given.schedule_id)
        diversions: dict[str, Any] = {}
        for name in OCCASIONS:
            target = getattr(given, name)
            if target is not None:
                _check(target, routing, person_id, name)
                if target.kind == "number":
                    target.number = plan.allowed(person_id, target.number, ground.clock()).number
                    if (inner := plan.inner(target.number)) and (inner.kind, inner.id) == ("agent", person_id):
                        raise InvalidInput("Pass calls on to another agent.", field=name)
                diversions[name] = target.model_dump(exclude_none=True)
        await change.begin(person_id)
        values = {name: getattr(given, name) for name in ReachData.model_fields if name not in OCCASIONS}
        made = await change_reach(session, caller.business_id, person_id, {**values, "diversions": diversions})
        change.note(person_id, "made" if made else "changed")
    return given


def _check(target: TargetData, routing: RoutingSettings, person_id: str, field: str) -> None:
    """Raise InvalidInput when there is no such agent or queue, or the person passes calls on to himself."""
    if target.kind == "agent" and (target.id not in routing.agents or target.id == person_id):
        raise InvalidInput("Pass calls on to another agent.", field=field)
    if target.kind == "queue" and target.id not in routing.queues:
        raise InvalidInput("There is no such queue.", field=field)
    if target.kind == "mailbox" and target.id and target.id not in routing.agents and target.id not in routing.queues:
        raise InvalidInput("There is no such mailbox.", field=field)
