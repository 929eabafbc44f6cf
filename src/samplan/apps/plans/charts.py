"""Drawings of a plan's money and time. Plain values in, so that pages draw rows and documents the frozen facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from samplan.apps.agreements.labels import tag_words
from samplan.apps.plans.labels import LINE_KINDS
from samplan.apps.plans.models import Activity, BudgetLine
from samplan.apps.plans.moments import moment_words
from samplan.base.ui.charts import Chart, bar_chart
from samplan.base.ui.charts.bars import Row
from samplan.base.ui.charts.drawing import FILLS
from samplan.base.ui.charts.timeline import Span, timeline
from samplan.base.ui.templatetags.samplan import kronor


class Money(NamedTuple):
    """Kronor of an area; `of` is what they are told apart by beside it: a kind of line, or who receives them."""

    area: str
    of: str
    amount: int
    made_up: bool = False


def drawn_lines(lines: Iterable[BudgetLine]) -> list[Money]:
    """Budget lines as they are drawn: by the agreement's areas and their kind."""
    return [Money(tag_words(line.grant.line.section.tag), line.kind, line.amount, line.made_up) for line in lines]


def money_by_area(lines: Iterable[Money]) -> Chart | None:
    """A budget's kronor by area and kind of line (`of`: a code of LINE_KINDS); nothing for a single area."""
    listed = list(lines)
    areas = list(dict.fromkeys(line.area for line in listed))
    if len(areas) < 2:
        return None
    kinds = [kind for kind in LINE_KINDS if any(line.of == kind for line in listed)]
    sums: dict[tuple[str, str], int] = {}
    for line in listed:
        sums[line.area, line.of] = sums.get((line.area, line.of), 0) + line.amount
    rows = [Row(area, tuple(sums.get((area, kind), 0) for kind in kinds)) for area in areas]
    rows.sort(key=lambda row: -sum(row.values))
    alt = _("Staplar: %(total)s delas mellan %(areas)s. Mest får %(most)s, %(amount)s.") % {
        "total": kronor(sum(line.amount for line in listed)), "areas": ", ".join(row.label for row in rows),
        "most": rows[0].label, "amount": kronor(sum(rows[0].values)),
    }  # fmt: skip
    return bar_chart(
        _("Medlen efter område och slag"), alt, rows, [str(LINE_KINDS[kind]) for kind in kinds], said=kronor,
        about=_("Område"), total=_("Summa"), made_up=any(line.made_up for line in listed),
    )  # fmt: skip


def money_by_receiver(shares: Iterable[Money]) -> Chart | None:
    """What each receiver (`of`) gets, area by area, the receivers in the order they come; nothing for a single one.

    More areas than can be told apart are drawn as one, the smallest together.
    """
    listed = list(shares)
    receivers = list(dict.fromkeys(share.of for share in listed))
    if len(receivers) < 2:
        return None
    whole: dict[str, int] = {}
    for share in listed:
        whole[share.area] = whole.get(share.area, 0) + share.amount
    largest = sorted(whole, key=lambda area: -whole[area])
    apart = largest if len(largest) <= len(FILLS) else largest[: len(FILLS) - 1]
    series = [*apart, *([_("Övriga områden")] if len(apart) < len(largest) else [])]
    sums: dict[tuple[str, str], int] = {}
    for share in listed:
        area = share.area if share.area in apart else series[-1]
        sums[share.of, area] = sums.get((share.of, area), 0) + share.amount
    rows = [Row(one, tuple(sums.get((one, area), 0) for area in series)) for one in receivers]
    most = max(rows, key=lambda row: sum(row.values))
    alt = _("Staplar: %(number)s mottagare får tillsammans %(total)s. Mest får %(most)s, %(amount)s.") % {
        "number": len(rows), "total": kronor(sum(whole.values())), "most": most.label,
        "amount": kronor(sum(most.values)),
    }  # fmt: skip
    return bar_chart(
        _("Medlen efter mottagare och område"), alt, rows, series, said=kronor, about=_("Mottagare"), total=_("Summa"),
        made_up=any(share.made_up for share in listed),
    )  # fmt: skip


STAGES = {
    0: _lazy("Pågår"), 1: _lazy("Kommer"), 2: _lazy("Klar"), 4: _lazy("Pausad"), 5: _lazy("Läget är inte sagt"),
}  # fmt: skip
"""By the number of their fill; the red one is left for what is chosen."""
_STAGE = {
    "started": 0, "ongoing": 0, "extended": 0, "possible": 1, "waits": 1, "planned": 1, "done": 2, "handed_over": 2,
    "ended": 2, "paused": 4,
}  # fmt: skip
"""Phases as they are told apart in a drawing."""


class Lasting(NamedTuple):
    """An activity in time: its title, its first and last day (None for no end said), and both in words. `stage`: a
    key of STAGES; `marks`: the days of its milestones."""

    title: str
    start: date
    end: date | None
    begins: str
    ends: str
    made_up: bool = False
    stage: int | None = None
    marks: tuple[date, ...] = ()


def on_the_way(activities: Iterable[Activity]) -> list[Lasting]:
    """As `lasting`, with the stage of each and its milestones."""
    found = [one for one in activities if one.starts_on]
    return [
        drawn._replace(stage=_STAGE.get(one.phase, 5), marks=tuple(mark.on_date for mark in one.milestones.all()))
        for one, drawn in zip(found, lasting(found), strict=True)
    ]


def lasting(activities: Iterable[Activity]) -> list[Lasting]:
    """Activities as they are drawn in time, those whose beginning is known."""

    def words(one: Activity, day: date | None) -> str:
        precision = "year" if one.precision in {"open", "funded"} else one.precision
        return moment_words(day.isoformat() if day else "", precision)

    return [
        Lasting(one.title, one.starts_on, one.ends_on, words(one, one.starts_on), words(one, one.ends_on), one.made_up)
        for one in activities
        if one.starts_on
    ]


def time_line(activities: Sequence[Lasting], *, today: date | None = None) -> Chart | None:
    """When each activity runs; nothing while fewer than two differ. With `today`, the page's own drawing, also for
    one."""
    if len({(one.start, one.end) for one in activities}) < (1 if today else 2):
        return None
    spans = [Span(one.title, one.start, one.end, one.stage, one.marks) for one in activities]
    first, last = min(span.start.year for span in spans), max((span.end or span.start).year for span in spans)
    told = any(span.stage is not None for span in spans)
    stages = {number: str(name) for number, name in STAGES.items()} if told else {}
    alt = _("Tidslinje: %(all)s insatser mellan %(first)s och %(last)s, %(open)s av dem utan slut.") % {
        "all": len(spans), "first": first, "last": last, "open": sum(span.end is None for span in spans),
    }  # fmt: skip
    return Chart(
        caption=_("När insatserna pågår"), alt=alt,
        draw=lambda width: timeline(spans, width=width, stages=stages, today=today, on=_("i dag")),
        head=(_("Insats"), _("Börjar"), _("Slutar")),
        numbers=tuple((one.title, one.begins, one.ends or "\u2013") for one in activities),
        made_up=any(one.made_up for one in activities),
    )  # fmt: skip
