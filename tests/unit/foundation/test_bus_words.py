"""Subjects and errors on the bus."""

import json
from datetime import date

import pytest

from huying.foundation.bus.subjects import matches
from huying.foundation.bus.wire import error_from_json, error_to_json
from huying.foundation.errors import Conflict, HuyingError, NotFound


@pytest.mark.parametrize(
    ("pattern", "subject", "expected"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.c", False),
        ("a.b", "a.b.c", False),
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*.c", "a.b.c", True),
        ("a.>", "a", False),
        ("a.>", "a.b", True),
        ("a.>", "a.b.c.d", True),
        (">", "a", True),
    ],
)
def test_patterns(pattern: str, subject: str, expected: bool) -> None:
    assert matches(pattern, subject) is expected


def test_an_error_comes_back_as_its_class() -> None:
    back = error_from_json(error_to_json(NotFound("no such call", id="7")))
    assert type(back) is NotFound
    assert (back.message, back.details) == ("no such call", {"id": "7"})


def test_an_error_nobody_here_knows_keeps_its_code() -> None:
    back = error_from_json({"code": "from-the-future", "message": "later"})
    assert type(back) is HuyingError
    assert (back.code, back.message) == ("from-the-future", "later")


def test_a_defect_keeps_its_text_at_home() -> None:
    assert error_to_json(ValueError("password=1"))["message"] == ""
    assert error_from_json(error_to_json(Conflict())).message == Conflict.__doc__


def test_what_an_error_tells_is_the_same_on_the_other_side() -> None:
    told = json.loads(json.dumps(error_to_json(Conflict("Not now.", may_override=True, seconds=3, why="busy", day=date(2026, 11, 22)))))
    assert error_from_json(told).details == {"may_override": True, "seconds": 3, "why": "busy", "day": "2026-11-22"}
