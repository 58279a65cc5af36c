"""Routes of messages between colleagues. Everything is for the people of a room alone; what is written has an id of the writer's choice."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field, StringConstraints

from huying.admin.acts import journal_act
from huying.admin.guard import CallerOf, requires
from huying.admin.people import find_person
from huying.channels.colleagues import rooms, talking
from huying.channels.colleagues.events import ColleagueWordsErased
from huying.channels.colleagues.rooms import Room
from huying.channels.colleagues.talking import Draft
from huying.channels.colleagues.views import AudiencesOut, ColleagueOut, MessageOut, RoomOut, audiences, colleagues, message_out, room_views
from huying.channels.colleagues.words import LONGEST_TEXT, MOST_PEOPLE
from huying.channels.telling import tell
from huying.foundation.errors import Forbidden, InvalidInput, TooMany
from huying.foundation.http import Caller, Ground, GroundOf, IdPath
from huying.foundation.throttle import Throttle
from huying.routing.settings.queue_views import Given

router = APIRouter(prefix="/api/colleagues", tags=["colleagues"], dependencies=[requires("colleagues.talk")])
erasing_router = APIRouter(tags=["colleagues"], dependencies=[requires("people.manage")])

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
People = Annotated[list[Uuid], Field(max_length=MOST_PEOPLE)]
Name = Annotated[str, StringConstraints(max_length=200)]
MESSAGES_A_MINUTE = 60


class NewRoom(Given):
    """`direct`: the room with one person. `group`: a new room of chosen people with a name."""

    kind: Literal["direct", "group"]
    people: People
    name: Name = ""


class RoomChange(Given):
    """What to change of a room of chosen people."""

    name: Name | None = None
    add: People = []
    remove: People = []


class NewMessage(Given):
    """A message. Sent again with the same `message_id` it is the same one."""

    message_id: Uuid
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT * 2)] = Field(default="", repr=False)
    mentions: People = []
    contact_id: Uuid | None = None
    customer_id: Uuid | None = None


class Marks(Given):
    """Up to which numbers one has the messages, and has read them."""

    delivered: Annotated[int, Field(ge=0)] = 0
    read: Annotated[int, Field(ge=0)] = 0


class RoomMessages(BaseModel):
    """Messages in their order. `more`: there are older ones (or newer ones, when those after a number were asked for)."""

    items: list[MessageOut]
    more: bool


@router.get("/people")
async def list_colleagues(caller: CallerOf, ground: GroundOf) -> list[ColleagueOut]:
    """Everybody one can write to."""
    async with ground.database.business(caller.business_id) as session:
        return await colleagues(session)


@router.get("/audiences")
async def list_audiences(caller: CallerOf, ground: GroundOf) -> AudiencesOut:
    """The groups, skills and queues that a notice or a request for help may be for."""
    async with ground.database.business(caller.business_id) as session:
        return await audiences(session)


@router.get("/rooms")
async def list_rooms(caller: CallerOf, ground: GroundOf) -> list[RoomOut]:
    """One's rooms, the last used first; the live feed's topic `colleagues` has them too."""
    async with ground.database.business(caller.business_id) as session:
        mine = await rooms.rooms_of(session, caller.business_id, caller.person_id, ground.clock())
        return await room_views(session, mine, caller.person_id)


@router.post("/rooms")
async def open_room(caller: CallerOf, ground: GroundOf, given: NewRoom) -> RoomOut:
    """The room with one person, or a new one with several."""
    async with ground.database.business(caller.business_id) as session:
        if given.kind == "group":
            room = await rooms.make_room(session, caller.business_id, caller.person_id, given.name, given.people, ground.clock())
        elif len(given.people) == 1:
            room = await rooms.open_direct(session, caller.business_id, caller.person_id, given.people[0], ground.clock())
        else:
            raise InvalidInput("A direct room is with one person.", field="people")
        [view] = await room_views(session, [room], caller.person_id)
    await _tell(ground, caller, room)
    return view


@router.patch("/rooms/{room_id}")
async def change_room(caller: CallerOf, ground: GroundOf, room_id: IdPath, given: RoomChange) -> RoomOut:
    """Another name, more people, or fewer: others are taken out by who made the room."""
    async with ground.database.business(caller.business_id) as session:
        room = await rooms.find_room(session, room_id, caller.person_id, change=True)
        if set(given.remove) - {caller.person_id} and room.row.made_by != caller.person_id:
            raise Forbidden("Only who made the room takes others out of it.")
        changed = await rooms.change_room(session, room, given.name, given.add, given.remove, ground.clock())
        [view] = await room_views(session, [changed], caller.person_id)
    await tell(ground.bus, caller.business_id, {*room.people, *changed.people})
    return view


@router.get("/rooms/{room_id}/messages")
async def read_messages(
    caller: CallerOf,
    ground: GroundOf,
    room_id: IdPath,
    after: Annotated[int | None, Query(ge=0)] = None,
    before: Annotated[int | None, Query(ge=1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RoomMessages:
    """The last messages, those before a number, or those next after one."""
    async with ground.database.business(caller.business_id) as session:
        room = await rooms.find_room(session, room_id, caller.person_id)
        items = await talking.read_messages(session, room_id, after=after, before=before, limit=limit)
    more = bool(items) and (items[-1].number < room.row.last_number if after is not None else items[0].number > 1)
    return RoomMessages(items=[message_out(row) for row in items], more=more)


@router.post("/rooms/{room_id}/messages")
async def write_message(request: Request, caller: CallerOf, ground: GroundOf, room_id: IdPath, given: NewMessage) -> MessageOut:
    """Write into a room. Safe to repeat after a broken connection."""
    slow_down(request, caller.person_id)
    async with ground.database.business(caller.business_id) as session:
        room = await rooms.find_room(session, room_id, caller.person_id, change=True)
        row, new = await talking.write(session, room, caller.person_id, Draft(**given.model_dump()), ground.clock())
        view = message_out(row)
    if new:
        await _tell(ground, caller, room)
    return view


@router.post("/rooms/{room_id}/marks", status_code=204)
async def set_marks(caller: CallerOf, ground: GroundOf, room_id: IdPath, given: Marks) -> None:
    """Say how far one has come; the others of the room see it."""
    async with ground.database.business(caller.business_id) as session:
        room = await rooms.find_room(session, room_id, caller.person_id)
        changed = await rooms.mark(session, room, caller.person_id, delivered=given.delivered, read=given.read)
    if changed:
        await _tell(ground, caller, room)


@router.delete("/messages/{message_id}", status_code=204)
async def erase_message(caller: CallerOf, ground: GroundOf, message_id: IdPath) -> None:
    """Take back one's own words."""
    async with ground.database.business(caller.business_id) as session:
        row = await talking.erase(session, message_id, caller.person_id, ground.clock())
        room = await rooms.find_room(session, row.room_id, caller.person_id)
    await _tell(ground, caller, room)


@router.get("/search")
async def search(
    caller: CallerOf,
    ground: GroundOf,
    text: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> list[MessageOut]:
    """The latest messages of one's rooms that have all the words."""
    async with ground.database.business(caller.business_id) as session:
        mine = await rooms.rooms_of(session, caller.business_id, caller.person_id, ground.clock())
        found = await talking.search_messages(session, [room.row.id for room in mine], text, limit)
        return [message_out(row) for row in found]


@erasing_router.post("/api/people/{person_id}/erase-messages", status_code=204)
async def erase_words(caller: CallerOf, ground: GroundOf, person_id: IdPath) -> None:
    """Erase everything that a person has written to colleagues."""
    async with ground.database.business(caller.business_id) as session:
        await find_person(session, person_id)
        count = await talking.erase_words_of(session, person_id, ground.clock())
        await journal_act(session, caller.business_id, ColleagueWordsErased(caller.person_id, person_id, count), ground.clock())
    await tell(ground.bus, caller.business_id, None)


def slow_down(request: Request, person_id: str) -> None:
    """Count one more message. Raises TooMany."""
    state, now = request.app.state, time.monotonic()
    if not hasattr(state, "colleague_messages"):
        state.colleague_messages = Throttle(MESSAGES_A_MINUTE, 60)
    wait = state.colleague_messages.wait_seconds(person_id, now)
    if wait > 0:
        raise TooMany("That were many messages: wait a little.", retry_after_seconds=int(wait) + 1)
    state.colleague_messages.note(person_id, now)


async def _tell(ground: Ground, caller: Caller, room: Room) -> None:
    await tell(ground.bus, caller.business_id, room.people.keys())
