"""The tree of dispositions notes and tasks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEEP_ONE_OF_EACH_CODE = (
    """CREATE TEMPORARY TABLE kept AS SELECT business_id, queue_id, first_value(id)
        OVER (PARTITION BY business_id, code ORDER BY active DESC, position, id) AS id FROM disposition""",
    """INSERT INTO queue_desk (queue_id, business_id, forced, branches, offer_messages, message_head_start_seconds, task_head_start_seconds)
        SELECT queue.id, queue.business_id, false, jsonb_agg(DISTINCT kept.id), false, 0, 0
        FROM queue JOIN kept ON kept.business_id = queue.business_id AND (kept.queue_id = queue.id OR kept.queue_id IS NULL)
        WHERE queue.business_id IN (SELECT business_id FROM kept WHERE queue_id IS NOT NULL) GROUP BY queue.id, queue.business_id""",
    "DELETE FROM disposition WHERE id NOT IN (SELECT id FROM kept)",
    "DROP TABLE kept",
)
"""A disposition that several queues had is one; each queue goes on to show what it showed."""

NOTES_OF_AUTHORS = """
    INSERT INTO contact_note (id, business_id, contact_id, author_id, kind, text, version, written_at, changed_at)
    SELECT gen_random_uuid(), business_id, contact_id, wrapped_by, 'wrap_up', note, 1, wrapped_at, wrapped_at
    FROM interaction WHERE note <> '' AND wrapped_by IS NOT NULL AND wrapped_at IS NOT NULL
"""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "contact_note",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("author_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_note")),
    )
    op.create_index(op.f("ix_contact_note_business_id"), "contact_note", ["business_id"], unique=False)
    op.create_index(
        op.f("ix_contact_note_business_id_contact_id_written_at"), "contact_note", ["business_id", "contact_id", "written_at"], unique=False
    )
    op.create_index(
        "uq_contact_note_wrap_up", "contact_note", ["contact_id", "author_id"], unique=True, postgresql_where="kind = 'wrap_up'"
    )
    op.create_table(
        "desk_work",
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("queue_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("head_start_seconds", sa.Integer(), nullable=False),
        sa.Column("wanted_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("offer_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_desk_work")),
        sa.UniqueConstraint("subject", "subject_id", "contact_id", name=op.f("uq_desk_work_subject_subject_id_contact_id")),
    )
    op.create_index(op.f("ix_desk_work_business_id"), "desk_work", ["business_id"], unique=False)
    op.create_index(op.f("ix_desk_work_state_offer_from"), "desk_work", ["state", "offer_from"], unique=False)
    op.create_table(
        "quick_note",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quick_note")),
    )
    op.create_index(op.f("ix_quick_note_business_id"), "quick_note", ["business_id"], unique=False)
    op.create_index(op.f("ix_quick_note_business_id_person_id"), "quick_note", ["business_id", "person_id"], unique=False)
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("queue_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_business_id"), "task", ["business_id"], unique=False)
    op.create_index(op.f("ix_task_business_id_customer_id"), "task", ["business_id", "customer_id"], unique=False)
    op.create_index(op.f("ix_task_business_id_person_id_state"), "task", ["business_id", "person_id", "state"], unique=False)
    op.create_index(op.f("ix_task_business_id_state_due_at"), "task", ["business_id", "state", "due_at"], unique=False)
    op.create_table(
        "queue_desk",
        sa.Column("queue_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("branches", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("offer_messages", sa.Boolean(), nullable=False),
        sa.Column("message_head_start_seconds", sa.Integer(), nullable=False),
        sa.Column("task_head_start_seconds", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_queue_desk_queue_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("queue_id", name=op.f("pk_queue_desk")),
    )
    op.create_index(op.f("ix_queue_desk_business_id"), "queue_desk", ["business_id"], unique=False)
    op.add_column("disposition", sa.Column("parent_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("disposition", sa.Column("note_required", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("disposition", "note_required", server_default=None)
    op.add_column("disposition", sa.Column("follow_up_required", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("disposition", "follow_up_required", server_default=None)
    op.add_column("disposition", sa.Column("date_required", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("disposition", "date_required", server_default=None)
    op.create_index(op.f("ix_disposition_parent_id"), "disposition", ["parent_id"], unique=False)
    for statement in KEEP_ONE_OF_EACH_CODE:
        op.execute(statement)
    op.execute(NOTES_OF_AUTHORS)
    op.create_unique_constraint(op.f("uq_disposition_business_id_code"), "disposition", ["business_id", "code"])
    op.drop_constraint(op.f("fk_disposition_queue_id"), "disposition", type_="foreignkey")
    op.create_foreign_key(op.f("fk_disposition_parent_id"), "disposition", "disposition", ["parent_id"], ["id"])
    op.drop_column("disposition", "queue_id")
    op.add_column("message", sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index(op.f("ix_message_business_id_person_id_state"), "message", ["business_id", "person_id", "state"], unique=False)


def downgrade() -> None:
    """Go back one version."""
    op.drop_index(op.f("ix_message_business_id_person_id_state"), table_name="message")
    op.drop_column("message", "person_id")
    op.add_column("disposition", sa.Column("queue_id", sa.UUID(), autoincrement=False, nullable=True))
    op.drop_constraint(op.f("fk_disposition_parent_id"), "disposition", type_="foreignkey")
    op.create_foreign_key(op.f("fk_disposition_queue_id"), "disposition", "queue", ["queue_id"], ["id"], ondelete="CASCADE")
    op.drop_constraint(op.f("uq_disposition_business_id_code"), "disposition", type_="unique")
    op.drop_index(op.f("ix_disposition_parent_id"), table_name="disposition")
    op.drop_column("disposition", "date_required")
    op.drop_column("disposition", "follow_up_required")
    op.drop_column("disposition", "note_required")
    op.drop_column("disposition", "parent_id")
    op.drop_index(op.f("ix_queue_desk_business_id"), table_name="queue_desk")
    op.drop_table("queue_desk")
    op.drop_index(op.f("ix_task_business_id_state_due_at"), table_name="task")
    op.drop_index(op.f("ix_task_business_id_person_id_state"), table_name="task")
    op.drop_index(op.f("ix_task_business_id_customer_id"), table_name="task")
    op.drop_index(op.f("ix_task_business_id"), table_name="task")
    op.drop_table("task")
    op.drop_index(op.f("ix_quick_note_business_id_person_id"), table_name="quick_note")
    op.drop_index(op.f("ix_quick_note_business_id"), table_name="quick_note")
    op.drop_table("quick_note")
    op.drop_index(op.f("ix_desk_work_state_offer_from"), table_name="desk_work")
    op.drop_index(op.f("ix_desk_work_business_id"), table_name="desk_work")
    op.drop_table("desk_work")
    op.drop_index("uq_contact_note_wrap_up", table_name="contact_note", postgresql_where="kind = 'wrap_up'")
    op.drop_index(op.f("ix_contact_note_business_id_contact_id_written_at"), table_name="contact_note")
    op.drop_index(op.f("ix_contact_note_business_id"), table_name="contact_note")
    op.drop_table("contact_note")
