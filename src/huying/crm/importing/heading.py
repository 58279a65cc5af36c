"""Where a table's heading is, and which rows hold something. Pure."""

from __future__ import annotations

from collections.abc import Sequence

LOOKED_AT = 20


def heading_of(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the row that names the columns, among a table's first rows: the first with two names or more (titles above
    have one), else the first with any; None when all are empty."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:LOOKED_AT]]
    several = next((index for index, count in enumerate(filled) if count > 1), None)
    return several if several is not None else next((index for index, count in enumerate(filled) if count), None)


def trimmed(row: Sequence[str]) -> list[str]:
    """The cells without spaces around them, and without the empty ones at the end."""
    cells = [cell.strip().strip("\ufeff") for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def column_names(row: Sequence[str]) -> list[str]:
    """A name for each column, each once: empty ones are called by their letter, repeated ones get a number."""
    found: list[str] = []
    for index, name in enumerate(row):
        wanted = " ".join(name.split())[:100] or letter(index)
        count, unique = 1, wanted
        while unique in found:
            count += 1
            unique = f"{wanted} {count}"
        found.append(unique)
    return found


def letter(index: int) -> str:
    """A spreadsheet's name of a column: A, B, ... Z, AA."""
    text, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
