"""Tables of the calendar: schedules, special days, and closings and openings that stand over them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from huying.foundation.tables import Base, Id, NewId, OfBusiness


class ScheduleRow(OfBusiness, Base):
    """Weekly hours. Queues and flows name a schedule; without one they are always open. An inactive one still counts where it is used."""

    __tablename__ = "schedule"
    __table_args__ = (UniqueConstraint("business_id", "code"),)

    id: Mapped[NewId]
    code: Mapped[str]
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    time_zone: Mapped[str] = mapped_column(default="")
    """Empty: the business's."""
    weekly: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Spans: {day 1 (Monday) to 7, start, end}, times as 09:00."""
    follows_holidays: Mapped[bool] = mapped_column(default=True)
    """Whether the special days of the whole business bear on it; its own always do."""
    make_up_day: Mapped[int] = mapped_column(default=1)
    """The weekday (1 to 7) whose hours a make-up working day has."""


class HolidayRow(OfBusiness, Base):
    """A special day of the whole business, or (before it) of one schedule. `kind`: holiday, working, special."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("business_id", "schedule_id", "day", postgresql_nulls_not_distinct=True),)

    id: Mapped[NewId]
    schedule_id: Mapped[Id | None] = mapped_column(ForeignKey("schedule.id", ondelete="CASCADE"))
    day: Mapped[date]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    hours: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    """Spans {start, end} of its own; null: as the kind says."""
    source: Mapped[str] = mapped_column(default="")
    """Where it was imported from: a country's code, file, or empty."""


class ClosingRow(OfBusiness, Base):
    """Closed (or open) over all hours, of one schedule or of everything. Of those in force the one that was set last counts."""

    __tablename__ = "closing"
    __table_args__ = (Index(None, "business_id", "set_at"),)

    id: Mapped[NewId]
    schedule_id: Mapped[Id | None] = mapped_column(ForeignKey("schedule.id", ondelete="CASCADE"))
    opens: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    set_at: Mapped[datetime]
    set_by: Mapped[Id]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[Id | None]
