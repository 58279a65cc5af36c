"""The journal's tables: `journal`, partitioned by month of `at`, and `journal_stream`, the head of every stream.

`transaction` is the writing transaction's id (followers read below the oldest open one), `position` orders inside it. A head row
holds the stream's last number, where its live part began, and whether it is closed.
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
    )
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
    "REVOKE ALL ON FUNCTION journal_make_month(date) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION journal_make_month(date) TO huying_app, huying_system",
    "SELECT journal_make_month((now() + n * interval '1 month')::date) FROM generate_series(0, 2) AS n",
)


def prepare_journal(connection: Connection) -> None:
    """Make the journal's tables, and the partitions of this month and the next two."""
    for statement in STATEMENTS:
        connection.execute(text(statement))
