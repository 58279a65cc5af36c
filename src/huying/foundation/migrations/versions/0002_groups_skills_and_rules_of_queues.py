"""Groups, skills and rules of queues."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
QUEUE_COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any], str], ...] = (
    ("idle_from", sa.Text(), "handled"),
    ("requirements", sa.Text(), ""),
    ("priority", sa.Integer(), "0"),
    ("after_call_most_seconds", sa.Integer(), "600"),
    ("target_percent", sa.Integer(), "80"),
    ("service_level_kind", sa.Text(), "SL1"),
    ("announcements", JSON, "{}"),
    ("consequence", JSON, "{}"),
    ("door", JSON, "{}"),
    ("keys", JSON, "{}"),
    ("overflow_keeps_wait", sa.Boolean(), "true"),
    ("last_agent_days", sa.Integer(), "0"),
    ("last_agent_wait_seconds", sa.Integer(), "0"),
    ("language_level", sa.Integer(), "0"),
)
MOVE = (
    # each queue gets a group with its own id, code and name; whoever served the queue is a member at the middle level
    "INSERT INTO work_group (id, business_id, code, name, position, active) SELECT id, business_id, code, name, position, true FROM queue",
    "INSERT INTO queue_group (queue_id, group_id, business_id) SELECT id, id, business_id FROM queue",
    "INSERT INTO group_member (group_id, person_id, level, business_id) SELECT queue_id, person_id, 5, business_id FROM agent_queue",
    "UPDATE queue SET announcements = jsonb_build_object('every_seconds', announce_seconds)",
    # languages become skills
    """INSERT INTO skill (id, business_id, code, name, kind, position, active)
        SELECT gen_random_uuid(), business_id, code,
            CASE code WHEN 'zh' THEN '{"zh-CN": "中文", "en": "Chinese"}'::jsonb WHEN 'en' THEN '{"zh-CN": "英语", "en": "English"}'::jsonb
                ELSE jsonb_build_object('zh-CN', code, 'en', code) END,
            'language', CASE code WHEN 'zh' THEN 0 ELSE 1 END, true
        FROM (SELECT DISTINCT business_id, lower(split_part(language, '-', 1)) AS code
            FROM agent CROSS JOIN jsonb_array_elements_text(languages) AS language) AS spoken""",
    """INSERT INTO agent_skill (person_id, skill_id, level, business_id)
        SELECT DISTINCT agent.person_id, skill.id, 7, agent.business_id
        FROM agent CROSS JOIN jsonb_array_elements_text(languages) AS language
        JOIN skill ON skill.business_id = agent.business_id AND skill.code = lower(split_part(language, '-', 1))""",
)
MOVE_BACK = (
    """INSERT INTO agent_queue (person_id, queue_id, business_id) SELECT DISTINCT person_id, queue_id, queue_group.business_id
        FROM queue_group JOIN group_member USING (group_id)""",
    "UPDATE queue SET announce_seconds = coalesce((announcements->>'every_seconds')::int, 30)",
    """UPDATE agent SET languages = spoken.languages FROM (
        SELECT person_id, jsonb_agg(CASE skill.code WHEN 'zh' THEN 'zh-CN' ELSE skill.code END ORDER BY skill.position) AS languages
        FROM agent_skill JOIN skill ON skill.id = skill_id AND skill.kind = 'language' GROUP BY person_id
        ) AS spoken WHERE spoken.person_id = agent.person_id""",
)


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "configuration_change",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configuration_change")),
        sa.UniqueConstraint("business_id", "number", name=op.f("uq_configuration_change_business_id_number")),
    )
    op.create_index(op.f("ix_configuration_change_business_id"), "configuration_change", ["business_id"], unique=False)
    op.create_index(
        op.f("ix_configuration_change_business_id_what_thing_id_number"),
        "configuration_change",
        ["business_id", "what", "thing_id", "number"],
        unique=False,
    )
    op.create_table(
        "routing_settings",
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("joins", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("capacity", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("business_id", name=op.f("pk_routing_settings")),
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("business_id", "code", name=op.f("uq_skill_business_id_code")),
    )
    op.create_index(op.f("ix_skill_business_id"), "skill", ["business_id"], unique=False)
    op.create_table(
        "work_group",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group")),
        sa.UniqueConstraint("business_id", "code", name=op.f("uq_work_group_business_id_code")),
    )
    op.create_index(op.f("ix_work_group_business_id"), "work_group", ["business_id"], unique=False)
    op.create_table(
        "agent_skill",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("skill_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["agent.person_id"], name=op.f("fk_agent_skill_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_agent_skill_skill_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "skill_id", name=op.f("pk_agent_skill")),
    )
    op.create_index(op.f("ix_agent_skill_business_id"), "agent_skill", ["business_id"], unique=False)
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["work_group.id"], name=op.f("fk_group_member_group_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["agent.person_id"], name=op.f("fk_group_member_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "person_id", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_business_id"), "group_member", ["business_id"], unique=False)
    op.create_table(
        "queue_group",
        sa.Column("queue_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["work_group.id"], name=op.f("fk_queue_group_group_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_queue_group_queue_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("queue_id", "group_id", name=op.f("pk_queue_group")),
    )
    op.create_index(op.f("ix_queue_group_business_id"), "queue_group", ["business_id"], unique=False)
    _add("agent", "capacity", JSON, "{}")
    _add("break_reason", "colour", sa.Text(), "")
    _add("break_reason", "most_seconds", sa.Integer(), "0")
    for name, kind, usual in QUEUE_COLUMNS:
        _add("queue", name, kind, usual)
    op.add_column("queue", sa.Column("schedule_id", sa.Uuid(as_uuid=False), nullable=True))
    for statement in MOVE:
        op.execute(statement)
    op.drop_index(op.f("ix_agent_queue_business_id"), table_name="agent_queue")
    op.drop_table("agent_queue")
    op.drop_column("agent", "languages")
    op.drop_column("queue", "announce_seconds")


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], usual: str) -> None:
    """A column that must have a value: rows that are there get the usual one."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=usual))
    op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Go back one version."""
    _add("queue", "announce_seconds", sa.Integer(), "30")
    _add("agent", "languages", JSON, '["zh-CN"]')
    op.create_table(
        "agent_queue",
        sa.Column("person_id", sa.UUID(), autoincrement=False, nullable=False),
        sa.Column("queue_id", sa.UUID(), autoincrement=False, nullable=False),
        sa.Column("business_id", sa.UUID(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["agent.person_id"], name=op.f("fk_agent_queue_person_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_agent_queue_queue_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "queue_id", name=op.f("pk_agent_queue")),
    )
    op.create_index(op.f("ix_agent_queue_business_id"), "agent_queue", ["business_id"], unique=False)
    for statement in MOVE_BACK:
        op.execute(statement)
    for name, _, _ in QUEUE_COLUMNS:
        op.drop_column("queue", name)
    op.drop_column("queue", "schedule_id")
    op.drop_column("break_reason", "most_seconds")
    op.drop_column("break_reason", "colour")
    op.drop_column("agent", "capacity")
    op.drop_index(op.f("ix_queue_group_business_id"), table_name="queue_group")
    op.drop_table("queue_group")
    op.drop_index(op.f("ix_group_member_business_id"), table_name="group_member")
    op.drop_table("group_member")
    op.drop_index(op.f("ix_agent_skill_business_id"), table_name="agent_skill")
    op.drop_table("agent_skill")
    op.drop_index(op.f("ix_work_group_business_id"), table_name="work_group")
    op.drop_table("work_group")
    op.drop_index(op.f("ix_skill_business_id"), table_name="skill")
    op.drop_table("skill")
    op.drop_table("routing_settings")
    op.drop_index(op.f("ix_configuration_change_business_id_what_thing_id_number"), table_name="configuration_change")
    op.drop_index(op.f("ix_configuration_change_business_id"), table_name="configuration_change")
    op.drop_table("configuration_change")
