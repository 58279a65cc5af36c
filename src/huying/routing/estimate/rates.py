"""Rates that change: how often something happened in the time in which it could have, with old times forgotten. Pure.

Occurrence over exposure counts what still goes on as well (a long call that is not over yet), so it is not too short when
things have just become slower, as a mean of finished ones would be. Both sums fade with the same half-life.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime
from math import exp, log


@dataclass(slots=True)
class FadingRate:
    """Happenings per second of exposure. `running` things are exposed now."""

    half_life_seconds: float
    happened: float = 0.0
    """Happenings, faded."""
    exposed: float = 0.0
    """Seconds of exposure, faded."""
    running: int = 0
    _at: datetime | None = None

    def begin(self, now: datetime, count: int = 1) -> None:
        """So many more are exposed from now on (fewer with a negative count)."""
        self.advance(now)
        self.running = max(0, self.running + count)

    def happen(self, now: datetime, times: float = 1.0) -> None:
        """It happened; with a negative number, it did not after all."""
        self.advance(now)
        self.happened = max(0.0, self.happened + times)

    def expose(self, now: datetime, seconds: float) -> None:
        """So much exposure more, that was not counted while it ran."""
        self.advance(now)
        self.exposed += seconds

    def advance(self, now: datetime) -> None:
        """Let time pass until now."""
        if self._at is not None:
            seconds = (now - self._at).total_seconds()
            if seconds <= 0:
                return
            pace = log(2.0) / self.half_life_seconds
            kept = exp(-pace * seconds)
            self.happened *= kept
            self.exposed = self.exposed * kept + self.running * (1.0 - kept) / pace
        self._at = now

    def per_second(self, usual: float = 0.0, weight: float = 0.0) -> float:
        """The rate; `usual` counts like `weight` happenings. 0 where nothing was seen."""
        exposed = self.exposed + (weight / usual if usual > 0.0 else 0.0)
        happened = self.happened + (weight if usual > 0.0 else 0.0)
        return happened / exposed if exposed > 0.0 else 0.0


AGES = (0.0, 30.0, 60.0, 120.0, 240.0, 480.0, 960.0)
"""Where the ages begin between which leaving differs: some leave at once, some after a song, some never."""


@dataclass(slots=True)
class LeavingByAge:
    """How fast people leave who have waited so long, seen of those who wait no longer."""

    half_life_seconds: float
    ages: list[FadingRate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ages = [FadingRate(self.half_life_seconds) for _ in AGES]

    def seen(self, now: datetime, waited: float, *, gave_up: bool) -> None:
        """Somebody waits no longer."""
        for age, rate, end in zip(AGES, self.ages, (*AGES[1:], float("inf")), strict=True):
            if waited <= age and age > 0.0:
                return
            rate.expose(now, min(waited, end) - age)
            if gave_up and waited <= end:
                rate.happen(now)

    def stayed(self, now: datetime, waited: float) -> None:
        """Somebody who was seen to leave at this age waits on."""
        self._at(waited).happen(now, -1.0)

    def per_second(self, waited: float, usual: float, weight: float) -> float:
        """The rate at an age; `usual` counts like `weight` happenings."""
        return self._at(waited).per_second(usual, weight)

    def _at(self, waited: float) -> FadingRate:
        return self.ages[bisect_left(AGES, waited, 1) - 1]


@dataclass(slots=True)
class FadingMean:
    """A mean in which every new value counts `share`, and the first ones as much as there are."""

    share: float
    mean: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        """One more value."""
        self.count += 1
        self.mean += max(self.share, 1.0 / self.count) * (value - self.mean)
