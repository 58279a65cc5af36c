"""The company's address book as CSV comes back as it went out; numbers are kept in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.book.csv_list import read_list, write_list
from huying.channels.book.entries import EntryData
from huying.channels.book.numbers import dialable
from huying.foundation.errors import InvalidInput

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(lambda text: text[0] != "'")
NUMBERS = st.from_regex(r"\+?[0-9]{2,15}", fullmatch=True)
ENTRIES = st.builds(EntryData, st.just("company"), WORDS, NUMBERS, WORDS | st.just(""), NUMBERS | st.just(""), WORDS | st.just(""))


@given(st.lists(ENTRIES, max_size=20))
def test_what_was_written_is_read_again(entries: list[EntryData]) -> None:
    found, problems = read_list(write_list(entries))
    assert problems == []
    assert [entry for _, entry in found] == entries


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    found, _ = read_list(text)
    assert all(entry.name and entry.number for _, entry in found)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("021-5555 0101", "+862155550101"), ("+49 (30) 1234567", "+49301234567"), ("8001", "8001"), ("*73", "*73"), ("10086", "10086")],
)
def test_numbers_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert dialable(typed) == kept
    assert dialable(kept) == kept


@pytest.mark.parametrize("typed", ["", "abc", "++86", "8001 ext. 5"])
def test_what_no_telephone_can_dial_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        dialable(typed)
