"""M/M/c and M/M/c+M: through the router, by the recursion of their waits, and by the formulas. Mean handling time is 180 s.

The recursion (Kiefer and Wolfowitz, On the Theory of Queues with Many Servers, 1955): whoever comes waits until the first server
is free, and has no part in it when his patience ends before. It costs a thousandth of a call through the router.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heapreplace

import numpy

from huying.analytics.erlang import Waiting, erlang_a, erlang_c
from huying.analytics.simulation.day import Watcher, play
from huying.analytics.simulation.plan import Customer, Plan, Turn
from huying.analytics.simulation.stays import Stay
from huying.routing.router import work as w
from huying.routing.router.requirements import Requirements

HANDLING_SECONDS = 180.0
START = datetime(2026, 3, 2, tzinfo=UTC)
BLOCK = 200_000
WAITED_SECONDS = 1e-4
"""Less is none: the clock of the router has microseconds."""
Draws = tuple[list[float], list[float], list[float]]
"""Gaps between arrivals, handling times, patience; seconds."""


@dataclass(frozen=True, slots=True)
class Centre:
    """`load` is work offered over what the servers can do; `patience_seconds` 0 means that nobody gives up."""

    servers: int
    load: float
    patience_seconds: float = 0.0

    @property
    def arrivals_per_second(self) -> float:
        """How fast they come."""
        return self.load * self.servers / HANDLING_SECONDS

    def theory(self) -> Waiting:
        """By the formula."""
        rates = (self.servers, self.arrivals_per_second, 1 / HANDLING_SECONDS)
        return erlang_a(*rates, 1 / self.patience_seconds) if self.patience_seconds else erlang_c(*rates)

    def draws(self, dice: numpy.random.Generator, count: int) -> Draws:
        """So many customers."""
        gaps = dice.exponential(1 / self.arrivals_per_second, count)
        handling = dice.exponential(HANDLING_SECONDS, count)
        patience = dice.exponential(self.patience_seconds, count) if self.patience_seconds else numpy.full(count, numpy.inf)
        return gaps.tolist(), handling.tolist(), patience.tolist()


@dataclass(slots=True)
class Met:
    """What customers met. `each` holds (waited, gave up) by customer where it is wanted."""

    customers: int = 0
    waited: int = 0
    seconds: float = 0.0
    gave_up: int = 0
    each: list[tuple[float, bool]] | None = None

    def add(self, seconds: float, gave_up: bool) -> None:
        """One more."""
        self.customers += 1
        self.waited += seconds > WAITED_SECONDS
        self.seconds += seconds
        self.gave_up += gave_up
        if self.each is not None:
            self.each.append((seconds, gave_up))

    def means(self) -> Waiting:
        """Their shares and mean."""
        return Waiting(self.waited / self.customers, self.seconds / self.customers, self.gave_up / self.customers)


def by_recursion(draws: Draws, met: Met, free_at: list[float], now: float = 0.0) -> float:
    """Let these customers come; returns the time of the last. `free_at` is the heap of the servers' times and goes on."""
    for gap, handling, patience in zip(*draws, strict=True):
        now += gap
        wait = free_at[0] - now
        if wait <= 0.0:
            heapreplace(free_at, now + handling)
            met.add(0.0, False)
        elif wait >= patience:
            met.add(patience, True)
        else:
            heapreplace(free_at, free_at[0] + handling)
            met.add(wait, False)
    return now


def long_run(centre: Centre, seed: int, customers: int) -> Met:
    """The recursion for very many."""
    dice, met, free_at, now = numpy.random.default_rng(seed), Met(), [0.0] * centre.servers, 0.0
    for _ in range(0, customers, BLOCK):
        now = by_recursion(centre.draws(dice, BLOCK), met, free_at, now)
    return met


@dataclass(slots=True)
class _Meeting(Watcher):
    met: Met = field(default_factory=lambda: Met(each=[]))
    by_contact: dict[str, tuple[float, bool]] = field(default_factory=dict)

    def ended(self, stay: Stay, ending: str, now: datetime) -> None:
        """Note it."""
        self.by_contact[stay.customer.contact_id] = ((now - stay.entered_at).total_seconds(), ending != "answered")


def through_router(centre: Centre, draws: Draws) -> Met:
    """The same customers through the router: one queue, agents who answer at once and have no after-call work."""
    now, customers = START, []
    for number, (gap, handling, patience) in enumerate(zip(*draws, strict=True)):
        now += timedelta(seconds=gap)
        gives_up = patience if centre.patience_seconds else None
        customers.append(Customer(f"c{number:07}", now, "q", handling, gives_up))
    ids = [f"a{number:03}" for number in range(centre.servers)]
    queue = w.QueueRules("q", requirements=Requirements(frozenset({"g"})), after_call_seconds=0, short_abandon_seconds=0)
    rules = w.Configured({"q": queue}, {agent_id: w.AgentProfile(agent_id, groups={"g": 1}) for agent_id in ids})
    turns = tuple(Turn(START, agent_id, "ready") for agent_id in ids)
    meeting = _Meeting()
    play(Plan(START, tuple(customers), turns, {}), rules, watchers=[meeting])
    for customer in customers:
        meeting.met.add(*meeting.by_contact[customer.contact_id])
    return meeting.met
