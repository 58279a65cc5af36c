"""What typing finds."""

from __future__ import annotations

from huying.crm.customers.search import full_pinyin, initials, like_pattern, search_text


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
