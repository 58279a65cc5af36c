"""Figures as they travel over HTTP, with their formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from huying.analytics.figures import AGENT_FIGURES, IDENTITY, QUEUE_FIGURES, Figure, agent_values, queue_values
from huying.analytics.spans import Span
from huying.analytics.tables import Table
from huying.analytics.terms import AgentTerms, QueueTerms, Target


class FigureView(BaseModel):
    """A figure with its one definition."""

    code: str
    unit: str
    name: dict[str, str]
    formula: dict[str, str]
    sources: list[str]


class TargetView(BaseModel):
    """What a queue was judged by: `percent` of the entries within so many seconds, counted by the formula `level`."""

    within_seconds: int
    level: str
    percent: int


class ReportRowView(BaseModel):
    """One cell of a report: an interval of one queue or agent, or of all where the id is null."""

    queue_id: str | None = None
    agent_id: str | None = None
    since: datetime = Field(serialization_alias="from")
    until: datetime = Field(serialization_alias="to")
    provisional: bool
    target_missed: bool | None = None
    """Whether the queue fell short of its target; null where there is no queue, or nothing to judge by."""
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


def queue_report_view(table: Table[QueueTerms], targets: Mapping[str, Target], whole: Span, time_zone: str, now: datetime) -> ReportView:
    """A report of queues as it travels."""

    def row(span: Span, queue_id: str | None, terms: QueueTerms) -> ReportRowView:
        provisional = terms.provisional or span.end > now
        target = targets.get(queue_id) if queue_id else None
        return ReportRowView(
            queue_id=queue_id,
            since=span.start,
            until=span.end,
            provisional=provisional,
            target_missed=target.missed(terms) if target else None,
            values=queue_values(terms),
        )

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
