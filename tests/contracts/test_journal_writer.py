"""The journal's writer: durable before an effect, in order, told once, and on through a database that goes away."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from huying.foundation.database import Database
from huying.foundation.errors import Unavailable
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.journal.memory import MemoryJournal
from huying.foundation.journal.port import Cursor, Journal, StreamConflict
from huying.foundation.journal.postgres import PostgresJournal
from huying.foundation.journal.spool import Spool, SpoolInUse
from huying.foundation.journal.writer import JournalWriter
from huying.foundation.schema import prepare_schema
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import running

BUSINESS = new_id()
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SOON_SECONDS = 5.0
"""Far less than any wait for a database, and more than a slow disk takes."""


@dataclass(frozen=True, slots=True)
class StepDone(Event):
    """A test's event."""

    note: str = ""


class ShakyJournal(MemoryJournal):
    """A journal whose database can go away, hang, or store without saying so."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.hang: asyncio.Event | None = None
        self.batches: list[int] = []

    async def append(self, entries: Sequence[Entry]) -> None:
        if self.away:
            raise Unavailable
        if self.hang:
            await self.hang.wait()
        self.batches.append(len(entries))
        await super().append(entries)


def step(stream_id: str, number: int, note: str = "") -> Entry:
    return Entry(BUSINESS, "contact", stream_id, number, NOW, StepDone(note))


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        await asyncio.sleep(0.01)


@pytest.fixture
def journal() -> ShakyJournal:
    return ShakyJournal()


@pytest.fixture
def told() -> list[Entry]:
    return []


@pytest.fixture
async def writer(journal: ShakyJournal, told: list[Entry], tmp_path: Path) -> AsyncIterator[JournalWriter]:
    made = JournalWriter(journal, Spool(tmp_path), told.extend, patience_seconds=30, retry_seconds=0.05)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def hasty(journal: ShakyJournal, told: list[Entry], tmp_path: Path) -> AsyncIterator[JournalWriter]:
    """Does not wait long for a database that hangs."""
    made = JournalWriter(journal, Spool(tmp_path), told.extend, patience_seconds=0.1, retry_seconds=0.05)
    await made.start()
    yield made
    await made.close()


def with_children(pid: int) -> list[int]:
    return [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


async def stored(journal: Journal, stream_id: str) -> list[int]:
    return [entry.number for entry in await journal.read_stream(BUSINESS, "contact", stream_id)]


async def test_a_commit_is_durable_when_it_returns(writer: JournalWriter, journal: ShakyJournal, told: list[Entry]) -> None:
    await writer.commit([step("a", 1), step("b", 1)])
    assert await stored(journal, "a") == [1]
    assert told == [step("a", 1), step("b", 1)]


async def test_records_are_told_at_once_and_written_together(writer: JournalWriter, journal: ShakyJournal, told: list[Entry]) -> None:
    for number in range(1, 6):
        writer.record([step("a", number)])
    assert [entry.number for entry in told] == [1, 2, 3, 4, 5]
    await until(lambda: bool(journal.batches))
    assert journal.batches == [5]


async def test_a_stream_keeps_its_order(writer: JournalWriter, journal: ShakyJournal, told: list[Entry]) -> None:
    journal.hang = asyncio.Event()
    first = asyncio.create_task(writer.commit([step("a", 1)]))
    await asyncio.sleep(0)
    writer.record([step("a", 2)])
    writer.record([step("b", 1)])
    assert told == [step("b", 1)]  # a's record may not overtake a's commit
    journal.hang.set()
    await first
    await writer.settle()
    assert told == [step("b", 1), step("a", 1), step("a", 2)]


async def test_settling_waits_for_what_is_being_written(writer: JournalWriter, journal: ShakyJournal) -> None:
    journal.hang = asyncio.Event()
    writer.record([step("a", 1)])
    await until(lambda: not writer._queue)
    asyncio.get_running_loop().call_later(0.03, journal.hang.set)
    await writer.settle()
    assert await stored(journal, "a") == [1] or writer.is_spooling


async def test_concurrent_commits_share_a_transaction(writer: JournalWriter, journal: ShakyJournal) -> None:
    journal.hang = asyncio.Event()
    tasks = [asyncio.create_task(writer.commit([step(f"s{n}", 1)])) for n in range(50)]
    await asyncio.sleep(0.02)
    journal.hang.set()
    await asyncio.gather(*tasks)
    assert len(journal.batches) <= 2


async def test_calls_go_on_without_the_database(writer: JournalWriter, journal: ShakyJournal, told: list[Entry], tmp_path: Path) -> None:
    await writer.commit([step("a", 1)])
    journal.away = True
    started = time.monotonic()
    await writer.commit([step("a", 2)])
    assert time.monotonic() - started < SOON_SECONDS
    writer.record([step("a", 3)])
    await writer.commit([step("a", 4), step("b", 1)])
    assert writer.is_spooling
    assert (tmp_path / "journal.jsonl").read_text().count("\n") == 4
    assert (tmp_path / "journal.jsonl").stat().st_mode & 0o777 == 0o600
    assert [entry.number for entry in told] == [1, 2, 3, 4, 1]
    journal.away = False
    assert await writer.flushed(60)
    assert await stored(journal, "a") == [1, 2, 3, 4]
    assert not (tmp_path / "journal.jsonl").exists()
    await writer.commit([step("a", 5)])
    assert len((await journal.follow(Cursor()))[0]) == 6
    assert len(told) == 6


async def test_without_database_and_disk_calls_still_go_on(
    writer: JournalWriter, journal: ShakyJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Spool, entries: Sequence[Entry]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Spool, "add", full)
    journal.away = True
    await writer.commit([step("a", 1)])
    await writer.commit([step("a", 2)])
    journal.away = False
    assert await writer.flushed(60)
    assert await stored(journal, "a") == [1, 2]


async def test_an_append_of_unknown_outcome_is_not_doubled(hasty: JournalWriter, journal: ShakyJournal) -> None:
    journal.hang = asyncio.Event()
    started = time.monotonic()
    await hasty.commit([step("a", 1)])
    assert 0.09 < time.monotonic() - started < SOON_SECONDS
    await hasty.commit([step("a", 2)])
    journal.hang.set()
    journal.hang = None
    assert await hasty.flushed(60)
    assert await stored(journal, "a") == [1, 2]
    assert len((await journal.follow(Cursor()))[0]) == 2


async def test_a_conflict_hits_its_own_commit_alone(writer: JournalWriter, journal: ShakyJournal, told: list[Entry]) -> None:
    journal.hang = asyncio.Event()
    tasks = [asyncio.create_task(writer.commit(batch)) for batch in ([step("a", 1)], [step("b", 7)], [step("c", 1)])]
    await asyncio.sleep(0.02)
    journal.hang.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [type(None), StreamConflict, type(None)]
    assert {entry.stream_id for entry in told} == {"a", "c"}
    await writer.commit([step("b", 1)])


@pytest.mark.parametrize("away", [False, True])
async def test_what_the_journal_will_never_take_is_told(journal: ShakyJournal, tmp_path: Path, away: bool) -> None:
    refused: list[tuple[int, type[Exception]]] = []

    def note(entries: Sequence[Entry], error: Exception) -> None:
        refused.extend((entry.number, type(error)) for entry in entries)

    journal.away = away
    writer = JournalWriter(journal, Spool(tmp_path), lambda _: None, refused=note, retry_seconds=0.05)
    await writer.start()
    writer.record([step("a", 1)])
    await writer.settle()
    writer.record([step("a", 3)])
    await writer.settle()
    journal.away = False
    assert await writer.flushed(60)
    assert refused == [(3, StreamConflict)]
    assert await stored(journal, "a") == [1]
    await writer.close()


@pytest.mark.parametrize("broken", ["clear", "refuse"])
async def test_a_disk_that_fails_does_not_end_the_flushing(
    journal: ShakyJournal, tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_entries: object) -> None:
        raise OSError("no space left on device")

    journal.away = True
    spool = Spool(tmp_path)
    writer = JournalWriter(journal, spool, lambda _: None, retry_seconds=0.01)
    await writer.start()
    for number in (1, 3):
        writer.record([step("a", number)])
    await writer.settle()
    with monkeypatch.context() as patched:
        patched.setattr(spool, broken, full)
        journal.away = False
        await until(lambda: bool(journal.batches))
        assert not await writer.flushed(0.1) or broken == "refuse"
    assert await writer.flushed(5)
    await writer.commit([step("b", 1)])
    assert await stored(journal, "b") == [1]
    await writer.close()


async def test_what_a_dead_process_left_is_flushed(journal: ShakyJournal, tmp_path: Path) -> None:
    await journal.append([step("a", 1)])
    dead = Spool(tmp_path)
    dead.open()
    dead.add([step("a", 1), step("a", 2)])
    with pytest.raises(SpoolInUse):
        Spool(tmp_path).open()
    dead.close()
    with (tmp_path / "journal.jsonl").open("a") as file:
        file.write('{"business_id": "torn')
    told: list[Entry] = []
    writer = JournalWriter(journal, Spool(tmp_path), told.extend, retry_seconds=0.05)
    assert await writer.start() == [step("a", 1), step("a", 2)]
    await writer.commit([step("a", 3)])
    assert await writer.flushed(60)
    assert await stored(journal, "a") == [1, 2, 3]
    await writer.close()


async def test_closing_keeps_the_spool_for_the_next_start(journal: ShakyJournal, tmp_path: Path) -> None:
    journal.away = True
    writer = JournalWriter(journal, Spool(tmp_path), lambda _: None, retry_seconds=0.05)
    await writer.start()
    writer.record([step("a", 1)])
    await writer.close()
    journal.away = False
    again = JournalWriter(journal, Spool(tmp_path), lambda _: None, retry_seconds=0.05)
    assert await again.start() == [step("a", 1)]
    assert await again.flushed(60)
    await again.close()
    assert await stored(journal, "a") == [1]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_real_database_goes_away_and_comes_back(how: signal.Signals, ground: Path, tmp_path: Path) -> None:
    server = EmbeddedPostgres(ground / f"away-{how.name}")
    server.prepare()
    with ExitStack() as stack:
        process = stack.enter_context(running(server.program()))
        server.make_database()
        database = Database(prepare_schema(server.owner_url(), server.runtime_password), connections=2)
        told: list[Entry] = []
        journal = PostgresJournal(database)
        writer = JournalWriter(journal, Spool(tmp_path), told.extend)
        await writer.start()
        await writer.commit([step("a", 1)])
        family = with_children(process.pid)
        for pid in family:
            os.kill(pid, how)
        if how is signal.SIGSTOP:
            stack.callback(lambda: process.poll() is None and process.send_signal(signal.SIGCONT))
        for number in range(2, 30):
            started = time.monotonic()
            await writer.commit([step("a", number), step(f"s{number}", 1)])
            assert time.monotonic() - started < SOON_SECONDS
        assert writer.is_spooling
        if how is signal.SIGSTOP:
            for pid in family:
                os.kill(pid, signal.SIGCONT)
        else:
            process.wait()
            stack.enter_context(running(server.program()))
        assert await writer.flushed(60)
        writer.record([step("a", 30)])
        await writer.settle()
        await until(lambda: not writer.is_spooling)
        assert await stored(journal, "a") == list(range(1, 31))
        found, _ = await journal.follow(Cursor())
        assert len(found) == len(told) == 30 + 28
        await writer.close()
        await database.close()
