"""Whatever the database does, and even if the process dies once: every entry is stored once, in order, and told once."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from huying.foundation.errors import Unavailable
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.journal.memory import MemoryJournal
from huying.foundation.journal.port import Cursor
from huying.foundation.journal.spool import Spool
from huying.foundation.journal.writer import JournalWriter

BUSINESS = new_id()
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WeatherSeen(Event):
    """A test's event."""

    note: int


class WeatherJournal(MemoryJournal):
    """A journal that refuses, hangs, or stores and then says it did not, by chance."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self.dice, self.calm = dice, False

    async def append(self, entries: Sequence[Entry]) -> None:
        kind = "fine" if self.calm else self.dice.choice(["fine", "fine", "slow", "away", "stored and lost", "hangs"])
        if kind == "away":
            raise Unavailable
        if kind in ("slow", "hangs"):
            await asyncio.sleep(0.002 if kind == "slow" else 0.03)
        await super().append(entries)
        if kind == "stored and lost":
            raise Unavailable


def make_writer(journal: MemoryJournal, folder: Path, told: list[Entry]) -> JournalWriter:
    return JournalWriter(journal, Spool(folder), told.extend, lag_seconds=0.002, patience_seconds=0.01, retry_seconds=0.002)


async def live_through(seed: int, steps: list[tuple[int, bool]], folder: Path) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Write what the steps say (stream, commit?); returns what was given, told and stored."""
    journal, told = WeatherJournal(random.Random(seed)), []
    given_entries: list[Entry] = []
    numbers = [0] * 4
    writer = make_writer(journal, folder, told)
    await writer.start()
    tasks = []
    for stream, commit in steps:
        numbers[stream] += 1
        entry = Entry(BUSINESS, "contact", str(stream), numbers[stream], NOW, WeatherSeen(len(given_entries)))
        given_entries.append(entry)
        if commit:
            tasks.append(asyncio.create_task(writer.commit([entry])))
            await asyncio.sleep(0)  # the commit takes its place in the queue
        else:
            writer.record([entry])
        if journal.dice.random() < 0.2:
            await asyncio.sleep(0.003)
    await asyncio.gather(*tasks)
    await writer.close()
    journal.calm = True
    successor = make_writer(journal, folder, [])
    await successor.start()
    assert await successor.flushed(60)
    await successor.close()
    return given_entries, told, (await journal.follow(Cursor()))[0]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=60))
def test_nothing_is_lost_doubled_or_out_of_order(seed: int, steps: list[tuple[int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given_entries, told, stored = asyncio.run(live_through(seed, steps, Path(folder)))
    for stream in {entry.stream_id for entry in given_entries}:
        wanted = [entry for entry in given_entries if entry.stream_id == stream]
        assert [entry for entry in stored if entry.stream_id == stream] == wanted
        assert [entry for entry in told if entry.stream_id == stream] == wanted
