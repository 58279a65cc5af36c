"""Changing schedules, special days and overrides. Never commits; a schedule that is no longer wanted becomes inactive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.drafts import Draft
from huying.admin.calendar.hours import Hours, kept, spans_of
from huying.admin.calendar.model import ClosingRow, HolidayRow, ScheduleRow
from huying.foundation.errors import Conflict, InvalidInput, NotFound

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class CodeTaken(Conflict):
    """There is a schedule with this code already: choose another."""

    code = "code-taken"


@dataclass(frozen=True, slots=True)
class Closing:
    """What is to be put over the hours; without a schedule over those of the whole business."""

    schedule_id: str | None
    opens: bool
    reason: str
    begins_at: datetime
    ends_at: datetime | None


async def list_schedules(session: AsyncSession) -> list[ScheduleRow]:
    """All schedules in their order, also inactive ones."""
    return list(await session.scalars(select(ScheduleRow).order_by(ScheduleRow.position, ScheduleRow.code)))


async def find_schedule(session: AsyncSession, schedule_id: str) -> ScheduleRow:
    """One schedule. Raises NotFound."""
    row = await session.get(ScheduleRow, schedule_id)
    if row is None:
        raise NotFound("There is no such schedule.")
    return row


async def make_schedule(session: AsyncSession, business_id: str, code: str, values: Mapping[str, object]) -> ScheduleRow:
    """A new schedule at the end. Raises InvalidInput, CodeTaken."""
    if not CODE.fullmatch(code):
        raise InvalidInput("A code has small letters, digits and hyphens.", field="code")
    if await session.scalar(select(ScheduleRow.id).where(ScheduleRow.code == code)):
        raise CodeTaken(code=code)
    last = await session.scalar(select(func.max(ScheduleRow.position)))
    row = ScheduleRow(business_id=business_id, code=code, position=(last if last is not None else -1) + 1)
    change_schedule(row, values)
    session.add(row)
    await session.flush()
    return row


def change_schedule(row: ScheduleRow, values: Mapping[str, object]) -> None:
    """Set the named columns. Raises InvalidInput for a time zone that is none."""
    zone = values.get("time_zone")
    if zone:
        try:
            ZoneInfo(str(zone))
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidInput(f"{zone} is no time zone: write it like Asia/Shanghai.", field="time_zone") from error
    for name, value in values.items():
        setattr(row, name, value)


async def list_holidays(session: AsyncSession, first: date, last: date) -> list[HolidayRow]:
    """The special days of a time, both days included, of the business and of each schedule."""
    statement = select(HolidayRow).where(HolidayRow.day.between(first, last))
    return list(await session.scalars(statement.order_by(HolidayRow.day, HolidayRow.schedule_id.nulls_first())))


async def kept_days(session: AsyncSession, schedule_id: str | None, days: Iterable[date]) -> dict[date, HolidayRow]:
    """Of these days those that are special already, of the business or of one schedule."""
    same = HolidayRow.schedule_id == schedule_id if schedule_id else HolidayRow.schedule_id.is_(None)
    found = await session.scalars(select(HolidayRow).where(same, HolidayRow.day.in_(set(days))))
    return {row.day: row for row in found}


async def put_holidays(
    session: AsyncSession, business_id: str, schedule_id: str | None, drafts: Sequence[Draft], source: str
) -> list[tuple[HolidayRow, bool]]:
    """Keep the days; those that differ from what was kept, and whether each was made. Raises NotFound, InvalidInput."""
    if schedule_id:
        await find_schedule(session, schedule_id)
    before = await kept_days(session, schedule_id, (draft.day for draft in drafts))
    changed = []
    for draft in drafts:
        row = before.get(draft.day)
        if row and draft_of(row) == draft:
            continue
        if row is None:
            row = HolidayRow(business_id=business_id, schedule_id=schedule_id, day=draft.day)
            session.add(row)
        set_holiday(row, draft)
        row.source = source
        changed.append((row, draft.day not in before))
    await session.flush()
    return changed


async def remove_holiday(session: AsyncSession, schedule_id: str | None, day: date) -> bool:
    """The day is an ordinary one again; false when it was."""
    row = (await kept_days(session, schedule_id, [day])).get(day)
    if row is None:
        return False
    await session.delete(row)
    await session.flush()
    return True


def set_holiday(row: HolidayRow, draft: Draft) -> None:
    """Make the row say what the draft says. Raises InvalidInput."""
    if draft.kind == "special" and draft.hours is None:
        raise InvalidInput("A special day needs its hours; a day without any is a holiday.", field="hours")
    row.day, row.kind, row.name = draft.day, draft.kind, draft.name
    row.hours = None if draft.hours is None else [dict(each) for each in kept(draft.hours)]


def draft_of(row: HolidayRow) -> Draft:
    """What the row says."""
    hours = None if row.hours is None else tuple(Hours(each["start"], each["end"]) for each in row.hours)
    if hours is not None:
        spans_of(hours)
    return Draft(row.day, row.kind, row.name, hours)  # type: ignore[arg-type]


async def list_closings(session: AsyncSession, now: datetime, most: int) -> list[ClosingRow]:
    """What stands over the hours now and later, then what did, the latest first."""
    in_force = ClosingRow.lifted_at.is_(None) & or_(ClosingRow.ends_at.is_(None), ClosingRow.ends_at > now)
    return list(await session.scalars(select(ClosingRow).order_by(in_force.desc(), ClosingRow.set_at.desc()).limit(most)))


async def close(session: AsyncSession, business_id: str, closing: Closing, person_id: str, now: datetime) -> ClosingRow:
    """Put a closing (or opening) over the hours. Raises NotFound, InvalidInput."""
    if closing.schedule_id:
        await find_schedule(session, closing.schedule_id)
    begins = max(closing.begins_at, now)
    if closing.ends_at is not None and closing.ends_at <= begins:
        raise InvalidInput("The end must lie after the beginning, and in the future.", field="ends_at")
    row = ClosingRow(
        business_id=business_id,
        schedule_id=closing.schedule_id,
        opens=closing.opens,
        reason=closing.reason,
        begins_at=begins,
        ends_at=closing.ends_at,
        set_at=now,
        set_by=person_id,
    )
    session.add(row)
    await session.flush()
    return row


async def lift(session: AsyncSession, closing_id: str, person_id: str, now: datetime) -> ClosingRow:
    """End it now. Raises NotFound, Conflict when it is over already."""
    row = await session.get(ClosingRow, closing_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such closing.")
    if row.lifted_at or (row.ends_at and row.ends_at <= now):
        raise Conflict("This is over already.")
    row.lifted_at, row.lifted_by = now, person_id
    await session.flush()
    return row
