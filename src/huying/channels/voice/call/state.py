"""What is known of one call: the state that the fold of its journal stream (`folding`) makes, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from huying.channels.voice.call.callback_state import Callback
from huying.channels.voice.call.outgoing import INTERNAL, Outgoing, PersonRing
from huying.channels.voice.call.parties import Guest, Invite, Monitor, Parked, Playing, Segment, Side, Transfer
from huying.routing.router.work import WorkItem


class Phase(StrEnum):
    """Where a call is in its life."""

    NEW = "new"
    IN_FLOW = "in_flow"
    WAITING = "waiting"
    DIALLING = "dialling"
    TALKING = "talking"
    FORWARDED = "forwarded"
    PARKED = "parked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class QueueStay:
    """One stay in a queue, with all that the router must know of it."""

    entered_at: datetime
    item: WorkItem

    @property
    def entry_id(self) -> str:
        """The stay's id."""
        return self.item.item_id

    @property
    def queue_id(self) -> str:
        """Where the contact stands."""
        return self.item.queue_id

    @property
    def waiting_since(self) -> datetime:
        """What the wait counts from."""
        return self.item.waiting_since


@dataclass(frozen=True, slots=True)
class Ringing:
    """An agent's telephone that is being rung."""

    offer_id: str
    agent_id: str
    leg_id: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Forward:
    """A telephone outside the centre that is rung for the customer, or talks with him (then with a bridge)."""

    leg_id: str
    since: datetime
    bridge_id: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is being written."""

    recording_id: str
    part: int
    started_at: datetime
    segment_id: str
    paused: bool = False


@dataclass(frozen=True, slots=True)
class CallState:
    """One call. Ids are empty and parts are None until they come into being."""

    contact_id: str
    phase: Phase = Phase.NEW
    channel: str = ""
    direction: str = ""
    """inbound, outbound, internal"""
    entry_point: str = ""
    customer_id: str = ""
    language: str = ""
    caller_leg: str = ""
    caller_since: datetime | None = None
    entered_at: datetime | None = None
    flow_id: str = ""
    flow_version: int = 0
    node: str = ""
    queue_node: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the flow has found out for routing: the keys chosen in menus, and what it set."""
    stay: QueueStay | None = None
    overflows: int = 0
    """Queues in a row that the contact came to from another queue."""
    rings: tuple[Ringing, ...] = ()
    """The agents' telephones that ring, in the order in which they were rung."""
    segments: tuple[Segment, ...] = ()
    """The agents who talk with the customer, in the order in which they came."""
    guests: tuple[Guest, ...] = ()
    side: Side | None = None
    invites: tuple[Invite, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    """Leads who hear it; the call goes on and ends as without them."""
    parked: Parked | None = None
    playing: Playing | None = None
    transfer: Transfer | None = None
    """Who handed the customer on last, until somebody has taken him."""
    forward: Forward | None = None
    recording: Recording | None = None
    recordings: int = 0
    callback: Callback | None = None
    outgoing: Outgoing | None = None
    person_ring: PersonRing | None = None
    left: str = ""
    """How the last stay in a queue ended; empty while one goes on."""
    bridge_id: str = ""
    """Of the conversation with the customer."""
    message: str = ""
    """The recording (id) of the message that is being left."""
    ended_cause: str = ""

    @property
    def virtual(self) -> bool:
        """Is it a callback whose customer is not on the line?"""
        return self.callback is not None and (self.phase is Phase.DIALLING or not self.caller_leg)

    @property
    def caller_away(self) -> bool:
        """Is it an internal call whose caller holds his colleague, or was lost?"""
        return self.outgoing is not None and self.outgoing.away

    @property
    def caller_lost(self) -> bool:
        """Is it an internal call whose caller was lost, and may be back in a moment?"""
        return self.outgoing is not None and self.outgoing.lost_since is not None

    @property
    def segment(self) -> Segment | None:
        """The agent who leads the conversation: of several the one who came first."""
        return self.segments[0] if self.segments else None

    def segment_of(self, agent_id: str) -> Segment | None:
        """This agent's part in the conversation."""
        return next((segment for segment in self.segments if segment.agent_id == agent_id), None)

    def monitor_of(self, agent_id: str) -> Monitor | None:
        """How this lead hears the call."""
        return next((one for one in self.monitors if one.agent_id == agent_id), None)

    def segment_at(self, leg_id: str) -> Segment | None:
        """Whose leg it is."""
        return next((segment for segment in self.segments if segment.leg_id == leg_id), None)

    def has_agent(self, agent_id: str) -> bool:
        """Whether this agent talks, is asked, or is rung."""
        dial = self.callback.dial if self.callback else None
        people = {one.agent_id for one in self.segments} | {one.agent_id for one in self.rings} | {one.agent_id for one in self.invites}
        people |= {one.agent_id for one in self.monitors}
        if dial:
            people.add(dial.agent_id)
        if self.side:
            people |= {self.side.party_agent, *(ring.agent_id for ring in self.side.rings)}
        if self.outgoing and (not self.outgoing.over or self.outgoing.kind == INTERNAL):
            people.add(self.outgoing.agent_id)
        if self.person_ring:
            people.add(self.person_ring.agent_id)
        return bool(agent_id) and agent_id in people

    @property
    def with_persons(self) -> bool:
        """Are agents in it, or rung, whatever phase it is in: who called himself, or is called as a person?"""
        calls = self.outgoing is not None and (not self.outgoing.over or self.outgoing.kind == INTERNAL)
        return self.phase is not Phase.ENDED and (calls or self.person_ring is not None)

    def legs(self) -> frozenset[str]:
        """Every leg that belongs to the call now."""
        if self.phase is Phase.ENDED:
            return frozenset()
        legs = {self.caller_leg, *(one.leg_id for one in self.segments), *(one.leg_id for one in self.rings)}
        legs |= {one.leg_id for one in self.guests} | {one.leg_id for one in self.invites}
        legs |= {one.leg_id for one in self.monitors}
        if self.callback and self.callback.dial:
            legs.add(self.callback.dial.agent_leg_id)
        if self.side:
            legs |= {self.side.leg_id, self.side.own_leg, *(ring.leg_id for ring in self.side.rings)}
        if self.forward:
            legs.add(self.forward.leg_id)
        if self.outgoing and not self.outgoing.over:
            legs.add(self.outgoing.agent_leg_id)
        if self.person_ring:
            legs |= {*self.person_ring.leg_ids}
        return frozenset(legs - {""})

    def bridges(self) -> frozenset[str]:
        """Every bridge that the call needs or may need again."""
        bridges = {segment.bridge_id for segment in self.segments} | ({self.side.bridge_id} if self.side else set())
        if self.guests:
            bridges.add(self.bridge_id)
        if self.forward:
            bridges.add(self.forward.bridge_id)
        return frozenset(bridges - {""})

    def ring_at(self, leg_id: str) -> Ringing | None:
        """What rings over this leg."""
        return next((ring for ring in self.rings if ring.leg_id == leg_id), None)

    def ring_for(self, agent_id: str) -> Ringing | None:
        """What is offered to this agent."""
        return next((ring for ring in self.rings if ring.agent_id == agent_id), None)

    def ring_of(self, offer_id: str) -> Ringing | None:
        """What rings by this offer."""
        return next((ring for ring in self.rings if ring.offer_id == offer_id), None)


def held_seconds(segment: Segment, now: datetime) -> float:
    """How long the customer has been on hold in this segment so far."""
    running = (now - segment.held_since).total_seconds() if segment.held_since else 0.0
    return segment.hold_seconds + running
