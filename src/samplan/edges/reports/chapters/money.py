"""The money of a plan line by line, and who has not reported theirs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samplan.apps.plans.labels import LINE_KINDS
from samplan.domain.document import Inline, Source, Text
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.chapters.charts import money_by_area, reports_in
from samplan.edges.reports.chapters.parts import Writer, cell, figure_cell, kronor


def money(out: Writer, facts: YearFacts) -> None:
    """The joint money line by line. The parts equal the whole by construction of the budget; the sum is printed."""
    if not facts.plan.budget:
        return
    report = Source("yearreports.yearreport", facts.report_uid, "budget")
    out.heading(1, _("Pengarna"), key="money", source=report, numbered=True)
    money_by_area(out, facts)
    tied = any(line.activity for line in facts.plan.budget)
    rows = []
    for line in facts.plan.budget:
        source = Source("plans.budgetline", line.uid, "amount")
        title = f"{line.title}, {line.receiver}" if line.receiver else line.title
        rows.append(
            (
                cell(title, source=source),
                cell(str(LINE_KINDS[line.kind]), source=source),
                *((cell(line.activity or "\u2013", source=source),) if tied else ()),
                figure_cell(kronor(line.amount), made_up=line.made_up, source=source),
            )
        )
    total = sum(line.amount for line in facts.plan.budget)
    made_up = any(line.made_up for line in facts.plan.budget)
    out.table(
        _("Länsgemensamma medel %(year)s") % {"year": facts.year},
        (
            cell(_("Budgetpost"), header=True),
            cell(_("Slag"), header=True),
            *((cell(_("Insats"), header=True),) if tied else ()),
            figure_cell(_("Belopp")),
        ),
        rows,
        total=(
            cell(_("Summa")),
            cell(""),
            *((cell(""),) if tied else ()),
            figure_cell(kronor(total), made_up=made_up, source=report),
        ),
        key="money/lines",
        source=report,
    )


def not_reported(out: Writer, facts: YearFacts) -> None:
    """Who has not reported."""
    if not facts.directives:
        return
    report = Source("yearreports.yearreport", facts.report_uid, "shares")
    out.heading(1, _("Vem som inte har redovisat"), key="missing", source=report, numbered=True)
    reports_in(out, facts)
    rows: list[tuple[Inline, Source | None]] = []
    for asked in facts.directives:
        for share in asked.shares:
            if not share.counted:
                runs = (Text(f"{share.party}: ", bold=True), Text(f"{asked.title}"))
                late = (Text(_(", efter sista dagen"), italic=True),) if share.late else ()
                source = Source("questionnaires.reportrequest", share.request_uid, "state", party=share.party)
                rows.append(((*runs, *late), source))
    if rows:
        out.items(rows, key="missing/list", source=report)
    else:
        out.paragraph(_("Alla som fick direktiv har redovisat."), key="missing/none", source=report)
