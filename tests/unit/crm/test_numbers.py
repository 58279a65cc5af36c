"""Numbers come to one form; what is no number finds nobody."""

from __future__ import annotations

import pytest

from huying.crm.customers.numbers import InvalidNumber, matchable, to_e164


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("013800138000", "+8613800138000"),
        ("010-65551234", "+861065551234"),
        ("+86 10 6555 1234", "+861065551234"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958".replace("0044", "+44"), "+442079460958"),
        ("4008005678", "+864008005678"),
    ],
)
def test_e164(written: str, stored: str) -> None:
    assert to_e164(written) == stored
    assert to_e164(stored) == stored


@pytest.mark.parametrize("written", ["", "anonymous", "8001", "call me", "1" * 30])
def test_not_a_number(written: str) -> None:
    assert matchable(written) == ""
    with pytest.raises(InvalidNumber):
        to_e164(written)
