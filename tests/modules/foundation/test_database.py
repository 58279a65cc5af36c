"""Transactions under row-level security on a real PostgreSQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from huying.foundation.database import Database
from huying.foundation.errors import Unavailable
from huying.foundation.ids import new_id

INSERT = text(
    "INSERT INTO journal_stream (business_id, stream, stream_id, number, opened_number, opened_at, closed) "
    "VALUES (:business, 'act', :id, 1, 1, now(), true)"
)


async def test_a_business_sees_only_its_own_rows(database: Database) -> None:
    one, other = new_id(), new_id()
    for business in (one, other):
        async with database.business(business) as session:
            await session.execute(INSERT, {"business": business, "id": new_id()})
    async with database.business(one) as session:
        seen = (await session.execute(text("SELECT business_id::text FROM journal_stream"))).scalars().all()
    assert list(seen) == [one]
    async with database.system() as session:
        assert (await session.execute(text("SELECT count(*) FROM journal_stream"))).scalar_one() == 2


async def test_a_business_cannot_write_for_another(database: Database) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.business(new_id()) as session:
            await session.execute(INSERT, {"business": new_id(), "id": new_id()})


async def test_an_error_rolls_back(database: Database) -> None:
    with pytest.raises(ValueError, match="no"):
        async with database.system() as session:
            await session.execute(INSERT, {"business": new_id(), "id": new_id()})
            raise ValueError("no")
    async with database.system() as session:
        assert (await session.execute(text("SELECT count(*) FROM journal_stream"))).scalar_one() == 0


async def test_the_wait_is_bounded(database: Database) -> None:
    with pytest.raises(Unavailable):
        async with database.system(timeout_seconds=0.2) as session:
            await session.execute(text("SELECT pg_sleep(5)"))
    assert await database.is_ready()


async def test_a_database_that_is_away_is_unavailable() -> None:
    away = Database("postgresql+psycopg://nobody:none@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        async with away.system():
            pass
    assert not await away.is_ready()
    await away.close()
