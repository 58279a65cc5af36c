"""Which part of a recording lies between two commands, however long each of them took on a busy machine."""

from __future__ import annotations

import asyncio

import numpy as np

SETTLES, EARLY = 0.35, 0.15
"""Seconds after a command and before the next in which nothing is measured."""


class Stopwatch:
    """Made when the recording has begun; by the event loop's clock, so in virtual time too."""

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._begun = self._clock()

    async def stretch(self, seconds: float) -> tuple[float, float]:
        """Let so many seconds pass; when that began and when it ended."""
        begun = self._clock()
        await asyncio.sleep(seconds)
        return begun, self._clock()

    def part(self, sound: np.ndarray, rate: int, after: float, before: float) -> np.ndarray:
        """The sound from a moment after the first of these times to one before the second."""
        return sound[int((after - self._begun + SETTLES) * rate) : int((before - self._begun - EARLY) * rate)]
