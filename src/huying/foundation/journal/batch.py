"""A batch of entries seen by stream: do its numbers follow on, what does it do to each stream's head? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.foundation.journal.entry import Entry
from huying.foundation.journal.port import StreamConflict

Key = tuple[str, str, str]
"""Business id, stream, stream id."""


@dataclass(frozen=True, slots=True)
class Advance:
    """What a run of one stream's entries makes of its head. `closed` is None where the batch says nothing about it."""

    key: Key
    previous: int
    number: int
    opened_number: int
    opened_at: datetime
    closed: bool | None


def key_of(entry: Entry) -> Key:
    """The stream that the entry stands in."""
    return entry.business_id, entry.stream, entry.stream_id


def by_stream(entries: Sequence[Entry]) -> dict[Key, list[Entry]]:
    """The entries of each stream in their order. Raises StreamConflict when numbers do not follow on each other."""
    runs: dict[Key, list[Entry]] = {}
    for entry in entries:
        run = runs.setdefault(key_of(entry), [])
        if run and entry.number != run[-1].number + 1:
            raise StreamConflict(f"{entry.stream} {entry.stream_id}: {entry.number} does not follow {run[-1].number}")
        run.append(entry)
    return runs


def advance(key: Key, run: Sequence[Entry]) -> Advance:
    """What the run does to its stream's head."""
    opened_number, opened_at, closed = (1, run[0].at, False) if run[0].number == 1 else (0, run[0].at, None)
    for entry in run:
        if entry.event.opens_stream:
            opened_number, opened_at, closed = entry.number, entry.at, False
        elif entry.event.closes_stream:
            closed = True
    return Advance(key, run[0].number - 1, run[-1].number, opened_number, opened_at, closed)
