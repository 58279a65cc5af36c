"""Tables of consent and of do-not-call."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class CustomerConsentRow(OfBusiness, Base):
    """One statement of a customer; the latest of a kind holds, the earlier ones are the proof."""

    __tablename__ = "customer_consent"
    __table_args__ = (Index("ix_customer_consent_customer_id", "customer_id", "kind", "at"),)

    id: Mapped[NewId]
    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    kind: Mapped[str]
    """calls, sms, email, recording, data, or the business's own word"""
    given: Mapped[bool]
    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(default="")
    """Where it was said: call, web, letter, import ..."""
    person_id: Mapped[Id | None]


class DoNotCallRow(OfBusiness, Base):
    """That a customer, or whoever has a number, is not to be called."""

    __tablename__ = "do_not_call"
    __table_args__ = (
        CheckConstraint("(customer_id IS NULL) <> (number = '')", name="of_one"),
        Index("uq_do_not_call_number", "business_id", "number", unique=True, postgresql_where=text("number <> ''")),
        Index("uq_do_not_call_customer_id", "customer_id", unique=True, postgresql_where=text("customer_id IS NOT NULL")),
    )

    id: Mapped[NewId]
    customer_id: Mapped[Id | None] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    at: Mapped[datetime]
    person_id: Mapped[Id | None]
