"""A real PostgreSQL and a real NATS for the tests that ask for them; both end with the session and leave nothing behind."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from huying.foundation.database import Database
from huying.foundation.ids import new_id
from huying.foundation.schema import prepare_schema
from huying.processes.nats import EmbeddedNats
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import running

TEMPLATE = "huying_template"

# A slow machine is no counter-example: examples may take their time. The same examples at each run, so that a change is judged by what it
# changes; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("steady", settings.get_profile("search"), derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def ground() -> Iterator[Path]:
    """A folder of the session that other users may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="huying-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(ground: Path) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL with a template database that has the schema."""
    server = EmbeddedPostgres(ground / "postgres", durable=False)
    server.prepare()
    with running(server.program(), ground / "postgres.log"):
        server.make_database(TEMPLATE)
        prepare_schema(server.owner_url(TEMPLATE), server.runtime_password)
        yield server


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The runtime address of a fresh database with the schema, dropped afterwards."""
    name = "t_" + new_id().replace("-", "")
    owner = postgres.owner_url("postgres").replace("+psycopg", "")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    yield postgres.runtime_url(name)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database with the schema."""
    database = Database(database_url, connections=4)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def nats_url(ground: Path) -> Iterator[str]:
    """The address of a NATS server."""
    server = EmbeddedNats(ground / "nats")
    server.prepare()
    with running(server.program(), ground / "nats.log"):
        yield server.url
