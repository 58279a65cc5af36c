"""The table of changes of the business's settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class ConfigurationChangeRow(OfBusiness, Base):
    """One change of one thing. Numbers count from 1 in each business without a gap, in the order in which the changes took effect."""

    __tablename__ = "configuration_change"
    __table_args__ = (UniqueConstraint("business_id", "number"), Index(None, "business_id", "what", "thing_id", "number"))

    id: Mapped[NewId]
    number: Mapped[int]
    at: Mapped[datetime]
    person_id: Mapped[Id | None]
    what: Mapped[str]
    """The kind of the thing: queue, work_group, skill, agent, break_reason, ..."""
    thing_id: Mapped[str]
    action: Mapped[str]
    """made, changed, removed"""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    undoes: Mapped[int | None]
    """The number of the change that this one undid."""
