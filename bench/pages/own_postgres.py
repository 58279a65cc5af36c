"""A PostgreSQL of a bench's own, with the product's tables, that ends with it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huying.foundation.schema import prepare_schema
from huying.processes.postgres import EmbeddedPostgres
from huying.processes.program import running


@contextmanager
def own_postgres(bench: str) -> Iterator[tuple[EmbeddedPostgres, Path]]:
    """The server, and the folder in which the bench may put what it needs."""
    with tempfile.TemporaryDirectory(prefix=f"huying-bench-{bench}-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = EmbeddedPostgres(folder / "postgres", durable=False)
        server.prepare()
        with running(server.program()):
            server.make_database()
            prepare_schema(server.owner_url(), server.runtime_password)
            yield server, folder
