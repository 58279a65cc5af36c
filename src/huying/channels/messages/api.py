"""Routes of messages: the list of one's queues (of all for who may see every contact), taking one, finishing it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.channels.messages import service
from huying.channels.messages.events import MessageHandled
from huying.channels.messages.model import MessageRow
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given

router = APIRouter(prefix="/api/messages", tags=["messages"], dependencies=[requires("desk.use")])

State = Literal["new", "heard", "done"]


class MessageView(BaseModel):
    """A message; its sound is the recording of the same id. Listening to it needs to have taken it, or to hear everybody's recordings."""

    id: str
    contact_id: str
    queue_id: str | None
    left_at: datetime
    seconds: float
    state: State
    taken_by: str | None
    taken_at: datetime | None
    done_at: datetime | None
    note: str
    number: str
    name: str
    customer_id: str | None


class MessagePage(BaseModel):
    """Messages and how many there are."""

    items: list[MessageView]
    total: int


class Done(Given):
    """What was done about it."""

    note: Annotated[str, StringConstraints(max_length=4000)] = ""


@router.get("")
async def list_messages(
    caller: CallerOf,
    ground: GroundOf,
    state: Annotated[list[State] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> MessagePage:
    """The messages for this person's queues, the oldest first; without a state those that are not done."""
    async with ground.database.business(caller.business_id) as session:
        queues = await _queues(session, caller)
        states = state or ["new", "heard"]
        found, total = await service.list_messages(session, queues=queues, mine=caller.person_id, states=states, limit=limit, offset=offset)
        return MessagePage(items=[_view(one) for one in found], total=total)


@router.post("/{message_id}/take", status_code=204)
async def take_message(caller: CallerOf, ground: GroundOf, message_id: IdPath) -> None:
    """Make it one's own work."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.take(row, caller.person_id, ground.clock())
        await _act(session, ground, caller, row, "took")


@router.post("/{message_id}/give-back", status_code=204)
async def give_message_back(caller: CallerOf, ground: GroundOf, message_id: IdPath) -> None:
    """Let somebody else do it."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.give_back(row, caller.person_id, may_all=caller.may("contacts.view"))
        await _act(session, ground, caller, row, "gave_back")


@router.post("/{message_id}/done", status_code=204)
async def finish_message(caller: CallerOf, ground: GroundOf, message_id: IdPath, given: Done) -> None:
    """What it asked for is done."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.finish(row, caller.person_id, given.note, ground.clock())
        await _act(session, ground, caller, row, "done")


@router.post("/{message_id}/reopen", status_code=204)
async def reopen_message(caller: CallerOf, ground: GroundOf, message_id: IdPath) -> None:
    """It is not done after all."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.reopen(row)
        await _act(session, ground, caller, row, "reopened")


async def _queues(session: AsyncSession, caller: Caller) -> list[str] | None:
    """The queues whose messages the person sees; None for all."""
    if caller.may("contacts.view"):
        return None
    agent = (await load_routing(session)).agents.get(caller.person_id)
    return list(agent.queues) if agent else []


async def _row(session: AsyncSession, caller: Caller, message_id: str) -> MessageRow:
    return await service.find_message(session, message_id, await _queues(session, caller), caller.person_id)


async def _act(session: AsyncSession, ground: Ground, caller: Caller, row: MessageRow, what: str) -> None:
    act = MessageHandled(caller.person_id, row.id, row.contact_id, what)
    await journal_act(session, caller.business_id, act, ground.clock())


def _view(found: service.Message) -> MessageView:
    own = {name: getattr(found.row, name) for name in MessageView.model_fields if hasattr(found.row, name)}
    return MessageView(**own, number=found.number, name=found.name, customer_id=found.customer_id)
