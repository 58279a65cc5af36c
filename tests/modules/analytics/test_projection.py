"""The history on a real PostgreSQL: the same facts as folding at once, whatever the batches, restarts and rivals."""

import asyncio
import json
from datetime import UTC, datetime
from random import Random

import pytest
from random_journals import START, Centre
from sqlalchemy import func, select

from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.model import AgentIntervalRow, ContactFactRow, OfferFactRow, QueueEntryFactRow, SegmentFactRow
from huying.analytics.projection import MovedElsewhere, Projection
from huying.analytics.projection_rows import contact_values, entry_values, interval_values, offer_values, segment_values
from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.journal.entry import STREAM_CONTACT, Entry
from huying.foundation.journal.postgres import PostgresJournal

TABLES = (ContactFactRow, QueueEntryFactRow, OfferFactRow, SegmentFactRow, AgentIntervalRow)


def plain(row: dict[str, object]) -> str:
    row = {name: value for name, value in row.items() if name != "number" or "state" in row}
    told = {name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
    return json.dumps({name: float(value) if name == "missing_seconds" else value for name, value in told.items()}, sort_keys=True)


def expected(journal: list[Entry]) -> list[set[str]]:
    contacts: dict[str, ContactFold] = {}
    agents: dict[str, AgentFold] = {}
    for entry in journal:
        if entry.stream == STREAM_CONTACT:
            contacts.setdefault(entry.stream_id, ContactFold(entry.business_id, entry.stream_id)).apply(entry)
        else:
            agents.setdefault(entry.stream_id, AgentFold(entry.business_id, entry.stream_id)).apply(entry)
    work: dict[str, list] = {}
    for agent in agents.values():
        for interval in agent.closed:
            if interval.state == "after_call":
                work.setdefault(interval.contact_id, []).append(interval)
    folds = contacts.values()
    rows = [
        [contact_values(fold) for fold in folds],
        [row for fold in folds for row in entry_values(fold, work.get(fold.contact_id, []))],
        [row for fold in folds for row in offer_values(fold)],
        [row for fold in folds for row in segment_values(fold)],
        [row for a in agents.values() for row in interval_values(a.business_id, [*a.closed, *([a.present] if a.present else [])])],
    ]
    return [{plain(row) for row in table} for table in rows]


async def stored(database: Database) -> list[set[str]]:
    found = []
    async with database.system() as session:
        for table in TABLES:
            names = [column.name for column in table.__table__.columns if column.name != "projected_at"]
            rows = await session.scalars(select(table))
            found.append({plain({name: getattr(row, name) for name in names}) for row in rows})
    return found


async def append(journal: PostgresJournal, entries: list[Entry], random: Random) -> None:
    at = 0
    while at < len(entries):
        size = random.randint(1, 40)
        await journal.append(entries[at : at + size])
        at += size


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_history_is_the_fold_of_the_journal(database: Database, seed: int) -> None:
    random = Random(seed)
    entries = Centre(random, contacts=25, business_id=new_id(), seed=seed).run()
    journal = PostgresJournal(database)
    projection = Projection(database, journal, batch=random.randint(3, 60))
    at = 0
    while at < len(entries):
        size = random.randint(1, 200)
        await append(journal, entries[at : at + size], random)
        at += size
        if random.random() < 0.3:
            projection = Projection(database, journal, batch=random.randint(3, 60))
        await projection.catch_up()
    wanted = expected(entries)
    assert await stored(database) == wanted


async def test_of_two_followers_one_writes_and_nothing_is_written_twice(database: Database) -> None:
    entries = Centre(Random(4), contacts=10, business_id=new_id()).run()
    journal = PostgresJournal(database)
    await journal.append(entries)
    followers = [Projection(database, journal, batch=20) for _ in range(2)]

    async def follow(one: Projection) -> None:
        while True:
            try:
                if not await one.advance():
                    return
            except MovedElsewhere:
                continue

    await asyncio.gather(*(follow(one) for one in followers))
    wanted = expected(entries)
    assert await stored(database) == wanted


async def test_a_failed_batch_is_taken_again(database: Database) -> None:
    entries = Centre(Random(6), contacts=8, business_id=new_id()).run()
    journal = PostgresJournal(database)
    await journal.append(entries)

    class Breaking(Projection):
        breaks = 2

        async def _store(self, *told):  # type: ignore[no-untyped-def]
            self.breaks -= 1
            if self.breaks >= 0:
                raise ConnectionError("gone")
            await super()._store(*told)

    projection = Breaking(database, journal, batch=50)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            await projection.advance()
    await projection.catch_up()
    wanted = expected(entries)
    assert await stored(database) == wanted


async def test_it_follows_by_itself_and_tells_what_it_saw(database: Database) -> None:
    entries = Centre(Random(7), contacts=5, business_id=new_id()).run()
    journal = PostgresJournal(database)
    seen: list[Entry] = []
    done = asyncio.Event()

    def told(batch) -> None:  # type: ignore[no-untyped-def]
        seen.extend(batch)
        if len(seen) == len(entries):
            done.set()

    task = asyncio.create_task(Projection(database, journal, seen=told, poll_seconds=0.05).run())
    await journal.append(entries[:30])
    await journal.append(entries[30:])
    async with asyncio.timeout(30):
        await done.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.business(entries[0].business_id) as session:
        assert (await session.scalar(select(func.count()).select_from(ContactFactRow))) == 5
    async with database.business(new_id()) as session:
        assert (await session.scalar(select(func.count()).select_from(ContactFactRow))) == 0
    assert max(entry.at for entry in seen) > START
