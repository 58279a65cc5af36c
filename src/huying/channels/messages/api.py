"""Routes of messages: the list of one's queues (of all for who may see every contact), taking one, finishing it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.channels.desk_work.client import WorkOf
from huying.channels.desk_work.database_book import WORK_TOPIC
from huying.channels.desk_work.model import VOICEMAIL
from huying.channels.desk_work.service import withdraw
from huying.channels.messages import service
from huying.channels.messages.events import MessageHandled
from huying.channels.messages.model import MessageRow
from huying.channels.messages.views import MessageState, MessageView, message_view
from huying.channels.telling import tell
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given

router = APIRouter(prefix="/api/messages", tags=["messages"], dependencies=[requires("desk.use")])


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
    state: Annotated[list[MessageState] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> MessagePage:
    """The messages for this person's queues, the oldest first; without a state those that are not done."""
    async with ground.database.business(caller.business_id) as session:
        queues = await _queues(session, caller)
        states = state or ["new", "heard"]
        found, total = await service.list_messages(session, queues=queues, mine=caller.person_id, states=states, limit=limit, offset=offset)
        return MessagePage(items=[message_view(one) for one in found], total=total)


@router.post("/{message_id}/take", status_code=204)
async def take_message(caller: CallerOf, ground: GroundOf, work: WorkOf, message_id: IdPath) -> None:
    """Make it one's own work; one that is offered to agents is taken out of the line."""
    async with ground.database.business(caller.business_id) as session:
        offered = await withdraw(session, VOICEMAIL, message_id)
        row = None if offered else await _row(session, caller, message_id)
        if row is None:
            await work.take(caller.business_id, caller.person_id, offered)
            return
        service.take(row, caller.person_id, ground.clock())
        await _act(session, ground, caller, row, "took")
    await _tell(ground, caller, row)


@router.post("/{message_id}/give-back", status_code=204)
async def give_message_back(caller: CallerOf, ground: GroundOf, work: WorkOf, message_id: IdPath) -> None:
    """Let somebody else do it."""
    async with ground.database.business(caller.business_id) as session:
        offered = await withdraw(session, VOICEMAIL, message_id)
        row = None if offered else await _row(session, caller, message_id)
        if row is None:
            await work.give_back(caller.business_id, caller.person_id, offered)
            return
        service.give_back(row, caller.person_id, may_all=caller.may("contacts.view"))
        await _act(session, ground, caller, row, "gave_back")
    await _tell(ground, caller, row)


@router.post("/{message_id}/done", status_code=204)
async def finish_message(caller: CallerOf, ground: GroundOf, work: WorkOf, message_id: IdPath, given: Done) -> None:
    """What it asked for is done; of one that is offered as work the desk's own finishing asks for a disposition too."""
    async with ground.database.business(caller.business_id) as session:
        offered = await withdraw(session, VOICEMAIL, message_id)
    if offered:
        await work.take(caller.business_id, caller.person_id, offered)
        await work.finish(caller.business_id, caller.person_id, offered)
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.finish(row, caller.person_id, given.note, ground.clock())
        await _act(session, ground, caller, row, "done")
    await _tell(ground, caller, row)


@router.post("/{message_id}/reopen", status_code=204)
async def reopen_message(caller: CallerOf, ground: GroundOf, message_id: IdPath) -> None:
    """It is not done after all."""
    async with ground.database.business(caller.business_id) as session:
        row = await _row(session, caller, message_id)
        service.reopen(row)
        await _act(session, ground, caller, row, "reopened")
    await _tell(ground, caller, row)


async def _queues(session: AsyncSession, caller: Caller) -> list[str] | None:
    """The queues whose messages the person sees; None for all."""
    if caller.may("contacts.view"):
        return None
    agent = (await load_routing(session)).agents.get(caller.person_id)
    return list(agent.queues) if agent else []


async def _row(session: AsyncSession, caller: Caller, message_id: str) -> MessageRow:
    return await service.find_message(session, message_id, await _queues(session, caller), caller.person_id)


async def _tell(ground: Ground, caller: Caller, row: MessageRow) -> None:
    await tell(ground.bus, caller.business_id, service.readers(row), WORK_TOPIC)


async def _act(session: AsyncSession, ground: Ground, caller: Caller, row: MessageRow, what: str) -> None:
    act = MessageHandled(caller.person_id, row.id, row.contact_id, what)
    await journal_act(session, caller.business_id, act, ground.clock())
