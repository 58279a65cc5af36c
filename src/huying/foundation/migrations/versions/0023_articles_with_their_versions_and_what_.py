"""Articles with their versions and what they are found by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


CANDIDATES = (
    """
    CREATE FUNCTION article_candidates(head text, document text, any_word text, most integer)
    RETURNS TABLE (article_id uuid, stage integer, rank real)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_indexscan = off
    AS $$
    DECLARE
        business uuid := nullif(current_setting('huying.business_id', true), '')::uuid;
        fields text[] := ARRAY['title', 'head', 'document', 'document'];
        asked text[] := ARRAY[head, head, document, any_word];
        seen uuid[] := '{}';
        fresh uuid[];
        ranks real[];
    BEGIN
        IF business IS NULL THEN
            RETURN;
        END IF;
        FOR place IN 1 .. 4 LOOP
            EXIT WHEN cardinality(seen) >= most OR (place = 4 AND (cardinality(seen) > 0 OR any_word = ''));
            EXECUTE format('SELECT array_agg(f.article_id), array_agg(f.rank) FROM ('
                'SELECT s.article_id, ts_rank(s.%I, %L::tsquery, 1) AS rank FROM public.article_search AS s'
                ' WHERE s.%I @@ %L::tsquery AND s.business_id = %L AND s.article_id <> ALL ($1) LIMIT $2) AS f',
                fields[place], asked[place], fields[place], asked[place], business)
            INTO fresh, ranks USING seen, most - cardinality(seen);
            CONTINUE WHEN fresh IS NULL;
            RETURN QUERY SELECT f.id, place - 1, f.rank FROM unnest(fresh, ranks) AS f (id, rank);
            seen := seen || fresh;
        END LOOP;
    END
    $$
    """,
    "REVOKE ALL ON FUNCTION article_candidates FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION article_candidates TO huying_app, huying_system",
)
"""The ids of published articles in whose title, keywords or text words are met, those of titles first; when there are none, those in whom
any of the words is. It runs as the owner: under row security a search of words may use no index. It looks at the transaction's business
alone and tells ids; what stands in the articles is read under row security."""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_business_id"), "article", ["business_id"], unique=False)
    op.create_table(
        "article_feedback",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_feedback_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "person_id", name=op.f("pk_article_feedback")),
    )
    op.create_index(op.f("ix_article_feedback_business_id"), "article_feedback", ["business_id"], unique=False)
    op.create_table(
        "article_link",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_link_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_link")),
    )
    op.create_index(op.f("ix_article_link_article_id"), "article_link", ["article_id"], unique=False)
    op.create_index(op.f("ix_article_link_business_id"), "article_link", ["business_id"], unique=False)
    op.create_index(op.f("ix_article_link_contact_id"), "article_link", ["contact_id"], unique=False)
    op.create_table(
        "article_search",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("title", postgresql.TSVECTOR(), nullable=False),
        sa.Column("head", postgresql.TSVECTOR(), nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_search_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_search")),
    )
    op.create_index("ix_article_search_document", "article_search", ["document"], unique=False, postgresql_using="gin")
    op.create_index("ix_article_search_head", "article_search", ["head"], unique=False, postgresql_using="gin")
    op.create_index("ix_article_search_title", "article_search", ["title"], unique=False, postgresql_using="gin")
    op.create_table(
        "article_topic",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_topic_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "kind", "value", name=op.f("pk_article_topic")),
    )
    op.create_index("ix_article_topic_kind", "article_topic", ["business_id", "kind", "value"], unique=False)
    op.create_table(
        "article_use",
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("queue_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_use_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "article_id", "how", name=op.f("pk_article_use")),
    )
    op.create_index(op.f("ix_article_use_article_id"), "article_use", ["article_id"], unique=False)
    op.create_index("ix_article_use_at", "article_use", ["business_id", "at"], unique=False)
    op.create_index("ix_article_use_queue", "article_use", ["business_id", "queue_id", "at"], unique=False)
    op.create_table(
        "article_version",
        sa.Column("article_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("customer_part", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("keywords", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("queue_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("classes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("products", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_version_article_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_article_version")),
    )
    op.create_index(op.f("ix_article_version_business_id"), "article_version", ["business_id"], unique=False)
    for statement in CANDIDATES:
        op.execute(statement)


def downgrade() -> None:
    """Go back one version."""
    op.execute("DROP FUNCTION article_candidates")
    op.drop_index(op.f("ix_article_version_business_id"), table_name="article_version")
    op.drop_table("article_version")
    op.drop_index("ix_article_use_queue", table_name="article_use")
    op.drop_index("ix_article_use_at", table_name="article_use")
    op.drop_index(op.f("ix_article_use_article_id"), table_name="article_use")
    op.drop_table("article_use")
    op.drop_index("ix_article_topic_kind", table_name="article_topic")
    op.drop_table("article_topic")
    op.drop_index("ix_article_search_title", table_name="article_search", postgresql_using="gin")
    op.drop_index("ix_article_search_head", table_name="article_search", postgresql_using="gin")
    op.drop_index("ix_article_search_document", table_name="article_search", postgresql_using="gin")
    op.drop_table("article_search")
    op.drop_index(op.f("ix_article_link_contact_id"), table_name="article_link")
    op.drop_index(op.f("ix_article_link_business_id"), table_name="article_link")
    op.drop_index(op.f("ix_article_link_article_id"), table_name="article_link")
    op.drop_table("article_link")
    op.drop_index(op.f("ix_article_feedback_business_id"), table_name="article_feedback")
    op.drop_table("article_feedback")
    op.drop_index(op.f("ix_article_business_id"), table_name="article")
    op.drop_table("article")
