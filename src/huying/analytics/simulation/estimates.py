"""How good the announced wait is: asked when somebody comes in, held against what it became. Beside it, the mean of the last 20 waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from huying.analytics.simulation.day import Watcher
from huying.analytics.simulation.stays import Stay
from huying.routing.estimate.estimate import Estimator
from huying.routing.router import work as w

LAST = 20
ENOUGH = 30
"""Estimates that an error is told of."""


@dataclass(frozen=True, slots=True)
class Said:
    """One estimate and what it became; seconds, None where nothing was said."""

    queue_id: str
    place: int
    real: float
    said: float | None
    mean_of_last: float | None

    @staticmethod
    def error(said: float, real: float) -> float:
        """How far off, in parts of the real wait."""
        return abs(said - real) / real


@dataclass(slots=True)
class EstimateErrors:
    """All estimates that were held against a real wait: of those who were answered, and had to wait."""

    said: list[Said] = field(default_factory=list)

    def told(self, least_place: int) -> tuple[int, float, float] | None:
        """How many at these places, the median error, and that of the mean of the last 20; None when they are too few to tell."""
        count = sum(one.place >= least_place and one.said is not None for one in self.said)
        ours, naive = self.median_error(least_place), self.median_error(least_place, naive=True)
        return (count, ours, naive) if count >= ENOUGH and ours is not None and naive is not None else None

    def median_error(self, least_place: int, *, naive: bool = False) -> float | None:
        """The median of |estimate - real| / real at these places; None without any."""
        pairs = [(one.mean_of_last if naive else one.said, one.real) for one in self.said if one.place >= least_place]
        errors = [Said.error(said, real) for said, real in pairs if said is not None]
        return median(errors) if errors else None


class EstimateWatcher(Watcher):
    """Asks the same estimator that speaks in real calls."""

    def __init__(self, errors: EstimateErrors) -> None:
        self._errors = errors
        self._estimator = Estimator()
        self._asked: dict[str, tuple[int, float | None, float | None]] = {}
        self._waits: dict[str, deque[float]] = {}

    def handled(self, event: w.RoutingEvent, commands: Sequence[w.RoutingCommand], now: datetime) -> None:
        """Learn."""
        self._estimator.observe(event, commands, now)

    def entered(self, stay: Stay, place: int, now: datetime) -> None:
        """Ask, where there is something to wait for."""
        if stay.offers or stay.origin == "callback":
            return
        waits = self._waits.get(stay.item.queue_id)
        naive = sum(waits) / len(waits) if waits else None
        self._asked[stay.item.item_id] = (place, self._estimator.wait(stay.item.queue_id, place, now), naive)

    def ended(self, stay: Stay, ending: str, now: datetime) -> None:
        """Compare."""
        asked = self._asked.pop(stay.item.item_id, None)
        if ending != "answered":
            return
        real = (now - stay.entered_at).total_seconds()
        self._waits.setdefault(stay.item.queue_id, deque(maxlen=LAST)).append(real)
        if asked is not None and real > 0:
            self._errors.said.append(Said(stay.item.queue_id, asked[0], real, asked[1], asked[2]))
