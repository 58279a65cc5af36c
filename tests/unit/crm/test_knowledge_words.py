"""How articles are found by words, what of them is shown, and that their texts are harmless."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.crm.knowledge.differences import Line, changes, lines
from huying.crm.knowledge.excerpts import EXCERPT_LETTERS, excerpt, marked
from huying.crm.knowledge.public_page import HEADERS, article_page, gone_page
from huying.crm.knowledge.rich_text import TAGS, parse, plain, to_html, to_text
from huying.crm.knowledge.tokens import queries, stem, title_vector, typed_words, vector, words

TEXTS = st.text(alphabet="洗衣机漏水怎么办空调不制冷 ab'\\:&|!()<>E21-é%_\n*[]`#", max_size=60)


def lexemes(written: str) -> set[str]:
    return {found.replace("''", "'") for found in re.findall(r"'((?:[^']|'')*)':[\d,]+", written)}


def test_chinese_is_cut_into_words_and_pairs() -> None:
    assert words("洗衣机漏水怎么办") == ["洗衣机", "漏水", "怎么办"]
    assert {"洗衣机", "洗衣", "衣机", "漏水", "怎么办"} <= lexemes(vector("洗衣机漏水怎么办"))


@given(st.text(alphabet="洗衣机漏水怎么办空调制冷不启动", min_size=2, max_size=30), st.data())
def test_every_two_neighbours_are_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 2))
    assert text[place : place + 2] in lexemes(vector(text))


def test_titles_have_sounds_from_each_word_on() -> None:
    assert {"xyjlszmb", "lszmb", "loushuizenmeban", "漏水"} <= lexemes(title_vector("洗衣机漏水怎么办"))
    assert lexemes(title_vector("Door seal")) == {"door", "seal"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("leaks", "leaking"), ("leaked", "leak"), ("hoses", "hose"), ("batteries", "battery"), ("washes", "washing"), ("stopping", "stops")],
)
def test_endings_do_not_matter(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_say_nothing_are_left_out() -> None:
    assert typed_words("洗衣机怎么不脱水") == ["洗衣机", "脱水"]
    assert typed_words("How do I clean the filter") == ["clean", "filter"]
    assert typed_words("怎么") == ["怎么"]


def test_queries_ask_for_all_words_and_then_for_any() -> None:
    asked = queries("洗衣机 leaking ls")
    assert asked is not None
    assert asked.head == "('洗衣机' | '洗衣' & '衣机') & ('leaking':* | 'leak') & 'ls':*"
    assert asked.document.endswith("& 'ls'"), "so few letters begin too many words of a text"
    assert " | " in asked.any_word
    assert queries(" -- !") is None


@given(TEXTS)
def test_whatever_is_typed_makes_quoted_words(typed: str) -> None:
    asked = queries(typed)
    for query in filter(None, (asked.head, asked.document, asked.any_word) if asked else ()):
        assert re.fullmatch(r"[ &|()]*(?:'(?:[^'\\]|''|\\\\)+'(?::\*)?[ &|()]*)+", query), query
    vector(typed)


def test_marks_and_excerpt() -> None:
    assert [(piece.text, piece.mark) for piece in marked("洗衣机漏水", ["漏水"])] == [("洗衣机", False), ("漏水", True)]
    assert [piece.text for piece in marked("Leaking hose; bleak", ["leak"]) if piece.mark] == ["Leak"]
    text = "无关。" * 100 + "打开排水泵盖，清理过滤器，再关上排水泵盖。" + "无关。" * 100
    shown = excerpt(text, ["过滤器", "排水泵"])
    assert {piece.text for piece in shown if piece.mark} == {"过滤器", "排水泵"}
    assert shown[0].text == shown[-1].text == "…"


@given(TEXTS, st.lists(st.sampled_from(["洗衣", "机", "e21", "a", "é", "漏水"]), max_size=3))
def test_pieces_are_the_text(text: str, typed: list[str]) -> None:
    assert "".join(piece.text for piece in marked(text, typed)) == text
    assert sum(len(piece.text) for piece in excerpt(text, typed)) <= EXCERPT_LETTERS + 2


def test_texts_become_known_tags_alone() -> None:
    html = to_html(
        parse("# 检查\n\n1. 关**水**\n2. 看 `E21`\n\n> 注意\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[页面](https://a.example/?q=1&r=2)")
    )
    assert html.startswith("<h2>检查</h2><ol><li><p>关<strong>水</strong></p></li>")
    assert '<a href="https://a.example/?q=1&amp;r=2" rel="noopener noreferrer nofollow">页面</a>' in html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](https://tracker.example/pixel.png)",
        '[x](https://a.example/"onmouseover=alert(1))',
        "[x]: javascript:alert(1)\n\n[x]",
        "`<b>`",
        "```\n</pre><script>\n```",
        "# <svg onload=x>",
    ],
)
def test_scripts_and_strange_addresses_are_refused(evil: str) -> None:
    html = to_html(parse(evil))
    assert not re.search(r"<(script|img|svg|b|iframe)\b", html), html
    assert not re.search(r'href="(?!https://|mailto:|tel:)', html), html
    assert not re.search(r"<[^>]*\son\w+=", html), html


@given(st.text(alphabet="<>\"'&()[]!`*_#-:/\\ \nabjvscriptdat:onle=1|", max_size=80))
@settings(max_examples=300, deadline=None)
def test_nothing_written_becomes_an_unknown_tag(text: str) -> None:
    html = to_html(parse(text))
    known = "|".join({*TAGS.values(), "h[2-5]", "br", "hr"})
    rest = re.sub(r'<a href="(https?://|mailto:|tel:)[^"<>]*" rel="noopener noreferrer nofollow">|</a>', "", html, flags=re.IGNORECASE)
    rest = re.sub(rf"</?({known})>", "", rest)
    assert "<" not in rest and ">" not in rest, html
    to_text(parse(text))


def test_plain_text_keeps_lists_and_addresses() -> None:
    assert (
        plain("1. 关水\n2. 看 [页面](https://a.example)\n\n- 里\n- [拨打](tel:+8610)")
        == "1. 关水\n2. 看 页面 (https://a.example)\n\n- 里\n- 拨打 (+8610)"
    )


def test_the_public_page_runs_nothing() -> None:
    assert "script" not in HEADERS["Content-Security-Policy"]
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in gone_page()
    assert article_page.__doc__


def test_differences_by_line() -> None:
    assert lines(["a", "b"], ["a", "c", "b"]) == [Line("same", "a"), Line("added", "c"), Line("same", "b")]
    before, after = {"title": "A", "body": "1\n2", "keywords": ["x"]}, {"title": "A", "body": "1\n3", "keywords": ["x", "y"]}
    found = changes(before, after, ("title", "body", "keywords"))
    assert [(change.field, [(line.kind, line.text) for line in change.lines]) for change in found] == [
        ("body", [("same", "1"), ("removed", "2"), ("added", "3")]),
        ("keywords", [("same", "x"), ("added", "y")]),
    ]


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_differences_hold_both(before: list[str], after: list[str]) -> None:
    found = lines(before, after)
    assert [line.text for line in found if line.kind != "added"] == before
    assert [line.text for line in found if line.kind != "removed"] == after
