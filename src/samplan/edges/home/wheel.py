"""The year wheel: phases on a circle of twelve months, woven as far as the day has come. One SVG, coloured by the style
sheet, so that dark mode and print follow.

The circle is 600 units wide with its middle at 300, 300; January lies at the top, and time goes clockwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, radians, sin

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samplan.base.ui.templatetags.samplan import day as day_words
from samplan.base.ui.templatetags.samplan import day_short
from samplan.domain.wheel import Phase, Window, degrees, months_from, shown

MIDDLE = 300.0
OUTER, INNER = (202.0, 243.0), (157.0, 198.0)
"""The lanes: this plan's year, and the next."""
THREAD, MONTHS, HAND = 255.0, 279.0, 118.0
SEAM = 3.0
"""Degrees left open on each side of where the twelve months begin and end."""
GAP = 0.8
CLEAR = 13
"""Degrees around today where no month is named."""
LETTER = 8.6


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day that somebody else has set, with its words."""

    day: date
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A plan's year on the wheel."""

    title: str
    phases: Sequence[Phase]


def wheel(lanes: Sequence[Lane], fixed: Iterable[Fixed], within: Window, on: date) -> SafeString:
    """The drawing. One lane or two; `on` is marked when the window holds it."""
    parts = [*_frame(within, on)]
    for number, (lane, radii) in enumerate(zip(lanes, (OUTER, INNER), strict=False)):
        parts += _lane(lane, radii, within, on, f"wheel-{number}")
    parts += _thread(within, on)
    parts += [_knot(one, on) for one in fixed if within.holds(one.day)]
    parts += _today(within, on) if within.holds(on) else []
    parts += _centre(lanes[0], on) if lanes else []
    title = _("Årshjul för %(plans)s") % {"plans": ", ".join(lane.title for lane in lanes)}
    return mark_safe(  # noqa: S308 (all words are escaped where they are put in)
        f'<svg class="wheel" viewBox="-48 -4 696 608" role="group" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _at(radius: float, turned: float) -> str:
    angle = radians(turned)
    return f"{MIDDLE + radius * sin(angle):.1f} {MIDDLE - radius * cos(angle):.1f}"


def _arc(radius: float, start: float, end: float, *, back: bool = False) -> str:
    """From `start` to `end` degrees clockwise, or the same way back."""
    large = int((end - start) % 360 > 180)
    ends = (end, start) if back else (start, end)
    return f"{_at(radius, ends[0])} A{radius:g} {radius:g} 0 {large} {int(not back)} {_at(radius, ends[1])}"


def _turned(day: date, within: Window) -> float:
    """Degrees, growing through the window, with the seam kept free."""
    begin = degrees(within.start)
    return min(max((degrees(day) - begin) % 360, SEAM), 360 - SEAM) + begin


def _end(day: date, within: Window) -> float:
    """Where a day ends."""
    after = day + timedelta(days=1)
    return degrees(within.start) + 360 - SEAM if after >= within.end else _turned(after, within)


def _frame(within: Window, on: date) -> Iterator[str]:
    begin = degrees(within.start)
    yield f'<path class="wheel__line" d="M{_arc(THREAD, begin + SEAM, begin + 360 - SEAM)}"/>'
    for number in range(12):
        first = months_from(within.start, number)
        middle = degrees(first + timedelta(days=14))
        yield f'<path class="wheel__tick" d="M{_at(HAND + 26, degrees(first))} L{_at(HAND + 33, degrees(first))}"/>'
        if within.holds(on) and abs((degrees(on) - middle + 180) % 360 - 180) < CLEAR:
            continue
        word = str(day_short(first)).replace("\u00a0", " ").split()[1]
        x, y = _at(MONTHS, middle).split()
        yield f'<text class="wheel__month" x="{x}" y="{float(y) + 5:.1f}" text-anchor="middle">{escape(word)}</text>'


def _lane(lane: Lane, radii: tuple[float, float], within: Window, on: date, name: str) -> Iterator[str]:
    begin = degrees(within.start)
    low, high = radii
    yield f'<path class="wheel__bed" d="M{_arc((low + high) / 2, begin + SEAM, begin + 360 - SEAM)}"/>'
    for phase in shown(lane.phases, within):
        start, end = _turned(phase.start, within) + GAP / 2, _end(phase.end, within) - GAP / 2
        if end - start < GAP:
            start, end = start - GAP, start + GAP
        words = _("%(title)s, %(plan)s: till %(day)s") % {
            "title": phase.title, "plan": lane.title, "day": day_words(phase.end),
        }  # fmt: skip
        inside = [f'<path class="wheel__coming" d="{_ring(low, high, start, end)}"/>']
        woven = _woven(phase, start, end, within, on)
        if woven > start:
            inside.append(f'<path class="wheel__woven" d="{_ring(low, high, start, woven)}"/>')
            inside.append(f'<path class="wheel__weave" d="M{_arc((low + high) / 2, start, woven)}"/>')
        # In a phase that is running the name stands in the larger part, clear of the hand.
        done = woven - start > end - woven
        inside += _name(phase, (low + high) / 2, start if done else woven, woven if done else end, name, done=done)
        drawn = f"<title>{escape(words)}</title>{''.join(inside)}"
        if phase.url:
            yield f'<a class="wheel__phase" href="{escape(phase.url)}" aria-label="{escape(words)}">{drawn}</a>'
        else:
            yield f'<g class="wheel__phase" role="img" aria-label="{escape(words)}">{drawn}</g>'


def _woven(phase: Phase, start: float, end: float, within: Window, on: date) -> float:
    """How far a phase has come, in degrees between its `start` and `end`."""
    if phase.start > on:
        return start
    return end if on >= within.end else min(max(_end(on, within), start), end)


def _ring(low: float, high: float, start: float, end: float) -> str:
    return f"M{_arc(high, start, end)} L{_arc(low, start, end, back=True)} Z"


def _name(phase: Phase, radius: float, start: float, end: float, lane: str, *, done: bool) -> Iterator[str]:
    """The name along the curve where it has room, and a number for narrow screens and where it has not."""
    middle, length = (start + end) / 2, (end - start) / 360 * 2 * pi * radius
    shade = "wheel__on-woven" if done else "wheel__on-coming"
    fits = len(phase.title) * LETTER + 10 < length
    x, y = _at(radius, middle).split()
    narrow = " wheel__narrow" if fits else ""
    if length > 14:
        place = f'x="{x}" y="{float(y) + 5:.1f}" text-anchor="middle"'
        yield f'<text class="wheel__number{narrow} {shade}" {place} aria-hidden="true">{phase.number}</text>'
    if fits:
        below = 90 < middle % 360 < 270
        path = f"M{_arc(radius + 5 if below else radius - 5, start, end, back=below)}"
        key = f"{lane}-{phase.number}"
        yield f'<path id="{key}" class="wheel__path" d="{path}"/>'
        yield (
            f'<text class="wheel__name {shade}" text-anchor="middle" aria-hidden="true">'
            f'<textPath href="#{key}" startOffset="50%">{escape(phase.title)}</textPath></text>'
        )


def _thread(within: Window, on: date) -> Iterator[str]:
    begin = degrees(within.start)
    if on >= within.start:
        end = _end(on, within) if within.holds(on) else begin + 360 - SEAM
        yield f'<path class="wheel__thread" d="M{_arc(THREAD, begin + SEAM, end)}"/>'


def _knot(one: Fixed, on: date) -> str:
    x, y = _at(THREAD, degrees(one.day)).split()
    words = f"{one.title}: {day_words(one.day)}"
    passed = " wheel__knot--passed" if one.day <= on else ""
    return f'<circle class="wheel__knot{passed}" cx="{x}" cy="{y}" r="5"><title>{escape(words)}</title></circle>'


def _today(within: Window, on: date) -> Iterator[str]:
    turned = _turned(on, within)
    x, y = _at(THREAD, turned).split()
    yield f'<path class="wheel__thread" d="M{_at(THREAD, turned)} L{_at(HAND, turned)}"/>'
    yield f'<circle class="wheel__here" cx="{x}" cy="{y}" r="8"/>'
    right = turned % 360 < 180
    words = _("I dag %(day)s") % {"day": day_short(on)}
    tx, ty = float(x) + (14 if right else -14), float(y) + (-12 if turned % 360 < 90 or turned % 360 > 270 else 22)
    side = "start" if right else "end"
    yield f'<text class="wheel__today" x="{tx:.1f}" y="{ty:.1f}" text-anchor="{side}">{escape(words)}</text>'


def _centre(lane: Lane, on: date) -> Iterator[str]:
    running = next((phase for phase in lane.phases if phase.end >= on), None)
    if running is None:
        small, large, below = lane.title, _("Året är klart"), ""
    else:
        small = _("Steg %(number)s av %(all)s") % {"number": running.number, "all": len(lane.phases)}
        large, below = running.title, _("till %(day)s") % {"day": day_short(running.end)}
    size = "wheel__large" if len(large) < 16 else "wheel__large wheel__large--long"
    yield f'<text class="wheel__small" x="300" y="270" text-anchor="middle">{escape(small)}</text>'
    yield f'<text class="{size}" x="300" y="305" text-anchor="middle">{escape(large)}</text>'
    yield f'<text class="wheel__small" x="300" y="334" text-anchor="middle">{escape(below)}</text>'
