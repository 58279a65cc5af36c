"""`./huying bench erlang`: the router against queueing theory, M/M/c against Erlang C and M/M/c+M against Erlang A.

Method. For every centre of the grid, customers with exponential gaps, handling times and (for Erlang A) patience go through the
product's own router in virtual time, call by call. Waits in a busy queue hang together over hundreds of calls, so that the mean of some
ten thousand calls is still several percent off by chance alone; so two levels are added (multilevel Monte Carlo; Giles, Operations
Research 56 (2008)): the mean over millions of customers of the plain recursion of such waits, plus the mean difference between router
and recursion over the same customers. What comes out is an estimate of the router's own long-run mean that uses no theory; were the
router to serve in another order or leave somebody idle, the second level would show it. The column `same` is the share of calls
whose wait (and giving up) is the recursion's to the tenth of a millisecond; `alone` is the error of the router's calls by themselves.

The error is |estimate - formula| / formula of: the share that waits, the mean wait of all, and (Erlang A) the share that gives up.
`erlang_c_error` and `erlang_a_error` are the worst of them over the grid.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from bench.pages.measured import circumstances, write
from bench.simulated.theory import Centre, Met, by_recursion, long_run, through_router

from huying.analytics.erlang import Waiting

GRID: tuple[tuple[Centre, int], ...] = (
    (Centre(2, 0.5), 4_000_000),
    (Centre(5, 0.7), 8_000_000),
    (Centre(10, 0.8), 16_000_000),
    (Centre(40, 0.85), 16_000_000),
    (Centre(5, 0.9, 180.0), 3_000_000),
    (Centre(10, 1.1, 90.0), 3_000_000),
    (Centre(20, 1.0, 360.0), 4_000_000),
    (Centre(50, 1.2, 180.0), 3_000_000),
)
"""Centres, and how many customers the recursion serves."""
SEEDS = (1, 2, 3)
THROUGH_ROUTER = 10_000
"""Customers for each seed and centre."""
NAMES = {"waits": "waits at all", "mean_wait": "mean wait", "abandons": "gives up"}
HEAD = (
    "| formula | agents | load | patience s | calls through the router | same | what | formula says | router | error | alone |\n"
    "|---|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One centre measured. `same`: the share of calls that met what the recursion says; `calls` went through the router."""

    centre: Centre
    theory: Waiting
    estimate: Waiting
    alone: Waiting
    same: float
    calls: int

    @property
    def formula(self) -> str:
        """Which one."""
        return "A" if self.centre.patience_seconds else "C"

    def errors(self) -> Iterator[tuple[str, float, float, float, float]]:
        """What, by the formula, by the router, the error, and that of the router's calls alone."""
        for what in NAMES if self.formula == "A" else ("waits", "mean_wait"):
            theory, estimate, alone = (getattr(one, what) for one in (self.theory, self.estimate, self.alone))
            yield what, theory, estimate, abs(estimate - theory) / theory, abs(alone - theory) / theory


def measure(centre: Centre, customers: int, seeds: tuple[int, ...] = SEEDS, calls: int = THROUGH_ROUTER) -> Point:
    """Measure one centre."""
    router, recursion, same = Met(), Met(), 0
    for seed in seeds:
        draws = centre.draws(numpy.random.default_rng((seed, 1)), calls)
        mine, theirs = through_router(centre, draws), Met(each=[])
        by_recursion(draws, theirs, [0.0] * centre.servers)
        for one, other in zip(mine.each or (), theirs.each or (), strict=True):
            router.add(*one)
            recursion.add(*other)
            same += abs(one[0] - other[0]) < 1e-4 and one[1] == other[1]
    far, near, theirs_near = long_run(centre, 7, customers).means(), router.means(), recursion.means()
    estimate = Waiting(
        far.waits + near.waits - theirs_near.waits,
        far.mean_wait + near.mean_wait - theirs_near.mean_wait,
        far.abandons + near.abandons - theirs_near.abandons,
    )
    return Point(centre, centre.theory(), estimate, near, same / router.customers, router.customers)


def table(points: list[Point]) -> str:
    """A row for each centre and measure, in Markdown."""
    rows = []
    for point in points:
        for number, (what, theory, estimate, error, alone) in enumerate(point.errors()):
            unit, times = (" s", 1) if what == "mean_wait" else (" %", 100)
            values = (f"{times * theory:.2f}{unit}", f"{times * estimate:.2f}{unit}", f"{100 * error:.2f} %", f"{100 * alone:.1f} %")
            rows.append("| " + " | ".join((*(_centre(point) if number == 0 else ("",) * 6), NAMES[what], *values)) + " |")
    return "\n".join([HEAD, *rows])


def _centre(point: Point) -> tuple[str, ...]:
    centre = point.centre
    patience = f"{centre.patience_seconds:g}" if centre.patience_seconds else "-"
    return (f"Erlang {point.formula}", str(centre.servers), f"{centre.load:g}", patience, str(point.calls), f"{100 * point.same:.2f} %")


def figures(points: list[Point]) -> dict[str, object]:
    """What is judged."""
    worst = {formula: max(error for p in points if p.formula == formula for *_, error, _ in p.errors()) for formula in "CA"}
    return {
        "bench": "erlang",
        "erlang_c_error": round(worst["C"], 5),
        "erlang_a_error": round(worst["A"], 5),
        "least_same": round(min(point.same for point in points), 6),
        "calls_through_router": sum(point.calls for point in points),
    }


def main() -> int:
    """Run it; 0 when both errors are within 2 %."""
    parser = argparse.ArgumentParser(prog="huying bench erlang", description="The router against Erlang C and Erlang A.")
    parser.add_argument(
        "--calls", type=int, default=THROUGH_ROUTER, help=f"calls through the router a seed and centre (default {THROUGH_ROUTER})"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured.md")
    parsed = parser.parse_args()
    points = []
    for centre, customers in GRID:
        points.append(measure(centre, customers, calls=parsed.calls))
        print(f"{centre}: same {points[-1].same:.4f}", file=sys.stderr, flush=True)
    found = figures(points)
    text = f"{circumstances()}; {len(SEEDS)} seeds.\n\n{table(points)}\n"
    print(text)
    if parsed.write:
        write("erlang", f"{text}\nHow it is measured stands at the top of `bench/erlang.py`.\n")
    print(json.dumps(found))
    return 0 if max(float(str(found["erlang_c_error"])), float(str(found["erlang_a_error"]))) <= 0.02 else 1


if __name__ == "__main__":
    sys.exit(main())
