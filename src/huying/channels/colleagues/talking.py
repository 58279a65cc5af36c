"""Messages in a room: written once however often they are sent, read, searched, erased. Never commits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.colleagues.model import ColleagueMessageRow, RoomRow
from huying.channels.colleagues.rooms import Room, mark
from huying.channels.colleagues.words import checked_text, mentioned
from huying.foundation.errors import Conflict, NotFound

MessageRow = ColleagueMessageRow


class MessageIdTaken(Conflict):
    """A message with this id was sent already, by somebody else or elsewhere: choose another id."""

    code = "message-id-taken"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody sends. `message_id` is the sender's choice."""

    message_id: str
    text: str
    mentions: Sequence[str] = ()
    contact_id: str | None = None
    customer_id: str | None = None


async def write(session: AsyncSession, room: Room, person_id: str, draft: Draft, now: datetime) -> tuple[MessageRow, bool]:
    """The message, and whether it is new. The room must be held for a change. Raises InvalidInput, MessageIdTaken."""
    text = checked_text(draft.text, linked=bool(draft.contact_id or draft.customer_id))
    known = await session.get(MessageRow, draft.message_id)
    if known is not None:
        if (known.person_id, known.room_id) != (person_id, room.row.id):
            raise MessageIdTaken
        return known, False
    room.row.last_number += 1
    room.row.last_at = now
    row = MessageRow(
        id=draft.message_id,
        business_id=room.row.business_id,
        room_id=room.row.id,
        number=room.row.last_number,
        person_id=person_id,
        at=now,
        text=text,
        mentions=mentioned(draft.mentions, room.people, person_id),
        contact_id=draft.contact_id,
        customer_id=draft.customer_id,
    )
    session.add(row)
    await session.flush()
    await mark(session, room, person_id, read=row.number)  # who writes has seen what stands above
    return row, True


async def read_messages(
    session: AsyncSession, room_id: str, *, after: int | None = None, before: int | None = None, limit: int = 50
) -> list[MessageRow]:
    """Messages in their order: those next after a number, or the last ones (before a number)."""
    statement = select(MessageRow).where(MessageRow.room_id == room_id)
    if after is not None:
        return list(await session.scalars(statement.where(MessageRow.number > after).order_by(MessageRow.number).limit(limit)))
    if before is not None:
        statement = statement.where(MessageRow.number < before)
    return list(await session.scalars(statement.order_by(MessageRow.number.desc()).limit(limit)))[::-1]


async def last_messages(session: AsyncSession, rooms: Sequence[RoomRow]) -> dict[str, MessageRow]:
    """Room -> its last message."""
    wanted = [row.id for row in rooms if row.last_number]
    statement = select(MessageRow).join(RoomRow, (RoomRow.id == MessageRow.room_id) & (RoomRow.last_number == MessageRow.number))
    return {row.room_id: row for row in await session.scalars(statement.where(RoomRow.id.in_(wanted)))} if wanted else {}


async def unread_mentions(session: AsyncSession, person_id: str, read: dict[str, int]) -> dict[str, int]:
    """Room -> messages that the person has not read and that mention him. `read`: room -> up to which number he has."""
    if not read:
        return {}
    statement = select(MessageRow.room_id, MessageRow.number).where(
        MessageRow.room_id.in_(read), MessageRow.number > min(read.values()), MessageRow.mentions.contains([person_id])
    )
    found: dict[str, int] = {}
    for room_id, number in await session.execute(statement):
        if number > read[room_id]:
            found[room_id] = found.get(room_id, 0) + 1
    return found


async def search_messages(session: AsyncSession, rooms: Sequence[str], typed: str, limit: int) -> list[MessageRow]:
    """The latest messages of these rooms that have all the words, in any order."""
    words = [re.sub(r"([%_\\])", r"\\\1", word) for word in typed.split()][:10]
    if not words or not rooms:
        return []
    statement = select(MessageRow).where(MessageRow.room_id.in_(rooms), *(MessageRow.text.ilike(f"%{word}%") for word in words))
    return list(await session.scalars(statement.order_by(MessageRow.at.desc(), MessageRow.id.desc()).limit(limit)))


async def erase(session: AsyncSession, message_id: str, person_id: str, now: datetime) -> MessageRow:
    """Take back one's own words: the message's place stays, its content is gone. Raises NotFound."""
    row = await session.get(MessageRow, message_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such message of yours.")
    await _erase(session, [row], now)
    return row


async def erase_words_of(session: AsyncSession, person_id: str, now: datetime) -> int:
    """Erase everything a person has written; how many messages that were."""
    rows = list(await session.scalars(select(MessageRow).where(MessageRow.person_id == person_id, MessageRow.erased_at.is_(None))))
    await _erase(session, rows, now)
    return len(rows)


async def _erase(session: AsyncSession, rows: Sequence[MessageRow], now: datetime) -> None:
    for row in rows:
        row.text, row.mentions, row.contact_id, row.customer_id, row.erased_at = "", [], None, None, now
    rooms = {row.room_id for row in rows}
    if rooms:
        await session.execute(update(RoomRow).where(RoomRow.id.in_(rooms)).values(revision=RoomRow.revision + 1))
    await session.flush()
