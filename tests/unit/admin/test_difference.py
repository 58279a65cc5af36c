"""Putting a change back: only what it touched, with a word about what was touched again since."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huying.admin.changes.difference import put_back, touched

INNER = st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2), max_size=3)
STATE = st.none() | st.fixed_dictionaries({}, optional={"a": st.integers(0, 2), "b": st.text("ab", max_size=2), "c": INNER, "d": INNER})


def test_only_what_was_touched_goes_back() -> None:
    before = {"name": "A", "seconds": 20, "skills": {"en": 3, "zh": 5}}
    after = {"name": "A", "seconds": 30, "skills": {"en": 7, "zh": 5, "tv": 1}}
    now = {"name": "B", "seconds": 30, "skills": {"en": 7, "zh": 9, "tv": 1}}
    back = put_back(now, before, after)
    assert back.state == {"name": "B", "seconds": 20, "skills": {"en": 3, "zh": 9}}
    assert not back.clashes
    assert back.differs


def test_what_changed_again_is_told() -> None:
    back = put_back({"a": 3, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 2})
    assert back.clashes == {("a",)}
    assert back.state == {"a": 1, "b": 1}


def test_what_is_back_already_is_no_change() -> None:
    assert not put_back({"a": 1}, {"a": 1}, {"a": 2}).differs
    assert not put_back(None, None, {"a": 2}).differs


def test_making_is_undone_only_while_the_thing_is_as_it_was_made() -> None:
    assert put_back({"a": 1}, None, {"a": 1}).state is None
    assert put_back({"a": 2}, None, {"a": 1}).clashes == {("a",)}


def test_deleting_is_undone() -> None:
    back = put_back(None, {"a": 1}, None)
    assert back.state == {"a": 1}
    assert not back.clashes
    assert put_back({"a": 5}, {"a": 1}, None).clashes == {("a",)}


def test_an_empty_object_differs_from_none() -> None:
    assert touched({"c": {}}, {}).keys() == {("c",)}
    assert put_back({"c": {"x": 1}}, {}, {"c": {"x": 1}}).state == {}
    assert put_back({}, {"c": {"x": 1}}, {}).state == {"c": {"x": 1}}


@given(st.lists(STATE, min_size=1, max_size=8))
def test_in_reverse_order_everything_goes_back(states: list[dict[str, object] | None]) -> None:
    now = states[-1]
    for before, after in reversed(list(pairwise(states))):
        back = put_back(now, before, after)
        assert not back.clashes
        assert back.differs == (before != after)
        now = back.state
    assert now == states[0]


@given(STATE, STATE, STATE)
def test_undoing_never_touches_anything_else(before: dict[str, object], after: dict[str, object], now: dict[str, object]) -> None:
    back = put_back(now, before, after)
    if before is not None and after is not None and now is not None:
        assert touched(now, back.state).keys() <= touched(before, after).keys() | back.clashes
