"""Journal an administrator's act in the transaction that does it, so that neither can be without the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_ACT, Entry, Event
from huying.foundation.journal.postgres import write


async def journal_act(session: AsyncSession, business_id: str, act: Event, now: datetime) -> None:
    """Write the act as a stream of its own."""
    await journal_acts(session, business_id, [act], now)


async def journal_acts(session: AsyncSession, business_id: str, acts: Sequence[Event], now: datetime) -> None:
    """Write each act as a stream of its own."""
    if acts:
        await write(session, [Entry(business_id, STREAM_ACT, new_id(), 1, now, act) for act in acts])
