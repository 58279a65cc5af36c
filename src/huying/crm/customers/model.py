"""Tables of customers: who they are, their numbers, e-mails and addresses, and the text they are found by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from huying.crm.customers.columns import AddressColumns, NumberColumns
from huying.foundation.tables import Base, Id, NewId, OfBusiness

CLASSES = ("vip", "gold", "normal")


class CustomerRow(OfBusiness, Base):
    """A person who uses the service. One that was merged stays, empty of its parts, and points at who it became."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_code", "business_id", "code", postgresql_where=text("code <> ''")),
        Index("ix_customer_listed", "business_id", "name", "id", postgresql_where=text("merged_into IS NULL")),
    )

    id: Mapped[NewId]
    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    """The number by which another system knows the customer."""
    customer_class: Mapped[str] = mapped_column("class", default="normal")
    company_id: Mapped[Id | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"), index=True)
    company_role: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Values of the business's own fields, by code."""
    merged_into: Mapped[Id | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CustomerNumberRow(NumberColumns, OfBusiness, Base):
    """A number of a customer, in E.164. Several customers may share one (a family, a shop)."""

    __tablename__ = "customer_number"
    __table_args__ = (
        UniqueConstraint("customer_id", "number"),
        Index("ix_customer_number_number", "business_id", "number"),
    )

    id: Mapped[NewId]
    business_id: Mapped[Id] = mapped_column()
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))


class CustomerEmailRow(OfBusiness, Base):
    """An e-mail address of a customer, in lower case."""

    __tablename__ = "customer_email"
    __table_args__ = (UniqueConstraint("customer_id", "email"), Index("ix_customer_email_email", "business_id", "email"))

    id: Mapped[NewId]
    business_id: Mapped[Id] = mapped_column()
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    email: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class CustomerAddressRow(AddressColumns, OfBusiness, Base):
    """Where a customer lives, works, or wants things sent. Whatever is not known apart stands in `street`."""

    __tablename__ = "customer_address"

    id: Mapped[NewId]
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)


BYTES = "C"
"""The collation whose order is that of the letters' codes, so that a beginning is a range."""


class CustomerSearchRow(OfBusiness, Base):
    """What typing finds a customer by, in the form of `customers.search`; written whenever one of its sources changes."""

    __tablename__ = "customer_search"
    __table_args__ = (
        Index("ix_customer_search_text", "text", postgresql_using="gin", postgresql_ops={"text": "gin_trgm_ops"}),
        Index("ix_customer_search_name", "business_id", "name"),
        Index("ix_customer_search_pinyin", "business_id", "pinyin"),
        Index("ix_customer_search_initials", "business_id", "initials"),
    )

    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    business_id: Mapped[Id] = mapped_column()
    text: Mapped[str]
    name: Mapped[str] = mapped_column(Text(collation=BYTES), default="")
    pinyin: Mapped[str] = mapped_column(Text(collation=BYTES), default="")
    initials: Mapped[str] = mapped_column(Text(collation=BYTES), default="")
