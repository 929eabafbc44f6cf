"""Horizontal bars: money by area and receiver, reports by how far they have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samplan.base.ui.charts.drawing import LETTER, NARROW, ROW, WIDTH, bar, block, key, line, svg, text, wrapped

LABEL = 230
HIGH = 22


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is about, and a whole number for each series."""

    label: str
    values: tuple[int, ...]


def bars(rows: Sequence[Row], series: Sequence[str], *, said: Callable[[int], str], width: int = WIDTH) -> str:
    """Stacked bars with the sum at each one's end; a key on top when there are several series. At the width NARROW each
    label stands above its bar. SVG."""
    parts: list[str] = []
    y = 8.0
    if len(series) > 1:
        y = key(parts, enumerate(series), width)
    top = y
    beside = 0 if width <= NARROW else LABEL
    largest = max((sum(row.values) for row in rows), default=0) or 1
    widest = max((len(said(sum(row.values))) for row in rows), default=1) * LETTER
    room = width - beside - widest - (12 if width <= NARROW else 24)
    for row in rows:
        lines = wrapped(row.label, (beside or width) - 16)
        if beside:
            high = max(HIGH, len(lines) * ROW)
            parts.append(block(beside - 12, y + 15 + (high - len(lines) * ROW) / 2, lines, anchor="end"))
        else:
            parts.append(block(0, y + 12, lines))
            y += len(lines) * ROW + 2
            high = HIGH
        x = float(beside)
        for number, value in enumerate(row.values):
            length = value / largest * room
            if length:
                parts.append(bar(x, y + (high - HIGH) / 2, length, HIGH, number))
            x += length
        parts.append(text(x + 8, y + high / 2 + 5, said(sum(row.values)), bold=True))
        y += high + 10
    if beside:
        parts.append(line(f"M{beside} {top - 6:g} V{y:g}"))
    return svg(parts, y + 6, series=len(series), width=width)
