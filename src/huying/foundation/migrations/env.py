"""Alembic's entrance: all wings' tables, on the connection that foundation.schema hands over."""

from alembic import context

from huying.foundation.tables import load_models

UNMANAGED = ("journal",)


def include(_item: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The journal's tables are made by foundation.journal.tables (partitions cannot be derived from metadata)."""
    return not (kind == "table" and (name or "").startswith(UNMANAGED))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_models(),
    include_object=include,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
