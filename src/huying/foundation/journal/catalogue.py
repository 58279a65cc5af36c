"""Writes docs/journal-events.md from the docstrings of all events: `python -m huying.foundation.journal.catalogue [FILE]`."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Sequence
from dataclasses import MISSING, Field, fields
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from huying.foundation.journal.entry import Event
from huying.foundation.rooms import load_rooms

FILE = Path("docs/journal-events.md")
TITLE = """# The journal's events

Made by `python -m huying.foundation.journal.catalogue`; change the docstrings of the wings' `events.py`, not this page.
How the journal works stands in [journal.md](journal.md). Every entry also has its time (UTC), business, stream and number.
"""


def catalogue() -> str:
    """The whole page."""
    return "\n".join([TITLE, *(_wing(module) for module in load_rooms("events"))])


def _wing(module: ModuleType) -> str:
    kinds = [kind for kind in Event.kinds.values() if kind.__module__ == module.__name__]
    notes = _field_notes(module)
    head = f"## {module.__name__.removeprefix('huying.').removesuffix('.events').replace('.', ' / ')}\n\n{_text(module.__doc__)}\n"
    return "\n".join([head, *(_event(kind, notes.get(kind.__name__, {})) for kind in kinds)])


def _event(kind: type[Event], notes: dict[str, str]) -> str:
    marks = " Closes the stream." * kind.closes_stream + " Opens the stream's live part." * kind.opens_stream
    lines = [f"### {kind.__name__}\n", f"{_text(kind.__doc__)}{marks}\n"]
    rows = [_row(one, notes.get(one.name, "")) for one in fields(kind)]
    if rows:
        lines += ["| field | type | meaning |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(one: Field[object], note: str) -> str:
    given = one.default is not MISSING or one.default_factory is not MISSING
    meaning = " ".join(part for part in (note, "May be left out." if given else "") if part)
    return f"| `{one.name}` | {str(one.type).replace('|', 'or')} | {meaning} |"


def _field_notes(module: ModuleType) -> dict[str, dict[str, str]]:
    """The text that stands below a field, by class and field."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = dict(_notes_of(node.body))
    return found


def _notes_of(body: Sequence[ast.stmt]) -> list[tuple[str, str]]:
    notes = []
    for one, below in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(below, ast.Expr):
            value = below.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                notes.append((one.target.id, _text(value.value)))
    return notes


def _text(doc: str | None) -> str:
    return " ".join((doc or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else FILE).write_text(catalogue(), encoding="utf-8")
