"""Keys that an agent presses in a conversation, gathered until they are a code. Pure.

The other side hears none of them by itself: what turns out to be no code is passed on. `**` sends one star.
"""

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
        self.passed = ""
        """What the last key showed to be no code."""

    def press(self, codes: Codes, key: str, now: datetime) -> tuple[Action, str] | None:
        """One more key; the action once it is whole, with what follows its code."""
        if self._at is None or now - self._at > PATIENCE:
            self._keys = ""
        self._at, self.passed = now, ""
        if not self._keys and key != "*":
            self.passed = key
            return None
        self._keys += key
        done = codes.pressed(self._keys)
        if done or not codes.may_become(self._keys):
            again = not done and key == "*"
            self.passed = "" if done else self._keys[: len(self._keys) - again]
            self._keys = "*" if again and self._keys != "**" else ""
        return done
