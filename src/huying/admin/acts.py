"""Journal an administrator's act in the transaction that does it, so that neither can be without the other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_ACT, Entry, Event
from huying.foundation.journal.postgres import write


async def journal_act(session: AsyncSession, business_id: str, act: Event, now: datetime) -> None:
    """Write the act as a stream of its own."""
    await write(session, [Entry(business_id, STREAM_ACT, new_id(), 1, now, act)])
