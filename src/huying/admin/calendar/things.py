"""How changes of the calendar are read and put back: schedules, a year's special days as one thing, closings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from huying.admin.calendar.drafts import Draft
from huying.admin.calendar.hours import Hours
from huying.admin.calendar.model import ClosingRow, HolidayRow, ScheduleRow
from huying.admin.calendar.service import kept_days, put_holidays, remove_holiday
from huying.admin.changes.thing import State
from huying.foundation.clock import utc_now

SCHEDULE_STATE = ("code", "name", "position", "active", "time_zone", "weekly", "follows_holidays", "make_up_day")


def year_id(year: int, schedule_id: str | None) -> str:
    """The id of a year's special days, of the business or of one schedule."""
    return f"{year}:{schedule_id}" if schedule_id else str(year)


class ScheduleThing:
    """A schedule; what is used by queues is not deleted."""

    what = "schedule"
    permission = "hours.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(ScheduleRow, thing_id, populate_existing=True)
        return {name: getattr(row, name) for name in SCHEDULE_STATE} if row else None

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(ScheduleRow, thing_id)
        if row is None and state is not None:
            row = ScheduleRow(id=thing_id, business_id=business_id)
            session.add(row)
        if row is not None:
            for name, value in (state if state is not None else {"active": False}).items():
                setattr(row, name, value)
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.execute(select(ScheduleRow.id, ScheduleRow.name).where(ScheduleRow.id.in_(thing_ids)))
        return {row.id: row.name for row in rows}


class YearThing:
    """The special days of a year: an import is one change, and each day is put back by itself. State: date -> {kind, name, hours}."""

    what = "holiday"
    permission = "hours.manage"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        year, schedule_id = _year_of(thing_id)
        same = HolidayRow.schedule_id == schedule_id if schedule_id else HolidayRow.schedule_id.is_(None)
        rows = await session.scalars(select(HolidayRow).where(same, HolidayRow.day.between(date(year, 1, 1), date(year, 12, 31))))
        return {row.day.isoformat(): {"kind": row.kind, "name": row.name, "hours": row.hours, "source": row.source} for row in rows}

    async def write(self, session: AsyncSession, business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        _, schedule_id = _year_of(thing_id)
        wanted, before = state or {}, await self.read(session, thing_id) or {}
        for day in sorted(before.keys() - wanted.keys()):
            await remove_holiday(session, schedule_id, date.fromisoformat(day))
        for day, value in sorted(wanted.items()):
            if before.get(day) != value:
                await put_holidays(session, business_id, schedule_id, [_draft(day, value)], value["source"])
                row = (await kept_days(session, schedule_id, [date.fromisoformat(day)]))[date.fromisoformat(day)]
                row.source = value["source"]
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        schedules = {schedule_id for _, schedule_id in map(_year_of, thing_ids) if schedule_id}
        named = await ScheduleThing().names(session, schedules)
        return {thing_id: {language: _title(thing_id, language, named) for language in ("zh-CN", "en")} for thing_id in thing_ids}


class ClosingThing:
    """A closing or opening over the hours. It is never gone: to put it back is to end it, or to let it go on."""

    what = "closing"
    permission = "hours.close"

    async def read(self, session: AsyncSession, thing_id: str) -> State | None:
        """See Thing."""
        row = await session.get(ClosingRow, thing_id, populate_existing=True)
        if row is None:
            return None
        ends = row.ends_at.isoformat() if row.ends_at else None
        values = {"schedule_id": row.schedule_id, "opens": row.opens, "reason": row.reason}
        return {**values, "begins_at": row.begins_at.isoformat(), "ends_at": ends, "ended": row.lifted_at is not None}

    async def write(self, session: AsyncSession, _business_id: str, thing_id: str, state: State | None) -> None:
        """See Thing."""
        row = await session.get(ClosingRow, thing_id)
        if row is not None:
            ended = state is None or bool(state["ended"])
            row.lifted_at = (row.lifted_at or utc_now()) if ended else None
            row.lifted_by = row.lifted_by if ended else None
        await session.flush()

    async def names(self, session: AsyncSession, thing_ids: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """See Thing."""
        rows = await session.scalars(select(ClosingRow).where(ClosingRow.id.in_(thing_ids)))
        kinds = {True: {"zh-CN": "临时开放", "en": "Opening"}, False: {"zh-CN": "临时关闭", "en": "Closing"}}
        return {row.id: {language: f"{word}: {row.reason}".rstrip(": ") for language, word in kinds[row.opens].items()} for row in rows}


THINGS = (ScheduleThing(), YearThing(), ClosingThing())


def _year_of(thing_id: str) -> tuple[int, str | None]:
    year, _, schedule_id = thing_id.partition(":")
    return int(year), schedule_id or None


def _draft(day: str, value: Mapping[str, Any]) -> Draft:
    hours = None if value["hours"] is None else tuple(Hours(each["start"], each["end"]) for each in value["hours"])
    return Draft(date.fromisoformat(day), value["kind"], value["name"], hours)


def _title(thing_id: str, language: str, named: Mapping[str, Mapping[str, str]]) -> str:
    year, schedule_id = _year_of(thing_id)
    title = f"{year} 年特殊日期" if language == "zh-CN" else f"Special days of {year}"
    schedule = named.get(schedule_id or "", {}).get(language, "")
    return f"{title}（{schedule}）" if schedule and language == "zh-CN" else f"{title} ({schedule})" if schedule else title
