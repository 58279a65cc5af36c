"""For developers: writes the migration from the newest version to the tables of the code, on a PostgreSQL of its own.

`python -m huying.processes.new_migration "What changes"`; look at the file before you commit it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine

from huying.foundation.migrations.scope import include
from huying.foundation.schema import MIGRATIONS, migration_config, prepare_schema
from huying.foundation.tables import load_models
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import running


def differences(engine: Engine) -> list[object]:
    """What a migrated database lacks or has too much, against the tables of the code; empty when they agree."""
    with engine.connect() as connection:
        compared = {"include_object": include, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=compared)
        return list(compare_metadata(context, load_models()))


def write_migration(message: str) -> Path:
    """Write the next version's file and return its path."""
    number = f"{len(list(MIGRATIONS.glob('versions/*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory(prefix="huying-migration-") as folder:
        Path(folder).chmod(0o711)
        server = EmbeddedPostgres(Path(folder) / "postgres", durable=False)
        server.prepare()
        with running(server.program()):
            server.make_database()
            if number != "0001":
                prepare_schema(server.owner_url(), server.runtime_password)
            engine = create_engine(server.owner_url())
            with engine.begin() as connection:
                command.revision(migration_config(connection), message, autogenerate=True, rev_id=number)
            engine.dispose()
    path = next(MIGRATIONS.glob(f"versions/{number}_*.py"))
    for task in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *task, str(path)], check=False)
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{write_migration(' '.join(sys.argv[1:]) or 'changes')}\n")
