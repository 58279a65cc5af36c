"""The program that reads a table, run as a process of its own with bounded memory and time: a file from outside may harm nothing else.

`python -m huying.crm.importing.read_table PATH [SHEET]` writes lines of JSON: the form and columns, then [row number, cells], or an error.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from huying.crm.importing.csv_table import form_of, rows_of
from huying.crm.importing.file_errors import BadTable, EmptyTable, TooLarge, TooManyColumns, TooManyRows
from huying.crm.importing.heading import LOOKED_AT, column_names, heading_of, trimmed
from huying.crm.importing.xlsx_table import OLD_MAGIC, Workbook

MOST_COLUMNS = 100
MOST_ROWS = 200_000
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 120

Rows = Iterator[tuple[int, list[str]]]


def main(arguments: list[str]) -> None:
    """Write the table, or what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    path, sheet = Path(arguments[0]), arguments[1] if len(arguments) > 1 else ""
    try:
        for line in lines(path, sheet):
            _say(line)
    except BadTable as error:
        _say({"error": error.code, "details": error.details})
    except MemoryError:
        _say({"error": TooLarge.code, "details": {}})


def lines(path: Path, sheet: str = "") -> Iterator[object]:
    """First a mapping that tells the form, then [number, cells] for each row that holds something. Raises BadTable."""
    book = Workbook(path, sheet) if _is_workbook(path) else None
    form: dict[str, object]
    if book is not None:
        form, rows = {"kind": "xlsx", **asdict(book.form)}, book.rows()
    else:
        written = form_of(path)
        form, rows = {"kind": "csv", **asdict(written)}, rows_of(path, written)
    head = [(number, trimmed(cells)) for number, cells in _first(rows, LOOKED_AT)]
    place = heading_of([cells for _, cells in head])
    if place is None:
        raise EmptyTable
    number, names = head[place]
    if book is not None:
        book.refuse_merged_below(number)
    below = chain(head[place + 1 :], ((one, trimmed(cells)) for one, cells in rows))
    filled = ([one, cells] for one, cells in below if cells)
    width = len(names)
    _refuse_wide(width)
    yield {"form": form, "heading": number, "columns": column_names(names)}
    yield from _bounded(filled)


def _bounded(rows: Iterator[list[object]]) -> Iterator[list[object]]:
    count = 0
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        _refuse_wide(len(row[1]))  # type: ignore[arg-type]
        yield row
    if count == 0:
        raise EmptyTable


def _refuse_wide(width: int) -> None:
    if width > MOST_COLUMNS:
        raise TooManyColumns(most=MOST_COLUMNS, columns=width)


def _first(rows: Rows, count: int) -> Rows:
    for _ in range(count):
        row = next(rows, None)
        if row is None:
            return
        yield row


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8)
    return head == OLD_MAGIC or head[:4] == b"PK\x03\x04" or zipfile.is_zipfile(path)


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
