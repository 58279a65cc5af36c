"""Routes of customers' purchases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.guard import CallerOf, requires
from huying.crm.customers.service import customer_row
from huying.crm.purchases.service import (
    Purchase,
    PurchaseFields,
    add_purchase,
    change_purchase,
    purchases_of,
    remove_purchase,
)
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api", tags=["customers"])

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class ItemView(BaseModel):
    """A line of an order."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    quantity: Annotated[float, Field(gt=0, le=1_000_000)] = 1


class PurchaseView(BaseModel):
    """An order; `amount` in `currency`, null when not known."""

    id: str
    customer_id: str
    number: str
    date: date
    items: list[ItemView]
    amount: float | None
    currency: str
    note: str


class PurchasePage(BaseModel):
    """Orders and how many there are in all."""

    items: list[PurchaseView]
    total: int


class PurchaseChange(BaseModel):
    """Fields that change; absent ones stay."""

    model_config = ConfigDict(extra="forbid")

    number: Short | None = None
    day: Annotated[date | None, Field(alias="date")] = None
    items: Annotated[list[ItemView], Field(max_length=200)] | None = None
    amount: Annotated[Decimal, Field(ge=-1_000_000_000, le=1_000_000_000, decimal_places=2)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None

    def fields(self) -> PurchaseFields:
        """The given fields, for the service; only the amount may be emptied."""
        told: dict[str, Any] = self.model_dump(exclude_unset=True, by_alias=False)
        return cast(PurchaseFields, {name: value for name, value in told.items() if value is not None or name == "amount"})


@router.get("/customers/{customer_id}/purchases", dependencies=[requires("customers.view")])
async def list_purchases(
    caller: CallerOf,
    ground: GroundOf,
    customer_id: IdPath,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> PurchasePage:
    """What the customer bought, the newest first."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        found, total = await purchases_of(session, row.id, limit, offset)
    return PurchasePage(items=[_view(one) for one in found], total=total)


@router.post("/customers/{customer_id}/purchases", status_code=201, dependencies=[requires("customers.edit")])
async def make_purchase(caller: CallerOf, ground: GroundOf, customer_id: IdPath, given: PurchaseChange) -> PurchaseView:
    """A new order; the date must be given. An order number that the customer has already is refused (`purchase-taken` with
    `purchase_id`), so what another system sends may be sent again."""
    async with ground.database.business(caller.business_id) as session:
        row = await customer_row(session, customer_id)
        return _view(await add_purchase(session, caller.business_id, row.id, given.fields()))


@router.patch("/purchases/{purchase_id}", dependencies=[requires("customers.edit")])
async def edit_purchase(caller: CallerOf, ground: GroundOf, purchase_id: IdPath, given: PurchaseChange) -> PurchaseView:
    """Change what is given."""
    async with ground.database.business(caller.business_id) as session:
        return _view(await change_purchase(session, purchase_id, given.fields()))


@router.delete("/purchases/{purchase_id}", status_code=204, dependencies=[requires("customers.edit")])
async def forget_purchase(caller: CallerOf, ground: GroundOf, purchase_id: IdPath) -> None:
    """Forget an order."""
    async with ground.database.business(caller.business_id) as session:
        await remove_purchase(session, purchase_id)


def _view(purchase: Purchase) -> PurchaseView:
    told = asdict(purchase)
    return PurchaseView(date=told.pop("day"), **told)
