"""Table of what customers own."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

KINDS = ("appliance", "vehicle")


class AssetRow(OfBusiness, Base):
    """An appliance or a vehicle. The serial number is unique in a business; a plate may be handed on with the car."""

    __tablename__ = "asset"
    __table_args__ = (
        Index("uq_asset_serial", "business_id", "serial", unique=True, postgresql_where=text("serial <> ''")),
        Index("ix_asset_plate", "business_id", "plate", postgresql_where=text("plate <> ''")),
        Index("ix_asset_vin", "business_id", "vin", postgresql_where=text("vin <> ''")),
    )

    id: Mapped[NewId]
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(default="appliance")
    category: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    serial: Mapped[str] = mapped_column(default="")
    plate: Mapped[str] = mapped_column(default="")
    """In capitals without spaces and points: 京A12345."""
    vin: Mapped[str] = mapped_column(default="")
    purchased_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    insurance_until: Mapped[date | None]
    dealer: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
