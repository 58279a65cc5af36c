"""Routes of schedules, and of closing and opening over their hours. Special days have routes of their own (holidays_api)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from sqlalchemy import select

from huying.admin.calendar.loading import load_calendars
from huying.admin.calendar.service import Closing, change_schedule, close, find_schedule, lift, list_closings, list_schedules, make_schedule
from huying.admin.calendar.views import (
    ClosingIn,
    ClosingPage,
    ClosingView,
    NewSchedule,
    ScheduleChange,
    SchedulePage,
    ScheduleView,
    StateView,
    closing_view,
    schedule_view,
    state_view,
)
from huying.admin.changing import changing
from huying.admin.guard import CallerOf, requires
from huying.admin.model import PersonRow
from huying.foundation.errors import InvalidInput
from huying.foundation.http import GroundOf, IdPath

router = APIRouter(prefix="/api", tags=["hours"])

EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@router.get("/schedules", dependencies=[requires("queues.view")])
async def read_schedules(caller: CallerOf, ground: GroundOf) -> SchedulePage:
    """All schedules, also inactive ones, with their state now."""
    async with ground.database.business(caller.business_id) as session:
        calendars = await load_calendars(session)
        rows = await list_schedules(session)
    items = [schedule_view(row, calendars.by_id[row.id], ground.clock()) for row in rows]
    return SchedulePage(items=items, total=len(items))


@router.post("/schedules", status_code=201, dependencies=[requires("hours.manage")])
async def add_schedule(caller: CallerOf, ground: GroundOf, given: NewSchedule) -> ScheduleView:
    """A new schedule; without hours it is never open."""
    async with changing(ground, caller, "schedule") as change:
        row = await make_schedule(change.session, caller.business_id, given.code, given.values())
        change.note(row.id, "made")
        return schedule_view(row, (await load_calendars(change.session)).by_id[row.id], ground.clock())


@router.patch("/schedules/{schedule_id}", dependencies=[requires("hours.manage")])
async def patch_schedule(caller: CallerOf, ground: GroundOf, schedule_id: IdPath, given: ScheduleChange) -> ScheduleView:
    """Change a schedule; what it opens and closes goes by it at once, also for those who wait already."""
    async with changing(ground, caller, "schedule") as change:
        await change.begin(schedule_id)
        row = await find_schedule(change.session, schedule_id)
        change_schedule(row, given.values())
        await change.session.flush()
        change.note(row.id, "changed")
        return schedule_view(row, (await load_calendars(change.session)).by_id[row.id], ground.clock())


@router.get("/schedules/{schedule_id}/state", dependencies=[requires("queues.view")])
async def read_state(caller: CallerOf, ground: GroundOf, schedule_id: IdPath, at: Annotated[datetime | None, Query()] = None) -> StateView:
    """Is it open at this moment? A time without a zone is one of the schedule's own; without a time, now."""
    async with ground.database.business(caller.business_id) as session:
        await find_schedule(session, schedule_id)
        calendar = (await load_calendars(session, whole_past=True)).by_id[schedule_id]
    return state_view(calendar, _moment(at, calendar.zone) if at else ground.clock())


@router.get("/closings", dependencies=[requires("queues.view")])
async def read_closings(caller: CallerOf, ground: GroundOf, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> ClosingPage:
    """What stands over the hours now and later, then what did."""
    async with ground.database.business(caller.business_id) as session:
        rows = await list_closings(session, ground.clock(), limit)
        people = {person for row in rows for person in (row.set_by, row.lifted_by) if person}
        names = {row.id: row.name for row in await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people)))}
    items = [closing_view(row, names, ground.clock()) for row in rows]
    return ClosingPage(items=items, total=len(items))


@router.post("/closings", status_code=201, dependencies=[requires("hours.close")])
async def add_closing(caller: CallerOf, ground: GroundOf, given: ClosingIn) -> ClosingView:
    """Close, or open, over all hours, at once or from a moment ahead; of several in force the one that was set last counts."""
    now = ground.clock()
    for name in ("begins_at", "ends_at"):
        at = getattr(given, name)
        if at is not None and not EARLIEST <= at <= LATEST:
            raise InvalidInput("This time is too far away.", field=name)
    closing = Closing(given.schedule_id, given.opens, given.reason, given.begins_at or now, given.ends_at)
    async with changing(ground, caller, "closing") as change:
        row = await close(change.session, caller.business_id, closing, caller.person_id, now)
        change.note(row.id, "made")
        return closing_view(row, {caller.person_id: caller.name}, now)


@router.delete("/closings/{closing_id}", status_code=204, dependencies=[requires("hours.close")])
async def end_closing(caller: CallerOf, ground: GroundOf, closing_id: IdPath) -> None:
    """End it now."""
    async with changing(ground, caller, "closing") as change:
        await change.begin(closing_id)
        await lift(change.session, closing_id, caller.person_id, ground.clock())
        change.note(closing_id, "changed")


def _moment(at: datetime, zone: ZoneInfo) -> datetime:
    found = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC) if EARLIEST.year < at.year < LATEST.year else None
    if found is None:
        raise InvalidInput("This time is too far away.", field="at")
    return found
