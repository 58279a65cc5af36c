"""Searches by ways of typing: how long each took, what it found, and how long plain ILIKE takes for some of the same questions."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from statistics import median, quantiles
from typing import Generic, TypeVar

T = TypeVar("T")
F = TypeVar("F")
Search = Callable[[str], Awaitable[object]]


async def timed(work: Callable[[], Awaitable[T]]) -> tuple[T, float]:
    """What it gives, and how many milliseconds it took."""
    began = time.perf_counter()
    result = await work()
    return result, 1000 * (time.perf_counter() - began)


def p95(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(took, n=20)[-1] if len(took) > 1 else took[0]


class Typed(Generic[F]):
    """What was measured, by way of typing. F: what is noted of what was found."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {}
        self.found: dict[str, list[F]] = {}
        self.examples: dict[str, str] = {}
        self.ratios: list[float] = []
        self.plain_ms: list[float] = []

    def note(self, way: str, typed: str, milliseconds: float, found: F) -> None:
        """One search."""
        self.took.setdefault(way, []).append(milliseconds)
        self.found.setdefault(way, []).append(found)
        self.examples.setdefault(way, typed)

    async def compare(self, asked: Sequence[tuple[str, str]], ours: Search, plainly: Search, of_each: int) -> None:
        """Ask so many of each way in both ways of searching."""
        times: dict[str, int] = {}
        for way, typed in asked:
            times[way] = times.get(way, 0) + 1
            if times[way] > of_each:
                continue
            _, took = await timed(partial(ours, typed))
            _, plain = await timed(partial(plainly, typed))
            self.plain_ms.append(plain)
            self.ratios.append(plain / took)

    def table(self, head: str, last: Callable[[str, Sequence[F]], str]) -> str:
        """A row for each way of typing, the slowest first; `last` fills the last column."""
        lines = [head]
        for way in sorted(self.took, key=lambda way: -p95(self.took[way])):
            took = self.took[way]
            times = f"{median(took):.1f} | {p95(took):.1f} | {max(took):.1f}"
            lines.append(f"| {way} | {self.examples[way]} | {times} | {last(way, self.found[way])} |")
        return "\n".join(lines)

    def figures(self, bench: str) -> dict[str, object]:
        """Those that both benches give."""
        every = [one for took in self.took.values() for one in took]
        return {
            "bench": bench,
            "p95_ms": round(p95(every), 1),
            "p50_ms": round(median(every), 1),
            "worst_way_p95_ms": round(max(p95(took) for took in self.took.values()), 1),
            "ilike_p50_ms": round(median(self.plain_ms), 1),
            "ratio_to_ilike": round(median(self.ratios), 1),
            "searches": len(every),
        }
