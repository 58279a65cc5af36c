"""The plain text of articles for excerpts."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


FILL = """
    UPDATE article_search AS s SET text = v.body || ' ' || v.customer_part
    FROM article AS a JOIN article_version AS v ON v.article_id = a.id AND v.version = a.published WHERE a.id = s.article_id
"""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("article_search", sa.Column("text", sa.Text(), server_default="", nullable=False))
    op.execute(FILL)


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("article_search", "text")
