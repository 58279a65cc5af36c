"""`./huying bench router`: the router alone on one core: events per second, time per decision and memory, from 100 to 15,000 agents.

Method. A centre in virtual time: every queue is served by a group of its own, every agent is a member of three groups and has five of
twenty skills, every queue needs a skill at level 5, after 20 s at level 2, after 60 s takes anyone of its group, and after 120 s those of
the next group too. A third of the work asks for a skill of its own, one in ten has a head start, one in fifty is wanted by a person.
Queues go by all the strategies in turn but ring all (which rings everybody by its nature). Arrivals come at 95 % of what the agents can
do; every offer is answered, talked and worked after; one in twenty is refused. The clock of the measurement (processor time of the
thread) runs only inside `Router.handle`, for every event: arrivals, answers, refusals, ends, after-call work, and the router's own
timers.

`waiting` is put into the queues before (nobody is free at that time), to see what a flood costs. Memory is what Python's allocator says
(tracemalloc), in a run of its own. The cost ratio compares the mean cost of an event at ten times the agents, with the same queues.
"""

from __future__ import annotations

import argparse
import gc
import heapq
import itertools
import json
import sys
import time
import tracemalloc
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bench.pages.measured import circumstances, write

from huying.routing.router import work as w
from huying.routing.router.ranking import STRATEGIES
from huying.routing.router.requirements import Line, Requirements
from huying.routing.router.router import Router

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SKILLS = [f"skill{n:02d}" for n in range(20)]
TALK_SECONDS, AFTER_CALL_SECONDS = 180.0, 20.0
SIZES = ((100, 10, 0), (1_000, 10, 0), (500, 200, 0), (5_000, 200, 0), (15_000, 200, 0), (5_000, 2_000, 0), (15_000, 2_000, 0))
FLOODS = ((5_000, 200, 100_000), (15_000, 2_000, 500_000))
WANTED = (5_000, 200, 0)
RATIOS = (((100, 10, 0), (1_000, 10, 0)), ((500, 200, 0), (5_000, 200, 0)))


@dataclass
class Found:
    """What one size has shown; times in nanoseconds."""

    agents: int
    queues: int
    waiting: int
    nanoseconds: list[int] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """Milliseconds of an event."""
        ordered = sorted(self.nanoseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] / 1e6

    @property
    def mean(self) -> float:
        """Milliseconds of an event."""
        return sum(self.nanoseconds) / len(self.nanoseconds) / 1e6

    @property
    def events_per_second(self) -> float:
        """On one core."""
        return 1e3 / self.mean


class Centre:
    """A router with agents at work, and a heap of what happens next."""

    def __init__(self, agents: int, queues: int, seed: int = 1) -> None:
        self.random = Random(seed)
        self.found = Found(agents, queues, 0)
        numbers = itertools.count()
        self.router = Router(lambda: f"o{next(numbers)}", Random(seed + 1).random)
        self.now = START
        self._events: list[tuple[datetime, int, w.RoutingEvent]] = []
        self._order = itertools.count()
        self._items = itertools.count()
        self.agents, self.queues = agents, queues
        configured = w.Configured({f"q{n:04d}": self.queue(n) for n in range(queues)}, {f"a{n:05d}": self.agent(n) for n in range(agents)})
        self.router.handle(configured, self.now)

    def queue(self, number: int) -> w.QueueRules:
        """One of the queues."""
        skill = SKILLS[number % len(SKILLS)]
        lines = (
            Line("need", skill=skill, level=5),
            Line("need", 20, skill=skill, level=2),
            Line("anyone", 60),
            Line("add_group", 120, group=f"g{(number + 1) % self.queues:04d}"),
        )
        strategies = [strategy for strategy in STRATEGIES if strategy != "ring_all"]
        return w.QueueRules(
            f"q{number:04d}",
            requirements=Requirements(frozenset({f"g{number:04d}"}), lines),
            strategy=strategies[number % len(strategies)],
            after_call_seconds=int(AFTER_CALL_SECONDS),
        )

    def agent(self, number: int) -> w.AgentProfile:
        """One of the agents: the groups are spread evenly, the skills by lot."""
        own = {f"g{(number + shift) % self.queues:04d}": self.random.randint(1, 10) for shift in (0, 1, 7)}
        skills = {skill: self.random.randint(3, 10) for skill in self.random.sample(SKILLS, 5)}
        return w.AgentProfile(f"a{number:05d}", groups=own, skills=skills)

    def item(self) -> w.WorkItem:
        """The next piece of work."""
        number, lot = next(self._items), self.random
        return w.WorkItem(
            f"i{number:07d}",
            f"c{number:07d}",
            f"q{lot.randrange(self.queues):04d}",
            self.now,
            needs={lot.choice(SKILLS): 3} if lot.random() < 1 / 3 else {},
            head_start_seconds=300 if lot.random() < 0.1 else 0,
            wanted=(w.Wanted(f"a{lot.randrange(self.agents):05d}", 15, "last_agent"),) if lot.random() < 0.02 else (),
        )

    def handle(self, event: w.RoutingEvent) -> None:
        """Give the router an event, on the clock, and plan what follows from its answer."""
        begun = time.thread_time_ns()
        commands = self.router.handle(event, self.now)
        self.found.nanoseconds.append(time.thread_time_ns() - begun)
        for command in commands:
            if isinstance(command, w.MakeOffer):
                self._ring(command.offer)

    def _ring(self, offer: w.Offer) -> None:
        if self.random.random() < 0.05:
            self.plan(2.0, w.OfferFailed(offer.offer_id, "refused"))
            self.plan(30.0, w.ChooseStatus(offer.agent_id, "ready"))
            return
        self.plan(3.0, w.OfferAnswered(offer.offer_id, offer.agent_id, offer.item))
        talk = 3.0 + self.random.expovariate(1 / TALK_SECONDS)
        self.plan(talk, w.AgentReleased(offer.agent_id, offer.item.contact_id))
        if self.random.random() < 0.5:
            self.plan(talk + AFTER_CALL_SECONDS / 2, w.AfterCallFinished(offer.agent_id))

    def plan(self, seconds: float, event: w.RoutingEvent) -> None:
        """Let it happen later."""
        heapq.heappush(self._events, (self.now + timedelta(seconds=seconds), next(self._order), event))

    def man(self) -> None:
        """Everybody signs in and is ready; some of them some seconds after others, so that they do not all end together."""
        for number in range(self.agents):
            agent = f"a{number:05d}"
            self.router.handle(w.SignIn(agent, f"p{number:05d}"), self.now)
            self.router.handle(w.AccountSeen(f"p{number:05d}", True), self.now)
            self.plan(self.random.random() * TALK_SECONDS, w.ChooseStatus(agent, "ready"))

    def flood(self, waiting: int) -> None:
        """So many pieces of work wait already."""
        self.found.waiting = waiting
        for _ in range(waiting):
            self.router.handle(w.WorkArrived(self.item()), self.now)

    def run(self, events: int) -> None:
        """Until so many events were measured."""
        gap = (TALK_SECONDS + AFTER_CALL_SECONDS) / self.agents / 0.95
        next_arrival = self.now
        while len(self.found.nanoseconds) < events:
            due = self.router.due()
            moments = [next_arrival, *([self._events[0][0]] if self._events else []), *([due] if due else [])]
            self.now = max(self.now, min(moments))
            if due and due <= self.now:
                self.handle(w.TimeCame())
            elif self._events and self._events[0][0] <= self.now:
                self.handle(heapq.heappop(self._events)[2])
            else:
                next_arrival += timedelta(seconds=self.random.expovariate(1 / gap))
                self.handle(w.WorkArrived(self.item()))


def measure(agents: int, queues: int, waiting: int, events: int) -> Found:
    """One size: warm up until the centre is busy, then measure."""
    centre = Centre(agents, queues)
    if waiting:
        centre.flood(waiting)
    centre.man()
    centre.run(agents * 20)
    centre.found.nanoseconds.clear()
    gc.collect()
    gc.freeze()
    centre.run(events)
    gc.unfreeze()
    return centre.found


def memory(agents: int, queues: int, waiting: int) -> tuple[float, float]:
    """Kilobytes for an agent (signed in), and for a piece of work that waits, with the work itself."""
    tracemalloc.start()
    centre = Centre(1, queues)
    before = tracemalloc.get_traced_memory()[0]
    staffed = Centre(agents, queues)
    staffed.man()
    staffed._events.clear()
    with_agents = tracemalloc.get_traced_memory()[0] - before
    before = tracemalloc.get_traced_memory()[0]
    staffed.flood(waiting)
    with_work = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del centre
    return with_agents / agents / 1024, with_work / waiting / 1024


def table(found: list[Found], kilobytes: tuple[float, float]) -> str:
    """For people."""
    lines = ["| agents | queues | waiting | events/s | mean ms | p50 ms | p99 ms | p99.9 ms |", "|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| {it.agents:,} | {it.queues:,} | {it.waiting:,} | {it.events_per_second:,.0f} | {it.mean:.4f} | {it.quantile(0.5):.4f}"
        f" | {it.quantile(0.99):.3f} | {it.quantile(0.999):.3f} |"
        for it in found
    ]
    lines.append(f"\nMemory: {kilobytes[0]:.1f} kB for an agent who is signed in, {kilobytes[1]:.1f} kB for a piece of work that waits.")
    return "\n".join(lines)


def main() -> int:
    """Run it; 0."""
    parser = argparse.ArgumentParser(prog="huying bench router", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--events", type=int, default=60_000, help="events to measure for each size")
    parser.add_argument("--write", action="store_true", help="put the table into docs/measured.md")
    given = parser.parse_args()
    found: dict[tuple[int, int, int], Found] = {}
    for size in (*SIZES, *FLOODS):
        found[size] = measure(*size, given.events)
        sys.stderr.write(f"bench router: {size} {found[size].events_per_second:,.0f} events/s\n")
    kilobytes = memory(2_000, 200, 50_000)
    text = table(list(found.values()), kilobytes)
    sys.stdout.write(text + "\n")
    asked = found[WANTED]
    figures = {
        "p99_ms": round(asked.quantile(0.99), 4),
        "events_per_s": round(asked.events_per_second),
        "cost_ratio_x10_agents": round(max(found[large].mean / found[small].mean for small, large in RATIOS), 3),
        "kilobytes_per_agent": round(kilobytes[0], 2),
        "kilobytes_per_waiting_item": round(kilobytes[1], 2),
        "events_per_s_15000_agents_500000_waiting": round(found[FLOODS[1]].events_per_second),
    }
    if given.write:
        write("router", f"{circumstances()}; one core.\n\n{text}\n\n`{json.dumps(figures)}`\n")
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
