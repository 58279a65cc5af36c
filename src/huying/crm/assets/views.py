"""Appliances as they travel over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from huying.crm.assets.service import Asset, AssetFields

Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class AssetView(BaseModel):
    """An appliance of a customer."""

    id: str
    customer_id: str
    category: str
    model: str
    serial: str
    purchased_on: date | None
    warranty_until: date | None
    note: str


class AssetChange(BaseModel):
    """Fields that change; absent ones stay."""

    model_config = ConfigDict(extra="forbid")

    category: Short | None = None
    model: Given | None = None
    serial: Given | None = None
    purchased_on: date | None = None
    warranty_until: date | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None

    def fields(self) -> AssetFields:
        """The given fields, for the service; only dates may be emptied."""
        given: AssetFields = {}
        for name, value in self.model_dump(exclude_unset=True).items():
            if value is not None or name in ("purchased_on", "warranty_until"):
                given[name] = value  # type: ignore[literal-required]
        return given


class NewAsset(AssetChange):
    """A new appliance."""

    model: Given
    serial: Given


def asset_view(asset: Asset) -> AssetView:
    """An appliance for the browser."""
    return AssetView.model_validate(asdict(asset))
