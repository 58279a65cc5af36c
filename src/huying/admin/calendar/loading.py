"""Reads schedules, special days and overrides as calendars. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.calendar import Calendar, Override, SpecialDay
from huying.admin.calendar.calendars import Calendars
from huying.admin.calendar.hours import stored_spans, week_of
from huying.admin.calendar.model import ClosingRow, HolidayRow, ScheduleRow
from huying.admin.model import BusinessRow

RECENT_DAYS = 10
"""Special days so long ago still bear on the present: a shift that began on one."""


async def load_calendars(session: AsyncSession, *, whole_past: bool = False) -> Calendars:
    """The calendars that the session may see: one business's, or every one's in a system session.

    Without `whole_past` they are right for the present and the future alone: long past days and overrides are left out.
    """
    zones = dict((await session.execute(select(BusinessRow.id, BusinessRow.time_zone))).all())
    days = await _special_days(session, whole_past)
    overrides = await _overrides(session, whole_past)
    by_id, by_code = {}, defaultdict[str, dict[str, Calendar]](dict)
    for row in await session.scalars(select(ScheduleRow)):
        calendar = calendar_of(row, zones[row.business_id], days, _ordered(overrides, row.business_id, row.id))
        by_id[row.id] = by_code[row.business_id][row.code] = calendar
    businesses = {business_id for business_id, schedule_id in overrides if schedule_id is None}
    unscheduled = {
        business_id: Calendar(ZoneInfo(zones[business_id]), overrides=_ordered(overrides, business_id, None)) for business_id in businesses
    }
    return Calendars(by_id, by_code, unscheduled)


def calendar_of(
    row: ScheduleRow, zone: str, days: dict[tuple[str, str | None], dict[date, SpecialDay]], overrides: tuple[Override, ...]
) -> Calendar:
    """The calendar of one schedule; its own special days come before those of the whole business."""
    special = (days.get((row.business_id, None), {}) if row.follows_holidays else {}) | days.get((row.business_id, row.id), {})
    return Calendar(ZoneInfo(row.time_zone or zone), week_of(row.weekly), special, overrides, row.make_up_day - 1)


async def _special_days(session: AsyncSession, whole_past: bool) -> dict[tuple[str, str | None], dict[date, SpecialDay]]:
    statement = select(HolidayRow)
    if not whole_past:
        statement = statement.where(HolidayRow.day >= func.current_date() - RECENT_DAYS)
    found = defaultdict[tuple[str, str | None], dict[date, SpecialDay]](dict)
    for row in await session.scalars(statement):
        spans = None if row.hours is None else stored_spans(row.hours)
        found[row.business_id, row.schedule_id][row.day] = SpecialDay(row.kind, row.name, spans)  # type: ignore[arg-type]
    return found


async def _overrides(session: AsyncSession, whole_past: bool) -> dict[tuple[str, str | None], list[ClosingRow]]:
    statement = select(ClosingRow).order_by(ClosingRow.set_at, ClosingRow.id)
    if not whole_past:
        statement = statement.where(ClosingRow.lifted_at.is_(None), or_(ClosingRow.ends_at.is_(None), ClosingRow.ends_at > func.now()))
    found = defaultdict[tuple[str, str | None], list[ClosingRow]](list)
    for row in await session.scalars(statement):
        found[row.business_id, row.schedule_id].append(row)
    return found


def _ordered(overrides: dict[tuple[str, str | None], list[ClosingRow]], business_id: str, schedule_id: str | None) -> tuple[Override, ...]:
    """What bears on the schedule (or on what has none), in the order in which it was set."""
    rows: Sequence[ClosingRow] = overrides.get((business_id, None), [])
    own: Iterable[ClosingRow] = overrides.get((business_id, schedule_id), []) if schedule_id else ()
    return tuple(override_of(row) for row in sorted([*rows, *own], key=lambda row: (row.set_at, row.id)))


def override_of(row: ClosingRow) -> Override:
    """The override of a row; one that was lifted ended then."""
    ends = [end for end in (row.ends_at, row.lifted_at) if end]
    return Override(row.opens, row.begins_at, min(ends, default=None), row.reason)
