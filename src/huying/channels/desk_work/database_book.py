"""The voice process's book of work at the desk, on the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.desk_work.book import Outcome, Wanted
from huying.channels.desk_work.machine import NewWork
from huying.channels.desk_work.model import BEGUN, OVER, TASK, VOICEMAIL, WAITING, DeskWorkRow
from huying.channels.messages.model import DONE as MESSAGE_DONE
from huying.channels.messages.model import MessageRow
from huying.channels.tasks.model import DONE, OPEN, TaskRow
from huying.channels.telling import tell
from huying.foundation.bus.port import Bus
from huying.foundation.database import Database

WORK_TOPIC = "work"
"""The topic of the live feed with a person's own tasks and messages."""


class DatabaseBook:
    """Implements WorkBook."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database = database
        self._bus = bus

    async def wanted(self, now: datetime, limit: int) -> Sequence[Wanted]:
        """See WorkBook."""
        due = (DeskWorkRow.state == WAITING, DeskWorkRow.offer_from <= now)
        async with self._database.system() as session:
            rows = await session.scalars(select(DeskWorkRow).where(*due).order_by(DeskWorkRow.offer_from).limit(limit))
            return [Wanted(row.business_id, _work(row)) for row in rows]

    async def begun(self, contact_ids: Sequence[str]) -> None:
        """See WorkBook."""
        of = (DeskWorkRow.contact_id.in_(contact_ids), DeskWorkRow.state == WAITING)
        async with self._database.system() as session:
            await session.execute(update(DeskWorkRow).where(*of).values(state=BEGUN))

    async def write(self, outcome: Outcome) -> None:
        """See WorkBook."""
        async with self._database.business(outcome.business_id) as session:
            row = await session.get(DeskWorkRow, outcome.contact_id)
            if row is not None:
                row.holder_id = outcome.holder_id or None
                row.result = outcome.result
                row.state = OVER if outcome.result else BEGUN
            if outcome.subject == TASK and outcome.result == "done":
                await _finish_task(session, outcome)
            elif outcome.subject == VOICEMAIL:
                await _write_message(session, outcome)
        await tell(self._bus, outcome.business_id, None, WORK_TOPIC)

    async def unfinished(self) -> Sequence[Wanted]:
        """See WorkBook."""
        async with self._database.system() as session:
            rows = await session.scalars(select(DeskWorkRow).where(DeskWorkRow.state == BEGUN))
            return [Wanted(row.business_id, _work(row)) for row in rows]

    async def message_left(self, business_id: str, person_id: str) -> None:
        """Somebody left a message: for a person, or (empty) for a queue's team."""
        await tell(self._bus, business_id, {person_id} if person_id else None, WORK_TOPIC)


async def _finish_task(session: AsyncSession, outcome: Outcome) -> None:
    task = await session.get(TaskRow, outcome.subject_id)
    if task is not None and task.state == OPEN:
        task.state, task.done_by, task.done_at = DONE, outcome.holder_id or None, outcome.at


async def _write_message(session: AsyncSession, outcome: Outcome) -> None:
    message = await session.get(MessageRow, outcome.subject_id)
    if message is None or message.state == MESSAGE_DONE:
        return
    message.taken_by = outcome.holder_id or None
    message.taken_at = outcome.at if outcome.holder_id else None
    if outcome.result == "done":
        message.state, message.done_at = MESSAGE_DONE, outcome.at


def _work(row: DeskWorkRow) -> NewWork:
    return NewWork(
        contact_id=row.contact_id,
        subject=row.subject,
        subject_id=row.subject_id,
        queue_id=row.queue_id,
        customer_id=row.customer_id or "",
        language=row.language,
        head_start_seconds=row.head_start_seconds,
        wanted_id=row.wanted_id or "",
    )
