"""Charts as SVG text that stands in a page by itself: stacked bars, and lines. Pure; knows nothing of figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 760, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 44
MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, None where there is none. `group`: bars of one group are stacked, groups stand beside each other."""

    name: str
    values: Sequence[float | None]
    tone: int
    group: int = 0
    dashed: bool = False


def bars(labels: Sequence[str], series: Sequence[Series]) -> str:
    """Stacked bars, one stack a label and group."""
    groups = sorted({one.group for one in series})
    stacks = [sum(one.values[place] or 0.0 for one in series if one.group == group) for group in groups for place in range(len(labels))]
    top = nice_top(max(stacks, default=0.0))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    width = slot * 0.8 / len(groups)
    parts = []
    for place, label in enumerate(labels):
        for column, group in enumerate(groups):
            height = 0.0
            x = LEFT + slot * (place + 0.1) + width * column
            for one in (one for one in series if one.group == group):
                value = one.values[place] or 0.0
                y = _y(height + value, top)
                title = f"<title>{escape(label)} {escape(one.name)}: {value:g}</title>"
                parts.append(
                    f'<rect class="t{one.tone}" x="{x:.1f}" y="{y:.1f}" width="{max(1.0, width - 1):.1f}" '
                    f'height="{_y(height, top) - y:.1f}">{title}</rect>'
                )
                height += value
    return _framed(labels, top, "".join(parts), lambda value: f"{value:g}") + legend(series)


def lines(labels: Sequence[str], series: Sequence[Series], *, percent: bool = False) -> str:
    """One line a series; a gap where there is no value."""
    known = [value for one in series for value in one.values if value is not None]
    top = 1.0 if percent else nice_top(max(known, default=0.0))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    parts = []
    for one in series:
        points: list[str] = []
        for place, value in enumerate(one.values):
            if value is None:
                parts.append(_line(points, one))
                points = []
                continue
            x, y = LEFT + slot * (place + 0.5), _y(value, top)
            points.append(f"{x:.1f},{y:.1f}")
            text = f"{100 * value:.1f} %" if percent else f"{value:.1f}"
            title = f"<title>{escape(labels[place])} {escape(one.name)}: {text}</title>"
            parts.append(f'<circle class="t{one.tone}" cx="{x:.1f}" cy="{y:.1f}" r="3">{title}</circle>')
        parts.append(_line(points, one))
    return _framed(labels, top, "".join(parts), lambda value: f"{100 * value:.0f} %" if percent else f"{value:g}") + legend(series)


def legend(series: Sequence[Series]) -> str:
    """What the colours mean."""
    names = dict.fromkeys((one.name, one.tone) for one in series)
    return '<p class="legend">' + "".join(f'<span><i class="t{tone}"></i>{escape(name)}</span>' for name, tone in names) + "</p>"


def nice_top(most: float) -> float:
    """A number not below whose quarters are round."""
    if most <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= most:
        power *= 10
    while power > most:
        power /= 10
    return next(step * power for step in (1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0) if step * power >= most)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value, top) / top


def _line(points: Sequence[str], series: Series) -> str:
    dashes = ' stroke-dasharray="6 4"' if series.dashed else ""
    return f'<polyline class="t{series.tone}" points="{" ".join(points)}"{dashes}/>' if len(points) > 1 else ""


def _framed(labels: Sequence[str], top: float, inside: str, text: Callable[[float], str]) -> str:
    grid = []
    for quarter in range(5):
        value = top * quarter / 4
        y = _y(value, top)
        grid.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        grid.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{text(value)}</text>')
    every = max(1, -(-len(labels) // MOST_LABELS))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(labels))
    for place in range(0, len(labels), every):
        x = LEFT + slot * (place + 0.5)
        grid.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{escape(labels[place])}</text>')
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><g class="grid">{"".join(grid)}</g>{inside}</svg>'
