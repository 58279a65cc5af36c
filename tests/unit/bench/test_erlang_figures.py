"""The bench of the theory: the router does what the recursion says, and the figures are the worst errors."""

from __future__ import annotations

import pytest
from bench.erlang import Point, figures, measure, table
from bench.simulated.theory import Centre, Met, by_recursion

from huying.analytics.erlang import Waiting


def test_the_router_serves_call_for_call_as_the_recursion() -> None:
    for centre in (Centre(3, 0.8), Centre(4, 1.2, 120.0)):
        point = measure(centre, 200_000, seeds=(1,), calls=1500)
        assert point.same == 1.0
        assert point.calls == 1500


def test_the_recursion_by_hand() -> None:
    met = Met(each=[])
    by_recursion(([1.0, 1.0, 1.0, 1.0], [10.0, 5.0, 1.0, 1.0], [99.0, 99.0, 2.0, 99.0]), met, [0.0])
    assert met.each == [(0.0, False), (9.0, False), (2.0, True), (12.0, False)]
    assert (met.waited, met.gave_up) == (3, 1)


def test_the_figures_are_the_worst() -> None:
    theory = Waiting(0.5, 10.0, 0.1)
    one = Point(Centre(2, 0.5), theory, Waiting(0.51, 10.1), Waiting(0.4, 9.0), 1.0, 10)
    two = Point(Centre(2, 0.5, 60.0), theory, Waiting(0.5, 10.0, 0.104), theory, 0.9, 10)
    found = figures([one, two])
    assert found["erlang_c_error"] == pytest.approx(0.02)
    assert found["erlang_a_error"] == pytest.approx(0.04)
    assert found["least_same"] == 0.9
    assert table([one, two]).count("\n") == 6
