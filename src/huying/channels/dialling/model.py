"""Tables of dialling: how a business dials, and the rules of who may dial what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class DialSettingsRow(OfBusiness, Base):
    """How one business dials; a business without a row goes by the usual ways."""

    __tablename__ = "dial_settings"
    __table_args__ = (UniqueConstraint("business_id"),)

    id: Mapped[NewId]
    country: Mapped[str] = mapped_column(default="CN")
    area_code: Mapped[str] = mapped_column(default="")
    outside_prefix: Mapped[str] = mapped_column(default="")
    trunk_prefix: Mapped[str] = mapped_column(default="")
    caller_number: Mapped[str] = mapped_column(default="")
    """What called people see; empty: the business's first service number."""
    caller_numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Queue (id) -> what people called for this queue see."""
    ring_seconds: Mapped[int] = mapped_column(default=45)
    after_call_seconds: Mapped[int] = mapped_column(default=30)
    """After a call of one's own that was not for a queue."""
    after_call_when_not_reached: Mapped[bool] = mapped_column(default=False)
    record_outbound: Mapped[bool] = mapped_column(default=True)
    record_internal: Mapped[bool] = mapped_column(default=False)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Class -> {seconds, warn_seconds}."""
    wish_seconds: Mapped[int] = mapped_column(default=3600)
    """How long a call that is wanted when both are free may be waited for."""


class DialRuleRow(OfBusiness, Base):
    """What some people may dial, and when."""

    __tablename__ = "dial_rule"

    id: Mapped[NewId]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    classes: Mapped[list[str]] = mapped_column(default=list)
    allowed: Mapped[list[str]] = mapped_column(default=list)
    forbidden: Mapped[list[str]] = mapped_column(default=list)
    roles: Mapped[list[str]] = mapped_column(default=list)
    groups: Mapped[list[str]] = mapped_column(default=list)
    agents: Mapped[list[str]] = mapped_column(default=list)
    schedule_id: Mapped[Id | None]
    override_do_not_call: Mapped[bool] = mapped_column(default=False)
