"""Folds as rows of the history's tables. Pure: values only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.dialling import DIALLED
from huying.analytics.folds.facts import AgentInterval
from huying.analytics.terms import measures_of_fold

Values = dict[str, Any]


def contact_values(fold: ContactFold) -> Values:
    """The contact's line."""
    last = next(reversed(fold.entries.values()), None)
    talked = next(reversed(fold.segments.values()), None)
    measures, dial = measures_of_fold(fold), fold.dialling.dial
    return {
        "business_id": fold.business_id,
        "contact_id": fold.contact_id,
        "number": fold.number,
        "channel": fold.channel,
        "direction": fold.direction,
        "entry_point": fold.entry_point,
        "language": fold.language,
        "entered_at": fold.entered_at,
        "ended_at": fold.ended_at,
        "state": fold.state,
        "cause": fold.cause,
        "queue_id": last.queue_id if last is not None else (dial.queue_id or None) if dial is not None else None,
        "agent_id": talked.agent_id if talked is not None else dial.agent_id if dial is not None else None,
        "ending": (last.ending or "waiting") if last is not None else dial.result if dial is not None else "",
        "queue_entries": len(fold.entries),
        "segments": len(fold.segments),
        "wait_ms": sum(measure.wait_ms for measure in measures),
        "talk_ms": sum(segment.talk_ms or 0 for segment in fold.segments.values()),
        "hold_ms": sum(segment.hold_ms or 0 for segment in fold.segments.values()),
        "recordings": sum(recording.status == "kept" for recording in fold.recordings.values()),
        "missing_seconds": sum(recording.missing_seconds for recording in fold.recordings.values()),
        "mos": fold.mos,
        "ignored": fold.ignored,
    }


def entry_values(fold: ContactFold, after_calls: Sequence[AgentInterval]) -> list[Values]:
    """The contact's queue entries with their measures."""
    rows = []
    for measure in measures_of_fold(fold, after_calls):
        fact = fold.entries[measure.entry_id]
        rows.append(
            {
                "business_id": fold.business_id,
                "entry_id": fact.entry_id,
                "contact_id": fold.contact_id,
                "number": fold.number,
                "queue_id": fact.queue_id,
                "origin": fact.origin,
                "previous_entry_id": fact.previous_entry_id or None,
                "started_at": fact.started_at,
                "waiting_since": fact.waiting_since,
                "ended_at": fact.ended_at,
                "ending": fact.ending,
                "derived": fact.derived,
                "agent_id": fact.agent_id or None,
                "wait_ms": measure.wait_ms,
                "rang": measure.rang,
                "ring_ms": measure.ring_ms,
                "talk_ms": measure.talk_ms,
                "hold_ms": measure.hold_ms,
                "held": measure.held,
                "after_call_ms": measure.after_call_ms,
                "transferred": measure.transferred,
                "unfinished": measure.unfinished,
                "no_disposition": measure.no_disposition,
            }
        )
    return rows


def offer_values(fold: ContactFold) -> list[Values]:
    """The contact's offers."""
    return [
        {
            "business_id": fold.business_id,
            "contact_id": fold.contact_id,
            "offer_id": fact.offer_id,
            "entry_id": fact.entry_id,
            "queue_id": fact.queue_id,
            "agent_id": fact.agent_id,
            "made_at": fact.made_at,
            "ended_at": fact.ended_at,
            "result": fact.result,
            "derived": fact.derived,
            "explanation": dict(fact.explanation),
        }
        for fact in fold.offers.values()
    ]


def segment_values(fold: ContactFold) -> list[Values]:
    """The contact's segments."""
    return [
        {
            "business_id": fold.business_id,
            "contact_id": fold.contact_id,
            "segment_id": fact.segment_id,
            "entry_id": fact.entry_id or None,
            "queue_id": fact.queue_id or None,
            "agent_id": fact.agent_id,
            "started_at": fact.started_at,
            "ended_at": fact.ended_at,
            "by": fact.by,
            "talk_ms": fact.talk_ms,
            "hold_ms": fact.hold_ms,
            "hold_count": fact.hold_count,
            "lost_count": fact.lost_count,
            "derived": fact.derived,
            "no_disposition": fact.no_disposition,
        }
        for fact in fold.segments.values()
    ]


def person_call_values(fold: ContactFold) -> list[Values]:
    """What agents dialled in the contact, and who was rung by a caller."""
    return [
        {
            "business_id": fold.business_id,
            "contact_id": fold.contact_id,
            "call_id": fold.contact_id if call_id == DIALLED else call_id,
            "agent_id": call.agent_id,
            "role": call.role,
            "other_id": call.other_id or None,
            "at": call.at,
            "ended_at": call.ended_at,
            "result": call.result,
        }
        for call_id, call in fold.dialling.calls.items()
    ]


def interval_values(business_id: str, intervals: Iterable[AgentInterval]) -> list[Values]:
    """An agent's intervals."""
    return [
        {
            "business_id": business_id,
            "agent_id": interval.agent_id,
            "number": interval.number,
            "started_at": interval.started_at,
            "ended_at": interval.ended_at,
            "status": interval.status,
            "reason": interval.reason,
            "state": interval.state,
            "contact_id": interval.contact_id or None,
            "queue_id": interval.queue_id or None,
        }
        for interval in intervals
    ]
