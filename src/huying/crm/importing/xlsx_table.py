"""Rows of a workbook (.xlsx): looked through before it is unpacked, since a small file can unpack to a huge one. Knows no database."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from huying.crm.importing.file_errors import BadTable, EmptyTable, FormulasWithoutValues, MergedCells, OldWorkbook, TooLarge
from huying.crm.importing.heading import letter

OLD_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
MOST_UNPACKED_BYTES = 400_000_000
MOST_PARTS = 3000
SHOWN = 5
PIECE_BYTES = 1 << 20
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
FORMULA_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')

Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True)
class WorkbookForm:
    """Which sheet is read, and which there are."""

    sheet: str
    sheets: tuple[str, ...]


class Workbook:
    """An opened workbook with the chosen sheet. Blocking, and holds the sheet in memory: for a process of its own."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        """The sheet of this name, else the first visible one with something in it. Raises BadTable and its kinds."""
        _look_through(path)
        try:
            self._book = CalamineWorkbook.from_path(path)
            shown = tuple(one.name for one in self._book.sheets_metadata if one.visible == SheetVisibleEnum.Visible)
            if sheet and sheet not in shown:
                raise BadTable("There is no such sheet in this file.", sheet=sheet)
            self._sheet = self._find(sheet, shown)
        except (CalamineError, OSError, ValueError) as error:
            raise BadTable from error
        self.form = WorkbookForm(self._sheet.name, shown)
        self._refuse_unread_formulas(path)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number in the sheet, counted from 1. Merged cells below the heading are refused."""
        first = self._sheet.start
        if first is None:
            raise EmptyTable
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            yield number, [text_of(cell) for cell in row]

    def refuse_merged_below(self, heading: int) -> None:
        """Raises MergedCells when cells are merged in the heading's row (counted from 1) or below."""
        found = [(top, left, bottom, right) for (top, left), (bottom, right) in self._sheet.merged_cell_ranges or []]
        places = [f"{_place(top, left)}:{_place(bottom, right)}" for top, left, bottom, right in found if bottom + 1 >= heading]
        if places:
            raise MergedCells(cells=places[:SHOWN], count=len(places))

    def _find(self, wanted: str, shown: tuple[str, ...]) -> CalamineSheet:
        for name in [wanted] if wanted else shown:
            sheet = self._book.get_sheet_by_name(name)
            if wanted or sheet.height > 0:
                return sheet
        raise EmptyTable

    def _refuse_unread_formulas(self, path: Path) -> None:
        if len(self.form.sheets) != 1 and len(self._book.sheet_names) != 1:
            return  # which part of the archive is which sheet is the workbook's matter: rows with empty cells are told one by one
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if SHEET_PART.fullmatch(info.filename):
                    with archive.open(info) as part:
                        places = _formulas_without_values(part)
                    if places:
                        raise FormulasWithoutValues(cells=places)


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: whole numbers without a point, days as 2026-05-01."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def _look_through(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(8) == OLD_MAGIC:
            raise OldWorkbook
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename.lower() for part in parts}
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise BadTable from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise TooLarge
    if "xl/workbook.xml" not in names:
        raise BadTable


def _formulas_without_values(part: IO[bytes]) -> list[str]:
    found: list[str] = []
    rest = b""
    while (piece := part.read(PIECE_BYTES)) and len(found) < SHOWN:
        text = rest + piece
        found += [match[1].decode() for match in FORMULA_CELL.finditer(text)]
        rest = text[max(text.rfind(b"</c>") + 4, len(text) - PIECE_BYTES) :]
    return found[:SHOWN]


def _place(row: int, column: int) -> str:
    return f"{letter(column)}{row + 1}"
