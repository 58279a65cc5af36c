"""The table of tasks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

OPEN, DONE, CANCELLED = "open", "done", "cancelled"
LOW, NORMAL, HIGH, URGENT = 0, 1, 2, 3


class TaskRow(OfBusiness, Base):
    """Something to be done: by a person, or by whoever of a queue it is offered to."""

    __tablename__ = "task"
    __table_args__ = (
        Index(None, "business_id", "state", "due_at"),
        Index(None, "business_id", "person_id", "state"),
        Index(None, "business_id", "customer_id"),
    )

    id: Mapped[NewId]
    kind: Mapped[str] = mapped_column(default="task")
    """task, reminder, closing (a contact whose disposition is missing)"""
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    customer_id: Mapped[Id | None]
    contact_id: Mapped[Id | None]
    """The contact it is about."""
    due_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    """When its person is reminded; moved by snoozing, empty when he has seen it."""
    priority: Mapped[int] = mapped_column(default=NORMAL)
    person_id: Mapped[Id | None]
    queue_id: Mapped[Id | None]
    state: Mapped[str] = mapped_column(default=OPEN)
    result: Mapped[str] = mapped_column(default="")
    """What came of it."""
    created_by: Mapped[Id | None]
    created_at: Mapped[datetime]
    done_by: Mapped[Id | None]
    done_at: Mapped[datetime | None]
