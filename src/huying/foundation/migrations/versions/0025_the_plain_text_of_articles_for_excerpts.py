"""The plain text of articles for excerpts."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("article_search", sa.Column("text", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("article_search", "text")
