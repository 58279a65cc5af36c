"""The journal's contract, on memory and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from sqlalchemy import text

from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import Entry, Event
from huying.foundation.journal.memory import MemoryJournal
from huying.foundation.journal.port import Cursor, Journal, StreamConflict
from huying.foundation.journal.postgres import PostgresJournal

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
BUSINESS = new_id()


@dataclass(frozen=True, slots=True)
class ThingHappened(Event):
    """A test's event."""

    what: str = ""


@dataclass(frozen=True, slots=True)
class ThingOpened(Event):
    """A test's event that opens the stream again."""

    opens_stream: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ThingClosed(Event):
    """A test's event that closes the stream."""

    closes_stream: ClassVar[bool] = True


@pytest.fixture(params=["memory", "postgres"])
async def journal(request: pytest.FixtureRequest) -> AsyncIterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return
    database = Database(request.getfixturevalue("database_url"), connections=4)
    yield PostgresJournal(database)
    await database.close()


def entry(stream_id: str, number: int, event: Event | None = None, *, stream: str = "thing", business: str = BUSINESS) -> Entry:
    return Entry(business, stream, stream_id, number, NOW + timedelta(seconds=number), event or ThingHappened(f"{stream_id}.{number}"))


def run(stream_id: str, first: int, last: int) -> list[Entry]:
    return [entry(stream_id, number) for number in range(first, last + 1)]


async def test_what_was_appended_is_read_back_the_same(journal: Journal) -> None:
    await journal.append([entry("a", 1, ThingHappened("中文 \\ ' \" %"))])
    await journal.append(run("a", 2, 3) + run("b", 1, 1))
    assert await journal.read_stream(BUSINESS, "thing", "a") == [entry("a", 1, ThingHappened("中文 \\ ' \" %")), *run("a", 2, 3)]
    assert await journal.read_stream(BUSINESS, "thing", "a", after=2) == run("a", 3, 3)
    assert await journal.read_stream(BUSINESS, "thing", "none") == []
    assert await journal.read_stream(new_id(), "thing", "a") == []


@pytest.mark.parametrize("wrong", [run("a", 2, 2), run("a", 4, 5), [*run("a", 3, 3), *run("a", 5, 5)], run("new", 2, 2)])
async def test_numbers_follow_on(journal: Journal, wrong: list[Entry]) -> None:
    await journal.append([entry("a", 1), entry("a", 2, ThingOpened())])
    with pytest.raises(StreamConflict):
        await journal.append([*run("other", 1, 1), *wrong])
    assert await journal.read_stream(BUSINESS, "thing", "other") == []
    assert len(await journal.read_stream(BUSINESS, "thing", "a")) == 2


async def test_a_repeated_batch_does_no_harm(journal: Journal) -> None:
    await journal.append(run("a", 1, 3))
    await journal.append(run("a", 1, 3))
    await journal.append(run("a", 2, 5) + run("b", 1, 2))
    assert await journal.read_stream(BUSINESS, "thing", "a") == run("a", 1, 5)
    assert len((await journal.follow(Cursor()))[0]) == 7


async def test_open_streams_are_those_not_closed(journal: Journal) -> None:
    await journal.append([*run("a", 1, 2), *run("b", 1, 1), entry("b", 2, ThingClosed()), entry("c", 1, stream="other")])
    assert await journal.read_open("thing") == run("a", 1, 2)
    await journal.append([entry("b", 3)])  # late entries do not open it again
    assert await journal.read_open("thing") == run("a", 1, 2)
    await journal.append([entry("b", 4, ThingOpened()), entry("b", 5)])
    assert await journal.read_open("thing") == [*run("a", 1, 2), entry("b", 4, ThingOpened()), entry("b", 5)]
    await journal.append([entry("a", 3, ThingClosed()), entry("a", 4, ThingOpened())])
    assert [found.number for found in await journal.read_open("thing")] == [4, 4, 5]


async def test_last_numbers_count_closed_streams_too(journal: Journal) -> None:
    other = new_id()
    await journal.append([*run("a", 1, 2), entry("a", 3, ThingClosed()), *run("b", 1, 4), entry("a", 1, business=other)])
    assert await journal.last_numbers("thing") == {(BUSINESS, "a"): 3, (BUSINESS, "b"): 4, (other, "a"): 1}
    assert await journal.last_numbers("none") == {}


async def test_a_follower_sees_everything_once(journal: Journal) -> None:
    await journal.append(run("a", 1, 5))
    first, cursor = await journal.follow(Cursor(), limit=3)
    second, cursor = await journal.follow(cursor, limit=3)
    assert first + second == run("a", 1, 5)
    assert (await journal.follow(cursor)) == ([], cursor)
    await journal.append(run("b", 1, 1))
    assert (await journal.follow(cursor))[0] == run("b", 1, 1)


async def test_writers_of_different_streams_do_not_hinder_each_other(journal: Journal) -> None:
    await asyncio.gather(*(journal.append(run(f"s{n}", 1, 4)) for n in range(12)))
    seen: list[Entry] = []
    cursor = Cursor()
    while True:
        found, cursor = await journal.follow(cursor, limit=7)
        if not found:
            break
        seen += found
    assert len(seen) == 48
    assert {(one.stream_id, one.number) for one in seen} == {(f"s{n}", number) for n in range(12) for number in range(1, 5)}


async def test_of_two_writers_of_one_stream_one_loses(journal: Journal) -> None:
    await journal.append(run("a", 1, 1))
    results = await asyncio.gather(
        journal.append([entry("a", 2, ThingOpened())]), journal.append([entry("a", 2, ThingClosed())]), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "StreamConflict"]


async def test_any_month_can_be_written(journal: Journal) -> None:
    far = Entry(BUSINESS, "thing", "a", 1, datetime(2031, 12, 31, 23, 59, 59, tzinfo=UTC), ThingHappened())
    await journal.append([far])
    assert await journal.read_stream(BUSINESS, "thing", "a") == [far]


async def test_what_json_cannot_hold_does_no_harm(journal: Journal) -> None:
    await journal.append([entry("a", 1, ThingHappened("a\x00b"))])
    assert [found.number for found in await journal.read_stream(BUSINESS, "thing", "a")] == [1]


async def test_a_follower_waits_for_older_open_transactions(database: Database) -> None:
    journal = PostgresJournal(database)
    async with database.system() as session:
        await session.execute(text("SELECT pg_current_xact_id()"))
        await journal.append(run("a", 1, 1))
        assert (await journal.follow(Cursor()))[0] == []
    assert (await journal.follow(Cursor()))[0] == run("a", 1, 1)


async def test_the_journal_cannot_be_changed(database: Database) -> None:
    await PostgresJournal(database).append(run("a", 1, 1))
    for statement in ("UPDATE journal SET number = 2", "DELETE FROM journal"):
        with pytest.raises(Exception, match="permission denied"):
            async with database.system() as session:
                await session.execute(text(statement))
