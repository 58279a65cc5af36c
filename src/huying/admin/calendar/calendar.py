"""When a business is open, why it is closed, and when that changes next. Pure; implements routing's Opening without knowing it.

Theory of operation. Hours are spans of wall-clock time in the business's own zone. A span belongs to the day it begins on: a night
shift that began before a holiday is finished, one that would begin on the holiday is not. What a day's spans are: those of the
special day (a holiday: none, unless it has its own; a make-up working day: its own, else those of the weekday it stands for), else
those of the weekday. Over all that stand the overrides (an emergency closing, an extraordinary opening): of those in force the one
that was set last counts.

A wall-clock time that the clocks skip is the moment of the jump; in the hour that comes twice a span begins the first time and ends
the second. So each span is one interval of real time, and the state changes only at ends of spans, midnights and ends of overrides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440
QUIET_DAYS = 15
"""After so many ordinary days without a change there is none: two weeks, so that a jump of the clocks hides nothing."""
_DAY = timedelta(days=1)
_REACH = (3, 2, 1, 0)
"""A span of so many days ago may still reach into today."""

Kind = Literal["holiday", "working", "special"]
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes since the midnight its day begins with. `end` lies after `start`, at most 24 hours, so it may lie in the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date with hours of its own.

    `holiday`: closed, or open in `spans` alone; `working`: a working day, whatever its weekday; `special`: other hours than usual.
    """

    kind: Kind
    name: str = ""
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Closed or open, whatever the hours say, from `begins` until `ends` (None: until somebody ends it)."""

    opens: bool
    begins: datetime
    ends: datetime | None = None
    reason: str = ""

    def covers(self, at: datetime) -> bool:
        """Is it in force at this moment?"""
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True)
class Found:
    """The state at a moment: `why` is empty when open, else hours, holiday or emergency; `changes_at` None: never."""

    open: bool
    why: str
    changes_at: datetime | None
    day: date
    special: SpecialDay | None
    override: Override | None


ALWAYS = ((Span(0, DAY_MINUTES),),) * 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """One schedule with everything that bears on it. `weekly` has seven days from Monday on; `overrides` in the order they were set."""

    zone: ZoneInfo
    weekly: tuple[tuple[Span, ...], ...] = ALWAYS
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    make_up_weekday: int = 0
    """The weekday (Monday is 0) whose hours a make-up working day has."""
    _intervals: dict[date, tuple[Interval, ...]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[str, tuple[datetime, Found]] = field(default_factory=dict, compare=False, repr=False)
    """What was found last, and from which moment on that holds."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """Open or not, why not (hours, holiday, emergency; empty when open), and the exact moment when that changes next (None: never)."""
        known = self._known.get("")
        found = known[1] if known and _holds(known, at) else self.look(at)
        return found.open, found.why, found.changes_at

    def look(self, at: datetime) -> Found:
        """The state with what makes it so. `at` is aware."""
        at = at.astimezone(UTC)
        known = self._known.get("")
        if known and _holds(known, at):
            is_open, why, changes_at = known[1].open, known[1].why, known[1].changes_at
        else:
            (is_open, why), changes_at = self._now(at), self._next_change(at)
        day = self._day(at)
        found = Found(is_open, why, changes_at, day, self.special.get(day), self._override(at))
        self._known[""] = (at if not known or known[1].changes_at != changes_at else min(at, known[0]), found)
        return found

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on this day."""
        special = self.special.get(day)
        if special is None:
            return self.weekly[day.weekday()]
        if special.spans is not None:
            return special.spans
        return self.weekly[self.make_up_weekday] if special.kind == "working" else ()

    def _now(self, at: datetime) -> tuple[bool, str]:
        override = self._override(at)
        if override:
            return override.opens, "" if override.opens else "emergency"
        day = self._day(at)
        if any(start <= at < end for back in _REACH for start, end in self._intervals_of(day - back * _DAY)):
            return True, ""
        special = self.special.get(day)
        return False, "holiday" if special and special.kind == "holiday" else "hours"

    def _override(self, at: datetime) -> Override | None:
        return next((override for override in reversed(self.overrides) if override.covers(at)), None)

    def _next_change(self, at: datetime) -> datetime | None:
        now, moment = self._now(at), at
        quiet = max([self._day(at), *self.special]) + QUIET_DAYS * _DAY
        while True:
            ahead = [edge for each in self.overrides for edge in (each.begins, each.ends) if edge and edge > moment]
            if self._override(moment) or self._day(moment) > quiet:
                if not ahead:
                    return None
                moment = min(ahead)
                quiet = max(quiet, self._day(moment) + QUIET_DAYS * _DAY)
            else:
                moment = min([self._next_edge(moment), *ahead])
            if self._now(moment) != now:
                return moment

    def _next_edge(self, after: datetime) -> datetime:
        """The first end of a span or midnight after this moment."""
        day = self._day(after)
        while True:
            edges = [edge for edge in self._edges(day) if edge > after]
            if edges:
                return min(edges)
            day += _DAY

    def _edges(self, day: date) -> Iterator[datetime]:
        yield self._midnight(day + _DAY)
        for back in _REACH:
            for start, end in self._intervals_of(day - back * _DAY):
                yield start
                yield end

    def _intervals_of(self, day: date) -> tuple[Interval, ...]:
        found = self._intervals.get(day)
        if found is None:
            midnight = datetime.combine(day, time())
            pairs = (
                (
                    _moment(midnight + timedelta(minutes=span.start), self.zone, 0),
                    _ending(midnight + timedelta(minutes=span.end), self.zone),
                )
                for span in self.spans_of(day)
            )
            if len(self._intervals) > 1000:
                self._intervals.clear()
            found = self._intervals[day] = tuple((start, end) for start, end in pairs if start < end)
        return found

    def _midnight(self, day: date) -> datetime:
        return _moment(datetime.combine(day, time()), self.zone, 0)

    def _day(self, at: datetime) -> date:
        """The day this moment belongs to: the last one that has begun."""
        day = at.astimezone(self.zone).date()
        return day + _DAY if self._midnight(day + _DAY) <= at else day


def _ending(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the last minute before this time is over: after its second coming, where it comes twice."""
    minute = timedelta(minutes=1)
    first, last = (_moment(wall - minute, zone, fold) for fold in (0, 1))
    return last + minute if first < last else _moment(wall, zone, 0)


def _holds(known: tuple[datetime, Found], at: datetime) -> bool:
    """Whether what was found holds at this moment too."""
    since, found = known
    return since <= at and (found.changes_at is None or at < found.changes_at)


def _moment(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    """When the clocks of the zone show this time: the first (`fold` 0) or second time; the moment of the jump, when they skip it."""
    first, second = (wall.replace(tzinfo=zone, fold=each).astimezone(UTC) for each in (0, 1))
    if first <= second:
        return second if fold else first
    before, after = second, first  # a gap: the offset from before the jump leads behind it, and the other way round
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
