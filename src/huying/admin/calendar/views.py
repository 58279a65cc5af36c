"""What the calendar's routes take and give. Days are dates, times of the day "09:00", moments UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from huying.admin.calendar.calendar import Calendar
from huying.admin.calendar.drafts import Draft
from huying.admin.calendar.hours import Hours, hours_of, kept_week
from huying.admin.calendar.model import ClosingRow, HolidayRow, ScheduleRow
from huying.admin.calendar.service import draft_of

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Names = Annotated[dict[str, Text], Field(min_length=1, max_length=20)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Kind = Literal["holiday", "working", "special"]
Why = Literal["", "hours", "holiday", "emergency"]
RefId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Given(BaseModel):
    """What a client sends: nothing but the known fields."""

    model_config = ConfigDict(extra="forbid")


class HoursView(Given):
    """From when to when; an end that is not after the start lies in the next day."""

    start: Clock
    end: Clock


class DayHoursView(HoursView):
    """Hours that begin on a weekday, 1 (Monday) to 7."""

    day: Annotated[int, Field(ge=1, le=7)]


Week = Annotated[list[DayHoursView], Field(max_length=70)]
DayHours = Annotated[list[HoursView], Field(max_length=10)]


class StateView(BaseModel):
    """Open or not, why not, and until when that holds (null: for ever). `reason` is what was said about an emergency."""

    open: bool
    why: Why
    changes_at: datetime | None
    reason: str = ""
    override: bool = False
    """Somebody has closed or opened it, whatever its hours say."""
    day: date
    """The day of the schedule's own time zone that the moment belongs to."""
    day_kind: Kind | None = None
    day_name: str = ""
    hours: list[HoursView]
    """The hours that begin on this day."""


class ScheduleView(BaseModel):
    """A schedule and its state now. `time_zone` empty: the business's."""

    id: str
    code: str
    name: dict[str, str]
    position: int
    active: bool
    time_zone: str
    weekly: list[DayHoursView]
    follows_holidays: bool
    make_up_day: int
    state: StateView


class SchedulePage(BaseModel):
    """Schedules in their order."""

    items: list[ScheduleView]
    total: int


class ScheduleChange(Given):
    """What to change of a schedule."""

    name: Names | None = None
    position: Annotated[int, Field(ge=0, le=10_000)] | None = None
    active: bool | None = None
    time_zone: Annotated[str, StringConstraints(max_length=60)] | None = None
    weekly: Week | None = None
    follows_holidays: bool | None = None
    make_up_day: Annotated[int, Field(ge=1, le=7)] | None = None

    def values(self) -> dict[str, object]:
        """The columns. Raises HoursInvalid."""
        values = self.model_dump(exclude_none=True, exclude={"weekly", "code"})
        if self.weekly is not None:
            week: list[list[Hours]] = [[] for _ in range(7)]
            for each in self.weekly:
                week[each.day - 1].append(Hours(each.start, each.end))
            values["weekly"] = kept_week(week)
        return values


class NewSchedule(ScheduleChange):
    """A new schedule."""

    code: Code
    name: Names


class DayIn(Given):
    """What makes a day special. `hours` null: as the kind says (a holiday is closed, a working day has its weekday's)."""

    kind: Kind
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    hours: DayHours | None = None

    def draft(self, day: date) -> Draft:
        """As a draft."""
        return Draft(day, self.kind, self.name, None if self.hours is None else tuple(Hours(each.start, each.end) for each in self.hours))


class DatedDay(DayIn):
    """A special day with its date."""

    day: date


class HolidayView(DatedDay):
    """A special day that is kept."""

    schedule_id: str | None
    source: str


class HolidayPage(BaseModel):
    """Special days by date."""

    items: list[HolidayView]
    total: int


class CountryView(BaseModel):
    """Where holidays can be imported from: an ISO 3166 code, the years that are known, parts with holidays of their own."""

    code: str
    first_year: int
    last_year: int
    parts: list[str]
    make_up_days: bool


class CountryPage(BaseModel):
    """Countries: China first."""

    items: list[CountryView]
    total: int


class ImportSource(Given):
    """What to read: a country's year, or the text of a file (CSV or iCalendar)."""

    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None
    part: Annotated[str, StringConstraints(max_length=60)] = ""
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    text: Annotated[str, StringConstraints(max_length=1_000_000)] | None = None
    schedule_id: RefId | None = None


class PreviewDay(DatedDay):
    """A day that would be imported, against what is kept."""

    difference: Literal["new", "same", "changed"]


class FaultView(BaseModel):
    """What could not be read; `line` 0 for the whole."""

    line: int
    message: str


class PreviewView(BaseModel):
    """What an import would bring."""

    items: list[PreviewDay]
    faults: list[FaultView]


class ImportIn(Given):
    """The days to keep, as they were previewed and chosen."""

    schedule_id: RefId | None = None
    source: Annotated[str, StringConstraints(max_length=40)] = ""
    items: Annotated[list[DatedDay], Field(min_length=1, max_length=2000)]


class ImportedView(BaseModel):
    """How many days are new, and how many were changed."""

    made: int
    changed: int


class ClosingIn(Given):
    """Close (or open) over all hours; without a schedule everything. Without `ends_at` until somebody ends it."""

    schedule_id: RefId | None = None
    opens: bool = False
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    begins_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class PersonRef(BaseModel):
    """Who."""

    id: str
    name: str


class ClosingView(BaseModel):
    """A closing (or opening); `in_force` now, or `ahead` of us, or over."""

    id: str
    schedule_id: str | None
    opens: bool
    reason: str
    begins_at: datetime
    ends_at: datetime | None
    set_at: datetime
    set_by: PersonRef
    lifted_at: datetime | None
    lifted_by: PersonRef | None
    in_force: bool
    ahead: bool


class ClosingPage(BaseModel):
    """Those in force or ahead first, then what is over."""

    items: list[ClosingView]
    total: int


def state_view(calendar: Calendar, at: datetime) -> StateView:
    """The state at a moment."""
    found = calendar.look(at)
    return StateView(
        open=found.open,
        why=found.why,  # type: ignore[arg-type]
        changes_at=found.changes_at,
        reason=found.override.reason if found.override else "",
        override=found.override is not None,
        day=found.day,
        day_kind=found.special.kind if found.special else None,
        day_name=found.special.name if found.special else "",
        hours=[HoursView(start=each.start, end=each.end) for each in map(hours_of, calendar.spans_of(found.day))],
    )


def schedule_view(row: ScheduleRow, calendar: Calendar, now: datetime) -> ScheduleView:
    """A schedule for the browser."""
    values = {name: getattr(row, name) for name in ScheduleView.model_fields if name != "state"}
    return ScheduleView.model_validate({**values, "state": state_view(calendar, now)})


def day_view(draft: Draft) -> DatedDay:
    """A special day for the browser."""
    hours = None if draft.hours is None else [HoursView(start=each.start, end=each.end) for each in draft.hours]
    return DatedDay(day=draft.day, kind=draft.kind, name=draft.name, hours=hours)


def holiday_view(row: HolidayRow) -> HolidayView:
    """A kept special day for the browser."""
    return HolidayView(**day_view(draft_of(row)).model_dump(), schedule_id=row.schedule_id, source=row.source)


def closing_view(row: ClosingRow, names: dict[str, str], now: datetime) -> ClosingView:
    """A closing for the browser; `names` of people by id."""
    over = row.lifted_at is not None or (row.ends_at is not None and row.ends_at <= now)
    return ClosingView(
        id=row.id,
        schedule_id=row.schedule_id,
        opens=row.opens,
        reason=row.reason,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        set_at=row.set_at,
        set_by=PersonRef(id=row.set_by, name=names.get(row.set_by, "")),
        lifted_at=row.lifted_at,
        lifted_by=PersonRef(id=row.lifted_by, name=names.get(row.lifted_by, "")) if row.lifted_by else None,
        in_force=not over and row.begins_at <= now,
        ahead=not over and row.begins_at > now,
    )
