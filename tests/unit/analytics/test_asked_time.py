"""Times in addresses: moments, days of the business, and what is neither."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.analytics.asked_time import moment_of, range_of
from huying.foundation.errors import InvalidInput

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "end", "wanted"),
    [
        ("2026-05-01", False, datetime(2026, 4, 30, 16, tzinfo=UTC)),
        ("2026-05-01", True, datetime(2026, 5, 1, 16, tzinfo=UTC)),
        ("2026-05-01T08:00:00Z", True, datetime(2026, 5, 1, 8, tzinfo=UTC)),
        ("2026-05-01T08:00:00", False, datetime(2026, 5, 1, 0, tzinfo=UTC)),
        ("2026-05-01T08:00:00+02:00", False, datetime(2026, 5, 1, 6, tzinfo=UTC)),
        ("2026-05-01T08:00:00 02:00", False, datetime(2026, 5, 1, 6, tzinfo=UTC)),
    ],
)
def test_moments(text: str, end: bool, wanted: datetime) -> None:
    assert moment_of(text, SHANGHAI, end=end) == wanted


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "9999-12-31", "2026-05-01T99:00", "1-1-1"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        moment_of(text, SHANGHAI, end=True)


def test_without_times_the_range_is_today() -> None:
    now = datetime(2026, 5, 1, 20, tzinfo=UTC)
    span = range_of("", "", SHANGHAI, now)
    assert (span.start, span.end) == (datetime(2026, 5, 1, 16, tzinfo=UTC), datetime(2026, 5, 2, 16, tzinfo=UTC))
    assert range_of("2026-04-01", "", SHANGHAI, now).end == span.end
    assert range_of("2026-04-01", "2026-04-01", SHANGHAI, now).end - range_of("2026-04-01", "", SHANGHAI, now).start == timedelta(days=1)
