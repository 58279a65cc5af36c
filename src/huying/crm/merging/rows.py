"""Customers as plain rows, read and put back: what a merge keeps so that it can be taken back. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.consent.model import CustomerConsentRow, DoNotCallRow
from huying.crm.customers.model import CustomerAddressRow, CustomerEmailRow, CustomerNumberRow, CustomerRow
from huying.crm.hints.model import CustomerWarningRow
from huying.crm.merging.parting import Person, Row
from huying.crm.purchases.model import PurchaseRow
from huying.crm.tagging.model import CustomerTagRow, TagRow
from huying.foundation.tables import Base

PARTS: Mapping[str, type[Base]] = {
    "numbers": CustomerNumberRow,
    "emails": CustomerEmailRow,
    "addresses": CustomerAddressRow,
    "tags": CustomerTagRow,
    "consents": CustomerConsentRow,
    "do_not_call": DoNotCallRow,
    "warnings": CustomerWarningRow,
    "assets": AssetRow,
    "purchases": PurchaseRow,
}
NOT_SCALAR = frozenset({"id", "business_id", "created_at"})


def table_of(row: type[Base]) -> Table:
    """The table of rows."""
    table = row.__table__
    assert isinstance(table, Table)
    return table


async def read_person(session: AsyncSession, customer_id: str) -> Person:
    """A customer as rows, as JSON has them."""
    customer = table_of(CustomerRow)
    own = (await session.execute(select(customer).where(customer.c.id == customer_id))).mappings().one()
    parts: dict[str, list[Row]] = {}
    for name, row in PARTS.items():
        table = table_of(row)
        found = await session.execute(select(table).where(table.c.customer_id == customer_id).order_by(*table.primary_key.columns))
        parts[name] = [{key: _out(value) for key, value in one.items()} for one in found.mappings()]
    merged = await session.scalars(select(customer.c.id).where(customer.c.merged_into == customer_id).order_by(customer.c.id))
    scalars = {key: _out(value) for key, value in own.items() if key not in NOT_SCALAR}
    return Person(scalars, parts, tuple(merged))


async def write_parts(session: AsyncSession, customer_ids: Sequence[str], parts: Mapping[str, Mapping[str, Sequence[Row]]]) -> None:
    """Bring the parts of these customers to these rows (customer -> part -> rows); none but these stay."""
    for name, row in PARTS.items():
        table = table_of(row)
        wanted = [one | {"customer_id": customer_id} for customer_id, held in parts.items() for one in _in(table, held.get(name, ()))]
        if name == "tags" and wanted:
            there = set(await session.scalars(select(TagRow.id).where(TagRow.id.in_({one["tag_id"] for one in wanted}))))
            wanted = [one for one in wanted if one["tag_id"] in there]
        await session.execute(delete(table).where(table.c.customer_id.in_(customer_ids)))
        if wanted:
            await session.execute(insert(table), wanted)


async def write_scalars(session: AsyncSession, customer_id: str, scalars: Row) -> None:
    """Bring a customer's own row to this."""
    table = table_of(CustomerRow)
    told = _in(table, [scalars])[0]
    await session.execute(update(table).where(table.c.id == customer_id).values(told))


def told(person: Person) -> dict[str, Any]:
    """As JSON."""
    return {
        "scalars": dict(person.scalars),
        "parts": {name: list(rows) for name, rows in person.parts.items()},
        "merged": list(person.merged),
    }


def person_of(kept: Mapping[str, Any]) -> Person:
    """From JSON."""
    return Person(kept["scalars"], kept["parts"], tuple(kept["merged"]))


def _out(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _in(table: Table, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows of the columns that there are; a column that came later keeps its usual value."""
    kinds = {column.name: column.type.python_type for column in table.columns}
    return [{name: _value(kinds[name], value) for name, value in row.items() if name in kinds} for row in rows]


def _value(kind: type, value: Any) -> Any:
    if isinstance(value, str) and kind in (datetime, date):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal and value is not None else value
