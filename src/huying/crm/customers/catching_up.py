"""Writes what customers are found by where it is missing: after an upgrade that changed its form, or a fill by other means."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import exists, select

from huying.crm.customers.model import CustomerRow, CustomerSearchRow
from huying.crm.customers.writing import refresh_search
from huying.foundation.database import Database
from huying.foundation.errors import Unavailable

AT_ONCE = 500
EVERY_SECONDS = 3600.0
AGAIN_SECONDS = 10.0
log = structlog.get_logger()


async def keep_findable(database: Database) -> None:
    """Catch up at once and every hour, until cancelled."""
    while True:
        try:
            await catch_up(database)
            await asyncio.sleep(EVERY_SECONDS)
        except Unavailable as error:
            log.warning("customers.search_waits", reason=error.message)
            await asyncio.sleep(AGAIN_SECONDS)


async def catch_up(database: Database) -> int:
    """Write the missing ones, so many in a transaction; gives how many. Done again it changes nothing. Raises Unavailable."""
    done = 0
    row, there = CustomerRow, CustomerSearchRow
    missing = ~exists().where(there.customer_id == row.id)
    while True:
        async with database.system(timeout_seconds=60) as session:
            ids = list(await session.scalars(select(row.id).where(row.merged_into.is_(None), missing).limit(AT_ONCE)))
            await refresh_search(session, ids)
        done += len(ids)
        if len(ids) < AT_ONCE:
            break
    if done:
        log.info("customers.search_written", customers=done)
    return done
