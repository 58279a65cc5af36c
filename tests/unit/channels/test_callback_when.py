"""When a customer may be called who is given a time: moments, and what keys mean, by the clocks of several businesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.callback.when import ClosedThen, TimePassed, TimeTooFar, TimeUnknown, check, moment, typed

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
