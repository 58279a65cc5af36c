"""Carries imports out, batch by batch: rows, counts and place move in one transaction, so nothing is written twice and a restarted
process goes on where the last one stopped. Decides nothing about rows."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.crm.importing.events import CustomersImportEnded
from huying.crm.importing.model import CustomerImportLineRow, CustomerImportRow
from huying.crm.importing.service import done_of, forget_old, lines_of, to_do_of, written_lines
from huying.foundation.clock import Clock
from huying.foundation.database import Database
from huying.foundation.errors import HuyingError, Unavailable

log = structlog.get_logger(__name__)

BATCH = 250
POLL_SECONDS = 5.0
FORGET_SECONDS = 3600.0
MOST_FAILURES = 5
AT_WORK = ("running", "undoing")

_OUTCOMES = text("""
    UPDATE customer_import_line SET outcome = told.outcome, customer_id = told.customer_id, problems = told.problems,
        overwritten = told.overwritten,
        cells = CASE WHEN told.outcome IN ('failed', 'skipped') THEN cells END
    FROM jsonb_to_recordset(CAST(:told AS jsonb)) told (number int, outcome text, customer_id uuid, problems jsonb, overwritten jsonb)
    WHERE import_id = :import AND customer_import_line.number = told.number AND customer_import_line.number BETWEEN :first AND :last
""")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row. `problems` and `overwritten` as they are stored."""

    number: int
    outcome: str
    customer_id: str | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)
    overwritten: dict[str, Any] | None = None


WriteRows = Callable[[AsyncSession, CustomerImportRow, Sequence[CustomerImportLineRow], datetime], Awaitable[list[Result]]]
"""Writes the rows, or the first of them; returns what became of those it wrote, at least of one."""
TakeBack = Callable[[AsyncSession, Sequence[CustomerImportLineRow], datetime], Awaitable[list[Result]]]
"""Takes the rows back, or the first of them, the last of the file first; returns what became of those, at least of one."""


class ImportJobs:
    """The worker. `run` is one task; `step` is one batch, for tests."""

    def __init__(self, database: Database, clock: Clock, write: WriteRows, take_back: TakeBack, *, batch: int = BATCH) -> None:
        self._database, self._clock, self._write, self._take_back, self._batch = database, clock, write, take_back, batch
        self._woken = asyncio.Event()
        self._failures: dict[str, int] = {}
        self._pace: dict[str, tuple[float, int]] = {}
        self._forgotten = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """There is something to do. May be called in another thread than that of `run`."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Work until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            try:
                working = True
                while working:
                    working = await self.step()
                await self._forget()
            except HuyingError as error:
                log.warning("import.waits", code=error.code)
            except Exception:
                log.exception("import.failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()
            self._woken.clear()

    def seconds_left(self, row: CustomerImportRow) -> float | None:
        """How long it will still take at the pace so far; None when nobody can say yet."""
        began, done_then = self._pace.get(row.id, (0.0, 0))
        done = done_of(row) - done_then
        if row.state not in AT_WORK or done <= 0:
            return None
        return round((to_do_of(row) - done_of(row)) * (time.monotonic() - began) / done, 1)

    async def step(self) -> bool:
        """One batch of each import that is at work; whether there was any."""
        row = CustomerImportRow
        async with self._database.system() as session:
            wanted = select(row.id, row.business_id).where(row.state.in_(AT_WORK)).order_by(row.started_at)
            found = (await session.execute(wanted)).all()
        for import_id, business_id in found:
            await self._advance(import_id, business_id)
        return bool(found)

    async def _advance(self, import_id: str, business_id: str) -> None:
        try:
            async with self._database.business(business_id, timeout_seconds=60) as session:
                row = await session.get(CustomerImportRow, import_id, with_for_update={"skip_locked": True})
                if row is None or row.state not in AT_WORK:
                    return
                self._pace.setdefault(import_id, (time.monotonic(), done_of(row)))
                await (self._write_batch if row.state == "running" else self._undo_batch)(session, row)
            self._failures.pop(import_id, None)
        except Unavailable:
            raise
        except Exception:
            self._failures[import_id] = self._failures.get(import_id, 0) + 1
            log.exception("import.batch_failed", import_id=import_id, failures=self._failures[import_id])
            if self._failures[import_id] < MOST_FAILURES:
                await asyncio.sleep(0.2)
                return
            async with self._database.business(business_id) as session:
                failed = await session.get(CustomerImportRow, import_id, with_for_update=True)
                if failed is not None and failed.state in AT_WORK:
                    await self._end(session, failed, "failed")

    async def _write_batch(self, session: AsyncSession, row: CustomerImportRow) -> None:
        lines = await lines_of(session, row.id, row.done_row, self._batch)
        if not lines:
            await self._end(session, row, "done")
            return
        results = await self._write(session, row, lines, self._clock())
        await _keep(session, row.id, results)
        for result in results:
            setattr(row, result.outcome, getattr(row, result.outcome) + 1)
        row.done_row = max(result.number for result in results)

    async def _undo_batch(self, session: AsyncSession, row: CustomerImportRow) -> None:
        lines = await written_lines(session, row.id, row.done_row, self._batch)
        if not lines:
            await self._end(session, row, "undone")
            return
        results = await self._take_back(session, lines, self._clock())
        await _keep(session, row.id, results)
        for result in results:
            setattr(row, result.outcome, getattr(row, result.outcome) + 1)
        row.done_row = min(result.number for result in results)

    async def _end(self, session: AsyncSession, row: CustomerImportRow, state: str) -> None:
        row.state, row.finished_at = state, self._clock()
        if state == "failed":
            row.error = "internal-error"
        ended = CustomersImportEnded(row.id, state, row.created, row.updated, row.skipped, row.failed)
        await journal_act(session, row.business_id, ended, self._clock())
        self._pace.pop(row.id, None)

    async def _forget(self) -> None:
        if time.monotonic() - self._forgotten > FORGET_SECONDS or not self._forgotten:
            self._forgotten = time.monotonic()
            async with self._database.system() as session:
                await forget_old(session, self._clock())


async def _keep(session: AsyncSession, import_id: str, results: Sequence[Result]) -> None:
    told = [
        {"number": r.number, "outcome": r.outcome, "customer_id": r.customer_id, "problems": r.problems or None}
        | {"overwritten": r.overwritten}
        for r in results
    ]
    numbers = [result.number for result in results]
    values = {"import": import_id, "told": json.dumps(told, ensure_ascii=False), "first": min(numbers), "last": max(numbers)}
    await session.execute(_OUTCOMES, values)
