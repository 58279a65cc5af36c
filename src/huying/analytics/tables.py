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
    queue_terms,
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


class _Sums(Generic[S]):
    def __init__(self, nothing: S) -> None:
        self.nothing, self.all = nothing, nothing
        self.cells: dict[tuple[Span, str], S] = {}
        self.keys: dict[str, S] = {}
        self.spans: dict[Span, S] = {}

    def add(self, span: Span, key: str, terms: S) -> None:
        self.cells[span, key] = self.cells.get((span, key), self.nothing) + terms
        self.keys[key] = self.keys.get(key, self.nothing) + terms
        self.spans[span] = self.spans.get(span, self.nothing) + terms
        self.all = self.all + terms

    def table(self) -> Table[S]:
        return Table(dict(sorted(self.cells.items())), self.keys, dict(sorted(self.spans.items())), self.all)


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
    place, sums = _placing(whole, interval, zone), _Sums(QueueTerms())
    usual = Target()
    for measure in measures:
        if measure.started_at in whole:
            sums.add(place(measure.started_at), measure.queue_id, queue_terms(measure, targets.get(measure.queue_id, usual)))
    return sums.table()


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
    place, sums = _placing(whole, interval, zone), _Sums(AgentTerms())
    for offer in offers:
        if offer.made_at in whole:
            sums.add(place(offer.made_at), offer.agent_id, offer_terms(offer))
    for segment in segments:
        if segment.started_at in whole:
            sums.add(place(segment.started_at), segment.agent_id, segment_terms(segment))
    for stretch in intervals:
        inside = Span(max(stretch.started_at, whole.start), min(stretch.ended_at or max(now, stretch.started_at), whole.end))
        for span in spans_of(inside, interval, zone) if inside.start < inside.end else ():
            clipped = Span(max(span.start, inside.start), min(span.end, inside.end))
            sums.add(whole if interval == "total" else span, stretch.agent_id, interval_terms(stretch, clipped, now))
    return sums.table()
