"""The rows that were not imported, or could not be taken back, as a table: the row as it was as long as it is kept, its number, and why.
What is put right there can be imported again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import select

from huying.crm.importing.model import CustomerImportLineRow, CustomerImportRow
from huying.crm.importing.words import said
from huying.foundation.database import Database

PIECE = 1000
TOLD = ("failed", "skipped", "kept", "left_alone")
HEADINGS = {"zh-CN": ("行号", "未导入的原因"), "en": ("Row", "Why it was not imported")}


def report_heading(row: CustomerImportRow, language: str) -> list[str]:
    """The file's own columns, then the row's number and the reason."""
    return [*row.columns, *HEADINGS["zh-CN" if language.startswith("zh") else "en"]]


async def report_rows(database: Database, row: CustomerImportRow, language: str) -> AsyncIterator[Sequence[Sequence[str]]]:
    """The failed, left out and kept rows in the file's order, in pieces."""
    line, after, width = CustomerImportLineRow, 0, len(row.columns)
    while True:
        async with database.business(row.business_id) as session:
            wanted = select(line).where(line.import_id == row.id, line.outcome.in_(TOLD), line.number > after)
            found = list(await session.scalars(wanted.order_by(line.number).limit(PIECE)))
        if not found:
            return
        after = found[-1].number
        yield [[*_padded(one.cells or [], width), str(one.number), _why(one, language)] for one in found]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    """The cells, so many that the reason comes in its column; further ones are put into the last."""
    if len(cells) > width:
        return [*cells[: width - 1], " ".join(cells[width - 1 :])]
    return [*cells, *[""] * (width - len(cells))]


def _why(line: CustomerImportLineRow, language: str) -> str:
    return ("；" if language.startswith("zh") else "; ").join(said(problem, language) for problem in line.problems or [])
