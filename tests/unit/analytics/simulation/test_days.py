"""Simulated days: equal seeds give equal days, everything adds up, and what is planned happens."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.analytics.simulation.charts import Series, lines, nice_top
from huying.analytics.simulation.command import run
from huying.analytics.simulation.day import play
from huying.analytics.simulation.outcome import simulate
from huying.analytics.simulation.page import as_page
from huying.analytics.simulation.plan import plan_day
from huying.analytics.simulation.rules import configured
from huying.analytics.simulation.scenario_file import read_scenario
from huying.analytics.simulation.text import as_text
from huying.foundation.journal.entry import Entry
from journeys.adding_up import assert_adds_up

MIXED: dict[str, Any] = {
    "name": "mixed",
    "date": "2026-03-02",
    "opens": "09:00",
    "closes": "10:30",
    "classes": {"vip": {"head_start_seconds": 120}},
    "queues": {
        "front": {
            "groups": ["front"],
            "requirements": "after 60 s also group back; after 240 s overflow to queue second",
            "after_call_seconds": 40,
            "door": {"most_waiting": 12, "actions": {"full": {"do": "voicemail"}}},
        },
        "second": {"groups": ["back"], "open": "09:10-10:15", "strategy": "ring_all", "door": {"most_seconds": 200}},
    },
    "agents": [
        {
            "name": "a", "count": 5, "groups": ["front"], "works": "09:00-10:40", "misses": 0.1, "pace": 1.2,
            "breaks": [{"at": "09:40", "minutes": 10, "within_minutes": 20}], "answers_after": {"exponential": 6},
        },
        {"name": "b", "count": 2, "groups": {"back": 7}, "works": ["09:00-09:50", "10:00-10:40"]},
    ],
    "customers": [
        {
            "name": "all", "queue": "front", "per_hour": {"09:00": 150, "10:00": 80}, "patience": {"exponential": 150},
            "talk": {"exponential": 150}, "after_call": {"exponential": 30}, "callback": {"share": 0.3, "after_seconds": 20},
            "transfer": {"share": 0.2, "queue": "second"},
        },
        {"name": "vips", "queue": "front", "customer_class": "vip", "per_hour": 15, "talk": 90},
    ],
}  # fmt: skip


def journal(told: dict[str, Any], number: int = 0) -> list[Entry]:
    scenario = next(iter(read_scenario(told).values()))
    entries: list[Entry] = []
    play(plan_day(scenario, number), configured(scenario), entries.append, seed=scenario.seed + number)
    return entries


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["longest_idle", "ring_all", "round_robin", "fewest_contacts", "weighted_random"]))
def test_every_day_adds_up(seed: int, strategy: str) -> None:
    told = copy.deepcopy(MIXED) | {"seed": seed}
    told["queues"]["front"]["strategy"] = strategy
    assert_adds_up(journal(told))


def test_equal_seeds_give_equal_days_and_others_do_not() -> None:
    assert journal(MIXED) == journal(MIXED)
    assert journal(MIXED) != journal(MIXED | {"seed": 2})
    assert journal(MIXED) != journal(MIXED, 1)


def test_everything_that_can_happen_does() -> None:
    outcome = simulate(next(iter(read_scenario(MIXED | {"days": 3}).values())))
    assert outcome.adds_up
    whole = outcome.queues.total
    assert min(whole.answered, whole.abandoned, whole.overflowed, whole.called_back, whole.refused + whole.ended + whole.voicemail) > 0
    assert whole.overflowed == whole.from_overflow
    assert whole.called_back == whole.from_callback
    assert whole.from_transfer == whole.transferred > 0
    assert whole.after_call_ms > 0
    staff = outcome.agents.total
    assert staff.timed_out > 0 and staff.withdrawn > 0
    assert outcome.agents.by_key["b-1"].signed_in_ms >= 3 * 90 * 60_000


def test_more_people_serve_better() -> None:
    few, many = read_scenario(MIXED | {"rule_sets": {"few": {}, "many": {"agents": {"a": {"count": 9}, "b": {"count": 6}}}}}).values()
    one, two = simulate(few), simulate(many)
    assert {m.contact_id for m in one.measures if m.origin == "first"} == {m.contact_id for m in two.measures if m.origin == "first"}
    assert two.queues.total.abandoned < one.queues.total.abandoned


def test_nobody_waits_for_a_machine_that_stands_still() -> None:
    """With an agent for everybody all are answered after the ringing."""
    told = copy.deepcopy(MIXED)
    told["agents"] = [{"name": "a", "count": 200, "groups": ["front", "back"], "works": "09:00-11:00", "answers_after": 2}]
    told["customers"] = [{"name": "all", "queue": "front", "per_hour": 300, "talk": 100}]
    outcome = simulate(next(iter(read_scenario(told).values())))
    assert outcome.queues.total.answered == outcome.queues.total.offered > 0
    assert {measure.wait_ms for measure in outcome.measures} == {2000}


def test_the_command_prints_and_writes(tmp_path: Path) -> None:
    import yaml

    scenario, page = tmp_path / "mixed.yaml", tmp_path / "page.html"
    scenario.write_text(yaml.safe_dump(MIXED | {"rule_sets": {"A": {}, "B": {"queues": {"front": {"requirements": ""}}}}}))
    shown: list[str] = []
    assert run(scenario, None, page, None, "en", lambda _: None, shown.append) == 0
    assert "the figures add up" in shown[0] and "same customers" in shown[0]
    html = page.read_text()
    assert html.count("<svg") == 4 and "<script" not in html and "http" not in html
    assert run(scenario, scenario, None, 1, "zh-CN", lambda _: None, shown.append) == 0
    assert "指标恒等式成立" in shown[1] and "A (2)" in shown[1]


def test_after_call_work_is_as_long_as_it_is_granted() -> None:
    """Longer than the queue gives at first: it is extended, but not beyond the most."""
    lengths = {}
    for most in (40, 100, 1000):
        told = copy.deepcopy(MIXED)
        told["queues"] = {"front": {"groups": ["front", "back"], "after_call_seconds": 40, "after_call_most_seconds": most}}
        told["customers"] = [{"name": "all", "queue": "front", "per_hour": 30, "talk": 60, "after_call": 120}]
        told["agents"] = [{"name": "a", "count": 40, "groups": ["front"], "works": "09:00-12:00"}]
        outcome = simulate(next(iter(read_scenario(told).values())))
        lengths[most] = {measure.after_call_ms for measure in outcome.measures}
    assert lengths == {40: {40_000}, 100: {100_000}, 1000: {120_000}}


def test_whoever_is_never_served_does_not_keep_the_day_from_its_end() -> None:
    told = copy.deepcopy(MIXED)
    told["agents"] = [{"name": "a", "groups": ["front", "back"], "works": "09:00-09:01"}]
    told["customers"] = [{"name": "all", "queue": "front", "per_hour": 30, "talk": 60}]
    told["queues"]["front"]["requirements"] = ""
    told["queues"]["front"]["door"] = {}
    outcome = simulate(next(iter(read_scenario(told).values())))
    assert outcome.adds_up and outcome.queues.total.waiting > 0


@pytest.mark.parametrize(
    ("do", "ending"),
    [("voicemail", "voicemail"), ("forward", "forwarded"), ("menu", "self_served"), ("goodbye", "refused"), ("callback", "called_back")],
)
def test_who_finds_the_line_full_goes_where_the_queue_says(do: str, ending: str) -> None:
    told = copy.deepcopy(MIXED)
    told["queues"]["front"] = {"groups": ["front"], "door": {"most_waiting": 2, "actions": {"full": {"do": do}}}}
    outcome = simulate(next(iter(read_scenario(told).values())))
    assert outcome.adds_up and getattr(outcome.queues.by_key["front"], ending) > 0


def test_the_error_of_the_estimate_is_told_when_enough_were_asked() -> None:
    told = copy.deepcopy(MIXED)
    told["queues"] = {"front": {"groups": ["front"]}, "second": {"groups": ["back"]}}
    told["customers"] = [{"name": "all", "queue": "front", "per_hour": 200, "talk": {"exponential": 120}, "patience": {"exponential": 900}}]
    outcome = simulate(next(iter(read_scenario(told).values())))
    assert outcome.estimates.told(10) is not None
    assert "mean of the last 20" in as_text([outcome]) and "mean of the last 20" in as_page([outcome])


def test_lines_have_gaps_and_scales_are_round() -> None:
    svg = lines(["a", "b", "c", "d"], [Series("x", [1.0, None, 2.0, 3.0], 0)])
    assert svg.count("<polyline") == 1 and svg.count("<circle") == 3
    assert [nice_top(most) for most in (0, 0.03, 0.9, 7, 256, 1001)] == pytest.approx([1, 0.03, 1, 8, 300, 1200])


def test_columns_stand_below_each_other() -> None:
    text = as_text([simulate(next(iter(read_scenario(MIXED).values())))], "en")
    table = text.split("Queues\n")[1].split("\n\n")[0].splitlines()
    assert len({len(line) for line in table}) == 1


def test_a_page_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    import yaml

    from huying.analytics.simulation.scenario_file import InvalidScenario

    scenario = tmp_path / "mixed.yaml"
    scenario.write_text(yaml.safe_dump(MIXED))
    with pytest.raises(InvalidScenario, match="cannot be written"):
        run(scenario, None, tmp_path / "no" / "page.html", None, "en", lambda _: None, lambda _: None)
