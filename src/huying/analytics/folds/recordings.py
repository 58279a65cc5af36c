"""What the events of recordings make of what is known of them; they may come after the contact's end. Never raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huying.analytics.folds.facts import RecordingFact
from huying.channels.voice.events import CallRecordingEnded, CallRecordingFailed, CallRecordingPaused, CallRecordingStarted
from huying.foundation.journal.entry import Event

RECORDING_EVENTS = (CallRecordingStarted, CallRecordingPaused, CallRecordingEnded, CallRecordingFailed)


def note_recording(recordings: dict[str, RecordingFact], event: Event, at: datetime) -> bool:
    """Note it with the recording it is about; false where it does not fit."""
    recording_id = getattr(event, "recording_id", "")
    fact = recordings.get(recording_id)
    if isinstance(event, CallRecordingStarted):
        if fact is not None:
            return False
        recordings[recording_id] = RecordingFact(recording_id, event.segment_id, event.part, at)
        return True
    if fact is None or fact.ended_at is not None:
        return False
    match event:
        case CallRecordingPaused(paused=paused):
            status, more = ("paused", 1) if paused else ("running", 0)
            recordings[recording_id] = replace(fact, status=status, pause_count=fact.pause_count + more)
        case CallRecordingEnded():
            kept = replace(fact, status="kept", ended_at=at, seconds=event.seconds, missing_seconds=event.missing_seconds)
            recordings[recording_id] = kept
        case CallRecordingFailed(reason=reason):
            recordings[recording_id] = replace(fact, status="failed", ended_at=at, reason=reason)
        case _:
            return False
    return True
