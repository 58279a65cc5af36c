"""What customers are found by, by beginnings too."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = (
    """
    CREATE FUNCTION customer_candidates(stages jsonb, most integer) RETURNS TABLE (customer_id uuid, stage integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_indexscan = off
    AS $$
    DECLARE
        business uuid := nullif(current_setting('huying.business_id', true), '')::uuid;
        seen uuid[] := '{}';
        fresh uuid[];
        condition text;
    BEGIN
        IF business IS NULL THEN
            RETURN;
        END IF;
        FOR place IN 0 .. jsonb_array_length(stages) - 1 LOOP
            SELECT string_agg('(' || (
                SELECT string_agg(format('text LIKE %L', form), ' OR ') FROM jsonb_array_elements_text(word) AS form) || ')', ' AND ')
            INTO condition FROM jsonb_array_elements(stages -> place) AS word;
            CONTINUE WHEN condition IS NULL;
            EXECUTE format('SELECT array_agg(customer_id) FROM (SELECT s.customer_id FROM public.customer_search AS s'
                ' WHERE business_id = %L AND %s AND s.customer_id <> ALL ($1) LIMIT $2) AS found', business, condition)
            INTO fresh USING seen, most - cardinality(seen);
            CONTINUE WHEN fresh IS NULL;
            RETURN QUERY SELECT unnest(fresh), place;
            seen := seen || fresh;
            EXIT WHEN cardinality(seen) >= most;
        END LOOP;
    END
    $$
    """,
    "REVOKE ALL ON FUNCTION customer_candidates FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION customer_candidates TO huying_app, huying_system",
)

CANDIDATES = (
    """
    CREATE FUNCTION customer_candidates(words jsonb, beginning text, most integer) RETURNS TABLE (customer_id uuid, stage integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_indexscan = on
    AS $$
    DECLARE
        business uuid := nullif(current_setting('huying.business_id', true), '')::uuid;
        condition text;
        seen uuid[] := '{}';
        one text;
        fresh uuid[];
    BEGIN
        IF business IS NULL THEN
            RETURN;
        END IF;
        IF beginning <> '' THEN
            FOREACH one IN ARRAY ARRAY['name', 'pinyin', 'initials'] LOOP
                EXECUTE format('SELECT array_agg(customer_id) FROM (SELECT s.customer_id FROM public.customer_search AS s'
                    ' WHERE business_id = %L AND %I >= %L AND %I < %L AND s.customer_id <> ALL ($1) LIMIT $2) AS found',
                    business, one, beginning, one, beginning || '~')
                INTO fresh USING seen, most - cardinality(seen);
                seen := seen || coalesce(fresh, '{}');
                EXIT WHEN cardinality(seen) >= most;
            END LOOP;
            RETURN QUERY SELECT unnest(seen), 0;
        END IF;
        SELECT string_agg('(' || (
            SELECT string_agg(format('text LIKE %L', form), ' OR ') FROM jsonb_array_elements_text(word) AS form) || ')', ' AND ')
        INTO condition FROM jsonb_array_elements(words) AS word;
        IF condition IS NULL OR cardinality(seen) >= most THEN
            RETURN;
        END IF;
        PERFORM set_config('enable_indexscan', 'off', true);
        RETURN QUERY EXECUTE format('SELECT s.customer_id, 1 FROM public.customer_search AS s WHERE business_id = %L AND %s'
            ' AND s.customer_id <> ALL ($1) LIMIT $2', business, condition)
        USING seen, most - cardinality(seen);
    END
    $$
    """,
    "REVOKE ALL ON FUNCTION customer_candidates FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION customer_candidates TO huying_app, huying_system",
)
"""The ids of customers whose name, pinyin or initials begin with a word, and if these are not enough of those in whom LIKE patterns are
met, in the business of the transaction. It runs as the owner: under row security LIKE may use no index. It tells ids alone; names and
numbers are read under row security. What customers are found by is written anew by the processes when they start."""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.add_column("customer_search", sa.Column("name", sa.Text(collation="C"), nullable=False, server_default=""))
    op.add_column("customer_search", sa.Column("pinyin", sa.Text(collation="C"), nullable=False, server_default=""))
    op.add_column("customer_search", sa.Column("initials", sa.Text(collation="C"), nullable=False, server_default=""))
    for column in ("name", "pinyin", "initials"):
        op.alter_column("customer_search", column, server_default=None)
    op.execute("DELETE FROM customer_search")
    op.drop_index(
        op.f("ix_customer_search_text"), table_name="customer_search", postgresql_ops={"text": "gin_trgm_ops"}, postgresql_using="gin"
    )
    op.create_index(
        "ix_customer_search_text",
        "customer_search",
        ["text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"text": "gin_trgm_ops"},
    )
    op.create_index("ix_customer_search_initials", "customer_search", ["business_id", "initials"], unique=False)
    op.create_index("ix_customer_search_name", "customer_search", ["business_id", "name"], unique=False)
    op.create_index("ix_customer_search_pinyin", "customer_search", ["business_id", "pinyin"], unique=False)
    op.execute("DROP FUNCTION customer_candidates")
    for statement in CANDIDATES:
        op.execute(statement)


def downgrade() -> None:
    """Go back one version."""
    op.execute("DROP FUNCTION customer_candidates")
    op.execute("DELETE FROM customer_search")
    op.drop_index("ix_customer_search_pinyin", table_name="customer_search")
    op.drop_index("ix_customer_search_name", table_name="customer_search")
    op.drop_index("ix_customer_search_initials", table_name="customer_search")
    op.drop_index("ix_customer_search_text", table_name="customer_search", postgresql_using="gin", postgresql_ops={"text": "gin_trgm_ops"})
    op.create_index(
        op.f("ix_customer_search_text"),
        "customer_search",
        ["business_id", "text"],
        unique=False,
        postgresql_ops={"text": "gin_trgm_ops"},
        postgresql_using="gin",
    )
    op.drop_column("customer_search", "initials")
    op.drop_column("customer_search", "pinyin")
    op.drop_column("customer_search", "name")
    for statement in BEFORE:
        op.execute(statement)
