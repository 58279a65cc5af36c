"""Hours as people write them ("09:00" to "18:00", "22:00" to "06:00") and as the calendar counts them. Pure.

An end that is not after its start lies in the next day; "24:00" is the end of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from huying.admin.calendar.calendar import DAY_MINUTES, Span
from huying.foundation.errors import InvalidInput

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when, as text."""

    start: str
    end: str


class HoursInvalid(InvalidInput):
    """These hours cannot be."""

    code = "hours-invalid"


def span_of(hours: Hours) -> Span:
    """The span of these hours. Raises HoursInvalid."""
    start, end = _minutes(hours.start), DAY_MINUTES if hours.end == "24:00" else _minutes(hours.end)
    if start == end:
        raise HoursInvalid(f"From {hours.start} to {hours.end} is no time at all: for the whole day write 00:00 to 24:00.", field="hours")
    return Span(start, end if end > start else end + DAY_MINUTES)


def spans_of(hours: Iterable[Hours]) -> tuple[Span, ...]:
    """The spans of one day in their order. Raises HoursInvalid, also when two of them overlap."""
    spans = tuple(sorted(map(span_of, hours)))
    for before, after in pairwise(spans):
        if after.start < before.end:
            raise HoursInvalid(f"{text_of(before)} and {text_of(after)} overlap.", field="hours")
    return spans


def hours_of(span: Span) -> Hours:
    """The hours of a span."""
    end = span.end if span.end <= DAY_MINUTES else span.end - DAY_MINUTES
    return Hours(_clock(span.start), _clock(end))


def text_of(span: Span) -> str:
    """The span as one word: 09:00-18:00."""
    hours = hours_of(span)
    return f"{hours.start}-{hours.end}"


def read_hours(text: str) -> tuple[Hours, ...]:
    """The hours of one line such as "09:00-12:00 13:00-18:00". Raises HoursInvalid."""
    found = []
    for word in re.split(r"[\s,;，；、]+", text.strip()):
        start, dash, end = re.sub(r"[–—~～至]", "-", word.replace("：", ":")).partition("-")
        if not word:
            continue
        if not dash:
            raise HoursInvalid(f"{word!r} is no time span: write it like 09:00-18:00.", field="hours")
        found.append(Hours(start.strip().zfill(5), end.strip().zfill(5)))
    spans_of(found)
    return tuple(found)


def kept(hours: Iterable[Hours]) -> list[dict[str, str]]:
    """Hours as they stand in the database. Raises HoursInvalid."""
    return [{"start": each.start, "end": each.end} for each in map(hours_of, spans_of(hours))]


def kept_week(week: Sequence[Iterable[Hours]]) -> list[dict[str, object]]:
    """Seven days from Monday on as they stand in the database: each span with its day, 1 to 7. Raises HoursInvalid."""
    return [{"day": day, **hours} for day, each in enumerate(week, 1) for hours in kept(each)]


def week_of(stored: Iterable[Mapping[str, object]]) -> tuple[tuple[Span, ...], ...]:
    """The calendar's week of what stands in the database. Raises HoursInvalid."""
    days: list[list[Hours]] = [[] for _ in range(7)]
    for each in stored:
        days[int(str(each["day"])) - 1].append(Hours(str(each["start"]), str(each["end"])))
    return tuple(map(spans_of, days))


def stored_spans(stored: Iterable[Mapping[str, object]]) -> tuple[Span, ...]:
    """The spans of a day that stands in the database."""
    return spans_of(Hours(str(each["start"]), str(each["end"])) for each in stored)


def _minutes(text: str) -> int:
    found = _TIME.fullmatch(text)
    if not found:
        raise HoursInvalid(f"{text!r} is no time: write it like 09:30.", field="hours")
    return int(found[1]) * 60 + int(found[2])


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
