"""The history's tables as the projection reads and writes them. Every write is an upsert, so doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.facts import AgentInterval
from huying.analytics.model import (
    AgentIntervalRow,
    AgentPlaceRow,
    ContactFactRow,
    OfferFactRow,
    PersonCallFactRow,
    ProjectionRow,
    QueueEntryFactRow,
    SegmentFactRow,
)
from huying.analytics.projection_rows import Values
from huying.foundation.journal.port import Cursor
from huying.foundation.tables import Base

NAME = "history"
VERSION = 4
"""Raised when the folds or the tables change what they mean: the history is then made again from the journal."""


async def read_cursor(session: AsyncSession) -> Cursor:
    """Where the projection stands; begins anew when the history was made by another version."""
    row = await session.get(ProjectionRow, NAME)
    if row is not None and row.version == VERSION:
        return Cursor(row.transaction, row.position)
    for table in (ContactFactRow, QueueEntryFactRow, OfferFactRow, SegmentFactRow, PersonCallFactRow, AgentIntervalRow, AgentPlaceRow):
        await session.execute(delete(table))
    fresh = insert(ProjectionRow).values(name=NAME, transaction=0, position=0, version=VERSION)
    again = {"transaction": 0, "position": 0, "version": VERSION}
    await session.execute(fresh.on_conflict_do_update(index_elements=[ProjectionRow.name], set_=again))
    return Cursor()


async def move_cursor(session: AsyncSession, before: Cursor, after: Cursor) -> bool:
    """Move on; false when somebody else has moved it: nothing of this transaction may then be kept."""
    moved = await session.execute(
        update(ProjectionRow)
        .where(ProjectionRow.name == NAME, ProjectionRow.transaction == before.transaction, ProjectionRow.position == before.position)
        .values(transaction=after.transaction, position=after.position)
        .returning(ProjectionRow.name)
    )
    return moved.scalar_one_or_none() is not None


async def upsert(session: AsyncSession, row_class: type[Base], rows: Sequence[Values]) -> None:
    """Insert the rows, or replace those with the same key. All rows name the same columns."""
    if not rows:
        return
    table = row_class.metadata.tables[row_class.__tablename__]
    keys = [column.name for column in table.primary_key]
    statement = insert(table)
    told: dict[str, Any] = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    if row_class is QueueEntryFactRow:
        told["projected_at"] = func.now()
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=told), list(rows))


async def read_places(session: AsyncSession, agent_ids: Iterable[str]) -> dict[str, AgentFold]:
    """The folds of these agents as they were left."""
    rows = await session.scalars(select(AgentPlaceRow).where(AgentPlaceRow.agent_id.in_(list(agent_ids))))
    return {row.agent_id: AgentFold.from_json(row.fold) for row in rows}


async def read_after_calls(session: AsyncSession, contact_ids: Iterable[str]) -> dict[str, list[AgentInterval]]:
    """After-call work by contact, in the order of time."""
    statement = select(AgentIntervalRow).where(
        AgentIntervalRow.contact_id.in_(list(contact_ids)), AgentIntervalRow.state == "after_call", AgentIntervalRow.ended_at.is_not(None)
    )
    found: dict[str, list[AgentInterval]] = {}
    for row in await session.scalars(statement.order_by(AgentIntervalRow.started_at)):
        found.setdefault(row.contact_id or "", []).append(interval_of(row))
    return found


async def try_lead(session: AsyncSession, key: int) -> bool:
    """Whether this transaction holds the projection's lock, so that two processes do not do the same work."""
    return bool((await session.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": key})).scalar_one())


def interval_of(row: AgentIntervalRow) -> AgentInterval:
    """The row as a fact."""
    return AgentInterval(
        agent_id=row.agent_id,
        number=row.number,
        started_at=row.started_at,
        status=row.status,
        reason=row.reason,
        state=row.state,
        contact_id=row.contact_id or "",
        queue_id=row.queue_id or "",
        ended_at=row.ended_at,
    )
