"""Tables of notices and of who has read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness

ALL, GROUP, QUEUE = "all", "group", "queue"
NORMAL, CONFIRM = "normal", "confirm"


class NoticeRow(OfBusiness, Base):
    """What is told to whom until when. `importance`: normal, or confirm when everybody must say that he has read it."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "business_id", "ends_at"),)

    id: Mapped[NewId]
    made_by: Mapped[Id]
    made_at: Mapped[datetime]
    audience: Mapped[str]
    audience_id: Mapped[Id | None]
    """The group or the queue."""
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    importance: Mapped[str] = mapped_column(default=NORMAL)
    ends_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class NoticeReadRow(OfBusiness, Base):
    """A person has seen the notice, and perhaps confirmed it."""

    __tablename__ = "notice_read"

    notice_id: Mapped[Id] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    read_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
