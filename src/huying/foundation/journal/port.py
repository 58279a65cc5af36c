"""The journal's port: what the wings need of it. PostgreSQL and memory implement it and pass the same contract suite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from huying.foundation.errors import Conflict
from huying.foundation.journal.entry import Entry


class StreamConflict(Conflict):
    """Another writer owns this stream: the numbers do not follow on."""

    code = "stream-conflict"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A follower's place: all entries at or before it were seen. Opaque to followers; stored as two integers."""

    transaction: int = 0
    position: int = 0


class Journal(Protocol):
    """Append and read entries."""

    async def append(self, entries: Sequence[Entry]) -> None:
        """Commit the entries, all or none; returns after the commit.

        Entries of one stream must follow on its last number. Entries that are stored already with the same number and kind are
        passed over (a repeated batch does no harm). Raises StreamConflict, Unavailable.
        """

    async def read_stream(self, business_id: str, stream: str, stream_id: str, after: int = 0) -> list[Entry]:
        """The stream's entries with a number above `after`, in order."""

    async def read_open(self, stream: str) -> list[Entry]:
        """All entries of the live parts of this kind's streams that have not been closed, of every business, by stream and number.

        A live part begins at the last event with `opens_stream`, or at number 1.
        """

    async def last_numbers(self, stream: str) -> dict[tuple[str, str], int]:
        """The last number of every stream of this kind, open or closed, by (business id, stream id). For kinds of bounded count: agents."""

    async def follow(self, cursor: Cursor, limit: int = 1000) -> tuple[list[Entry], Cursor]:
        """Entries of every business committed after the cursor and below the oldest open transaction, with the new cursor.

        Entries of a kind that this version does not know are passed over, so an empty list with a moved cursor is not the end.
        """
