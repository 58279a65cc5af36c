"""How long somebody at a place in a queue will still wait: an honest estimate, or None where nobody can know. Pure.

Theory. With n people to be served up to and including me, c agents who take such work, each done with a contact at the
rate m, and everybody in the line leaving it at the rate h, the wait is the time of a death process from n to 0 with the
rates c*m + i*h, i = n-1 ... 0 (Whitt, Predicting Queueing Delays, Management Science 45 (1999); Ibrahim and Whitt,
Real-Time Delay Estimation in Overloaded Multiserver Queues with Abandonments, Management Science 55 (2009), the estimator
QL_m; for rates that change, Ibrahim and Whitt, Wait-Time Predictors for Customer Service Systems with Time-Varying Demand
and Capacity, Operations Research 59 (2011)). Its mean is the sum of 1/(c*m + i*h), taken here as an integral, so that n may
be a fraction. Unlike the waits of those who came before, it follows a change of load or staff at once: n and c are of now.

What is added to the theory. (1) Agents who serve several queues: everybody foremost in the one line counts who could take an
agent of mine, by the share of his possible agents that are mine. (2) Whoever rings already needs no agent to become free.
(3) Those who will come and pass me (a rank, a head start) count by the rate at which they come and for as long as they can
pass. (4) Circles that widen while I wait count from then on. (5) m and h are occurrence over exposure, faded; h differs by how long
somebody has waited.

A question costs some microseconds for each group of equal work that waits, whatever the number of people and agents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import log
from typing import Literal

from huying.routing.estimate.seen import Order, Seen, Waiting
from huying.routing.router import work as w
from huying.routing.router.requirements import Circle

LEAST_HANDLED = 5.0
"""Contacts (faded) that must have been handled before anything is said."""
USUAL_WEIGHT = 5.0
"""How many contacts of its own a queue needs to weigh as much as what is usual over all queues."""
NEW_CLASS_SECONDS = 300.0
"""Exposure that is added to the arrivals of a class, so that the first one makes no flood."""
UNKNOWN_SECONDS = 300.0
"""What a contact of a kind takes of which none was handled yet."""
FRESH = timedelta(seconds=1)
SOME = 6
"""Of so many who wait before, about, it is looked at how long they have waited."""
NEVER_SECONDS = 24 * 3600.0
"""Longer than this is no estimate."""
MOST_MINUTES = 30


@dataclass(frozen=True, slots=True)
class SpokenWait:
    """An estimate as people are told it: `under` a minute, `about` so many minutes, or `over` so many."""

    kind: Literal["under", "about", "over"]
    minutes: int


def spoken(seconds: float) -> SpokenWait:
    """Rounded to what can be promised: whole minutes up to ten, then steps of five, and no more than 30."""
    minutes = seconds / 60.0
    if minutes < 1.0:
        return SpokenWait("under", 1)
    if minutes > MOST_MINUTES:
        return SpokenWait("over", MOST_MINUTES)
    whole = int(minutes + 0.5)
    return SpokenWait("about", whole if whole <= 10 else 5 * int(minutes / 5.0 + 0.5))


def death_time(count: float, served_per_second: float, leaving_per_second: float) -> float | None:
    """Mean seconds until `count` people are gone, with a rate of serving for all and one of leaving for each; None when never."""
    if count <= 0.0:
        return 0.0
    if served_per_second <= 0.0:
        return None
    if leaving_per_second * count < 1e-6 * served_per_second:
        return count / served_per_second
    first = max(0.5 * served_per_second, served_per_second - 0.5 * leaving_per_second)
    return min(count / served_per_second, log(1.0 + leaving_per_second * count / first) / leaving_per_second)


@dataclass(frozen=True, slots=True)
class Drain:
    """So many to be gone, with a rate of serving for all and one of leaving for each."""

    count: float
    served_per_second: float
    leaving_per_second: float


@dataclass(frozen=True, slots=True)
class _Standing:
    """A lane in which work stands: who takes it (mask, count) and how long one contact of it takes."""

    orders: list[Order]
    channel: str
    mask: int
    agents: int
    seconds: float


@dataclass(slots=True)
class _Snapshot:
    """All lanes at a moment, and by circle and channel those that take agents of it, each with the share of its agents that are common.

    It holds for a second, and until agents or lanes come or go.
    """

    available: int = -1
    lanes_changed: int = -1
    until: datetime | None = None
    lanes: list[_Standing] = field(default_factory=list)
    rivals: dict[tuple[Circle, str], list[tuple[_Standing, float]]] = field(default_factory=dict)


class Estimator:
    """Estimates for one routing domain. Give it everything the router was given and said, in order."""

    def __init__(self) -> None:
        self._seen = Seen()
        self._snapshot = _Snapshot()

    def observe(self, event: w.RoutingEvent, commands: Sequence[w.RoutingCommand], now: datetime) -> None:
        """Take in an event that the router has handled, and its commands."""
        self._seen.take(event, commands, now)

    def wait(self, queue_id: str, place: int, now: datetime) -> float | None:
        """Seconds from now until whoever stands at this place (from 1) is connected; None when nobody can know."""
        queue = self._seen.queues.get(queue_id)
        if queue is None or not 0 < place <= len(queue.line):
            return None
        waiting = self._seen.waiting[queue.line[place - 1][2]]
        if waiting.offers:
            return queue.ringing_seconds.mean
        all_handled = self._seen.handled("", waiting.item.channel)
        all_handled.advance(now)
        if all_handled.happened < LEAST_HANDLED:
            return None
        seconds = self._through_steps(waiting, now)
        return None if seconds is None or seconds > NEVER_SECONDS else seconds + queue.ringing_seconds.mean

    def _through_steps(self, waiting: Waiting, now: datetime) -> float | None:
        """The estimate with the circle of now, mended by each wider one that would be reached before."""
        waited = (now - waiting.item.waiting_since).total_seconds()
        best: float | None = None
        steps = waiting.lane.steps
        for number, step in enumerate(steps):
            following = steps[number + 1] if number + 1 < len(steps) else None
            if following is not None and following.after_seconds <= waited:
                continue
            begins = max(0.0, step.after_seconds - waited)
            if step.action is not None or (best is not None and best <= begins):
                break
            seconds = self._with_circle(waiting, step.circle, now)
            if seconds is not None:
                best = min(max(seconds, begins), NEVER_SECONDS + 1 if best is None else best)
        return best

    def _with_circle(self, waiting: Waiting, circle: Circle, now: datetime) -> float | None:
        seen, item = self._seen, waiting.item
        mine = seen.agents.mask(circle) & seen.agents.available
        if not mine:
            return None
        queue = seen.queues[item.queue_id]
        ahead, in_hand = 0.0, max(1.0, float(seen.handled(item.queue_id, item.channel).running))
        contents = in_hand * self._seconds_each(item.queue_id, item.channel, now)
        order = item.order
        for lane, share in self._rivals_of(circle, item.channel, mine, now):
            count = bisect_left(lane.orders, order)
            if count:
                ahead += count * share
                contents += count * share * lane.seconds
        served = seen.agents.slots(mine, item.channel) * (ahead + in_hand) / contents
        place, seconds = bisect_left(queue.line, order), 0.0
        for _ in range(2):  # how fast those before me leave depends on how long they will have waited, so on the answer
            leaving = self._leaving_per_second(item.queue_id, place, seconds / 2.0, now)
            found = self._with_passing(waiting, circle, Drain(ahead + 1.0, served, leaving), now)
            if found is None:
                return None
            seconds = found
        return seconds

    def _rivals_of(self, circle: Circle, channel: str, mine: int, now: datetime) -> list[tuple[_Standing, float]]:
        """The lanes whose work may take agents of mine, with the share of their agents that are mine."""
        snapshot = self._fresh(now)
        rivals = snapshot.rivals.get((circle, channel))
        if rivals is None:
            joins = w.ALONE.get(channel, frozenset()) - {channel}  # who has such work in hand can still take mine
            common = [(lane, (lane.mask & mine).bit_count()) for lane in snapshot.lanes if lane.channel not in joins]
            rivals = snapshot.rivals[circle, channel] = [(lane, count / lane.agents) for lane, count in common if count]
        return rivals

    def _fresh(self, now: datetime) -> _Snapshot:
        seen, old = self._seen, self._snapshot
        available = seen.agents.available
        if old.until is not None and now < old.until and old.lanes_changed == seen.lanes_changed and old.available == available:
            return old
        self._snapshot = _Snapshot(available, seen.lanes_changed, now + FRESH)
        for lane in seen.lanes.values():
            mask = seen.agents.mask(lane.circle_reached(now)) & available
            if mask:
                seconds = self._seconds_each(lane.queue_id, lane.channel, now)
                self._snapshot.lanes.append(_Standing(lane.orders, lane.channel, mask, mask.bit_count(), seconds))
        return self._snapshot

    def _with_passing(self, waiting: Waiting, circle: Circle, drain: Drain, now: datetime) -> float | None:
        """Those who come later and are served before."""
        windows = []
        item, mine = waiting.item, self._seen.agents.mask(circle) & self._seen.agents.available
        waited = (now - item.waiting_since).total_seconds()
        for (queue_id, rank, head_start), arrivals in self._seen.classes.items():
            window = head_start - item.head_start_seconds - waited
            if rank < item.rank or (rank == item.rank and window <= 0.0):
                continue
            rules = self._seen.rules.get(queue_id)
            share = self._share(Circle(rules.requirements.groups), mine) if rules else 0.0
            arrivals.advance(now)
            per_second = share * arrivals.happened / (arrivals.exposed + NEW_CLASS_SECONDS)
            if rank > item.rank:
                drain = replace(drain, served_per_second=drain.served_per_second - per_second)
            else:
                windows.append((per_second, window))
        seconds = self._gone_after(drain, circle, now)
        for _ in range(3 if windows else 0):
            if seconds is None:
                return None
            passing = sum(per_second * min(seconds, window) for per_second, window in windows)
            seconds = self._gone_after(replace(drain, count=drain.count + passing), circle, now)
        return seconds

    def _share(self, circle: Circle, mine: int) -> float:
        """How much of a circle's agents are mine."""
        theirs = self._seen.agents.mask(circle) & self._seen.agents.available
        return (theirs & mine).bit_count() / theirs.bit_count() if theirs else 0.0

    def _seconds_each(self, queue_id: str, channel: str, now: datetime) -> float:
        """How long an agent is busy with a contact of the queue."""
        handled, of_all = self._seen.handled(queue_id, channel), self._seen.handled("", channel)
        handled.advance(now)
        of_all.advance(now)
        per_second = handled.per_second(of_all.per_second(), USUAL_WEIGHT)
        return 1.0 / per_second if per_second > 0.0 else UNKNOWN_SECONDS

    def _leaving_per_second(self, queue_id: str, place: int, later: float, now: datetime) -> float:
        """The rate at which each of those before a place leaves, on average, when they have waited so much longer."""
        queue = self._seen.queues[queue_id]
        queue.leaving.advance(now)
        usual = queue.leaving.per_second()
        some = range(0, place, max(1, place // SOME))
        if not some or usual <= 0.0:
            return usual
        ages = ((now - queue.line[number][1]).total_seconds() + later for number in some)
        return sum(queue.leaving_by_age.per_second(age, usual, USUAL_WEIGHT) for age in ages) / len(some)

    def _gone_after(self, drain: Drain, circle: Circle, now: datetime) -> float | None:  # noqa: ARG002 (who knows more uses it)
        """Seconds until they are gone, served by a circle as it is now."""
        return death_time(drain.count, drain.served_per_second, drain.leaving_per_second)
