"""Journals that contacts were left without a disposition, and that they got one later: the stream of an act with the contact's id.

In it what was not given and what was given late take turns, so its last number tells which of them holds. Never commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.channels.dispositions.events import DispositionGivenLate, DispositionNotGiven
from huying.foundation.journal.entry import STREAM_ACT, Entry
from huying.foundation.journal.port import StreamConflict
from huying.foundation.journal.postgres import write

log = structlog.get_logger(__name__)

LAST = text("SELECT stream_id, number FROM journal_stream WHERE stream = :stream AND stream_id = ANY(:ids)")


async def note_not_given(session: AsyncSession, business_id: str, left: Sequence[DispositionNotGiven], now: datetime) -> None:
    """These were left without; of what is journalled so already nothing is written."""
    last = await _last(session, [one.contact_id for one in left])
    fresh = [one for one in left if last.get(one.contact_id, 0) % 2 == 0]
    await _write(session, [Entry(business_id, STREAM_ACT, one.contact_id, last.get(one.contact_id, 0) + 1, now, one) for one in fresh])


async def note_given(session: AsyncSession, business_id: str, contact_id: str, person_id: str, now: datetime) -> None:
    """The contact has a disposition; journalled where it was left without."""
    number = (await _last(session, [contact_id])).get(contact_id, 0)
    if number % 2:
        await _write(session, [Entry(business_id, STREAM_ACT, contact_id, number + 1, now, DispositionGivenLate(contact_id, person_id))])


async def _last(session: AsyncSession, ids: Sequence[str]) -> dict[str, int]:
    if not ids:
        return {}
    found = await session.execute(LAST, {"stream": STREAM_ACT, "ids": list(ids)})
    return {row.stream_id: row.number for row in found}


async def _write(session: AsyncSession, entries: Sequence[Entry]) -> None:
    try:
        await write(session, entries)
    except StreamConflict:
        log.debug("disposition.journalled_by_another")
