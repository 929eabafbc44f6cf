"""Activities over the years: from–to as bars, open ends as arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samplan.base.ui.charts.drawing import (
    NARROW,
    ROW,
    WIDTH,
    bar,
    block,
    diamond,
    key,
    line,
    now,
    solid,
    svg,
    text,
    wrapped,
)

LABEL = 290
HIGH = 16


@dataclass(frozen=True, slots=True)
class Span:
    """One activity; `end` None when no end is said. `stage`: which of the stages it is in, if those are told; `marks`:
    days on its way."""

    label: str
    start: date
    end: date | None
    stage: int | None = None
    marks: tuple[date, ...] = ()

    @property
    def last(self) -> date:
        return max([self.start, *([self.end] if self.end else []), *self.marks])


def timeline(
    spans: Sequence[Span],
    *,
    width: int = WIDTH,
    stages: Mapping[int, str] | None = None,
    today: date | None = None,
    on: str = "",
) -> str:
    """A row for each, years along the top. At the width NARROW each label stands above its bar. `stages`: what they are
    called, each with a fill of its own; `today` is drawn with the word `on`. SVG."""
    first = min(min([span.start, *span.marks]).year for span in spans)
    last = max(span.last.year for span in spans)
    years = last - first + 1
    beside = 0 if width <= NARROW else LABEL
    room = width - beside - 26
    step = room / years

    def at(day: date) -> float:
        return beside + ((day.year - first) + (day.timetuple().tm_yday - 1) / 366) * step

    parts: list[str] = []
    told = {span.stage for span in spans} - {None}
    top = (
        key(parts, [(number, name) for number, name in (stages or {}).items() if number in told], width)
        if told
        else 0.0
    )
    y = top + 30.0
    rows: list[str] = []
    for span in spans:
        lines = wrapped(span.label, (beside or width) - 16)
        if beside:
            high = max(HIGH + 4, len(lines) * ROW)
            rows.append(block(beside - 12, y + 14 + (high - len(lines) * ROW) / 2, lines, anchor="end"))
        else:
            rows.append(block(0, y + 12, lines))
            y += len(lines) * ROW + 2
            high = HIGH + 4
        begin, middle = at(span.start), y + high / 2
        end = at(span.end) + step / 366 if span.end else beside + room
        rows.append(bar(begin, middle - HIGH / 2, max(4.0, end - begin), HIGH, _fill(span)))
        if span.end is None:
            rows.append(solid(f"M{end:g} {middle - 11:g} L{end + 14:g} {middle:g} L{end:g} {middle + 11:g} Z"))
        rows += [diamond(at(day), middle, 8) for day in span.marks]
        y += high + 8
    short = step < 40
    for number in range(years + 1):
        x = beside + number * step
        # Beside their bars the lines would cross the labels of a narrow drawing.
        parts.append(line(f"M{x:g} {top + 22:g} V{y if beside else top + 28:g}"))
        if number < years:
            year = str(first + number)
            parts.append(
                text(x + step / 2, top + 14, f"\u2019{year[2:]}" if short else year, anchor="middle", bold=True)
            )
    if today and first <= today.year <= last:
        rows.append(now(at(today), top + 22, y, on, room=width))
        y += 16
    return svg([*parts, *rows], y + 4, series=max([2, *(number + 1 for number in stages or {})]), width=width)


def _fill(span: Span) -> int:
    if span.stage is not None:
        return span.stage
    return 0 if span.end else 1
