"""Tables of tags."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class TagRow(OfBusiness, Base):
    """A tag. A free one came to be by being written; a listed one is offered to everybody."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("business_id", "name"),)

    id: Mapped[NewId]
    name: Mapped[str]
    colour: Mapped[str] = mapped_column(default="")
    listed: Mapped[bool] = mapped_column(default=False)


class CustomerTagRow(OfBusiness, Base):
    """That a customer has a tag."""

    __tablename__ = "customer_tag"

    customer_id: Mapped[Id] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[Id] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)
