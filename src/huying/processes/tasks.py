"""What is done once at each start, before voice and web: the database brought to this version, the sample business of a demo."""

from __future__ import annotations

import asyncio
from pathlib import Path

from huying.admin.passwords import Passwords
from huying.foundation.clock import utc_now
from huying.foundation.database import Database
from huying.foundation.schema import prepare_schema
from huying.foundation.settings import load_settings
from huying.foundation.vault import Vault
from huying.processes.postgres import EmbeddedPostgres
from huying.sample.load import load_sample


def migrate(folder: Path) -> None:
    """Makes the database if it is not there, and everything in it that this version needs."""
    postgres = EmbeddedPostgres(folder / "postgres")
    postgres.make_database()
    prepare_schema(postgres.owner_url(), postgres.runtime_password)


def prepare(folder: Path) -> None:
    """Both, as far as this installation needs them: one process, because loading the code takes longer than looking."""
    migrate(folder)
    if load_settings(folder).demo:
        fill_sample(folder)


def fill_sample(folder: Path) -> None:
    """The sample business; raises Forbidden when the folder is not a demo's."""
    settings = load_settings(folder)

    async def fill() -> None:
        database = Database(settings.database_url)
        try:
            await load_sample(database, Passwords(), Vault(settings.master_key), utc_now(), demo=settings.demo)
        finally:
            await database.close()

    asyncio.run(fill())
