"""Table of what customers own."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class AssetRow(OfBusiness, Base):
    """An appliance. The serial number is unique in a business."""

    __tablename__ = "asset"
    __table_args__ = (UniqueConstraint("business_id", "serial"),)

    id: Mapped[NewId]
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    category: Mapped[str] = mapped_column(default="")
    model: Mapped[str]
    serial: Mapped[str]
    purchased_on: Mapped[date | None]
    warranty_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
