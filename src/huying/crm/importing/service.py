"""What one can do with imports: stage a file, choose its columns, start, cancel, take back, forget. Never commits, but for `stage`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.acts import journal_act
from huying.crm.importing.events import CustomersImportStarted, CustomersImportUndone
from huying.crm.importing.model import CustomerImportLineRow, CustomerImportRow
from huying.crm.importing.reading import open_table
from huying.crm.importing.targets import NOTHING, NUMBER_TARGETS, Target, guess
from huying.foundation.database import Database
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id

STAGED_AT_ONCE = 4000
SAMPLED = 50
AFTER_ALL = 2**31 - 1
"""A row's number that no file has."""
KEPT = timedelta(days=30)
"""So long the rows that failed can be had; then they are forgotten with the import."""

_STAGE = text("""
    INSERT INTO customer_import_line (business_id, import_id, number, cells, outcome)
    SELECT CAST(:business AS uuid), CAST(:import AS uuid), (told->>0)::int, told->1, 'waiting'
    FROM jsonb_array_elements(CAST(:rows AS jsonb)) told
""")


class ImportBusy(Conflict):
    """This cannot be done with the import in its present state: look at it again."""

    code = "import-state"


class ColumnsWrong(InvalidInput):
    """The columns cannot be imported like this."""

    code = "import-columns"


@dataclass(frozen=True, slots=True)
class Options:
    """How customers who are there already are known (`match`: code, number, code_or_number, none), and what is done (`existing`:
    update, skip, create)."""

    match: str = "code_or_number"
    existing: str = "update"

    def to_json(self) -> dict[str, str]:
        """The form that is stored."""
        return {"match": self.match, "existing": self.existing}


async def stage(
    database: Database,
    business_id: str,
    person_id: str,
    file: tuple[str, Path],
    targets: Mapping[str, Target],
    now: datetime,
    sheet: str = "",
) -> str:
    """Read the file (name, where it lies) into rows and guess its columns; returns the import's id. Raises BadTable and its kinds."""
    name, path = file
    async with open_table(path, sheet) as table:
        row = CustomerImportRow(id=new_id(), business_id=business_id, state="reading", person_id=person_id, made_at=now)
        row.file_name, row.form, row.heading, row.columns = name[:200], table.form, table.heading, table.columns
        async with database.business(business_id) as session:
            session.add(row)
        samples: list[list[str]] = []
        count, rows = 0, list[tuple[int, list[str]]]()
        try:
            async for one in table.rows:
                rows.append(one)
                count += 1
                if len(samples) < SAMPLED:
                    samples.append(one[1])
                if len(rows) >= STAGED_AT_ONCE:
                    await _store(database, business_id, row.id, rows)
                    rows = []
            await _store(database, business_id, row.id, rows)
        except BaseException:
            async with database.business(business_id) as session:
                await session.execute(delete(CustomerImportRow).where(CustomerImportRow.id == row.id))
            raise
    async with database.business(business_id) as session:
        staged = await find_import(session, row.id)
        staged.state, staged.rows, staged.targets = "ready", count, guess(table.columns, samples, targets)
        staged.options = Options().to_json()
    return row.id


async def _store(database: Database, business_id: str, import_id: str, rows: Sequence[tuple[int, list[str]]]) -> None:
    if rows:
        told = await asyncio.to_thread(lambda: json.dumps(rows, ensure_ascii=False).replace("\\u0000", ""))
        async with database.business(business_id) as session:
            await session.execute(_STAGE, {"business": business_id, "import": import_id, "rows": told})


async def list_imports(session: AsyncSession, limit: int = 20) -> list[CustomerImportRow]:
    """The latest imports, the newest first."""
    wanted = select(CustomerImportRow).where(CustomerImportRow.state != "reading").order_by(CustomerImportRow.made_at.desc()).limit(limit)
    return list(await session.scalars(wanted))


async def find_import(session: AsyncSession, import_id: str, *, lock: bool = False) -> CustomerImportRow:
    """One import. Raises NotFound."""
    row = await session.get(CustomerImportRow, import_id, with_for_update=lock)
    if row is None:
        raise NotFound("There is no such import any more.")
    return row


async def lines_of(session: AsyncSession, import_id: str, after: int, limit: int, outcome: str = "waiting") -> list[CustomerImportLineRow]:
    """Rows of an import in this outcome, in the file's order, after this number."""
    line = CustomerImportLineRow
    wanted = select(line).where(line.import_id == import_id, line.number > after, line.outcome == outcome).order_by(line.number)
    return list(await session.scalars(wanted.limit(limit)))


async def written_lines(session: AsyncSession, import_id: str, before: int, limit: int) -> list[CustomerImportLineRow]:
    """Rows that made or changed a customer, the last first, before this number."""
    line = CustomerImportLineRow
    wanted = select(line).where(line.import_id == import_id, line.number < before, line.outcome.in_(("created", "updated")))
    return list(await session.scalars(wanted.order_by(line.number.desc()).limit(limit)))


def to_do_of(row: CustomerImportRow) -> int:
    """How many rows there are to be written, or to be taken back."""
    return row.created + row.updated if row.state in ("undoing", "undone") else row.rows


def done_of(row: CustomerImportRow) -> int:
    """How many of them are done."""
    if row.state in ("undoing", "undone"):
        return row.removed + row.kept + row.reverted + row.left_alone
    return row.created + row.updated + row.skipped + row.failed


async def start(
    session: AsyncSession, import_id: str, columns: Sequence[str], options: Options, targets: Mapping[str, Target], by: str, now: datetime
) -> CustomerImportRow:
    """Let the rows be written. Raises NotFound, ImportBusy, ColumnsWrong."""
    row = await find_import(session, import_id, lock=True)
    if row.state != "ready":
        raise ImportBusy(state=row.state)
    check_columns(row.columns, columns, options, targets)
    row.targets, row.options = list(columns), options.to_json()
    row.state, row.started_at, row.person_id = "running", now, by
    await journal_act(session, row.business_id, CustomersImportStarted(by, row.id, row.rows), now)
    return row


def check_columns(names: Sequence[str], columns: Sequence[str], options: Options, targets: Mapping[str, Target]) -> None:
    """Raises ColumnsWrong when a column becomes something unknown, two become the same, or nothing names a customer."""
    if len(columns) != len(names) or any(code not in targets for code in columns if code != NOTHING):
        raise ColumnsWrong("Choose for each column what it becomes.", why="unknown")
    chosen = [code for code in columns if code != NOTHING]
    twice = next((code for code in chosen if not targets[code].many and chosen.count(code) > 1), None)
    if twice is not None:
        raise ColumnsWrong("Two columns cannot become the same.", why="twice", target=twice)
    known_by = {"code": "code" in chosen, "number": any(code in NUMBER_TARGETS for code in chosen), "none": True}
    known_by["code_or_number"] = known_by["code"] or known_by["number"]
    if not known_by[options.match] and options.existing != "create":
        raise ColumnsWrong("Customers cannot be recognised: no column becomes a code or a number.", why="match")
    if "name" not in chosen and (options.existing != "update" or options.match == "none"):
        raise ColumnsWrong("Say which column is the customer's name.", why="name")


async def cancel(session: AsyncSession, import_id: str, now: datetime) -> CustomerImportRow:
    """Stop after the rows that are being written. Raises NotFound, ImportBusy."""
    row = await find_import(session, import_id, lock=True)
    if row.state != "running":
        raise ImportBusy(state=row.state)
    row.state, row.finished_at = "cancelled", now
    return row


async def undo(session: AsyncSession, import_id: str, by: str, now: datetime) -> CustomerImportRow:
    """Let what it made be removed again and what it overwrote be put back, as far as nobody used or changed it since. Raises NotFound,
    ImportBusy."""
    row = await find_import(session, import_id, lock=True)
    if row.state not in ("done", "cancelled", "failed") or row.created + row.updated == 0:
        raise ImportBusy(state=row.state)
    row.state, row.done_row = "undoing", AFTER_ALL
    await journal_act(session, row.business_id, CustomersImportUndone(by, row.id), now)
    return row


async def forget(session: AsyncSession, import_id: str) -> None:
    """Forget an import with its rows; customers stay. Raises NotFound, ImportBusy."""
    row = await find_import(session, import_id, lock=True)
    if row.state in ("running", "undoing"):
        raise ImportBusy(state=row.state)
    await session.delete(row)


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Forget imports of long ago, and files whose reading a dead process left behind. Of the system, across businesses."""
    row = CustomerImportRow
    await session.execute(delete(row).where(row.made_at < now - KEPT, row.state.not_in(("running", "undoing"))))
    await session.execute(delete(row).where(row.state == "reading", row.made_at < now - timedelta(minutes=15)))


async def counts(session: AsyncSession, import_id: str) -> dict[str, int]:
    """How many rows have which outcome."""
    line = CustomerImportLineRow
    found = await session.execute(select(line.outcome, func.count()).where(line.import_id == import_id).group_by(line.outcome))
    return {str(outcome): int(count) for outcome, count in found}
