"""The one owner of the router of a routing domain: gives it events, journals what agents did, passes offers on to calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from huying.channels.voice.call import words as w
from huying.channels.voice.events import DebrisRemoved
from huying.channels.voice.owner import CallOwner
from huying.channels.voice.streams import Streams
from huying.foundation.clock import Clock
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_SYSTEM, Event
from huying.routing import work
from huying.routing.estimate import Estimator, spoken
from huying.routing.events import AgentGroupsChosen, AgentSignedOut, AgentStatusChosen
from huying.routing.router import Router
from huying.routing.work import QueueRules, RoutingEvent

log = structlog.get_logger()

PLACES_EVERY_SECONDS = 1.0
AT_DOOR = ("closed", "full", "blocked", "nobody")
"""Why somebody does not get into a queue at all."""


class RoutingOwner:
    """Synchronous: the router decides in memory, its commands only leave letters and entries behind."""

    def __init__(self, router: Router, streams: Streams, clock: Clock, owner_of: Callable[[str], CallOwner | None]) -> None:
        self.router = router
        self._streams = streams
        self._clock = clock
        self._owner_of = owner_of
        self._business_of: dict[str, str] = {}
        self._rules: Mapping[str, QueueRules] = {}
        self._due: asyncio.TimerHandle | None = None
        self._places_due: asyncio.TimerHandle | None = None
        self._waiting: dict[str, work.WorkItem] = {}
        self._told: dict[str, tuple[object, ...]] = {}
        """What each waiting contact knows of its place."""
        self._estimator = Estimator()

    def configure(self, configured: work.Configured, business_of_agent: Mapping[str, str]) -> None:
        """New queues and members, at once."""
        self.remember_businesses(business_of_agent)
        self._rules = configured.queues
        self.handle(configured)
        self.sign_out_strangers()

    def remember_businesses(self, business_of_agent: Mapping[str, str]) -> None:
        """Whose agents these are; also of those who are agents no longer, because their streams go on until they are signed out."""
        self._business_of.update(business_of_agent)

    def sign_out_strangers(self) -> None:
        """Whoever is signed in and is an agent no longer is signed out; out of a contact, after it."""
        for agent_id in self.router.strangers():
            log.warning("routing.agent_removed", agent_id=agent_id)
            self.handle(work.SignOut(agent_id, by="system"))

    def handle(self, event: RoutingEvent, lead: str = "") -> None:
        """Let the router decide. `lead`: the person who wants it, where it is not the agent. Raises what the router raises."""
        now = self._clock()
        commands = self.router.handle(event, now)
        self._estimator.observe(event, commands, now)
        for command in commands:
            self._execute(_signed(command, lead), now, event)
        if isinstance(event, work.WorkArrived) and self.router.place(event.item.item_id):
            self._waiting[event.item.item_id] = event.item
            self._tell_place(event.item, joined=True)
        self._plan_places()
        self._plan_due()

    def stop(self) -> None:
        """No timer fires after this."""
        for timer in (self._due, self._places_due):
            if timer:
                timer.cancel()

    def _execute(self, command: work.RoutingCommand, now: datetime, cause: RoutingEvent | None = None) -> None:
        """What is journalled bears the router's own time, so that its state can be worked out again to the microsecond."""
        match command:
            case work.RecordAgent(agent_id, event):
                self._streams.record(self._business_of.get(agent_id, ""), STREAM_AGENT, agent_id, [event], now)
            case work.MakeOffer(offer, explanation):
                self._deliver(offer.item.contact_id, w.OfferFor(offer, explanation))
            case work.WithdrawOffer(offer, result):
                self._deliver(offer.item.contact_id, w.OfferTakenBack(offer.offer_id, result))
            case work.TurnAway(item, why, action, detail):
                arrives = isinstance(cause, work.WorkArrived) and cause.item.item_id == item.item_id and not cause.admitted
                log.info("routing.turned_away", contact_id=item.contact_id, queue_id=item.queue_id, why=why, detail=detail)
                self._deliver(item.contact_id, w.TurnedAway(item.item_id, why, action, arrives and why in AT_DOOR, detail))
            case work.FreedStuckAgent(agent_id, contact_id):
                log.warning("routing.freed_stuck_agent", agent_id=agent_id, contact_id=contact_id)
                self.debris(self._business_of.get(agent_id, ""), "agent_state", agent_id, contact_id)

    def note(self, agent_id: str, event: Event) -> None:
        """Journal what concerns an agent at work and changes nothing for the router."""
        presence = self.router.presence(agent_id)
        if presence and presence.signed_in:
            self._execute(work.RecordAgent(agent_id, event), self._clock())

    def debris(self, business_id: str, what: str, debris_id: str, detail: str = "") -> None:
        """Journal that something stuck was repaired."""
        removed = DebrisRemoved(what, debris_id, detail)
        self._streams.record(business_id, STREAM_SYSTEM, f"reconciler-{business_id}", [removed], self._clock())

    def _deliver(self, contact_id: str, event: w.OfferFor | w.OfferTakenBack | w.TurnedAway | w.Placed) -> None:
        owner = self._owner_of(contact_id)
        if owner:
            owner.post(event)

    def _tell_place(self, item: work.WorkItem, *, joined: bool) -> None:
        place, people = self.router.place(item.item_id), self.router.waiting(item.queue_id)
        estimate = self._estimate(item, place)
        news = (place, people, None if estimate is None else spoken(estimate))
        if joined or news != self._told.get(item.item_id):
            self._told[item.item_id] = news
            self._deliver(item.contact_id, w.Placed(item.item_id, place, people, joined, None if estimate is None else round(estimate)))

    def _estimate(self, item: work.WorkItem, place: int) -> float | None:
        rules = self._rules.get(item.queue_id)
        wanted = rules is not None and rules.announcements.every_seconds > 0 and rules.announcements.estimate
        return self._estimator.wait(item.queue_id, place, self._clock()) if wanted else None

    def _plan_places(self) -> None:
        if self._places_due is None:
            self._places_due = asyncio.get_running_loop().call_later(PLACES_EVERY_SECONDS, self._tell_places)

    def _tell_places(self) -> None:
        self._places_due = None
        waiting = self.router.item_ids()
        self._waiting = {item_id: item for item_id, item in self._waiting.items() if item_id in waiting}
        self._told = {item_id: told for item_id, told in self._told.items() if item_id in waiting}
        for item in self._waiting.values():
            self._tell_place(item, joined=False)

    def _plan_due(self) -> None:
        if self._due:
            self._due.cancel()
            self._due = None
        due = self.router.due()
        if due:
            seconds = max(0.0, (due - self._clock()).total_seconds())
            self._due = asyncio.get_running_loop().call_later(seconds, self.handle, work.TimeCame())


def _signed(command: work.RoutingCommand, lead: str) -> work.RoutingCommand:
    """The command with the lead's name under what he did."""
    match command:
        case work.RecordAgent(agent_id, AgentStatusChosen(by="lead") | AgentSignedOut(by="lead") | AgentGroupsChosen(by="lead") as event):
            return work.RecordAgent(agent_id, replace(event, by_person=lead))
    return command
