"""The router: which agent gets which work. Pure: time, ids and dice come in, commands go out.

How it works. Every agent has a `Presence` (the fold of his journal stream), every piece of work its place in one line of all
work. Work and agents meet in lanes (`lanes`): a lane holds the work of one queue that the same people may take, and those of them
who are free, both in order. After each event the router looks at the lanes where both are present and serves the one whose
first work stands foremost of all, by the agent whom the queue's strategy puts first, until no lane has both. So nobody waits
while somebody who may take his work is free, equal inputs give equal decisions, and the cost does not grow with the number of
agents: whatever happens touches the lanes of one agent or of one piece of work.

Work moves to a wider lane as its requirements relax (`line`), keeps its place while it rings, and stands where it stood when an
offer fails. One offer at a time rings at an agent; how many contacts he may have in hand is a matter of `capacity`. When a queue rings
all, its first work rings at everybody who is free, the first answer wins and the others were never asked.

A late event for an offer, item or contact that is over is a no-op: it lost a race, and the winner has been told already. An offer
that nobody ends is ended by the router a little after its time, so that no agent can be stuck in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from huying.foundation.journal.entry import Event
from huying.routing.events import AgentGroupsChosen, AgentSignedOut
from huying.routing.router import work as w
from huying.routing.router.door import Doorkeeper
from huying.routing.router.explanation import explain
from huying.routing.router.floor import Floor
from huying.routing.router.lanes import Lane
from huying.routing.router.line import Line, Waiting
from huying.routing.router.presence import IN_CONTACT, LEAVING, Presence, Status
from huying.routing.router.ranking import Key
from huying.routing.router.requirements import Action, Circle
from huying.routing.router.staff import Staff, UnknownAgent
from huying.routing.router.timers import Kind, Timers

__all__ = ["Router", "UnknownAgent"]

GRACE = timedelta(seconds=2)
"""How long after its end an offer may still be ended by those who ring it."""


class Router:
    """State and decisions of one routing domain. `dice` gives numbers in [0, 1) for the strategies that draw lots."""

    def __init__(self, new_id: Callable[[], str], dice: Callable[[], float] | None = None) -> None:
        self._new_id = new_id
        self._queues: dict[str, w.QueueRules] = {}
        self._timers = Timers()
        self._floor = Floor(dice or Random(0).random)  # noqa: S311 - lots, not secrets
        self._staff = Staff(self._floor, self._timers, self._record)
        self._line = Line(self._floor, self._staff.is_around)
        self._door = Doorkeeper(self._floor, self._line, self._staff)
        self._offers: dict[str, w.Offer] = {}
        self._offer_of_agent: dict[str, str] = {}
        self._commands: list[w.RoutingCommand] = []
        self._left = False
        """Somebody signed out or left a group in this step."""

    # --- questions ---------------------------------------------------------------------------------------------------------

    def presences(self) -> list[Presence]:
        """Everybody of whom anything is known."""
        return self._staff.presences()

    def presence(self, agent_id: str) -> Presence | None:
        """The agent's presence, None when he never signed in."""
        return self._staff.presence(agent_id)

    def agent_at(self, account: str) -> Presence | None:
        """The signed-in agent whose device this account is."""
        return self._staff.at(account)

    def is_reachable(self, account: str) -> bool:
        """Can this device be rung?"""
        return self._staff.is_reachable(account)

    def place(self, item_id: str) -> int:
        """The item's place in its queue, from 1; 0 when it does not wait."""
        return self._line.place(item_id)

    def waiting(self, queue_id: str) -> int:
        """How many wait in the queue, also those that ring at an agent."""
        return self._line.count(queue_id)

    def item_ids(self) -> frozenset[str]:
        """Everything that waits."""
        return self._line.item_ids()

    def asks(self, item_id: str) -> Circle | str:
        """Who is asked for this work now: a circle, or the id of one wanted person. Raises KeyError when it does not wait."""
        return self._line[item_id].asks

    def offers(self) -> tuple[w.Offer, ...]:
        """Everything that rings."""
        return tuple(self._offers.values())

    def in_contact(self) -> dict[str, str]:
        """Every agent who is shown in a contact (or ringing for one) with that contact."""
        return {p.agent_id: p.contact_id for p in self._staff.presences() if p.state in IN_CONTACT}

    def strangers(self) -> list[str]:
        """Agents who are signed in, and agents no longer by the configuration; those on their way out are not named."""
        signed_in = [p for p in self._staff.presences() if p.signed_in and p.reason != LEAVING]
        return sorted(presence.agent_id for presence in signed_in if self._floor.member(presence.agent_id) is None)

    def due(self) -> datetime | None:
        """When `TimeCame` is wanted next; None for never."""
        return self._timers.next()

    # --- the one door ------------------------------------------------------------------------------------------------------

    def handle(self, event: w.RoutingEvent, now: datetime) -> list[w.RoutingCommand]:
        """Take an event in and say what is to be done, in this order. Raises UnknownAgent, NotFound or Conflict and changes nothing."""
        self._commands = []
        self._left = False
        self._take(event, now)
        if self._left:
            for waiting in self._door.hopeless(self._queues.values(), now):
                self._turn_away(waiting, "nobody", waiting.rules.door.actions.get("nobody"))
        while lane := self._floor.meeting():
            self._offer(lane, now)
        return self._commands

    def _take(self, event: w.RoutingEvent, now: datetime) -> None:
        match event:
            case w.WorkArrived():
                self._arrive(event, now)
            case w.WorkLeft(item_id):
                self._leave(item_id, now)
            case w.OfferAnswered():
                self._answered(event, now)
            case w.OfferFailed(offer_id, result, reason):
                self._failed(offer_id, result, now, reason)
            case w.TimeCame():
                self._time_came(now)
            case w.Configured():
                self._configure(event, now)
            case w.SignIn(agent_id, account):
                self._staff.sign_in(agent_id, account, self._queues_of(agent_id), now)
            case w.SignOut(agent_id, by):
                self._withdraw_from(agent_id, now)
                self._staff.sign_out(agent_id, by, now)
                self._look_around(agent_id, now)
            case w.ChooseStatus():
                self._choose_status(event, now)
            case w.ChooseGroups():
                self._staff.choose_groups(event, now)
            case w.AccountSeen(account, reachable):
                self._staff.account_seen(account, reachable, now)
            case w.AccountsSeen(accounts):
                self._staff.accounts_seen(accounts, now)
            case w.Engaged():
                self._withdraw_from(event.agent_id, now, but=event.contact_id)
                self._staff.engaged(event, now)
            case w.ContactHeld(agent_id, contact_id, held):
                self._staff.held(agent_id, contact_id, held, now)
            case w.AgentReleased():
                self._released(event, now)
            case w.AfterCallFinished(agent_id):
                self._staff.after_call_over(agent_id, now)
            case w.AfterCallExtended(agent_id, seconds):
                self._staff.extend(agent_id, seconds, lambda queue_id: self._rules(queue_id).after_call_most_seconds, now)
            case w.PresenceRestored(agent_id, past, at):
                self._staff.apply(agent_id, past, at)
            case w.AgentFoundStuck(agent_id, contact_id):  # pragma: no branch - there are no other events
                self._free_stuck(agent_id, contact_id, now)

    def _record(self, agent_id: str, event: Event) -> None:
        self._commands.append(w.RecordAgent(agent_id, event))
        self._left = self._left or isinstance(event, AgentSignedOut | AgentGroupsChosen)

    def _rules(self, queue_id: str) -> w.QueueRules:
        return self._queues.get(queue_id) or w.QueueRules(queue_id)

    # --- configuration -----------------------------------------------------------------------------------------------------

    def _configure(self, event: w.Configured, now: datetime) -> None:
        """Only what is different is touched. A queue that is no more keeps its rules for those who wait in it."""
        changed = {queue_id for queue_id, rules in event.queues.items() if self._queues.get(queue_id) != rules}
        waiting = self._line.of_queues(changed)
        self._queues.update(event.queues)
        self._line.forget_steps()
        for item in waiting:
            self._line.reread(item, self._queues[item.item.queue_id])
        self._floor.close(changed)
        known = self._floor.profiles()
        for agent_id in sorted(known.keys() - event.agents.keys()):
            self._look_around(agent_id, now, gone=True)
            self._floor.remove(agent_id)
        for agent_id, profile in event.agents.items():
            if known.get(agent_id) != profile:
                self._floor.put(profile, self._staff.known(agent_id, now), now)
        for item in waiting:
            self._settle(item, now)

    def _queues_of(self, agent_id: str) -> list[str]:
        member = self._floor.member(agent_id)
        groups = member.profile.groups.keys() if member else frozenset()
        return sorted(queue_id for queue_id, rules in self._queues.items() if rules.requirements.groups & groups)

    # --- agents --------------------------------------------------------------------------------------------------------------

    def _choose_status(self, event: w.ChooseStatus, now: datetime) -> None:
        self._staff.signed_in(event.agent_id)
        if Status(event.status) is Status.BREAK:
            self._withdraw_from(event.agent_id, now)
        self._staff.choose_status(event, now)
        self._look_around(event.agent_id, now)

    def _look_around(self, agent_id: str, now: datetime, *, gone: bool = False) -> None:
        """Work that waits for a person who is not around any longer waits for others."""
        if self._floor.member(agent_id) is None or (self._staff.is_around(agent_id) and not gone):
            return
        for lane in self._floor.lanes_of(agent_id):
            for order in list(lane.line):
                waiting = self._line[order[2]]
                self._line.give_up_wanted(waiting, agent_id, now)
                self._settle(waiting, now)

    def _released(self, event: w.AgentReleased, now: datetime) -> None:
        presence = self._staff.presence(event.agent_id)
        work = presence.work(event.contact_id) if presence else None
        granted = self._rules(work.queue_id).after_call_seconds if work and work.queue_id else event.seconds
        member = self._floor.member(event.agent_id)
        if member and member.profile.after_call_seconds >= 0:
            granted = member.profile.after_call_seconds
        seconds = granted if event.after_call else 0
        self._staff.released(event.agent_id, event.contact_id, seconds, now)

    def _free_stuck(self, agent_id: str, contact_id: str, now: datetime) -> None:
        presence = self._staff.presence(agent_id)
        work = presence.work(contact_id) if presence else None
        if work and work.state in IN_CONTACT and agent_id not in self._offer_of_agent:
            self._commands.append(w.FreedStuckAgent(agent_id, contact_id))
            self._staff.is_free_of(agent_id, contact_id, now)

    # --- work ----------------------------------------------------------------------------------------------------------------

    def _arrive(self, event: w.WorkArrived, now: datetime) -> None:
        item = event.item
        if item.item_id in self._line:
            return
        rules = self._rules(item.queue_id)
        if not event.admitted:
            why, detail = self._door.obstacle(event, rules, now)
            if why:
                self._commands.append(w.TurnAway(item, why, rules.door.actions.get(why), detail))
                return
        waiting = self._line.add(item, rules, now, again=event.admitted)
        for offer in event.ringing:
            if offer.agent_id not in self._offer_of_agent:
                self._register(offer, waiting)
        self._settle(waiting, now)

    def _turn_away(self, waiting: Waiting, why: str, action: Action | None, detail: str = "") -> None:
        self._line.remove(waiting)
        self._commands.append(w.TurnAway(waiting.item, why, action, detail))

    def _settle(self, waiting: Waiting, now: datetime) -> None:
        if emergency := self._door.emergency(waiting, now):
            self._turn_away(waiting, "closed", waiting.rules.door.actions.get("closed"), emergency)
            return
        departure = self._line.settle(waiting, now)
        if departure:
            self._turn_away(waiting, departure.why, departure.action)
            return
        changes_at = self._line.changes_at(waiting, now)
        if changes_at and changes_at != waiting.wakes_at:
            waiting.wakes_at = changes_at
            self._timers.set(changes_at, Kind.ITEM, waiting.item.item_id)

    def _leave(self, item_id: str, now: datetime) -> None:
        waiting = self._line.get(item_id)
        if waiting is None:
            return
        offers = [self._offers[offer_id] for offer_id in waiting.offers]
        self._line.remove(waiting)
        for offer in offers:
            self._forget(offer)
            self._staff.is_free_of(offer.agent_id, offer.item.contact_id, now)

    # --- offers --------------------------------------------------------------------------------------------------------------

    def _offer(self, lane: Lane, now: datetime) -> None:
        """The first work of the lane rings at the first agent, or at all of them."""
        waiting = self._line[lane.line[0][2]]
        for key in list(lane.free) if lane.rings_all else lane.free[:1]:
            self._ring(waiting, lane, key, now)

    def _ring(self, waiting: Waiting, lane: Lane, key: Key, now: datetime) -> None:
        agent_id = key[2]
        lane.clock = max(lane.clock, key[0]) if lane.rules.strategy == "weighted_random" else 0.0
        explanation = explain(lane, key, waiting.step(now).after_seconds, waiting.wanted, lambda who: self._staff.known(who, now), now)
        account = self._staff.signed_in(agent_id).account
        expires_at = now + timedelta(seconds=lane.rules.offer_seconds)
        offer = w.Offer(self._new_id(), waiting.item, agent_id, account, expires_at)
        self._register(offer, waiting)
        self._line.open_or_close(waiting)
        self._staff.rings(offer, now)
        self._commands.append(w.MakeOffer(offer, explanation))

    def _register(self, offer: w.Offer, waiting: Waiting) -> None:
        self._offers[offer.offer_id] = offer
        self._offer_of_agent[offer.agent_id] = offer.offer_id
        waiting.offers.append(offer.offer_id)
        self._timers.set(offer.expires_at + GRACE, Kind.OFFER, offer.offer_id)

    def _forget(self, offer: w.Offer) -> None:
        del self._offers[offer.offer_id]
        del self._offer_of_agent[offer.agent_id]
        waiting = self._line.get(offer.item.item_id)
        if waiting:
            waiting.offers.remove(offer.offer_id)

    def _withdraw_from(self, agent_id: str, now: datetime, but: str = "") -> None:
        """Whatever rings at him (`but` for this contact) rings no longer, and stands where it stood."""
        offer = self._offers.get(self._offer_of_agent.get(agent_id, ""))
        if offer is None or offer.item.contact_id == but:
            return
        self._forget(offer)
        self._commands.append(w.WithdrawOffer(offer))
        self._staff.is_free_of(agent_id, offer.item.contact_id, now)
        waiting = self._line[offer.item.item_id]
        self._line.give_up_wanted(waiting, agent_id, now)
        self._settle(waiting, now)

    def _answered(self, event: w.OfferAnswered, now: datetime) -> None:
        offer = self._offers.get(event.offer_id)
        if offer:
            self._forget(offer)
        waiting = self._line.get(event.item.item_id)
        others = [self._offers[offer_id] for offer_id in waiting.offers] if waiting else []
        self._staff.talks(event.agent_id, event.item, now)
        self._leave(event.item.item_id, now)
        self._commands.extend(w.WithdrawOffer(other) for other in others)
        self._withdraw_from(event.agent_id, now)

    def _failed(self, offer_id: str, result: str, now: datetime, reason: str = "") -> None:
        offer = self._offers.get(offer_id)
        if offer is None:
            return
        self._forget(offer)
        self._staff.missed(offer, result, self._rules(offer.item.queue_id).consequence, now, reason)
        waiting = self._line[offer.item.item_id]
        self._line.give_up_wanted(waiting, offer.agent_id, now)
        self._settle(waiting, now)
        self._look_around(offer.agent_id, now)

    def _time_came(self, now: datetime) -> None:
        while due := self._timers.pop(now):
            kind, about = due
            if kind is Kind.AGENT:
                self._staff.time_came(about, now)
            elif kind is Kind.ITEM and (waiting := self._line.get(about)):
                self._settle(waiting, now)
            elif kind is Kind.OFFER and (offer := self._offers.get(about)):
                self._commands.append(w.WithdrawOffer(offer, "timed_out"))
                self._failed(offer.offer_id, "timed_out", now)
