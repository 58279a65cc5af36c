"""The table of preferences."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, OfBusiness


class PersonPreferencesRow(OfBusiness, Base):
    """A person's preferences: name to value, as `shape.py` allows them."""

    __tablename__ = "person_preferences"

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)
