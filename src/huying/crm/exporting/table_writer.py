"""Tables as files that spreadsheets open rightly: rows in, bytes out. No cell is taken for a formula. Blocking, no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import xlsxwriter

Form = Literal["xlsx", "csv"]
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 40


class TableWriter(Protocol):
    """Takes rows and writes a file."""

    def add(self, row: Sequence[str]) -> None:
        """One row."""

    def close(self) -> None:
        """The last row was added."""


class WorkbookWriter:
    """A workbook with one sheet; rows are not held in memory. The heading stays in sight and can be filtered."""

    def __init__(self, path: Path, sheet: str, heading: Sequence[str]) -> None:
        options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._sheet = self._book.add_worksheet(sheet[:31])
        bold = self._book.add_format({"bold": True})
        for column, name in enumerate(heading):
            self._sheet.set_column(column, column, min(WIDEST, max(10, 2 * len(name))))
        for column, name in enumerate(heading):
            self._sheet.write_string(0, column, name, bold)
        self._sheet.freeze_panes(1, 0)
        self._row = 1

    def add(self, row: Sequence[str]) -> None:
        """See TableWriter."""
        for column, cell in enumerate(row):
            if cell:
                self._sheet.write_string(self._row, column, cell)
        self._row += 1

    def close(self) -> None:
        """See TableWriter."""
        self._book.close()


def csv_rows(rows: Sequence[Sequence[str]], *, first: bool) -> bytes:
    """Rows as CSV; the `first` piece begins with the mark by which Excel knows UTF-8."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return (("\ufeff" if first else "") + target.getvalue()).encode()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor for a number that loses its +."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
