"""The table of requests for help. The text is a person's words and stands here alone; the journal has ids."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class HelpRequestRow(OfBusiness, Base):
    """A request. `asked`: the persons who were asked. `ending`: answered, done, withdrawn, call_ended; empty while it is open."""

    __tablename__ = "help_request"
    __table_args__ = (
        Index("uq_help_request_open", "contact_id", "asked_by", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_help_request_business_open", "business_id", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[NewId]
    contact_id: Mapped[Id]
    asked_by: Mapped[Id]
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    queue_id: Mapped[Id | None]
    talk_since: Mapped[datetime | None]
    audience: Mapped[str]
    """leads, group, skill, people"""
    asked: Mapped[list[str]] = mapped_column(default=list)
    taken_by: Mapped[Id | None]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str] = mapped_column(default="")
