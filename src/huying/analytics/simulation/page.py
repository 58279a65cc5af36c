"""A simulation's results as one page that needs nothing else: charts, tables, and what the figures mean. Decides only how they look."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from huying.analytics.figures import IDENTITY, QUEUE_FIGURES
from huying.analytics.simulation.charts import Series, bars, lines
from huying.analytics.simulation.outcome import Outcome
from huying.analytics.simulation.rows import (
    AGENT_CODES,
    QUEUE_CODES,
    Language,
    Row,
    Values,
    agent_rows,
    columns,
    days_text,
    interval_labels,
    interval_rows,
    queue_rows,
    same_customers,
    shown,
    staff_by_interval,
    word,
)

STYLE = """
:root{--ink:#1f2430;--soft:#69707f;--line:#e2e5ec;--paper:#fff;--a:#2f6fed;--b:#e2553d;--c:#9aa3b5;--d:#e0a01c;--e:#1d9a6c;--f:#8b5cd6}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#9aa3b5;--line:#333a48;--paper:#171b24}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper);
max-width:1080px;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0}h2{margin-top:2rem;font-size:1.1rem}p.soft,footer{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .45rem;font-size:.9rem;text-align:right;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}th:first-child,td:first-child,.text{text-align:left}.wide{overflow-x:auto}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(440px,1fr));gap:0 2rem}svg{width:100%;height:auto}
.grid line{stroke:var(--line)}.grid text{fill:var(--soft);font-size:14px}figure{margin:0}polyline{fill:none;stroke-width:2}
.t0{fill:var(--a);stroke:var(--a);background:var(--a)}.t1{fill:var(--b);stroke:var(--b);background:var(--b)}
.t2{fill:var(--c);stroke:var(--c);background:var(--c)}.t3{fill:var(--d);stroke:var(--d);background:var(--d)}
.t4{fill:var(--e);stroke:var(--e);background:var(--e)}.t5{fill:var(--f);stroke:var(--f);background:var(--f)}rect{stroke:none!important}
polyline{fill:none!important}
.legend span{margin-right:1rem;color:var(--soft);white-space:nowrap}.legend{display:flex;flex-wrap:wrap}
.legend i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}
.bad{color:var(--b)}dt{font-weight:600}dd{margin:0 0 .4rem;color:var(--soft)}
"""
EXPLAINED = ("service_level", "asa_seconds", "abandonment", "aht_seconds")


def as_page(outcomes: Sequence[Outcome], language: Language = "en") -> str:
    """The page as HTML."""
    first = outcomes[0].scenario
    title = escape(first.name)
    below = f"{first.date.isoformat()} · {escape(first.time_zone)} · {days_text(outcomes[0].days, language)}"
    told = f"<p>{escape(word(same_customers(outcomes), language))}</p>" if len(outcomes) > 1 else ""
    sums = "".join(
        f'<p class="{"soft" if one.adds_up else "bad"}">{escape(one.rule_set + ": " if one.rule_set else "")}'
        f"{escape(word('adds_up' if one.adds_up else 'does_not', language))}</p>"
        for one in outcomes
    )
    parts = [
        f"<h1>{title}</h1><p class='soft'>{below}</p>{told}",
        f"<h2>{word('queues_title', language)}</h2>{_table('queue', queue_rows(outcomes, language), QUEUE_CODES, outcomes, language)}",
        f'<div class="charts">{_charts(outcomes, language)}</div>',
        f"<h2>{word('agents_title', language)}</h2>{_table('agents', agent_rows(outcomes), AGENT_CODES, outcomes, language)}",
        _estimates(outcomes, language),
        f"<footer>{sums}{_meanings(language)}</footer>",
    ]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


TONES = (0, 3, 4, 5, 1, 2)
"""Colours of the rule sets in charts of lines."""


def _charts(outcomes: Sequence[Outcome], language: Language) -> str:
    labels, rows = interval_labels(outcomes), interval_rows(outcomes)
    contacts: list[Series] = []
    level: list[Series] = []
    waits: list[Series] = []
    for place, outcome in enumerate(outcomes):
        by_label = {row.name: row.values for row in rows if row.outcome == place}
        mine = [by_label.get(label, {}) for label in labels]
        contacts += _stack(outcome, mine, place, language)
        for found, code in ((level, "service_level"), (waits, "asa_seconds")):
            found.append(Series(outcome.rule_set or word(code, language), [values.get(code) for values in mine], TONES[place % 6]))
    drawn = (
        ("contacts_chart", bars(labels, contacts)),
        ("level_chart", lines(labels, level, percent=True)),
        ("wait_chart", lines(labels, waits)),
        ("staff_chart", lines(labels, _staff(outcomes, labels, language))),
    )
    return "".join(f"<figure><h2>{escape(word(title, language))}</h2>{chart}</figure>" for title, chart in drawn)


def _named(outcome: Outcome) -> str:
    return f"{outcome.rule_set} · " if outcome.rule_set else ""


def _stack(outcome: Outcome, mine: Sequence[Values], place: int, language: Language) -> list[Series]:
    """How the contacts of a day ended, by interval."""
    counts = {code: [float(values.get(code) or 0) / outcome.days for values in mine] for code in ("offered", "answered", "abandoned")}
    counts["other"] = [
        offered - answered - abandoned
        for offered, answered, abandoned in zip(counts.pop("offered"), counts["answered"], counts["abandoned"], strict=True)
    ]
    return [Series(word(code, language), values, tone, place) for tone, (code, values) in enumerate(counts.items())]


def _staff(outcomes: Sequence[Outcome], labels: Sequence[str], language: Language) -> list[Series]:
    found = []
    for place, outcome in enumerate(outcomes):
        by_time = staff_by_interval(outcome)
        for index, what in enumerate(("at_work", "busy")):
            values = [by_time[label][index] if label in by_time else None for label in labels]
            tone = TONES[place % 6] if len(outcomes) > 1 else TONES[index]
            found.append(Series(_named(outcome) + word(what, language), values, tone, dashed=index == 0))
    return found


def _table(what: str, rows: Sequence[Row], codes: Sequence[str], outcomes: Sequence[Outcome], language: Language) -> str:
    codes, several = columns(rows, codes), len(outcomes) > 1
    head = [word(what, language), *([word("rules", language)] if several else []), *(word(code, language) for code in codes)]
    lines_ = []
    for row in rows:
        names = [row.name if row.outcome == 0 else "", *([row.rule_set] if several else [])]
        cells = [f'<td class="text">{escape(name)}</td>' for name in names] + [f"<td>{shown(c, row.values.get(c))}</td>" for c in codes]
        lines_.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="wide"><table><thead><tr>{_heads(head, 2 if several else 1)}</tr></thead>'
        f"<tbody>{''.join(lines_)}</tbody></table></div>"
    )


def _heads(names: Sequence[str], texts: int) -> str:
    return "".join(f"<th{' class=text' if place < texts else ''}>{escape(name)}</th>" for place, name in enumerate(names))


def _estimates(outcomes: Sequence[Outcome], language: Language) -> str:
    found = []
    for outcome in outcomes:
        if told := outcome.estimates.told(10):
            count, ours, naive = told
            text = f"{word('ours', language)} {100 * ours:.0f} %, {word('naive', language)} {100 * naive:.0f} % ({count})"
            found.append(f"<p>{escape(_named(outcome))}{text}</p>")
    return f"<h2>{escape(word('estimate_title', language))}</h2>{''.join(found)}" if found else ""


def _meanings(language: Language) -> str:
    chinese = language == "zh-CN"
    figures = [figure for figure in QUEUE_FIGURES if figure.code in EXPLAINED]
    told = "".join(
        f"<dt>{escape(figure.zh if chinese else figure.en)}</dt><dd>{escape(figure.formula_zh if chinese else figure.formula_en)}</dd>"
        for figure in figures
    )
    return f"<dl>{told}</dl><p>{escape(IDENTITY[language])}</p>"
