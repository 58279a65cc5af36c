"""Internal numbers of queues and flows."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("flow", sa.Column("internal_number", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_flow_business_id_internal_number"), "flow", ["business_id", "internal_number"])
    op.add_column("queue", sa.Column("internal_number", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_queue_business_id_internal_number"), "queue", ["business_id", "internal_number"])


def downgrade() -> None:
    """Go back one version."""
    op.drop_constraint(op.f("uq_queue_business_id_internal_number"), "queue", type_="unique")
    op.drop_column("queue", "internal_number")
    op.drop_constraint(op.f("uq_flow_business_id_internal_number"), "flow", type_="unique")
    op.drop_column("flow", "internal_number")
