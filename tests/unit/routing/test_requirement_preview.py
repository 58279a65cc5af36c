"""Who could take it now and later: everybody in the circle with what stands in the way, and the steps in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from huying.routing.configuration import GroupSettings, QueueSettings, RoutingSettings, SkillSettings
from huying.routing.router.presence import Presence, State, Status, Work
from huying.routing.router.requirements import Requirements
from huying.routing.router.work import AgentProfile, QueueRules
from huying.routing.rules.check import check_circles
from huying.routing.rules.format import describe_step
from huying.routing.rules.loading import with_requirements
from huying.routing.rules.names import names_of
from huying.routing.rules.preview import preview
from huying.routing.rules.text import parse_requirements

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ROUTING = RoutingSettings(
    queues={
        "q": QueueSettings(QueueRules("q", "b", "service", Requirements(frozenset({"g1"}))), {"en": "Service"}, groups=("g1",)),
        "q2": QueueSettings(QueueRules("q2", "b", "product"), {"en": "Product", "zh-CN": "产品"}),
        "other": QueueSettings(QueueRules("other", "c", "other"), {}),
    },
    agents={},
    groups={"g1": GroupSettings("g1", "b", "first", {"en": "First line", "zh-CN": "一线"}), "g2": GroupSettings("g2", "b", "second", {})},
    skills={"s": SkillSettings("s", "b", "en", {"en": "English", "zh-CN": "英语"}, "language"), "x": SkillSettings("x", "c", "fr", {})},
)
NAMES = names_of(ROUTING, "b")
TEXT = "English >= 7; after 20 s English >= 4; after 60 s anyone; after 90 s also group second; after 120 s overflow to queue Product"
PROFILES = {
    "high": AgentProfile("high", groups={"g1": 5}, skills={"s": 9}),
    "low": AgentProfile("low", groups={"g1": 5}, skills={"s": 4}),
    "left": AgentProfile("left", groups={"g1": 5}, skills={"s": 9}),
    "away": AgentProfile("away", groups={"g1": 5}),
    "busy": AgentProfile("busy", groups={"g2": 5}),
    "stranger": AgentProfile("stranger", groups={"g9": 5}, skills={"s": 10}),
}
READY = Presence("", NOW, signed_in=True, status=Status.READY, reachable=True)
PRESENCES = {
    "high": replace(READY, agent_id="high", status=Status.BREAK),
    "low": replace(READY, agent_id="low"),
    "left": replace(READY, agent_id="left", left=frozenset({"g1"})),
    "busy": replace(READY, agent_id="busy", works=(Work("c", "call", State.TALKING, "q", NOW),)),
    "stranger": replace(READY, agent_id="stranger"),
}


def test_each_step_says_who_could_take_it_and_what_stands_in_the_way() -> None:
    steps = Requirements(frozenset({"g1"}), parse_requirements(TEXT, NAMES).lines).steps({}, {})
    first, second, third, fourth, last = preview(steps, "call", PROFILES, PRESENCES, NOW)
    assert dict(first.counts) == {"left_group": 1, "on_break": 1, "skill": 2} and first.who[-1][1] == "skill"
    assert second.who[0] == ("low", "") and dict(second.counts) == {"free": 1, "left_group": 1, "on_break": 1, "skill": 1}
    assert dict(third.counts) == {"free": 1, "left_group": 1, "on_break": 1, "signed_out": 1}
    assert dict(fourth.counts) == {"free": 1, "left_group": 1, "on_break": 1, "signed_out": 1, "talking": 1}
    assert (last.who, dict(last.counts), last.step.action is not None) == ((), {}, True)
    rests = {"low": replace(READY, agent_id="low", rests_until=NOW + timedelta(seconds=1))}
    assert dict(preview(steps[1:2], "call", PROFILES, rests, NOW)[0].counts) == {"resting": 1, "signed_out": 2, "skill": 1}


def test_steps_are_told_in_words() -> None:
    steps = Requirements(frozenset({"g1"}), parse_requirements(TEXT, NAMES).lines).steps({}, {})
    assert [describe_step(step, NAMES) for step in steps] == [
        "English >= 7 · First line",
        "English >= 4 · First line",
        "anyone · First line",
        "anyone · First line, second",
        "overflow to queue Product",
    ]
    assert [describe_step(step, NAMES, "zh-CN") for step in steps[::2]] == ["英语 >= 7 · 一线", "任何人 · 一线", "转队列 产品"]
    assert describe_step(Requirements(frozenset()).steps({}, {})[0], NAMES) == "anyone · —"


def test_a_business_sees_its_own_names_alone() -> None:
    assert [thing.id for thing in (*NAMES.skills, *NAMES.groups, *NAMES.queues)] == ["s", "g1", "g2", "q", "q2"]


def test_queues_go_by_what_is_written_or_by_their_groups() -> None:
    written = {**ROUTING.queues, "q": replace(ROUTING.queues["q"], requirements=TEXT)}
    queue = with_requirements(replace(ROUTING, queues=written))["q"]
    assert len(queue.rules.requirements.lines) == 5 and not queue.problems
    broken = {**ROUTING.queues, "q": replace(ROUTING.queues["q"], requirements="Latin >= 3")}
    queue = with_requirements(replace(ROUTING, queues=broken))["q"]
    assert queue.rules.requirements == Requirements(frozenset({"g1"})) and queue.problems[0].code == "unknown-skill"


def test_circles_are_checked_for_each_condition() -> None:
    found = parse_requirements("when language is en: English >= 8\nafter 5 s English >= 9", NAMES)
    requirements = Requirements(frozenset({"g1"}), found.lines)
    members = [AgentProfile("a", groups={"g1": 1}, skills={"s": 7})]
    problems = list(check_circles(requirements, found.places, NAMES, members))
    assert [(problem.code, problem.line) for problem in problems] == [("nobody-here", 1), ("nobody-ever", 2)]
    assert not list(check_circles(requirements, found.places, NAMES, [AgentProfile("a", groups={"g1": 1}, skills={"s": 9})]))


def test_a_place_is_named_once_and_by_its_worst_case() -> None:
    found = parse_requirements("English >= 8\nwhen language is en: after 5 s anyone", NAMES)
    members = [AgentProfile("a", groups={"g1": 1}, skills={"s": 7})]
    problems = list(check_circles(Requirements(frozenset({"g1"}), found.lines), found.places, NAMES, members))
    assert [(problem.code, problem.line) for problem in problems] == [("nobody-ever", 1)]
