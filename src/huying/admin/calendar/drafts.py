"""Special days before they are kept: what a file or a published list says, and how that differs from what is kept. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from huying.admin.calendar.calendar import Kind
from huying.admin.calendar.hours import Hours

KINDS: tuple[Kind, ...] = ("holiday", "working", "special")
Difference = Literal["new", "same", "changed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A special day as somebody wrote it. `hours` None: as the kind says."""

    day: date
    kind: Kind
    name: str = ""
    hours: tuple[Hours, ...] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read; `line` counts from 1, 0 for the whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says, by day, and what of it could not be understood."""

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...] = ()


def one_a_day(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts by day; of several for one day the last counts."""
    by_day = {draft.day: draft for draft in drafts}
    return tuple(by_day[day] for day in sorted(by_day))


def difference(draft: Draft, kept: Mapping[date, Draft]) -> Difference:
    """How the draft differs from what is kept."""
    before = kept.get(draft.day)
    return "new" if before is None else "same" if before == draft else "changed"
