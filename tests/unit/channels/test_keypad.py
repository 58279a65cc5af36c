"""Codes: found in what was dialled, gathered from keys in a conversation, refused where two could be confused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.keypad.actions import ACTIONS, IN_CALL, USUAL, USUAL_CODES, Codes, check
from huying.channels.keypad.collecting import Collecting
from huying.foundation.errors import Conflict, InvalidInput

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def press(keys: str, codes: Codes = USUAL_CODES, seconds: float = 0.3) -> list[tuple[str, str]]:
    collecting, found = Collecting(), []
    for number, key in enumerate(keys):
        done = collecting.press(codes, key, NOW + timedelta(seconds=number * seconds))
        if done:
            found.append((done[0].name, done[1]))
    return found


def test_usual_codes_are_all_different_and_allowed() -> None:
    for name, code in USUAL.items():
        check(name, code, USUAL)


@pytest.mark.parametrize(
    ("dialled", "action", "rest"),
    [
        ("*85701", "pick_up_parked", "701"),
        ("*80", "pick_up_group", ""),
        ("*7213800138000", "forward_always", "13800138000"),
        ("*03", "speed_dial", "3"),
    ],
)
def test_a_code_is_found_in_what_was_dialled(dialled: str, action: str, rest: str) -> None:
    found = USUAL_CODES.dialled(dialled)
    assert found
    assert (found[0].name, found[1]) == (action, rest)


@pytest.mark.parametrize("dialled", ["8001", "13800138000", "*85", "*801", "*", "110"])
def test_what_is_no_code_is_dialled_on(dialled: str) -> None:
    assert USUAL_CODES.dialled(dialled) is None


def test_keys_in_a_conversation_become_actions() -> None:
    assert press("12*4") == [("swap", "")]
    assert press("*28001#*5*6") == [("consult", "8001"), ("conference", ""), ("complete", "")]
    assert press("*313800138000#") == [("transfer", "13800138000")]
    assert press("*0*8") == [("park", "")]
    assert press("*28001#", seconds=7) == []


@pytest.mark.parametrize(
    ("keys", "passed"),
    [("12#0", "12#0"), ("*4", ""), ("5*28001#6", "56"), ("**", "*"), ("**5*1", "*5"), ("*#", "*#"), ("*0*8", "*0"), ("*01*4", "*01")],
)
def test_what_is_no_code_is_passed_on(keys: str, passed: str) -> None:
    collecting, found = Collecting(), ""
    for number, key in enumerate(keys):
        collecting.press(USUAL_CODES, key, NOW + timedelta(seconds=number * 0.3))
        found += collecting.passed
    assert found == passed


def test_what_is_switched_off_does_nothing() -> None:
    assert press("*4", Codes({name: code for name, code in USUAL.items() if name != "swap"})) == []


@given(st.text("0123456789*#", max_size=40))
def test_any_keys_end_in_no_fault_and_nothing_without_a_star(keys: str) -> None:
    found = press(keys)
    assert len(found) <= keys.count("*")
    assert all(ACTIONS[name].where == IN_CALL for name, _ in found)


def test_codes_that_could_be_confused_are_refused() -> None:
    with pytest.raises(InvalidInput):
        check("swap", "44", USUAL)
    with pytest.raises(Conflict):
        check("swap", "*5", USUAL)
    with pytest.raises(Conflict):
        check("swap", "*11", USUAL)
    check("swap", "*44", {name: code for name, code in USUAL.items() if name != "swap"})


def test_a_mailbox_is_a_star_before_its_number() -> None:
    assert press("*3*8001#") == [("transfer", "*8001")]
    assert press("*3*8001#*4") == [("transfer", "*8001"), ("swap", "")]
