"""Routes of quick notes: one's own, and the team's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.channels.notes.service import put_quick_note, quick_notes, remove_quick_notes
from huying.foundation.http import GroundOf, IdPath
from huying.routing.settings.queue_views import Given

router = APIRouter(prefix="/api", tags=["notes"])


class QuickNoteView(BaseModel):
    """A ready-made text; the team's when it has no person. `key` is typed after a slash to insert it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    person_id: str | None
    key: str
    title: str
    text: str
    position: int


class QuickNotePage(BaseModel):
    """Quick notes: one's own, then the team's."""

    items: list[QuickNoteView]


class QuickNoteIn(Given):
    """A ready-made text. Placeholders: {customer}, {agent}, {date}, {time}, {number}, {queue}."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,20}$")] = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = 0


@router.get("/desk/quick-notes", dependencies=[requires("desk.use")])
async def read_quick_notes(caller: CallerOf, ground: GroundOf) -> QuickNotePage:
    """What one may insert."""
    async with ground.database.business(caller.business_id) as session:
        rows = await quick_notes(session, caller.person_id)
        return QuickNotePage(items=[QuickNoteView.model_validate(row) for row in rows])


@router.put("/desk/quick-notes/{note_id}", status_code=204, dependencies=[requires("desk.use")])
async def write_own_quick_note(caller: CallerOf, ground: GroundOf, note_id: IdPath, given: QuickNoteIn) -> None:
    """Make or change one of one's own; the browser gives the id of a new one."""
    async with ground.database.business(caller.business_id) as session:
        await put_quick_note(session, caller.business_id, note_id, caller.person_id, given.title, given.text, given.key, given.position)


@router.delete("/desk/quick-notes/{note_id}", status_code=204, dependencies=[requires("desk.use")])
async def remove_own_quick_note(caller: CallerOf, ground: GroundOf, note_id: IdPath) -> None:
    """Remove one of one's own."""
    async with ground.database.business(caller.business_id) as session:
        await remove_quick_notes(session, [note_id], caller.person_id)


@router.put("/quick-notes/{note_id}", status_code=204, dependencies=[requires("queues.manage")])
async def write_team_quick_note(caller: CallerOf, ground: GroundOf, note_id: IdPath, given: QuickNoteIn) -> None:
    """Make or change one of the team's."""
    async with changing(ground, caller, "quick_note") as change:
        await change.begin(note_id)
        made = await put_quick_note(change.session, caller.business_id, note_id, None, given.title, given.text, given.key, given.position)
        change.note(note_id, "made" if made else "changed")


@router.delete("/quick-notes/{note_id}", status_code=204, dependencies=[requires("queues.manage")])
async def remove_team_quick_note(caller: CallerOf, ground: GroundOf, note_id: IdPath) -> None:
    """Remove one of the team's."""
    async with changing(ground, caller, "quick_note") as change:
        await change.begin(note_id)
        await remove_quick_notes(change.session, [note_id], None)
        change.note(note_id, "changed")
