"""The table by which work comes to the router and its outcome comes back: written with the task or message in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, OfBusiness

TASK, VOICEMAIL = "task", "voicemail"
WAITING, BEGUN, OVER = "waiting", "begun", "over"


class DeskWorkRow(OfBusiness, Base):
    """A task's or message's way to an agent: a contact of its own, whose stream in the journal tells what happens to it.

    `state`: waiting (the voice process has not taken it yet), begun, over. `holder_id`: who has it in hand, as last written down.
    """

    __tablename__ = "desk_work"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "contact_id"), Index(None, "state", "offer_from"))

    contact_id: Mapped[Id] = mapped_column(primary_key=True)
    subject: Mapped[str]
    subject_id: Mapped[Id]
    queue_id: Mapped[Id]
    customer_id: Mapped[Id | None]
    language: Mapped[str] = mapped_column(default="")
    head_start_seconds: Mapped[int] = mapped_column(default=0)
    wanted_id: Mapped[Id | None]
    """A person who is asked first."""
    offer_from: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=WAITING)
    holder_id: Mapped[Id | None]
    result: Mapped[str] = mapped_column(default="")
    """Of what is over: done, cancelled."""
