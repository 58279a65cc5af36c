"""The embedded PostgreSQL and NATS: started, stopped, killed and found again."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import psycopg
import pytest

from huying.foundation.errors import Unavailable
from huying.foundation.schema import prepare_schema
from huying.processes.nats import EmbeddedNats
from huying.processes.postgres import EmbeddedPostgres, note_place, reachable_folder
from huying.processes.program import running


def count(server: EmbeddedPostgres) -> int:
    with psycopg.connect(server.owner_url().replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row
    return int(row[0])


def test_data_outlives_a_kill_and_a_stop(ground: Path) -> None:
    folder = ground / "postgres-kept"
    server = EmbeddedPostgres(folder)
    server.prepare()
    with running(server.program()) as process:
        server.make_database()
        with psycopg.connect(server.owner_url().replace("+psycopg", "")) as connection:
            connection.execute("CREATE TABLE kept (x int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        found = EmbeddedPostgres(folder)
        found.prepare()
        assert found.owner_url() == server.owner_url()
        process.kill()
        process.wait()
    again = EmbeddedPostgres(folder)
    again.prepare()
    with running(again.program()):
        assert count(again) == 1
        assert again.owner_url() == server.owner_url()
    assert not again.ready()


def test_a_server_that_hangs_keeps_its_port(ground: Path) -> None:
    folder = ground / "postgres-hanging"
    server = EmbeddedPostgres(folder, durable=False)
    server.prepare()
    with running(server.program()) as process:
        os.kill(process.pid, signal.SIGSTOP)
        try:
            found = EmbeddedPostgres(folder)
            found.prepare()
            assert found.owner_url() == server.owner_url()
        finally:
            os.kill(process.pid, signal.SIGCONT)


def test_secrets_are_private(ground: Path, postgres: EmbeddedPostgres) -> None:
    assert (postgres.folder / "postgres.json").stat().st_mode & 0o777 == 0o600
    assert postgres.cluster.stat().st_mode & 0o777 == 0o700
    assert postgres.runtime_password not in repr(postgres.program())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.owner_url("postgres").replace("+psycopg", ""), password="wrong")


def test_the_schema_may_be_prepared_again(postgres: EmbeddedPostgres) -> None:
    postgres.make_database("twice")
    first = prepare_schema(postgres.owner_url("twice"), postgres.runtime_password)
    assert prepare_schema(postgres.owner_url("twice"), postgres.runtime_password) == first == postgres.runtime_url("twice")


def test_a_database_that_is_away_is_said_so() -> None:
    with pytest.raises(Unavailable, match="start it"):
        prepare_schema("postgresql+psycopg://x:y@127.0.0.1:1/none", "word")


@pytest.mark.skipif(os.geteuid() != 0, reason="as another user nothing has to move")
def test_below_a_closed_folder_the_cluster_moves(ground: Path) -> None:
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    assert reachable_folder(closed / "data" / "postgres", "nobody").parent == Path("/var/lib/huying")
    assert reachable_folder(ground / "data" / "postgres", "nobody") == ground / "data" / "postgres"
    assert reachable_folder(closed / "data", None) == closed / "data"


@pytest.mark.skipif(os.geteuid() != 0, reason="as another user nothing has to move")
def test_a_new_installation_at_an_old_place_meets_no_old_cluster(ground: Path) -> None:
    wanted = ground / "closed-too" / "data" / "postgres"
    (ground / "closed-too").mkdir(mode=0o700)
    first = reachable_folder(wanted, "nobody")
    note_place(wanted, first)
    assert reachable_folder(wanted, "nobody") == first
    shutil.rmtree(wanted)
    assert reachable_folder(wanted, "nobody") != first


def test_nats_keeps_its_address_and_wants_its_token(tmp_path: Path) -> None:
    server = EmbeddedNats(tmp_path / "nats")
    server.prepare()
    with running(server.program()):
        found = EmbeddedNats(tmp_path / "nats")
        found.prepare()
        assert found.url == server.url
    assert not server.ready()
    assert (tmp_path / "nats" / "nats.conf").stat().st_mode & 0o777 == 0o600
