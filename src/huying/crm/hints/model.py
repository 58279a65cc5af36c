"""Tables of warnings and hints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

LEVELS = ("warning", "info")


class CustomerWarningRow(OfBusiness, Base):
    """Something to mind about a customer, until it ends."""

    __tablename__ = "customer_warning"

    id: Mapped[NewId]
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    level: Mapped[str] = mapped_column(default="warning")
    until: Mapped[datetime | None]
    at: Mapped[datetime]
    person_id: Mapped[Id | None]


class NumberHintRow(OfBusiness, Base):
    """Something to mind about whoever calls from a number (E.164), known or not."""

    __tablename__ = "number_hint"
    __table_args__ = (Index("ix_number_hint_number", "business_id", "number"),)

    id: Mapped[NewId]
    business_id: Mapped[Id] = mapped_column()
    number: Mapped[str]
    text: Mapped[str]
    level: Mapped[str] = mapped_column(default="info")
    until: Mapped[datetime | None]
    at: Mapped[datetime]
    person_id: Mapped[Id | None]
    removed_at: Mapped[datetime | None]
    """Taken away, and can be brought back for some time."""
