"""The contacts that an agent has still to close: answered in a queue that asks for a disposition, and none was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.analytics.model import ContactFactRow, SegmentFactRow
from huying.channels.dispositions.model import QueueDeskRow
from huying.channels.model import InteractionRow
from huying.foundation.clock import utc_now

REMEMBERED = timedelta(days=14)
SHOWN = 50
AT_ONCE = 1000


_LAST = (
    select(SegmentFactRow.agent_id)
    .where(SegmentFactRow.contact_id == ContactFactRow.contact_id)
    .order_by(SegmentFactRow.started_at.desc())
    .limit(1)
    .scalar_subquery()
)
"""Whose a contact is: who was last in it."""
_COLUMNS = (
    ContactFactRow.contact_id, ContactFactRow.channel, ContactFactRow.queue_id, ContactFactRow.entered_at, ContactFactRow.ended_at,
    InteractionRow.remote_number, InteractionRow.remote_name, InteractionRow.customer_id,
)  # fmt: skip


def _unclosed() -> Select[Any]:
    """Contacts that are over and lack the disposition that their queue asks for, the latest first."""
    return (
        select(*_COLUMNS, _LAST.label("agent_id"))
        .join(InteractionRow, InteractionRow.contact_id == ContactFactRow.contact_id)
        .join(QueueDeskRow, QueueDeskRow.queue_id == ContactFactRow.queue_id)
        .where(
            QueueDeskRow.forced,
            InteractionRow.disposition == "",
            ContactFactRow.ended_at.is_not(None),
            ContactFactRow.cause != "cancelled",
            ContactFactRow.entered_at >= utc_now() - REMEMBERED,
        )
        .order_by(ContactFactRow.entered_at.desc())
    )


async def _is_asked_for(session: AsyncSession) -> bool:
    """Whether any queue asks for a disposition: where none does, nobody's contacts need be looked through."""
    return bool(await session.scalar(select(exists().where(QueueDeskRow.forced))))


async def not_closed(session: AsyncSession) -> Sequence[Row[Any]]:
    """Of everybody in the session's business: contact_id, queue_id, agent_id and what else is known."""
    if not await _is_asked_for(session):
        return []
    found = await session.execute(_unclosed().where(_LAST.is_not(None)).limit(AT_ONCE))
    return list(found)


async def unclosed_contacts(session: AsyncSession, _business_id: str, person_id: str) -> Mapping[str, Mapping[str, object]]:
    """`unclosed:<contact>` -> what is known of it. A contact belongs to whoever was last in it."""
    if not await _is_asked_for(session):
        return {}
    since = utc_now() - REMEMBERED
    theirs = select(SegmentFactRow.contact_id).where(SegmentFactRow.agent_id == person_id, SegmentFactRow.started_at >= since)
    mine = (ContactFactRow.contact_id.in_(theirs), _LAST.in_([person_id]))  # by his own conversations, not by everybody's contacts
    rows = await session.execute(_unclosed().where(*mine).limit(SHOWN))
    return {
        f"unclosed:{row.contact_id}": {
            "contact_id": row.contact_id,
            "channel": row.channel,
            "queue_id": row.queue_id,
            "entered_at": row.entered_at.isoformat(),
            "ended_at": row.ended_at.isoformat(),
            "number": row.remote_number,
            "name": row.remote_name,
            "customer_id": row.customer_id,
        }
        for row in rows
    }
