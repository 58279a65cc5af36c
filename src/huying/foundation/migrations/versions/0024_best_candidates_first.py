"""The best candidates of typing first."""

from importlib import import_module

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CANDIDATES = (
    """
    CREATE FUNCTION customer_candidates(near jsonb, words jsonb, beginnings text[], most integer)
    RETURNS TABLE (customer_id uuid, stage integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET enable_indexscan = on
    AS $$
    DECLARE
        business uuid := nullif(current_setting('huying.business_id', true), '')::uuid;
        condition text;
        before text := '';
        seen uuid[] := '{}';
        place integer;
        quota integer;
        key text;
        one text;
        until text;
        fresh uuid[];
    BEGIN
        IF business IS NULL THEN
            RETURN;
        END IF;
        -- Whole keys before their beginnings, and of each at first a third, so that none crowds the others out.
        FOREACH quota IN ARRAY ARRAY[greatest(most / 3, 1), most] LOOP
            FOR place IN 0 .. 1 LOOP
                FOREACH one IN ARRAY beginnings LOOP
                    FOREACH key IN ARRAY ARRAY['name', 'pinyin', 'initials'] LOOP
                        CONTINUE WHEN cardinality(seen) >= most;
                        until := CASE place WHEN 0 THEN one || ' ' ELSE one || '~' END;
                        EXECUTE format('SELECT array_agg(customer_id) FROM (SELECT s.customer_id FROM public.customer_search AS s'
                            ' WHERE business_id = %L AND %I >= %L AND %I < %L AND s.customer_id <> ALL ($1) ORDER BY %I LIMIT $2) AS found',
                            business, key, one, key, until, key)
                        INTO fresh USING seen, least(quota, most - cardinality(seen));
                        CONTINUE WHEN fresh IS NULL;
                        RETURN QUERY SELECT unnest(fresh), place;
                        seen := seen || fresh;
                    END LOOP;
                END LOOP;
            END LOOP;
        END LOOP;
        PERFORM set_config('enable_indexscan', 'off', true);
        FOR place IN 2 .. 3 LOOP
            SELECT string_agg('(' || (
                SELECT string_agg(format('text LIKE %L', form), ' OR ') FROM jsonb_array_elements_text(word) AS form) || ')', ' AND ')
            INTO condition FROM jsonb_array_elements(CASE place WHEN 2 THEN near ELSE words END) AS word;
            CONTINUE WHEN condition IS NULL OR condition = before OR cardinality(seen) >= most;
            before := condition;
            EXECUTE format('SELECT array_agg(customer_id) FROM (SELECT s.customer_id FROM public.customer_search AS s'
                ' WHERE business_id = %L AND %s AND s.customer_id <> ALL ($1) LIMIT $2) AS found', business, condition)
            INTO fresh USING seen, most - cardinality(seen);
            CONTINUE WHEN fresh IS NULL;
            RETURN QUERY SELECT unnest(fresh), place;
            seen := seen || fresh;
        END LOOP;
    END
    $$
    """,
    "REVOKE ALL ON FUNCTION customer_candidates FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION customer_candidates TO huying_app, huying_system",
)
"""The ids of customers by stages: 0 those whose name, pinyin or initials are one of the beginnings, 1 those in whom they begin so, 2 and 3
those in whom the LIKE patterns of `near`, then of `words`, are met. Of the business of the transaction; as the owner, since under row
security LIKE may use no index. It tells ids alone; names and numbers are read under row security."""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.execute("DROP FUNCTION customer_candidates")
    for statement in CANDIDATES:
        op.execute(statement)


def downgrade() -> None:
    """Go back one version."""
    op.execute("DROP FUNCTION customer_candidates")
    for statement in import_module("huying.foundation.migrations.versions.0018_what_customers_are_found_by_by_").CANDIDATES:
        op.execute(statement)
