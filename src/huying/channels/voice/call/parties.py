"""Who takes part in a call besides the customer, as the fold of its events: agents, guests, one consultation. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from huying.channels.voice import party_events as p
from huying.foundation.journal.entry import Event

CUSTOMER = "customer"
CONSULT = "consult"


@dataclass(frozen=True, slots=True)
class Segment:
    """One agent's part in the conversation with the customer."""

    segment_id: str
    agent_id: str
    queue_id: str
    """Whose rules hold for it; empty for none."""
    leg_id: str
    bridge_id: str
    started_at: datetime
    leg_since: datetime
    waiting_since: datetime
    """What the customer's wait counted from."""
    held_since: datetime | None = None
    hold_seconds: float = 0.0
    muted: bool = False
    lost_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """A telephone outside the centre in the conversation."""

    party_id: str
    leg_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SideRing:
    """A telephone of the asked side that rings. `offer_id` is empty where no router was asked."""

    leg_id: str
    agent_id: str
    offer_id: str
    since: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """A consultation: the second conversation of one agent. Answered it has a leg; `focus` says whom the agent talks with."""

    consult_id: str
    segment_id: str
    agent_id: str
    target_kind: str
    target_id: str
    bridge_id: str
    since: datetime
    own_leg: str
    """The leg over which the agent asks, where it is not that of the call."""
    customer_held: bool
    """The customer was on hold before it began, and is so after it."""
    rings: tuple[SideRing, ...] = ()
    party_agent: str = ""
    leg_id: str = ""
    leg_since: datetime | None = None
    answered_at: datetime | None = None
    lost_since: datetime | None = None
    focus: str = CONSULT

    @property
    def talking(self) -> bool:
        """Has the asked side answered?"""
        return self.answered_at is not None


@dataclass(frozen=True, slots=True)
class Invite:
    """An agent's own telephone that is rung to let him in."""

    party_id: str
    purpose: str
    agent_id: str
    leg_id: str
    since: datetime
    expires_at: datetime
    target_id: str = ""
    """Whose call he wants to hear, of a lead who monitors."""


@dataclass(frozen=True, slots=True)
class Monitor:
    """A lead who hears the call of the agent `target_id`. `mode`: listen, whisper, join."""

    monitor_id: str
    agent_id: str
    """The lead."""
    target_id: str
    leg_id: str
    mode: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """A slot where the customer waits for somebody to take him, and who put him there."""

    slot: str
    agent_id: str
    queue_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Playing:
    """A standard recording that the customer hears instead of the conversation."""

    playback_id: str
    sound_id: str
    segment_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """Who handed the customer on, and to what; he gets him back when nobody answers there."""

    agent_id: str
    queue_id: str
    target_kind: str
    target_id: str
    why: str = ""
    hops: int = 0
    """How often he was led on without anybody having talked with him meanwhile."""


def side_after(side: Side | None, event: Event, at: datetime, customer_held: bool) -> Side | None:
    """The consultation after an event of the contact's stream."""
    if isinstance(event, p.ConsultStarted):
        kind, target, own_leg = event.target_kind, event.target_id, event.own_leg
        return Side(event.consult_id, event.segment_id, event.agent_id, kind, target, event.bridge_id, at, own_leg, customer_held)
    if side is None:
        return None
    match event:
        case p.ConsultRang():
            ring = SideRing(event.leg_id, event.agent_id, event.offer_id, at, datetime.fromisoformat(event.expires_at))
            return replace(side, rings=(*side.rings, ring))
        case p.ConsultRingEnded(leg_id=leg_id):
            return replace(side, rings=tuple(ring for ring in side.rings if ring.leg_id != leg_id))
        case p.ConsultAnswered(agent_id=agent_id, leg_id=leg_id):
            return replace(side, rings=(), party_agent=agent_id, leg_id=leg_id, leg_since=at, answered_at=at)
        case p.ConsultSwapped(focus=focus):
            return replace(side, focus=focus)
        case p.ConsultLost():
            return replace(side, lost_since=at)
        case p.ConsultRejoined(leg_id=leg_id):
            return replace(side, leg_id=leg_id, leg_since=at, lost_since=None)
        case p.ConsultEnded():
            return None
    return side
