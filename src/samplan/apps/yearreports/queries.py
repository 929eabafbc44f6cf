"""Reads about the year report; above all `year_facts`, the one picture that everything else is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.queries import grants_of
from samplan.apps.bodies.queries import bodies_of
from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import TEXTS
from samplan.apps.directives.queries import directives_of
from samplan.apps.needs.queries import needs_of
from samplan.apps.orgs.models import Organisation
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.facts import file_facts, plan_facts, quoter
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.queries import Answered, answered, costs_in, requests_of
from samplan.apps.yearreports.models import ReportVersion, Synthesis, WordTemplate, YearReport
from samplan.base.files.queries import files_at
from samplan.base.kernel.models import Installation
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import ReportStatus
from samplan.domain.cycle import answered as has_answered
from samplan.domain.deadlines import is_late
from samplan.domain.planfacts import FileFacts
from samplan.domain.questionnaire import may_see
from samplan.domain.yearfacts import (
    AnswerFacts,
    BodyFacts,
    DirectiveFacts,
    EffortFacts,
    NeedFacts,
    OptionFacts,
    QuestionFacts,
    SectionFacts,
    ShareFacts,
    YearFacts,
)

FINAL = frozenset({ReportStatus.ACCEPTED.value})
IN_PREVIEW = frozenset({"accepted", "approved", "submitted", "nothing", "declined"})


def get_report_for(actor: Actor, *, county: str, year: int) -> YearReport:
    """The joint plan's report of a year, for one who may read the county; 404 otherwise."""
    found = YearReport.objects.filter(county=county, year=year, plan__owner=None).select_related("plan").first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def published_versions(county: str = "") -> QuerySet[ReportVersion]:
    """What residents may read of the joint plans: the published version of each report, newest year first, without the
    heavy columns."""
    found = ReportVersion.objects.filter(state="published", report__plan__owner=None).select_related("report__plan")
    if county:
        found = found.filter(report__county=county)
    found = found.defer("facts", "document")
    return found.order_by("report__county", "-report__year", "report__plan__subject", "-number")


def get_published(county: str, year: int) -> ReportVersion:
    """The published version of a county's year; 404 when there is none."""
    found = published_versions(county).filter(report__year=year).select_related("decision_point__decision__body")
    version = found.first()
    if version is None:
        raise Http404
    return version


def get_version_for(actor: Actor, *, county: str, year: int, number: int) -> ReportVersion:
    """Any version, for one who may read the county; 404 otherwise."""
    found = ReportVersion.objects.filter(report__county=county, report__year=year, number=number)
    version = found.select_related("report", "decision_point__decision__body").first()
    if version is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return version


def year_facts(report: YearReport, *, at: datetime, preview: bool) -> YearFacts:
    """The year as it stands, for its opened report; see `plan_year_facts`."""
    return plan_year_facts(report.plan, at=at, preview=preview, report=report)


def plan_year_facts(plan: Plan, *, at: datetime, preview: bool, report: YearReport | None = None) -> YearFacts:
    """A plan and what came of it. Only accepted reports count; `preview` also shows those sent in, marked by their
    state.

    A constant number of queries, however many parties, directives and activities there are.
    """
    counted = IN_PREVIEW if preview else FINAL
    directives = list(directives_of(plan).filter(state="issued"))
    syntheses = {s.directive.number: s for s in Synthesis.objects.filter(report=report).select_related("directive")}
    asked = [share.request for directive in directives for share in directive.shares.all()]
    efforts = list(requests_of(plan.county, plan.year).filter(plan=plan, kind="effort", state__in=counted))
    given = {a.request.pk: a for a in answered([*asked, *efforts])}
    rows = _grants(plan)
    enclosed = _enclosed(plan)
    say = quoter(plan.county)
    return YearFacts(
        report_uid=str(report.uid if report else plan.uid),
        year=report.year if report else plan.year,
        title=report.title if report else plan.title,
        demo=Installation.objects.filter(kind="demo").exists(),
        agreement=rows[0].line.section.agreement.title if rows else "",
        plan=plan_facts(plan, say),
        sections=tuple(
            SectionFacts(
                str(grant.uid), grant.line.level, grant.line.title or grant.line.section.title, grant.amount,
                grant.made_up, grant.line.section.number, grant.line.section.tag,
            )
            for grant in rows
        ),
        bodies=tuple(
            BodyFacts(str(body.uid), body.name, body.kind, body.remit, body.parent.name if body.parent else "")
            for body in bodies_of(plan.county)
        ),
        directives=tuple(
            _directive(d, given, counted, syntheses.get(d.number), at, say, enclosed[d.number]) for d in directives
        ),
        efforts=_efforts(efforts, given),
        needs=_needs(plan, say),
    )  # fmt: skip


def _needs(plan: Plan, say: Callable[[str], str]) -> tuple[NeedFacts, ...]:
    """The year's needs, with the county's joint plan; another owner's plan tells of its own work."""
    if plan.owner is not None or plan.subject:
        return ()
    return tuple(
        NeedFacts(
            str(need.uid), need.title, say(need.text), need.state, say(need.origin),
            tuple(goal.in_full for goal in need.framework_goals.all()),
        )
        for need in needs_of(plan.county, plan.year)
    )  # fmt: skip


def _grants(plan: Plan) -> list[Grant]:
    """The year's grants that concern the plan's owner: all for the county jointly, its own level for a region or a
    municipality."""
    rows = list(grants_of(plan.county, plan.year))
    if plan.owner is None:
        return rows
    levels = {"region" if party.role == "region" else "municipalities" for party in plan.owner.parties.all()}
    return [grant for grant in rows if grant.line.level in levels]


def _efforts(requests: Iterable[ReportRequest], given: dict[int, Answered]) -> tuple[EffortFacts, ...]:
    """What was told about efforts that parties were asked for without a directive."""
    return tuple(
        EffortFacts(
            uid=str(request.uid), area_uid=str(request.area.uid) if request.area else "", number=request.number,
            title=request.title, party=request.party.name, state=request.state, made_up=request.made_up,
            questions=_questions([given[request.pk]]),
        )
        for request in requests
        if request.outcome == "reported"
    )  # fmt: skip


def _enclosed(plan: Plan) -> dict[int, tuple[FileFacts, ...]]:
    """The files of each directive by number, of every version of it."""
    versions = Directive.objects.filter(plan=plan).order_by("number", "version").values_list("uid", "number")
    kept = files_at([uid for uid, _number in versions])
    found: dict[int, tuple[FileFacts, ...]] = defaultdict(tuple)
    for uid, number in versions:
        found[number] += file_facts(kept.get(uid, ()))
    return found


def _directive(
    directive: Directive,
    given: dict[int, Answered],
    counted: frozenset[str],
    synthesis: Synthesis | None,
    at: datetime,
    say: Callable[[str], str],
    files: tuple[FileFacts, ...],
) -> DirectiveFacts:
    rows = {share.party_id: share for share in directive.shares.all() if share.request.state != "withdrawn"}
    shares = [rows[party.pk] for party in in_order(share.party for share in rows.values())]
    reports = [given[s.request_id] for s in shares if s.request.state in counted and s.request.outcome == "reported"]
    decision = directive.decision_point.decision if directive.decision_point else None
    return DirectiveFacts(
        uid=str(directive.uid),
        area_uid=str(directive.area.uid),
        files=files,
        number=directive.number,
        version=directive.version,
        title=directive.title,
        **{name: say(getattr(directive, name)) for name in TEXTS},
        decided_by=decision.body.name if decision else "",
        decided_on=decision.decided_on.isoformat() if decision else "",
        amount=sum(share.amount for share in shares),
        made_up=any(share.made_up for share in shares),
        synthesis_uid=str(synthesis.uid) if synthesis else "",
        synthesis=say(synthesis.text) if synthesis else "",
        shares=tuple(
            ShareFacts(
                uid=str(share.uid),
                request_uid=str(share.request.uid),
                party=share.party.name,
                amount=share.amount,
                used=used_money(given[share.request_id]) if share.request.state in counted else None,
                state=share.request.state,
                outcome=share.request.outcome,
                reason=share.request.reason if share.request.state in counted else "",
                late=is_late(share.request.last_day, _answered_at(share.request), at),
                counted=share.request.state in counted,
                made_up=share.made_up or share.request.made_up,
            )
            for share in shares
        ),
        questions=_questions(reports),
    )


def _answered_at(request: ReportRequest) -> datetime | None:
    """When the answer that stands was given; None while there is none (a returned or taken-back report is late
    again)."""
    return request.submitted_at if has_answered(request.state) else None


def used_money(report: Answered, *, reader: str = "public") -> int | None:
    """Kronor used according to a report's answer about costs, if the reader may see it."""
    costs = costs_in(report, reader=reader)
    return None if costs is None else sum(costs.values())


def _questions(reports: list[Answered]) -> tuple[QuestionFacts, ...]:
    """Questions that everybody may see, with the answers given in `reports`."""
    if not reports:
        return ()
    return tuple(
        QuestionFacts(
            code=question.code,
            kind=question.kind.value,
            text=question.text,
            unit=question.unit,
            adds_up=question.adds_up,
            options=tuple(OptionFacts(option.code, option.text) for option in question.options),
            answers=tuple(
                AnswerFacts(
                    report.uids[question.code], report.request.party.code, report.request.party.name,
                    report.values[question.code], report.request.state, report.request.made_up,
                )
                for report in reports
                if question.code in report.values
            ),
        )
        for question in reports[0].questions
        if may_see(question.audience, "public", own=False)
    )  # fmt: skip


def get_synthesis(report: YearReport, directive_uid: UUID) -> Synthesis | None:
    return Synthesis.objects.filter(report=report, directive__uid=directive_uid).select_related("directive").first()


def requests_not_answered(report: YearReport) -> list[ReportRequest]:
    """Who has not reported yet, in the order of the requests."""
    found = requests_of(report.county, report.year).filter(plan=report.plan)
    return list(found.filter(state__in=["open", "draft", "returned"]))


def templates_of(county: str) -> QuerySet[WordTemplate]:
    """The county's own Word templates, the newest first, without their files' content."""
    found = WordTemplate.objects.filter(county=county).select_related("owner", "file").defer("file__content")
    return found.order_by(F("owner__name").asc(nulls_first=True), "-uploaded_at", "-id")


def get_template_for(actor: Actor, uid: UUID, *, county: str) -> WordTemplate:
    """A Word template, for one who may compile the county's reports; 404 otherwise."""
    found = WordTemplate.objects.filter(uid=uid, county=county).select_related("owner", "file").first()
    if found is None or not may(actor, Permission.COMPILE_REPORT, county=county):
        raise Http404
    return found


def template_in_use(county: str, owner: Organisation | None) -> WordTemplate | None:
    """The template that an owner's documents are written into; None for ours."""
    used = WordTemplate.objects.filter(county=county, owner=owner, state="used")
    return used.select_related("file").first()
