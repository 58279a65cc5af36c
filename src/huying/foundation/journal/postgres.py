"""The journal on PostgreSQL: one transaction a batch, gapless by the streams' heads, followed below the oldest open transaction."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Row, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from huying.foundation.database import Database
from huying.foundation.journal.batch import Advance, Key, advance, by_stream
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.journal.port import Cursor, StreamConflict

log = structlog.get_logger()

HEAD_VALUES = (
    "CAST(:business AS uuid[]), CAST(:stream AS text[]), CAST(:stream_id AS text[]), CAST(:previous AS int[]), CAST(:number AS int[]), "
    "CAST(:opened_number AS int[]), CAST(:opened_at AS timestamptz[]), CAST(:closed AS boolean[])"
)
ENTRY_VALUES = (
    "CAST(:entry_at AS timestamptz[]), CAST(:entry_business AS uuid[]), CAST(:entry_stream AS text[]), "
    "CAST(:entry_stream_id AS text[]), CAST(:entry_number AS int[]), CAST(:entry_kind AS text[]), CAST(:entry_data AS jsonb[])"
)

APPEND = text(f"SELECT journal_append({HEAD_VALUES}, {ENTRY_VALUES})")

MOVE_HEADS = text(f"SELECT moved_business::text, moved_stream, moved_stream_id FROM journal_move_heads({HEAD_VALUES})")  # noqa: S608

INSERT = text(f"INSERT INTO journal (at, business_id, stream, stream_id, number, kind, data) SELECT * FROM unnest({ENTRY_VALUES})")  # noqa: S608

STORED = text("""
    SELECT number, kind FROM journal
    WHERE stream = :stream AND stream_id = :stream_id AND business_id = :business AND number BETWEEN :first AND :last
""")

HEAD = text("SELECT number FROM journal_stream WHERE stream = :stream AND stream_id = :stream_id AND business_id = :business")

COLUMNS = "j.business_id::text AS business_id, j.stream, j.stream_id, j.number, j.at, j.kind, j.data"

READ_STREAM = text(f"""
    SELECT {COLUMNS} FROM journal AS j
    WHERE stream = :stream AND stream_id = :stream_id AND business_id = :business AND number > :after ORDER BY number
""")  # noqa: S608

READ_BETWEEN = text(f"""
    SELECT {COLUMNS} FROM journal AS j
    WHERE stream = :stream AND stream_id = :stream_id AND business_id = :business AND at >= :start AND at < :end ORDER BY number
""")  # noqa: S608

READ_PARTS_BEFORE = text(f"""
    WITH mark AS (
        SELECT position, at FROM journal WHERE stream = :stream AND stream_id = :stream_id AND business_id = :business AND number = :number
    )
    SELECT {COLUMNS} FROM mark AS m CROSS JOIN journal_stream AS h
    CROSS JOIN LATERAL (
        SELECT o.number, o.at FROM journal AS o
        WHERE o.stream = h.stream AND o.stream_id = h.stream_id AND o.business_id = h.business_id AND o.kind = :opener
            AND o.at <= m.at + interval '1 second' AND o.position < m.position
        ORDER BY o.number DESC LIMIT 1
    ) AS opened
    JOIN journal AS j ON j.stream = h.stream AND j.stream_id = h.stream_id AND j.business_id = h.business_id
        AND j.number >= opened.number AND j.position < m.position AND j.at >= opened.at AND j.at <= m.at + interval '1 second'
    WHERE h.stream = :stream AND h.business_id = :business
    ORDER BY j.position
""")  # noqa: S608

READ_OPEN = text(f"""
    SELECT {COLUMNS} FROM journal_stream AS h JOIN journal AS j
        ON j.stream_id = h.stream_id AND j.stream = h.stream AND j.business_id = h.business_id
        AND j.number >= h.opened_number AND j.at >= h.opened_at - interval '1 day'
    WHERE h.stream = :stream AND NOT h.closed ORDER BY j.stream_id, j.business_id, j.number
""")  # noqa: S608

LAST_NUMBERS = text("SELECT business_id::text, stream_id, number FROM journal_stream WHERE stream = :stream")

FOLLOW = text(f"""
    SELECT {COLUMNS}, j.transaction, j.position FROM journal AS j
    WHERE (j.transaction, j.position) > (:transaction, :position)
        AND j.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY j.transaction, j.position LIMIT :limit
""")  # noqa: S608

OUT_OF_SEQUENCE = "23000"  # integrity_constraint_violation, raised by journal_append alone

MAKE_MONTH = text("SELECT journal_make_month(:day)")


class PostgresJournal:
    """Implements Journal."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._months: set[date] = set()

    async def append(self, entries: Sequence[Entry]) -> None:
        """See Journal."""
        if not entries:
            return
        await self._make_months(entries)
        runs = by_stream(entries)
        try:
            columns = _heads([advance(key, run) for key, run in runs.items()]) | _values(entries)
            await self._database.system_statement(APPEND, columns)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", "") != OUT_OF_SEQUENCE:
                raise
            async with self._database.system() as session:  # a repeated batch, or a conflict: find out which
                await write(session, entries)

    async def read_stream(self, business_id: str, stream: str, stream_id: str, after: int = 0) -> list[Entry]:
        """See Journal."""
        values = {"business": business_id, "stream": stream, "stream_id": stream_id, "after": after}
        async with self._database.system() as session:
            return _entries((await session.execute(READ_STREAM, values)).all())

    async def read_between(self, business_id: str, stream: str, stream_id: str, start: datetime, end: datetime) -> list[Entry]:
        """The entries of a stream from `start` up to, not including, `end`."""
        values = {"business": business_id, "stream": stream, "stream_id": stream_id, "start": start, "end": end}
        async with self._database.system() as session:
            return _entries((await session.execute(READ_BETWEEN, values)).all())

    async def read_parts_before(self, entry: Entry, opener: type[Event]) -> list[Entry]:
        """What stood before this entry in all streams of its kind and business, each from its last `opener` on; in order of writing."""
        key = {"business": entry.business_id, "stream": entry.stream, "stream_id": entry.stream_id, "number": entry.number}
        async with self._database.system() as session:
            return _entries((await session.execute(READ_PARTS_BEFORE, {**key, "opener": opener.__name__})).all())

    async def read_open(self, stream: str) -> list[Entry]:
        """See Journal."""
        async with self._database.system() as session:
            return _entries((await session.execute(READ_OPEN, {"stream": stream})).all())

    async def last_numbers(self, stream: str) -> dict[tuple[str, str], int]:
        """See Journal."""
        async with self._database.system() as session:
            rows = (await session.execute(LAST_NUMBERS, {"stream": stream})).all()
        return {(business_id, stream_id): number for business_id, stream_id, number in rows}

    async def follow(self, cursor: Cursor, limit: int = 1000) -> tuple[list[Entry], Cursor]:
        """See Journal."""
        values = {"transaction": cursor.transaction, "position": cursor.position, "limit": limit}
        async with self._database.system() as session:
            rows = (await session.execute(FOLLOW, values)).all()
        return _entries(rows), Cursor(rows[-1].transaction, rows[-1].position) if rows else cursor

    async def _make_months(self, entries: Iterable[Entry]) -> None:
        """Make the partitions of the entries' months and of the week after, in a transaction of their own."""
        days = {moment.astimezone(UTC).date().replace(day=1) for entry in entries for moment in (entry.at, entry.at + timedelta(days=7))}
        for day in sorted(days - self._months):
            async with self._database.system() as session:
                await session.execute(MAKE_MONTH, {"day": day})
            self._months.add(day)


async def write(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """Append inside a transaction that is open already, so that a change and its entry are stored together. See Journal.append."""
    runs = by_stream(entries)
    for _ in range(3):
        missed = await _move_heads(session, [advance(key, run) for key, run in runs.items()])
        await _insert(session, [entry for key, run in runs.items() if key not in missed for entry in run])
        runs = {key: rest for key in missed if (rest := await _not_stored(session, key, runs[key]))}
        if not runs:
            return
    raise StreamConflict(f"other writers are busy with the same streams: {sorted(runs)[:3]}")


async def _move_heads(session: AsyncSession, steps: list[Advance]) -> set[Key]:
    done = {(row[0], row[1], row[2]) for row in (await session.execute(MOVE_HEADS, _heads(steps))).all()}
    return {step.key for step in steps} - done


async def _insert(session: AsyncSession, entries: Sequence[Entry]) -> None:
    if entries:
        await session.execute(INSERT, _values(entries))


def _heads(steps: list[Advance]) -> dict[str, list[object]]:
    """Columns of the heads, in one order for all writers."""
    steps = sorted(steps, key=lambda step: step.key)
    return {
        "business": [step.key[0] for step in steps],
        "stream": [step.key[1] for step in steps],
        "stream_id": [step.key[2] for step in steps],
        "previous": [step.previous for step in steps],
        "number": [step.number for step in steps],
        "opened_number": [step.opened_number for step in steps],
        "opened_at": [step.opened_at for step in steps],
        "closed": [step.closed for step in steps],
    }


def _values(entries: Sequence[Entry]) -> dict[str, list[object]]:
    return {
        "entry_at": [entry.at for entry in entries],
        "entry_business": [entry.business_id for entry in entries],
        "entry_stream": [entry.stream for entry in entries],
        "entry_stream_id": [entry.stream_id for entry in entries],
        "entry_number": [entry.number for entry in entries],
        "entry_kind": [entry.kind for entry in entries],
        "entry_data": [json.dumps(_storable(entry.event.data()), ensure_ascii=False) for entry in entries],
    }


async def _not_stored(session: AsyncSession, key: Key, run: Sequence[Entry]) -> list[Entry]:
    """The run without what is stored already. Raises StreamConflict where something else is stored, or where a number is missing."""
    values = {"business": key[0], "stream": key[1], "stream_id": key[2]}
    last = (await session.execute(HEAD, values)).scalar_one_or_none() or 0
    rows = (await session.execute(STORED, {**values, "first": run[0].number, "last": run[-1].number})).all()
    stored: dict[int, str] = {row.number: row.kind for row in rows}
    for entry in run:
        if stored.get(entry.number, entry.kind) != entry.kind:
            raise StreamConflict(f"{key[1]} {key[2]}: number {entry.number} is taken by {stored[entry.number]}")
    rest = [entry for entry in run if entry.number > last]
    if rest and rest[0].number != last + 1:
        raise StreamConflict(f"{key[1]} {key[2]}: {rest[0].number} does not follow {last}")
    return rest


def _entries(rows: Sequence[Row[Any]]) -> list[Entry]:
    found = []
    for row in rows:
        kind = Event.kinds.get(row.kind)
        if kind is None:
            log.warning("journal.unknown_kind", kind=row.kind, stream=row.stream, stream_id=row.stream_id)
            continue
        at: datetime = row.at
        found.append(Entry(row.business_id, row.stream, row.stream_id, row.number, at.astimezone(UTC), kind.of(row.data)))
    return found


def _storable(value: Any) -> Any:
    """The value without what jsonb refuses: NUL characters, and numbers that are none."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: _storable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
