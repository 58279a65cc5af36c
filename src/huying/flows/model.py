"""Tables of flows: a flow by its code, and its versions, which are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class FlowRow(OfBusiness, Base):
    """What customers of one or more entry points are led through."""

    __tablename__ = "flow"
    __table_args__ = (UniqueConstraint("business_id", "code"), UniqueConstraint("business_id", "internal_number"))

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    internal_number: Mapped[str | None]
    """By which people of the house hand calls on to it; of one number space with extensions and the numbers of queues."""


class FlowVersionRow(OfBusiness, Base):
    """One saved graph; it never changes. The version published last is the one that new contacts take."""

    __tablename__ = "flow_version"

    flow_id: Mapped[Id] = mapped_column(ForeignKey("flow.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    graph: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[Id | None]
    published_at: Mapped[datetime | None]
