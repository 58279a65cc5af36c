"""The table of messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

NEW, HEARD, DONE = "new", "heard", "done"


class MessageRow(OfBusiness, Base):
    """A message; its id is that of its recording."""

    __tablename__ = "message"
    __table_args__ = (Index(None, "business_id", "state", "left_at"), Index(None, "business_id", "person_id", "state"))

    id: Mapped[NewId]
    contact_id: Mapped[Id] = mapped_column(index=True)
    queue_id: Mapped[Id | None]
    person_id: Mapped[Id | None]
    """Whose mailbox it was left in; empty for a queue's."""
    left_by: Mapped[Id | None]
    """The colleague who left it; empty for callers from outside."""
    left_at: Mapped[datetime]
    seconds: Mapped[float]
    state: Mapped[str] = mapped_column(default=NEW)
    taken_by: Mapped[Id | None]
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
