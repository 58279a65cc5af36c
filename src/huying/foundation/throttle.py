"""How often something may happen: a moving window per key. Pure: the time comes as an argument (seconds of a monotonic clock)."""

from __future__ import annotations

from collections import deque

KEYS_KEPT = 50_000


class Throttle:
    """At most `count` notes per key in `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count, self._seconds = count, seconds
        self._notes: dict[str, deque[float]] = {}

    def wait_seconds(self, key: str, now: float) -> float:
        """How long the key must wait; 0 when it may go on."""
        notes = self._fresh(key, now)
        return notes[0] + self._seconds - now if len(notes) >= self._count else 0.0

    def note(self, key: str, now: float) -> None:
        """It happened once for the key."""
        if key not in self._notes and len(self._notes) >= KEYS_KEPT:
            self._forget(now)
        notes = self._notes.setdefault(key, deque(maxlen=self._count))
        notes.append(now)

    def take_back(self, key: str) -> None:
        """The last note of the key does not count after all."""
        notes = self._notes.get(key)
        if notes:
            notes.pop()

    def clear(self, key: str) -> None:
        """Forget the key."""
        self._notes.pop(key, None)

    def _fresh(self, key: str, now: float) -> deque[float]:
        notes = self._notes.get(key)
        if notes is None:
            return deque()
        while notes and notes[0] <= now - self._seconds:
            notes.popleft()
        if not notes:
            del self._notes[key]
        return notes

    def _forget(self, now: float) -> None:
        for key in list(self._notes):
            self._fresh(key, now)
        while len(self._notes) >= KEYS_KEPT:
            self._notes.pop(next(iter(self._notes)))
