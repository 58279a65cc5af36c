"""What a preference may be."""

from __future__ import annotations

import pytest

from huying.admin.preferences import shape
from huying.foundation.errors import InvalidInput


def test_all_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MOST_BYTES", 40)
    chosen = shape.with_choice({}, "theme", "dark")
    with pytest.raises(InvalidInput, match="40 bytes"):
        shape.with_choice(chosen, "keys", {"hold": "Alt+h", "mute": "F9"})


def test_none_is_the_usual_one_again() -> None:
    assert shape.with_choice({"theme": "dark", "desk-side": "calls"}, "theme", None) == {"desk-side": "calls"}
