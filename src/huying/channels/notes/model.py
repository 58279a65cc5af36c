"""Tables of notes on contacts, and of quick notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

NOTE, WRAP_UP, TRANSFER = "note", "wrap_up", "transfer"
"""Written while talking; how the author closed the contact; what was said when it was handed on."""


class ContactNoteRow(OfBusiness, Base):
    """One person's note on a contact. Only the author changes it; `version` counts the changes from 1."""

    __tablename__ = "contact_note"
    __table_args__ = (
        Index(None, "business_id", "contact_id", "written_at"),
        Index("uq_contact_note_wrap_up", "contact_id", "author_id", unique=True, postgresql_where="kind = 'wrap_up'"),
    )

    id: Mapped[NewId]
    contact_id: Mapped[Id]
    author_id: Mapped[Id]
    kind: Mapped[str] = mapped_column(default=NOTE)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class QuickNoteRow(OfBusiness, Base):
    """A ready-made text: of one person, or without one the team's. `text` may have placeholders such as {customer}."""

    __tablename__ = "quick_note"
    __table_args__ = (Index(None, "business_id", "person_id"),)

    id: Mapped[NewId]
    person_id: Mapped[Id | None]
    key: Mapped[str] = mapped_column(default="")
    """What is typed after a slash to insert it."""
    title: Mapped[str]
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
