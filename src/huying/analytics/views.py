"""History and figures as they travel over HTTP. Durations in seconds, times in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from huying.analytics.contact_story import ContactStory
from huying.analytics.figures import AGENT_FIGURES, IDENTITY, QUEUE_FIGURES, Figure, agent_values, queue_values
from huying.analytics.folds.facts import OfferFact, QueueEntryFact, RecordingFact, SegmentFact
from huying.analytics.history import ContactLine
from huying.analytics.spans import Span
from huying.analytics.tables import Table
from huying.analytics.terms import AgentTerms, QueueTerms, Target


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
    queue_entries: list[QueueEntryView]
    offers: list[OfferView]
    segments: list[SegmentView]
    recordings: list[RecordingView]
    timeline: list[TimelineView]
    names: dict[str, str]
    queues: dict[str, dict[str, str]]


class FigureView(BaseModel):
    """A figure with its one definition."""

    code: str
    unit: str
    name: dict[str, str]
    formula: dict[str, str]
    sources: list[str]


class TargetView(BaseModel):
    """What a queue was judged by."""

    within_seconds: int
    level: str


class ReportRowView(BaseModel):
    """One cell of a report: an interval of one queue or agent, or of all where the id is null."""

    queue_id: str | None = None
    agent_id: str | None = None
    since: datetime = Field(serialization_alias="from")
    until: datetime = Field(serialization_alias="to")
    provisional: bool
    values: dict[str, float | int | None]


class ReportView(BaseModel):
    """A report with the formulas of its figures. `total` is None when nothing happened."""

    figures: list[FigureView]
    identity: dict[str, str]
    time_zone: str
    targets: dict[str, TargetView]
    rows: list[ReportRowView]
    by_interval: list[ReportRowView]
    totals: list[ReportRowView]
    total: ReportRowView | None


def contact_view(line: ContactLine) -> ContactView:
    """A line as it travels."""
    return ContactView.model_validate(line)


def detail_view(story: ContactStory) -> ContactDetailView:
    """A contact's story as it travels."""
    fold, told = story.fold, story.interaction
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
        queue_entries=[_entry(entry) for entry in entries],
        offers=[_offer(offer, story.names) for offer in fold.offers.values()],
        segments=[_segment(segment, story.names) for segment in segments],
        recordings=[_recording(story, recording) for recording in fold.recordings.values()],
        timeline=[TimelineView(number=one.number, at=one.at, kind=one.kind, data=one.event.data()) for one in story.entries],
        names=story.names,
        queues=story.queues,
    )


def queue_report_view(table: Table[QueueTerms], targets: Mapping[str, Target], whole: Span, time_zone: str, now: datetime) -> ReportView:
    """A report of queues as it travels."""

    def row(span: Span, queue_id: str | None, terms: QueueTerms) -> ReportRowView:
        provisional = terms.provisional or span.end > now
        return ReportRowView(since=span.start, until=span.end, provisional=provisional, values=queue_values(terms), queue_id=queue_id)

    return ReportView(
        figures=_figures(QUEUE_FIGURES),
        identity=IDENTITY,
        time_zone=time_zone,
        targets={key: TargetView(**asdict(target)) for key, target in targets.items()},
        rows=[row(span, key, terms) for (span, key), terms in table.cells.items()],
        by_interval=[row(span, None, terms) for span, terms in table.by_span.items()],
        totals=[row(whole, key, terms) for key, terms in table.by_key.items()],
        total=row(whole, None, table.total) if table.total.offered else None,
    )


def agent_report_view(table: Table[AgentTerms], whole: Span, time_zone: str, now: datetime) -> ReportView:
    """A report of agents as it travels."""

    def row(span: Span, agent_id: str | None, terms: AgentTerms) -> ReportRowView:
        provisional = terms.provisional or span.end > now
        return ReportRowView(since=span.start, until=span.end, provisional=provisional, values=agent_values(terms), agent_id=agent_id)

    return ReportView(
        figures=_figures(AGENT_FIGURES),
        identity=IDENTITY,
        time_zone=time_zone,
        targets={},
        rows=[row(span, key, terms) for (span, key), terms in table.cells.items()],
        by_interval=[row(span, None, terms) for span, terms in table.by_span.items()],
        totals=[row(whole, key, terms) for key, terms in table.by_key.items()],
        total=row(whole, None, table.total) if table.cells else None,
    )


def _figures(figures: tuple[Figure[Any], ...]) -> list[FigureView]:
    return [FigureView.model_validate(figure.described()) for figure in figures]


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
