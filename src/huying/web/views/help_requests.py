"""Requests for help over HTTP: the words and the call's state come together here; the voice process journals its part."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.analytics.live_rows import Row
from huying.channels.colleagues.rooms import find_room, open_direct
from huying.channels.colleagues.talking import Draft, write
from huying.channels.help import asking, service
from huying.channels.help.events import HelpAsked, HelpEnded, HelpTaken
from huying.channels.help.model import HelpRequestRow
from huying.channels.help.views import HelpOut, help_out
from huying.channels.telling import tell
from huying.channels.voice.client import VoiceClient
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import Conflict, NotFound
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.foundation.ids import new_id
from huying.routing.settings.queue_views import Given, Id
from huying.web.live.endpoint import LiveOf
from huying.web.live.hub import agents_of

router = APIRouter(prefix="/api", tags=["help"])

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=asking.LONGEST_TEXT)]


class HelpIn(Given):
    """Whom to ask, and why. `audience`: leads; group or skill (`id`) from `level` on; people."""

    audience: Literal["leads", "group", "skill", "people"] = "leads"
    id: Id | None = None
    level: Annotated[int, Field(ge=1, le=10)] = 1
    people: Annotated[list[Id], Field(max_length=asking.MOST_ASKED)] = []
    text: Words = Field(default="", repr=False)


class AnswerIn(Given):
    """What to say to who asked; it goes into the room of the two."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(repr=False)


@router.post("/desk/contacts/{contact_id}/help", status_code=201, dependencies=[requires("desk.use")])
async def ask_for_help(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, contact_id: IdPath, given: HelpIn) -> HelpOut:
    """Ask colleagues for help with the contact at hand."""
    call = live.contacts(caller.business_id).get(contact_id, {})
    if call.get("state") == "ended" or caller.person_id not in agents_of(call):
        raise Conflict("You are not in this call (any more).")
    audience = service.Audience(given.audience, given.id or "", given.level, given.people)
    async with ground.database.business(caller.business_id) as session:
        now = ground.clock()
        row = await service.ask(session, caller.business_id, caller.person_id, contact_id, audience, given.text, now)
        row.queue_id, row.talk_since = _place(call)
        await voice.note_help(caller.business_id, contact_id, HelpAsked(row.id, caller.person_id, row.audience, list(row.asked)))
        view = await help_out(session, row)
    await _tell(ground, caller, row)
    return view


@router.get("/help/{help_id}", dependencies=[requires("colleagues.talk")])
async def read_help(caller: CallerOf, ground: GroundOf, help_id: IdPath) -> HelpOut:
    """A request that one made or was asked by, with the contact as it is known now."""
    async with ground.database.business(caller.business_id) as session:
        return await help_out(session, await _mine(session, caller, help_id))


@router.post("/help/{help_id}/take", status_code=204, dependencies=[requires("colleagues.talk")])
async def take_help(caller: CallerOf, ground: GroundOf, voice: VoiceOf, help_id: IdPath) -> None:
    """Take it on; the others see that it is taken."""
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_help(session, help_id)
        before = service.request_of(row)
        after = asking.taken(before, caller.person_id, ground.clock())
        service.put(row, after)
        if after != before:
            await voice.note_help(caller.business_id, row.contact_id, HelpTaken(row.id, caller.person_id))
    await _tell(ground, caller, row)


@router.post("/help/{help_id}/answer", status_code=204, dependencies=[requires("colleagues.talk")])
async def answer_help(caller: CallerOf, ground: GroundOf, voice: VoiceOf, help_id: IdPath, given: AnswerIn) -> None:
    """Help by a message to who asked; with it the request is over."""
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_help(session, help_id)
        now = ground.clock()
        await _end(voice, caller, row, asking.ended(service.request_of(row), caller.person_id, now, answered=True))
        room = await open_direct(session, caller.business_id, caller.person_id, row.asked_by, now)
        held = await find_room(session, room.row.id, caller.person_id, change=True)
        await write(session, held, caller.person_id, Draft(new_id(), given.text, contact_id=row.contact_id), now)
    await _tell(ground, caller, row)


@router.post("/help/{help_id}/end", status_code=204, dependencies=[requires("colleagues.talk")])
async def end_help(caller: CallerOf, ground: GroundOf, voice: VoiceOf, help_id: IdPath) -> None:
    """Withdraw one's own request, or say that the help was given."""
    async with ground.database.business(caller.business_id) as session:
        row = await service.find_help(session, help_id)
        await _end(voice, caller, row, asking.ended(service.request_of(row), caller.person_id, ground.clock()))
    await _tell(ground, caller, row)


async def _end(voice: VoiceClient, caller: Caller, row: HelpRequestRow, after: asking.HelpRequest) -> None:
    if row.taken_by != after.taken_by and after.taken_by:
        await voice.note_help(caller.business_id, row.contact_id, HelpTaken(row.id, after.taken_by))
    service.put(row, after)
    await voice.note_help(caller.business_id, row.contact_id, HelpEnded(row.id, after.ending, caller.person_id))


async def _mine(session: AsyncSession, caller: Caller, help_id: str) -> HelpRequestRow:
    row = await service.find_help(session, help_id)
    if caller.person_id != row.asked_by and caller.person_id not in row.asked:
        raise NotFound("There is no such request for help.")
    return row


async def _tell(ground: Ground, caller: Caller, row: HelpRequestRow) -> None:
    await tell(ground.bus, caller.business_id, {row.asked_by, *row.asked})


def _place(call: Row) -> tuple[str | None, datetime | None]:
    """The queue of a live call, and since when its agent talks."""
    queue, since = call.get("queue_id"), call.get("talk_since")
    return (str(queue) if queue else None), (datetime.fromisoformat(str(since)) if since else None)
