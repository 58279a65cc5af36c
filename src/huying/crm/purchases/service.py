"""What one can do with customers' purchases. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.customers.model import CustomerRow
from huying.crm.purchases.model import PurchaseRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id


class PurchaseTaken(Conflict):
    """The customer has an order of this number already: change that one."""

    code = "purchase-taken"


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order. `items`: [{"name", "quantity"}]; `amount` in `currency`, None when not known."""

    id: str
    customer_id: str
    number: str
    day: date
    items: Sequence[Mapping[str, Any]]
    amount: Decimal | None
    currency: str
    note: str


class PurchaseFields(TypedDict, total=False):
    """Fields that may be given; absent ones stay as they are."""

    number: str
    day: date
    items: list[dict[str, Any]]
    amount: Decimal | None
    currency: str
    note: str


async def purchases_of(session: AsyncSession, customer_id: str, limit: int, offset: int) -> tuple[list[Purchase], int]:
    """One page of the customer's purchases, the newest first, and how many there are."""
    mine = PurchaseRow.customer_id == customer_id
    total = await session.scalar(select(func.count()).select_from(PurchaseRow).where(mine)) or 0
    statement = select(PurchaseRow).where(mine).order_by(PurchaseRow.day.desc(), PurchaseRow.id.desc()).limit(limit).offset(offset)
    return [_purchase(row) for row in await session.scalars(statement)], total


async def add_purchase(session: AsyncSession, business_id: str, customer_id: str, given: PurchaseFields) -> Purchase:
    """A new purchase. Raises NotFound, InvalidInput, PurchaseTaken."""
    if await session.get(CustomerRow, customer_id) is None:
        raise NotFound("There is no such customer.")
    if "day" not in given:
        raise InvalidInput("Say when it was bought.", field="day")
    await _refuse_taken(session, customer_id, given.get("number", ""))
    row = PurchaseRow(id=new_id(), business_id=business_id, customer_id=customer_id, number="", items=[], currency="CNY", note="")
    _fill(row, given)
    session.add(row)
    await session.flush()
    return _purchase(row)


async def change_purchase(session: AsyncSession, purchase_id: str, given: PurchaseFields) -> Purchase:
    """Change the given fields. Raises NotFound, PurchaseTaken."""
    row = await _row(session, purchase_id)
    if given.get("number", row.number) != row.number:
        await _refuse_taken(session, row.customer_id, given["number"])
    _fill(row, given)
    await session.flush()
    return _purchase(row)


async def remove_purchase(session: AsyncSession, purchase_id: str) -> None:
    """Forget a purchase. Raises NotFound."""
    await session.delete(await _row(session, purchase_id))
    await session.flush()


async def _refuse_taken(session: AsyncSession, customer_id: str, number: str) -> None:
    if number:
        row = PurchaseRow
        known = await session.scalar(select(row.id).where(row.customer_id == customer_id, row.number == number).limit(1))
        if known is not None:
            raise PurchaseTaken(number=number, purchase_id=known)


async def _row(session: AsyncSession, purchase_id: str) -> PurchaseRow:
    row = await session.get(PurchaseRow, purchase_id)
    if row is None:
        raise NotFound("There is no such purchase.")
    return row


def _fill(row: PurchaseRow, given: PurchaseFields) -> None:
    for name, value in given.items():
        setattr(row, name, value)


def _purchase(row: PurchaseRow) -> Purchase:
    return Purchase(**{name: getattr(row, name) for name in Purchase.__dataclass_fields__})
