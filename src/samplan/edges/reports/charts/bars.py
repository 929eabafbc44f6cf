"""Horizontal bars: money by area and receiver, reports by how far they have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samplan.edges.reports.charts.drawing import LETTER, LINE, ROW, WIDTH, bar, block, svg, text, wrapped

LABEL = 230
HIGH = 22


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is about, and a whole number for each series."""

    label: str
    values: tuple[int, ...]


def bars(rows: Sequence[Row], series: Sequence[str], *, said: Callable[[int], str]) -> str:
    """Stacked bars with the sum at each one's end; a key on top when there are several series. SVG."""
    parts: list[str] = []
    y = 8.0
    if len(series) > 1:
        y = _key(parts, series)
    top = y
    largest = max((sum(row.values) for row in rows), default=0) or 1
    widest = max((len(said(sum(row.values))) for row in rows), default=1) * LETTER
    room = WIDTH - LABEL - widest - 24
    for row in rows:
        lines = wrapped(row.label, LABEL - 16)
        high = max(HIGH, len(lines) * ROW)
        parts.append(block(LABEL - 12, y + 15 + (high - len(lines) * ROW) / 2, lines, anchor="end"))
        x = float(LABEL)
        for number, value in enumerate(row.values):
            width = value / largest * room
            if width:
                parts.append(bar(x, y + (high - HIGH) / 2, width, HIGH, number))
            x += width
        parts.append(text(x + 8, y + high / 2 + 5, said(sum(row.values)), bold=True))
        y += high + 10
    parts.append(f'<path d="M{LABEL} {top - 6:g} V{y:g}" stroke="{LINE}"/>')
    return svg(parts, y + 6, series=len(series))


def _key(parts: list[str], series: Sequence[str]) -> float:
    """The names of the series with their fills, on as many lines as they need; returns where the bars begin."""
    x, y = 0.0, 6.0
    for number, name in enumerate(series):
        width = 30 + len(name) * LETTER + 16
        if x and x + width > WIDTH:
            x, y = 0.0, y + 24
        parts += [bar(x, y, 20, 14, number), text(x + 28, y + 12, name)]
        x += width
    return y + 34
