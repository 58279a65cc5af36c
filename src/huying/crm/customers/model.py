"""Tables of customers and their telephone numbers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

CLASSES = ("vip", "gold", "normal")


class CustomerRow(OfBusiness, Base):
    """A person or firm who uses the service. `warning` is shown to whoever picks up; `search` is what typing finds."""

    __tablename__ = "customer"

    id: Mapped[NewId]
    name: Mapped[str]
    customer_class: Mapped[str] = mapped_column("class", default="normal")
    company: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    warning: Mapped[str] = mapped_column(default="")
    search: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CustomerNumberRow(OfBusiness, Base):
    """A number of a customer, in E.164. One number belongs to one customer of a business."""

    __tablename__ = "customer_number"

    business_id: Mapped[Id] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
