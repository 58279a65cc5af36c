"""What the router has to come back to, and when. Timers are never cancelled: whoever is called checks whether there is something to do."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from heapq import heappop, heappush


class Kind(IntEnum):
    """Whom a timer concerns."""

    AGENT = 0
    OFFER = 1
    ITEM = 2


class Timers:
    """A heap of moments; those at the same moment come in the order they were set."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Kind, str]] = []
        self._number = 0

    def set(self, due: datetime, kind: Kind, about: str) -> None:
        """Call for this at `due`."""
        self._number += 1
        heappush(self._heap, (due, self._number, kind, about))

    def next(self) -> datetime | None:
        """When the first is due; None without."""
        return self._heap[0][0] if self._heap else None

    def pop(self, now: datetime) -> tuple[Kind, str] | None:
        """Take the first that is due by now."""
        if not self._heap or self._heap[0][0] > now:
            return None
        _, _, kind, about = heappop(self._heap)
        return kind, about
