"""Which interval of a business's calendar a moment falls in: quarter hours, hours, days, or the whole range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

INTERVALS = ("15m", "1h", "1d", "total")

_STEPS = {"15m": timedelta(minutes=15), "1h": timedelta(hours=1)}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, not including, `end`; both in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def overlap_ms(self, start: datetime, end: datetime) -> int:
        """How many milliseconds of the stretch lie inside."""
        return max(0, round((min(end, self.end) - max(start, self.start)) / timedelta(milliseconds=1)))


def day_of(moment: datetime, zone: ZoneInfo) -> Span:
    """The local day of the moment, which has 23 or 25 hours where the clocks are changed."""
    date = moment.astimezone(zone).date()
    start = datetime.combine(date, time(), zone)
    end = datetime.combine(date + timedelta(days=1), time(), zone)
    return Span(start.astimezone(UTC), end.astimezone(UTC))


def span_of(moment: datetime, interval: str, zone: ZoneInfo) -> Span:
    """The interval of 15m, 1h or 1d that holds the moment. An hour that the clocks repeat counts as two."""
    if interval == "1d":
        return day_of(moment, zone)
    step = _STEPS[interval]
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    since = moment.astimezone(UTC) + offset - datetime(1970, 1, 1, tzinfo=UTC)
    start = datetime(1970, 1, 1, tzinfo=UTC) + (since // step) * step - offset
    return Span(start, start + step)


def spans_of(whole: Span, interval: str, zone: ZoneInfo) -> Iterator[Span]:
    """The intervals that the range touches, in order; the first and the last may reach beyond it. `total` is the range itself."""
    if interval == "total":
        yield whole
        return
    moment = whole.start
    while moment < whole.end:
        span = span_of(moment, interval, zone)
        yield span
        moment = span.end
