"""Row-level security between two businesses, tried on every table that is there: read, change, remove and add the other's rows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from huying.foundation.ids import new_id
from huying.foundation.row_security import LOGIN, NOT_OURS, ROOT_TABLE
from huying.foundation.tables import load_models
from huying.processes.postgres import EmbeddedPostgres

OF_THE_SYSTEM = frozenset({"projection"})
"""Tables without a business: for the system role alone. Whoever adds one says here why: `projection` holds followers' places."""

COLUMNS = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO' AND is_generated = 'NEVER'
"""
TABLES = """
    SELECT c.relname, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'business_id')
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""


@pytest.fixture
def owner(postgres: EmbeddedPostgres, database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """The owner's connection, for which neither policies nor foreign keys hold."""
    url = postgres.owner_url(database_url.rpartition("/")[2]).replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def runtime(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """The application's login."""
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def any_value(data_type: str) -> object:
    """Some value of the type, another one each time."""
    number = secrets.randbelow(1 << 30) + 1
    values: dict[str, object] = {
        "uuid": new_id(),
        "text": f"x{number}",
        "tsvector": f"x{number}",
        "integer": number,
        "bigint": number,
        "double precision": 1.5,
        "numeric": 1,
        "boolean": True,
        "jsonb": Jsonb([]),
        "ARRAY": [],
        "bytea": secrets.token_bytes(8),
        "date": "2026-11-01",
        "timestamp with time zone": "2026-11-21T08:00:00Z",
    }
    return values[data_type]


def row_for(owner: psycopg.Connection[Any], table: str, business_id: str) -> dict[str, object]:
    row = {name: any_value(data_type) for name, data_type in owner.execute(COLUMNS, [table]).fetchall()}
    return row | ({"id": business_id} if table == ROOT_TABLE else {"business_id": business_id})


def insert(connection: psycopg.Connection[Any], table: str, row: dict[str, object]) -> None:
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(sql.Placeholder() * len(row))
    )
    connection.execute(statement, list(row.values()))


def act_for(connection: psycopg.Connection[Any], role: str, business_id: str = "") -> None:
    connection.execute("SELECT set_config('role', %s, false), set_config('huying.business_id', %s, false)", [role, business_id])


def test_no_table_is_left_out(owner: psycopg.Connection[Any]) -> None:
    there = dict(owner.execute(TABLES).fetchall())
    assert set(load_models().tables) <= set(there)
    without = {name for name, of_business in there.items() if not of_business}
    assert without - NOT_OURS == OF_THE_SYSTEM | {ROOT_TABLE}
    open_tables = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition AND NOT relrowsecurity"
    ).fetchall()
    assert {name for (name,) in open_tables} <= NOT_OURS


def test_every_table_keeps_two_businesses_apart(owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
    tables = [name for name, of_business in owner.execute(TABLES).fetchall() if of_business or name == ROOT_TABLE]
    assert len(tables) >= 20
    for table in tables:
        key = "id" if table == ROOT_TABLE else "business_id"
        ours, theirs = new_id(), new_id()
        for business in (ours, theirs):
            insert(owner, table, row_for(owner, table, business))
        act_for(runtime, "huying_app", ours)
        identity = sql.Identifier(table), sql.Identifier(key)
        seen = runtime.execute(sql.SQL("SELECT {1}::text FROM {0}").format(*identity)).fetchall()
        assert seen == [(ours,)], table
        for statement in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"):
            try:
                touched = runtime.execute(sql.SQL(statement + " WHERE {1} = %s").format(*identity), [theirs]).rowcount
            except psycopg.errors.InsufficientPrivilege:
                continue
            assert touched == 0, table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            insert(runtime, table, row_for(owner, table, theirs))
        with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.NotNullViolation)):
            runtime.execute(sql.SQL("UPDATE {0} SET {1} = %s").format(*identity), [theirs])
        act_for(runtime, "huying_app")
        assert runtime.execute(sql.SQL("SELECT count(*) FROM {0}").format(*identity)).fetchone() == (0,), table
        act_for(runtime, "huying_system")
        assert runtime.execute(sql.SQL("SELECT count(*) FROM {0}").format(*identity)).fetchone() == (2,), table


def test_tables_of_the_system_are_closed_to_businesses(owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
    act_for(runtime, "huying_app", new_id())
    for table in OF_THE_SYSTEM:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))


def test_the_login_alone_may_do_nothing(owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
    for name, _ in owner.execute(TABLES).fetchall():
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(name)))
    for role in ("huying_app", "huying_system"):
        act_for(runtime, role)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("CREATE TABLE mine (x int)")
        act_for(runtime, "none")
    owned = owner.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) IN (%s, 'huying_app', 'huying_system')", [LOGIN])
    assert owned.fetchone() == (0,)


def test_partitions_of_the_journal_cannot_be_reached_directly(owner: psycopg.Connection[Any], runtime: psycopg.Connection[Any]) -> None:
    partitions = owner.execute("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'").fetchall()
    assert len(partitions) >= 3
    act_for(runtime, "huying_app", new_id())
    for (name,) in partitions:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(name)))
