"""The readable rule form: what is written reads back the same, every problem has a place, and nonsense never raises."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huying.routing.router.requirements import Action, Line, Requirements
from huying.routing.router.work import AgentProfile
from huying.routing.rules.check import check_circles
from huying.routing.rules.format import format_requirements
from huying.routing.rules.names import Named, Names
from huying.routing.rules.problems import MESSAGES, Problem
from huying.routing.rules.text import parse_requirements

NAMES = Names(
    skills=(
        Named("s-en", "english", {"zh-CN": "英语", "en": "English"}),
        Named("s-wm", "washers", {"zh-CN": "洗衣机", "en": "Washing machines, and dryers"}),
        Named("s-odd", "no-name", {"zh-CN": "当地语言", "en": "No English >= 3"}),
        Named("s-twin", "twin", {"zh-CN": "任何人", "en": "english"}),
        Named("s-id", "", {}),
    ),
    groups=(Named("g-1", "first", {"zh-CN": "一线", "en": "First line"}), Named("g-b", "backup", {"zh-CN": "后备", "en": 'Back"up; 2'})),
    queues=(
        Named("q-p", "product", {"zh-CN": "产品咨询", "en": "Product"}),
        Named("q-o", "other", {"zh-CN": "其他：重点", "en": "only group 3"}),
    ),
)
ENGLISH = (
    "English >= 7; after 20 s English >= 4; after 60 s anyone in the group; after 120 s also group Backup; "
    "after 180 s overflow to queue Product"
)
CHINESE = "英语 >= 7；20 秒后 英语 >= 4；60 秒后 组内任何人；120 秒后 加组 后备；180 秒后 转队列 产品咨询"
PLAIN = Names(
    (Named("s-en", "english", {"zh-CN": "英语", "en": "English"}), Named("s-wm", "washers", {"zh-CN": "洗衣机", "en": "Washers"})),
    (Named("g-b", "backup", {"zh-CN": "后备", "en": "Backup"}),),
    (Named("q-p", "product", {"zh-CN": "产品咨询", "en": "Product"}),),
)
WANTED = (
    Line("need", skill="s-en", level=7),
    Line("need", 20, skill="s-en", level=4),
    Line("anyone", 60),
    Line("add_group", 120, group="g-b"),
    Line("move", 180, action=Action("overflow", "q-p")),
)


def read(text: str) -> tuple[Line, ...]:
    found = parse_requirements(text, PLAIN)
    assert not found.problems, [problem.message() for problem in found.problems]
    return found.lines


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, ENGLISH.replace("; ", "\n"), CHINESE.replace("；", "\r\n"), ENGLISH.upper()])
def test_the_example_reads_in_both_languages(text: str) -> None:
    assert read(text) == WANTED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("English >= 7; after 20 s >= 4", WANTED[:2]),
        ("英语至少7；20秒后>=4", WANTED[:2]),
        ("english at least 7 and washers >= 2", (WANTED[0], Line("need", skill="s-wm", level=2))),
        ("after 2 min also group backup", (Line("add_group", 120, group="g-b"),)),
        ("after 1 hour only group backup", (Line("only_group", 3600, group="g-b"),)),
        ("# nothing\n\n;;", ()),
        ("when language is en: English >= 7", (Line("need", when=(("language", "en"),), skill="s-en", level=7),)),
        ("当 语言 为 en：英语 >= 7", (Line("need", when=(("language", "en"),), skill="s-en", level=7),)),
        ("当语言为en且客户等级为vip：不要求英语", (Line("need", when=(("language", "en"), ("customer_class", "vip")), skill="s-en"),)),
        ("no English", (Line("need", skill="s-en"),)),
        ("after 30 s callback", (Line("move", 30, action=Action("callback")),)),
        ("30 秒后 语音信箱", (Line("move", 30, action=Action("voicemail")),)),
        ("after 30 s forward to +862110086", (Line("move", 30, action=Action("forward", "+862110086")),)),
        ("after 30 s goodbye", (Line("move", 30, action=Action("goodbye")),)),
        ("30 秒后 菜单 again", (Line("move", 30, action=Action("menu", "again")),)),
        ('"English" >= 7; 「英语」 >= 7', None),
    ],
)
def test_the_forms(text: str, wanted: tuple[Line, ...] | None) -> None:
    if wanted is None:
        assert [problem.code for problem in parse_requirements(text, PLAIN).problems] == ["said-twice"]
    else:
        assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("Englsh >= 7", (1, 1), "unknown-skill"),
        ("English >= 7\n  after 5 s also group Backupp", (2, 24), "unknown-group"),
        ("overflow to queue Prodct", (1, 19), "unknown-queue"),
        ("English >= 11", (1, 12), "bad-level"),
        ("English >= 0", (1, 12), "bad-level"),
        ("English >= " + "9" * 5000, (1, 12), "bad-level"),
        ("English <= 4", (1, 9), "wrong-sign"),
        ("English", (1, 1), "no-level"),
        (">= 4", (1, 1), "which-skill"),
        ("after 20 English >= 4", (1, 1), "no-unit"),
        ("after 25 h anyone", (1, 1), "bad-time"),
        ("after 2 s after 3 s anyone", (1, 11), "second-time"),
        ("after 2 s", (1, 1), "not-understood"),
        ("when language en: anyone", (1, 1), "bad-condition"),
        ("当 语言 en：组内任何人", (1, 1), "bad-condition"),
        ("also group", (1, 1), "no-name"),
        ("forward", (1, 1), "no-number"),
        ("anyone please", (1, 8), "unexpected"),
        ('also group "Backup', (1, 12), "open-quote"),
        ("after 20 s anyone; after 10 s English >= 3", (1, 20), "time-goes-back"),
        ("after 20 s voicemail; after 30 s English >= 3", (1, 23), "never-reached"),
        ("after 20 s overflow to queue Me", (1, 1), "overflow-to-itself"),
        ("English >= 3; English >= 4", (1, 15), "said-twice"),
    ],
)
def test_problems_say_where_and_what_to_do(text: str, place: tuple[int, int], code: str) -> None:
    names = Names(PLAIN.skills, PLAIN.groups, (*PLAIN.queues, Named("q-me", "me", {})))
    (problem,) = parse_requirements(text, names, "q-me").problems
    assert ((problem.line, problem.column), problem.code) == (place, code)
    assert problem.message("en") and problem.message("zh-CN") != problem.message("en")


def test_near_names_are_told_in_the_asked_language() -> None:
    (problem,) = parse_requirements("英雨 >= 7", PLAIN, language="zh-CN").problems
    assert problem.near == ("英语",) and "英语" in problem.message("zh-CN")


def test_a_name_that_two_have_must_be_written_as_code() -> None:
    twins = Names(skills=(Named("a", "a", {"en": "Same"}), Named("b", "b", {"en": "same"})))
    assert [problem.code for problem in parse_requirements("Same >= 3", twins).problems] == ["ambiguous-name"]
    assert parse_requirements("B >= 3", twins).lines == (Line("need", skill="b", level=3),)
    assert format_requirements([Line("need", skill="a", level=3)], twins) == "a >= 3"


def test_conditions_that_exclude_each_other_are_apart() -> None:
    found = parse_requirements("when language is en: after 60 s voicemail\nwhen language is zh: after 20 s English >= 2", PLAIN)
    assert not found.problems
    found = parse_requirements("when language is en: after 60 s voicemail\nafter 90 s English >= 2", PLAIN)
    assert not found.problems


def test_circles_nobody_is_in_are_warned_of() -> None:
    agents = [AgentProfile("a", groups={"g-1": 5}, skills={"s-en": 5})]
    found = parse_requirements("English >= 7; after 20 s English >= 4", PLAIN)
    (problem,) = check_circles(Requirements(frozenset({"g-1"}), found.lines), found.places, PLAIN, agents)
    assert (problem.code, problem.line, problem.column, problem.found) == ("nobody-here", 1, 1, "English >= 7")
    assert problem.severity == "warning"
    problems = list(check_circles(Requirements(frozenset({"g-2"}), found.lines), found.places, PLAIN, agents))
    assert [problem.code for problem in problems] == ["nobody-here", "nobody-ever"]
    assert [problem.code for problem in check_circles(Requirements(frozenset()), (), PLAIN, agents)] == ["no-group"]


def test_every_problem_has_words_in_both_languages() -> None:
    for code in MESSAGES:
        for language in ("en", "zh-CN"):
            assert "{" not in Problem(1, 1, code, "x", ("y",)).message(language)


text_of_all_kinds = st.one_of(
    st.text(max_size=30),
    st.text(alphabet='"\\;；:：“”「」\n\r en>=7当为后且', max_size=20),
    st.sampled_from(["language", "语言", "anyone", "when", "and", "且", "no English", "a is b", "加组"]),
).filter(lambda text: "\r" not in text)
kept_text = text_of_all_kinds.filter(bool)
whens = st.dictionaries(st.one_of(st.sampled_from(["language", "customer_class", "channel"]), kept_text), text_of_all_kinds, max_size=3)
actions = st.one_of(
    st.sampled_from([Action("voicemail"), Action("callback"), Action("goodbye"), Action("menu")]),
    st.builds(Action, st.just("overflow"), st.sampled_from(["q-p", "q-o"])),
    st.builds(Action, st.sampled_from(["forward", "menu"]), kept_text),
)


@st.composite
def lines(draw: st.DrawFn, names: Names = NAMES) -> Line:
    change = draw(st.sampled_from(["need", "anyone", "add_group", "only_group", "move"]))
    after, when = draw(st.integers(0, 24 * 3600)), tuple(draw(whens).items())
    if change == "need":
        return Line(change, after, when, skill=draw(st.sampled_from([skill.id for skill in names.skills])), level=draw(st.integers(0, 10)))
    if change == "move":
        return Line(change, after, when, action=draw(actions))
    return Line(change, after, when, group="" if change == "anyone" else draw(st.sampled_from([group.id for group in names.groups])))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first text made is slow
@given(st.lists(lines(), max_size=5), st.sampled_from(["en", "zh-CN"]))
def test_what_is_written_reads_back_the_same(given_lines: list[Line], language: str) -> None:
    written = format_requirements(given_lines, NAMES, language)
    found = parse_requirements(written, NAMES)
    assert found.lines == tuple(given_lines), written
    assert not [p for p in found.problems if p.code not in {"never-reached", "time-goes-back", "said-twice"}], written
    assert format_requirements(found.lines, NAMES, language) == written


pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "when",
                "if",
                "当",
                "如果",
                "language",
                "语言",
                "is",
                "为",
                "and",
                "且",
                ":",
                "：",
                "after",
                "20",
                "s",
                "min",
                "秒后",
                "分钟后",
                "English",
                "英语",
                ">=",
                "<=",
                "≥",
                "7",
                "0",
                "11",
                "no",
                "不要求",
                "anyone",
                "组内任何人",
                "also",
                "group",
                "加组",
                "Backup",
                "后备",
                "only",
                "overflow",
                "to",
                "queue",
                "转队列",
                "Product",
                "voicemail",
                "语音信箱",
                "forward",
                "menu",
                "菜单",
                ";",
                "；",
                "\n",
                '"',
                "“",
                "”",
                "「",
                "\\",
                ",",
                "、",
                "#",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=14,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), st.builds(" ".join, pieces), st.builds("".join, pieces)))
@example("\n")
@example("when is : :")
def test_nonsense_never_raises_and_every_problem_has_a_place(text: str) -> None:
    found = parse_requirements(text, PLAIN, "q-p")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(found.lines) == len(found.places)
    for line, column in (*found.places, *((problem.line, problem.column) for problem in found.problems)):
        assert 1 <= line <= len(rows) and 1 <= column <= len(rows[line - 1]) + 1
    for problem in found.problems:
        assert problem.message("en") and problem.message("zh-CN")


def test_a_name_that_begins_like_a_condition_is_read_as_a_name() -> None:
    reading = parse_requirements("当班为主和英语 >= 3", NAMES)
    assert [problem.line for problem in reading.problems] == [1]
