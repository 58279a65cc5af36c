"""Who may touch which row: roles, policies and grants, derived from the tables that are there.

Applied after every migration and idempotent. A table with `business_id` is confined to the business of the transaction for
`huying_app` and open to `huying_system`; a table without one is for `huying_system` alone.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from huying.foundation.database import ROLE_APP, ROLE_SYSTEM
from huying.foundation.login import LOGIN

ROOT_TABLE = "business"
"""The one table whose own id is the business."""

NO_NEW_ROWS_FOR_APP = frozenset({ROOT_TABLE})
APPEND_ONLY = frozenset({"journal"})
NOT_OURS = frozenset({"alembic_version"})

TABLES = text("""
    SELECT c.relname AS name, EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped) AS of_business
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname
""")

CURRENT = "nullif(current_setting('huying.business_id', true), '')::uuid"


def make_roles(connection: Connection, runtime_password: str) -> None:
    """Make the two roles and the login that may take them. The connection is the owner's and may create roles."""
    for role in (ROLE_APP, ROLE_SYSTEM):
        connection.execute(text(_unless_there(role, f"CREATE ROLE {role} NOLOGIN NOINHERIT")))
    connection.execute(text(_unless_there(LOGIN, f"CREATE ROLE {LOGIN} LOGIN NOINHERIT")))
    quoted = connection.execute(text("SELECT quote_literal(:word)"), {"word": runtime_password}).scalar_one()
    connection.exec_driver_sql(f"ALTER ROLE {LOGIN} LOGIN NOINHERIT PASSWORD {quoted}".replace("%", "%%"))
    connection.execute(text(f"GRANT {ROLE_APP}, {ROLE_SYSTEM} TO {LOGIN}"))


def apply_row_security(connection: Connection) -> None:
    """Enable row-level security on every table of the schema and grant what each role needs."""
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {ROLE_APP}, {ROLE_SYSTEM}"))
    connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE_APP}, {ROLE_SYSTEM}"))
    for name, of_business in connection.execute(TABLES).all():
        if name in NOT_OURS:
            continue
        for statement in _statements(name, "business_id" if of_business else "id" if name == ROOT_TABLE else None):
            connection.execute(text(statement))


def _statements(table: str, key: str | None) -> list[str]:
    rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    made = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'REVOKE ALL ON "{table}" FROM {ROLE_APP}, {ROLE_SYSTEM}, {LOGIN}',
        f'DROP POLICY IF EXISTS of_system ON "{table}"',
        f'CREATE POLICY of_system ON "{table}" TO {ROLE_SYSTEM} USING (true) WITH CHECK (true)',
        f'GRANT {rights} ON "{table}" TO {ROLE_SYSTEM}',
        f'DROP POLICY IF EXISTS of_business ON "{table}"',
    ]
    if key:
        own = f"{key} = (SELECT {CURRENT})"
        app_rights = "SELECT, UPDATE" if table in NO_NEW_ROWS_FOR_APP else rights
        made += [
            f'CREATE POLICY of_business ON "{table}" TO {ROLE_APP} USING ({own}) WITH CHECK ({own})',
            f'GRANT {app_rights} ON "{table}" TO {ROLE_APP}',
        ]
    return made


def _unless_there(role: str, statement: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN {statement}; END IF; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    )
