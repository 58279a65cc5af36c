"""The journal's tables: `journal`, partitioned by month of `at`, and `journal_stream`, the head of every stream.

`transaction` is the writing transaction's id (followers read below the oldest open one), `position` orders inside it. A head row
holds the stream's last number, where its live part began, and whether it is closed. `journal_append` is a whole batch in one round trip;
it refuses (23000) when a stream's head is not where the batch expects it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

STATEMENTS = (
    """
    CREATE TABLE IF NOT EXISTS journal (
        position bigint GENERATED ALWAYS AS IDENTITY,
        transaction bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
        at timestamptz NOT NULL,
        business_id uuid NOT NULL,
        stream text NOT NULL,
        stream_id text NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        kind text NOT NULL,
        data jsonb NOT NULL
    ) PARTITION BY RANGE (at)
    """,
    "CREATE INDEX IF NOT EXISTS ix_journal_stream ON journal (stream_id, stream, business_id, number)",
    "CREATE INDEX IF NOT EXISTS ix_journal_follow ON journal (transaction, position)",
    """
    CREATE TABLE IF NOT EXISTS journal_stream (
        business_id uuid NOT NULL,
        stream text NOT NULL,
        stream_id text NOT NULL,
        number integer NOT NULL,
        opened_number integer NOT NULL,
        opened_at timestamptz NOT NULL,
        closed boolean NOT NULL,
        PRIMARY KEY (stream, stream_id, business_id)
    ) WITH (fillfactor = 70)
    """,
    "CREATE INDEX IF NOT EXISTS ix_journal_stream_open ON journal_stream (stream) WHERE NOT closed",
    """
    CREATE OR REPLACE FUNCTION journal_make_month(day date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
        first date := date_trunc('month', day);
        name text := 'journal_' || to_char(first, 'YYYY_MM');
    BEGIN
        IF to_regclass(name) IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtext('journal_make_month'));
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF journal FOR VALUES FROM (%L) TO (%L)',
                name, first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
        END IF;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION journal_move_heads(
        business uuid[], streams text[], stream_ids text[], previous int[], numbers int[],
        opened_numbers int[], opened_ats timestamptz[], closeds boolean[]
    ) RETURNS TABLE (moved_business uuid, moved_stream text, moved_stream_id text)
    LANGUAGE sql AS $$
        WITH given AS (
            SELECT * FROM unnest(business, streams, stream_ids, previous, numbers, opened_numbers, opened_ats, closeds)
                AS g (business_id, stream, stream_id, previous, number, opened_number, opened_at, closed)
        ), moved AS (
            UPDATE journal_stream AS h SET
                number = g.number,
                opened_number = CASE WHEN g.opened_number > 0 THEN g.opened_number ELSE h.opened_number END,
                opened_at = CASE WHEN g.opened_number > 0 THEN g.opened_at ELSE h.opened_at END,
                closed = coalesce(g.closed, h.closed)
            FROM given AS g
            WHERE h.stream = g.stream AND h.stream_id = g.stream_id AND h.business_id = g.business_id
                AND g.previous > 0 AND h.number = g.previous
            RETURNING h.business_id, h.stream, h.stream_id
        ), made AS (
            INSERT INTO journal_stream (business_id, stream, stream_id, number, opened_number, opened_at, closed)
            SELECT business_id, stream, stream_id, number, opened_number, opened_at, closed FROM given WHERE previous = 0
            ON CONFLICT DO NOTHING
            RETURNING business_id, stream, stream_id
        )
        SELECT * FROM moved UNION ALL SELECT * FROM made
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION journal_append(
        business uuid[], streams text[], stream_ids text[], previous int[], numbers int[],
        opened_numbers int[], opened_ats timestamptz[], closeds boolean[],
        ats timestamptz[], entry_business uuid[], entry_streams text[], entry_stream_ids text[],
        entry_numbers int[], kinds text[], datas jsonb[]
    ) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE moved integer;
    BEGIN
        SELECT count(*) INTO moved FROM journal_move_heads(
            business, streams, stream_ids, previous, numbers, opened_numbers, opened_ats, closeds);
        IF moved <> cardinality(business) THEN
            RAISE EXCEPTION 'the numbers do not follow on' USING ERRCODE = '23000';
        END IF;
        INSERT INTO journal (at, business_id, stream, stream_id, number, kind, data)
            SELECT * FROM unnest(ats, entry_business, entry_streams, entry_stream_ids, entry_numbers, kinds, datas);
    END $$
    """,
    "REVOKE ALL ON FUNCTION journal_make_month(date) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION journal_make_month(date) TO huying_app, huying_system",
    "SELECT journal_make_month((now() + n * interval '1 month')::date) FROM generate_series(0, 2) AS n",
)


def prepare_journal(connection: Connection) -> None:
    """Make the journal's tables, and the partitions of this month and the next two."""
    for statement in STATEMENTS:
        connection.execute(text(statement))
