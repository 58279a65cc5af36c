"""Scenarios are read with clear messages, and rule sets change nothing but rules."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from huying.analytics.simulation.distributions import Distribution, Lognormal, Steps
from huying.analytics.simulation.plan import plan_day
from huying.analytics.simulation.rules import DailyHours, configured
from huying.analytics.simulation.scenario_file import InvalidScenario, load_scenario, read_scenario

SMALL: dict[str, Any] = {
    "name": "small",
    "date": "2026-03-02",
    "opens": "09:00",
    "closes": "12:00",
    "queues": {"front": {"groups": ["front"]}},
    "agents": [{"name": "a", "count": 3, "groups": ["front"], "works": "09:00-12:30"}],
    "customers": [{"name": "all", "queue": "front", "per_hour": 60, "patience": {"exponential": 120}, "talk": {"exponential": 150}}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    told = copy.deepcopy(SMALL)
    place: Any = told
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return told


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("customers.0.queue", "back", "there is no queue “back”; the queues are front"),
        ("customers.0.customer_class", "vip", "there is no class “vip”"),
        ("customers.0.talk", {"exponential": 5, "constant": 3}, "exactly one of"),
        ("customers.0.talk", {"empirical": []}, "at least one value"),
        ("customers.0.talk", {"uniform": [5, 1]}, "least, most"),
        ("customers.0.paitence", 5, "this word is not known here"),
        ("customers.0.per_hour", {"9 o'clock": 5}, "no time of day"),
        ("agents.0.works", "09:00", "no span of time"),
        ("agents.0.groups", ["other"], "no agent is in front"),
        ("queues.front.strategy", "loudest", "strategy is one of"),
        ("queues.front.requirements", "english > 3", "line 1, column"),
        ("queues.front.door", {"actions": {"full": {"do": "overflow", "target": "moon"}}}, "there is no queue “moon”"),
        ("time_zone", "Mars/Olympus", "there is no “Mars/Olympus”"),
        ("closes", "08:00", "closes must be after opens"),
        ("agents", [], "agents"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: str, value: Any, says: str) -> None:
    with pytest.raises(InvalidScenario, match=says.replace("(", r"\(")):
        for scenario in read_scenario(changed(path, value)).values():
            configured(scenario)


def test_a_file_that_is_none_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(InvalidScenario, match="cannot be read"):
        load_scenario(tmp_path / "none.yaml")
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InvalidScenario, match="is no YAML"):
        load_scenario(tmp_path / "bad.yaml")
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    with pytest.raises(InvalidScenario, match="says nothing"):
        load_scenario(tmp_path / "empty.yaml")


def test_rule_sets_meet_the_same_customers() -> None:
    told = changed("rule_sets", {"few": {"agents": {"a": {"count": 1}}}, "many": {"queues": {"front": {"offer_seconds": 9}}}})
    few, many = read_scenario(told).values()
    assert (few.agents[0].count, many.agents[0].count) == (1, 3)
    assert (few.queues["front"].offer_seconds, many.queues["front"].offer_seconds) == (20, 9)
    assert plan_day(few).customers == plan_day(many).customers
    assert plan_day(few, 1).customers != plan_day(few, 0).customers


def test_a_rule_set_for_agents_who_are_not_there() -> None:
    with pytest.raises(InvalidScenario, match="no agents “b”"):
        read_scenario(changed("rule_sets", {"x": {"agents": {"b": {"count": 1}}}}))


def test_the_samples_are_valid() -> None:
    for path in (Path(__file__).resolve().parents[4] / "docs" / "scenarios").glob("*.yaml"):
        for scenario in load_scenario(path).values():
            configured(scenario)


def test_the_page_about_it_shows_a_valid_one() -> None:
    page = (Path(__file__).resolve().parents[4] / "docs" / "simulation.md").read_text(encoding="utf-8")
    shown = yaml.safe_load(page.split("```yaml\n")[1].split("```")[0])
    assert configured(read_scenario(shown)[""]).queues["front"].requirements.lines


@given(st.sampled_from(["constant", "exponential", "lognormal", "uniform", "empirical"]), st.lists(st.floats(0, 0.999), min_size=2))
def test_distributions_rise_with_their_share(kind: str, shares: list[float]) -> None:
    told = {
        "constant": 5.0,
        "exponential": 5.0,
        "lognormal": Lognormal(mean=5, cv=0.7),
        "uniform": (1.0, 9.0),
        "empirical": [1.0, 4.0, 9.0],
    }
    distribution = Distribution.model_validate({kind: told[kind]})
    values = [distribution.at(share) for share in sorted(shares)]
    assert all(0 <= one <= two for one, two in pairwise(values))


@pytest.mark.parametrize("told", [{"exponential": 40.0}, {"lognormal": {"mean": 40.0, "cv": 0.8}}, {"uniform": [10.0, 70.0]}])
def test_distributions_have_their_mean(told: dict[str, Any]) -> None:
    distribution = Distribution.model_validate(told)
    values = [distribution.at((place + 0.5) / 20_000) for place in range(20_000)]
    assert sum(values) / len(values) == pytest.approx(40.0, rel=0.01)


def test_arrivals_follow_the_steps() -> None:
    dice = Random(5)
    steps = Steps({0.0: 0.0, 3600.0: 600.0, 7200.0: 60.0}, 0.0, 14_400.0)
    counts = [0] * 4
    for _ in range(50):
        for moment in steps.moments(lambda: dice.expovariate(1.0)):
            counts[int(moment // 3600)] += 1
    assert counts[0] == 0
    assert counts[1] / 50 == pytest.approx(600, rel=0.05)
    assert counts[2] / 50 == pytest.approx(60, rel=0.1)
    assert counts[3] / 50 == pytest.approx(60, rel=0.1)


def test_nobody_comes_before_the_first_step() -> None:
    ones = count()
    assert all(moment >= 7200 for moment in Steps({7200.0: 60.0}, 0.0, 14_400.0).moments(lambda: 1.0 + 0 * next(ones)))


def test_daily_hours() -> None:
    hours = DailyHours(((9 * 3600.0, 18 * 3600.0),), ZoneInfo("Asia/Shanghai"))
    assert hours.state(datetime(2026, 3, 2, 0, 59, tzinfo=UTC))[:2] == (False, "hours")
    is_open, why, until = hours.state(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    assert (is_open, why) == (True, "")
    assert until is not None and until.astimezone(UTC) == datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
