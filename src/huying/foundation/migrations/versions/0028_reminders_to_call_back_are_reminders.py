"""Reminders to call back are reminders."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.execute("UPDATE task SET kind = 'reminder' WHERE kind = 'callback'")


def downgrade() -> None:
    """Go back one version: reminders stay what they are."""
