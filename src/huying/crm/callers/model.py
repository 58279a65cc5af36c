"""Tables of the rules for callers, and of what the classes of customers have ahead of others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class CallerRuleRow(OfBusiness, Base):
    """One rule; the fields mean what `routing.caller_rules.CallerRule` says. `reason` is for people and may name somebody."""

    __tablename__ = "caller_rule"
    __table_args__ = (UniqueConstraint("business_id", "matches", "value", "effect"),)

    id: Mapped[NewId]
    matches: Mapped[str]
    """number, prefix, class, hidden"""
    value: Mapped[str] = mapped_column(default="")
    effect: Mapped[str]
    """vip, blocked, green"""
    rank: Mapped[int] = mapped_column(default=0)
    head_start_seconds: Mapped[int] = mapped_column(default=0)
    agent_id: Mapped[Id | None]
    seconds: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class CustomerClassRow(OfBusiness, Base):
    """A class of customers. A business without rows has the usual classes."""

    __tablename__ = "customer_class"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    rank: Mapped[int] = mapped_column(default=0)
    head_start_seconds: Mapped[int] = mapped_column(default=0)
