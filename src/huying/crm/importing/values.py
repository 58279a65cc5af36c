"""Cells of a table as values: days, yes and no, lists, mail addresses. Says what is wrong by a code. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

YES = frozenset({"1", "y", "yes", "true", "是", "对", "有", "√", "✓", "勿扰"})
NO = frozenset({"0", "n", "no", "false", "否", "不", "无", "×", "-"})
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\"]{2,}")
_SEPARATORS = re.compile(r"[;,/|、，；\n]+")


class CellWrong(ValueError):
    """A cell cannot be understood."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, or with the cell of one column."""

    code: str
    column: str = ""
    value: str = ""
    details: Mapping[str, object] | None = None

    def to_json(self) -> dict[str, object]:
        """The form that is stored."""
        return {"code": self.code, "column": self.column, "value": self.value[:200], "details": dict(self.details or {})}


def text(cell: str, most: int) -> str:
    """The cell without a spreadsheet's mark for texts. Raises CellWrong."""
    found = cell[1:].strip() if cell.startswith("'") else cell.strip()
    if len(found) > most:
        raise CellWrong("too-long", most=most)
    return found.replace("\0", "")


def several(cell: str) -> list[str]:
    """The parts of a cell that holds a list, each once, in order."""
    return list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(cell) if part.strip()))


def yes_or_no(cell: str) -> bool:
    """Raises CellWrong."""
    word = unicodedata.normalize("NFKC", cell).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellWrong("not-yes-or-no")


def day(cell: str) -> date:
    """A day written with the year first: 2026-05-01, 2026/5/1, 2026年5月1日, 20260501. Raises CellWrong."""
    written = unicodedata.normalize("NFKC", cell).strip()
    match = _DAY.fullmatch(written) or _PLAIN_DAY.fullmatch(written)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellWrong("not-a-date")


def email(cell: str) -> str:
    """Raises CellWrong."""
    found = unicodedata.normalize("NFKC", cell).strip()
    if len(found) > 254 or not _EMAIL.fullmatch(found):
        raise CellWrong("not-an-email")
    return found


def choice(cell: str, known: Mapping[str, str], code: str) -> str:
    """The code of what people call by any of its names (`known`: name in lower case -> code). Raises CellWrong with `code`."""
    found = known.get(unicodedata.normalize("NFKC", cell).strip().lower())
    if found is None:
        raise CellWrong(code, known=sorted(set(known.values()))[:20])
    return found
