"""A simulation's results as tables for the terminal. Decides only how they look."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from huying.analytics.simulation.outcome import Outcome
from huying.analytics.simulation.rows import (
    AGENT_CODES,
    QUEUE_CODES,
    Language,
    Row,
    agent_rows,
    columns,
    days_text,
    interval_rows,
    queue_rows,
    same_customers,
    shown,
    word,
)

INTERVAL_CODES = ("offered", "answered", "abandoned", "service_level", "asa_seconds", "abandonment")


def as_text(outcomes: Sequence[Outcome], language: Language = "en") -> str:
    """All tables."""
    first = outcomes[0]
    head = f"{first.scenario.name} · {first.scenario.date.isoformat()} · {days_text(first.days, language)}"
    parts = [head]
    if len(outcomes) > 1:
        parts.append(word(same_customers(outcomes), language))
    parts += [
        _titled("queues_title", _table("queue", queue_rows(outcomes, language), QUEUE_CODES, len(outcomes), language), language),
        _titled("intervals_title", _table("interval", interval_rows(outcomes), INTERVAL_CODES, len(outcomes), language), language),
        _titled("agents_title", _table("agents", agent_rows(outcomes), AGENT_CODES, len(outcomes), language), language),
    ]
    estimates = [line for outcome in outcomes if (line := _estimate(outcome, language))]
    if estimates:
        parts.append("\n".join([word("estimate_title", language), *estimates]))
    parts += [f"{_named(outcome)}{word('adds_up' if outcome.adds_up else 'does_not', language)}" for outcome in outcomes]
    return "\n\n".join(parts) + "\n"


def _titled(title: str, table: str, language: Language) -> str:
    return f"{word(title, language)}\n{table}"


def _named(outcome: Outcome) -> str:
    return f"{outcome.rule_set}: " if outcome.rule_set else ""


def _estimate(outcome: Outcome, language: Language) -> str:
    told = outcome.estimates.told(10)
    if told is None:
        return ""
    count, ours, naive = told
    return f"  {_named(outcome)}{word('ours', language)} {100 * ours:.0f} %, {word('naive', language)} {100 * naive:.0f} % ({count})"


def _table(what: str, rows: Sequence[Row], codes: Sequence[str], outcomes: int, language: Language) -> str:
    codes = columns(rows, codes)
    names = [word(what, language), *([word("rules", language)] if outcomes > 1 else []), *(word(code, language) for code in codes)]
    lines = [
        [
            row.name if row.outcome == 0 else "",
            *([row.rule_set] if outcomes > 1 else []),
            *(shown(code, row.values.get(code)) for code in codes),
        ]
        for row in rows
    ]
    widths = [max(_width(line[column]) for line in [names, *lines]) for column in range(len(names))]
    texts = 2 if outcomes > 1 else 1
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) if column < texts else " " * (width - _width(cell)) + cell
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in [names, *lines]
    )


def _width(text: str) -> int:
    """Columns of a terminal; Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
