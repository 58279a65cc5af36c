"""A burst, then a steady trickle; each key for itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.foundation.errors import TooMany
from huying.foundation.rate_limit import RateLimit

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_burst_then_one_in_so_many_seconds() -> None:
    limit = RateLimit(burst=3, seconds=10)
    for _ in range(3):
        limit.take("a", START)
    with pytest.raises(TooMany) as refused:
        limit.take("a", START)
    assert refused.value.details["retry_after_seconds"] == 10
    limit.take("b", START)
    limit.take("a", START + timedelta(seconds=10))
    with pytest.raises(TooMany):
        limit.take("a", START + timedelta(seconds=11))
    limit.forget("a")
    limit.take("a", START + timedelta(seconds=11))


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 5))
def test_never_more_than_burst_and_refill(waits: list[float], burst: int) -> None:
    limit, moment, taken = RateLimit(burst, seconds=4), 0.0, list[float]()
    for wait in waits:
        moment += wait
        try:
            limit.take("k", START + timedelta(seconds=moment))
            taken.append(moment)
        except TooMany:
            continue
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            assert last - first + 1 <= burst + (taken[last] - taken[first]) / 4 + 1
