"""Chapters where people would rather look than read: each drawing with its numbers in a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from samplan.apps.plans.labels import LINE_KINDS
from samplan.domain.document import Source, Text
from samplan.domain.exact import parse_exact
from samplan.domain.planfacts import ActivityFacts, IndicatorFacts
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.parts import (
    Writer,
    cell,
    decimal,
    figure_cell,
    grouped,
    kronor,
    tag_words,
    when_words,
)
from samplan.edges.reports.charts.bars import Row, bars
from samplan.edges.reports.charts.timeline import Span, timeline


def money_by_area(out: Writer, facts: YearFacts) -> None:
    """The budget's kronor by the agreement's areas and kind of line. The lines themselves stand in the chapter."""
    lines = facts.plan.budget
    if len({line.area for line in lines}) < 2:
        return
    kinds = [kind for kind in LINE_KINDS if any(line.kind == kind for line in lines)]
    areas = list(dict.fromkeys(line.area for line in lines))
    rows = [
        Row(tag_words(area), tuple(sum(x.amount for x in lines if x.area == area and x.kind == kind) for kind in kinds))
        for area in areas
    ]
    rows.sort(key=lambda row: -sum(row.values))
    total = sum(line.amount for line in lines)
    alt = _("Staplar: %(total)s delas mellan %(areas)s. Mest får %(most)s, %(amount)s.") % {
        "total": kronor(total), "areas": ", ".join(row.label for row in rows), "most": rows[0].label,
        "amount": kronor(sum(rows[0].values)),
    }  # fmt: skip
    source = Source("yearreports.yearreport", facts.report_uid, "budget")
    names = [str(LINE_KINDS[kind]) for kind in kinds]
    made_up = any(line.made_up for line in lines)
    caption = _("Medlen efter område och slag")
    out.figure(bars(rows, names, said=kronor), alt, caption, key="money/chart", source=source)
    _numbers(out, "money/chart", caption, names, rows, source, made_up=made_up)


def _numbers(
    out: Writer, key: str, caption: str, names: Sequence[str], rows: Sequence[Row], source: Source, *, made_up: bool
) -> None:
    head = [cell(_("Område"), header=True), *(figure_cell(name) for name in names), figure_cell(_("Summa"))]
    told = [
        [
            cell(row.label, header=True, source=source),
            *(figure_cell(kronor(value), source=source, made_up=made_up) for value in row.values),
            figure_cell(kronor(sum(row.values)), source=source, made_up=made_up),
        ]
        for row in rows
    ]
    sums = [sum(row.values[place] for row in rows) for place in range(len(names))]
    total = [
        cell(_("Summa"), source=source),
        *(figure_cell(kronor(value), source=source, made_up=made_up) for value in sums),
        figure_cell(kronor(sum(sums)), source=source, made_up=made_up),
    ]  # fmt: skip
    out.table(caption, head, told, total=total, key=f"{key}/numbers", source=source)


def reports_in(out: Writer, facts: YearFacts) -> None:
    """How far the parties' reports have come, directive by directive."""
    if not facts.directives:
        return
    rows = []
    for directive in facts.directives:
        counted = sum(share.counted for share in directive.shares)
        late = sum(share.late and not share.counted for share in directive.shares)
        rows.append(Row(directive.title, (counted, late, len(directive.shares) - counted - late)))
    names = [_("Redovisat"), _("Sena"), _("Inte redovisat än")]
    asked, told = sum(sum(row.values) for row in rows), sum(row.values[0] for row in rows)
    alt = _("Staplar: %(told)s av %(asked)s återrapporter har kommit in.") % {"told": told, "asked": asked}
    source = Source("yearreports.yearreport", facts.report_uid, "shares")
    caption = _("Återrapporterna, direktiv för direktiv")
    out.figure(bars(rows, names, said=str), alt, caption, key="missing/chart", source=source)
    head = [cell(_("Direktiv"), header=True), *(figure_cell(name) for name in names)]
    table = [
        [cell(row.label, header=True, source=source), *(figure_cell(str(value), source=source) for value in row.values)]
        for row in rows
    ]
    out.table(caption, head, table, key="missing/chart/numbers", source=source)


def time_line(out: Writer, facts: YearFacts) -> None:
    """When each activity runs."""
    rows = [one for area in facts.plan.areas for one in area.activities if one.starts_on]
    if len({(one.starts_on, one.ends_on) for one in rows}) < 2:
        return
    spans = [
        Span(one.title, date.fromisoformat(one.starts_on), date.fromisoformat(one.ends_on) if one.ends_on else None)
        for one in rows
    ]
    source = Source("plans.plan", facts.plan.uid, "activities")
    open_ = sum(span.end is None for span in spans)
    first, last = min(span.start.year for span in spans), max((span.end or span.start).year for span in spans)
    alt = _("Tidslinje: %(all)s insatser mellan %(first)s och %(last)s, %(open)s av dem utan slut.") % {
        "all": len(spans), "first": first, "last": last, "open": open_,
    }  # fmt: skip
    caption = _("När insatserna pågår")

    def precise(one: ActivityFacts) -> str:
        return "year" if one.precision in {"open", "funded"} else one.precision

    out.heading(1, _("Tidslinje"), key="timeline", source=source, numbered=True)
    out.figure(timeline(spans), alt, caption, key="timeline/chart", source=source)
    head = (cell(_("Insats"), header=True), cell(_("Börjar"), header=True), cell(_("Slutar"), header=True))
    table = [
        (
            cell(one.title, header=True, source=Source("plans.activity", one.uid, "starts_on")),
            cell(when_words(one.starts_on, "", precise(one)), source=Source("plans.activity", one.uid, "starts_on")),
            cell(
                when_words(one.ends_on, "", precise(one)) or "\u2013",
                source=Source("plans.activity", one.uid, "ends_on"),
            ),
        )
        for one in rows
    ]
    out.table(caption, head, table, key="timeline/numbers", source=source)


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
        _against_target(out, key, one, source)


def _against_target(out: Writer, key: str, one: IndicatorFacts, source: Source) -> None:
    if not one.periods:
        out.paragraph(_("Inga värden än."), key=f"{key}/none", source=source, style="note")
        return
    exact = [(row, parse_exact(row.value) if row.value else None, parse_exact(row.target) if row.target else None)
             for row in one.periods]  # fmt: skip
    scale = max(number.scale for _row, *pair in exact for number in pair if number is not None)
    drawn = []
    for row, value, target in exact:
        if value is not None:
            drawn.append(Row(_("%(period)s utfall") % {"period": row.period}, (value.scaled(scale), 0)))
        if target is not None:
            drawn.append(Row(_("%(period)s mål") % {"period": row.period}, (0, target.scaled(scale))))

    def said(digits: int) -> str:
        return f"{grouped(digits, scale)} {one.unit}".strip()

    newest = one.periods[-1]
    alt = _("Staplar: %(title)s. Senast, %(period)s: %(value)s, mål %(target)s.") % {
        "title": one.title, "period": newest.period, "value": decimal(newest.value) if newest.value else "\u2013",
        "target": decimal(newest.target) if newest.target else "\u2013",
    }  # fmt: skip
    out.figure(bars(drawn, (_("Utfall"), _("Mål")), said=said), alt, one.title, key=f"{key}/chart", source=source)
    words = {"yes": _("Ja"), "no": _("Nej"), "": "\u2013"}
    head = (
        cell(_("Period"), header=True),
        figure_cell(_("Utfall")),
        figure_cell(_("Mål")),
        cell(_("Nått"), header=True),
    )
    rows = [
        (
            cell(row.period, header=True, source=source),
            figure_cell(decimal(row.value) if row.value else "\u2013", source=source),
            figure_cell(decimal(row.target) if row.target else "\u2013", source=source),
            cell(words[row.met], source=source),
        )
        for row in one.periods
    ]
    out.table(one.title, head, rows, key=f"{key}/numbers", source=source)
