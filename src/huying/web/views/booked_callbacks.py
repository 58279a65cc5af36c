"""Callbacks at a time, at the desk: booking one about a contact or for a number, one's own and one's queues', moving and cancelling."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.admin.model import BusinessRow
from huying.channels.model import InteractionRow
from huying.channels.notes.service import put_note
from huying.channels.service import get_interaction
from huying.channels.tasks.service import names_of
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.foundation.ids import new_id
from huying.routing.service import load_routing
from huying.routing.settings.queue_views import Given, Id
from huying.web.live.endpoint import LiveOf
from huying.web.views.booked import is_booked
from huying.web.views.closing import must_concern, queue_of

router = APIRouter(prefix="/api/desk/callbacks", tags=["callbacks"], dependencies=[requires("desk.use")])

SHOWN_LOOKS = 50
At = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=40)]
"""ISO date and time; without an offset by the business's clocks."""


class BookingIn(Given):
    """Whom to call, when, and who: the booker first (`to` me), or anybody of the queue. Of `contact_id` number, name and queue are
    taken where they are not given."""

    at: At
    to: Literal["me", "queue"] = "me"
    contact_id: Id | None = None
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = Field(default="", repr=False)
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(default="", repr=False)
    customer_id: Id | None = None
    queue_id: Id | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = Field(default="", repr=False)


class MoveIn(Given):
    """Another time, or somebody else."""

    at: At
    to: Literal["me", "queue"] = "me"
    queue_id: Id | None = None


class BookedView(BaseModel):
    """A callback that is booked. `state`: scheduled, waiting (its time has come), ringing, dialling; `mine`: the reader is asked first."""

    contact_id: str
    state: str
    due_at: datetime
    number: str
    name: str
    customer_id: str | None
    queue_id: str | None
    booked_by: str | None
    booked_by_name: str
    wanted_id: str | None
    mine: bool
    next_at: datetime | None
    tries: int
    last_result: str
    previous_contact_id: str | None


class BookedPage(BaseModel):
    """All of them, the next one first; `time_zone` is the business's, by which times without offset are read."""

    items: list[BookedView]
    total: int
    time_zone: str


class Bookable(BaseModel):
    """Whether a callback can be booked about a contact. `why` it cannot: no_line, no_queue, never_open, no_number, not_callable,
    booked_often; empty when it can."""

    why: str


class Booked(BaseModel):
    """What was booked."""

    contact_id: str
    at: datetime


@router.get("")
async def list_booked(caller: CallerOf, ground: GroundOf, live: LiveOf) -> BookedPage:
    """What the caller has booked or is asked for first, and what waits for the caller's queues."""
    async with ground.database.business(caller.business_id) as session:
        queues = await _queues(session, caller)
        contacts: list[Mapping[str, Any]] = list(live.contacts(caller.business_id).values())
        rows = [row for row in contacts if is_booked(row) and _concerns(row, caller, queues)]
        wanted = select(InteractionRow).where(InteractionRow.contact_id.in_([row["contact_id"] for row in rows]))
        known = {row.contact_id: row for row in await session.scalars(wanted)}
        people = await names_of(session, [row["callback"]["booked_by"] for row in rows])
        zone = await _zone(session, caller)
    items = sorted((_view(row, known.get(str(row["contact_id"])), people, caller) for row in rows), key=lambda item: item.due_at)
    return BookedPage(items=items, total=len(items), time_zone=zone)


@router.get("/possible")
async def read_possible(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, contact_id: Id) -> Bookable:
    """Whether the caller can book one about this contact, with the number that it has."""
    async with ground.database.business(caller.business_id) as session:
        about = await get_interaction(session, contact_id)
        await must_concern(session, caller, about, live)
    return Bookable(why=await voice.why_not_booked(caller.business_id, caller.person_id, about.remote_number))


@router.post("", status_code=201)
async def book(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, given: BookingIn) -> Booked:
    """Book it. Refused with `time-passed`, `time-too-far`, `closed-then` (with `opens_at`), or what forbids dialling the number."""
    async with ground.database.business(caller.business_id) as session:
        about = None
        if given.contact_id:
            about = await get_interaction(session, given.contact_id)
            await must_concern(session, caller, about, live)
        queue_id = given.queue_id or (queue_of(live, caller, given.contact_id) if given.contact_id else None)
        queue_id = queue_id or await _first_queue(session, caller)
    number = given.number or (about.remote_number if about else "")
    if not number:
        raise InvalidInput("Whom to call? Give a number.", field="number")
    own = about is not None and number == about.remote_number
    contact_id, at = await voice.book_callback(
        caller.business_id,
        caller.person_id,
        number,
        queue_id,
        given.at,
        wanted_id=caller.person_id if given.to == "me" else "",
        customer_id=given.customer_id or (about.customer_id if about and own else "") or "",
        previous_contact_id=given.contact_id or "",
        name=given.name or (about.remote_name if about and own else ""),
    )
    if given.note:
        async with ground.database.business(caller.business_id) as session:
            await put_note(session, caller.business_id, contact_id, new_id(), caller.person_id, given.note, 0, ground.clock())
    await _shown(live, caller.business_id, contact_id)
    return Booked(contact_id=contact_id, at=datetime.fromisoformat(at))


@router.put("/{contact_id}")
async def move(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, contact_id: IdPath, given: MoveIn) -> Booked:
    """Another time. Refused while the customer is being called."""
    row = await _own(caller, ground, live, contact_id)
    queue_id = given.queue_id or str(row["callback"]["queue_id"])
    wanted = (row["callback"]["wanted_id"] or caller.person_id) if given.to == "me" else ""
    at = await voice.move_callback(caller.business_id, caller.person_id, contact_id, queue_id, given.at, wanted)
    return Booked(contact_id=contact_id, at=datetime.fromisoformat(at))


@router.post("/{contact_id}/cancel", status_code=204)
async def cancel(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """The customer is not to be called any more."""
    await _own(caller, ground, live, contact_id)
    await voice.cancel_callback(caller.business_id, contact_id)


async def _own(caller: Caller, ground: GroundOf, live: LiveOf, contact_id: str) -> Mapping[str, Any]:
    row: Mapping[str, Any] = live.contacts(caller.business_id).get(contact_id, {})
    async with ground.database.business(caller.business_id) as session:
        queues = await _queues(session, caller)
    if not row or not (_concerns(row, caller, queues) or caller.may("agents.steer")):
        raise NotFound("There is no such callback.")
    if not is_booked(row):
        raise Conflict("This is no callback that waits.")
    return row


def _concerns(row: Mapping[str, Any], caller: Caller, queues: list[str]) -> bool:
    told = row.get("callback") or {}
    return caller.person_id in (told.get("booked_by"), told.get("wanted_id")) or told.get("queue_id") in queues


async def _shown(live: LiveOf, business_id: str, contact_id: str) -> None:
    """Wait a moment until what was booked is shown, so that whoever looks at once, or closes the contact, finds it."""
    for _ in range(SHOWN_LOOKS):
        if contact_id in live.contacts(business_id):
            return
        await asyncio.sleep(0.02)


async def _queues(session: AsyncSession, caller: Caller) -> list[str]:
    agent = (await load_routing(session)).agents.get(caller.person_id)
    return list(agent.queues) if agent else []


async def _first_queue(session: AsyncSession, caller: Caller) -> str:
    found = await _queues(session, caller)
    if not found:
        raise InvalidInput("You serve no queue: choose from which queue the customer is called.", field="queue_id")
    return found[0]


async def _zone(session: AsyncSession, caller: Caller) -> str:
    return await session.scalar(select(BusinessRow.time_zone).where(BusinessRow.id == caller.business_id)) or "UTC"


def _view(row: Mapping[str, Any], known: InteractionRow | None, people: Mapping[str, str], caller: Caller) -> BookedView:
    told = row["callback"]
    return BookedView(
        contact_id=row["contact_id"],
        state=row["state"],
        customer_id=row["customer_id"],
        **{name: told[name] for name in ("due_at", "queue_id", "booked_by", "wanted_id", "next_at", "tries", "last_result")},
        previous_contact_id=told["previous_contact_id"],
        number=known.remote_number if known else "",
        name=known.remote_name if known else "",
        booked_by_name=people.get(told["booked_by"] or "", ""),
        mine=told["wanted_id"] == caller.person_id,
    )
