"""Keys that an agent presses in a conversation, gathered until they are a code. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from huying.channels.keypad.actions import Action, Codes

PATIENCE = timedelta(seconds=6)
"""From one key to the next; then what was pressed is forgotten."""


class Collecting:
    """The keys of one telephone."""

    def __init__(self) -> None:
        self._keys = ""
        self._at: datetime | None = None

    def press(self, codes: Codes, key: str, now: datetime) -> tuple[Action, str] | None:
        """One more key; the action once it is whole, with what follows its code."""
        if self._at is None or now - self._at > PATIENCE:
            self._keys = ""
        self._at = now
        if not self._keys and key != "*":
            return None
        self._keys += key
        done = codes.pressed(self._keys)
        if done or not codes.may_become(self._keys):
            self._keys = "*" if not done and key == "*" else ""
        return done
