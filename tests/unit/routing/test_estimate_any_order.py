"""What the estimate has seen is what the router knows, under any order of events; and it always has an answer or none."""

from __future__ import annotations

from datetime import datetime

from hypothesis import settings
from hypothesis.stateful import invariant

from huying.routing.estimate.estimate import Estimator
from huying.routing.router import work as w
from huying.routing.router.presence import Status
from unit.routing.test_router_any_order import AnyOrder


class EstimateInAnyOrder(AnyOrder):
    """The router's machine, with an estimator beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.estimator = Estimator()
        for channel in w.CHANNELS:
            rate = self.estimator._seen.handled("", channel)
            rate.happened, rate.exposed = 100.0, 10_000.0
        ask = self.router.handle

        def handle(event: w.RoutingEvent, now: datetime) -> list[w.RoutingCommand]:
            commands = ask(event, now)
            self.estimator.observe(event, commands, now)
            return commands

        self.router.handle = handle  # type: ignore[method-assign]

    @invariant()
    def the_lines_are_the_routers(self) -> None:
        seen = self.estimator._seen
        assert {item_id for queue in seen.queues.values() for *_, item_id in queue.line} == self.router.item_ids() == set(seen.waiting)
        for queue_id, queue in seen.queues.items():
            assert [self.router.place(item_id) for *_, item_id in queue.line] == list(range(1, len(queue.line) + 1))
            assert queue.leaving.running == len(queue.line)
            for place in range(1, len(queue.line) + 1):
                seconds = self.estimator.wait(queue_id, place, self.now)
                assert seconds is None or seconds >= 0.0

    @invariant()
    def who_rings_stands_in_no_lane(self) -> None:
        seen, ringing = self.estimator._seen, {offer.item.item_id for offer in self.router.offers()}
        standing = [item_id for lane in seen.lanes.values() for *_, item_id in lane.orders]
        assert sorted(standing) == sorted(self.router.item_ids() - ringing)

    @invariant()
    def who_is_available_is(self) -> None:
        for agent_id in self.agents:
            presence = self.router.presence(agent_id)
            expected = bool(presence and presence.signed_in and presence.status is Status.READY and presence.reachable)
            agent = self.estimator._seen.agents.get(agent_id)
            assert agent and agent.available == expected
            assert bool(self.estimator._seen.agents.available >> agent.bit & 1) == expected

    @invariant()
    def circles_hold_whom_they_hold(self) -> None:
        agents = self.estimator._seen.agents
        for lane in self.estimator._seen.lanes.values():
            for step in lane.steps:
                mask = agents.mask(step.circle)
                for agent_id, profile in self.agents.items():
                    agent = agents.get(agent_id)
                    presence = self.router.presence(agent_id)
                    groups = profile.groups.keys() - (presence.left if presence else frozenset())
                    able = all(profile.skills.get(skill, 0) >= least for skill, least in step.circle.need)
                    assert agent and bool(mask >> agent.bit & 1) == (bool(groups & step.circle.groups) and able)

    @invariant()
    def nobody_is_counted_busy_who_is_not(self) -> None:
        presences = [presence for agent_id in self.agents if (presence := self.router.presence(agent_id))]
        busy = sum(bool(work.queue_id) for presence in presences for work in presence.works)
        assert sum(rate.running for (queue_id, _), rate in self.estimator._seen.handling.items() if not queue_id) == busy


TestEstimateInAnyOrder = EstimateInAnyOrder.TestCase
TestEstimateInAnyOrder.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
