"""What a call is besides: one that an agent began, and persons who are rung for it. The fold of their events; decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from huying.channels.dialling import events as d
from huying.foundation.journal.entry import Event

OUTBOUND, INTERNAL = "outbound", "internal"
MAILBOX_CLASS = "mailbox"
"""The class of the number of a call straight to somebody's mailbox."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Somebody of the house calls. Until `over` nobody has answered; `leg_id` is the called telephone's, once it is rung."""

    kind: str
    agent_id: str
    agent_leg_id: str
    number_class: str
    queue_id: str
    called_id: str
    since: datetime
    leg_id: str = ""
    over: bool = False
    held_since: datetime | None = None
    """Of an internal call: the caller has his colleague on hold."""
    muted: bool = False
    lost_since: datetime | None = None

    @property
    def away(self) -> bool:
        """The caller of an internal call is out of the conversation for the moment."""
        return self.held_since is not None or self.lost_since is not None


@dataclass(frozen=True, slots=True)
class PersonRing:
    """A person's telephones that ring: the first that is answered takes the caller."""

    ring_id: str
    agent_id: str
    leg_ids: tuple[str, ...]
    since: datetime
    expires_at: datetime
    why: str
    quiet: bool = False


def outgoing_after(outgoing: Outgoing | None, event: Event, at: datetime) -> Outgoing | None:
    """The call that an agent began, after an event of its stream."""
    match event:
        case d.DialRequested():
            return Outgoing(event.direction, event.agent_id, event.agent_leg_id, event.number_class, event.queue_id, event.called_id, at)
        case d.DialStarted(leg_id=leg_id) if outgoing:
            return replace(outgoing, leg_id=leg_id, since=at, over=outgoing.kind == INTERNAL)
        case d.DialEnded() if outgoing:
            return replace(outgoing, over=True)
    return caller_after(outgoing, event, at) if outgoing else None


def caller_after(outgoing: Outgoing, event: Event, at: datetime) -> Outgoing:
    """The caller of an internal call, after an event of its stream."""
    match event:
        case d.CallerHeld(held=held):
            return replace(outgoing, held_since=at if held else None)
        case d.CallerMuted(muted=muted):
            return replace(outgoing, muted=muted)
        case d.CallerLost():
            return replace(outgoing, lost_since=at)
        case d.CallerRejoined():
            return replace(outgoing, lost_since=None)
        case d.CallerChanged(agent_id=agent_id):
            return replace(outgoing, agent_id=agent_id, held_since=None, muted=False, lost_since=None)
    return outgoing


def person_ring_after(ring: PersonRing | None, event: Event, at: datetime) -> PersonRing | None:
    """Who is rung, after an event of the contact's stream."""
    match event:
        case d.PersonRang():
            expires_at = datetime.fromisoformat(event.expires_at)
            return PersonRing(event.ring_id, event.agent_id, tuple(event.leg_ids), at, expires_at, event.why, event.quiet)
        case d.PersonRingEnded():
            return None
    return ring
