"""The rows that a simulation's reports show: figures by queue, interval and part of the agents; outcomes side by side. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from huying.analytics.figures import AGENT_FIGURES, QUEUE_FIGURES, agent_values, queue_values
from huying.analytics.simulation.outcome import Outcome
from huying.analytics.simulation.rules import agent_ids
from huying.analytics.spans import Span
from huying.analytics.terms import AgentTerms

Language = Literal["zh-CN", "en"]
Values = dict[str, float | int | None]

OFTEN_NOTHING = (
    "short_abandoned", "overflowed", "called_back", "voicemail", "forwarded", "self_served", "ended", "not_reached", "refused", "waiting",
)  # fmt: skip
"""Columns that are left out where they are nought throughout."""
QUEUE_CODES = (
    "offered", "answered", "abandoned", *OFTEN_NOTHING, "service_level", "asa_seconds", "wait_p90", "abandonment", "aht_seconds",
)  # fmt: skip
AGENT_CODES = ("segments", "signed_in_seconds", "busy_seconds", "occupancy", "utilisation", "timed_out")
_UNITS = {
    **{figure.code: figure.unit for figure in QUEUE_FIGURES},
    **{figure.code: figure.unit for figure in AGENT_FIGURES},
    "wait_p90": "seconds",
}
_NAMES = {
    **{figure.code: (figure.zh, figure.en) for figure in AGENT_FIGURES},
    **{figure.code: (figure.zh, figure.en) for figure in QUEUE_FIGURES},
    "wait_p90": ("90% 等待不超过", "90 % wait"),
}
WORDS: dict[str, tuple[str, str]] = {
    "total": ("合计", "total"),
    "queue": ("队列", "queue"),
    "agents": ("坐席", "agents"),
    "interval": ("时段", "interval"),
    "rules": ("规则", "rules"),
    "queues_title": ("各队列", "Queues"),
    "intervals_title": ("各时段", "Intervals"),
    "agents_title": ("坐席", "Agents"),
    "estimate_title": ("预计等待的误差（第 10 位及以后，中位数）", "Error of the estimated wait (places from 10 on, median)"),
    "ours": ("预计等待", "estimate"),
    "naive": ("最近 20 次等待的平均", "mean of the last 20 waits"),
    "adds_up": ("指标恒等式成立", "the figures add up"),
    "does_not": ("指标恒等式不成立", "THE FIGURES DO NOT ADD UP"),
    "contacts_chart": ("每时段的联络", "Contacts by interval"),
    "level_chart": ("服务水平", "Service level"),
    "wait_chart": ("平均应答速度（秒）", "ASA (seconds)"),
    "staff_chart": ("在岗坐席（不含小休）与忙碌坐席", "Agents at work (without breaks), and busy"),
    "answered": ("接听", "answered"),
    "abandoned": ("放弃", "abandoned"),
    "other": ("其他结局", "other endings"),
    "at_work": ("在岗", "at work"),
    "busy": ("忙碌", "busy"),
    "same_customers": (
        "各方案面对同样的客户：同样的来电时刻、耐心和通话时长。",
        "The same customers on all sides: the same arrivals, patience and talk.",
    ),
    "other_customers": ("各方案的客户不同，请谨慎比较。", "The customers differ between the sides: compare with care."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `outcome` is the place of its rule set among those compared."""

    name: str
    rule_set: str
    outcome: int
    values: Values


def word(key: str, language: Language) -> str:
    """A word of the reports, or a figure's name."""
    zh, en = WORDS.get(key) or _NAMES[key]
    return zh if language == "zh-CN" else en


def days_text(days: int, language: Language) -> str:
    """How many days."""
    return f"{days} 天" if language == "zh-CN" else f"{days} day{'s' if days > 1 else ''}"


def shown(code: str, value: float | int | None) -> str:
    """A value for people: a percentage with one decimal, seconds whole or, under ten, with one decimal, counts whole, hours as such."""
    if value is None:
        return "–"
    unit = _UNITS[code]
    if unit == "ratio":
        return f"{100 * value:.1f} %"
    if unit == "seconds" and value >= 3600:
        return f"{value / 3600:.1f} h"
    return f"{value:.1f}" if unit == "seconds" and value < 10 else f"{value:.0f}"


def same_customers(outcomes: Sequence[Outcome]) -> str:
    """The word that says whether all meet the same customers."""
    told = [(one.scenario.seed, one.scenario.date, one.scenario.opens, one.scenario.closes, one.scenario.customers) for one in outcomes]
    return "same_customers" if all(one == told[0] for one in told) else "other_customers"


def queue_rows(outcomes: Sequence[Outcome], language: Language) -> list[Row]:
    """Each queue and the total, side by side."""
    codes = list(dict.fromkeys(code for outcome in outcomes for code in sorted(outcome.queues.by_key)))
    rows = []
    for code in [*codes, ""]:
        for place, outcome in enumerate(outcomes):
            terms = outcome.queues.by_key.get(code) if code else outcome.queues.total
            if terms is not None:
                values: Values = {**queue_values(terms), "wait_p90": wait_percentile(outcome, 0.9, code)}
                rows.append(Row(code or word("total", language), outcome.rule_set, place, values))
    return rows


def interval_rows(outcomes: Sequence[Outcome], queue_id: str = "") -> list[Row]:
    """Each interval over the days, of all queues or of one, by the time of day."""
    rows = []
    for label in interval_labels(outcomes):
        for place, outcome in enumerate(outcomes):
            cells = [
                terms for (span, code), terms in outcome.queues.cells.items() if time_of(outcome, span) == label and queue_id in ("", code)
            ]
            if cells:
                rows.append(Row(label, outcome.rule_set, place, queue_values(sum(cells[1:], cells[0]))))
    return rows


def agent_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """Each part of the agents."""
    rows = []
    for part in outcomes[0].scenario.agents:
        for place, outcome in enumerate(outcomes):
            mine = next((agents for agents in outcome.scenario.agents if agents.name == part.name), part)
            found = [outcome.agents.by_key[one] for one in agent_ids(mine.name, mine.count) if one in outcome.agents.by_key]
            rows.append(Row(f"{mine.name} × {mine.count}", outcome.rule_set, place, agent_values(sum(found, AgentTerms()))))
    return rows


def interval_labels(outcomes: Sequence[Outcome]) -> list[str]:
    """The times of day at which intervals begin in which anything was presented."""
    return sorted({time_of(outcome, span) for outcome in outcomes for span in outcome.queues.by_span})


def time_of(outcome: Outcome, span: Span) -> str:
    """The time of day at which an interval begins."""
    return span.start.astimezone(outcome.scenario.zone).strftime("%H:%M")


def staff_by_interval(outcome: Outcome) -> dict[str, tuple[float, float]]:
    """Agents at work (signed in and on no break) and busy on average, by the time of day."""
    found: dict[str, tuple[float, float]] = {}
    for span, terms in outcome.agents.by_span.items():
        length = (span.end - span.start).total_seconds() * 1000 * outcome.days
        at_work, busy = found.get(time_of(outcome, span), (0.0, 0.0))
        found[time_of(outcome, span)] = (at_work + (terms.signed_in_ms - terms.break_ms) / length, busy + terms.busy_ms / length)
    return found


def wait_percentile(outcome: Outcome, share: float, queue_id: str = "") -> float | None:
    """Seconds that this share of the answered waited at most."""
    waits = sorted(one.wait_ms for one in outcome.measures if one.ending == "answered" and queue_id in ("", one.queue_id))
    return waits[min(len(waits) - 1, int(len(waits) * share))] / 1000 if waits else None


def columns(rows: Sequence[Row], codes: Sequence[str]) -> list[str]:
    """The codes that have something to show."""
    return [code for code in codes if code not in OFTEN_NOTHING or any(row.values.get(code) for row in rows)]
