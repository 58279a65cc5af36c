"""Giving work to a queue's desks, and taking it back before the voice process has begun it. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.desk_work.machine import DIRECTIONS
from huying.channels.desk_work.model import BEGUN, OVER, WAITING, DeskWorkRow
from huying.channels.service import NewInteraction, open_interaction
from huying.foundation.ids import new_id


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be offered: a task or a message of a queue."""

    business_id: str
    subject: str
    subject_id: str
    queue_id: str
    customer_id: str | None = None
    language: str = ""
    head_start_seconds: int = 0
    wanted_id: str | None = None
    number: str = ""
    name: str = ""


async def give(session: AsyncSession, given: Given, offer_from: datetime, now: datetime) -> str:
    """Let it be offered from then on; the contact it will be."""
    contact_id = new_id()
    row = DeskWorkRow(
        contact_id=contact_id,
        business_id=given.business_id,
        subject=given.subject,
        subject_id=given.subject_id,
        queue_id=given.queue_id,
        customer_id=given.customer_id,
        language=given.language,
        head_start_seconds=given.head_start_seconds,
        wanted_id=given.wanted_id,
        offer_from=offer_from,
    )
    session.add(row)
    interaction = NewInteraction(
        contact_id=contact_id,
        business_id=given.business_id,
        channel=given.subject,
        direction=DIRECTIONS.get(given.subject, "internal"),
        remote_number=given.number,
        remote_name=given.name,
        customer_id=given.customer_id,
        number_called="",
        started_at=now,
    )
    await open_interaction(session, interaction)
    await session.flush()
    return contact_id


async def withdraw(session: AsyncSession, subject: str, subject_id: str) -> str:
    """Take back what was not begun yet; the contact (id) that has begun and is for the voice process to end, else an empty text."""
    of = (DeskWorkRow.subject == subject, DeskWorkRow.subject_id == subject_id)
    over = {"state": OVER, "result": "cancelled", "holder_id": None}
    await session.execute(update(DeskWorkRow).where(*of, DeskWorkRow.state == WAITING).values(over))
    return await session.scalar(select(DeskWorkRow.contact_id).where(*of, DeskWorkRow.state == BEGUN).limit(1)) or ""


async def open_work(session: AsyncSession, subject: str, subject_ids: Sequence[str]) -> dict[str, DeskWorkRow]:
    """What is being offered or done, by subject (id)."""
    if not subject_ids:
        return {}
    of = (DeskWorkRow.subject == subject, DeskWorkRow.subject_id.in_(subject_ids), DeskWorkRow.state != OVER)
    return {row.subject_id: row for row in await session.scalars(select(DeskWorkRow).where(*of))}


async def work_of(session: AsyncSession, contact_id: str) -> DeskWorkRow | None:
    """What the contact is about, when it is work at the desk."""
    return await session.get(DeskWorkRow, contact_id)
