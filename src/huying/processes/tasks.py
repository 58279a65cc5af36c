"""What is done once at each start, before voice and web: the database brought to this version."""

from __future__ import annotations

from pathlib import Path

from huying.foundation.schema import prepare_schema
from huying.processes.postgres import EmbeddedPostgres


def migrate(folder: Path) -> None:
    """Makes the database if it is not there, and everything in it that this version needs."""
    postgres = EmbeddedPostgres(folder / "postgres")
    postgres.make_database()
    prepare_schema(postgres.owner_url(), postgres.runtime_password)
