"""Distributions of durations, as people write them in scenarios; each turns an even number between 0 and 1 into seconds. Pure.

Drawing by the inverse keeps two rule sets comparable: the same contact has the same number, so the same patience and talk.
"""

from __future__ import annotations

from bisect import bisect_right
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_NORMAL = NormalDist()
_KINDS = ("constant", "exponential", "lognormal", "uniform", "empirical")


class Lognormal(BaseModel):
    """`mean` in seconds; `cv` is the standard deviation over the mean."""

    model_config = ConfigDict(extra="forbid")

    mean: float = Field(gt=0)
    cv: float = Field(default=1.0, gt=0)


class Distribution(BaseModel):
    """Exactly one of the kinds. Seconds."""

    model_config = ConfigDict(extra="forbid")

    constant: float | None = Field(default=None, ge=0)
    exponential: float | None = Field(default=None, gt=0)
    """The mean."""
    lognormal: Lognormal | None = None
    uniform: tuple[float, float] | None = None
    empirical: list[float] | None = None
    """Observed values; drawn between them."""

    @model_validator(mode="after")
    def _one_kind(self) -> Distribution:
        kinds = [name for name in _KINDS if getattr(self, name) is not None]
        if len(kinds) != 1:
            raise ValueError(f"give exactly one of {', '.join(_KINDS)}")
        if self.uniform is not None and not 0 <= self.uniform[0] <= self.uniform[1]:
            raise ValueError("uniform needs [least, most], not below 0")
        if self.empirical is not None and (not self.empirical or min(self.empirical) < 0):
            raise ValueError("empirical needs at least one value, none below 0")
        return self

    def at(self, share: float) -> float:
        """The duration below which this share (0 up to 1) of all are."""
        if self.constant is not None:
            return self.constant
        if self.exponential is not None:
            return -self.exponential * log(1.0 - share) if share < 1.0 else inf
        if self.lognormal is not None:
            spread = sqrt(log(1.0 + self.lognormal.cv**2))
            return self.lognormal.mean * exp(spread * _NORMAL.inv_cdf(min(max(share, 1e-12), 1.0 - 1e-12)) - spread * spread / 2.0)
        if self.uniform is not None:
            return self.uniform[0] + share * (self.uniform[1] - self.uniform[0])
        return _between(sorted(self.empirical or [0.0]), share)


def _between(values: list[float], share: float) -> float:
    place = share * (len(values) - 1)
    below = int(place)
    return values[below] if below + 1 >= len(values) else values[below] + (place - below) * (values[below + 1] - values[below])


def _from_number(value: Any) -> Any:
    return {"constant": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


Seconds = Annotated[Distribution, BeforeValidator(_from_number)]
"""A distribution; a bare number is constant."""


class Steps:
    """A rate that changes by steps over the day: seconds since midnight -> rate an hour from then on. Pure."""

    def __init__(self, steps: dict[float, float], begins: float, ends: float) -> None:
        moments = sorted(steps)
        self._times = [begins, *(moment for moment in moments if begins < moment < ends), ends]
        self._rates = [steps[moments[max(0, bisect_right(moments, time) - 1)]] for time in self._times[:-1]]
        if moments and moments[0] > begins:
            self._rates = [0.0 if time < moments[0] else rate for time, rate in zip(self._times, self._rates, strict=False)]

    def moments(self, gaps: Any) -> list[float]:
        """Arrivals of a Poisson process: `gaps()` gives exponential numbers of mean 1, which are stretched by the rate."""
        found: list[float] = []
        left = gaps()
        for start, end, rate in zip(self._times, self._times[1:], self._rates, strict=False):
            at = start
            while rate > 0.0 and at + left * 3600.0 / rate < end:
                at += left * 3600.0 / rate
                found.append(at)
                left = gaps()
            left -= max(0.0, end - at) * rate / 3600.0
        return found
