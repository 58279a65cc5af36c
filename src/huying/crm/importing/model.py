"""Tables of imports: the file as a whole, and its rows while they are needed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class CustomerImportRow(OfBusiness, Base):
    """A file that is or was imported. Each batch of rows moves `done_row` and the counts in the same transaction."""

    __tablename__ = "customer_import"
    __table_args__ = (Index("ix_customer_import_state", "state"),)

    id: Mapped[NewId]
    file_name: Mapped[str]
    form: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """kind xlsx: sheet, sheets; kind csv: encoding, delimiter"""
    heading: Mapped[int] = mapped_column(default=0)
    columns: Mapped[list[str]] = mapped_column(default=list)
    targets: Mapped[list[str]] = mapped_column(default=list)
    """What each column becomes; empty for nothing."""
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str]
    """reading, ready, running, done, cancelled, failed, undoing, undone"""
    error: Mapped[str] = mapped_column(default="")
    rows: Mapped[int] = mapped_column(default=0)
    done_row: Mapped[int] = mapped_column(default=0)
    """The number in the file of the last row that is done."""
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    kept: Mapped[int] = mapped_column(default=0)
    reverted: Mapped[int] = mapped_column(default=0)
    left_alone: Mapped[int] = mapped_column(default=0)
    """Taking it back: rows whose changes were put back wholly, and those of which something was changed since."""
    person_id: Mapped[Id]
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class CustomerImportLineRow(OfBusiness, Base):
    """A row of the file. The cells of those that went well are forgotten at once; the others stay for the report."""

    __tablename__ = "customer_import_line"

    import_id: Mapped[Id] = mapped_column(ForeignKey("customer_import.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    outcome: Mapped[str] = mapped_column(default="waiting")
    """waiting, created, updated, skipped, failed; of an import that was undone: removed, kept, reverted, left_alone"""
    customer_id: Mapped[Id | None]
    problems: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    overwritten: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """What the row changed of a customer who was there, in the form of `importing.reverting`."""
