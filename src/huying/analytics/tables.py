"""Report tables out of measures: by interval and queue or agent, with sums. The same for an hour ago and a year ago."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from huying.analytics.folds.facts import AgentInterval, OfferFact, SegmentFact
from huying.analytics.spans import Span, span_of, spans_of
from huying.analytics.terms import (
    AgentTerms,
    EntryMeasure,
    QueueTerms,
    Summed,
    Target,
    interval_terms,
    offer_terms,
    queue_counts,
    segment_terms,
)

S = TypeVar("S", bound=Summed)


@dataclass(frozen=True, slots=True)
class Table(Generic[S]):
    """Sums by (interval, queue or agent), by queue or agent, by interval, and over all. Only what has something in it appears."""

    cells: Mapping[tuple[Span, str], S]
    by_key: Mapping[str, S]
    by_span: Mapping[Span, S]
    total: S


def _table(cells: Mapping[tuple[Span, str], S], nothing: S) -> Table[S]:
    by_key: dict[str, S] = {}
    by_span: dict[Span, S] = {}
    everything = nothing
    for (span, key), terms in cells.items():
        by_key[key] = by_key.get(key, nothing) + terms
        by_span[span] = by_span.get(span, nothing) + terms
        everything = everything + terms
    return Table(dict(sorted(cells.items())), by_key, dict(sorted(by_span.items())), everything)


def _placing(whole: Span, interval: str, zone: ZoneInfo) -> Callable[[datetime], Span]:
    """Finds the interval of a moment; moments mostly follow one another, so the last one is tried first."""
    if interval == "total":
        return lambda _moment: whole
    last: Span | None = None

    def place(moment: datetime) -> Span:
        nonlocal last
        if last is None or moment not in last:
            last = span_of(moment, interval, zone)
        return last

    return place


def queue_table(
    measures: Iterable[EntryMeasure], targets: Mapping[str, Target], whole: Span, interval: str, zone: ZoneInfo
) -> Table[QueueTerms]:
    """Queue entries that were presented inside the range, by interval and queue."""
    place, usual = _placing(whole, interval, zone), Target()
    counted: dict[tuple[Span, str], dict[str, int]] = {}
    for measure in measures:
        if measure.started_at in whole:
            cell = counted.setdefault((place(measure.started_at), measure.queue_id), {})
            for name, count in queue_counts(measure, targets.get(measure.queue_id, usual)).items():
                cell[name] = cell.get(name, 0) + count
    return _table({key: QueueTerms(**cell) for key, cell in counted.items()}, QueueTerms())


def agent_table(
    offers: Iterable[OfferFact],
    segments: Iterable[SegmentFact],
    intervals: Iterable[AgentInterval],
    whole: Span,
    interval: str,
    zone: ZoneInfo,
    now: datetime,
) -> Table[AgentTerms]:
    """What agents did inside the range, by interval and agent: offers and segments where they began, times where they passed."""
    place = _placing(whole, interval, zone)
    cells: dict[tuple[Span, str], AgentTerms] = {}

    def add(span: Span, agent_id: str, terms: AgentTerms) -> None:
        cells[span, agent_id] = cells.get((span, agent_id), AgentTerms()) + terms

    for offer in offers:
        if offer.made_at in whole:
            add(place(offer.made_at), offer.agent_id, offer_terms(offer))
    for segment in segments:
        if segment.started_at in whole:
            add(place(segment.started_at), segment.agent_id, segment_terms(segment))
    for stretch in intervals:
        inside = Span(max(stretch.started_at, whole.start), min(stretch.ended_at or max(now, stretch.started_at), whole.end))
        for span in spans_of(inside, interval, zone) if inside.start < inside.end else ():
            clipped = Span(max(span.start, inside.start), min(span.end, inside.end))
            add(whole if interval == "total" else span, stretch.agent_id, interval_terms(stretch, clipped, now))
    return _table(cells, AgentTerms())
