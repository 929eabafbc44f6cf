"""How much more or less each gets: bars to the right and the left of nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from samplan.base.ui.charts.bars import HIGH, LABEL
from samplan.base.ui.charts.drawing import LETTER, NARROW, ROW, WIDTH, bar, block, key, line, svg, text, wrapped


def differences(
    rows: Sequence[tuple[str, int]], *, more: str, less: str, said: Callable[[int], str], width: int = WIDTH
) -> str:
    """A bar for each row, said at its end; `more` and `less` name the two sides. SVG."""
    parts: list[str] = []
    top = key(parts, ((0, more), (1, less)), width)
    beside = 0 if width <= NARROW else LABEL
    most, least = max([0, *(value for _label, value in rows)]), max([0, *(-value for _label, value in rows)])
    widest = max(len(said(value)) for _label, value in rows) * LETTER + 10
    right, left = (widest if most or not least else 0), (widest if least else 0)
    scale = (width - beside - right - left - 12) / ((most + least) or 1)
    zero, y = beside + left + least * scale, top
    for label, value in rows:
        lines = wrapped(label, (beside or width) - 16)
        if beside:
            high = max(HIGH, len(lines) * ROW)
            parts.append(block(beside - 12, y + 15 + (high - len(lines) * ROW) / 2, lines, anchor="end"))
        else:
            parts.append(block(0, y + 12, lines))
            y += len(lines) * ROW + 2
            high = HIGH
        length, middle = abs(value) * scale, y + high / 2
        if value:
            parts.append(bar(zero if value > 0 else zero - length, middle - HIGH / 2, length, HIGH, int(value < 0)))
        if value < 0:
            parts.append(text(zero - length - 8, middle + 5, said(value), anchor="end", bold=True))
        else:
            parts.append(text(zero + length + 8, middle + 5, said(value), bold=bool(value)))
        y += high + 10
    parts.append(line(f"M{zero:g} {top - 6:g} V{y:g}"))
    return svg(parts, y + 6, series=2, width=width)
