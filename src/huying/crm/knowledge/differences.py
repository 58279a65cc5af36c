"""What changed between two versions of an article: line by line of its texts, and which other things. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and whether it is the same, was added or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is not the same in both."""

    field: str
    lines: tuple[Line, ...]


def changes(before: Mapping[str, object], after: Mapping[str, object], fields: Sequence[str]) -> list[FieldChange]:
    """The fields that differ, in the given order; texts by line, lists by item."""
    return [
        FieldChange(field, tuple(lines(_parts(before[field]), _parts(after[field])))) for field in fields if before[field] != after[field]
    ]


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """All lines of both: what was removed stands before what came instead."""
    found: list[Line] = []
    for what, b_from, b_to, a_from, a_to in SequenceMatcher(a=list(before), b=list(after), autojunk=False).get_opcodes():
        if what == "equal":
            found += [Line(SAME, text) for text in before[b_from:b_to]]
            continue
        found += [Line(REMOVED, text) for text in before[b_from:b_to]]
        found += [Line(ADDED, text) for text in after[a_from:a_to]]
    return found


def _parts(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return str(value if value is not None else "").splitlines()
