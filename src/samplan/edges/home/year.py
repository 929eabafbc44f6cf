"""The year of a plan: its dated steps and its phases, read from the rows of every room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.agreements.models import Agreement
from samplan.apps.bodies.models import Decision
from samplan.apps.directives.models import Directive
from samplan.apps.plans.models import Plan
from samplan.apps.yearreports.models import ReportVersion
from samplan.domain.deadlines import swedish_day
from samplan.domain.wheel import Phase, phases


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of the year. `done` when its day has come; `phase`: the short name of the phase that it ends;
    `fixed`: a day that the agreement sets."""

    day: date
    title: str
    url: str = ""
    done: bool = False
    current: bool = False
    phase: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase as the list tells it: its steps, whether all are done, whether it is the one that runs."""

    phase: Phase | None
    steps: tuple[Step, ...]
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    title: str
    url: str
    phase: str = ""
    fixed: bool = False


def steps_of(plan: Plan, *, on: date, reads: bool) -> list[Step]:
    """The year's dated steps in order: the agreement's days, decisions, last days to report, the report's approval.

    `reads` tells whether the reader may open the county's pages: the steps are the same, the links are not.
    """
    found = sorted(_days(plan), key=lambda step: step.day)
    following = next((at for at, step in enumerate(found) if step.day > on), None)
    return [
        Step(
            step.day, step.title, step.url if reads else "", done=step.day <= on, current=at == following,
            phase=step.phase, fixed=step.fixed,
        )
        for at, step in enumerate(found)
    ]  # fmt: skip


def rows_of(steps: list[Step], found: list[Phase]) -> list[PhaseRow]:
    """The phases with the steps that fall in each; days after the last phase stand under no name."""
    rows, at = [], 0
    for phase in found:
        begun = at
        while at < len(steps) and steps[at].day <= phase.end:
            at += 1
        inside = tuple(steps[begun:at])
        rows.append(PhaseRow(phase, inside, all(step.done for step in inside), any(step.current for step in inside)))
    rest = tuple(steps[at:])
    return [*rows, PhaseRow(None, rest, False, any(step.current for step in rest))] if rest else rows


def phases_of(steps: list[Step]) -> list[Phase]:
    """The phases of a year: each ends on the last of the days that carry its name."""
    last = {step.phase: step for step in sorted(steps, key=lambda step: step.day) if step.phase}
    return phases((step.day, name, step.url) for name, step in last.items())


def _days(plan: Plan) -> Iterator[_Day]:
    yield from _agreement(plan)
    yield from _decided(plan)
    county, year = plan.county, plan.year
    for directive in Directive.objects.filter(plan=plan, state="issued").order_by("number"):
        url = reverse("directives:detail", args=[county, year, directive.number])
        if directive.issued_at:
            title = _("Direktivet utfärdas: %(title)s") % {"title": directive.title}
            yield _Day(swedish_day(directive.issued_at), title, url, _("Direktiv"))
        title = _("Sista dag att rapportera: %(title)s") % {"title": directive.title}
        yield _Day(directive.last_day, title, url, _("Återrapporter"))
    versions = ReportVersion.objects.filter(report__plan=plan, state__in=["approved", "published"])
    for version in versions.defer("facts", "document"):
        url = reverse("reports:report", args=[county, year])
        yield _Day(swedish_day(version.approved_at), _("Årsrapporten är godkänd"), url, _("Årsrapport"))
        if version.published_at:
            yield _Day(swedish_day(version.published_at), _("Årsrapporten är publicerad"), url, _("Publicering"))


def _agreement(plan: Plan) -> Iterator[_Day]:
    agreement = Agreement.objects.filter(year=plan.year, superseded_by=None).order_by("-id").first()
    if agreement is None:
        return
    money = reverse("agreements:money", args=[plan.county, plan.year])
    days = (
        (agreement.signed_on, _("Överenskommelsen tecknas"), _("Överenskommelse")),
        (agreement.request_by, _("Medlen rekvireras senast"), _("Rekvisition")),
        (agreement.use_by, _("Medlen används senast"), ""),
        (agreement.report_by, _("Länets årsrapport lämnas senast"), _("Redovisning")),
        (agreement.repay_by, _("Medel som blev över betalas tillbaka senast"), _("Återbetalning")),
    )
    for day, title, phase in days:
        if day:
            yield _Day(day, title, money, phase, fixed=day != agreement.signed_on)


def _decided(plan: Plan) -> Iterator[_Day]:
    """The decisions that carry the plan's money, its directives or its report; the last is no phase of its own."""
    money = Q(points__budget_lines__plan=plan) | Q(points__directives__plan=plan)
    money |= Q(points__allocations__county=plan.county, points__allocations__year=plan.year)
    url = reverse("bodies:decisions", args=[plan.county, plan.year])
    seen = set()
    for carried, phase in ((money, _("Beslut")), (Q(points__report_versions__report__plan=plan), "")):
        for decision in Decision.objects.filter(carried, county=plan.county).select_related("body").distinct():
            if decision.pk not in seen:
                seen.add(decision.pk)
                words = _("%(body)s beslutar: %(title)s") % {"body": decision.body.name, "title": decision.title}
                yield _Day(decision.decided_on, words, url, phase)
