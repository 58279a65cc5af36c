"""The estimate of somebody who knows what nobody knows: the true rates of handling and leaving, and who will work when.

It is the product's estimator with the truth in place of what was measured, so what is left of its error is chance. Those ahead
may still be quick or slow, patient or not, and that is more of a short line than of a long one.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from statistics import fmean

from huying.analytics.simulation.distributions import Distribution
from huying.analytics.simulation.plan import Plan
from huying.analytics.simulation.scenario import Scenario
from huying.routing.estimate.estimate import NEVER_SECONDS, Drain, Estimator, death_time
from huying.routing.router.requirements import Circle

STEP_SECONDS = 30.0


class Oracle(Estimator):
    """Knows the scenario and the plan of its day."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        super().__init__()
        self._scenario = scenario
        self._handling = {code: self._true_handling(code) for code in scenario.queues}
        self._hazard = {code: self._true_leaving(code) for code in scenario.queues}
        self._turns = plan.turns
        self._rosters: dict[Circle, tuple[list[datetime], list[int]]] = {}

    def _true_handling(self, code: str) -> float:
        streams = [stream for stream in self._scenario.customers if stream.queue == code]
        rings = fmean(_mean(part.answers_after) for part in self._scenario.agents)
        weights = [_hourly(stream.per_hour) for stream in streams]
        means = [_mean(stream.talk) + _mean(stream.after_call) + rings for stream in streams]
        return sum(weight * mean for weight, mean in zip(weights, means, strict=True)) / sum(weights)

    def _true_leaving(self, code: str) -> Distribution | None:
        return next((stream.patience for stream in self._scenario.customers if stream.queue == code), None)

    def wait(self, queue_id: str, place: int, now: datetime) -> float | None:
        """As the product's, from the first contact on."""
        handled = self._seen.handled("", "call")
        handled.happened = max(handled.happened, 100.0)
        return super().wait(queue_id, place, now)

    def _seconds_each(self, queue_id: str, channel: str, now: datetime) -> float:  # noqa: ARG002
        return self._handling[queue_id]

    def _leaving_per_second(self, queue_id: str, place: int, later: float, now: datetime) -> float:
        """The mean hazard of those who wait: what share of them leaves in the next half minute."""
        patience, queue = self._hazard[queue_id], self._seen.queues[queue_id]
        if patience is None:
            return 0.0
        if patience.exponential is not None:
            return 1.0 / patience.exponential
        ages = [max(0.0, (now - order[1]).total_seconds()) + later for order in queue.line[:place]] or [later]
        return fmean(_hazard(patience, age) for age in ages)

    def _gone_after(self, drain: Drain, circle: Circle, now: datetime) -> float | None:
        """With the staff that will be there."""
        times, counts = self._roster(circle)
        at_work = counts[bisect_right(times, now)]
        passed, left = 0.0, drain.count
        while at_work and passed < NEVER_SECONDS:
            share = counts[bisect_right(times, now + timedelta(seconds=passed))] / at_work
            rest = death_time(left, drain.served_per_second * share, drain.leaving_per_second) if share else None
            if rest is not None and rest <= STEP_SECONDS:
                return passed + rest
            left -= (drain.served_per_second * share + drain.leaving_per_second * max(0.0, left - 0.5)) * STEP_SECONDS
            passed += STEP_SECONDS
        return None

    def _roster(self, circle: Circle) -> tuple[list[datetime], list[int]]:
        """How many of a circle work: times of change, and the counts between them, the first before all."""
        roster = self._rosters.get(circle)
        if roster is None:
            inside, ready, times, counts = self._seen.agents.mask(circle), set[str](), list[datetime](), [0]
            for turn in self._turns:
                agent = self._seen.agents.get(turn.agent_id)
                if agent and inside >> agent.bit & 1:
                    (ready.add if turn.status == "ready" else ready.discard)(turn.agent_id)
                    times.append(turn.at)
                    counts.append(len(ready))
            roster = self._rosters[circle] = (times, counts)
        return roster


def _mean(distribution: Distribution) -> float:
    return fmean(distribution.at((place + 0.5) / 2000) for place in range(2000))


def _hourly(per_hour: dict[float, float] | float) -> float:
    return fmean(per_hour.values()) if isinstance(per_hour, dict) else per_hour


def _hazard(patience: Distribution, age: float) -> float:
    """Of those whose patience is longer than this age, the share a second that gives up around it."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if patience.at(middle) < age else (low, middle)
    left = 1.0 - low
    later = min(1.0 - 1e-9, low + 0.05 * left)
    return 0.05 / max(1.0, patience.at(later) - patience.at(low))
