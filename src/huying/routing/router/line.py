"""The line: everything that waits, who is asked for it next, and when that changes. Makes no offers.

A piece of work first waits for the persons it is wanted for, one after the other, and then for the circle of the step its wait
has reached. It leaves the line by a rule when it has waited too long or when a step says so, but never while it rings at somebody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sortedcontainers import SortedList

from huying.routing.router.floor import Floor
from huying.routing.router.lanes import Lane, Order
from huying.routing.router.requirements import Action, Circle, Step
from huying.routing.router.work import WAITED_FOR, QueueRules, Wanted, WorkItem

MOST_KNOWN_STEPS = 10_000
NOBODY_ELSE = Circle(frozenset())
"""Of work that waits for one person."""


@dataclass(eq=False, slots=True)
class Waiting:
    """One piece of work in the line. `offers`: ids of those that ring for it; `asked`: how many wanted persons are done with."""

    item: WorkItem
    rules: QueueRules
    steps: tuple[Step, ...]
    order: Order
    turns: tuple[datetime, ...]
    """When its wait reaches another step or the queue's limit, in order."""
    asked: int = 0
    wanted_until: datetime | None = None
    lane: Lane | None = None
    wakes_at: datetime | None = None
    """When the router comes back to it."""
    is_open: bool = False
    """Whether it stands in the lane's line."""
    offers: list[str] = field(default_factory=list)

    def waited(self, now: datetime) -> float:
        """Seconds."""
        return (now - self.item.waiting_since).total_seconds()

    def step(self, now: datetime) -> Step:
        """The step its wait has reached."""
        waited = self.waited(now)
        return next((step for step in reversed(self.steps) if step.after_seconds <= waited), self.steps[0])

    @property
    def asks(self) -> Circle | str:
        """Who is asked now: a circle, or one wanted person."""
        assert self.lane
        return self.lane.wanted or self.lane.circle

    @property
    def wanted(self) -> Wanted | None:
        """The person who is asked now, if it is still a person's turn."""
        return self.item.wanted[self.asked] if self.asked < len(self.item.wanted) else None


@dataclass(frozen=True, slots=True)
class Departure:
    """It leaves the queue: `why` is timeout or rule."""

    why: str
    action: Action | None


class Line:
    """All that waits in one routing domain."""

    def __init__(self, floor: Floor, is_around: Callable[[str], bool]) -> None:
        self._floor = floor
        self._is_around = is_around
        self._waiting: dict[str, Waiting] = {}
        self._places: dict[str, SortedList[Order]] = defaultdict(SortedList)
        self._known_steps: dict[tuple[str, frozenset[tuple[str, int]], frozenset[tuple[str, str]]], tuple[Step, ...]] = {}

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._waiting

    def __getitem__(self, item_id: str) -> Waiting:
        return self._waiting[item_id]

    def get(self, item_id: str) -> Waiting | None:
        """What waits under this id."""
        return self._waiting.get(item_id)

    def item_ids(self) -> frozenset[str]:
        """Everything that waits."""
        return frozenset(self._waiting)

    def count(self, queue_id: str) -> int:
        """How many wait in the queue."""
        return len(self._places[queue_id]) if queue_id in self._places else 0

    def place(self, item_id: str) -> int:
        """The place in its queue, from 1; 0 when it does not wait."""
        waiting = self._waiting.get(item_id)
        return int(self._places[waiting.item.queue_id].index(waiting.order)) + 1 if waiting else 0

    def of_queues(self, queue_ids: set[str]) -> list[Waiting]:
        """What waits in these queues, in order."""
        return sorted((it for it in self._waiting.values() if it.item.queue_id in queue_ids), key=lambda it: it.order)

    def add(self, item: WorkItem, rules: QueueRules, now: datetime, *, again: bool) -> Waiting:
        """Put work into the line. `again`: it waited before, so the wanted person's time counts from then."""
        steps = self._steps(item, rules)
        waiting = Waiting(item, rules, steps, item.order, _turns(item, rules, steps))
        self._ask_next(waiting, item.waiting_since if again else now)
        self._waiting[item.item_id] = waiting
        self._places[item.queue_id].add(waiting.order)
        return waiting

    def remove(self, waiting: Waiting) -> None:
        """It waits no longer."""
        self._leave_lane(waiting)
        del self._waiting[waiting.item.item_id]
        places = self._places[waiting.item.queue_id]
        places.remove(waiting.order)
        if not places:
            del self._places[waiting.item.queue_id]

    def reread(self, waiting: Waiting, rules: QueueRules) -> None:
        """The queue's rules changed; `settle` follows."""
        self._leave_lane(waiting)
        waiting.rules, waiting.steps = rules, self._steps(waiting.item, rules)
        waiting.turns = _turns(waiting.item, rules, waiting.steps)

    def forget_steps(self) -> None:
        """The rules of queues changed."""
        self._known_steps.clear()

    def give_up_wanted(self, waiting: Waiting, agent_id: str, now: datetime) -> None:
        """The wanted person did not take it: the next is asked."""
        if waiting.wanted and waiting.wanted.agent_id == agent_id:
            waiting.asked += 1
            self._ask_next(waiting, now)

    def settle(self, waiting: Waiting, now: datetime) -> Departure | None:
        """Put it where it belongs now. A departure is for the caller to carry out; it comes only when nothing rings."""
        if waiting.offers and waiting.lane and waiting.lane.wanted:
            return None
        departure = self._departure(waiting, now)
        if departure and not waiting.offers:
            return departure
        if departure is None or waiting.lane is None:
            self._enter_lane(waiting, self._lane_for(waiting, now))
        self.open_or_close(waiting)
        return None

    def open_or_close(self, waiting: Waiting) -> None:
        """It stands in its lane's line as long as it may be offered to somebody else."""
        assert waiting.lane
        wanted = waiting.lane.rings_all or not waiting.offers
        if wanted and not waiting.is_open:
            waiting.lane.line.add(waiting.order)
            waiting.is_open = True
            self._floor.line_up(waiting.lane)
        elif not wanted and waiting.is_open:
            waiting.lane.line.remove(waiting.order)
            waiting.is_open = False

    def changes_at(self, waiting: Waiting, now: datetime) -> datetime | None:
        """When it is to be settled next; None for never."""
        number = bisect_right(waiting.turns, now)
        turn = waiting.turns[number] if number < len(waiting.turns) else None
        if waiting.wanted_until and waiting.wanted_until > now and (turn is None or waiting.wanted_until < turn):
            return waiting.wanted_until
        return turn

    # --- inside ----------------------------------------------------------------------------------------------------------------

    def _steps(self, item: WorkItem, rules: QueueRules) -> tuple[Step, ...]:
        """The steps, worked out once for all work that asks for the same."""
        looked_at = frozenset((key, item.attributes.get(key, "")) for key in rules.requirements.looks_at)
        same = (item.queue_id, frozenset(item.needs.items()), looked_at)
        steps = self._known_steps.get(same)
        if steps is None:
            if len(self._known_steps) >= MOST_KNOWN_STEPS:
                self._known_steps.clear()
            steps = self._known_steps[same] = rules.requirements.steps(item.needs, item.attributes)
        return steps

    def _departure(self, waiting: Waiting, now: datetime) -> Departure | None:
        if waiting.item.channel not in WAITED_FOR:
            return None  # nobody waits at the telephone: who was promised a call gets it, and work at the desk stays until it is done
        most = waiting.rules.door.most_seconds
        if most and waiting.waited(now) >= most:
            return Departure("timeout", waiting.rules.door.actions.get("timeout"))
        action = waiting.step(now).action
        return Departure("rule", action) if action else None

    def _ask_next(self, waiting: Waiting, since: datetime) -> None:
        wanted = waiting.wanted
        waiting.wanted_until = since + timedelta(seconds=wanted.seconds) if wanted else None

    def _lane_for(self, waiting: Waiting, now: datetime) -> Lane:
        item = waiting.item
        while (wanted := waiting.wanted) and waiting.wanted_until:
            if now < waiting.wanted_until and self._is_around(wanted.agent_id):
                return self._floor.lane(waiting.rules, item.channel, NOBODY_ELSE, wanted.agent_id, now)
            waiting.asked += 1
            self._ask_next(waiting, now)
        return self._floor.lane(waiting.rules, item.channel, waiting.step(now).circle, "", now)

    def _enter_lane(self, waiting: Waiting, lane: Lane) -> None:
        if waiting.lane is not lane:
            self._leave_lane(waiting)
            waiting.lane = lane
            lane.count += 1

    def _leave_lane(self, waiting: Waiting) -> None:
        lane = waiting.lane
        if lane is None:
            return
        if waiting.is_open:
            lane.line.remove(waiting.order)
            waiting.is_open = False
        waiting.lane = None
        lane.count -= 1
        if lane.wanted and not lane.count:
            self._floor.drop(lane)


def _turns(item: WorkItem, rules: QueueRules, steps: tuple[Step, ...]) -> tuple[datetime, ...]:
    seconds = {step.after_seconds for step in steps if step.after_seconds}
    if rules.door.most_seconds:
        seconds.add(rules.door.most_seconds)
    return tuple(item.waiting_since + timedelta(seconds=after) for after in sorted(seconds))
