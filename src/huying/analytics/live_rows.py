"""The rows of the live feed, in the exact shapes that the desk and the lead's pages read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from huying.analytics.contact_people import dial_of, people_of
from huying.analytics.figures import queue_values
from huying.analytics.folds.agent import AgentFold
from huying.analytics.folds.contact import ContactFold
from huying.analytics.folds.facts import CallbackFact, DeskWorkFact, MissedOffer, WorkInHand
from huying.analytics.terms import QueueTerms, Target
from huying.routing.configuration import AgentSettings, QueueSettings

Row = Mapping[str, object]


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO text."""
    return moment.isoformat() if moment is not None else None


def contact_row(fold: ContactFold, place: int | None) -> Row:
    """A contact as it stands; `place` counts from 1 while it waits. A contact that ended keeps its last agent."""
    waiting, offer, segment, recording = fold.waiting_entry, fold.ringing_offer, fold.open_segment, fold.running_recording
    last = segment or next(reversed(fold.segments.values()), None) if fold.ended_at is not None else segment
    entry = waiting or (fold.entries.get(last.entry_id) if last is not None else None)
    if entry is None and fold.work is not None:
        entry = next(reversed(fold.entries.values()), None)
    return {
        "contact_id": fold.contact_id,
        "channel": fold.channel,
        "direction": fold.direction,
        "entry_point": fold.entry_point,
        "customer_id": fold.customer_id or None,
        "language": fold.language,
        "state": fold.state,
        "entered_at": iso(fold.entered_at),
        "since": iso(fold.since),
        "node": fold.node,
        "queue_id": entry.queue_id if entry is not None else None,
        "entry_id": entry.entry_id if entry is not None else None,
        "waiting_since": iso(waiting.waiting_since) if waiting is not None else None,
        "place": place,
        "agent_id": last.agent_id if last is not None else _expected(fold) or None,
        "segment_id": last.segment_id if last is not None else None,
        "talk_since": iso(last.started_at) if last is not None else None,
        "offer": {"offer_id": offer.offer_id, "agent_id": offer.agent_id, "expires_at": offer.expires_at} if offer is not None else None,
        "offers": [{"offer_id": one.offer_id, "agent_id": one.agent_id, "expires_at": one.expires_at} for one in fold.ringing_offers],
        "callback": _callback(fold.callback),
        "work": _work(fold.work),
        "muted": segment.muted if segment is not None else False,
        "recording": {"recording_id": recording.recording_id, "paused": recording.status == "paused"} if recording is not None else None,
        **people_of(fold),
        **dial_of(fold),
    }


def _expected(fold: ContactFold) -> str:
    """Who has a contact that is in no conversation: who calls the customer, who keeps the work for later."""
    if fold.callback is not None and fold.callback.agent_id:
        return fold.callback.agent_id
    if fold.dialling.dial is not None and not fold.segments:
        return fold.dialling.dial.agent_id
    return fold.work.kept_by if fold.work is not None else ""


def _work(fact: DeskWorkFact | None) -> Row | None:
    if fact is None:
        return None
    return {"subject": fact.subject, "subject_id": fact.subject_id, "kept_until": fact.kept_until or None}


def _callback(fact: CallbackFact | None) -> Row | None:
    if fact is None:
        return None
    return {
        "by": fact.by,
        "previous_contact_id": fact.previous_contact_id or None,
        "expires_at": iso(fact.expires_at),
        "dials": fact.dials,
        "tries": fact.tries,
        "next_at": iso(fact.next_at),
        "last_result": fact.last_result,
        "queue_id": fact.queue_id or None,
        "due_at": iso(fact.due_at),
        "booked_by": fact.booked_by or None,
        "wanted_id": fact.wanted_id or None,
    }


def agent_row(
    agent_id: str, fold: AgentFold | None, settings: AgentSettings | None, people: Mapping[str, str], not_disturbed: bool = False
) -> Row:
    """An agent as it stands; without a fold the agent is known but has not been seen at work. `people`: names by person.

    `not_disturbed`: calls to himself do not ring; work of queues does.
    """
    seen = fold if fold is not None else AgentFold("", agent_id)
    queues: Sequence[str] = settings.queues if settings is not None else seen.queues
    return {
        "agent_id": agent_id,
        "name": settings.name if settings is not None else "",
        "extension": settings.extension if settings is not None else "",
        "signed_in": seen.signed_in,
        "status": seen.status,
        "reason": seen.reason,
        "status_by": seen.status_by,
        "status_by_name": people.get(seen.status_person, ""),
        "state": seen.state,
        "since": iso(seen.since),
        "status_since": iso(seen.status_since),
        "contact_id": seen.contact_id or None,
        "queue_id": seen.queue_id or None,
        "ends_at": seen.ends_at or None,
        "reachable": seen.reachable,
        "not_disturbed": not_disturbed,
        "account": seen.account,
        "queues": list(queues),
        "groups": list(settings.profile.groups) if settings is not None else [],
        "left": list(seen.left),
        "left_by_name": people.get(seen.left_person, ""),
        "moved_by_name": people.get(seen.moved_person, ""),
        "moved_at": iso(seen.moved_at),
        "works": [_work_row(work) for work in seen.works.values()],
        "missed": [_missed_row(one) for one in seen.missed],
        "rests_until": seen.rests_until or None,
    }


_OF_COLLEAGUES = (
    "agent_id", "name", "extension", "signed_in", "status", "reason", "state", "since", "status_since", "reachable",
    "not_disturbed", "groups"
)  # fmt: skip


def colleague_row(agent: Row) -> Row:
    """What of an agent's row colleagues may see. `rings`: the contact that rings there, for whoever picks it up."""
    rings = agent["contact_id"] if agent["state"] == "ringing" else None
    return {**{name: agent[name] for name in _OF_COLLEAGUES}, "rings": rings}


def _work_row(work: WorkInHand) -> Row:
    return {
        "contact_id": work.contact_id,
        "channel": work.channel,
        "state": work.state,
        "since": iso(work.since),
        "queue_id": work.queue_id or None,
        "ends_at": work.ends_at or None,
    }


def _missed_row(one: MissedOffer) -> Row:
    return {"at": iso(one.at), "contact_id": one.contact_id, "queue_id": one.queue_id or None, "result": one.result, "reason": one.reason}


def target_of(queue: QueueSettings) -> Target:
    """What the queue promises."""
    return Target(queue.service_level_seconds, queue.service_level_kind, queue.target_percent)


def queue_row(
    queue_id: str, settings: QueueSettings | None, waiting: Sequence[ContactFold], agents: Sequence[AgentFold], today: QueueTerms
) -> Row:
    """A queue as it stands; `waiting` in the order of their places, `agents` those signed in who serve it."""
    first = waiting[0].waiting_entry if waiting else None
    target = target_of(settings) if settings is not None else None
    return {
        "queue_id": queue_id,
        "code": settings.code if settings is not None else "",
        "name": dict(settings.name) if settings is not None else {},
        "waiting": len(waiting),
        "longest_waiting_since": iso(first.waiting_since) if first is not None else None,
        "signed_in": len(agents),
        "ready": sum(agent.status == "ready" and agent.state == "idle" for agent in agents),
        "ringing": sum(agent.state == "ringing" for agent in agents),
        "talking": sum(agent.state in ("talking", "holding") for agent in agents),
        "after_call": sum(agent.state == "after_call" for agent in agents),
        "on_break": sum(agent.status == "break" and agent.state == "idle" for agent in agents),
        "service_level_seconds": target.within_seconds if target is not None else None,
        "service_level_kind": target.level if target is not None else None,
        "target_percent": target.percent if target is not None else None,
        "target_missed": target.missed(today) if target is not None else None,
        "today": {**queue_values(today), "provisional": today.provisional},
    }
