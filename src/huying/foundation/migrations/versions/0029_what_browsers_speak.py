"""What browsers speak."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("device_rules", sa.Column("browser_sound", sa.Text(), server_default="g711", nullable=False))


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("device_rules", "browser_sound")
