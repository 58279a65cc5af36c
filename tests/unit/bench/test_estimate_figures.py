"""The bench of the estimate: what is counted, and that a small day already tells ours from the naive one."""

from __future__ import annotations

import pytest
from bench.estimate import Told, figures, listen, tables
from bench.simulated.days import DAYS, ONE_QUEUE

from huying.analytics.simulation.rules import configured
from huying.analytics.simulation.scenario_file import read_scenario


def test_the_figures_are_medians_of_long_places() -> None:
    told = [
        Told("day", 3, 100.0, 900.0, 900.0, 900.0),
        Told("day", 10, 100.0, 110.0, 105.0, 150.0),
        Told("day", 12, 100.0, 80.0, 90.0, 60.0),
        Told("day", 40, 200.0, 190.0, 200.0, 500.0),
    ]
    found = figures(told)
    assert found["people"] == 3
    assert found["median_abs_error"] == pytest.approx(0.1)
    assert found["oracle_median_abs_error"] == pytest.approx(0.05)
    assert found["naive_median_abs_error"] == pytest.approx(0.5)
    assert "| 2-4 | 1 |" in tables(told)


def test_a_short_day() -> None:
    day = ONE_QUEUE | {"opens": "09:00", "closes": "12:00"}
    (heard,) = listen(day, 1, 3)
    found = figures(heard.told)
    assert float(str(found["median_abs_error"])) < 0.3
    assert float(str(found["median_abs_error"])) < float(str(found["naive_median_abs_error"]))


def test_the_days_are_valid() -> None:
    for day in DAYS:
        for scenario in read_scenario(day).values():
            configured(scenario)
