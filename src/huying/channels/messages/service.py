"""What one can do with messages: keep, list, take, give back, finish. Never commits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.desk_work.model import VOICEMAIL
from huying.channels.desk_work.service import Given, give
from huying.channels.dispositions.service import desk_of
from huying.channels.messages.model import DONE, HEARD, NEW, MessageRow
from huying.channels.model import InteractionRow
from huying.foundation.errors import Conflict, NotFound
from huying.routing.model import AgentRow

LEAST_SECONDS = 1.0
"""Shorter than this nothing was said."""


_WITH_CONTACT = (
    select(MessageRow, InteractionRow, PersonRow.name, AgentRow.extension)
    .outerjoin(InteractionRow, InteractionRow.contact_id == MessageRow.contact_id)
    .outerjoin(PersonRow, PersonRow.id == MessageRow.left_by)
    .outerjoin(AgentRow, AgentRow.person_id == MessageRow.left_by)
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message and who left it."""

    row: MessageRow
    number: str
    name: str
    customer_id: str | None


@dataclass(frozen=True, slots=True)
class Left:
    """A message that was left: for a queue's team, or in a person's mailbox."""

    business_id: str
    message_id: str
    contact_id: str
    queue_id: str
    left_at: datetime
    seconds: float
    person_id: str = ""
    left_by: str = ""
    """The colleague who left it."""


async def keep_message(session: AsyncSession, left: Left) -> bool:
    """A recording is a message, when something was said; whether it is a new one: done again it changes nothing.

    Where the queue wants it, it is offered to agents like other work.
    """
    if left.seconds < LEAST_SECONDS:
        return False
    values = {"id": left.message_id, "business_id": left.business_id, "contact_id": left.contact_id}
    whose = {"queue_id": left.queue_id or None, "person_id": left.person_id or None, "left_by": left.left_by or None}
    row = insert(MessageRow).values(**values, **whose, left_at=left.left_at, seconds=left.seconds, state=NEW, note="")
    made = await session.scalar(row.on_conflict_do_nothing(index_elements=[MessageRow.id]).returning(MessageRow.id)) is not None
    if made and left.queue_id:
        await _offer(session, left)
    return made


async def _offer(session: AsyncSession, left: Left) -> None:
    desk = await desk_of(session, left.queue_id)
    if not desk.offer_messages:
        return
    known = await session.get(InteractionRow, left.contact_id)
    given = Given(
        business_id=left.business_id,
        subject=VOICEMAIL,
        subject_id=left.message_id,
        queue_id=left.queue_id,
        customer_id=known.customer_id if known else None,
        head_start_seconds=desk.message_head_start_seconds,
        number=known.remote_number if known else "",
        name=known.remote_name if known else "",
    )
    await give(session, given, left.left_at, left.left_at)


async def list_messages(
    session: AsyncSession, *, queues: Collection[str] | None, mine: str, states: Collection[str], limit: int, offset: int
) -> tuple[list[Message], int]:
    """Messages, the oldest first, and how many there are. `queues`: of these (None: of all), and those of `mine` or taken by him."""
    wanted = _visible(queues, mine, states)
    total = await session.scalar(select(func.count()).select_from(MessageRow).where(*wanted))
    found = _WITH_CONTACT.where(*wanted).order_by(MessageRow.left_at, MessageRow.id).limit(limit).offset(offset)
    return [_message(*told) for told in await session.execute(found)], total or 0


async def find_message(session: AsyncSession, message_id: str, queues: Collection[str] | None, mine: str) -> MessageRow:
    """A message that this person may handle, held for a change. Raises NotFound."""
    statement = select(MessageRow).where(MessageRow.id == message_id, *_visible(queues, mine, ())).with_for_update()
    row = await session.scalar(statement)
    if row is None:
        raise NotFound("There is no such message.")
    return row


async def with_contact(session: AsyncSession, row: MessageRow) -> Message:
    """The message and who left it."""
    return _message(*(await session.execute(_WITH_CONTACT.where(MessageRow.id == row.id))).one())


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


async def note_hearing(session: AsyncSession, recording_id: str) -> MessageRow | None:
    """Somebody hears it; the message, when nobody had before."""
    row = await session.get(MessageRow, recording_id)
    if row is None or row.state != NEW:
        return None
    row.state = HEARD
    return row


def readers(row: MessageRow) -> set[str] | None:
    """In whose lists and counts the message stands: its owner's; None for everybody's."""
    return {row.person_id} if row.person_id else None


async def taken_by(session: AsyncSession, recording_id: str) -> str | None:
    """Whose mailbox the message of this recording is in, or whose work it is; None for nobody's, and when it is no message."""
    row = await session.get(MessageRow, recording_id)
    return (row.person_id or row.taken_by) if row is not None else None


async def count_mailboxes(session: AsyncSession) -> dict[str, tuple[int, int]]:
    """Person -> how many messages he has not heard yet, and how many he has and are not done; of all businesses the session sees."""
    new, old = (func.count().filter(MessageRow.state == state) for state in (NEW, HEARD))
    waiting = select(MessageRow.person_id, new, old).where(MessageRow.person_id.is_not(None), MessageRow.state != DONE)
    found = await session.execute(waiting.group_by(MessageRow.person_id))
    return {person_id: (unheard, heard) for person_id, unheard, heard in found if person_id}


def _visible(queues: Collection[str] | None, mine: str, states: Collection[str]) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [MessageRow.state.in_(states)] if states else []
    own = or_(MessageRow.person_id == mine, MessageRow.taken_by == mine)
    queue = MessageRow.person_id.is_(None) if queues is None else MessageRow.queue_id.in_(queues)
    return [*wanted, or_(own, queue)]


def _message(row: MessageRow, known: InteractionRow | None, colleague: str | None, extension: str | None) -> Message:
    if row.left_by is not None:  # the contact itself names whom he called
        return Message(row, extension or "", colleague or "", None)
    if known is None:
        return Message(row, "", "", None)
    return Message(row, known.remote_number, known.remote_name, known.customer_id)
