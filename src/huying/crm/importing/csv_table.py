"""Rows of a CSV file: which letters it is written in, what parts its cells. Knows no database."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huying.crm.importing.file_errors import BadTable, UnknownLetters

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 40_000
SNIFFED_LINES = 30
PIECE_BYTES = 1 << 16
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a file is written."""

    encoding: str
    delimiter: str


def form_of(path: Path) -> CsvForm:
    """How this file is written. Raises BadTable, UnknownLetters."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _ in zip(file, range(SNIFFED_LINES), strict=False)]
    return CsvForm(encoding, delimiter_of(lines))


def delimiter_of(lines: list[str]) -> str:
    """What parts the cells: what is found equally often in most lines, outside quotes; a comma when nothing is."""

    def rating(delimiter: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        counts.pop(1, None)
        if not counts:
            return (0, 0)
        columns, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
        return (rows, columns)

    try:
        best = max(DELIMITERS, key=rating)
    except csv.Error as error:
        raise BadTable(reason=str(error)) from error
    return best if rating(best) > (0, 0) else ","


def rows_of(path: Path, form: CsvForm) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number in the file, counted from 1 as a spreadsheet would. Raises BadTable."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=form.encoding, newline="") as file:
        try:
            yield from enumerate(csv.reader(file, delimiter=form.delimiter), 1)
        except csv.Error as error:
            raise BadTable(reason=str(error)) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(PIECE_BYTES)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        raise BadTable
    for name in ("utf-8", "gb18030"):
        if _is(path, name):
            return name
    raise UnknownLetters


def _is(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE_BYTES):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
