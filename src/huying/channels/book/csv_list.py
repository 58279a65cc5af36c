"""The company's address book as CSV: one entry a row. Reads what people made in a spreadsheet, and says which row is wrong. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from huying.channels.book.entries import EntryData
from huying.channels.book.model import COMPANY

COLUMNS = ("name", "organisation", "number", "other_number", "note")
MOST_ROWS = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHINESE = {"姓名": "name", "名称": "name", "单位": "organisation", "公司": "organisation", "号码": "number", "电话": "number"}
_HEADINGS = {**_CHINESE, "其他号码": "other_number", "备用号码": "other_number", "备注": "note"}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row; rows count from 1, the heading being the first."""

    row: int
    code: str
    message: str


def write_list(entries: Iterable[EntryData]) -> str:
    """The CSV of entries. Begins with a mark by which Excel knows UTF-8."""
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in entries:
        table.writerow([_safe(getattr(entry, name)) for name in COLUMNS])
    return "\ufeff" + target.getvalue()


def read_list(text: str) -> tuple[list[tuple[int, EntryData]], list[RowProblem]]:
    """The entries of a CSV with their rows, and what is wrong in others. Numbers are checked later."""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=False))
    except csv.Error as error:
        return [], [RowProblem(1, "not-csv", f"This is not CSV: {error}.")]
    heading = [_HEADINGS.get(name.strip(), name.strip().lower()) for name in rows[0]] if rows else []
    if not {"name", "number"} <= set(heading):
        return [], [RowProblem(1, "heading", f"The first row names the columns: {', '.join(COLUMNS)}.")]
    if len(rows) > MOST_ROWS + 1:
        return [], [RowProblem(MOST_ROWS + 2, "too-many", f"At most {MOST_ROWS} rows at once: part the list.")]
    found: list[tuple[int, EntryData]] = []
    problems: list[RowProblem] = []
    for number, cells in enumerate(rows[1:], 2):
        row = {name: _plain(cell) for name, cell in zip(heading, cells, strict=False)}
        if not any(row.values()):
            continue
        missing = [name for name in ("name", "number") if not row.get(name)]
        if missing:
            problems.append(RowProblem(number, "missing", f"{' and '.join(missing)} must be given."))
            continue
        told = {name: row.get(name, "")[: 1000 if name == "note" else 100] for name in COLUMNS}
        found.append((number, EntryData(COMPANY, **told)))
    return found, problems


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor for a number that loses its +."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: str) -> str:
    """What the cell says, without the mark of `_safe`."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") else cell
