"""Tables of reach: what persons have set for calls to themselves, duty telephones, and calls that are wanted when both are free."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class PersonReachRow(OfBusiness, Base):
    """One person's settings; whoever has no row goes by the usual ones."""

    __tablename__ = "person_reach"

    person_id: Mapped[Id] = mapped_column(primary_key=True)
    diversions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """always, busy, no_answer, after_hours, not_disturbed -> {kind, id, number}"""
    no_answer_seconds: Mapped[int] = mapped_column(default=20)
    schedule_id: Mapped[Id | None]
    do_not_disturb: Mapped[bool] = mapped_column(default=False)
    call_waiting: Mapped[bool] = mapped_column(default=False)
    all_devices: Mapped[bool] = mapped_column(default=True)


class DutyRosterRow(OfBusiness, Base):
    """A duty telephone: who has it when."""

    __tablename__ = "duty_roster"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    shifts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """{days [1..7], start, end, people [{kind, id, number}]}; an end not after the start lies in the next day."""
    substitutions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """{begins, ends, people}, as ISO times."""
    otherwise: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    ring_seconds: Mapped[int] = mapped_column(default=25)
    mailbox_queue_id: Mapped[Id | None]


class CallWishRow(OfBusiness, Base):
    """Somebody wants to talk with a busy colleague when both are free. `state`: waiting, called, expired, cancelled."""

    __tablename__ = "call_wish"
    __table_args__ = (Index(None, "business_id", "state"),)

    id: Mapped[NewId]
    person_id: Mapped[Id]
    """Who wants it."""
    called_id: Mapped[Id]
    """The colleague."""
    state: Mapped[str] = mapped_column(default="waiting")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    contact_id: Mapped[Id | None]
    """The call that came of it."""
