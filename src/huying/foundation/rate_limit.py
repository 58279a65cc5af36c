"""How often somebody may do something: so many at once, then one in so many seconds, by key. Pure memory; time comes as an argument."""

from __future__ import annotations

import math
from datetime import datetime

from huying.foundation.errors import TooMany

MOST_KEYS = 50_000


class RateLimit:
    """A bucket for each key that holds `burst` tries and refills one in `seconds`."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = burst
        self._seconds = seconds
        self._full_at: dict[str, float] = {}
        """When each key's bucket is full again, as a timestamp; full buckets need no memory."""

    def take(self, key: str, now: datetime) -> None:
        """Count one try. Raises TooMany with `retry_after_seconds`."""
        moment = now.timestamp()
        if len(self._full_at) >= MOST_KEYS:
            self._full_at = {known: full for known, full in self._full_at.items() if full > moment}
        full_at = max(self._full_at.get(key, moment), moment) + self._seconds
        excess = full_at - moment - self._burst * self._seconds
        if excess > 1e-6:
            raise TooMany(retry_after_seconds=math.ceil(excess))
        self._full_at[key] = full_at

    def forget(self, key: str) -> None:
        """Give the key its whole burst again."""
        self._full_at.pop(key, None)
