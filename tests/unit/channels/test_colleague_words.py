"""What may be written to whom."""

from __future__ import annotations

import pytest

from huying.channels.colleagues import words
from huying.foundation.errors import InvalidInput


def test_two_people_have_one_room_whoever_asks() -> None:
    assert words.pair_of("a", "b") == words.pair_of("b", "a")


def test_texts_are_bounded_and_not_empty_without_a_link() -> None:
    assert words.checked_text(" a\r\nb ", linked=False) == "a\nb"
    assert words.checked_text("", linked=True) == ""
    with pytest.raises(words.NothingWritten):
        words.checked_text(" \n", linked=False)
    with pytest.raises(InvalidInput):
        words.checked_text("x" * (words.LONGEST_TEXT + 1), linked=False)


def test_only_people_of_the_room_are_mentioned() -> None:
    assert words.mentioned(["b", "x", "b", "a"], {"a", "b"}, "a") == ["b"]


def test_a_room_has_its_maker_and_at_least_one_more() -> None:
    assert words.checked_people(["b", "b"], {"a", "b"}, "a") == ["a", "b"]
    for people in ([], ["a"], ["stranger"]):
        with pytest.raises(InvalidInput):
            words.checked_people(people, {"a", "b"}, "a")
