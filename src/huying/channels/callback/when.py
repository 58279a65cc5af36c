"""When a customer may be called who is given a time: whether a moment will do, and what digits on a keypad mean. Pure.

Times without a zone are those of the business's own clocks. A time that the clocks skip is the moment of the jump; of an hour that
comes twice the first one counts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from huying.foundation.errors import InvalidInput

SOONEST = timedelta(minutes=15)
QUARTER_SECONDS = 900
MOST_CHANGES = 400
"""Of the hours that are looked at for an open moment."""


class Opening(Protocol):
    """The hours of a queue."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not, and when that changes (None: never)."""


class TimePassed(InvalidInput):
    """This time has passed already: choose one that is still to come."""

    code = "time-passed"


class TimeTooFar(InvalidInput):
    """This is too far ahead: choose an earlier day."""

    code = "time-too-far"


class ClosedThen(InvalidInput):
    """The queue is closed at that time: choose one within its hours."""

    code = "closed-then"


class TimeUnknown(InvalidInput):
    """This is no time: give day and time, such as 11241530 for 24 November, 15:30."""

    code = "time-unknown"


def check(at: datetime, now: datetime, opening: Opening | None, most_days: int) -> None:
    """Whether somebody may be called then. Raises TimePassed, TimeTooFar, ClosedThen with `opens_at` (ISO, when it is known)."""
    if at <= now:
        raise TimePassed(field="at")
    if at > now + timedelta(days=most_days):
        raise TimeTooFar(field="at", most_days=most_days)
    if opening is None:
        return
    is_open, why, changes_at = opening.state(at)
    if not is_open:
        raise ClosedThen(field="at", why=why, opens_at=changes_at.isoformat() if changes_at else "")


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that a text in ISO form means; without an offset it is local. Raises TimeUnknown."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else _of_wall(found, zone)
    except (ValueError, OverflowError):  # at its ends the calendar has no other zone's time
        raise TimeUnknown(field="at") from None


def typed(digits: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment of keys: HHMM is the next such time, DDHHMM the next such day, MMDDHHMM in this year or, long passed, the next.

    Raises TimeUnknown; TimePassed for a day and time of this year that passed within the last half year.
    """
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (4, 6, 8):
        raise TimeUnknown
    clock = _clock(digits[-4:])
    today = now.astimezone(zone).date()
    if len(digits) == 4:
        at = _of_wall(datetime.combine(today, clock), zone)
        return at if at > now else _of_wall(datetime.combine(today + timedelta(days=1), clock), zone)
    if len(digits) == 6:
        return _next_day(int(digits[:2]), clock, today, zone, now)
    return _in_year(int(digits[:2]), int(digits[2:4]), clock, zone, now)


def on_day(days_ahead: int, digits: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment of keys HHMM on the day so many days from today. Raises TimeUnknown."""
    if not digits.isascii() or not digits.isdigit() or len(digits) != 4:
        raise TimeUnknown
    day = now.astimezone(zone).date() + timedelta(days=days_ahead)
    return _of_wall(datetime.combine(day, _clock(digits)), zone)


def nearest(wanted: datetime, now: datetime, opening: Opening | None, most_days: int) -> datetime | None:
    """The first moment from `wanted` on, to the quarter of an hour, at which somebody may be called; None when there is none."""
    at, last = _quarter(max(wanted, now + SOONEST)), now + timedelta(days=most_days)
    for _ in range(MOST_CHANGES):
        if at > last:
            return None
        is_open, _, changes_at = opening.state(at) if opening else (True, "", None)
        if is_open:
            return at
        if changes_at is None:
            return None
        at = _quarter(changes_at)
    return None


def _quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    return at + timedelta(seconds=-at.timestamp() % QUARTER_SECONDS)


def _next_day(day: int, clock: time, today: date, zone: ZoneInfo, now: datetime) -> datetime:
    for ahead in range(3):
        month = (today.month - 1 + ahead) % 12 + 1
        found = _day(today.year + (today.month - 1 + ahead) // 12, month, day)
        at = _of_wall(datetime.combine(found, clock), zone) if found else None
        if at and at > now:
            return at
    raise TimeUnknown


def _in_year(month: int, day: int, clock: time, zone: ZoneInfo, now: datetime) -> datetime:
    year = now.astimezone(zone).year
    found = [one for one in (_day(year, month, day), _day(year + 1, month, day)) if one]
    if not found:
        raise TimeUnknown
    at = _of_wall(datetime.combine(found[0], clock), zone)
    if at > now:
        return at
    if at > now - timedelta(days=183) or len(found) == 1:
        raise TimePassed
    return _of_wall(datetime.combine(found[1], clock), zone)


def _clock(digits: str) -> time:
    try:
        return time(int(digits[:2]), int(digits[2:]))
    except ValueError:
        raise TimeUnknown from None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _of_wall(wall: datetime, zone: ZoneInfo) -> datetime:
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    back = at.astimezone(zone).replace(tzinfo=None)
    if back == wall:
        return at
    return _jump(at - timedelta(hours=3), at + timedelta(hours=3), zone)


def _jump(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first moment in between at which the clocks show another offset."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
