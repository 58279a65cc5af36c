"""The door of a queue: what is not let in, and who is sent away because waiting has become pointless. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huying.routing.router import work as w
from huying.routing.router.floor import Floor
from huying.routing.router.line import Line, Waiting
from huying.routing.router.staff import Staff


class Doorkeeper:
    """Looks at the line and the floor on behalf of the router."""

    def __init__(self, floor: Floor, line: Line, staff: Staff) -> None:
        self._floor = floor
        self._line = line
        self._staff = staff

    def obstacle(self, event: w.WorkArrived, rules: w.QueueRules, now: datetime) -> tuple[str, str]:
        """Why the work is not let in (blocked, closed, full, nobody) and, of closed, what closed the queue; empty when it is."""
        if event.blocked:
            return "blocked", ""
        if rules.opening:
            is_open, why, _ = rules.opening.state(now)
            if not is_open:
                return "closed", why
        if rules.door.most_waiting and self._line.count(rules.queue_id) >= rules.door.most_waiting:
            return "full", ""
        if rules.door.refuse_when_nobody and not self._somebody_for(event.item, rules, now):
            return "nobody", ""
        return "", ""

    def hopeless(self, queues: Iterable[w.QueueRules], now: datetime) -> list[Waiting]:
        """What waits although nobody is left who could ever take it, in queues that take none in then."""
        asked = {rules.queue_id for rules in queues if rules.door.refuse_when_nobody and self._line.count(rules.queue_id)}
        waits = [it for it in self._line.of_queues(asked) if it.item.channel in w.WAITED_FOR and not it.offers]
        return [waiting for waiting in waits if not self._somebody_for(waiting.item, waiting.rules, now)]

    def emergency(self, waiting: Waiting, now: datetime) -> str:
        """`emergency` where whoever is at the telephone or in a chat does not wait on; what rings may still be answered."""
        opening = waiting.rules.opening
        if waiting.offers or opening is None or waiting.item.channel not in w.WAITED_FOR:
            return ""
        is_open, why, _ = opening.state(now)
        return why if why == "emergency" and not is_open else ""

    def _somebody_for(self, item: w.WorkItem, rules: w.QueueRules, now: datetime) -> bool:
        """Whether anybody who may take it, now or as it relaxes, is signed in."""
        if any(self._staff.is_around(wanted.agent_id) for wanted in item.wanted):
            return True
        steps = rules.requirements.steps(item.needs, item.attributes)
        lanes = [self._floor.lane(rules, item.channel, step.circle, "", now) for step in steps if not step.action]
        return any(len(lane.eligible) > lane.obstacles["signed_out"] for lane in lanes)
