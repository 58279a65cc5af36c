"""Lists of a customer or a company: numbers, e-mails, addresses. A list that is given replaces the whole one. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.document import Address, Email, Number
from huying.foundation.many_rows import insert_rows
from huying.foundation.tables import Base

ADDRESS_TEXTS = ("province", "city", "district", "street", "postcode")
Item = TypeVar("Item", Number, Email, Address)


async def replace_lists(
    session: AsyncSession, model: type[Base], owner: str, business_id: str, given: Mapping[str, Sequence[Item]]
) -> None:
    """Bring a list of each of these owners (by id) to what is given. `owner`: the column that names them."""
    if not given:
        return
    table = model.__table__
    await session.execute(delete(model).where(table.c[owner].in_(given)))
    rows = [
        {"business_id": business_id, owner: owner_id, "position": position, **values}
        for owner_id, items in given.items()
        for position, values in enumerate(map(_values, items))
    ]
    await insert_rows(session, model, rows)


def _values(item: Number | Email | Address) -> dict[str, object]:
    match item:
        case Number():
            return {"number": item.number, "label": item.label, "main": item.main}
        case Email():
            return {"email": item.email, "label": item.label}
        case Address():
            return {"kind": item.kind, "usual": item.default} | {name: getattr(item, name) for name in ADDRESS_TEXTS}
