"""What one can do with customers' appliances and vehicles. Never commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.crm.assets.model import KINDS, AssetRow
from huying.crm.customers.model import CustomerRow
from huying.crm.customers.plates import tidy_plate
from huying.crm.customers.writing import refresh_search
from huying.crm.fields.service import definitions, fill_fields
from huying.foundation.errors import Conflict, InvalidInput, NotFound
from huying.foundation.ids import new_id

TEXTS = ("category", "model", "serial", "plate", "vin", "dealer", "note")
DAYS = ("purchased_on", "warranty_until", "insurance_until")


class SerialTaken(Conflict):
    """An appliance with this serial number is recorded already."""

    code = "serial-taken"


@dataclass(frozen=True, slots=True)
class Asset:
    """An appliance (kind appliance: model, serial) or a vehicle (kind vehicle: plate, VIN) of a customer."""

    id: str
    customer_id: str
    kind: str
    category: str
    model: str
    serial: str
    plate: str
    vin: str
    purchased_on: date | None
    warranty_until: date | None
    insurance_until: date | None
    dealer: str
    note: str
    fields: Mapping[str, Any]


class AssetFields(TypedDict, total=False):
    """Fields that may be given; absent ones stay as they are."""

    kind: str
    category: str
    model: str
    serial: str
    plate: str
    vin: str
    purchased_on: date | None
    warranty_until: date | None
    insurance_until: date | None
    dealer: str
    note: str
    fields: dict[str, Any]


async def assets_of(session: AsyncSession, customer_id: str) -> list[Asset]:
    """The customer's appliances and vehicles, the newest purchase first."""
    statement = select(AssetRow).where(AssetRow.customer_id == customer_id).order_by(AssetRow.purchased_on.desc().nulls_last(), AssetRow.id)
    return [_asset(row) for row in await session.scalars(statement)]


async def add_asset(session: AsyncSession, business_id: str, customer_id: str, fields: AssetFields) -> Asset:
    """A new appliance or vehicle. Raises NotFound, InvalidInput, SerialTaken, FieldsWrong."""
    if await session.get(CustomerRow, customer_id) is None:
        raise NotFound("There is no such customer.")
    row = AssetRow(id=new_id(), business_id=business_id, customer_id=customer_id, kind="appliance", fields={})
    for name in TEXTS:
        setattr(row, name, "")
    await _fill(session, row, fields, new=True)
    session.add(row)
    await session.flush()
    await refresh_search(session, [customer_id])
    return _asset(row)


async def change_asset(session: AsyncSession, asset_id: str, fields: AssetFields) -> Asset:
    """Change the given fields. Raises NotFound, InvalidInput, SerialTaken."""
    row = await session.get(AssetRow, asset_id)
    if row is None:
        raise NotFound("There is no such appliance or vehicle.")
    await _fill(session, row, fields)
    await session.flush()
    await refresh_search(session, [row.customer_id])
    return _asset(row)


async def remove_asset(session: AsyncSession, asset_id: str) -> None:
    """Forget an appliance. Raises NotFound."""
    row = await session.get(AssetRow, asset_id)
    if row is None:
        raise NotFound("There is no such appliance or vehicle.")
    await session.delete(row)
    await session.flush()
    await refresh_search(session, [row.customer_id])


async def _fill(session: AsyncSession, row: AssetRow, given: AssetFields, *, new: bool = False) -> None:
    for name in ("kind", *TEXTS, *DAYS):
        if name in given:
            value = given[name]  # type: ignore[literal-required]
            setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.plate, row.vin = tidy_plate(row.plate), "".join(row.vin.split()).upper()
    check_asset(row.kind, row.model, row.serial, row.plate or row.vin, row.purchased_on, row.warranty_until)
    with session.no_autoflush:
        if new or "fields" in given:
            row.fields = fill_fields(row.fields, given.get("fields", {}), await definitions(session, "asset"))
        taken = row.serial and await session.scalar(select(AssetRow.id).where(AssetRow.serial == row.serial, AssetRow.id != row.id))
    if taken:
        raise SerialTaken(serial=row.serial)


def check_asset(kind: str, model: str, serial: str, plate_or_vin: str, bought: date | None, warranty: date | None) -> None:
    """Is this enough of an appliance or a vehicle? Raises InvalidInput."""
    if kind not in KINDS:
        raise InvalidInput(f"The kind is one of {', '.join(KINDS)}.", field="kind")
    if kind == "appliance" and not (model and serial):
        raise InvalidInput("An appliance needs a model and a serial number.", field="serial" if model else "model")
    if kind == "vehicle" and not plate_or_vin:
        raise InvalidInput("A vehicle needs a plate or a VIN.", field="plate")
    if bought and warranty and warranty < bought:
        raise InvalidInput("The warranty cannot end before the purchase.", field="warranty_until")


def _asset(row: AssetRow) -> Asset:
    return Asset(**{name: getattr(row, name) for name in Asset.__dataclass_fields__})
