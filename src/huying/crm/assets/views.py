"""Appliances and vehicles as they travel over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from huying.crm.assets.service import DAYS, Asset, AssetFields

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class AssetView(BaseModel):
    """An appliance or a vehicle of a customer. Texts that are not known are empty."""

    id: str
    customer_id: str
    kind: Literal["appliance", "vehicle"]
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


class AssetChange(BaseModel):
    """Fields that change; absent ones stay."""

    model_config = ConfigDict(extra="forbid")

    category: Short | None = None
    model: Short | None = None
    serial: Short | None = None
    plate: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] | None = None
    vin: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None = None
    purchased_on: date | None = None
    warranty_until: date | None = None
    insurance_until: date | None = None
    dealer: Short | None = None
    fields: dict[str, Any] | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None

    def given(self) -> AssetFields:
        """The given fields, for the service; only dates may be emptied."""
        given: AssetFields = {}
        for name, value in self.model_dump(exclude_unset=True).items():
            if value is not None or name in DAYS:
                given[name] = value  # type: ignore[literal-required]
        return given


class NewAsset(AssetChange):
    """A new appliance (with model and serial) or vehicle (with plate or VIN)."""

    kind: Literal["appliance", "vehicle"] = "appliance"


def asset_view(asset: Asset) -> AssetView:
    """An appliance or a vehicle for the browser."""
    return AssetView.model_validate(asdict(asset))
