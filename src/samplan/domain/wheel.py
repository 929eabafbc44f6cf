"""The year as a wheel: which stretches of time it shows, and where on the circle a day lies. Pure dates and degrees."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

BACK, AHEAD = 5, 7
"""Months that the wheel shows before and after the day it is turned to; together a year."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the year from `start` to and with `end`, with its name and where it leads."""

    title: str
    start: date
    end: date
    url: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """The twelve months on show, `end` not included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end


def months_from(day: date, months: int) -> date:
    """The first day of the month so many months away."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def window(on: date, days: Iterable[date]) -> Window:
    """The window around `on`. A year that is over, or not begun, is shown where it has its `days`."""
    known = sorted(days)
    turned = min(max(on, known[0]), known[-1]) if known else on
    start = months_from(turned, -BACK)
    return Window(start, months_from(start, BACK + AHEAD))


def degrees(day: date) -> float:
    """Clockwise from the top, where the first of January lies."""
    return (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365) * 360


def phases(days: Iterable[tuple[date, str, str]], *, begin: date | None = None) -> list[Phase]:
    """`(last day, name, address)` in any order → phases in order: each begins when the one before it ended.

    The first begins at `begin`, or a month before its last day. Names that end on the same day share a phase.
    """
    found: list[Phase] = []
    for day, title, url in sorted(days, key=lambda one: one[0]):
        if found and found[-1].end == day:
            found[-1] = replace(found[-1], title=f"{found[-1].title}, {title}")
            continue
        start = found[-1].end + timedelta(days=1) if found else min(begin or day - timedelta(days=30), day)
        found.append(Phase(title, start, day, url, len(found) + 1))
    return found


def shown(all_phases: Iterable[Phase], within: Window) -> list[Phase]:
    """The parts of the phases that the window holds, with their own numbers."""
    last = within.end - timedelta(days=1)
    return [
        replace(phase, start=max(phase.start, within.start), end=min(phase.end, last))
        for phase in all_phases
        if phase.end >= within.start and phase.start <= last
    ]
