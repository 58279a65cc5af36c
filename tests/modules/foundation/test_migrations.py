"""The migrations lead to the tables that the code has."""

from __future__ import annotations

from sqlalchemy import create_engine

from huying.foundation.schema import prepare_schema
from huying.processes.new_migration import differences
from huying.processes.postgres import EmbeddedPostgres


def test_migrations_and_code_agree(postgres: EmbeddedPostgres) -> None:
    postgres.make_database("migrated")
    prepare_schema(postgres.owner_url("migrated"), postgres.runtime_password)
    engine = create_engine(postgres.owner_url("migrated"))
    found = differences(engine)
    engine.dispose()
    assert found == [], 'run: python -m huying.processes.new_migration "What changes"'
