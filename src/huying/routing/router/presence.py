"""An agent's presence: what he chose (status), what is observed (his works and their states), and whether his device can be rung.

Presence is the fold of the agent's journal stream, so it is the same after a restart. It decides nothing; who may be offered
what is `capacity`'s matter, who gets which work the router's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

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

LEAVING = "signing_out"
"""The reason of a break that ends in signing out as soon as the contact in hand is over."""


class Status(StrEnum):
    """Chosen by a person."""

    READY = "ready"
    BREAK = "break"


class State(StrEnum):
    """Observed, of one contact in an agent's hands; idle when there is none."""

    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    HOLDING = "holding"
    AFTER_CALL = "after_call"


IN_CONTACT = frozenset({State.RINGING, State.TALKING, State.HOLDING})
CONVERSING = frozenset({State.TALKING, State.HOLDING})
FOREMOST = (State.TALKING, State.HOLDING, State.RINGING, State.AFTER_CALL)
"""Of several works, the one that stands for the agent: voice first, then by this order."""


@dataclass(frozen=True, slots=True)
class Work:
    """One contact in an agent's hands. `since`: when this state began."""

    contact_id: str
    channel: str
    state: State
    queue_id: str
    since: datetime
    ends_at: datetime | None = None


@dataclass(slots=True)  # not frozen only because that makes it twice as dear; nothing changes one in place
class Presence:
    """One agent now. `idle_since`: end of the last handled contact, or the sign-in. Counts are of this work day."""

    agent_id: str
    idle_since: datetime
    signed_in: bool = False
    account: str = ""
    status: Status = Status.BREAK
    reason: str = ""
    works: tuple[Work, ...] = ()
    reachable: bool = False
    left: frozenset[str] = frozenset()
    """Groups of his that he does not work for now."""
    ready_since: datetime | None = None
    offered_at: datetime | None = None
    handled: int = 0
    talk_seconds: float = 0.0
    missed: int = 0
    """Offers that timed out one after the other."""
    refused: int = 0
    """Offers refused one after the other."""
    rests_until: datetime | None = None

    @property
    def foremost(self) -> Work | None:
        """The work that stands for the agent."""
        if len(self.works) <= 1:
            return self.works[0] if self.works else None
        return min(self.works, key=lambda work: (work.channel not in ("call", "callback"), FOREMOST.index(work.state), work.contact_id))

    @property
    def state(self) -> State:
        """The state of the foremost work."""
        work = self.foremost
        return work.state if work else State.IDLE

    @property
    def contact_id(self) -> str:
        """The contact of the foremost work; empty without."""
        work = self.foremost
        return work.contact_id if work else ""

    @property
    def queue_id(self) -> str:
        """The queue of the foremost work; empty without."""
        work = self.foremost
        return work.queue_id if work else ""

    @property
    def ends_at(self) -> datetime | None:
        """When the foremost work ends by itself."""
        work = self.foremost
        return work.ends_at if work else None

    def work(self, contact_id: str) -> Work | None:
        """What he has to do with this contact."""
        return next((work for work in self.works if work.contact_id == contact_id), None)

    def obstacle(self, now: datetime | None = None) -> str:
        """Why he is offered nothing at all, in one word; empty when he is free of everything. `now` tells whether a rest is over."""
        if not self.signed_in:
            return "signed_out"
        if self.works:
            return self.state.value
        if self.status is not Status.READY:
            return "on_break"
        if not self.reachable:
            return "unreachable"
        return "resting" if self.rests_until and now and now < self.rests_until else ""


def after(presence: Presence, event: Event, at: datetime) -> Presence:
    """The presence after an event of the agent's stream. Events of other kinds change nothing."""
    match event:
        case AgentSignedIn():
            return Presence(
                presence.agent_id,
                idle_since=at,
                signed_in=True,
                account=event.account,
                status=Status(event.status),
                handled=event.handled,
                talk_seconds=event.talk_seconds,
            )
        case AgentSignedOut():
            return Presence(presence.agent_id, idle_since=at, handled=presence.handled, talk_seconds=presence.talk_seconds)
        case AgentStatusChosen(status=status, reason=reason):
            return _with_status(presence, Status(status), reason, at)
        case AgentDeviceChanged(reachable=reachable):
            return replace(presence, reachable=reachable)
        case AgentGroupsChosen(left=left):
            return replace(presence, left=frozenset(left))
        case AgentOfferMissed():
            return _with_miss(presence, event)
        case AgentStateChanged():
            return _with_state(presence, event, at)
    return presence


def _with_status(presence: Presence, status: Status, reason: str, at: datetime) -> Presence:
    if status is Status.BREAK:
        return replace(presence, status=status, reason=reason)
    return replace(presence, status=status, reason=reason, ready_since=at, missed=0, refused=0, rests_until=None)


def _with_miss(presence: Presence, event: AgentOfferMissed) -> Presence:
    rests = datetime.fromisoformat(event.rests_until) if event.rests_until else None
    missed = presence.missed + (event.result == "timed_out")
    return replace(presence, missed=missed, refused=presence.refused + (event.result == "refused"), rests_until=rests)


def _with_state(presence: Presence, event: AgentStateChanged, at: datetime) -> Presence:
    state = State(event.state)
    old = presence.work(event.contact_id)
    others = tuple(work for work in presence.works if work.contact_id != event.contact_id)
    if state is State.IDLE:
        return _without(presence, (old,) if old else presence.works, others if old else (), at)
    since = old.since if old and old.state is state else at
    ends_at = datetime.fromisoformat(event.ends_at) if event.ends_at else None
    works = (*others, Work(event.contact_id, event.channel, state, event.queue_id, since, ends_at))
    changed = replace(presence, works=works, talk_seconds=presence.talk_seconds + _talked(old, state, at))
    if state is State.RINGING:
        return replace(changed, offered_at=at)
    if state in CONVERSING and (old is None or old.state is State.RINGING):
        return replace(changed, handled=changed.handled + 1, missed=0, refused=0, rests_until=None)
    return changed


def _without(presence: Presence, over: tuple[Work, ...], left: tuple[Work, ...], at: datetime) -> Presence:
    """These works are over."""
    handled = any(work.state is not State.RINGING for work in over)
    talked = sum(_talked(work, State.IDLE, at) for work in over)
    return replace(presence, works=left, idle_since=at if handled else presence.idle_since, talk_seconds=presence.talk_seconds + talked)


def _talked(old: Work | None, state: State, at: datetime) -> float:
    """Seconds of conversation that end with this change."""
    if old is None or old.state not in CONVERSING or old.state is state:
        return 0.0
    return (at - old.since).total_seconds()
