"""What the estimate of waits is made from, seen from the router's events and commands: lines, who is available, and rates.

It mirrors nothing that the router decides; it only remembers what went in and came out.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huying.foundation.journal.entry import Event
from huying.routing.estimate.agents import Agent, Agents
from huying.routing.estimate.rates import FadingMean, FadingRate, LeavingByAge
from huying.routing.events import (
    AgentDeviceChanged,
    AgentGroupsChosen,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
)
from huying.routing.router import work as w
from huying.routing.router.requirements import Circle, Step

HALF_LIFE_SECONDS = 3600.0
"""Of handling and leaving: they change slowly, and much is needed to know them."""
ARRIVALS_HALF_LIFE_SECONDS = 900.0

Order = tuple[int, datetime, str]
Class = tuple[str, int, int]
"""(queue, rank, head start): work that passes other work."""


@dataclass(slots=True)
class Lane:
    """Work of one queue and channel that asks for the same. `orders`: of those of it that do not ring."""

    queue_id: str
    channel: str
    steps: tuple[Step, ...]
    orders: list[Order] = field(default_factory=list)

    def circle_reached(self, now: datetime) -> Circle:
        """The circle that the foremost has reached."""
        waited = (now - self.orders[0][1]).total_seconds() if self.orders else 0.0
        reached = [step.circle for step in self.steps if step.after_seconds <= max(0.0, waited) and step.action is None]
        return reached[-1] if reached else self.steps[0].circle


@dataclass(slots=True)
class QueueSeen:
    """One queue: its line, how fast people leave it, and how long it rings."""

    line: list[Order] = field(default_factory=list)
    leaving: FadingRate = field(default_factory=lambda: FadingRate(HALF_LIFE_SECONDS))
    leaving_by_age: LeavingByAge = field(default_factory=lambda: LeavingByAge(HALF_LIFE_SECONDS))
    ringing_seconds: FadingMean = field(default_factory=lambda: FadingMean(0.05))


@dataclass(slots=True)
class Waiting:
    """A piece of work that waits. `offers`: what rings for it -> since when."""

    item: w.WorkItem
    lane: Lane
    offers: dict[str, datetime] = field(default_factory=dict)


class Seen:
    """Everything that was seen of one routing domain."""

    def __init__(self) -> None:
        self.queues: dict[str, QueueSeen] = {}
        self.lanes: dict[tuple[str, str, tuple[Step, ...]], Lane] = {}
        self.waiting: dict[str, Waiting] = {}
        self.classes: dict[Class, FadingRate] = {}
        self.rules: Mapping[str, w.QueueRules] = {}
        self.lanes_changed = 0
        """Counts lanes that came and went."""
        self.handling: dict[tuple[str, str], FadingRate] = {}
        """(queue, kind of work) -> how fast contacts are handled; that of the empty queue is of all of the kind."""
        self.agents = Agents()
        self._item_of_offer: dict[str, str] = {}

    def handled(self, queue_id: str, channel: str) -> FadingRate:
        """How fast agents are done with such contacts; of the empty queue: with those of all queues."""
        key = (queue_id, "call" if channel == "callback" else channel)
        rate = self.handling.get(key)
        if rate is None:
            rate = self.handling[key] = FadingRate(HALF_LIFE_SECONDS)
        return rate

    def take(self, event: w.RoutingEvent, commands: Sequence[w.RoutingCommand], now: datetime) -> None:
        """Take in what the router was given and what it said to that."""
        match event:
            case w.Configured():
                self._configure(event, now)
            case w.WorkArrived(item, ringing):
                if any(isinstance(command, w.TurnAway) and command.item.item_id == item.item_id for command in commands):
                    return  # it never stood in the line
                self._arrive(item, now)
                if event.admitted and item.channel == "callback":  # it left a moment ago, and has its place again
                    self._queue(item.queue_id).leaving.happen(now, -1.0)
                    self._queue(item.queue_id).leaving_by_age.stayed(now, (now - item.waiting_since).total_seconds())
                for offer in ringing:
                    self._ring(offer, now)
            case w.WorkLeft(item_id):
                self._leave(item_id, now, gave_up=True)
            case w.OfferAnswered(offer_id, _, item):
                self._connect(offer_id, item, now)
            case w.OfferFailed(offer_id):
                self._end_offer(offer_id)
            case w.PresenceRestored(agent_id, past, at):
                self._agent_event(agent_id, past, at)
        for command in commands:
            self._command(command, now)

    def _command(self, command: w.RoutingCommand, now: datetime) -> None:
        match command:
            case w.MakeOffer(offer):
                self._ring(offer, now)
            case w.WithdrawOffer(offer):
                self._end_offer(offer.offer_id)
            case w.TurnAway(item):
                self._leave(item.item_id, now, gave_up=True)
            case w.RecordAgent(agent_id, event):
                self._agent_event(agent_id, event, now)

    # --- configuration -----------------------------------------------------------------------------------------------------

    def _configure(self, event: w.Configured, now: datetime) -> None:
        self.rules = event.queues
        for agent_id in self.agents.ids() - event.agents.keys():
            self._forget_contacts(self.agents.remove(agent_id), now)
        for agent_id, profile in event.agents.items():
            self.agents.put(agent_id, profile)
        self.lanes = {}
        self.lanes_changed += 1
        for waiting in self.waiting.values():
            waiting.lane = self._lane_of(waiting.item)
            if not waiting.offers:
                insort(waiting.lane.orders, waiting.item.order)

    def _lane_of(self, item: w.WorkItem) -> Lane:
        rules = self.rules.get(item.queue_id)
        steps = (rules.requirements if rules else w.NOBODY).steps(item.needs, item.attributes)
        key = (item.queue_id, item.channel, steps)
        lane = self.lanes.get(key)
        if lane is None:
            lane = self.lanes[key] = Lane(item.queue_id, item.channel, steps)
            self.lanes_changed += 1
        return lane

    def _queue(self, queue_id: str) -> QueueSeen:
        queue = self.queues.get(queue_id)
        if queue is None:
            queue = self.queues[queue_id] = QueueSeen()
        return queue

    # --- the line ----------------------------------------------------------------------------------------------------------

    def _arrive(self, item: w.WorkItem, now: datetime) -> None:
        if item.item_id in self.waiting:
            return
        queue, lane = self._queue(item.queue_id), self._lane_of(item)
        self.waiting[item.item_id] = Waiting(item, lane)
        insort(queue.line, item.order)
        insort(lane.orders, item.order)
        queue.leaving.begin(now)
        key = (item.queue_id, item.rank, item.head_start_seconds)
        arrivals = self.classes.get(key)
        if arrivals is None:
            arrivals = self.classes[key] = FadingRate(ARRIVALS_HALF_LIFE_SECONDS)
            arrivals.begin(now)
        arrivals.happen(now)

    def _leave(self, item_id: str, now: datetime, *, gave_up: bool) -> None:
        waiting = self.waiting.pop(item_id, None)
        if waiting is None:
            return
        queue = self._queue(waiting.item.queue_id)
        del queue.line[bisect_left(queue.line, waiting.item.order)]
        if waiting.offers:
            for offer_id in waiting.offers:
                del self._item_of_offer[offer_id]
        else:
            self._take_out(waiting)
        queue.leaving.begin(now, -1)
        if gave_up:
            queue.leaving.happen(now)
        queue.leaving_by_age.seen(now, max(0.0, (now - waiting.item.waiting_since).total_seconds()), gave_up=gave_up)

    def _take_out(self, waiting: Waiting) -> None:
        lane = waiting.lane
        del lane.orders[bisect_left(lane.orders, waiting.item.order)]
        if not lane.orders:
            self.lanes.pop((lane.queue_id, lane.channel, lane.steps), None)
            self.lanes_changed += 1

    def _ring(self, offer: w.Offer, now: datetime) -> None:
        waiting = self.waiting.get(offer.item.item_id)
        if waiting is None or offer.offer_id in waiting.offers:
            return
        if not waiting.offers:
            self._take_out(waiting)
        waiting.offers[offer.offer_id] = now
        self._item_of_offer[offer.offer_id] = offer.item.item_id

    def _end_offer(self, offer_id: str) -> None:
        waiting = self.waiting.get(self._item_of_offer.pop(offer_id, ""))
        if waiting is None:
            return
        del waiting.offers[offer_id]
        if not waiting.offers:
            waiting.lane = self._lane_of(waiting.item)
            insort(waiting.lane.orders, waiting.item.order)

    def _connect(self, offer_id: str, item: w.WorkItem, now: datetime) -> None:
        waiting = self.waiting.get(item.item_id)
        since = waiting.offers.get(offer_id) if waiting else None
        if since is not None:
            self._queue(item.queue_id).ringing_seconds.add((now - since).total_seconds())
        self._leave(item.item_id, now, gave_up=False)

    # --- agents ------------------------------------------------------------------------------------------------------------

    def _agent_event(self, agent_id: str, event: Event, now: datetime) -> None:
        agent = self.agents.get(agent_id)
        if agent is None:
            return
        match event:
            case AgentStateChanged():
                self._state(agent, event, now)
                return
            case AgentSignedIn(status=status):
                agent.signed_in, agent.ready, agent.reachable = True, status == "ready", False
                self.agents.choose_groups(agent, frozenset())
            case AgentSignedOut():  # also out of after-call work, which then has no end of its own
                for contact_id in list(agent.contacts):
                    self._done(agent, contact_id, now)
                agent.signed_in = False
                self.agents.choose_groups(agent, frozenset())
            case AgentStatusChosen(status=status):
                agent.ready = status == "ready"
            case AgentDeviceChanged(reachable=reachable):
                agent.reachable = reachable
            case AgentGroupsChosen(left=left):
                self.agents.choose_groups(agent, frozenset(left))
        self.agents.settle(agent)

    def _state(self, agent: Agent, event: AgentStateChanged, now: datetime) -> None:
        if event.state == "idle":
            for contact_id in [event.contact_id] if event.contact_id else list(agent.contacts):
                self._done(agent, contact_id, now)
        elif event.contact_id in agent.contacts:
            queue_id, channel, talked = agent.contacts[event.contact_id]
            agent.contacts[event.contact_id] = (queue_id, channel, talked or event.state != "ringing")
        elif event.contact_id and event.queue_id:
            agent.contacts[event.contact_id] = (event.queue_id, event.channel, event.state != "ringing")
            for queue_id in (event.queue_id, ""):
                self.handled(queue_id, event.channel).begin(now)

    def _done(self, agent: Agent, contact_id: str, now: datetime) -> None:
        work = agent.contacts.pop(contact_id, None)
        if work is not None:
            queue_id, channel, talked = work
            for rate in (self.handled(queue_id, channel), self.handled("", channel)):
                rate.begin(now, -1)
                if talked:
                    rate.happen(now)

    def _forget_contacts(self, agent: Agent, now: datetime) -> None:
        for queue_id, channel, _ in agent.contacts.values():
            for rate in (self.handled(queue_id, channel), self.handled("", channel)):
                rate.begin(now, -1)
        agent.contacts = {}
