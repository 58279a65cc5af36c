"""The state of one piece of work at the desk, as the fold of its journal stream: the same before and after a restart. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from huying.channels.desk_work.events import DeskWorkGiven, DeskWorkParked
from huying.channels.events import ContactEnded, ContactEntered
from huying.channels.voice.events import SegmentEnded, SegmentStarted
from huying.foundation.journal.entry import Event
from huying.routing.events import OfferEnded, OfferMade, QueueEntered, QueueEntryEnded
from huying.routing.queued import work_of
from huying.routing.router.work import WorkItem


class Phase(StrEnum):
    """Where it is in its life."""

    NEW = "new"
    WAITING = "waiting"
    IN_HAND = "in_hand"
    PARKED = "parked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer that stands at an agent's desk."""

    offer_id: str
    agent_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InHand:
    """An agent who is at it."""

    segment_id: str
    agent_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """The agent who keeps it for later."""

    agent_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WorkState:
    """One piece of work. `item` is its last stay in a queue, as the router has or had it."""

    contact_id: str
    phase: Phase = Phase.NEW
    subject: str = ""
    subject_id: str = ""
    language: str = ""
    entered_at: datetime | None = None
    item: WorkItem | None = None
    offers: tuple[Offered, ...] = ()
    in_hand: InHand | None = None
    parked: Parked | None = None

    def offer_to(self, agent_id: str) -> Offered | None:
        """What stands at this agent's desk."""
        return next((one for one in self.offers if one.agent_id == agent_id), None)

    @property
    def holder_id(self) -> str:
        """Whose it is now: who is at it, or keeps it for later; empty for nobody."""
        if self.in_hand:
            return self.in_hand.agent_id
        return self.parked.agent_id if self.parked else ""


def after(state: WorkState, event: Event, at: datetime) -> WorkState:
    """The state after an event of the stream. Events that say nothing of it change nothing."""
    match event:
        case ContactEntered(language=language):
            return replace(state, language=language, entered_at=at)
        case DeskWorkGiven(subject=subject, subject_id=subject_id):
            return replace(state, subject=subject, subject_id=subject_id)
        case QueueEntered():
            return replace(state, phase=Phase.WAITING, item=work_of(state.contact_id, event, at), parked=None)
        case OfferMade(offer_id=offer_id, agent_id=agent_id, expires_at=expires_at):
            offered = Offered(offer_id, agent_id, datetime.fromisoformat(expires_at))
            return replace(state, offers=(*state.offers, offered))
        case OfferEnded(offer_id=offer_id):
            return replace(state, offers=tuple(one for one in state.offers if one.offer_id != offer_id))
        case QueueEntryEnded():
            return replace(state, offers=())
        case SegmentStarted(segment_id=segment_id, agent_id=agent_id):
            return replace(state, phase=Phase.IN_HAND, in_hand=InHand(segment_id, agent_id, at))
        case SegmentEnded():
            return replace(state, in_hand=None)
        case DeskWorkParked(agent_id=agent_id, until=until):
            return replace(state, phase=Phase.PARKED, parked=Parked(agent_id, datetime.fromisoformat(until)))
        case ContactEnded():
            return replace(state, phase=Phase.ENDED, offers=(), in_hand=None, parked=None)
    return state
