"""Alembic's entrance: all wings' tables, on the connection that foundation.schema hands over."""

from alembic import context

from huying.foundation.migrations.scope import include
from huying.foundation.tables import load_models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_models(),
    include_object=include,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
