"""What a contact and an agent leave behind once their entries are folded: facts with times and milliseconds, nothing decided.

Durations are whole milliseconds, so that sums are exact and may be taken apart again; times are aware and UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

ENDINGS = (
    "answered",
    "abandoned",
    "short_abandoned",
    "overflowed",
    "self_served",
    "called_back",
    "voicemail",
    "forwarded",
    "ended",
    "not_reached",
    "refused",
    "lost",
)
"""Every ending a queue entry can find; exactly one each."""

OFFER_RESULTS = ("accepted", "refused", "timed_out", "unreachable", "withdrawn")
"""Every result an offer can find; exactly one each."""


class Verdict(Enum):
    """What became of an entry given to a fold."""

    APPLIED = "applied"
    REPEATED = "repeated"
    """It was seen already; nothing changed."""
    GAP = "gap"
    """Entries before it are missing; nothing changed, read the stream again."""


@dataclass(frozen=True, slots=True)
class CallbackFact:
    """A customer who is to be called. `agent_id`: who is calling at this moment, else empty; `tries` are those that count."""

    by: str
    previous_contact_id: str
    expires_at: datetime
    agent_id: str = ""
    dials: int = 0
    tries: int = 0
    next_at: datetime | None = None
    last_result: str = ""
    queue_id: str = ""
    due_at: datetime | None = None
    booked_by: str = ""
    wanted_id: str = ""


@dataclass(frozen=True, slots=True)
class DeskWorkFact:
    """What a contact without a telephone is about. `kept_by`: who keeps it for later, until then; empty for nobody."""

    subject: str
    subject_id: str
    kept_by: str = ""
    kept_until: str = ""


@dataclass(frozen=True, slots=True)
class QueueEntryFact:
    """One stay in one queue. `ending` is None while it waits; `wait_ms` is None exactly as long."""

    entry_id: str
    queue_id: str
    origin: str
    previous_entry_id: str
    started_at: datetime
    waiting_since: datetime
    ended_at: datetime | None = None
    ending: str | None = None
    wait_ms: int | None = None
    agent_id: str = ""
    derived: bool = False
    """The journal had no ending of its own when the contact ended: a fault of ours, counted as lost."""
    no_disposition: bool = False
    """It was left without the disposition that its queue insists on, and has got none since."""


@dataclass(frozen=True, slots=True)
class OfferFact:
    """One ringing of one agent for one entry. `result` is None while it rings."""

    offer_id: str
    entry_id: str
    queue_id: str
    agent_id: str
    made_at: datetime
    expires_at: str
    explanation: Mapping[str, Any] = field(default_factory=dict)
    ended_at: datetime | None = None
    result: str | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """One agent's part of a conversation. `talk_ms` leaves out what `hold_ms` counts; both None while it goes on."""

    segment_id: str
    agent_id: str
    entry_id: str
    queue_id: str
    started_at: datetime
    ended_at: datetime | None = None
    by: str | None = None
    talk_ms: int | None = None
    hold_ms: int | None = None
    hold_count: int = 0
    lost_count: int = 0
    held_since: datetime | None = None
    lost_since: datetime | None = None
    muted: bool = False
    derived: bool = False
    no_disposition: bool = False


@dataclass(frozen=True, slots=True)
class RecordingFact:
    """One part of a recording. `status`: running, paused, kept, failed."""

    recording_id: str
    segment_id: str
    part: int
    started_at: datetime
    status: str = "running"
    pause_count: int = 0
    ended_at: datetime | None = None
    seconds: float | None = None
    missing_seconds: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WorkInHand:
    """One contact that an agent has in hand. `ends_at`: of after-call work, ISO time at which it ends by itself."""

    contact_id: str
    state: str
    since: datetime
    queue_id: str = ""
    channel: str = "call"
    ends_at: str = ""


@dataclass(frozen=True, slots=True)
class MissedOffer:
    """An offer that ended against the agent. `rests_until`: ISO time until which the agent is passed over; empty when not."""

    offer_id: str
    contact_id: str
    queue_id: str
    result: str
    at: datetime
    rests_until: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AgentInterval:
    """A stretch of an agent's session in which neither status nor state changed. `ended_at` is None for the present one."""

    agent_id: str
    number: int
    """Number of the journal entry that began it: its name within the agent's stream."""
    started_at: datetime
    status: str
    reason: str
    state: str
    contact_id: str
    queue_id: str
    ended_at: datetime | None = None
