"""Table of purchases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class PurchaseRow(OfBusiness, Base):
    """An order of a customer. `amount` in `currency`; `items`: [{"name", "quantity"}]."""

    __tablename__ = "purchase"
    __table_args__ = (Index("ix_purchase_customer_id", "customer_id", "day"), Index("ix_purchase_number", "business_id", "number"))

    id: Mapped[NewId]
    business_id: Mapped[Id] = mapped_column()
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    currency: Mapped[str] = mapped_column(default="CNY")
    note: Mapped[str] = mapped_column(default="")
