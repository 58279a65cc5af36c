"""The router: which agent gets which work. Pure: time and ids come in, commands go out.

How it works. Every agent has a `Presence`, every item a place in one line ordered by (waiting since, id). After each event the
router matches: of all queues that have both unoffered work and a free member, the one whose first item stands foremost in
the line is served, by the member that its strategy names; until no such queue is left. So nobody waits while a member of
his queue is free, and equal inputs give equal decisions. An offered item keeps its place: when the offer fails the item
stands where it stood. An agent holds one offer or contact at a time. A late event for an offer, item or contact that is
over is a no-op: it lost a race, and the winner has been told already.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from datetime import datetime, timedelta

from huying.foundation.errors import Conflict, NotFound
from huying.foundation.journal.entry import Event
from huying.routing import work as w
from huying.routing.events import (
    AgentDeviceChanged,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
)
from huying.routing.explanation import explain
from huying.routing.presence import IN_CONTACT, LEAVING, Presence, State, Status, after

FAILURE_REASONS = {"timed_out": "missed", "refused": "refused", "unreachable": "unreachable"}
"""Break reason that an agent gets when his offer ended so."""


class UnknownAgent(NotFound):
    """This person is not an agent of any queue here."""

    code = "unknown-agent"


class Router:
    """State and decisions of one routing domain."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._queues: dict[str, w.QueueRules] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._agents: dict[str, Presence] = {}
        self._reachable: set[str] = set()
        self._free: dict[str, set[str]] = {}
        self._items: dict[str, w.WorkItem] = {}
        self._unoffered: dict[str, list[tuple[tuple[int, datetime, str], str]]] = {}
        self._lines: dict[str, list[tuple[int, datetime, str]]] = {}
        self._offers: dict[str, w.Offer] = {}
        self._offer_of_item: dict[str, str] = {}
        self._offer_of_agent: dict[str, str] = {}
        self._commands: list[w.RoutingCommand] = []

    # --- questions ---------------------------------------------------------------------------------------------------------

    def presence(self, agent_id: str) -> Presence | None:
        """The agent's presence, None when he never signed in."""
        return self._agents.get(agent_id)

    def agent_at(self, account: str) -> Presence | None:
        """The signed-in agent whose device this account is."""
        return next((p for p in self._agents.values() if p.signed_in and p.account == account), None)

    def place(self, item_id: str) -> int:
        """The item's place in its queue, from 1; 0 when it does not wait."""
        item = self._items.get(item_id)
        return bisect_left(self._lines[item.queue_id], item.order) + 1 if item else 0

    def waiting(self, queue_id: str) -> int:
        """How many wait in the queue, also those that ring at an agent."""
        return len(self._lines.get(queue_id, ()))

    def item_ids(self) -> frozenset[str]:
        """Everything that waits."""
        return frozenset(self._items)

    def offers(self) -> tuple[w.Offer, ...]:
        """Everything that rings."""
        return tuple(self._offers.values())

    def in_contact(self) -> dict[str, str]:
        """Every agent who is shown in a contact (or ringing for one) with that contact."""
        return {p.agent_id: p.contact_id for p in self._agents.values() if p.state in IN_CONTACT}

    def strangers(self) -> list[str]:
        """Agents who are signed in, and agents no longer by the configuration; those on their way out are not named."""
        signed_in = [p for p in self._agents.values() if p.signed_in and p.reason != LEAVING]
        return sorted(presence.agent_id for presence in signed_in if presence.agent_id not in self._members)

    def due(self) -> datetime | None:
        """When `TimeCame` is wanted next; None for never."""
        return min((p.ends_at for p in self._agents.values() if p.ends_at and p.state is State.AFTER_CALL), default=None)

    # --- the one door ------------------------------------------------------------------------------------------------------

    def handle(self, event: w.RoutingEvent, now: datetime) -> list[w.RoutingCommand]:
        """Take an event in and say what is to be done, in this order. Raises UnknownAgent or Conflict and changes nothing."""
        self._commands = []
        self._take(event, now)
        self._match(now)
        return self._commands

    def _take(self, event: w.RoutingEvent, now: datetime) -> None:
        match event:
            case w.Configured():
                self._configure(event)
            case w.SignIn():
                self._sign_in(event, now)
            case w.SignOut():
                self._sign_out(event, now)
            case w.ChooseGroups():
                self._signed_in(event.agent_id)
            case w.ChooseStatus():
                self._choose_status(event, now)
            case w.AccountSeen(account, reachable):
                self._account_seen(account, reachable, now)
            case w.AccountsSeen(accounts):
                self._accounts_seen(accounts, now)
            case w.WorkArrived(item, ringing):
                self._arrive(item)
                for offer in ringing:
                    if item.item_id not in self._offer_of_item:
                        self._ring(offer)
            case w.WorkLeft(item_id):
                self._leave(item_id, now)
            case w.OfferAnswered():
                self._answered(event, now)
            case w.OfferFailed(offer_id, result):
                self._failed(offer_id, result, now)
            case w.ContactHeld():
                self._held(event, now)
            case w.AgentReleased():
                self._released(event, now)
            case w.AfterCallFinished(agent_id):
                self._after_call_over(agent_id, now)
            case w.AfterCallExtended(agent_id, seconds):
                self._extend(agent_id, seconds, now)
            case w.TimeCame():
                self._time_came(now)
            case w.PresenceRestored(agent_id, past, at):
                self._apply(agent_id, past, at)
            case w.AgentFoundStuck(agent_id, contact_id):
                self._free_stuck(agent_id, contact_id, now)

    # --- agents --------------------------------------------------------------------------------------------------------------

    def _configure(self, event: w.Configured) -> None:
        self._queues = dict(event.queues)
        self._members = {
            agent_id: frozenset(q for q, rules in event.queues.items() if rules.requirements.groups & profile.groups.keys())
            for agent_id, profile in event.agents.items()
        }
        self._free = {}
        for presence in self._agents.values():
            self._index(presence)

    def _sign_in(self, event: w.SignIn, now: datetime) -> None:
        if event.agent_id not in self._members:
            raise UnknownAgent()
        current = self._agents.get(event.agent_id)
        if current and current.signed_in:
            if current.account == event.account:
                return
            if current.state in IN_CONTACT:
                raise Conflict("You are in a contact at another device: finish it there first.")
        queues = sorted(self._members[event.agent_id])
        self._record(event.agent_id, AgentSignedIn(account=event.account, status=Status.BREAK.value, queues=queues), now)
        if event.account in self._reachable:
            self._record(event.agent_id, AgentDeviceChanged(reachable=True), now)

    def _signed_in(self, agent_id: str) -> Presence:
        presence = self._agents.get(agent_id)
        if presence is None or not presence.signed_in:
            raise Conflict("Sign in at a device first.")
        return presence

    def _sign_out(self, event: w.SignOut, now: datetime) -> None:
        presence = self._agents.get(event.agent_id)
        if presence is None or not presence.signed_in:
            return
        if presence.state is State.RINGING:
            self._withdraw_from(event.agent_id, now)
        elif presence.state in IN_CONTACT:
            self._record(event.agent_id, AgentStatusChosen(Status.BREAK.value, LEAVING, event.by), now)
            return
        self._record(event.agent_id, AgentSignedOut(by=event.by), now)

    def _choose_status(self, event: w.ChooseStatus, now: datetime) -> None:
        presence = self._signed_in(event.agent_id)
        status = Status(event.status)
        if (presence.status, presence.reason) == (status, event.reason):
            return
        if status is Status.BREAK and presence.state is State.RINGING:
            self._withdraw_from(event.agent_id, now)
        self._record(event.agent_id, AgentStatusChosen(status.value, event.reason, event.by), now)

    def _account_seen(self, account: str, reachable: bool, now: datetime) -> None:
        (self._reachable.add if reachable else self._reachable.discard)(account)
        presence = self.agent_at(account)
        if presence is None or presence.reachable == reachable:
            return
        self._record(presence.agent_id, AgentDeviceChanged(reachable=reachable), now)
        if reachable and presence.status is Status.BREAK and presence.reason == FAILURE_REASONS["unreachable"]:
            self._record(presence.agent_id, AgentStatusChosen(Status.READY.value, "", "system"), now)

    def _accounts_seen(self, accounts: frozenset[str], now: datetime) -> None:
        for account in sorted(self._reachable - accounts):
            self._account_seen(account, False, now)
        for account in sorted(accounts):
            self._account_seen(account, True, now)
        for presence in list(self._agents.values()):
            if presence.signed_in and presence.reachable and presence.account not in accounts:
                self._record(presence.agent_id, AgentDeviceChanged(reachable=False), now)

    # --- work ----------------------------------------------------------------------------------------------------------------

    def _arrive(self, item: w.WorkItem) -> None:
        if item.item_id in self._items:
            return
        self._items[item.item_id] = item
        insort(self._lines.setdefault(item.queue_id, []), item.order)
        insort(self._unoffered.setdefault(item.queue_id, []), (item.order, item.item_id))

    def _leave(self, item_id: str, now: datetime) -> None:
        item = self._items.get(item_id)
        if item is None:
            return
        offer = self._offers.get(self._offer_of_item.get(item_id, ""))
        if offer:
            self._end_offer(offer)
            self._idle(offer.agent_id, now)
        self._drop(item)

    def _drop(self, item: w.WorkItem) -> None:
        del self._items[item.item_id]
        self._lines[item.queue_id].remove(item.order)
        line = self._unoffered[item.queue_id]
        if (item.order, item.item_id) in line:
            line.remove((item.order, item.item_id))

    # --- offers --------------------------------------------------------------------------------------------------------------

    def _ring(self, offer: w.Offer) -> None:
        self._unoffered[offer.item.queue_id].remove((offer.item.order, offer.item.item_id))
        self._offers[offer.offer_id] = offer
        self._offer_of_item[offer.item.item_id] = offer.offer_id
        self._offer_of_agent[offer.agent_id] = offer.offer_id

    def _end_offer(self, offer: w.Offer) -> None:
        del self._offers[offer.offer_id]
        del self._offer_of_item[offer.item.item_id]
        del self._offer_of_agent[offer.agent_id]
        insort(self._unoffered[offer.item.queue_id], (offer.item.order, offer.item.item_id))

    def _withdraw_from(self, agent_id: str, now: datetime) -> None:
        offer = self._offers[self._offer_of_agent[agent_id]]
        self._end_offer(offer)
        self._commands.append(w.WithdrawOffer(offer))
        self._idle(agent_id, now)

    def _answered(self, event: w.OfferAnswered, now: datetime) -> None:
        offer = self._offers.get(event.offer_id)
        if offer:
            self._end_offer(offer)
        if event.item.item_id in self._items:
            self._leave(event.item.item_id, now)
        other = self._offer_of_agent.get(event.agent_id)
        if other:
            self._withdraw_from(event.agent_id, now)
        talking = AgentStateChanged(State.TALKING.value, event.item.contact_id, event.item.queue_id)
        self._record(event.agent_id, talking, now)

    def _failed(self, offer_id: str, result: str, now: datetime) -> None:
        offer = self._offers.get(offer_id)
        if offer is None:
            return
        self._end_offer(offer)
        self._idle(offer.agent_id, now)
        self._record(offer.agent_id, AgentStatusChosen(Status.BREAK.value, FAILURE_REASONS[result], "system"), now)

    # --- contacts --------------------------------------------------------------------------------------------------------------

    def _held(self, event: w.ContactHeld, now: datetime) -> None:
        presence = self._agents.get(event.agent_id)
        state = State.HOLDING if event.held else State.TALKING
        if presence and presence.contact_id == event.contact_id and presence.state in (State.TALKING, State.HOLDING):
            self._record(event.agent_id, AgentStateChanged(state.value, event.contact_id, presence.queue_id), now)

    def _released(self, event: w.AgentReleased, now: datetime) -> None:
        presence = self._agents.get(event.agent_id)
        if presence is None or presence.contact_id != event.contact_id or presence.state not in IN_CONTACT:
            return
        rules = self._queues.get(presence.queue_id)
        seconds = rules.after_call_seconds if rules and event.after_call else 0
        if seconds <= 0:
            self._idle(event.agent_id, now)
            return
        ends_at = (now + timedelta(seconds=seconds)).isoformat()
        working = AgentStateChanged(State.AFTER_CALL.value, event.contact_id, presence.queue_id, ends_at)
        self._record(event.agent_id, working, now)

    def _after_call_over(self, agent_id: str, now: datetime) -> None:
        presence = self._agents.get(agent_id)
        if presence and presence.state is State.AFTER_CALL:
            self._idle(agent_id, now)

    def _extend(self, agent_id: str, seconds: int, now: datetime) -> None:
        presence = self._signed_in(agent_id)
        if presence.state is not State.AFTER_CALL or presence.ends_at is None:
            raise Conflict("There is no after-call work to extend.")
        ends_at = (max(presence.ends_at, now) + timedelta(seconds=seconds)).isoformat()
        self._record(agent_id, AgentStateChanged(State.AFTER_CALL.value, presence.contact_id, presence.queue_id, ends_at), now)

    def _time_came(self, now: datetime) -> None:
        for presence in list(self._agents.values()):
            if presence.state is State.AFTER_CALL and presence.ends_at and presence.ends_at <= now:
                self._idle(presence.agent_id, now)

    def _free_stuck(self, agent_id: str, contact_id: str, now: datetime) -> None:
        presence = self._agents.get(agent_id)
        stuck = presence and presence.state in IN_CONTACT and presence.contact_id == contact_id
        if stuck and agent_id not in self._offer_of_agent:
            self._commands.append(w.FreedStuckAgent(agent_id, contact_id))
            self._idle(agent_id, now)

    # --- bookkeeping -----------------------------------------------------------------------------------------------------------

    def _idle(self, agent_id: str, now: datetime) -> None:
        self._record(agent_id, AgentStateChanged(State.IDLE.value), now)
        presence = self._agents[agent_id]
        if presence.signed_in and presence.status is Status.BREAK and presence.reason == LEAVING:
            self._record(agent_id, AgentSignedOut(), now)

    def _record(self, agent_id: str, event: Event, now: datetime) -> None:
        self._commands.append(w.RecordAgent(agent_id, event))
        self._apply(agent_id, event, now)

    def _apply(self, agent_id: str, event: Event, at: datetime) -> None:
        presence = after(self._agents.get(agent_id) or Presence(agent_id=agent_id, idle_since=at), event, at)
        self._agents[agent_id] = presence
        self._index(presence)

    def _index(self, presence: Presence) -> None:
        free = not presence.obstacle()
        for queue_id in self._members.get(presence.agent_id, ()):
            members = self._free.setdefault(queue_id, set())
            (members.add if free else members.discard)(presence.agent_id)

    # --- matching --------------------------------------------------------------------------------------------------------------

    def _match(self, now: datetime) -> None:
        while True:
            servable = [line[0] for queue_id, line in self._unoffered.items() if line and self._free.get(queue_id)]
            if not servable:
                return
            self._offer(self._items[min(servable)[1]], now)

    def _offer(self, item: w.WorkItem, now: datetime) -> None:
        free = [self._agents[agent_id] for agent_id in self._free[item.queue_id]]
        chosen = min(free, key=lambda presence: (presence.idle_since, presence.agent_id))
        seconds = self._queues[item.queue_id].offer_seconds if item.queue_id in self._queues else 20
        members = [self._agents[a] for a, queues in self._members.items() if item.queue_id in queues and a in self._agents]
        offer = w.Offer(self._new_id(), item, chosen.agent_id, chosen.account, now + timedelta(seconds=seconds))
        explanation = explain("longest_idle", chosen, members, now)
        self._ring(offer)
        self._record(chosen.agent_id, AgentStateChanged(State.RINGING.value, item.contact_id, item.queue_id), now)
        self._commands.append(w.MakeOffer(offer, explanation))
