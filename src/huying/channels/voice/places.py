"""Tells waiting calls where they stand and how long it will take: when it changes, a part of the line at a time, at most once a second.

Nothing that goes wrong with an estimate may hinder a call: then none is said any more, and the log says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog

from huying.channels.voice.call import words as w
from huying.foundation.clock import Clock
from huying.routing.estimate.estimate import Estimator, spoken
from huying.routing.router import work
from huying.routing.router.router import Router
from huying.routing.router.work import QueueRules

log = structlog.get_logger()

ROUND_SECONDS = 1.0
AT_ONCE = 100
"""So many calls are told in one go, so that no call waits for the telling of thousands."""
BETWEEN_SECONDS = 0.05


class Places:
    """Every call's place, and what it was told last."""

    def __init__(self, router: Router, clock: Clock, deliver: Callable[[str, w.Placed], None]) -> None:
        self._router = router
        self._clock = clock
        self._deliver = deliver
        self._estimator: Estimator | None = Estimator()
        self._rules: Mapping[str, QueueRules] = {}
        self._items: dict[str, work.WorkItem] = {}
        self._told: dict[str, tuple[object, ...]] = {}
        self._round: list[str] = []
        self._due: asyncio.TimerHandle | None = None

    def configure(self, rules: Mapping[str, QueueRules]) -> None:
        """Other queues, from now on."""
        self._rules = rules

    def observe(self, event: work.RoutingEvent, commands: Sequence[work.RoutingCommand], now: datetime) -> None:
        """Learn from what the router was given and said."""
        if self._estimator:
            try:
                self._estimator.observe(event, commands, now)
            except Exception:
                log.exception("routing.estimate_failed", event_kind=type(event).__name__)
                self._estimator = None

    def joined(self, item: work.WorkItem) -> None:
        """A contact stands in the line now, if the router took it."""
        if self._router.place(item.item_id):
            self._items[item.item_id] = item
            self._tell(item, joined=True)
            self._plan(ROUND_SECONDS)

    def stop(self) -> None:
        """No timer fires after this."""
        if self._due:
            self._due.cancel()

    def _plan(self, seconds: float) -> None:
        if self._due is None and self._items:
            self._due = asyncio.get_running_loop().call_later(seconds, self._go_on)

    def _go_on(self) -> None:
        self._due = None
        self._round = self._round or list(self._items)
        for item_id in self._round[:AT_ONCE]:
            item = self._items.get(item_id)
            if item and self._router.place(item_id):
                self._tell(item, joined=False)
            else:
                self._items.pop(item_id, None)
                self._told.pop(item_id, None)
        self._round = self._round[AT_ONCE:]
        self._plan(BETWEEN_SECONDS if self._round else ROUND_SECONDS)

    def _tell(self, item: work.WorkItem, *, joined: bool) -> None:
        place, people = self._router.place(item.item_id), self._router.waiting(item.queue_id)
        estimate = self._estimate(item, place)
        news = (place, people, None if estimate is None else spoken(estimate))
        if joined or news != self._told.get(item.item_id):
            self._told[item.item_id] = news
            self._deliver(item.contact_id, w.Placed(item.item_id, place, people, joined, None if estimate is None else round(estimate)))

    def _estimate(self, item: work.WorkItem, place: int) -> float | None:
        rules = self._rules.get(item.queue_id)
        if self._estimator is None or rules is None or not (rules.announcements.every_seconds and rules.announcements.estimate):
            return None
        try:
            return self._estimator.wait(item.queue_id, place, self._clock())
        except Exception:
            log.exception("routing.estimate_failed", queue_id=item.queue_id)
            self._estimator = None
            return None
