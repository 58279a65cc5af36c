"""Which stretch of a conversation a recording should hold, as the contact's stream tells it, and how much of that is missing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from huying.channels.dialling.events import DialRequested
from huying.channels.events import ContactEnded
from huying.channels.messages.events import MessageLeft, MessageStarted
from huying.channels.voice.events import CallRecordingStarted, SegmentEnded, SegmentStarted
from huying.foundation.journal.entry import Entry

INTERNAL = "internal"
START_SECONDS = 0.5
"""What the engine takes to begin and to end a recording; up to here nothing counts as missing."""


@dataclass(frozen=True, slots=True)
class RecordingSpan:
    """A recording's place in its contact. `ended_at` is None while neither its conversation nor its contact has ended."""

    recording_id: str
    segment_id: str
    part: int
    agent_id: str
    started_at: datetime
    ended_at: datetime | None
    message_for: str | None = None
    """Of a message: the queue whose team it is for (empty for nobody's)."""
    message_of: str = ""
    """Of a message in a person's mailbox: the person."""
    left_by: str = ""
    """Of a message that a colleague has left: the colleague."""


def span_of(recording_id: str, entries: Sequence[Entry]) -> RecordingSpan | None:
    """The recording's span; None when the stream does not know it. It ends with its segment, its next part or the contact."""
    span: RecordingSpan | None = None
    agents: dict[str, str] = {}
    caller = ""
    for entry in entries:
        event = entry.event
        if isinstance(event, DialRequested):
            caller = event.agent_id if event.direction == INTERNAL else ""
        elif isinstance(event, SegmentStarted):
            agents[event.segment_id] = event.agent_id
        elif isinstance(event, CallRecordingStarted) and event.recording_id == recording_id:
            span = RecordingSpan(recording_id, event.segment_id, event.part, agents.get(event.segment_id, ""), entry.at, None)
        elif span is not None and isinstance(event, MessageStarted) and event.recording_id == recording_id:
            span = replace(span, message_for=event.queue_id, message_of=event.person_id, left_by=caller)
        elif span is not None and span.ended_at is None and _ends(event, span):
            span = replace(span, ended_at=entry.at)
    return span


def _ends(event: object, span: RecordingSpan) -> bool:
    if isinstance(event, SegmentEnded | CallRecordingStarted):
        return event.segment_id == span.segment_id
    if isinstance(event, MessageLeft):
        return event.recording_id == span.recording_id
    return isinstance(event, ContactEnded)


def expected_seconds(span: RecordingSpan, now: datetime) -> float:
    """How long the recording should be."""
    return max(0.0, ((span.ended_at or now) - span.started_at).total_seconds())


def missing_seconds(expected: float, recorded: float) -> float:
    """Seconds of the conversation that are not in the sound; nothing within what starting and ending take."""
    missing = expected - recorded
    return round(missing, 2) if missing > START_SECONDS else 0.0
