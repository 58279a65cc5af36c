"""What typing finds."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from huying.crm.customers.search import (
    Findable,
    Match,
    closeness,
    encoded,
    full_pinyin,
    index_text,
    initials,
    keys_of,
    like_pattern,
    matches,
    patterns,
    search_text,
    words_typed,
)

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)
WANG = Findable("王小明", "海川家电", "HC-12", ("+8613800138000",), ("京A12345",), ("S-77X",), ("LSV1",), ("wang@example.com",))


def like(text: str, typed: str) -> bool:
    """As PostgreSQL does it with the patterns."""
    return all(any(re.sub(r"\\(.)", r"\1", pattern[1:-1]) in text for pattern in forms) for forms in patterns(words_typed(typed)))


def test_initials_of_chinese_and_english() -> None:
    assert initials("王小明") == "wxm"
    assert initials("John Ronald Smith") == "jrs"
    assert initials("Anna 李") == "al"


def test_search_text_has_name_company_pinyin_and_initials() -> None:
    text = search_text("王小明", "海川家电")
    for part in ("王小明", "海川家电", "wangxiaoming", "wxm", "hcjd"):
        assert part in text
    assert full_pinyin("李 娜") == "lina"


def test_wildcards_are_letters() -> None:
    assert like_pattern("50%_\\") == "%50\\%\\_\\\\%"


def test_what_was_met() -> None:
    for typed, kind in {
        "小明": "name",
        "xiaom": "pinyin",
        "wx": "initials",
        "138-0013": "number",
        "+86 13800138000": "number",
        "京a123": "plate",
        "s77": "serial",
        "hc12": "code",
        "海川": "company",
        "hcjd": "company",
        "lsv": "vin",
        "example.com": "email",
    }.items():
        words = words_typed(typed)
        assert like(index_text(WANG), typed), typed
        assert {match.kind for match in matches(WANG, words)} == {kind}, typed
    assert matches(WANG, words_typed("小明 海川")) == [Match("name", "王小明"), Match("company", "海川家电")]
    assert words_typed("_ · %") == []


def test_the_closer_the_lower() -> None:
    assert [closeness(WANG, words_typed(typed)) for typed in ("王小明", "王小", "小明", "小明 王小明", "李")] == [0, 1, 2, 2, 3]


def test_names_are_read_in_every_way() -> None:
    text = index_text(Findable("单小明"))
    assert like(text, "shanxiaoming")
    assert like(text, "danxiaoming")
    english = index_text(Findable("José Ñandú"))
    assert like(english, "jose nandu")
    assert like(english, "josenandu")
    assert keys_of("John Smith") == ("johnsmith", "", "")
    assert keys_of("王伟")[1:] == ("wangwei", "ww")


@given(CHINESE, CHINESE)
def test_a_character_is_met_where_it_is_and_nowhere_else(name: str, typed: str) -> None:
    assert (encoded(typed) in encoded(name)) == (typed in name)


@given(st.text(max_size=12), st.text(max_size=12))
@example("0%", "")
def test_the_text_is_plain_and_every_word_of_a_name_is_met(name: str, company: str) -> None:
    text = index_text(Findable(name, company))
    assert text.isascii()
    for word in name.split():
        assert like(text, word) or not word[0].isalnum()  # short words are met from their first letter on


@given(CHINESE, st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6))
def test_letters_and_digits_are_not_met_within_characters(name: str, typed: str) -> None:
    assert typed not in encoded(name) or len(typed) <= 2
