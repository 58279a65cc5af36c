"""Notes on contacts and ready-made texts. Never commits. Only its author changes a note, and never an older version of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.notes.model import NOTE, WRAP_UP, ContactNoteRow, QuickNoteRow
from huying.foundation.errors import Conflict, NotFound
from huying.foundation.ids import new_id


class NoteChanged(Conflict):
    """This note was changed in another window: take over what stands there, or write yours anew."""

    code = "note-changed"


async def notes_of(session: AsyncSession, contact_id: str) -> list[ContactNoteRow]:
    """All notes on a contact, the oldest first; empty ones are left out."""
    of = (ContactNoteRow.contact_id == contact_id, ContactNoteRow.text != "")
    return list(await session.scalars(select(ContactNoteRow).where(*of).order_by(ContactNoteRow.written_at, ContactNoteRow.id)))


async def has_written(session: AsyncSession, contact_id: str, person_id: str) -> bool:
    """Whether this person has a note on the contact."""
    of = (ContactNoteRow.contact_id == contact_id, ContactNoteRow.author_id == person_id)
    return await session.scalar(select(ContactNoteRow.id).where(*of).limit(1)) is not None


async def own_wrap_up(session: AsyncSession, contact_id: str, person_id: str) -> ContactNoteRow | None:
    """What this person wrote when closing the contact."""
    of = (ContactNoteRow.contact_id == contact_id, ContactNoteRow.author_id == person_id, ContactNoteRow.kind == WRAP_UP)
    return await session.scalar(select(ContactNoteRow).where(*of))


async def add_note(
    session: AsyncSession, business_id: str, contact_id: str, author_id: str, text: str, now: datetime, kind: str = NOTE
) -> ContactNoteRow:
    """One more note."""
    row = ContactNoteRow(
        id=new_id(),
        business_id=business_id,
        contact_id=contact_id,
        author_id=author_id,
        kind=kind,
        text=text.strip(),
        version=1,
        written_at=now,
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def put_note(
    session: AsyncSession, business_id: str, contact_id: str, note_id: str, author_id: str, text: str, version: int, now: datetime
) -> ContactNoteRow:
    """Write a note as it stands now; `version` is the one it was changed from, 0 for a new one. Raises NotFound, NoteChanged."""
    row = await session.get(ContactNoteRow, note_id, with_for_update=True)
    if row is None:
        row = await add_note(session, business_id, contact_id, author_id, text, now)
        row.id = note_id
        await session.flush()
        return row
    if row.author_id != author_id or row.contact_id != contact_id:
        raise NotFound("There is no such note of yours.")
    if row.text == text.strip():
        return row
    if row.version != version:
        raise NoteChanged(version=row.version, text=row.text)
    row.text, row.version, row.changed_at = text.strip(), row.version + 1, now
    await session.flush()
    return row


async def put_wrap_up(session: AsyncSession, business_id: str, contact_id: str, author_id: str, text: str, now: datetime) -> None:
    """What this person writes when closing the contact: one note, written again as often as he likes."""
    row = await own_wrap_up(session, contact_id, author_id)
    if row is None:
        if text.strip():
            await add_note(session, business_id, contact_id, author_id, text, now, WRAP_UP)
    elif row.text != text.strip():
        row.text, row.version, row.changed_at = text.strip(), row.version + 1, now
    await session.flush()


async def quick_notes(session: AsyncSession, person_id: str) -> list[QuickNoteRow]:
    """This person's ready-made texts and the team's, in their order."""
    whose = or_(QuickNoteRow.person_id == person_id, QuickNoteRow.person_id.is_(None))
    order = (QuickNoteRow.person_id.is_(None), QuickNoteRow.position, QuickNoteRow.title)
    return list(await session.scalars(select(QuickNoteRow).where(whose, QuickNoteRow.active).order_by(*order)))


async def put_quick_note(
    session: AsyncSession, business_id: str, note_id: str, person_id: str | None, title: str, text: str, key: str, position: int
) -> bool:
    """Make or change one; whether it was made. Raises NotFound for one of somebody else."""
    row = await session.get(QuickNoteRow, note_id)
    made = row is None
    if row is None:
        row = QuickNoteRow(id=note_id, business_id=business_id, person_id=person_id, title="", text="")
        session.add(row)
    elif row.person_id != person_id:
        raise NotFound("There is no such quick note.")
    row.title, row.text, row.key, row.position, row.active = title.strip(), text, key.strip(), position, True
    await session.flush()
    return made


async def remove_quick_notes(session: AsyncSession, note_ids: Sequence[str], person_id: str | None) -> None:
    """They are offered no more. Raises NotFound for one of somebody else."""
    for note_id in note_ids:
        row = await session.get(QuickNoteRow, note_id)
        if row is None or row.person_id != person_id:
            raise NotFound("There is no such quick note.")
        row.active = False
    await session.flush()
