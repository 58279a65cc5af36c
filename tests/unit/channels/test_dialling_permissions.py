"""What a dialled text means, and who may dial it when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.dialling.numbers import CLASSES, EMERGENCY, Dialled, NotDiallable, Plan, as_dialled, read
from huying.channels.dialling.permissions import Person, Rule, matches, may_dial

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BEIJING = Plan("CN", area_code="10", outside_prefix="9")


class Hours:
    """Open or not."""

    def __init__(self, is_open: bool) -> None:
        self.is_open = is_open

    def state(self, _at: datetime) -> tuple[bool, str, datetime | None]:
        return self.is_open, "" if self.is_open else "hours", None


@pytest.mark.parametrize(
    ("text", "number", "kind", "sent"),
    [
        ("110", "110", "emergency", "110"),
        ("9 110", "110", "emergency", "110"),
        ("12345", "12345", "local", "12345"),
        ("95588", "95588", "local", "95588"),
        ("138 0013 8000", "+8613800138000", "mobile", "13800138000"),
        ("913800138000", "+8613800138000", "mobile", "13800138000"),
        ("8888-6666", "+861088886666", "local", "01088886666"),
        ("988886666", "+861088886666", "local", "01088886666"),
        ("(021) 62345678", "+862162345678", "national", "02162345678"),
        ("00 852 2345 6789", "+85223456789", "international", "0085223456789"),
        ("+1 212 555 1234", "+12125551234", "international", "0012125551234"),
        ("16812345", "+8616812345", "premium", "16812345"),
        ("8001", "8001", "internal", "8001"),
    ],
)
def test_what_is_dialled(text: str, number: str, kind: str, sent: str) -> None:
    found = read(text, BEIJING, {"8001"})
    assert (found.number, found.kind) == (number, kind)
    assert as_dialled(found, BEIJING) == sent
    assert as_dialled(found, BEIJING, "7") == f"7{sent}"


@pytest.mark.parametrize("text", ["", "x", "+", "12", "hello", "1" * 40, "0852", "13800138000;rm"])
def test_what_cannot_be_dialled(text: str) -> None:
    with pytest.raises(NotDiallable):
        read(text, BEIJING)


@given(st.text(alphabet="0123456789+*# -()", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text, BEIJING, {"8001"})
    except NotDiallable:
        return
    assert found.kind in (*CLASSES, "emergency")
    assert as_dialled(found, BEIJING)
    assert found.number.lstrip("+")


AGENT = Person("p1", frozenset({"agent"}), frozenset({"sales"}))


def test_without_rules_the_usual_ones_hold() -> None:
    for kind in CLASSES:
        assert may_dial(AGENT, Dialled("1", kind), (), NOW).allowed is (kind in ("internal", "local", "national", "mobile"))


def test_rules_of_role_group_and_name_add_up() -> None:
    rules = (
        Rule("1", "all", frozenset({"local"})),
        Rule("2", "sales", frozenset({"mobile"}), groups=frozenset({"sales"})),
        Rule("3", "leads", frozenset({"international"}), roles=frozenset({"lead"})),
        Rule("4", "Paris", allowed=("+331*",), agents=frozenset({"p1"})),
        Rule("5", "nobody there", forbidden=("+8613?0000*",)),
    )
    verdicts = {
        "+861088886666": ("local", "all"),
        "+8613800138000": ("mobile", "sales"),
        "+33155667788": ("international", "Paris"),
    }
    for number, (kind, rule) in verdicts.items():
        verdict = may_dial(AGENT, Dialled(number, kind), rules, NOW)
        assert (verdict.allowed, verdict.rule) == (True, rule)
    assert may_dial(AGENT, Dialled("+12125551234", "international"), rules, NOW).why == "class_not_allowed"
    forbidden = may_dial(AGENT, Dialled("+8613900001111", "mobile"), rules, NOW)
    assert (forbidden.why, forbidden.rule) == ("forbidden", "nobody there")


def test_hours_of_a_rule() -> None:
    rules = (Rule("1", "by day", frozenset({"mobile"}), opening=Hours(False)), Rule("2", "all", frozenset({"local"})))
    verdict = may_dial(AGENT, Dialled("+8613800138000", "mobile"), rules, NOW)
    assert (verdict.allowed, verdict.why, verdict.rule) == (False, "outside_hours", "by day")


def test_do_not_call_may_be_overridden_knowingly_by_whom_a_rule_names() -> None:
    found = Dialled("+8613800138000", "mobile")
    plain, special = (Rule("1", "all", frozenset({"mobile"})),), (Rule("1", "all", frozenset({"mobile"}), override_do_not_call=True),)
    assert may_dial(AGENT, found, plain, NOW, do_not_call=True, knowing=True).why == "do_not_call"
    refused = may_dial(AGENT, found, special, NOW, do_not_call=True)
    assert refused.why == "do_not_call" and refused.may_override
    assert not may_dial(AGENT, found, plain, NOW, do_not_call=True).may_override, "nobody is asked for what would be refused again"
    assert may_dial(AGENT, found, special, NOW, do_not_call=True, knowing=True).allowed


RULES = st.lists(
    st.builds(
        Rule,
        rule_id=st.just("r"),
        name=st.sampled_from("abc"),
        classes=st.frozensets(st.sampled_from(CLASSES)),
        allowed=st.lists(st.sampled_from(["*", "+86*", "+1*", "8001"]), max_size=2).map(tuple),
        forbidden=st.lists(st.sampled_from(["*", "+8613*", "119"]), max_size=2).map(tuple),
        roles=st.frozensets(st.sampled_from(["agent", "lead"])),
        opening=st.sampled_from([None, Hours(True), Hours(False)]),
    ),
    max_size=5,
)
NUMBERS = st.sampled_from([("+8613800138000", "mobile"), ("8001", "internal"), ("+12125551234", "international")])


@given(RULES, st.sampled_from(sorted({(country, number) for country, numbers in EMERGENCY.items() for number in numbers})))
def test_help_can_always_be_called(rules: list[Rule], emergency: tuple[str, str]) -> None:
    country, number = emergency
    assert may_dial(AGENT, read(number, Plan(country)), rules, NOW, do_not_call=True).allowed


@given(RULES, NUMBERS, RULES)
def test_a_forbidding_rule_is_never_overcome_by_more_rules(rules: list[Rule], number: tuple[str, str], more: list[Rule]) -> None:
    found = Dialled(*number)
    if may_dial(AGENT, found, rules, NOW).why == "forbidden":
        assert may_dial(AGENT, found, [*rules, *more], NOW).why == "forbidden"


@given(RULES, NUMBERS)
def test_the_order_of_rules_does_not_matter(rules: list[Rule], number: tuple[str, str]) -> None:
    found = Dialled(*number)
    one, other = may_dial(AGENT, found, rules, NOW), may_dial(AGENT, found, rules[::-1], NOW)
    assert (one.allowed, one.why) == (other.allowed, other.why)


def test_patterns() -> None:
    assert matches("+8610*", "+861088886666")
    assert matches("1??", "110")
    assert not matches("1??", "1100")
    assert not matches("+86", "+8610")
