"""Tables of companies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.crm.customers.columns import AddressColumns, NumberColumns
from huying.foundation.tables import Base, Id, NewId, OfBusiness


class CompanyRow(OfBusiness, Base):
    """A firm. `search`: its name, with pinyin and initials."""

    __tablename__ = "company"
    __table_args__ = (Index("ix_company_name", "business_id", "name"),)

    id: Mapped[NewId]
    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    search: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CompanyNumberRow(NumberColumns, OfBusiness, Base):
    """A number of a company, in E.164."""

    __tablename__ = "company_number"
    __table_args__ = (UniqueConstraint("company_id", "number"), Index("ix_company_number_number", "business_id", "number"))

    id: Mapped[NewId]
    business_id: Mapped[Id] = mapped_column()
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))


class CompanyAddressRow(AddressColumns, OfBusiness, Base):
    """An address of a company; as a customer's."""

    __tablename__ = "company_address"

    id: Mapped[NewId]
    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), index=True)
