"""What one can do with messages: keep, list, take, give back, finish. Never commits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.messages.model import DONE, HEARD, NEW, MessageRow
from huying.channels.model import InteractionRow
from huying.foundation.errors import Conflict, NotFound

LEAST_SECONDS = 1.0
"""Shorter than this nothing was said."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message and who left it."""

    row: MessageRow
    number: str
    name: str
    customer_id: str | None


async def keep_message(
    session: AsyncSession, business_id: str, message_id: str, contact_id: str, queue_id: str, left_at: datetime, seconds: float
) -> None:
    """A recording is a message, when something was said; done again it changes nothing."""
    if seconds < LEAST_SECONDS:
        return
    values = {"id": message_id, "business_id": business_id, "contact_id": contact_id, "queue_id": queue_id or None}
    row = insert(MessageRow).values(**values, left_at=left_at, seconds=seconds, state=NEW, note="")
    await session.execute(row.on_conflict_do_nothing(index_elements=[MessageRow.id]))


async def list_messages(
    session: AsyncSession, *, queues: Collection[str] | None, mine: str, states: Collection[str], limit: int, offset: int
) -> tuple[list[Message], int]:
    """Messages, the oldest first, and how many there are. `queues`: only of these (None: all), and what `mine` has taken."""
    wanted = _visible(queues, mine, states)
    total = await session.scalar(select(func.count()).select_from(MessageRow).where(*wanted))
    found = (
        select(MessageRow, InteractionRow)
        .outerjoin(InteractionRow, InteractionRow.contact_id == MessageRow.contact_id)
        .where(*wanted)
        .order_by(MessageRow.left_at, MessageRow.id)
        .limit(limit)
        .offset(offset)
    )
    return [_message(row, known) for row, known in await session.execute(found)], total or 0


async def find_message(session: AsyncSession, message_id: str, queues: Collection[str] | None, mine: str) -> MessageRow:
    """A message that this person may handle, held for a change. Raises NotFound."""
    statement = select(MessageRow).where(MessageRow.id == message_id, *_visible(queues, mine, ())).with_for_update()
    row = await session.scalar(statement)
    if row is None:
        raise NotFound("There is no such message.")
    return row


def take(row: MessageRow, person_id: str, now: datetime) -> None:
    """It is this person's work now. Raises Conflict when it is somebody else's."""
    if row.taken_by not in (None, person_id):
        raise Conflict("Somebody else has taken this message.")
    row.taken_by, row.taken_at = person_id, now


def give_back(row: MessageRow, person_id: str, *, may_all: bool) -> None:
    """It is nobody's work again. Raises Conflict when it is somebody else's."""
    if row.taken_by != person_id and not may_all:
        raise Conflict("Somebody else has taken this message.")
    row.taken_by, row.taken_at = None, None


def finish(row: MessageRow, person_id: str, note: str, now: datetime) -> None:
    """What it asked for is done. Raises Conflict when it is somebody else's."""
    take(row, person_id, row.taken_at or now)
    row.state, row.done_at, row.note = DONE, now, note.strip()


def reopen(row: MessageRow) -> None:
    """It is not done after all."""
    row.state, row.done_at = HEARD, None


async def note_hearing(session: AsyncSession, recording_id: str) -> None:
    """Somebody hears it."""
    row = await session.get(MessageRow, recording_id)
    if row is not None and row.state == NEW:
        row.state = HEARD


async def taken_by(session: AsyncSession, recording_id: str) -> str | None:
    """Whose work the message of this recording is; None for nobody's, and when it is no message."""
    row = await session.get(MessageRow, recording_id)
    return row.taken_by if row is not None else None


def _visible(queues: Collection[str] | None, mine: str, states: Collection[str]) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [MessageRow.state.in_(states)] if states else []
    if queues is not None:
        wanted.append(or_(MessageRow.queue_id.in_(queues), MessageRow.taken_by == mine))
    return wanted


def _message(row: MessageRow, known: InteractionRow | None) -> Message:
    if known is None:
        return Message(row, "", "", None)
    return Message(row, known.remote_number, known.remote_name, known.customer_id)
