"""The list of rules as CSV: what goes out comes in the same, and a wrong row is named, whatever stands in it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.crm.callers.csv_list import COLUMNS, MOST_ROWS, read_list, write_list
from huying.crm.callers.rule_data import RuleData, comparable, normal_value
from huying.foundation.errors import InvalidInput

ZONE = ZoneInfo("Asia/Shanghai")
AGENTS = {"8001": "a1", "8002": "a2"}
EXTENSIONS = {agent: extension for extension, agent in AGENTS.items()}
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip).filter(lambda text: not text.startswith("'"))
rules = st.builds(
    RuleData,
    matches=st.sampled_from(["number", "prefix", "class", "hidden"]),
    value=st.one_of(words, st.just("+8613800138000")),
    effect=st.sampled_from(["vip", "blocked", "green"]),
    rank=st.integers(0, 1000),
    head_start_seconds=st.integers(0, 86_400),
    agent_id=st.sampled_from(["a1", "a2", None]),
    seconds=st.integers(0, 600),
    reason=words,
    until=st.none()
    | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)),  # noqa: DTZ001
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rules, max_size=6))
def test_what_goes_out_comes_in_the_same(given_rules: list[RuleData]) -> None:
    text = write_list(((rule, EXTENSIONS.get(rule.agent_id or "", "")) for rule in given_rules), ZONE)
    found, problems = read_list(text, AGENTS, ZONE)
    assert not problems and [rule for _, rule in found] == given_rules
    assert [row for row, _ in found] == list(range(2, len(given_rules) + 2))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.lists(st.text(max_size=12), max_size=12))
def test_nonsense_is_named_and_never_raises(text: str, cells: list[str]) -> None:
    for whole in (text, f"{','.join(COLUMNS)}\n{','.join(cells)}", f"matches,value,effect\n{text}"):
        found, problems = read_list(whole, AGENTS, ZONE)
        assert all(problem.row >= 1 and problem.message and problem.code for problem in problems)
        assert all(row >= 2 for row, _ in found)


def test_too_many_rows_and_too_large_cells() -> None:
    heading = "matches,value,effect\n"
    assert read_list(heading + "hidden,,blocked\n" * (MOST_ROWS + 1), AGENTS, ZONE)[1][0].code == "too-many"
    assert read_list(heading + "hidden," + "x" * 200_000 + ",blocked", AGENTS, ZONE)[1][0].code == "not-csv"
    found, _ = read_list(heading + "hidden,,blocked\n" * MOST_ROWS, AGENTS, ZONE)
    assert len(found) == MOST_ROWS


def test_times_are_read_as_people_write_them() -> None:
    rows = ["2026-12-31", "2026/12/31 18:00", "2026-12-31T18:00:00+00:00"]
    text = "matches,value,effect,until\n" + "\n".join(f"hidden,,blocked,{row}" for row in rows)
    assert [rule.until for _, rule in read_list(text, AGENTS, ZONE)[0]] == [
        datetime(2026, 12, 30, 16, tzinfo=UTC),
        datetime(2026, 12, 31, 10, tzinfo=UTC),
        datetime(2026, 12, 31, 18, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("matches", "written", "kept"),
    [
        ("number", "138 0013 8000", "+8613800138000"),
        ("number", "+44 20 7946 0018", "+442079460018"),
        ("number", "1001", "1001"),
        ("prefix", "+86 170", "+86170"),
        ("class", " vip ", "vip"),
        ("hidden", "anything", ""),
    ],
)
def test_values_have_one_form(matches: str, written: str, kept: str) -> None:
    assert normal_value(matches, written) == kept == normal_value(matches, kept)


def test_callers_are_compared_in_the_same_form() -> None:
    assert [comparable(number) for number in ("13800138000", "10086", "1001", "anonymous", "", "12", "tom")] == [
        "+8613800138000",
        normal_value("number", "10086"),
        "1001",
        "",
        "",
        "12",
        "",
    ]


@pytest.mark.parametrize(("matches", "written"), [("number", "x"), ("prefix", "86"), ("prefix", "+"), ("prefix", "+８６"), ("name", "x")])
def test_senseless_values_are_refused(matches: str, written: str) -> None:
    with pytest.raises(InvalidInput):
        normal_value(matches, written)
