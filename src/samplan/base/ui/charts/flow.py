"""A flow: money that runs from column to column, each ribbon as thick as its kronor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samplan.base.ui.charts.drawing import LETTER, NARROW, ROW, bar, block, ribbon, svg, text, wrapped

WIDE = 960
"""Fills a page without a margin beside it, and can still be read on paper."""
HIGH = 330.0
"""What the whole sum is high."""
THICK = 12
MOST_LINES = 3
PLAIN = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """What money passes in a column; `series` is the pattern of its bar."""

    key: str
    label: str
    series: int = PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Stream:
    """A positive amount, and the key of the stop that it passes in each column."""

    stops: tuple[str, ...]
    amount: int


@dataclass(slots=True)
class _Place:
    """Where a stop is drawn: its bar's top and height, and how much of each side is taken."""

    y: float
    high: float
    out: float = 0.0
    into: float = 0.0


def passing(streams: Sequence[Stream], place: int) -> dict[str, int]:
    """What passes each stop of a column."""
    found: dict[str, int] = {}
    for one in streams:
        found[one.stops[place]] = found.get(one.stops[place], 0) + one.amount
    return found


def between(streams: Sequence[Stream], place: int) -> dict[tuple[str, str], int]:
    """What runs from each stop of a column to each of the next."""
    found: dict[tuple[str, str], int] = {}
    for one in streams:
        pair = one.stops[place], one.stops[place + 1]
        found[pair] = found.get(pair, 0) + one.amount
    return found


def flow(columns: Sequence[Column], streams: Sequence[Stream], *, said: Callable[[int], str], width: int = WIDE) -> str:
    """Columns from left to right with ribbons between them; at the width NARROW the columns stand under each other as
    bars. SVG."""
    if width <= NARROW:
        return _narrow(columns, streams, said, width)
    step = width / len(columns)
    room = step - THICK - 22
    total = sum(one.amount for one in streams) or 1
    heads = [wrapped(column.label, step - 12) for column in columns]
    top = max(len(lines) for lines in heads) * ROW + 16.0
    names: list[str] = []
    bars: list[str] = []
    placed: list[dict[str, _Place]] = []
    bottom = top
    for number, column in enumerate(columns):
        x, y = number * step, top
        names.append(block(x, 14, heads[number], bold=True))
        there = passing(streams, number)
        where: dict[str, _Place] = {}
        for stop in column.stops:
            high = max(2.0, there.get(stop.key, 0) / total * HIGH)
            lines = shortened(stop.label, room)
            needs = (len(lines) + 1) * ROW
            slot = max(high, needs)
            at = y + (slot - high) / 2
            where[stop.key] = _Place(at, high)
            bars.append(bar(x, at, THICK, high, stop.series))
            first = y + (slot - needs) / 2 + 13
            names.append(block(x + THICK + 8, first, lines, halo=True))
            said_here = said(there.get(stop.key, 0))
            names.append(text(x + THICK + 8, first + len(lines) * ROW, said_here, bold=True, halo=True))
            y += slot + 14
        placed.append(where)
        bottom = max(bottom, y)
    ribbons = list(_ribbons(columns, streams, placed, step, HIGH / total))
    return svg([*ribbons, *bars, *names], bottom, series=_series(columns), width=width)


def _ribbons(
    columns: Sequence[Column], streams: Sequence[Stream], placed: Sequence[dict[str, _Place]], step: float, unit: float
) -> Iterator[str]:
    for number in range(len(columns) - 1):
        runs = between(streams, number)
        for source in columns[number].stops:
            for target in columns[number + 1].stops:
                thick = runs.get((source.key, target.key), 0) * unit
                if not thick:
                    continue
                start, end = placed[number][source.key], placed[number + 1][target.key]
                x = number * step + THICK
                yield ribbon(x, start.y + start.out, x + step - THICK, end.y + end.into, thick)
                start.out += thick
                end.into += thick


def shortened(label: str, room: float) -> list[str]:
    """A label on at most three lines; what has no place ends in an ellipsis."""
    lines = wrapped(label, room)
    if len(lines) <= MOST_LINES:
        return lines
    most = max(4, int(room / LETTER))
    return [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: most - 1].rstrip() + "…"]


def _narrow(columns: Sequence[Column], streams: Sequence[Stream], said: Callable[[int], str], width: int) -> str:
    parts: list[str] = []
    y = 0.0
    total = sum(one.amount for one in streams) or 1
    widest = len(said(total)) * LETTER
    for number, column in enumerate(columns):
        head = wrapped(column.label, width)
        parts.append(block(0, y + 14, head, bold=True))
        y += len(head) * ROW + 8
        there = passing(streams, number)
        for stop in column.stops:
            lines = shortened(stop.label, width)
            parts.append(block(0, y + 13, lines))
            y += len(lines) * ROW + 4
            length = max(2.0, there.get(stop.key, 0) / total * (width - widest - 12))
            parts.append(bar(0, y, length, 16, stop.series))
            parts.append(text(length + 8, y + 13, said(there.get(stop.key, 0)), bold=True))
            y += 28
        y += 14
    return svg(parts, y, series=_series(columns), width=width)


def _series(columns: Sequence[Column]) -> int:
    return max((stop.series for column in columns for stop in column.stops), default=0) + 1
