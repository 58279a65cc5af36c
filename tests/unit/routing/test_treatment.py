"""What a contact gets before the router sees it: rules of callers, class, flow, past, and the hook's answer."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.routing.hooks.words import HookAnswer, HookFailed, read_answer
from huying.routing.router.work import Wanted
from huying.routing.rules.names import Named, Names
from huying.routing.treatment.caller_rules import CallerRule, CallerRules
from huying.routing.treatment.treatment import Arriving, BusinessPolicy, ClassPriority, QueuePolicy, Treatment, question_of, treat

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CALLER = "+8613800138000"
NAMES = Names(skills=(Named("s-en", "english", {"en": "English"}),), queues=(Named("q", "service"), Named("q2", "product")))
POLICY = BusinessPolicy(
    queues={"q": QueuePolicy("q", 30, 20, 5), "q2": QueuePolicy("q2")},
    classes={"vip": ClassPriority(1, 300), "normal": ClassPriority()},
    language_skills={"en": "s-en"},
)


def arriving(**more: object) -> Arriving:
    return replace(Arriving("q", NOW, number=CALLER), **more)  # type: ignore[arg-type]


def rule(effect: str, by: str = "number", value: str = CALLER, **more: object) -> CallerRule:
    return CallerRule(f"{effect}-{by}", by, value, effect, **more)  # type: ignore[arg-type]


def with_rules(*rules: CallerRule) -> BusinessPolicy:
    return replace(POLICY, callers=CallerRules.of(rules))


def test_an_unknown_caller_is_treated_as_usual() -> None:
    assert treat(arriving(), POLICY) == Treatment("q", attributes={"channel": "call"})
    assert treat(Arriving("other", NOW), BusinessPolicy()) == Treatment("other", attributes={"channel": "call"})


def test_class_and_vip_rule_the_best_of_both() -> None:
    found = treat(arriving(customer_class="vip"), with_rules(rule("vip", head_start_seconds=900)))
    assert (found.rank, found.head_start_seconds, found.notes) == (1, 900, ("class", "vip"))
    assert treat(arriving(customer_class="normal"), POLICY).notes == ()
    assert treat(arriving(rank=3, head_start_seconds=10), POLICY).rank == 3


@pytest.mark.parametrize(
    ("rules", "blocked"),
    [
        ([rule("blocked")], True),
        ([rule("blocked", "prefix", "+86138")], True),
        ([rule("blocked", "prefix", "+86139")], False),
        ([rule("blocked", "prefix", "+86138"), rule("vip")], False),
        ([rule("blocked", "prefix", "+86138"), rule("vip", "prefix", "+861380")], False),
        ([rule("blocked", "prefix", "+861380"), rule("vip", "prefix", "+86138")], True),
        ([rule("blocked"), rule("vip")], True),
        ([rule("blocked", "class", "gold"), rule("green", agent_id="a", seconds=5)], False),
        ([rule("blocked", "class", "gold")], True),
        ([rule("blocked", until=NOW)], False),
        ([rule("blocked", until=NOW + timedelta(seconds=1))], True),
        ([rule("blocked", "hidden", "")], False),
    ],
)
def test_the_nearest_rule_decides_who_is_blocked(rules: list[CallerRule], blocked: bool) -> None:
    found = treat(arriving(customer_class="gold"), with_rules(*rules))
    assert found.blocked is blocked and ("blocked" in found.notes) is blocked
    assert not treat(arriving(customer_class="gold", exempt=True), with_rules(*rules)).blocked


def test_hidden_numbers_have_a_rule_of_their_own() -> None:
    assert treat(arriving(number=""), with_rules(rule("blocked", "hidden", ""))).blocked


def test_who_is_asked_first_each_once() -> None:
    policy = with_rules(rule("green", agent_id="g", seconds=40))
    contact = arriving(
        last_agent_id="l", last_agent_at=NOW - timedelta(days=30), request_owner_id="o", wanted=(Wanted("t", 9, "transfer"),)
    )
    found = treat(contact, policy, HookAnswer(agent_id="h"))
    assert [(one.agent_id, one.seconds, one.why) for one in found.wanted] == [
        ("t", 9, "transfer"),
        ("h", 30, "rule"),
        ("g", 40, "green_channel"),
        ("o", 20, "request_owner"),
        ("l", 20, "last_agent"),
    ]
    assert found.notes == ("hook", "transfer", "green_channel", "request_owner", "last_agent")
    same = treat(replace(contact, last_agent_id="g", request_owner_id="g"), policy)
    assert [(one.agent_id, one.why) for one in same.wanted] == [("t", "transfer"), ("g", "green_channel")]


@pytest.mark.parametrize(
    ("days_ago", "queue"), [(30.01, "q"), (1, "q2"), (None, "q")], ids=["too long ago", "switched off there", "time not known"]
)
def test_the_last_agent_is_not_asked(days_ago: float | None, queue: str) -> None:
    at = None if days_ago is None else NOW - timedelta(days=days_ago)
    assert treat(arriving(queue_id=queue, last_agent_id="l", last_agent_at=at), POLICY).wanted == ()


def test_the_language_is_asked_for_at_the_queues_level() -> None:
    assert treat(arriving(language="en-GB"), POLICY).needs == {"s-en": 5}
    assert treat(arriving(language="en", needs={"s-en": 8}), POLICY).needs == {"s-en": 8}
    assert treat(arriving(language="fr"), POLICY).needs == {}
    assert treat(arriving(language="en", queue_id="q2"), POLICY).needs == {}


def test_the_hook_has_the_last_word_and_may_choose_another_queue() -> None:
    answer = HookAnswer("q2", {"s-en": 2}, -1, 0, attributes={"region": "north", "language": "zh"})
    found = treat(arriving(customer_class="vip", language="en", attributes={"region": "south"}), POLICY, answer)
    assert (found.queue_id, found.needs, found.rank, found.head_start_seconds) == ("q2", {"s-en": 2}, -1, 0)
    assert found.attributes == {"channel": "call", "language": "zh", "customer_class": "vip", "region": "north"}
    assert found.notes == ("class", "hook")


def test_a_hook_that_failed_changes_nothing_but_is_noted() -> None:
    usual = treat(arriving(), POLICY)
    assert treat(arriving(), POLICY, hook_failure="time-out") == replace(usual, notes=("hook_failed:time-out",))


def test_attributes_are_bounded() -> None:
    found = treat(arriving(attributes={f"{number}" * 300: "x" * 1000 for number in range(100)}), POLICY)
    assert len(found.attributes) <= 64 and all(len(key) <= 200 and len(value) <= 200 for key, value in found.attributes.items())


def test_the_question_speaks_in_codes() -> None:
    contact = arriving(language="en", customer_class="vip", attributes={"menu_choice": "2"})
    asked = question_of(contact, treat(contact, POLICY), NAMES, NOW, "c1")
    assert asked["queue"] == "service" and asked["needs"] == {"english": 5} and (asked["hour"], asked["weekday"]) == (8, 1)
    assert asked["attributes"] == {"channel": "call", "language": "en", "customer_class": "vip", "menu_choice": "2"}


def test_a_good_answer() -> None:
    raw = {
        "queue": "Product",
        "needs": {"English": 3},
        "rank": 2,
        "head_start_seconds": 5,
        "agent": "8001",
        "agent_seconds": 9,
        "attributes": {"a": "b"},
    }
    names = Names(NAMES.skills, queues=(Named("q2", "product"),))
    assert read_answer(raw, names, {"8001": "a1"}) == HookAnswer("q2", {"s-en": 3}, 2, 5, "a1", 9, {"a": "b"})
    assert read_answer({}, NAMES, {}) == HookAnswer() == read_answer(dict.fromkeys(raw), NAMES, {})


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {"wrong": 1},
        {"queue": "nowhere"},
        {"queue": 3},
        {"needs": []},
        {"needs": {"english": 0}},
        {"needs": {"english": True}},
        {"needs": {"": 3}},
        {"needs": {"latin": 3}},
        {"rank": "1"},
        {"rank": True},
        {"rank": 10**9},
        {"head_start_seconds": 1.5},
        {"agent": "nobody"},
        {"agent": 8001},
        {"agent_seconds": 0},
        {"attributes": []},
        {"attributes": {"a": 1}},
        {"attributes": {"a": "x" * 201}},
        {"attributes": {str(number): "" for number in range(40)}},
    ],
)
def test_a_bad_answer_says_what_is_wrong(raw: object) -> None:
    with pytest.raises(HookFailed) as failed:
        read_answer(raw, NAMES, {})
    assert failed.value.reason == "bad-answer" and failed.value.message


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda below: st.lists(below) | st.dictionaries(st.text(max_size=9), below),
    max_leaves=9,
)
keys = st.sampled_from(["queue", "needs", "rank", "head_start_seconds", "agent", "agent_seconds", "attributes"])


@given(st.one_of(json, st.dictionaries(keys, json)))
def test_any_answer_is_read_or_refused(raw: object) -> None:
    with contextlib.suppress(HookFailed):
        read_answer(raw, NAMES, {})
