"""One table that is watched: rows by key, changes numbered from 1, and a short memory of changes for those who come back.

Decides what a watcher must be told to have the present table. Knows nothing of sockets, people or what the rows mean.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Row = Mapping[str, object]
Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Place:
    """How far a watcher has come: the table's epoch and the number of the last change it knows."""

    epoch: str
    number: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole table after change `number`."""

    epoch: str
    number: int
    rows: Rows


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that are new or different, and keys that are gone. One change has one number."""

    number: int
    set: Rows = field(default_factory=dict)
    removed: tuple[str, ...] = ()


class Topic:
    """The table. An epoch names one life of it: numbers of another epoch mean nothing here."""

    def __init__(self, epoch: str, rows: Rows | None = None, remember: int = 512) -> None:
        self.epoch = epoch
        self.number = 0
        self._rows: dict[str, Row] = dict(rows or {})
        self._changes: deque[Change] = deque(maxlen=remember)

    @property
    def rows(self) -> Rows:
        """The present rows."""
        return self._rows

    def snapshot(self) -> Snapshot:
        """The whole table as it is now."""
        return Snapshot(self.epoch, self.number, dict(self._rows))

    def apply(self, changed: Rows, removed: Iterable[str] = ()) -> Change | None:
        """Set and remove rows; None when nothing is different afterwards."""
        different = {key: row for key, row in changed.items() if self._rows.get(key) != row}
        gone = tuple(sorted({key for key in removed if key in self._rows and key not in changed}))
        if not different and not gone:
            return None
        self._rows.update(different)
        for key in gone:
            del self._rows[key]
        self.number += 1
        change = Change(self.number, different, gone)
        self._changes.append(change)
        return change

    def become(self, rows: Rows) -> Change | None:
        """Make the table exactly `rows`; None when it is already."""
        return self.apply(rows, [key for key in self._rows if key not in rows])

    def catch_up(self, place: Place | None, at_most: int | None = None) -> Snapshot | list[Change]:
        """What a watcher at `place` needs: the changes since then if remembered and not more than `at_most`, else a snapshot."""
        if place is None or place.epoch != self.epoch or place.number > self.number:
            return self.snapshot()
        missing = self.number - place.number
        if missing > len(self._changes) or (at_most is not None and missing > at_most):
            return self.snapshot()
        return list(self._changes)[len(self._changes) - missing :]
