"""Told apart, overwritten, hints taken away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "customer_apart",
        sa.Column("one_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("other_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["customer.id"], name=op.f("fk_customer_apart_one_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["customer.id"], name=op.f("fk_customer_apart_other_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_customer_apart")),
    )
    op.create_index(op.f("ix_customer_apart_business_id"), "customer_apart", ["business_id"], unique=False)
    op.create_index(op.f("ix_customer_apart_other_id"), "customer_apart", ["other_id"], unique=False)
    op.add_column("customer_import", sa.Column("reverted", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("customer_import", sa.Column("left_alone", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("customer_import", "reverted", server_default=None)
    op.alter_column("customer_import", "left_alone", server_default=None)
    op.add_column(
        "customer_import_line", sa.Column("overwritten", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True)
    )
    op.add_column("number_hint", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Go back one version."""
    op.drop_column("number_hint", "removed_at")
    op.drop_column("customer_import_line", "overwritten")
    op.drop_column("customer_import", "left_alone")
    op.drop_column("customer_import", "reverted")
    op.drop_index(op.f("ix_customer_apart_other_id"), table_name="customer_apart")
    op.drop_index(op.f("ix_customer_apart_business_id"), table_name="customer_apart")
    op.drop_table("customer_apart")
