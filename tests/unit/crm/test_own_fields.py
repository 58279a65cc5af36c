"""Values against the definitions of the business's own fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.crm.customers.numbers import matchable
from huying.crm.fields.checking import KINDS, Field, check

CHOICES = ("a", "b")


def one(kind: str, value: object) -> tuple[object, str]:
    checked = check([Field("x", kind, choices=CHOICES)], {}, {"x": value}, matchable)
    return checked.values.get("x"), checked.problems.get("x", "")


@pytest.mark.parametrize(
    ("kind", "value", "kept", "problem"),
    [
        ("text", " hi ", "hi", ""),
        ("text", 5, None, "not-a-text"),
        ("text", "x" * 4001, None, "too-long"),
        ("number", "1,250.5", 1250.5, ""),
        ("number", "12", 12, ""),
        ("number", True, None, "not-a-number"),
        ("number", "nan", None, "not-a-number"),
        ("date", "2026/05/01", "2026-05-01", ""),
        ("date", "1 May", None, "not-a-date"),
        ("choice", "a", "a", ""),
        ("choice", "c", None, "no-such-choice"),
        ("multi", ["b", "a", "b"], ["b", "a"], ""),
        ("multi", ["b", "c"], None, "no-such-choice"),
        ("yes_no", False, False, ""),
        ("yes_no", "no", None, "not-yes-or-no"),
        ("phone", "138 0013 8000", "+8613800138000", ""),
        ("phone", "hello", None, "not-a-phone"),
        ("email", "A@Example.com", "a@example.com", ""),
        ("email", "a@b", None, "not-an-email"),
        ("url", "https://example.com/x", "https://example.com/x", ""),
        ("url", "javascript:alert(1)", None, "not-a-url"),
    ],
)
def test_each_kind(kind: str, value: object, kept: object, problem: str) -> None:
    assert one(kind, value) == (kept, problem)


def test_required_unknown_and_emptied() -> None:
    fields = [Field("a", "text", required=True), Field("b", "number")]
    assert check(fields, {}, {"b": "1", "c": "x"}, matchable).problems == {"a": "required", "c": "unknown-field"}
    checked = check(fields, {"a": "x", "b": 1, "gone": 7}, {"b": None}, matchable)
    assert (checked.values, checked.problems) == ({"a": "x", "gone": 7}, {})
    assert check(fields, {"a": "x"}, {"a": ""}, matchable).problems == {"a": "required"}


@given(st.sampled_from(KINDS), st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_whatever_is_given_is_kept_or_refused(kind: str, value: object) -> None:
    kept, problem = one(kind, value)
    assert problem == "" or kept is None
    if kept is not None:
        assert one(kind, kept) == (kept, "")
