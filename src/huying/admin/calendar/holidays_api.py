"""Routes of special days: one by one, imported from a country's published list or a file, exported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from huying.admin.calendar.drafts import Draft, difference
from huying.admin.calendar.drafts import Reading as DraftReading
from huying.admin.calendar.files import read_file, write_csv, write_ics
from huying.admin.calendar.published import countries, published
from huying.admin.calendar.service import draft_of, kept_days, list_holidays, put_holidays, remove_holiday
from huying.admin.calendar.things import year_id
from huying.admin.calendar.views import (
    CountryPage,
    CountryView,
    DayIn,
    FaultView,
    HolidayPage,
    HolidayView,
    ImportedView,
    ImportIn,
    ImportSource,
    PreviewDay,
    PreviewView,
    RefId,
    day_view,
    holiday_view,
)
from huying.admin.changing import Change, changing
from huying.admin.guard import CallerOf, requires
from huying.foundation.errors import InvalidInput, NotFound
from huying.foundation.http import GroundOf

router = APIRouter(prefix="/api/holidays", tags=["hours"])

Year = Annotated[int, Query(ge=1990, le=2100)]
OfSchedule = Annotated[RefId | None, Query()]


@router.get("", dependencies=[requires("queues.view")])
async def read_holidays(caller: CallerOf, ground: GroundOf, year: Year) -> HolidayPage:
    """The special days of a year: those of the whole business, and those of single schedules."""
    async with ground.database.business(caller.business_id) as session:
        items = [holiday_view(row) for row in await list_holidays(session, date(year, 1, 1), date(year, 12, 31))]
    return HolidayPage(items=items, total=len(items))


@router.get("/countries", dependencies=[requires("queues.view")])
async def read_countries() -> CountryPage:
    """Where holidays can be imported from, and which years are known."""
    items = [
        CountryView(
            code=each.code, first_year=each.first_year, last_year=each.last_year, parts=list(each.parts), make_up_days=each.make_up_days
        )
        for each in countries().values()
    ]
    return CountryPage(items=items, total=len(items))


@router.get("/file", dependencies=[requires("queues.view")], response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def export_holidays(
    caller: CallerOf, ground: GroundOf, year: Year, schedule_id: OfSchedule = None, form: Literal["csv", "ics"] = "csv"
) -> Response:
    """The special days of a year (of the business, or of one schedule) as a file that can be imported again."""
    async with ground.database.business(caller.business_id) as session:
        rows = await list_holidays(session, date(year, 1, 1), date(year, 12, 31))
    drafts = [draft_of(row) for row in rows if row.schedule_id == schedule_id]
    text = "\ufeff" + write_csv(drafts) if form == "csv" else write_ics(drafts, ground.clock())
    kind = "text/csv" if form == "csv" else "text/calendar"
    headers = {"Content-Disposition": f'attachment; filename="special-days-{year}.{form}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)


@router.post("/preview", dependencies=[requires("hours.manage")])
async def preview_import(caller: CallerOf, ground: GroundOf, given: ImportSource) -> PreviewView:
    """What a country's year or a file says, against what is kept; keeps nothing."""
    reading = _read(given, caller.language)
    async with ground.database.business(caller.business_id) as session:
        rows = await kept_days(session, given.schedule_id, (draft.day for draft in reading.drafts))
    kept = {day: draft_of(row) for day, row in rows.items()}
    items = [PreviewDay(**day_view(draft).model_dump(), difference=difference(draft, kept)) for draft in reading.drafts]
    return PreviewView(items=items, faults=[FaultView(line=fault.line, message=fault.message) for fault in reading.faults])


@router.post("/import", dependencies=[requires("hours.manage")])
async def import_holidays(caller: CallerOf, ground: GroundOf, given: ImportIn) -> ImportedView:
    """Keep these days; each year that they change can be put back as one."""
    drafts = [each.draft(each.day) for each in given.items]
    if len({draft.day for draft in drafts}) != len(drafts):
        raise InvalidInput("A day is there twice.", field="items")
    async with changing(ground, caller, "holiday") as change:
        made = await _put(change, given.schedule_id, drafts, given.source)
    return ImportedView(made=sum(made), changed=len(made) - sum(made))


@router.put("/{day}", dependencies=[requires("hours.manage")])
async def write_holiday(caller: CallerOf, ground: GroundOf, day: date, given: DayIn, schedule_id: OfSchedule = None) -> HolidayView:
    """Make a day special, for the whole business or for one schedule."""
    async with changing(ground, caller, "holiday") as change:
        await _put(change, schedule_id, [given.draft(day)], "")
        return holiday_view((await kept_days(change.session, schedule_id, [day]))[day])


@router.delete("/{day}", status_code=204, dependencies=[requires("hours.manage")])
async def delete_holiday(caller: CallerOf, ground: GroundOf, day: date, schedule_id: OfSchedule = None) -> None:
    """The day is an ordinary one again."""
    async with changing(ground, caller, "holiday") as change:
        await change.begin(year_id(day.year, schedule_id))
        if not await remove_holiday(change.session, schedule_id, day):
            raise NotFound("This is an ordinary day.")
        change.note(year_id(day.year, schedule_id), "changed")


def _read(given: ImportSource, language: str) -> DraftReading:
    if given.text is not None and given.country is None:
        return read_file(given.text)
    if given.country and given.year and given.text is None:
        return published(given.country, given.part, given.year, language)
    raise InvalidInput("Give a country and a year, or the text of a file.", field="country")


async def _put(change: Change, schedule_id: str | None, drafts: Iterable[Draft], source: str) -> list[bool]:
    """Keep the days, noted by years; for each day that changed whether it is new."""
    chosen = list(drafts)
    if not all(1990 <= draft.day.year <= 2100 for draft in chosen):
        raise InvalidInput("This day is too far away.", field="day")
    for year in sorted({draft.day.year for draft in chosen}):
        await change.begin(year_id(year, schedule_id))
    changed = await put_holidays(change.session, change.business_id, schedule_id, chosen, source)
    for year in sorted({row.day.year for row, _ in changed}):
        change.note(year_id(year, schedule_id), "changed")
    return [made for _, made in changed]
