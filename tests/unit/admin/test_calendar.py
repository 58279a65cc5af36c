"""Business hours against a minute-by-minute count of their own: every zone, every jump of the clocks, holidays and overrides."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.admin.calendar.calendar import ALWAYS, Calendar, Override, Span, SpecialDay

MINUTE = timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (*((Span(9 * 60, 18 * 60),),) * 5, (), ())
HOUSE_AROUND = 4
"""Days that a test looks at."""

JUMPS = {
    "Asia/Shanghai": date(2026, 11, 20),
    "America/New_York": date(2026, 3, 7),
    "Europe/Berlin": date(2026, 10, 24),
    "Australia/Lord_Howe": date(2026, 4, 4),
    "America/Havana": date(2026, 10, 31),
    "America/Sao_Paulo": date(2018, 11, 3),
    "Asia/Beirut": date(2026, 3, 28),
    "Pacific/Apia": date(2011, 12, 29),
}
"""Zones and a day before their clocks do something."""


class Count:
    """What a patient person with a list of all minutes would say."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        self.calendar = calendar
        self.zone = calendar.zone
        begin = datetime.combine(first - timedelta(days=3), time(), UTC)
        self.minutes = [begin + MINUTE * number for number in range((HOUSE_AROUND + 7) * 1440)]
        self.walls = [minute.astimezone(self.zone).replace(tzinfo=None) for minute in self.minutes]
        days = [first + timedelta(days=number) for number in range(-4, HOUSE_AROUND + 5)]
        self.begins = {day: self._first(datetime.combine(day, time())) for day in days}
        self.intervals = [
            (self._first(self._wall(day, span.start)), self._last(self._wall(day, span.end)))
            for day in days
            for span in calendar.spans_of(day)
        ]

    def _wall(self, day: date, minutes: int) -> datetime:
        return datetime.combine(day, time()) + MINUTE * minutes

    def _first(self, wall: datetime) -> datetime:
        return next((at for at, shown in zip(self.minutes, self.walls, strict=True) if shown >= wall), datetime.max.replace(tzinfo=UTC))

    def _last(self, wall: datetime) -> datetime:
        pairs = zip(reversed(self.minutes), reversed(self.walls), strict=True)
        return next((at + MINUTE for at, shown in pairs if shown < wall), datetime.min.replace(tzinfo=UTC))

    def state(self, at: datetime) -> tuple[bool, str]:
        """Open or not, and why not."""
        for override in reversed(self.calendar.overrides):
            if override.covers(at):
                return override.opens, "" if override.opens else "emergency"
        if any(start <= at < end for start, end in self.intervals):
            return True, ""
        day = max(day for day, begin in self.begins.items() if begin <= at)
        special = self.calendar.special.get(day)
        return False, "holiday" if special and special.kind == "holiday" else "hours"


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    starts = draw(st.lists(st.integers(0, 95), max_size=2, unique=True))
    return tuple(sorted(Span(start * 15, start * 15 + draw(st.integers(1, 96)) * 15) for start in starts))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    zone = draw(st.sampled_from(sorted(JUMPS)))
    first = JUMPS[zone]
    weekly = tuple(draw(st.one_of(spans(), st.just((Span(0, 1440),)))) for _ in range(7))
    kinds = st.sampled_from(["holiday", "working", "special"])
    special = {
        first + timedelta(days=draw(st.integers(-1, HOUSE_AROUND))): SpecialDay(draw(kinds), "x", draw(st.one_of(st.none(), spans())))
        for _ in range(draw(st.integers(0, 3)))
    }
    midnight = datetime.combine(first, time(), UTC)
    overrides = []
    for _ in range(draw(st.integers(0, 2))):
        begins = midnight + MINUTE * draw(st.integers(0, HOUSE_AROUND * 1440))
        ends = draw(st.one_of(st.none(), st.integers(1, 3000).map(lambda length, begins=begins: begins + MINUTE * length)))
        overrides.append(Override(draw(st.booleans()), begins, ends))
    return Calendar(ZoneInfo(zone), weekly, special, tuple(overrides), draw(st.integers(0, 6))), first


@settings(max_examples=60, deadline=None)
@given(calendars(), st.lists(st.integers(0, HOUSE_AROUND * 1440 * 60), min_size=3, max_size=8))
def test_like_the_count_of_every_minute(made: tuple[Calendar, date], seconds: list[int]) -> None:
    calendar, first = made
    count = Count(calendar, first)
    midnight = datetime.combine(first, time(), UTC)
    end = midnight + timedelta(days=HOUSE_AROUND)
    for second in seconds:
        at = midnight + timedelta(seconds=second)
        is_open, why, changes_at = calendar.state(at)
        floor = at.replace(second=0)
        assert (is_open, why) == count.state(floor)
        ahead = [minute for minute in count.minutes if floor < minute < end and count.state(minute) != (is_open, why)]
        if ahead:
            assert changes_at == ahead[0]
            assert calendar.state(changes_at - timedelta(microseconds=1))[:2] == (is_open, why)
            assert calendar.state(changes_at)[:2] == count.state(changes_at) != (is_open, why)
        else:
            assert changes_at is None or changes_at >= end


@settings(max_examples=100, deadline=None)
@given(calendars(), st.lists(st.integers(0, HOUSE_AROUND * 1440), min_size=2, max_size=10))
def test_what_was_asked_before_changes_no_answer(made: tuple[Calendar, date], minutes: list[int]) -> None:
    calendar, first = made
    for minute in minutes:
        at = datetime.combine(first, time(), UTC) + MINUTE * minute
        fresh = Calendar(calendar.zone, calendar.weekly, calendar.special, calendar.overrides, calendar.make_up_weekday)
        assert calendar.look(at) == fresh.look(at)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_an_office_week() -> None:
    office = Calendar(SHANGHAI, OFFICE)
    assert office.state(at("2026-11-20 17:59")) == (True, "", at("2026-11-20 18:00"))
    assert office.state(at("2026-11-20 18:00")) == (False, "hours", at("2026-11-23 09:00"))


def test_always_open_never_changes() -> None:
    assert Calendar(ZoneInfo("Europe/Berlin"), ALWAYS).state(at("2026-10-25 02:30", "Europe/Berlin")) == (True, "", None)
    assert Calendar(SHANGHAI, ((),) * 7).state(at("2026-10-25 02:30")) == (False, "hours", None)


def test_the_chinese_national_day_and_its_make_up_days() -> None:
    special = {date(2026, 10, day): SpecialDay("holiday", "国庆节") for day in range(1, 8)}
    special |= {date(2026, 9, 20): SpecialDay("working", "国庆节"), date(2026, 10, 10): SpecialDay("working", "国庆节")}
    office = Calendar(SHANGHAI, OFFICE, special)
    assert office.state(at("2026-09-20 10:00"))[0], "a Sunday on which one works"
    assert office.state(at("2026-09-30 18:00")) == (False, "hours", at("2026-10-01 00:00"))
    assert office.state(at("2026-10-01 10:00")) == (False, "holiday", at("2026-10-08 00:00"))
    assert office.state(at("2026-10-08 00:00")) == (False, "hours", at("2026-10-08 09:00"))
    assert office.state(at("2026-10-10 08:00")) == (False, "hours", at("2026-10-10 09:00"))


def test_a_night_shift_and_a_holiday() -> None:
    night = Calendar(SHANGHAI, ((Span(22 * 60, 30 * 60),),) * 7, {date(2026, 1, 1): SpecialDay("holiday")})
    assert night.state(at("2026-01-01 03:00")) == (True, "", at("2026-01-01 06:00")), "the shift of New Year's Eve is finished"
    assert night.state(at("2026-01-01 23:00")) == (False, "holiday", at("2026-01-02 00:00")), "that of New Year's Day does not begin"
    assert night.state(at("2026-01-02 00:00")) == (False, "hours", at("2026-01-02 22:00"))


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ("2026-03-08", "2026-03-08T07:00+00:00", "2026-03-08T07:30+00:00"),
        ("2026-11-01", "2026-11-01T05:30+00:00", "2026-11-01T08:30+00:00"),
    ],
)
def test_when_the_clocks_jump(day: str, opens: str, closes: str) -> None:
    sunday = Calendar(ZoneInfo("America/New_York"), (*((),) * 6, (Span(150 if day < "2026-06" else 90, 210),)))
    first = sunday.state(at(f"{day} 00:00", "America/New_York"))
    assert first == (False, "hours", datetime.fromisoformat(opens))
    assert sunday.state(datetime.fromisoformat(opens)) == (True, "", datetime.fromisoformat(closes))


def test_where_midnight_comes_twice_a_day_ends_at_the_first() -> None:
    saturday = Calendar(ZoneInfo("America/Havana"), (*((),) * 5, (Span(0, 1440),), ()))
    assert saturday.state(at("2026-10-31 12:00", "America/Havana"))[2] == datetime(2026, 11, 1, 4, tzinfo=UTC)
    until_half_past = Calendar(ZoneInfo("America/Havana"), (*((),) * 5, (Span(0, 1470 - 60),), (Span(0, 30),)))
    sunday = datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert until_half_past.state(sunday) == (True, "", sunday + timedelta(minutes=90))


def test_the_override_set_last_counts() -> None:
    closed = Override(False, at("2026-11-20 10:00"), None, "water in the server room")
    open_again = Override(True, at("2026-11-20 11:00"), at("2026-11-20 20:00"))
    office = Calendar(SHANGHAI, OFFICE, overrides=(closed, open_again))
    assert office.state(at("2026-11-20 09:30")) == (True, "", at("2026-11-20 10:00"))
    assert office.state(at("2026-11-20 10:30")) == (False, "emergency", at("2026-11-20 11:00"))
    assert office.state(at("2026-11-20 19:00")) == (True, "", at("2026-11-20 20:00"))
    assert office.state(at("2026-11-20 20:00")) == (False, "emergency", None)
    assert office.look(at("2026-11-20 10:30")).override == closed


def test_a_closing_a_century_ahead_is_found_at_once() -> None:
    closed = Override(False, at("2126-01-01 00:00"), at("2226-01-01 00:00"))
    always = Calendar(SHANGHAI, overrides=(closed,))
    assert always.state(at("2026-01-01 00:00"))[2] == closed.begins
    assert always.state(at("2126-01-02 00:00")) == (False, "emergency", closed.ends)
