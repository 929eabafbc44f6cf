"""Activities over the years: from–to as bars, open ends as arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samplan.edges.reports.charts.drawing import INK, LINE, ROW, WIDTH, bar, block, svg, text, wrapped

LABEL = 290
HIGH = 16


@dataclass(frozen=True, slots=True)
class Span:
    """One activity; `end` None when no end is said."""

    label: str
    start: date
    end: date | None


def timeline(spans: Sequence[Span]) -> str:
    """A row for each, years along the top. SVG."""
    first = min(span.start.year for span in spans)
    last = max(max(span.start.year, span.end.year if span.end else 0) for span in spans)
    years = last - first + 1
    room = WIDTH - LABEL - 26
    step = room / years

    def at(day: date) -> float:
        return LABEL + ((day.year - first) + (day.timetuple().tm_yday - 1) / 366) * step

    parts: list[str] = []
    y = 30.0
    rows: list[str] = []
    for span in spans:
        lines = wrapped(span.label, LABEL - 16)
        high = max(HIGH + 4, len(lines) * ROW)
        rows.append(block(LABEL - 12, y + 14 + (high - len(lines) * ROW) / 2, lines, anchor="end"))
        begin, middle = at(span.start), y + high / 2
        end = at(span.end) + step / 366 if span.end else LABEL + room
        rows.append(bar(begin, middle - HIGH / 2, max(4.0, end - begin), HIGH, 0 if span.end else 1))
        if span.end is None:
            rows.append(
                f'<path d="M{end:g} {middle - 11:g} L{end + 14:g} {middle:g} L{end:g} {middle + 11:g} Z" fill="{INK}"/>'
            )
        y += high + 8
    for number in range(years + 1):
        x = LABEL + number * step
        parts.append(f'<path d="M{x:g} 22 V{y:g}" stroke="{LINE}"/>')
        if number < years:
            parts.append(text(x + step / 2, 14, str(first + number), anchor="middle", bold=True))
    return svg([*parts, *rows], y + 4, series=2)
