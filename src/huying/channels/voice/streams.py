"""Numbers the entries of the streams this process owns, and remembers those of open streams for live views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from huying.foundation.journal.entry import STREAM_SYSTEM, Entry, Event


class Writer(Protocol):
    """Where entries go: committed before an effect, or soon after."""

    async def commit(self, entries: Sequence[Entry]) -> None:
        """Returns when the entries are durable."""

    def record(self, entries: Sequence[Entry]) -> None:
        """Durable within a fraction of a second, in order with what is committed."""


class Streams:
    """The one giver of numbers in this process."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._last: dict[tuple[str, str], int] = {}
        self._open: dict[tuple[str, str], list[Entry]] = {}

    def restore(self, entries: Iterable[Entry], last_numbers: Mapping[tuple[str, str], int], stream: str) -> None:
        """After a restart: what is open, and the last numbers of streams that go on after being closed."""
        for (_, stream_id), number in last_numbers.items():
            self._last[stream, stream_id] = number
        for entry in entries:
            self._remember(entry)

    async def commit(self, business_id: str, stream: str, stream_id: str, events: Sequence[Event], at: datetime) -> None:
        """Journal the events before going on."""
        await self._writer.commit(self._number(business_id, stream, stream_id, events, at))

    async def commit_together(self, business_id: str, stream: str, parts: Sequence[tuple[str, Sequence[Event]]], at: datetime) -> None:
        """Journal events of several streams (id, events) before going on: all of them, or none."""
        await self._writer.commit([entry for one, events in parts for entry in self._number(business_id, stream, one, events, at)])

    def record(self, business_id: str, stream: str, stream_id: str, events: Sequence[Event], at: datetime) -> None:
        """Journal the events soon."""
        self._writer.record(self._number(business_id, stream, stream_id, events, at))

    def open_entries(self) -> list[Entry]:
        """All entries of open streams."""
        return [entry for entries in self._open.values() for entry in entries]

    def forget(self, stream: str, stream_id: str) -> None:
        """Nothing more will be written to this stream."""
        self._last.pop((stream, stream_id), None)
        self._open.pop((stream, stream_id), None)

    def _number(self, business_id: str, stream: str, stream_id: str, events: Sequence[Event], at: datetime) -> list[Entry]:
        first = self._last.get((stream, stream_id), 0) + 1
        entries = [Entry(business_id, stream, stream_id, first + index, at, event) for index, event in enumerate(events)]
        for entry in entries:
            self._remember(entry)
        return entries

    def _remember(self, entry: Entry) -> None:
        key = (entry.stream, entry.stream_id)
        self._last[key] = max(entry.number, self._last.get(key, 0))
        if entry.stream == STREAM_SYSTEM:  # it never ends, and no live view shows it
            return
        if entry.event.opens_stream:
            self._open[key] = []
        if entry.event.closes_stream:
            self._open.pop(key, None)
        elif entry.number == 1 or entry.event.opens_stream or key in self._open:
            self._open.setdefault(key, []).append(entry)
