"""The throttle's moving window."""

from hypothesis import given
from hypothesis import strategies as st

from huying.foundation.throttle import Throttle


def test_it_lets_through_until_the_count_is_reached() -> None:
    throttle = Throttle(3, 60)
    for now in (0.0, 1.0, 2.0):
        assert throttle.wait_seconds("a", now) == 0
        throttle.note("a", now)
    assert throttle.wait_seconds("a", 3.0) == 57
    assert throttle.wait_seconds("b", 3.0) == 0
    assert throttle.wait_seconds("a", 60.5) == 0
    throttle.note("a", 60.5)
    assert throttle.wait_seconds("a", 60.5) == 0.5
    throttle.clear("a")
    assert throttle.wait_seconds("a", 60.5) == 0


@given(st.lists(st.floats(0, 5), max_size=200))
def test_never_more_than_the_count_in_any_window(steps: list[float]) -> None:
    throttle, now, let_through = Throttle(4, 10), 0.0, []
    for step in steps:
        now += step
        if throttle.wait_seconds("a", now) == 0:
            throttle.note("a", now)
            let_through.append(now)
    assert all(later - earlier >= 10 for earlier, later in zip(let_through, let_through[4:], strict=False))
