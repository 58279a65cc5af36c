"""Bring a database to the state this version needs: migrations, the journal's tables, roles and row-level security."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from huying.foundation.errors import Unavailable
from huying.foundation.journal.tables import prepare_journal
from huying.foundation.login import LOGIN
from huying.foundation.row_security import apply_row_security, make_roles
from huying.foundation.tables import load_models

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x4855_5949  # one upgrade at a time


def prepare_schema(owner_url: str, runtime_password: str) -> str:
    """Migrate to the newest version, apply roles and row-level security, and return the runtime login's address.

    Blocking; may be called by several processes at once and again at each start. Raises Unavailable when the database is away.
    """
    engine = create_engine(owner_url, connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"})
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            make_roles(connection, runtime_password)
            _migrate(connection)
            prepare_journal(connection)
            apply_row_security(connection)
    except OperationalError as error:
        raise Unavailable("the database does not answer: start it, or check its address") from error
    finally:
        engine.dispose()
    return make_url(owner_url).set(username=LOGIN, password=runtime_password).render_as_string(hide_password=False)


def migration_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, for us and for the command that writes a new migration."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    if any(MIGRATIONS.glob("versions/*.py")):
        command.upgrade(migration_config(connection), "head")
    else:
        load_models().create_all(connection)
