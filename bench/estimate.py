"""`./huying bench estimate`: how far off the announced wait is, against the mean of the last 20 waits and an oracle.

Method. Days with changing load, changing staff, impatient customers, shared agents, VIPs who pass, skills and callbacks run through
the product's router in virtual time. Everybody who comes in and has to wait is told an estimate by the product's own estimator, which has
seen nothing but what a real one would. For those who were answered, the error is |estimate - real wait| / real wait, from coming in to
being connected. Beside it, for the same people: the mean wait of the last 20 who were answered in the queue (what others announce), and an
oracle: the same formula with the true rates of handling and leaving and the roster of the day in place of what was measured. What the
oracle still errs is chance: of a short line more than of a long one, which is why places from 10 on are judged.

`median_abs_error` is the median over all such people of all days at places from 10 on; `naive_median_abs_error` and
`oracle_median_abs_error` are the same for the other two.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from bench.pages.measured import circumstances, write
from bench.simulated.days import DAYS
from bench.simulated.oracle import Oracle

from huying.analytics.simulation.day import Watcher, play
from huying.analytics.simulation.plan import plan_day
from huying.analytics.simulation.rules import configured
from huying.analytics.simulation.scenario_file import read_scenario
from huying.analytics.simulation.stays import Stay
from huying.routing.estimate.estimate import Estimator
from huying.routing.router import work as w

PLACES = ((1, 1), (2, 4), (5, 9), (10, 14), (15, 24), (25, 49), (50, 9999))
JUDGED_FROM = 10
LAST = 20
DAYS_OF_EACH = 3
HEAD = "| {0} | people | estimate | oracle | mean of last 20 |\n|---|---:|---:|---:|---:|"


@dataclass(frozen=True, slots=True)
class Told:
    """One person: what was said by whom, and what it became; seconds."""

    day: str
    place: int
    real: float
    said: float
    oracle: float
    naive: float

    def error(self, by: str) -> float:
        """In parts of the real wait."""
        return float(abs(getattr(self, by) - self.real) / self.real)


@dataclass(slots=True)
class Listening(Watcher):
    """Asks all three when somebody comes in."""

    day: str
    oracle: Oracle
    estimator: Estimator = field(default_factory=Estimator)
    told: list[Told] = field(default_factory=list)
    unknown: int = 0
    asked_seconds: float = 0.0
    questions: int = 0
    _asked: dict[str, tuple[int, float, float, float]] = field(default_factory=dict)
    _waits: dict[str, deque[float]] = field(default_factory=dict)

    def handled(self, event: w.RoutingEvent, commands: Sequence[w.RoutingCommand], now: datetime) -> None:
        """Learn."""
        self.estimator.observe(event, commands, now)
        self.oracle.observe(event, commands, now)

    def entered(self, stay: Stay, place: int, now: datetime) -> None:
        """Ask."""
        if stay.offers or stay.origin != "first":
            return
        queue_id, waits = stay.item.queue_id, self._waits.get(stay.item.queue_id)
        began = time.thread_time()
        said = self.estimator.wait(queue_id, place, now)
        self.asked_seconds += time.thread_time() - began
        self.questions += 1
        known = self.oracle.wait(queue_id, place, now)
        if said is None or known is None or not waits:
            self.unknown += 1
        else:
            self._asked[stay.item.item_id] = (place, said, known, sum(waits) / len(waits))

    def ended(self, stay: Stay, ending: str, now: datetime) -> None:
        """Compare."""
        asked = self._asked.pop(stay.item.item_id, None)
        if ending != "answered":
            return
        real = (now - stay.entered_at).total_seconds()
        self._waits.setdefault(stay.item.queue_id, deque(maxlen=LAST)).append(real)
        if asked and real > 0.0:
            place, said, known, naive = asked
            self.told.append(Told(self.day, place, real, said, known, naive))


def listen(told: dict[str, Any], days: int, seed: int) -> list[Listening]:
    """Play the days of a scenario."""
    scenario = next(iter(read_scenario(told | {"seed": seed}).values()))
    found = []
    for number in range(days):
        plan = plan_day(scenario, number)
        listening = Listening(scenario.name, Oracle(scenario, plan))
        play(plan, configured(scenario), watchers=[listening], seed=seed + number)
        found.append(listening)
    return found


def row(name: str, told: Sequence[Told]) -> str:
    """A row of medians."""
    medians = [f"{100 * median(one.error(by) for one in told):.1f} %" if told else "-" for by in ("said", "oracle", "naive")]
    return f"| {name} | {len(told)} | " + " | ".join(medians) + " |"


def tables(told: Sequence[Told]) -> str:
    """By place, and by day for the places that are judged."""
    by_place = [HEAD.format("place")]
    for first, last in PLACES:
        name = str(first) if first == last else f"{first}-{last}" if last < 9999 else f"{first} and more"
        by_place.append(row(name, [one for one in told if first <= one.place <= last]))
    judged = [one for one in told if one.place >= JUDGED_FROM]
    by_day = [HEAD.format(f"day (places from {JUDGED_FROM} on)")]
    by_day += [row(name, [one for one in judged if one.day == name]) for name in dict.fromkeys(one.day for one in told)]
    by_day.append(row("all", judged))
    return "\n".join(by_place) + "\n\n" + "\n".join(by_day)


def figures(told: Sequence[Told]) -> dict[str, object]:
    """What is judged."""
    judged = [one for one in told if one.place >= JUDGED_FROM]
    medians = {by: median(one.error(by) for one in judged) for by in ("said", "naive", "oracle")}
    return {
        "bench": "estimate",
        "median_abs_error": round(medians["said"], 4),
        "naive_median_abs_error": round(medians["naive"], 4),
        "oracle_median_abs_error": round(medians["oracle"], 4),
        "people": len(judged),
    }


def main() -> int:
    """Run it; 0 when the error is at most 25 % and smaller than that of the mean of the last waits."""
    parser = argparse.ArgumentParser(prog="huying bench estimate", description="How far off the announced wait is.")
    parser.add_argument("--days", type=int, default=DAYS_OF_EACH, help=f"days of each kind (default {DAYS_OF_EACH})")
    parser.add_argument("--seed", type=int, default=1, help="of the dice (default 1)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/measured.md")
    parsed = parser.parse_args()
    listened: list[Listening] = []
    for told in DAYS:
        listened += listen(told, parsed.days, parsed.seed)
        print(row(told["name"], [one for day in listened for one in day.told if one.day == told["name"] and one.place >= JUDGED_FROM]),
              file=sys.stderr, flush=True)  # fmt: skip
    everybody = [one for day in listened for one in day.told]
    found = figures(everybody)
    micros = 1e6 * sum(day.asked_seconds for day in listened) / sum(day.questions for day in listened)
    unknown = sum(day.unknown for day in listened)
    text = (
        f"{circumstances()}; {parsed.days} days of each kind, seed {parsed.seed}; medians of |estimate - real| / real of those who were "
        f"answered; nothing could be said to {unknown}; a question takes {micros:.0f} µs.\n\n{tables(everybody)}\n"
    )
    print(text)
    if parsed.write:
        write("estimate", f"{text}\nHow it is measured stands at the top of `bench/estimate.py`.\n")
    print(json.dumps(found | {"question_us": round(micros, 1)}))
    ours, naive = float(str(found["median_abs_error"])), float(str(found["naive_median_abs_error"]))
    return 0 if ours <= 0.25 and ours < naive else 1


if __name__ == "__main__":
    sys.exit(main())
