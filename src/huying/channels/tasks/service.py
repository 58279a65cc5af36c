"""What one can do with tasks and reminders. Never commits. Tasks of queues also become work that is offered at desks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, nulls_last, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.model import PersonRow
from huying.channels.desk_work.model import TASK
from huying.channels.desk_work.service import Given, give, withdraw
from huying.channels.dispositions.service import desk_of
from huying.channels.tasks.model import CANCELLED, DONE, HIGH, LOW, NORMAL, OPEN, URGENT, TaskRow
from huying.crm.customers.service import get_customer
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.routing.model import QueueRow

HEAD_STARTS = {LOW: -1800, NORMAL: 0, HIGH: 600, URGENT: 3600}
"""Seconds by which a task's priority moves it in the line of all work."""


@dataclass(frozen=True, slots=True)
class TaskData:
    """What a task is to be: for one person or for one queue."""

    title: str
    text: str = ""
    kind: str = "task"
    customer_id: str | None = None
    contact_id: str | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    priority: int = NORMAL
    person_id: str | None = None
    queue_id: str | None = None
    offer_from: datetime | None = None
    """Of a queue's: not before."""


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks: all conditions that are given must hold. `people`: of these persons, or of these `queues`."""

    people: Collection[str] | None = None
    queues: Collection[str] | None = None
    created_by: str | None = None
    states: Collection[str] = (OPEN,)
    customer_id: str | None = None
    contact_id: str | None = None
    search: str = ""


async def create_task(session: AsyncSession, business_id: str, data: TaskData, by: str | None, now: datetime) -> TaskRow:
    """A new task; a queue's is offered from now on. Raises InvalidInput, NotFound."""
    await _check(session, data)
    row = TaskRow(business_id=business_id, created_by=by, created_at=now)
    session.add(row)
    _fill(row, data)
    await session.flush()
    if data.queue_id:
        await _give(session, row, data.offer_from or now, now)
    return row


async def change_task(session: AsyncSession, row: TaskRow, data: TaskData, now: datetime) -> str:
    """Change it; the contact (id) of work that is to be ended because the task went elsewhere. Raises InvalidInput, NotFound, Conflict."""
    if row.state != OPEN:
        raise Conflict("This task is done: open it again first.")
    await _check(session, data)
    moved = (row.queue_id, row.priority) != (data.queue_id, data.priority)
    was_of_queue = row.queue_id is not None
    _fill(row, data)
    await session.flush()
    ended = await withdraw(session, TASK, row.id) if moved and was_of_queue else ""
    if moved and data.queue_id:
        await _give(session, row, data.offer_from or now, now)
    return ended


async def finish_task(session: AsyncSession, row: TaskRow, by: str, result: str, now: datetime, *, cancelled: bool = False) -> str:
    """It is done, or not to be done any more; the contact (id) of work that is to be ended."""
    if row.state != OPEN:
        return ""
    row.state, row.result, row.done_by, row.done_at = CANCELLED if cancelled else DONE, result.strip(), by, now
    row.remind_at = None
    await session.flush()
    return await withdraw(session, TASK, row.id) if row.queue_id else ""


async def reopen_task(session: AsyncSession, row: TaskRow, now: datetime) -> None:
    """It is to be done after all."""
    if row.state == OPEN:
        return
    row.state, row.result, row.done_by, row.done_at = OPEN, "", None, None
    await session.flush()
    if row.queue_id:
        await _give(session, row, now, now)


async def list_tasks(session: AsyncSession, wanted: TaskFilter, limit: int, offset: int) -> tuple[list[TaskRow], int]:
    """Tasks, the most urgent first, and how many there are."""
    conditions = _conditions(wanted)
    total = await session.scalar(select(func.count()).select_from(TaskRow).where(*conditions)) or 0
    order = (nulls_last(TaskRow.due_at.asc()), TaskRow.priority.desc(), TaskRow.created_at, TaskRow.id)
    rows = await session.scalars(select(TaskRow).where(*conditions).order_by(*order).limit(limit).offset(offset))
    return list(rows), total


async def find_task(session: AsyncSession, task_id: str, person_id: str, queues: Collection[str] | None) -> TaskRow:
    """A task that this person may handle, held for a change: his, of his queues (None: any), or given by him. Raises NotFound."""
    row = await session.get(TaskRow, task_id, with_for_update=True)
    if row is None or not (queues is None or person_id in (row.person_id, row.created_by) or row.queue_id in queues):
        raise NotFound("There is no such task.")
    return row


def _conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [TaskRow.state.in_(wanted.states)] if wanted.states else []
    whose: list[ColumnElement[bool]] = []
    if wanted.people is not None:
        whose.append(TaskRow.person_id.in_(wanted.people))
    if wanted.queues is not None:
        whose.append(TaskRow.queue_id.in_(wanted.queues))
    if whose:
        found.append(or_(*whose))
    if wanted.created_by:
        found.append(TaskRow.created_by == wanted.created_by)
    if wanted.customer_id:
        found.append(TaskRow.customer_id == wanted.customer_id)
    if wanted.contact_id:
        found.append(TaskRow.contact_id == wanted.contact_id)
    if wanted.search:
        found.append(or_(*(column.icontains(wanted.search, autoescape=True) for column in (TaskRow.title, TaskRow.text))))
    return found


async def _check(session: AsyncSession, data: TaskData) -> None:
    if (data.person_id is None) == (data.queue_id is None):
        raise InvalidInput("A task is for one person or for one queue.", field="person_id")
    if not data.title.strip():
        raise InvalidInput("A task needs a title.", field="title")
    if data.person_id and await session.get(PersonRow, data.person_id) is None:
        raise NotFound("There is no such person.")
    if data.queue_id and await session.get(QueueRow, data.queue_id) is None:
        raise NotFound("There is no such queue.")
    if data.customer_id:
        await get_customer(session, data.customer_id)


def _fill(row: TaskRow, data: TaskData) -> None:
    row.title, row.text, row.kind = data.title.strip(), data.text.strip(), data.kind
    row.customer_id, row.contact_id, row.priority = data.customer_id, data.contact_id, data.priority
    row.due_at, row.remind_at, row.person_id, row.queue_id = data.due_at, data.remind_at, data.person_id, data.queue_id


async def _give(session: AsyncSession, row: TaskRow, offer_from: datetime, now: datetime) -> None:
    assert row.queue_id
    desk = await desk_of(session, row.queue_id)
    head_start = desk.task_head_start_seconds + HEAD_STARTS.get(row.priority, 0)
    given = Given(row.business_id, TASK, row.id, row.queue_id, row.customer_id, head_start_seconds=head_start)
    await give(session, given, offer_from, now)


async def names_of(session: AsyncSession, ids: Sequence[str | None]) -> dict[str, str]:
    """The names of persons."""
    wanted = {one for one in ids if one}
    if not wanted:
        return {}
    rows = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(wanted)))
    return {row.id: row.name for row in rows}
