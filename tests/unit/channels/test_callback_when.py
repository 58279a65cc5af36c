"""When a customer may be called who is given a time: moments, and what keys mean, by the clocks of several businesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.callback.when import ClosedThen, TimePassed, TimeTooFar, TimeUnknown, check, moment, nearest, on_day, typed

SHANGHAI, BERLIN, NEW_YORK = (ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York"))
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai, 09:00 in Berlin


@pytest.mark.parametrize(
    ("keys", "zone", "expected"),
    [
        ("1730", SHANGHAI, "2026-11-23T17:30+08:00"),
        ("1530", SHANGHAI, "2026-11-24T15:30+08:00"),
        ("1530", BERLIN, "2026-11-23T15:30+01:00"),
        ("241000", SHANGHAI, "2026-11-24T10:00+08:00"),
        ("221000", SHANGHAI, "2026-12-22T10:00+08:00"),
        ("311000", SHANGHAI, "2026-12-31T10:00+08:00"),
        ("12010900", SHANGHAI, "2026-12-01T09:00+08:00"),
        ("01050900", SHANGHAI, "2027-01-05T09:00+08:00"),
    ],
)
def test_keys(keys: str, zone: ZoneInfo, expected: str) -> None:
    assert typed(keys, zone, NOW) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "keys", ["", "1", "2500", "0960", "321000", "13011000", "02301000", "abcd", "123456789", "\uff11\uff15\uff13\uff10"]
)
def test_no_time(keys: str) -> None:
    with pytest.raises(TimeUnknown):
        typed(keys, SHANGHAI, NOW)


def test_a_day_that_has_just_passed_is_not_taken_for_next_years() -> None:
    with pytest.raises(TimePassed):
        typed("11221000", SHANGHAI, NOW)


def test_the_clocks_jump() -> None:
    spring = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    assert typed("290230", BERLIN, spring) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "skipped: the moment of the jump"
    autumn = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    assert typed("250230", BERLIN, autumn) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "twice: the first one"


def test_texts() -> None:
    assert moment("2026-11-24T10:00", SHANGHAI) == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert moment("2026-11-24T10:00", NEW_YORK) == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert moment("2026-11-24T10:00Z", NEW_YORK) == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    with pytest.raises(TimeUnknown):
        moment("soon", SHANGHAI)


class From:
    """Open from then on."""

    def __init__(self, opens_at: datetime) -> None:
        self.opens_at = opens_at

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        """See Opening."""
        return (True, "", None) if at >= self.opens_at else (False, "holiday", self.opens_at)


def test_what_may_be() -> None:
    check(NOW + timedelta(minutes=1), NOW, None, 30)
    check(NOW + timedelta(hours=2), NOW, From(NOW + timedelta(hours=1)), 30)
    with pytest.raises(TimePassed):
        check(NOW, NOW, None, 30)
    with pytest.raises(TimeTooFar):
        check(NOW + timedelta(days=31), NOW, None, 30)
    with pytest.raises(ClosedThen) as refused:
        check(NOW + timedelta(minutes=5), NOW, From(NOW + timedelta(hours=1)), 30)
    assert refused.value.details == {"field": "at", "why": "holiday", "opens_at": "2026-11-23T09:00:00+00:00"}


@given(
    st.integers(0, 2 * 366 * 86400).map(lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from([SHANGHAI, BERLIN, NEW_YORK]),
)
def test_the_next_such_time_is_within_a_day_and_shows_on_the_clock(now: datetime, hour: int, minute: int, zone: ZoneInfo) -> None:
    at = typed(f"{hour:02}{minute:02}", zone, now)
    assert now < at <= now + timedelta(hours=26)
    shown = at.astimezone(zone)
    assert (shown.hour, shown.minute) == (hour, minute) or shown.utcoffset() != (at - timedelta(seconds=2)).astimezone(zone).utcoffset()


class OfficeHours:
    """Nine to six on working days, in Shanghai."""

    def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
        local = at.astimezone(SHANGHAI)
        works = local.weekday() < 5
        if works and 9 <= local.hour < 18:
            return True, "", local.replace(hour=18, minute=0, second=0, microsecond=0)
        ahead = 0 if works and local.hour < 9 else 1
        opens = (local + timedelta(days=ahead)).replace(hour=9 if (local + timedelta(days=ahead)).weekday() < 5 else 0, minute=0)
        return False, "hours", opens.replace(second=0, microsecond=0)


@pytest.mark.parametrize(("days", "keys", "expected"), [(0, "1530", "2026-11-23T15:30"), (1, "0000", "2026-11-24T00:00")])
def test_keys_on_a_day(days: int, keys: str, expected: str) -> None:
    assert on_day(days, keys, SHANGHAI, NOW) == datetime.fromisoformat(expected + "+08:00")


@pytest.mark.parametrize("keys", ["", "153", "2400", "0960", "15300"])
def test_no_time_on_any_day(keys: str) -> None:
    with pytest.raises(TimeUnknown):
        on_day(0, keys, SHANGHAI, NOW)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("2026-11-23T15:30", "2026-11-23T16:15"),  # passed: a little ahead
        ("2026-11-23T16:32", "2026-11-23T16:45"),
        ("2026-11-23T20:00", "2026-11-24T09:00"),
        ("2026-11-27T18:00", "2026-11-30T09:00"),  # a Friday evening
        ("2027-11-27T18:00", ""),
    ],
)
def test_the_next_possible_time(wanted: str, expected: str) -> None:
    found = nearest(datetime.fromisoformat(wanted + "+08:00"), NOW, OfficeHours(), 90)
    assert found == (datetime.fromisoformat(expected + "+08:00") if expected else None)


@given(st.timedeltas(timedelta(days=-10), timedelta(days=100)))
def test_what_is_offered_can_be_booked(ahead: timedelta) -> None:
    found = nearest(NOW + ahead, NOW, OfficeHours(), 90)
    if found:
        check(found, NOW, OfficeHours(), 90)


def test_a_queue_that_never_opens_offers_nothing() -> None:
    class Never:
        def state(self, at: datetime) -> tuple[bool, str, datetime | None]:
            del at
            return False, "closed", None

    assert nearest(NOW, NOW, Never(), 90) is None
    assert nearest(NOW + timedelta(hours=1), NOW, None, 90) == NOW + timedelta(hours=1)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00", "9999-12-31T23:59:59"])
def test_the_ends_of_the_calendar_are_no_times(text: str) -> None:
    with pytest.raises(TimeUnknown):
        moment(text, SHANGHAI if text.startswith("0") else NEW_YORK)
