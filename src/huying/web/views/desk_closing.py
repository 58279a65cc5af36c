"""Routes that end after-call work and work at the desk, and of the notes on a contact."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.guard import CallerOf, requires
from huying.analytics.contact_story import concerns, read_story
from huying.channels.desk.views import WrapUp
from huying.channels.desk_work.client import WorkOf
from huying.channels.desk_work.service import work_of
from huying.channels.dispositions.service import DispositionMissing, check_closing
from huying.channels.dispositions.tree import Closing
from huying.channels.model import InteractionRow
from huying.channels.notes.model import ContactNoteRow
from huying.channels.notes.service import notes_of, own_wrap_up, put_note
from huying.channels.service import follow_up, get_interaction
from huying.channels.tasks.service import names_of
from huying.channels.voice.dependency import VoiceOf
from huying.foundation.errors import NotFound, Unavailable
from huying.foundation.http import Caller, GroundOf, IdPath
from huying.foundation.journal.postgres import PostgresJournal
from huying.routing.settings.queue_views import Given
from huying.web.live.endpoint import LiveOf
from huying.web.views.booked import booked_about
from huying.web.views.closing import close_contact, must_concern, queue_of, why_none_booked

router = APIRouter(tags=["desk"])


class NoteView(BaseModel):
    """One person's note on a contact. `kind`: note, wrap_up, transfer. `mine`: the reader may change it."""

    id: str
    author_id: str
    author_name: str
    kind: str
    text: str
    version: int
    written_at: datetime
    changed_at: datetime
    mine: bool


class NotePage(BaseModel):
    """All notes on a contact, the oldest first."""

    items: list[NoteView]


class NoteIn(Given):
    """A note as it stands now; `version` is the one it was changed from, 0 for a new one."""

    text: Annotated[str, StringConstraints(max_length=4000)]
    version: Annotated[int, Field(ge=0)] = 0


@router.post("/api/desk/contacts/{contact_id}/finish", status_code=204, dependencies=[requires("desk.use")])
async def finish(caller: CallerOf, ground: GroundOf, live: LiveOf, voice: VoiceOf, contact_id: IdPath) -> None:
    """End the after-call work. Refused while the contact lacks what its queue asks for; when nobody can tell, it is ended.

    A callback that is asked for and cannot be booked stays with the caller as a follow-up."""
    with suppress(Unavailable):
        async with ground.database.business(caller.business_id, timeout_seconds=3.0) as session:
            row = await session.get(InteractionRow, contact_id)
            if row is not None:
                booked = booked_about(live.contacts(caller.business_id), contact_id)
                closing = await _closed(session, caller, row, booked)
                try:
                    await check_closing(session, queue_of(live, caller, contact_id), closing, finished=True)
                except DispositionMissing as lacking:
                    why = await why_none_booked(caller, voice, row.remote_number, lacking)
                    await follow_up(session, contact_id, caller.person_id, ground.clock(), why)
    await voice.finish_after_call(caller.business_id, caller.person_id)


@router.post("/api/desk/work/{contact_id}/finish", status_code=204, dependencies=[requires("desk.use")])
async def finish_work(
    caller: CallerOf, ground: GroundOf, live: LiveOf, work: WorkOf, voice: VoiceOf, contact_id: IdPath, given: WrapUp
) -> None:
    """What one has in hand is done: write how, and be free for the next. Refused as `finish` is."""
    async with ground.database.business(caller.business_id) as session:
        row = await work_of(session, contact_id)
        if row is None or row.holder_id != caller.person_id:
            raise NotFound("You do not have this in hand.")
        booked, now = booked_about(live.contacts(caller.business_id), contact_id), ground.clock()
        try:
            await close_contact(session, caller, contact_id, given, row.queue_id, now, booked=booked, finished=True)
        except DispositionMissing as lacking:
            number = (await get_interaction(session, contact_id)).remote_number
            why = await why_none_booked(caller, voice, number, lacking)
            await close_contact(session, caller, contact_id, given, row.queue_id, now, booked=True, finished=True)
            await follow_up(session, contact_id, caller.person_id, now, why)
    await work.finish(caller.business_id, caller.person_id, contact_id)


@router.get("/api/desk/contacts/{contact_id}/notes", dependencies=[requires("desk.use")])
async def read_notes(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath) -> NotePage:
    """The notes on a contact that is or was one's own."""
    async with ground.database.business(caller.business_id) as session:
        await must_concern(session, caller, await get_interaction(session, contact_id), live)
        return await _page(session, caller, contact_id)


@router.get("/api/contacts/{contact_id}/notes", dependencies=[requires("contacts.view_own")])
async def read_old_notes(caller: CallerOf, ground: GroundOf, contact_id: IdPath) -> NotePage:
    """The notes on a contact of the history."""
    async with ground.database.business(caller.business_id) as session:
        if not caller.may("contacts.view"):
            story = await read_story(session, PostgresJournal(ground.database), caller.business_id, contact_id)
            if not concerns(story.fold, caller.person_id):
                raise NotFound("There is no such contact.")
        return await _page(session, caller, contact_id)


@router.put("/api/desk/contacts/{contact_id}/notes/{note_id}", dependencies=[requires("desk.use")])
async def write_note(caller: CallerOf, ground: GroundOf, live: LiveOf, contact_id: IdPath, note_id: IdPath, given: NoteIn) -> NoteView:
    """Write a note as it stands now, as often as it changes; the browser gives the id of a new one."""
    async with ground.database.business(caller.business_id) as session:
        await must_concern(session, caller, await get_interaction(session, contact_id), live)
        row = await put_note(session, caller.business_id, contact_id, note_id, caller.person_id, given.text, given.version, ground.clock())
        return _view(row, caller, {caller.person_id: caller.name})


async def _closed(session: AsyncSession, caller: Caller, row: InteractionRow, booked: bool) -> Closing:
    """How the contact is closed as it stands."""
    note = await own_wrap_up(session, row.contact_id, caller.person_id)
    return Closing(row.disposition, note.text if note else row.note, bool(row.follow_up and row.follow_up.open), booked)


async def _page(session: AsyncSession, caller: Caller, contact_id: str) -> NotePage:
    rows = await notes_of(session, contact_id)
    people = await names_of(session, [row.author_id for row in rows])
    return NotePage(items=[_view(row, caller, people) for row in rows])


def _view(row: ContactNoteRow, caller: Caller, people: dict[str, str]) -> NoteView:
    own = {name: getattr(row, name) for name in NoteView.model_fields if hasattr(row, name)}
    return NoteView(**own, author_name=people.get(row.author_id, ""), mine=row.author_id == caller.person_id)
