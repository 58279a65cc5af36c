"""Whom an internal number means."""

from __future__ import annotations

import pytest

from huying.channels.dialling.plan import DialPlan, DialSettings, Inner

PLAN = DialPlan(
    DialSettings(outside_prefix="9"),
    extensions={"8001": "ann", "110": "nobody"},
    numbered={"8801": Inner("queue", "repair"), "8890": Inner("flow", "menu")},
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("8001", Inner("agent", "ann")),
        ("80 01", Inner("agent", "ann")),
        ("8801", Inner("queue", "repair")),
        ("8890", Inner("flow", "menu")),
        ("*8001", Inner("mailbox", "ann")),
        ("*8801", Inner("mailbox", "repair")),
        ("*8890", None),
        ("**8001", None),
        ("*", None),
        ("8002", None),
        ("110", None),
        ("*110", None),
        ("13800138000", None),
    ],
)
def test_whom_a_number_means(text: str, meant: Inner | None) -> None:
    assert PLAN.inner(text) == meant


def test_what_is_read_of_it() -> None:
    assert PLAN.read("8801").kind == PLAN.read("8890").kind == PLAN.read("8001").kind == "internal"
    assert PLAN.read("110").kind == "emergency", "no internal number hides an emergency number"
