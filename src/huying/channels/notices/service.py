"""What one can do with notices to the staff: publish, withdraw, read, confirm, see who has. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.notices.model import ALL, GROUP, QUEUE, NoticeReadRow, NoticeRow
from huying.foundation.errors import InvalidInput, NotFound
from huying.routing.model import AgentRow, GroupMemberRow, QueueGroupRow, QueueRow, WorkGroupRow

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What is to be told. `audience`: all, group, queue."""

    audience: str
    audience_id: str | None
    title: str
    text: str
    importance: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """One person a notice is for, and what he has done with it."""

    person_id: str
    name: str
    read_at: datetime | None
    confirmed_at: datetime | None


async def publish(session: AsyncSession, business_id: str, person_id: str, new: NewNotice, now: datetime) -> NoticeRow:
    """Tell it. Raises InvalidInput for an end that is over or far, and for nobody."""
    if not now < new.ends_at <= now + LONGEST:
        raise InvalidInput("It ends in the future, within a year.", field="ends_at")
    table = {GROUP: WorkGroupRow, QUEUE: QueueRow}.get(new.audience)
    if table is not None and (new.audience_id is None or await session.get(table, new.audience_id) is None):
        raise InvalidInput("Choose the group or the queue that it is for.", field="audience_id")
    row = NoticeRow(
        business_id=business_id,
        made_by=person_id,
        made_at=now,
        audience=new.audience,
        audience_id=None if new.audience == ALL else new.audience_id,
        title=new.title,
        text=new.text,
        importance=new.importance,
        ends_at=new.ends_at,
    )
    session.add(row)
    await session.flush()
    return row


async def find_notice(session: AsyncSession, notice_id: str) -> NoticeRow:
    """One notice. Raises NotFound."""
    row = await session.get(NoticeRow, notice_id)
    if row is None:
        raise NotFound("There is no such notice.")
    return row


def withdraw(row: NoticeRow, now: datetime) -> None:
    """Take it back; one that is over stays as it is."""
    if row.withdrawn_at is None and row.ends_at > now:
        row.withdrawn_at = now


async def notices_for(
    session: AsyncSession, person_id: str, now: datetime | None, limit: int = 100
) -> list[tuple[NoticeRow, NoticeReadRow | None]]:
    """What is told to a person and whether he has read it, the latest first. `now`: only what holds then; None: also what is over."""
    wanted: list[ColumnElement[bool]] = [or_(_is_for(person_id), NoticeRow.made_by == person_id)]
    if now is not None:
        wanted += [NoticeRow.withdrawn_at.is_(None), NoticeRow.ends_at > now, _is_for(person_id)]
    statement = (
        select(NoticeRow, NoticeReadRow)
        .outerjoin(NoticeReadRow, and_(NoticeReadRow.notice_id == NoticeRow.id, NoticeReadRow.person_id == person_id))
        .where(*wanted)
        .order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await session.execute(statement)]


async def note_read(session: AsyncSession, row: NoticeRow, person_id: str, now: datetime, *, confirmed: bool) -> None:
    """The person has read it, and perhaps confirmed it. The first time counts. Raises NotFound when it is not for him."""
    if await session.scalar(select(NoticeRow.id).where(NoticeRow.id == row.id, _is_for(person_id))) is None:
        raise NotFound("There is no such notice for you.")
    values = {"notice_id": row.id, "person_id": person_id, "business_id": row.business_id, "read_at": now}
    await session.execute(insert(NoticeReadRow).values(**values).on_conflict_do_nothing())
    if confirmed:
        read = await session.get(NoticeReadRow, (row.id, person_id), populate_existing=True)
        assert read is not None
        read.confirmed_at = read.confirmed_at or now
        await session.flush()


async def readers(session: AsyncSession, row: NoticeRow) -> list[Reader]:
    """Everybody it is for, by name, with what each has done."""
    statement = (
        select(PersonRow.id, PersonRow.name, NoticeReadRow.read_at, NoticeReadRow.confirmed_at)
        .outerjoin(NoticeReadRow, and_(NoticeReadRow.person_id == PersonRow.id, NoticeReadRow.notice_id == row.id))
        .where(PersonRow.id.in_(await people_of(session, row)))
        .order_by(PersonRow.name, PersonRow.id)
    )
    return [Reader(*found) for found in await session.execute(statement)]


async def people_of(session: AsyncSession, row: NoticeRow) -> Sequence[str]:
    """Whom it is for: active people."""
    statement = select(PersonRow.id).where(PersonRow.active)
    if row.audience != ALL:
        members = select(GroupMemberRow.person_id).join(AgentRow, AgentRow.person_id == GroupMemberRow.person_id).where(AgentRow.active)
        if row.audience == GROUP:
            members = members.where(GroupMemberRow.group_id == row.audience_id)
        else:
            serving = select(QueueGroupRow.group_id).where(QueueGroupRow.queue_id == row.audience_id)
            members = members.where(GroupMemberRow.group_id.in_(serving))
        statement = statement.where(PersonRow.id.in_(members))
    return list(await session.scalars(statement))


def _is_for(person_id: str) -> ColumnElement[bool]:
    """Whether a notice is for this person: by the groups he is in now."""
    groups = select(GroupMemberRow.group_id).where(GroupMemberRow.person_id == person_id)
    queues = select(QueueGroupRow.queue_id).where(QueueGroupRow.group_id.in_(groups))
    return or_(
        NoticeRow.audience == ALL,
        and_(NoticeRow.audience == GROUP, NoticeRow.audience_id.in_(groups)),
        and_(NoticeRow.audience == QUEUE, NoticeRow.audience_id.in_(queues)),
    )
