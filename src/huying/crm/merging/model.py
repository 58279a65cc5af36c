"""Tables of merges, and of customers who are not the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class CustomerMergeRow(OfBusiness, Base):
    """One merge. `before` and `after` hold the rows of all whom it concerned, as they were then; they go with the customer."""

    __tablename__ = "customer_merge"

    id: Mapped[NewId]
    into_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    from_ids: Mapped[list[str]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    person_id: Mapped[Id | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[Id | None]


class CustomerApartRow(OfBusiness, Base):
    """Two customers whom somebody said to be different, the smaller id first. It goes with either of them."""

    __tablename__ = "customer_apart"

    one_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]
    person_id: Mapped[Id | None]
