"""Table of the business's own fields."""

from __future__ import annotations

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, NewId, OfBusiness


class CustomFieldRow(OfBusiness, Base):
    """A field that an administrator defined. Code, subject and kind never change; one that is not active keeps its values."""

    __tablename__ = "custom_field"
    __table_args__ = (UniqueConstraint("business_id", "subject", "code"),)

    id: Mapped[NewId]
    subject: Mapped[str]
    """customer, company, asset"""
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    kind: Mapped[str]
    required: Mapped[bool] = mapped_column(default=False)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """[{"code", "name": {language: text}}]"""
    section: Mapped[str] = mapped_column(default="")
    """The heading of the form under which it stands."""
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
