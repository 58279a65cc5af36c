"""Customers with companies, tags, consent and fields of their own."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())

MOVE = (
    """INSERT INTO company (id, business_id, name, code, note, fields, search, created_at, updated_at)
        SELECT gen_random_uuid(), business_id, company, '', '', '{}', lower(company), min(created_at), min(created_at)
        FROM customer WHERE company <> '' GROUP BY business_id, company""",
    """UPDATE customer SET company_id = company.id FROM company
        WHERE company.business_id = customer.business_id AND company.name = customer.company""",
    """INSERT INTO customer_address (id, business_id, customer_id, kind, province, city, district, street, postcode, usual, position)
        SELECT gen_random_uuid(), business_id, id, 'home', '', '', '', address, '', true, 0 FROM customer WHERE address <> ''""",
    """INSERT INTO customer_email (id, business_id, customer_id, email, label, position)
        SELECT gen_random_uuid(), business_id, id, lower(email), '', 0 FROM customer WHERE email <> ''""",
    """INSERT INTO customer_warning (id, business_id, customer_id, text, level, at)
        SELECT gen_random_uuid(), business_id, id, warning, 'warning', updated_at FROM customer WHERE warning <> ''""",
    """UPDATE customer_number SET main = NOT EXISTS (SELECT FROM customer_number AS other
        WHERE other.customer_id = customer_number.customer_id AND other.position < customer_number.position)""",
)
"""What customers are found by is written by the processes when they start, since it needs the sounds of names."""

MOVE_BACK = (
    "DELETE FROM customer WHERE merged_into IS NOT NULL",
    "DELETE FROM asset WHERE serial = '' OR model = ''",
    """DELETE FROM customer_number WHERE EXISTS (SELECT FROM customer_number AS other WHERE other.business_id = customer_number.business_id
        AND other.number = customer_number.number AND other.id < customer_number.id)""",
    """UPDATE customer SET company = coalesce((SELECT name FROM company WHERE company.id = company_id), ''),
        address = coalesce((SELECT concat(province, city, district, street) FROM customer_address
            WHERE customer_id = customer.id ORDER BY usual DESC, position LIMIT 1), ''),
        email = coalesce((SELECT min(email) FROM customer_email WHERE customer_id = customer.id), ''),
        warning = coalesce((SELECT string_agg(text, ' ') FROM customer_warning WHERE customer_id = customer.id), '')""",
    "UPDATE customer SET search = lower(concat_ws(' ', name, nullif(company, '')))",
)

CANDIDATES = (
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
"""The ids that LIKE patterns find in the business of the transaction, stage by stage until there are enough. It runs as the owner: under
row security LIKE may use no index. It tells ids alone; names and numbers are read under row security."""


def upgrade() -> None:
    """Bring the schema to this version."""
    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
    )
    op.create_index(op.f("ix_company_business_id"), "company", ["business_id"], unique=False)
    op.create_index("ix_company_name", "company", ["business_id", "name"], unique=False)
    op.create_table(
        "custom_field",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("business_id", "subject", "code", name=op.f("uq_custom_field_business_id_subject_code")),
    )
    op.create_index(op.f("ix_custom_field_business_id"), "custom_field", ["business_id"], unique=False)
    op.create_table(
        "number_hint",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_hint")),
    )
    op.create_index("ix_number_hint_number", "number_hint", ["business_id", "number"], unique=False)
    op.create_table(
        "tag",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("business_id", "name", name=op.f("uq_tag_business_id_name")),
    )
    op.create_index(op.f("ix_tag_business_id"), "tag", ["business_id"], unique=False)
    op.create_table(
        "company_address",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("company_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("usual", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_address_company_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_address")),
    )
    op.create_index(op.f("ix_company_address_business_id"), "company_address", ["business_id"], unique=False)
    op.create_index(op.f("ix_company_address_company_id"), "company_address", ["company_id"], unique=False)
    op.create_table(
        "company_number",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("company_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_number_company_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_number")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_company_number_company_id_number")),
    )
    op.create_index("ix_company_number_number", "company_number", ["business_id", "number"], unique=False)
    op.create_table(
        "customer_address",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("usual", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_address_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_address")),
    )
    op.create_index(op.f("ix_customer_address_business_id"), "customer_address", ["business_id"], unique=False)
    op.create_index(op.f("ix_customer_address_customer_id"), "customer_address", ["customer_id"], unique=False)
    op.create_table(
        "customer_consent",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_consent_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_consent")),
    )
    op.create_index(op.f("ix_customer_consent_business_id"), "customer_consent", ["business_id"], unique=False)
    op.create_index("ix_customer_consent_customer_id", "customer_consent", ["customer_id", "kind", "at"], unique=False)
    op.create_table(
        "customer_email",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_email_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_email")),
        sa.UniqueConstraint("customer_id", "email", name=op.f("uq_customer_email_customer_id_email")),
    )
    op.create_index("ix_customer_email_email", "customer_email", ["business_id", "email"], unique=False)
    op.create_table(
        "customer_merge",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("into_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("from_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["into_id"], ["customer.id"], name=op.f("fk_customer_merge_into_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_merge")),
    )
    op.create_index(op.f("ix_customer_merge_business_id"), "customer_merge", ["business_id"], unique=False)
    op.create_index(op.f("ix_customer_merge_into_id"), "customer_merge", ["into_id"], unique=False)
    op.create_table(
        "customer_search",
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_search_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_search")),
    )
    op.create_table(
        "customer_tag",
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("tag_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_tag_customer_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_customer_tag_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("customer_id", "tag_id", name=op.f("pk_customer_tag")),
    )
    op.create_index(op.f("ix_customer_tag_business_id"), "customer_tag", ["business_id"], unique=False)
    op.create_index(op.f("ix_customer_tag_tag_id"), "customer_tag", ["tag_id"], unique=False)
    op.create_table(
        "customer_warning",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_warning_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_warning")),
    )
    op.create_index(op.f("ix_customer_warning_business_id"), "customer_warning", ["business_id"], unique=False)
    op.create_index(op.f("ix_customer_warning_customer_id"), "customer_warning", ["customer_id"], unique=False)
    op.create_table(
        "do_not_call",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.CheckConstraint("(customer_id IS NULL) <> (number = '')", name=op.f("ck_do_not_call_of_one")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_do_not_call_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call")),
    )
    op.create_index(op.f("ix_do_not_call_business_id"), "do_not_call", ["business_id"], unique=False)
    op.create_index(
        "uq_do_not_call_customer_id", "do_not_call", ["customer_id"], unique=True, postgresql_where=sa.text("customer_id IS NOT NULL")
    )
    op.create_index(
        "uq_do_not_call_number", "do_not_call", ["business_id", "number"], unique=True, postgresql_where=sa.text("number <> ''")
    )
    op.create_table(
        "purchase",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("business_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("customer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_purchase_customer_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
    )
    op.create_index("ix_purchase_customer_id", "purchase", ["customer_id", "day"], unique=False)
    op.create_index("ix_purchase_number", "purchase", ["business_id", "number"], unique=False)
    _add("asset", "kind", sa.Text(), "appliance")
    _add("asset", "plate", sa.Text(), "")
    _add("asset", "vin", sa.Text(), "")
    op.add_column("asset", sa.Column("insurance_until", sa.Date(), nullable=True))
    _add("asset", "dealer", sa.Text(), "")
    _add("asset", "fields", JSON, "{}")
    op.drop_constraint(op.f("uq_asset_business_id_serial"), "asset", type_="unique")
    op.create_index("ix_asset_plate", "asset", ["business_id", "plate"], unique=False, postgresql_where=sa.text("plate <> ''"))
    op.create_index("ix_asset_vin", "asset", ["business_id", "vin"], unique=False, postgresql_where=sa.text("vin <> ''"))
    op.create_index("uq_asset_serial", "asset", ["business_id", "serial"], unique=True, postgresql_where=sa.text("serial <> ''"))
    _add("customer", "code", sa.Text(), "")
    op.add_column("customer", sa.Column("company_id", sa.Uuid(as_uuid=False), nullable=True))
    _add("customer", "company_role", sa.Text(), "")
    _add("customer", "fields", JSON, "{}")
    op.add_column("customer", sa.Column("merged_into", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index("ix_customer_code", "customer", ["business_id", "code"], unique=False, postgresql_where=sa.text("code <> ''"))
    op.create_index(op.f("ix_customer_company_id"), "customer", ["company_id"], unique=False)
    op.create_index(
        "ix_customer_listed", "customer", ["business_id", "name", "id"], unique=False, postgresql_where=sa.text("merged_into IS NULL")
    )
    op.create_index(op.f("ix_customer_merged_into"), "customer", ["merged_into"], unique=False)
    op.create_foreign_key(op.f("fk_customer_merged_into"), "customer", "customer", ["merged_into"], ["id"], ondelete="CASCADE")
    op.create_foreign_key(op.f("fk_customer_company_id"), "customer", "company", ["company_id"], ["id"], ondelete="SET NULL")
    op.add_column("customer_number", sa.Column("id", sa.Uuid(as_uuid=False), nullable=False, server_default=sa.text("gen_random_uuid()")))
    op.alter_column("customer_number", "id", server_default=None)
    _add("customer_number", "main", sa.Boolean(), "false")
    op.drop_constraint("pk_customer_number", "customer_number", type_="primary")
    op.create_primary_key("pk_customer_number", "customer_number", ["id"])
    op.drop_index(op.f("ix_customer_number_customer_id"), table_name="customer_number")
    op.create_index("ix_customer_number_number", "customer_number", ["business_id", "number"], unique=False)
    op.create_unique_constraint(op.f("uq_customer_number_customer_id_number"), "customer_number", ["customer_id", "number"])
    for statement in MOVE:
        op.execute(statement)
    for column in ("email", "search", "company", "address", "warning"):
        op.drop_column("customer", column)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    op.create_index(
        "ix_customer_search_text",
        "customer_search",
        ["business_id", "text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"text": "gin_trgm_ops"},
    )
    for statement in CANDIDATES:
        op.execute(statement)


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], usual: str) -> None:
    """A column that must have a value: rows that are there get the usual one."""
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=usual))
    op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    """Go back one version."""
    op.execute("DROP FUNCTION customer_candidates")
    for column in ("email", "search", "company", "address", "warning"):
        _add("customer", column, sa.Text(), "")
    for statement in MOVE_BACK:
        op.execute(statement)
    op.drop_constraint(op.f("uq_customer_number_customer_id_number"), "customer_number", type_="unique")
    op.drop_index("ix_customer_number_number", table_name="customer_number")
    op.create_index(op.f("ix_customer_number_customer_id"), "customer_number", ["customer_id"], unique=False)
    op.drop_constraint("pk_customer_number", "customer_number", type_="primary")
    op.create_primary_key("pk_customer_number", "customer_number", ["business_id", "number"])
    op.drop_column("customer_number", "main")
    op.drop_column("customer_number", "id")
    op.drop_constraint(op.f("fk_customer_company_id"), "customer", type_="foreignkey")
    op.drop_constraint(op.f("fk_customer_merged_into"), "customer", type_="foreignkey")
    op.drop_index(op.f("ix_customer_merged_into"), table_name="customer")
    op.drop_index("ix_customer_listed", table_name="customer", postgresql_where=sa.text("merged_into IS NULL"))
    op.drop_index(op.f("ix_customer_company_id"), table_name="customer")
    op.drop_index("ix_customer_code", table_name="customer", postgresql_where=sa.text("code <> ''"))
    op.drop_column("customer", "merged_into")
    op.drop_column("customer", "fields")
    op.drop_column("customer", "company_role")
    op.drop_column("customer", "company_id")
    op.drop_column("customer", "code")
    op.drop_index("uq_asset_serial", table_name="asset", postgresql_where=sa.text("serial <> ''"))
    op.drop_index("ix_asset_vin", table_name="asset", postgresql_where=sa.text("vin <> ''"))
    op.drop_index("ix_asset_plate", table_name="asset", postgresql_where=sa.text("plate <> ''"))
    op.create_unique_constraint(
        op.f("uq_asset_business_id_serial"), "asset", ["business_id", "serial"], postgresql_nulls_not_distinct=False
    )
    op.drop_column("asset", "fields")
    op.drop_column("asset", "dealer")
    op.drop_column("asset", "insurance_until")
    op.drop_column("asset", "vin")
    op.drop_column("asset", "plate")
    op.drop_column("asset", "kind")
    op.drop_index("ix_purchase_number", table_name="purchase")
    op.drop_index("ix_purchase_customer_id", table_name="purchase")
    op.drop_table("purchase")
    op.drop_index("uq_do_not_call_number", table_name="do_not_call", postgresql_where=sa.text("number <> ''"))
    op.drop_index("uq_do_not_call_customer_id", table_name="do_not_call", postgresql_where=sa.text("customer_id IS NOT NULL"))
    op.drop_index(op.f("ix_do_not_call_business_id"), table_name="do_not_call")
    op.drop_table("do_not_call")
    op.drop_index(op.f("ix_customer_warning_customer_id"), table_name="customer_warning")
    op.drop_index(op.f("ix_customer_warning_business_id"), table_name="customer_warning")
    op.drop_table("customer_warning")
    op.drop_index(op.f("ix_customer_tag_tag_id"), table_name="customer_tag")
    op.drop_index(op.f("ix_customer_tag_business_id"), table_name="customer_tag")
    op.drop_table("customer_tag")
    op.drop_index("ix_customer_search_text", table_name="customer_search", postgresql_using="gin", postgresql_ops={"text": "gin_trgm_ops"})
    op.drop_table("customer_search")
    op.drop_index(op.f("ix_customer_merge_into_id"), table_name="customer_merge")
    op.drop_index(op.f("ix_customer_merge_business_id"), table_name="customer_merge")
    op.drop_table("customer_merge")
    op.drop_index("ix_customer_email_email", table_name="customer_email")
    op.drop_table("customer_email")
    op.drop_index("ix_customer_consent_customer_id", table_name="customer_consent")
    op.drop_index(op.f("ix_customer_consent_business_id"), table_name="customer_consent")
    op.drop_table("customer_consent")
    op.drop_index(op.f("ix_customer_address_customer_id"), table_name="customer_address")
    op.drop_index(op.f("ix_customer_address_business_id"), table_name="customer_address")
    op.drop_table("customer_address")
    op.drop_index("ix_company_number_number", table_name="company_number")
    op.drop_table("company_number")
    op.drop_index(op.f("ix_company_address_company_id"), table_name="company_address")
    op.drop_index(op.f("ix_company_address_business_id"), table_name="company_address")
    op.drop_table("company_address")
    op.drop_index(op.f("ix_tag_business_id"), table_name="tag")
    op.drop_table("tag")
    op.drop_index("ix_number_hint_number", table_name="number_hint")
    op.drop_table("number_hint")
    op.drop_index(op.f("ix_custom_field_business_id"), table_name="custom_field")
    op.drop_table("custom_field")
    op.drop_index("ix_company_name", table_name="company")
    op.drop_index(op.f("ix_company_business_id"), table_name="company")
    op.drop_table("company")
