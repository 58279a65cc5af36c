"""Contacts that agents follow up."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("interaction", sa.Column("follow_up_by", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("interaction", sa.Column("follow_up_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("interaction", sa.Column("follow_up_done_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("interaction", "follow_up_done_at")
    op.drop_column("interaction", "follow_up_since")
    op.drop_column("interaction", "follow_up_by")
