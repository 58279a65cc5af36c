"""Contacts left without a disposition."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    for table in ("fact_queue_entry", "fact_segment"):  # the history is made again from the journal; until then: given
        op.add_column(table, sa.Column("no_disposition", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("fact_segment", "no_disposition")
    op.drop_column("fact_queue_entry", "no_disposition")
