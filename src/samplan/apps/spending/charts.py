"""Courses of money as one drawing, with its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import LEVELS
from samplan.apps.spending.following import Course
from samplan.apps.spending.labels import ENDS
from samplan.base.ui.charts import Chart
from samplan.base.ui.charts.drawing import NARROW
from samplan.base.ui.charts.flow import WIDE, Column, Stop, Stream, between, flow, passing
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.flow import ENDS as IN_ORDER

MOST = 8
"""So many stops in a column can be told apart; the smallest of more stand together."""
REST = "rest"
SERIES = {"untold": 1, "carried": 2, "to_repay": 3, "hidden": 4} | dict.fromkeys(IN_ORDER[5:], 5)
Where = Callable[[Course], tuple[str, str]]
"""Which stop a course passes: its key and what it is called."""


@dataclass(frozen=True, slots=True)
class Level:
    """A column: its name and where courses pass it."""

    label: str
    where: Where


def section(one: Course) -> tuple[str, str]:
    row = one.money.asked.grant.line.section
    return str(row.uid), f"{row.number.rstrip('.')}. {row.title}"


def level(one: Course) -> tuple[str, str]:
    return one.money.asked.level, str(LEVELS[one.money.asked.level])


def grant(one: Course) -> tuple[str, str]:
    return str(one.money.asked.grant.uid), one.money.asked.title


def line(one: Course) -> tuple[str, str]:
    if one.line is None:
        return "none", _("Inte på någon post")
    if one.line.row is not None:
        return one.line.facts.uid, one.line.facts.title
    if one.money.asked.level == "municipalities":
        return "own", _("Kommunernas egna bidrag")
    return f"whole-{one.money.asked.level}", _("Bidrag som inte är delade på poster")


def part(one: Course) -> tuple[str, str]:
    """As `line`, with each undivided grant for itself."""
    return line(one) if one.line is None or one.line.row is not None else grant(one)


def receiver(one: Course) -> tuple[str, str]:
    if one.receiver is None:
        return "none", _("Ingen mottagare")
    return one.receiver.facts.code or one.receiver.facts.name, one.receiver.facts.name


def end(one: Course) -> tuple[str, str]:
    return one.end, str(ENDS[one.end])


def course_chart(caption: str, found: Sequence[Course], levels: Sequence[Level]) -> Chart | None:
    """The courses from level to level and to what became of them; nothing where nothing is to be seen."""
    drawn = [one for one in found if one.amount > 0]
    if not drawn:
        return None
    levels = [*levels, Level(_("Vad det blev"), end)]
    placed = [_places(drawn, one) for one in levels]
    streams = [
        Stream(tuple(where.of[level.where(one)[0]] for level, where in zip(levels, placed, strict=True)), one.amount)
        for one in drawn
    ]  # fmt: skip
    columns = [Column(one.label, where.stops) for one, where in zip(levels, placed, strict=True)]
    names = [{stop.key: stop.label for stop in column.stops} for column in columns]
    numbers = [
        (names[number][source], names[number + 1][target], kronor(amount))
        for number in range(len(columns) - 1)
        for (source, target), amount in between(streams, number).items()
    ]
    whole = sum(one.amount for one in drawn)
    ends = passing(streams, len(columns) - 1)
    alt = _("Flöde: %(total)s, %(path)s. %(ends)s.") % {
        "total": kronor(whole),
        "path": " → ".join(column.label.lower() for column in columns),
        "ends": ", ".join(f"{stop.label} {kronor(ends[stop.key])}" for stop in columns[-1].stops),
    }
    return Chart(
        caption=caption,
        alt=alt,
        draw=lambda width: flow(columns, streams, said=kronor, width=width if width <= NARROW else WIDE),
        head=(_("Från"), _("Till"), _("Kronor")),
        numbers=tuple(numbers),
        made_up=any(one.made_up for one in drawn),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """A column's stops, and in which of them each key is."""

    stops: tuple[Stop, ...]
    of: dict[str, str]


def _places(found: Sequence[Course], one: Level) -> _Places:
    names: dict[str, str] = {}
    sums: dict[str, int] = {}
    for course in found:
        key, name = one.where(course)
        names.setdefault(key, name)
        sums[key] = sums.get(key, 0) + course.amount
    if one.where is end:
        keys = [code for code in IN_ORDER if code in names]
        return _Places(tuple(Stop(key, names[key], SERIES.get(key, 0)) for key in keys), {key: key for key in keys})
    kept = set(sorted(sums, key=lambda key: -sums[key])[: MOST if len(sums) <= MOST else MOST - 1])
    stops = [Stop(key, name) for key, name in names.items() if key in kept]
    if rest := len(names) - len(kept):
        stops.append(Stop(REST, ngettext("%(n)s mindre tillsammans", "%(n)s mindre tillsammans", rest) % {"n": rest}))
    return _Places(tuple(stops), {key: key if key in kept else REST for key in names})
