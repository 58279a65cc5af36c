"""The journal in memory, for simulations and journeys. Passes the same contract suite as PostgreSQL's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huying.foundation.journal.batch import Key, advance, by_stream
from huying.foundation.journal.entry import Entry
from huying.foundation.journal.port import Cursor, StreamConflict


@dataclass(slots=True)
class _Stream:
    entries: list[Entry] = field(default_factory=list)
    opened_number: int = 1
    closed: bool = False


class MemoryJournal:
    """Implements Journal for one process."""

    def __init__(self) -> None:
        self._all: list[Entry] = []
        self._streams: dict[Key, _Stream] = {}

    async def append(self, entries: Sequence[Entry]) -> None:
        """See Journal."""
        fresh = {key: self._unknown(key, run) for key, run in by_stream(entries).items()}
        wanted = {(key, entry.number) for key, run in fresh.items() for entry in run}
        for key, run in fresh.items():
            self._move(key, run)
        self._all += [entry for entry in entries if ((entry.business_id, entry.stream, entry.stream_id), entry.number) in wanted]

    async def read_stream(self, business_id: str, stream: str, stream_id: str, after: int = 0) -> list[Entry]:
        """See Journal."""
        found = self._streams.get((business_id, stream, stream_id))
        return found.entries[after:] if found else []

    async def read_open(self, stream: str) -> list[Entry]:
        """See Journal."""
        live = sorted((key[2], key) for key, state in self._streams.items() if key[1] == stream and not state.closed)
        return [entry for _, key in live for entry in self._streams[key].entries[self._streams[key].opened_number - 1 :]]

    async def last_numbers(self, stream: str) -> dict[tuple[str, str], int]:
        """See Journal."""
        return {(key[0], key[2]): len(state.entries) for key, state in self._streams.items() if key[1] == stream}

    async def follow(self, cursor: Cursor, limit: int = 1000) -> tuple[list[Entry], Cursor]:
        """See Journal."""
        found = self._all[cursor.position : cursor.position + limit]
        return found, Cursor(0, cursor.position + len(found))

    def _unknown(self, key: Key, run: list[Entry]) -> list[Entry]:
        stored = self._streams[key].entries if key in self._streams else []
        for entry in run:
            if entry.number <= len(stored) and stored[entry.number - 1].kind != entry.kind:
                raise StreamConflict(f"{key[1]} {key[2]}: number {entry.number} is taken by {stored[entry.number - 1].kind}")
        fresh = [entry for entry in run if entry.number > len(stored)]
        if fresh and fresh[0].number != len(stored) + 1:
            raise StreamConflict(f"{key[1]} {key[2]}: {fresh[0].number} does not follow {len(stored)}")
        return fresh

    def _move(self, key: Key, run: list[Entry]) -> None:
        if not run:
            return
        step, state = advance(key, run), self._streams.setdefault(key, _Stream())
        state.entries += run
        state.opened_number = step.opened_number or state.opened_number
        state.closed = state.closed if step.closed is None else step.closed
