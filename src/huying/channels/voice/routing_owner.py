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
from huying.channels.voice.places import Places
from huying.channels.voice.streams import Streams
from huying.foundation.clock import Clock
from huying.foundation.journal.entry import STREAM_AGENT, STREAM_SYSTEM, Event
from huying.routing.events import AgentGroupsChosen, AgentSignedOut, AgentStatusChosen
from huying.routing.router import work
from huying.routing.router.presence import LEAVING
from huying.routing.router.router import Router
from huying.routing.router.work import RoutingEvent

log = structlog.get_logger()

FromRouter = w.OfferFor | w.OfferTakenBack | w.TurnedAway | w.Placed
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
        self._due: asyncio.TimerHandle | None = None
        self._places = Places(router, clock, self._deliver)
        self.elsewhere: Callable[[str, FromRouter], None] = lambda _contact_id, _event: None
        """Who is told of contacts that are no calls."""
        self.leaving: Callable[[str], None] = lambda _agent_id: None
        """Who is told of agents who sign out as soon as nothing is in their hands."""

    def configure(self, configured: work.Configured, business_of_agent: Mapping[str, str]) -> None:
        """New queues and members, at once."""
        self.remember_businesses(business_of_agent)
        self._places.configure(configured.queues)
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
        self._places.observe(event, commands, now)
        for command in commands:
            self._execute(_signed(command, lead), now, event)
        if isinstance(event, work.WorkArrived):
            self._places.joined(event.item)
        self._plan_due()

    def stop(self) -> None:
        """No timer fires after this."""
        self._places.stop()
        if self._due:
            self._due.cancel()

    def _execute(self, command: work.RoutingCommand, now: datetime, cause: RoutingEvent | None = None) -> None:
        """What is journalled bears the router's own time, so that its state can be worked out again to the microsecond."""
        match command:
            case work.RecordAgent(agent_id, event):
                self._streams.record(self._business_of.get(agent_id, ""), STREAM_AGENT, agent_id, [event], now)
                if isinstance(event, AgentStatusChosen) and event.reason == LEAVING:
                    self.leaving(agent_id)
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

    def _deliver(self, contact_id: str, event: FromRouter) -> None:
        owner = self._owner_of(contact_id)
        if owner:
            owner.post(event)
        else:
            self.elsewhere(contact_id, event)

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
