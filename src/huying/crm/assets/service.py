"""What one can do with customers' appliances. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import AssetRow
from huying.crm.customers.model import CustomerRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id


class SerialTaken(Conflict):
    """An appliance with this serial number is recorded already."""

    code = "serial-taken"


@dataclass(frozen=True, slots=True)
class Asset:
    """An appliance of a customer."""

    id: str
    customer_id: str
    category: str
    model: str
    serial: str
    purchased_on: date | None
    warranty_until: date | None
    note: str

    def under_warranty(self, today: date) -> bool:
        """Whether the warranty still runs on this day."""
        return self.warranty_until is not None and today <= self.warranty_until


class AssetFields(TypedDict, total=False):
    """Fields that may be given; absent ones stay as they are."""

    category: str
    model: str
    serial: str
    purchased_on: date | None
    warranty_until: date | None
    note: str


async def assets_of(session: AsyncSession, customer_id: str) -> list[Asset]:
    """The customer's appliances, the newest purchase first."""
    statement = select(AssetRow).where(AssetRow.customer_id == customer_id).order_by(AssetRow.purchased_on.desc().nulls_last(), AssetRow.id)
    return [_asset(row) for row in await session.scalars(statement)]


async def add_asset(session: AsyncSession, business_id: str, customer_id: str, fields: AssetFields) -> Asset:
    """A new appliance. Raises NotFound, InvalidInput, SerialTaken."""
    if await session.get(CustomerRow, customer_id) is None:
        raise NotFound("There is no such customer.")
    row = AssetRow(id=new_id(), business_id=business_id, customer_id=customer_id, category="", model="", serial="", note="")
    await _fill(session, row, fields)
    session.add(row)
    await session.flush()
    return _asset(row)


async def change_asset(session: AsyncSession, asset_id: str, fields: AssetFields) -> Asset:
    """Change the given fields. Raises NotFound, InvalidInput, SerialTaken."""
    row = await session.get(AssetRow, asset_id)
    if row is None:
        raise NotFound("There is no such appliance.")
    await _fill(session, row, fields)
    await session.flush()
    return _asset(row)


async def remove_asset(session: AsyncSession, asset_id: str) -> None:
    """Forget an appliance. Raises NotFound."""
    row = await session.get(AssetRow, asset_id)
    if row is None:
        raise NotFound("There is no such appliance.")
    await session.delete(row)
    await session.flush()


async def _fill(session: AsyncSession, row: AssetRow, fields: AssetFields) -> None:
    given: Mapping[str, object] = fields
    for name, value in given.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.model or not row.serial:
        raise InvalidInput("An appliance needs a model and a serial number.", field="serial" if row.model else "model")
    if row.purchased_on and row.warranty_until and row.warranty_until < row.purchased_on:
        raise InvalidInput("The warranty cannot end before the purchase.", field="warranty_until")
    with session.no_autoflush:
        taken = await session.scalar(select(AssetRow.id).where(AssetRow.serial == row.serial, AssetRow.id != row.id))
    if taken is not None:
        raise SerialTaken(serial=row.serial)


def _asset(row: AssetRow) -> Asset:
    return Asset(
        id=row.id,
        customer_id=row.customer_id,
        category=row.category,
        model=row.model,
        serial=row.serial,
        purchased_on=row.purchased_on,
        warranty_until=row.warranty_until,
        note=row.note,
    )
