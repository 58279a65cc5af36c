"""Special days as files: reads and writes CSV (date, kind, name, hours) and iCalendar. Pure; keeps nothing.

In a calendar file a day is a make-up working day when its title or category says so (班, 补班, workday); otherwise it is a holiday.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event

from huying.admin.calendar.calendar import Kind
from huying.admin.calendar.drafts import Draft, Fault, Reading, one_a_day
from huying.admin.calendar.hours import Hours, HoursInvalid, read_hours
from huying.foundation.errors import InvalidInput

HOURS = "X-HUYING-HOURS"
HEADER = ("date", "kind", "name", "hours")
MOST_DAYS = 2000
LONGEST_DAYS = 366
WORDS: dict[str, Kind] = {
    **dict.fromkeys(("holiday", "off", "closed", "休", "休息", "放假", "节假日", "假日"), "holiday"),
    **dict.fromkeys(("working", "workday", "work", "班", "上班", "补班", "调休", "调休上班", "工作日"), "working"),
    **dict.fromkeys(("special", "other", "特殊", "特殊日", "特殊时间"), "special"),
}
_COLUMNS = {"日期": "date", "类型": "kind", "名称": "name", "时间": "hours", "营业时间": "hours"}
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_WORKING = re.compile(r"班|make-?up|work(ing)? ?day", re.IGNORECASE)


class FileUnreadable(InvalidInput):
    """This is neither a calendar (iCalendar) nor a table (CSV) of days."""

    code = "file-unreadable"


def read_file(text: str) -> Reading:
    """The special days of a CSV or iCalendar text. Raises FileUnreadable."""
    text = text.lstrip("\ufeff").lstrip()
    if not text:
        raise FileUnreadable("The file is empty.")
    reading = _read_ics(text) if text[:15].upper() == "BEGIN:VCALENDAR" else _read_csv(text)
    if len(reading.drafts) > MOST_DAYS:
        raise FileUnreadable(f"The file has more than {MOST_DAYS} days.")
    return reading


def write_csv(drafts: Iterable[Draft]) -> str:
    """The days as CSV that `read_file` reads again."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for draft in drafts:
        hours = " ".join(f"{each.start}-{each.end}" for each in draft.hours or ())
        writer.writerow((draft.day.isoformat(), draft.kind, _harmless(draft.name), hours))
    return out.getvalue()


def write_ics(drafts: Iterable[Draft], now: datetime) -> str:
    """The days as iCalendar: all-day events with the kind as their category, and hours of their own in a property of ours."""
    calendar = Calendar()
    calendar.add("prodid", "-//Huying//Calendar//EN")
    calendar.add("version", "2.0")
    for draft in drafts:
        event = Event()
        event.add("uid", f"{draft.day.isoformat()}@huying")
        event.add("dtstamp", now)
        event.add("dtstart", draft.day)
        event.add("dtend", draft.day + timedelta(days=1))
        event.add("summary", draft.name or draft.kind)
        event.add("categories", [draft.kind])
        if draft.hours is not None:
            event.add(HOURS, " ".join(f"{each.start}-{each.end}" for each in draft.hours))
        calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _read_csv(text: str) -> Reading:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:2000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text), dialect), 1) if any(map(str.strip, row))]
    first = [_COLUMNS.get(word.strip(), word.strip().lower()) for word in rows[0][1]]
    columns = first if "date" in first else list(HEADER)
    drafts, faults = [], []
    for number, row in rows[1 if "date" in first else 0 :]:
        try:
            drafts.append(_draft_of(dict(zip(columns, map(str.strip, row), strict=False))))
        except (ValueError, HoursInvalid) as error:
            faults.append(Fault(number, str(error)))
    if not drafts:
        raise FileUnreadable(faults=[fault.message for fault in faults[:5]])
    return Reading(one_a_day(drafts), tuple(faults))


def _draft_of(row: dict[str, str]) -> Draft:
    found = _DATE.fullmatch(row.get("date", ""))
    if not found:
        raise ValueError(f"{row.get('date', '')!r} is no date: write it like 2026-10-01.")
    word = row.get("kind", "").lower()
    kind = WORDS.get(word) if word else "holiday"
    if kind is None:
        raise ValueError(f"{word!r} is no kind of day: it can be holiday, working, special.")
    hours: tuple[Hours, ...] | None = read_hours(row["hours"]) if row.get("hours") else None
    if kind == "special" and hours is None:
        raise ValueError("A special day needs its hours.")
    name = re.sub(r"^'(?=[=+\-@])", "", row.get("name", ""))
    return Draft(date(int(found[1]), int(found[2]), int(found[3])), kind, name[:100], hours)


def _read_ics(text: str) -> Reading:
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise FileUnreadable from error
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for number, event in enumerate(calendar.walk("VEVENT"), 1):
        title = str(event.get("SUMMARY", "")).strip()
        try:
            if "RRULE" in event:
                faults.append(Fault(number, f"{title!r} repeats: only its first day is taken."))
            drafts += _drafts_of(event, title)
        except (KeyError, ValueError, TypeError, AttributeError, HoursInvalid) as error:
            faults.append(Fault(number, f"{title!r} was left out: {error}"))
    if not drafts:
        raise FileUnreadable("The calendar has no days.", faults=[fault.message for fault in faults[:5]])
    return Reading(one_a_day(drafts), tuple(faults))


def _drafts_of(event: Component, title: str) -> Iterator[Draft]:
    start, end = _date(event.decoded("DTSTART")), None
    if "DTEND" in event:
        raw = event.decoded("DTEND")
        end = _date(raw) + timedelta(
            days=1 if isinstance(raw, datetime) and raw.time().replace(tzinfo=None).isoformat() != "00:00:00" else 0
        )
    elif "DURATION" in event:
        end = start + max(event.decoded("DURATION"), timedelta(days=1))
    days = max(1, ((end or start) - start).days)
    if days > LONGEST_DAYS:
        raise ValueError(f"it lasts {days} days")
    kind, hours = _kind_of(event, title)
    for number in range(days):
        yield Draft(start + timedelta(days=number), kind, title[:100], hours)


def _kind_of(event: Component, title: str) -> tuple[Kind, tuple[Hours, ...] | None]:
    named = event.get("CATEGORIES")
    words = [str(word).lower() for word in getattr(named, "cats", [])]
    kind = next((WORDS[word] for word in words if word in WORDS), None)
    hours = read_hours(str(event.get(HOURS, "")))
    if kind == "special" and not hours:
        raise ValueError("a special day needs its hours")
    if kind:
        return kind, hours or None
    return ("working" if _WORKING.search(" ".join([title, *words])) else "holiday"), None


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise TypeError("it has no date")


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
