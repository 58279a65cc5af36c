"""The history of contacts as it travels over HTTP. Durations in seconds, times in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from huying.analytics.contact_story import ContactStory
from huying.analytics.contact_story import told as told_of
from huying.analytics.folds.facts import OfferFact, QueueEntryFact, RecordingFact, SegmentFact
from huying.analytics.history import ContactLine
from huying.channels.desk.views import FollowUpView


class ContactView(BaseModel):
    """One line of the history."""

    model_config = ConfigDict(from_attributes=True)

    contact_id: str
    channel: str
    direction: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    cause: str
    entry_point: str
    language: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    customer_name: str | None
    number_called: str
    queue_id: str | None
    agent_id: str | None
    agent_name: str | None
    ending: str | None
    queue_entries: int
    wait_seconds: float | None
    talk_seconds: float | None
    hold_seconds: float | None
    disposition: str
    note: str
    recordings: int
    missing_seconds: float
    mos: float | None = None
    """How good the worst leg sounded, 1 to 4.5."""
    follow_up: FollowUpView | None


class ContactPage(BaseModel):
    """A page of the history."""

    items: list[ContactView]
    total: int


class TimelineView(BaseModel):
    """One entry of the contact's journal."""

    number: int
    at: datetime
    kind: str
    data: dict[str, Any]


class QueueEntryView(BaseModel):
    """A stay in a queue."""

    entry_id: str
    queue_id: str
    origin: str
    started_at: datetime
    ended_at: datetime | None
    ending: str | None
    wait_seconds: float | None
    agent_id: str
    derived: bool


class OfferView(BaseModel):
    """A ringing of one agent, its result, and why this agent."""

    offer_id: str
    entry_id: str
    queue_id: str
    agent_id: str
    agent_name: str
    made_at: datetime
    ended_at: datetime | None
    result: str | None
    explanation: dict[str, Any]


class SegmentView(BaseModel):
    """An agent's part of the conversation."""

    segment_id: str
    agent_id: str
    agent_name: str
    queue_id: str | None
    started_at: datetime
    ended_at: datetime | None
    by: str | None
    talk_seconds: float | None
    hold_seconds: float | None


class RecordingView(BaseModel):
    """A part of the recording; `available` when it can be heard."""

    id: str
    segment_id: str
    part: int
    started_at: datetime
    status: str
    seconds: float
    missing_seconds: float
    available: bool


class ContactDetailView(BaseModel):
    """A contact with its whole story."""

    contact_id: str
    channel: str
    direction: str
    started_at: datetime | None
    ended_at: datetime | None
    state: str
    cause: str | None
    entry_point: str
    language: str
    remote_number: str
    remote_name: str
    customer_id: str | None
    customer_name: str | None
    number_called: str
    queue_id: str | None
    agent_id: str | None
    agent_name: str | None
    ending: str | None
    wait_seconds: float | None
    talk_seconds: float | None
    hold_seconds: float | None
    disposition: str
    note: str
    follow_up: FollowUpView | None
    queue_entries: list[QueueEntryView]
    offers: list[OfferView]
    segments: list[SegmentView]
    recordings: list[RecordingView]
    timeline: list[TimelineView]
    names: dict[str, str]
    queues: dict[str, dict[str, str]]


def contact_view(line: ContactLine) -> ContactView:
    """A line as it travels."""
    return ContactView.model_validate(line)


def detail_view(story: ContactStory, *, may_listen: bool) -> ContactDetailView:
    """A contact's story as it travels, to somebody who may hear calls or not."""
    fold, told = story.fold, story.interaction
    timeline = told_of(story.entries, may_listen=may_listen)
    entries, segments = list(fold.entries.values()), list(fold.segments.values())
    last = segments[-1].agent_id if segments else None
    return ContactDetailView(
        contact_id=fold.contact_id,
        channel=fold.channel,
        direction=fold.direction,
        started_at=fold.entered_at,
        ended_at=fold.ended_at,
        state=fold.state,
        cause=fold.cause or None,
        entry_point=fold.entry_point,
        language=fold.language,
        remote_number=told.remote_number if told is not None else "",
        remote_name=told.remote_name if told is not None else "",
        customer_id=told.customer_id if told is not None else None,
        customer_name=story.customer_name,
        number_called=told.number_called if told is not None else "",
        queue_id=entries[-1].queue_id if entries else None,
        agent_id=last,
        agent_name=story.names.get(last) if last else None,
        ending=(entries[-1].ending or "waiting") if entries else None,
        wait_seconds=_sum_seconds(entry.wait_ms for entry in entries),
        talk_seconds=_sum_seconds(segment.talk_ms for segment in segments),
        hold_seconds=_sum_seconds(segment.hold_ms for segment in segments if segment.ended_at is not None),
        disposition=told.disposition if told is not None else "",
        note=told.note if told is not None else "",
        follow_up=FollowUpView.model_validate(told.follow_up) if told is not None and told.follow_up is not None else None,
        queue_entries=[_entry(entry) for entry in entries],
        offers=[_offer(offer, story.names) for offer in fold.offers.values()],
        segments=[_segment(segment, story.names) for segment in segments],
        recordings=[_recording(story, recording) for recording in fold.recordings.values()],
        timeline=[TimelineView(number=one.number, at=one.at, kind=one.kind, data=one.event.data()) for one in timeline],
        names=story.names,
        queues=story.queues,
    )


def _seconds(milliseconds: int | None) -> float | None:
    return milliseconds / 1000 if milliseconds is not None else None


def _sum_seconds(parts: Iterable[int | None]) -> float | None:
    """The sum of what is known already; None when nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) / 1000 if known else None


def _entry(fact: QueueEntryFact) -> QueueEntryView:
    return QueueEntryView(
        entry_id=fact.entry_id,
        queue_id=fact.queue_id,
        origin=fact.origin,
        started_at=fact.started_at,
        ended_at=fact.ended_at,
        ending=fact.ending,
        wait_seconds=_seconds(fact.wait_ms),
        agent_id=fact.agent_id,
        derived=fact.derived,
    )


def _offer(fact: OfferFact, names: Mapping[str, str]) -> OfferView:
    return OfferView(
        offer_id=fact.offer_id,
        entry_id=fact.entry_id,
        queue_id=fact.queue_id,
        agent_id=fact.agent_id,
        agent_name=names.get(fact.agent_id, ""),
        made_at=fact.made_at,
        ended_at=fact.ended_at,
        result=fact.result,
        explanation=dict(fact.explanation),
    )


def _segment(fact: SegmentFact, names: Mapping[str, str]) -> SegmentView:
    return SegmentView(
        segment_id=fact.segment_id,
        agent_id=fact.agent_id,
        agent_name=names.get(fact.agent_id, ""),
        queue_id=fact.queue_id or None,
        started_at=fact.started_at,
        ended_at=fact.ended_at,
        by=fact.by,
        talk_seconds=_seconds(fact.talk_ms),
        hold_seconds=_seconds(fact.hold_ms),
    )


def _recording(story: ContactStory, fact: RecordingFact) -> RecordingView:
    kept = story.kept.get(fact.recording_id)
    return RecordingView(
        id=fact.recording_id,
        segment_id=fact.segment_id,
        part=fact.part,
        started_at=fact.started_at,
        status=fact.status if kept is None else "kept",
        seconds=kept.seconds if kept is not None else fact.seconds or 0.0,
        missing_seconds=fact.missing_seconds,
        available=kept is not None,
    )
