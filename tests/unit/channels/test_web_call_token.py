"""A token says what was put in, to nobody else and not for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.channels.web_call.token import LIFE, WebCallTokens
from huying.foundation.errors import NotSignedIn

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOKENS = WebCallTokens(b"key")


def test_says_what_was_put_in() -> None:
    claim = TOKENS.read(TOKENS.make("b", "c", "v1", NOW), NOW + timedelta(hours=1))
    assert (claim.business_id, claim.call_id, claim.account) == ("b", "c", "v1")


def test_ends() -> None:
    token = TOKENS.make("b", "c", "v1", NOW)
    with pytest.raises(NotSignedIn):
        TOKENS.read(token, NOW + LIFE)
    with pytest.raises(NotSignedIn):
        WebCallTokens(b"another").read(token, NOW)


@given(st.text(max_size=60))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotSignedIn):
        TOKENS.read(text, NOW)


@given(st.integers(0, 200), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_letter_is_refused(place: int, letter: str) -> None:
    token = TOKENS.make("b", "c", "v1", NOW)
    place %= len(token) - 1  # the last letter's spare bits mean nothing
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(NotSignedIn):
            TOKENS.read(changed, NOW)
