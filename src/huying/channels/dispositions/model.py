"""Tables of dispositions, and of what queues ask of the desk."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class DispositionRow(OfBusiness, Base):
    """A way to close a contact, or a branch of such ways. Contacts keep the code, which therefore never changes."""

    __tablename__ = "disposition"
    __table_args__ = (UniqueConstraint("business_id", "code"), Index(None, "parent_id"))

    id: Mapped[NewId]
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("disposition.id"))
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    note_required: Mapped[bool] = mapped_column(default=False)
    follow_up_required: Mapped[bool] = mapped_column(default=False)
    date_required: Mapped[bool] = mapped_column(default=False)
    """A callback is to be booked for a day and time."""


class QueueDeskRow(OfBusiness, Base):
    """What a queue asks of the desk: which dispositions it shows and whether one must be given; which of its work is offered there."""

    __tablename__ = "queue_desk"

    queue_id: Mapped[Id] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"), primary_key=True)
    forced: Mapped[bool] = mapped_column(default=False)
    branches: Mapped[list[str]] = mapped_column(default=list)
    """Dispositions (ids) that it shows with all below them; none: the whole tree."""
    offer_messages: Mapped[bool] = mapped_column(default=False)
    message_head_start_seconds: Mapped[int] = mapped_column(default=0)
    task_head_start_seconds: Mapped[int] = mapped_column(default=0)
    """May be negative: then calls that came so much later are still served before."""
