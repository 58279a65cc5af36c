"""The staff: what agents say, and what is observed of them, as journal events and presences. Gives nobody any work.

Every change of an agent is first an event of his journal stream and then the fold of it, so that a restart finds the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from huying.foundation.errors import Conflict, NotFound
from huying.foundation.journal.entry import Event
from huying.routing.events import (
    AgentDeviceChanged,
    AgentGroupsChosen,
    AgentOfferMissed,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateChanged,
    AgentStatusChosen,
)
from huying.routing.router import work as w
from huying.routing.router.floor import Floor
from huying.routing.router.presence import CONVERSING, IN_CONTACT, LEAVING, Presence, State, Status, Work, after
from huying.routing.router.timers import Kind, Timers

FAILURE_REASONS = {"timed_out": "missed", "refused": "refused", "unreachable": "unreachable"}
"""Break reason that an agent gets when his offer ended so."""
SAME_DAY = timedelta(hours=4)
"""Whoever signs in again within this time goes on with the counts of his work day."""
LEAST_REST_SECONDS = 1
"""So that the next agent is always asked before the same one again."""


class UnknownAgent(NotFound):
    """This person is not an agent of any queue here."""

    code = "unknown-agent"


class Staff:
    """Everybody's presence. `changed` is called after each change, before the next one."""

    def __init__(self, floor: Floor, timers: Timers, record: Callable[[str, Event], None]) -> None:
        self._floor = floor
        self._timers = timers
        self._record = record
        self._presences: dict[str, Presence] = {}
        self._at: dict[str, str] = {}
        """account -> the agent signed in at it"""
        self._reachable: set[str] = set()

    # --- questions ---------------------------------------------------------------------------------------------------------

    def presence(self, agent_id: str) -> Presence | None:
        """The agent's presence; None when he never signed in."""
        return self._presences.get(agent_id)

    def presences(self) -> list[Presence]:
        """Of everybody who ever signed in."""
        return list(self._presences.values())

    def at(self, account: str) -> Presence | None:
        """The signed-in agent whose device this account is."""
        return self._presences.get(self._at.get(account, ""))

    def is_reachable(self, account: str) -> bool:
        """Can this device be rung, whoever works at it?"""
        return account in self._reachable

    def known(self, agent_id: str, now: datetime) -> Presence:
        """The presence, also of somebody who never signed in."""
        return self._presences.get(agent_id) or Presence(agent_id, now)

    def signed_in(self, agent_id: str) -> Presence:
        """The presence of somebody who works. Raises Conflict."""
        presence = self._presences.get(agent_id)
        if presence is None or not presence.signed_in:
            raise Conflict("Sign in at a device first.")
        return presence

    def is_around(self, agent_id: str) -> bool:
        """Whether it is worth waiting for this person: he works and is on no break."""
        presence = self._presences.get(agent_id)
        return bool(presence and presence.signed_in and presence.status is Status.READY and self._floor.member(agent_id))

    # --- changes -----------------------------------------------------------------------------------------------------------

    def apply(self, agent_id: str, event: Event, at: datetime) -> None:
        """Fold an event that stands in the journal already."""
        old = self._presences.get(agent_id)
        presence = after(old or Presence(agent_id, at), event, at)
        self._presences[agent_id] = presence
        if old and old.account != presence.account and self._at.get(old.account) == agent_id:
            del self._at[old.account]
        if presence.signed_in:
            self._at[presence.account] = agent_id
        self._watch(presence)
        self._floor.update(presence, at)

    def write(self, agent_id: str, event: Event, now: datetime) -> None:
        """Journal an event and fold it."""
        self._record(agent_id, event)
        self.apply(agent_id, event, now)

    def _watch(self, presence: Presence) -> None:
        moments = [work.ends_at for work in presence.works if work.ends_at]
        if presence.rests_until:
            moments.append(presence.rests_until)
        for moment in moments:
            self._timers.set(moment, Kind.AGENT, presence.agent_id)

    def sign_in(self, agent_id: str, account: str, queues: list[str], now: datetime) -> None:
        """Begin to work at a device. Raises UnknownAgent, Conflict."""
        if self._floor.member(agent_id) is None:
            raise UnknownAgent()
        current = self.known(agent_id, now)
        if current.signed_in and current.account == account:
            return
        if any(work.state in IN_CONTACT for work in current.works):
            raise Conflict("You are in a contact at another device: finish it there first.")
        handled, talked = current.handled, current.talk_seconds
        if not current.signed_in and now - current.idle_since > SAME_DAY:
            handled, talked = 0, 0.0
        self.write(agent_id, AgentSignedIn(account, Status.BREAK.value, queues, handled, talked), now)
        if account in self._reachable:
            self.write(agent_id, AgentDeviceChanged(reachable=True), now)

    def sign_out(self, agent_id: str, by: str, now: datetime) -> None:
        """Stop working; nothing rings at him any longer. Out of a contact only after it."""
        presence = self._presences.get(agent_id)
        if presence is None or not presence.signed_in:
            return
        if any(work.state in CONVERSING for work in presence.works):
            self.write(agent_id, AgentStatusChosen(Status.BREAK.value, LEAVING, by), now)
        else:
            self.write(agent_id, AgentSignedOut(by=by), now)

    def choose_status(self, event: w.ChooseStatus, now: datetime) -> None:
        """Ready or break. Choosing ready again ends a rest."""
        presence = self.signed_in(event.agent_id)
        status = Status(event.status)
        if (presence.status, presence.reason) != (status, event.reason) or (status is Status.READY and presence.rests_until):
            self.write(event.agent_id, AgentStatusChosen(status.value, event.reason, event.by), now)

    def choose_groups(self, event: w.ChooseGroups, now: datetime) -> None:
        """Which groups he works for. Raises Conflict, and NotFound for a group that is not his."""
        presence, member = self.signed_in(event.agent_id), self._floor.member(event.agent_id)
        if member is None or not event.left <= member.profile.groups.keys():
            raise NotFound("This agent is no member of such a group: choose among his groups.")
        if presence.left != event.left:
            self.write(event.agent_id, AgentGroupsChosen(sorted(event.left), event.by), now)

    def account_seen(self, account: str, reachable: bool, now: datetime) -> None:
        """A device can or cannot be rung. Whoever was taken off for that is ready again when it is back."""
        (self._reachable.add if reachable else self._reachable.discard)(account)
        presence = self.at(account)
        if presence is None or presence.reachable == reachable:
            return
        self.write(presence.agent_id, AgentDeviceChanged(reachable=reachable), now)
        if reachable and presence.status is Status.BREAK and presence.reason == FAILURE_REASONS["unreachable"]:
            self.write(presence.agent_id, AgentStatusChosen(Status.READY.value, "", "system"), now)

    def accounts_seen(self, accounts: frozenset[str], now: datetime) -> None:
        """Exactly these can be rung."""
        for account in sorted(self._reachable - accounts):
            self.account_seen(account, False, now)
        for account in sorted(accounts):
            self.account_seen(account, True, now)
        for presence in self.presences():
            if presence.signed_in and presence.reachable and presence.account not in accounts:
                self.write(presence.agent_id, AgentDeviceChanged(reachable=False), now)

    def rings(self, offer: w.Offer, now: datetime) -> None:
        """An offer begins at him."""
        item = offer.item
        self.write(offer.agent_id, AgentStateChanged(State.RINGING.value, item.contact_id, item.queue_id, "", item.channel), now)

    def talks(self, agent_id: str, item: w.WorkItem, now: datetime) -> None:
        """He took it."""
        self.write(agent_id, AgentStateChanged(State.TALKING.value, item.contact_id, item.queue_id, "", item.channel), now)

    def engaged(self, event: w.Engaged, now: datetime) -> None:
        """He is rung for, or talks in, a contact that no queue offered him."""
        presence, state = self._presences.get(event.agent_id), State(event.state)
        found = presence.work(event.contact_id) if presence else None
        if presence is None or not presence.signed_in or (found and found.state is state):
            return
        queue_id = event.queue_id or (found.queue_id if found else "")
        self.write(event.agent_id, AgentStateChanged(state.value, event.contact_id, queue_id, "", event.channel), now)

    def missed(self, offer: w.Offer, result: str, consequence: w.Consequence, now: datetime, reason: str = "") -> None:
        """An offer ended against him: he rests, or is taken off."""
        presence = self._presences[offer.agent_id]
        most, before = (consequence.misses, presence.missed) if result == "timed_out" else (consequence.refusals, presence.refused)
        off = result == "unreachable" or 0 < most <= before + 1
        rests = now + timedelta(seconds=max(LEAST_REST_SECONDS, consequence.rest_seconds))
        until, item = "" if off else rests.isoformat(), offer.item
        event = AgentOfferMissed(offer.offer_id, item.contact_id, item.queue_id, result, until, reason)
        if off:
            self.write(offer.agent_id, AgentStatusChosen(Status.BREAK.value, FAILURE_REASONS[result], "system"), now)
        self.write(offer.agent_id, event, now)
        self.is_free_of(offer.agent_id, offer.item.contact_id, now)

    def held(self, agent_id: str, contact_id: str, held: bool, now: datetime) -> None:
        """He put a contact on hold, or took it back."""
        state, found = State.HOLDING if held else State.TALKING, self._work(agent_id, contact_id)
        if found and found.state in CONVERSING and found.state is not state:
            self.write(agent_id, AgentStateChanged(state.value, contact_id, found.queue_id, "", found.channel), now)

    def released(self, agent_id: str, contact_id: str, seconds: int, now: datetime) -> None:
        """His part in a contact is over, but for so many seconds of after-call work."""
        found = self._work(agent_id, contact_id)
        if found is None or found.state not in IN_CONTACT:
            return
        if seconds <= 0:
            self.is_free_of(agent_id, contact_id, now)
        else:
            self._after_call(agent_id, found, now + timedelta(seconds=seconds), now)

    def extend(self, agent_id: str, seconds: int, most: Callable[[str], int], now: datetime) -> None:
        """Longer after-call work, up to what the queue allows in all. Raises Conflict."""
        found = next((work for work in self.signed_in(agent_id).works if work.state is State.AFTER_CALL and work.ends_at), None)
        if found is None or found.ends_at is None:
            raise Conflict("There is no after-call work to extend.")
        limit = found.since + timedelta(seconds=most(found.queue_id))
        wanted = max(found.ends_at, now) + timedelta(seconds=seconds)
        if min(wanted, limit) <= found.ends_at:
            raise Conflict("The after-call work cannot be extended any further: its longest time is reached.")
        self._after_call(agent_id, found, min(wanted, limit), now)

    def _after_call(self, agent_id: str, found: Work, ends_at: datetime, now: datetime) -> None:
        state = AgentStateChanged(State.AFTER_CALL.value, found.contact_id, found.queue_id, ends_at.isoformat(), found.channel)
        self.write(agent_id, state, now)

    def after_call_over(self, agent_id: str, now: datetime, *, only_due: bool = False) -> None:
        """After-call work is over: all of it, or what has come to its end."""
        presence = self._presences.get(agent_id)
        for work in presence.works if presence else ():
            if work.state is State.AFTER_CALL and (not only_due or (work.ends_at and work.ends_at <= now)):
                self.is_free_of(agent_id, work.contact_id, now)

    def time_came(self, agent_id: str, now: datetime) -> None:
        """After-call work or a rest may be over."""
        self.after_call_over(agent_id, now, only_due=True)
        self._floor.update(self._presences[agent_id], now)

    def is_free_of(self, agent_id: str, contact_id: str, now: datetime) -> None:
        """He has no more to do with this contact; whoever was leaving leaves with the last one."""
        last = len(self._presences[agent_id].works) == 1
        self.write(agent_id, AgentStateChanged(State.IDLE.value, "" if last else contact_id), now)
        presence = self._presences[agent_id]
        if presence.signed_in and presence.reason == LEAVING and presence.status is Status.BREAK and not presence.works:
            self.write(agent_id, AgentSignedOut(), now)

    def _work(self, agent_id: str, contact_id: str) -> Work | None:
        presence = self._presences.get(agent_id)
        return presence.work(contact_id) if presence else None
