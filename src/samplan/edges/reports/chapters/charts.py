"""Chapters where people would rather look than read: each drawing with its numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from samplan.apps.agreements.labels import tag_words
from samplan.apps.directives import charts as of_directives
from samplan.apps.indicators.charts import Measured, against_target
from samplan.apps.plans import charts as of_plans
from samplan.base.ui.charts import Chart
from samplan.domain.document import Cell, Source, Text
from samplan.domain.exact import parse_exact
from samplan.domain.planfacts import ActivityFacts, IndicatorFacts
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.parts import Writer, cell, figure_cell, when_words

Say = Callable[[int, int], Source]
"""Where a cell of a chart's table came from, by row and column."""


def _drawn(
    out: Writer, chart: Chart, *, key: str, source: Source, words: tuple[int, ...] = (), say: Say | None = None,
    across: str = "",
) -> None:  # fmt: skip
    """The drawing, and its numbers as a table. `words`: columns that hold words, beside the first. `across`: what the
    columns are, so that a table of many more columns than rows is turned on its side."""

    def one(place: int, text: str, at: Source) -> Cell:
        made_up = chart.made_up and place > 0
        return cell(text, source=at) if place in (0, *words) else figure_cell(text, source=at, made_up=made_up)

    names, numbers, total = chart.head, chart.numbers, chart.total
    if across and len(names) > max(6, len(numbers) + 2):
        turned = list(zip(names, *numbers, total, strict=True))
        names, numbers, total = (across, *turned[0][1:]), tuple(turned[1:-1]), turned[-1]
    out.figure(chart.wide, chart.alt, chart.caption, key=key, source=source)
    head = [cell(name, header=True) if place in (0, *words) else figure_cell(name) for place, name in enumerate(names)]
    rows = []
    for number, row in enumerate(numbers):
        places = [say(number, place) if say else source for place in range(len(row))]
        rows.append(
            [cell(row[0], header=True, source=places[0]), *(one(n, text, places[n]) for n, text in enumerate(row) if n)]
        )
    sums = [one(place, text, source) for place, text in enumerate(total)]
    out.table(chart.caption, head, rows, total=sums, key=f"{key}/numbers", source=source)


def money_by_area(out: Writer, facts: YearFacts) -> None:
    """The budget's kronor by the agreement's areas and kind of line. The lines themselves stand in the chapter."""
    chart = of_plans.money_by_area(
        of_plans.Money(tag_words(line.area), line.kind, line.amount, line.made_up) for line in facts.plan.budget
    )
    if chart:
        row = Source("yearreports.yearreport", facts.report_uid, "budget")
        _drawn(out, chart, key="money/chart", source=row, across=_("Slag"))


def reports_in(out: Writer, facts: YearFacts) -> None:
    """How far the parties' reports have come, directive by directive."""
    answered = []
    for directive in facts.directives:
        counted = sum(share.counted for share in directive.shares)
        late = sum(share.late and not share.counted for share in directive.shares)
        waiting = len(directive.shares) - counted - late
        answered.append(of_directives.Answered(directive.title, counted, late, waiting))
    chart = of_directives.reports_in(answered)
    if chart:
        _drawn(out, chart, key="missing/chart", source=Source("yearreports.yearreport", facts.report_uid, "shares"))


def time_line(out: Writer, facts: YearFacts) -> None:
    """When each activity runs."""
    rows = [one for area in facts.plan.areas for one in area.activities if one.starts_on]

    def words(one: ActivityFacts, day: str) -> str:
        return when_words(day, "", "year" if one.precision in {"open", "funded"} else one.precision)

    chart = of_plans.time_line(
        [
            of_plans.Lasting(
                one.title, date.fromisoformat(one.starts_on), date.fromisoformat(one.ends_on) if one.ends_on else None,
                words(one, one.starts_on), words(one, one.ends_on),
            )
            for one in rows
        ]
    )  # fmt: skip
    if chart is None:
        return
    source = Source("plans.plan", facts.plan.uid, "activities")

    def say(row: int, column: int) -> Source:
        return Source("plans.activity", rows[row].uid, "ends_on" if column == 2 else "starts_on")

    out.heading(1, _("Tidslinje"), key="timeline", source=source, numbered=True)
    _drawn(out, chart, key="timeline/chart", source=source, words=(1, 2), say=say)


def indicators(out: Writer, facts: YearFacts) -> None:
    """Each indicator against its target, period by period."""
    if not facts.plan.indicators:
        return
    row = Source("plans.plan", facts.plan.uid, "indicators")
    out.heading(1, _("Indikatorer"), key="indicators", source=row, numbered=True)
    for one in facts.plan.indicators:
        key = f"indicator/{one.uid}"
        source = Source(one.ROW, one.uid, "title")
        out.heading(2, one.title, key=key, source=source, numbered=True)
        out.text(one.definition, key=f"{key}/definition", source=Source(one.ROW, one.uid, "definition"))
        if one.source:
            words = (Text(_("Källa: "), bold=True), Text(one.source))
            out.paragraph(words, key=f"{key}/source", source=Source(one.ROW, one.uid, "source"))
        chart = indicator_chart(one)
        if chart is None:
            out.paragraph(_("Inga värden än."), key=f"{key}/none", source=source, style="note")
        else:
            _drawn(out, chart, key=f"{key}/chart", source=source, words=(3,))


def indicator_chart(one: IndicatorFacts) -> Chart | None:
    """An indicator against its target, out of the frozen facts; nothing without a number."""
    return against_target(
        one.title,
        one.unit,
        [
            Measured(
                row.period, parse_exact(row.value) if row.value else None,
                parse_exact(row.target) if row.target else None, row.met, row.made_up,
            )
            for row in one.periods
        ],
    )  # fmt: skip
