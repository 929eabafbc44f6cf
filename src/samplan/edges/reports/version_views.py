"""Versions of the report: approve, read, publish, download; and previews of what is not approved yet."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.apps.bodies.queries import points_open_for
from samplan.apps.yearreports.models import YearReport
from samplan.apps.yearreports.operations import Compiled, approve_report, publish_report
from samplan.apps.yearreports.queries import get_report_for, get_version_for, requests_not_answered
from samplan.apps.yearreports.submissions import submitted_of
from samplan.base.audit.trace import events_about
from samplan.base.files.store import as_download, downloaded
from samplan.base.jobs.operations import ask
from samplan.base.kernel.once import once
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError, Refused
from samplan.domain.facts import from_data, thaw
from samplan.domain.yearfacts import YearFacts
from samplan.edges.reports.compile import FORMATS, Report, compile_report, document_of, freeze, write
from samplan.edges.reports.forms import ApproveForm
from samplan.edges.reports.packing import REPORT
from samplan.edges.reports.views import actor_of
from samplan.edges.reports.writers.slides import Cover, can_be_made
from samplan.edges.reports.writers.slides import write as write_slides

P = Permission


def approve(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Freeze the report as a body has approved it: accepted reports only.

    The files are written before the database is held, so that others can go on writing meanwhile.
    """
    at, actor = timezone.now(), actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    may(actor, P.DECIDE, county=county).demand()
    compiled = compile_report(found, at=at, preview=False)
    form = ApproveForm(request.POST if request.method == "POST" else None, points=points_open_for(county, "report"))
    if request.method == "POST" and form.is_valid():
        return _freeze(request, found, form, compiled, at=at, made=freeze(found, compiled))
    return _approve_page(request, found, form, compiled)


@once
def _freeze(
    request: HttpRequest, found: YearReport, form: ApproveForm, compiled: Report, *, at: datetime, made: Compiled
) -> HttpResponse:
    point = form.cleaned_data["decision_point"]
    try:
        if compile_report(found, at=at, preview=False).document != compiled.document:
            raise Refused("changed_meanwhile")
        version = approve_report(by=actor_of(request), at=at, report=found, decision_point=point, compiled=made)
    except DomainError as error:
        if error.code == "forbidden":
            raise
        form.add_error(None, say(error))
        return _approve_page(request, found, form, compiled)
    messages.success(request, _("Rapporten är godkänd och fryst. Den är inte publicerad än."))
    return redirect("reports:version", found.county, found.year, version.number)


def _approve_page(request: HttpRequest, found: YearReport, form: ApproveForm, compiled: Report) -> HttpResponse:
    shares = [share for one in compiled.facts.directives for share in one.shares]
    context = {
        "report": found, "form": form, "compiled": compiled, "asked": len(shares),
        "accepted": sum(share.counted for share in shares), "missing": len(requests_not_answered(found)),
        "points": form.fields["decision_point"].queryset.exists(),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "reports/approve.html", context)


def version(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """A frozen version: its decision, its files, and the way to publish it."""
    actor = actor_of(request)
    found = get_version_for(actor, county=county, year=year, number=number)
    context = {
        "version": found, "decision": found.decision_point.decision,
        "files": found.files.defer("content").order_by("name"), "submitted": submitted_of(found),
        "slides": can_be_made(),
        "may_publish": found.state == "approved" and bool(may(actor, P.PUBLISH, county=county)),
        "events": events_about(found.uid)[:50] if may(actor, P.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "reports/version.html", context)


@require_POST
@once
def publish(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    found = get_version_for(actor_of(request), county=county, year=year, number=number)
    publish_report(by=actor_of(request), at=timezone.now(), version=found)
    messages.success(request, _("Rapporten är publicerad. Alla kan läsa den."))
    return redirect("reports:version", county, year, number)


def file(request: HttpRequest, county: str, year: int, number: int, name: str) -> HttpResponse:
    """One of a frozen version's files, byte for byte as it was approved."""
    found = get_version_for(actor_of(request), county=county, year=year, number=number)
    return as_download(get_object_or_404(found.files, name=name))


def slides(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    """A short presentation of a frozen version for the political body, made of what was frozen."""
    found = get_version_for(actor_of(request), county=county, year=year, number=number)
    if not can_be_made():
        raise Http404
    decision = found.decision_point.decision
    facts = from_data(YearFacts, thaw(found.facts, found.facts_sha256))
    approved = _("Godkänd av %(body)s den %(day)s") % {"body": decision.body.name, "day": day(decision.decided_on)}
    cover = Cover(facts.county_name, approved, _("version %(number)s") % {"number": number})
    name = _("%(county)s-%(year)s-bildspel") % {"county": county, "year": year}
    return downloaded(write_slides(facts, document_of(found), cover), f"{name}.pptx")


def preview(request: HttpRequest, county: str, year: int, fmt: str) -> HttpResponse:
    """The report as it would look today, as a file that says that it is not approved."""
    found = get_report_for(actor_of(request), county=county, year=year)
    if fmt not in FORMATS:
        raise Http404
    compiled = compile_report(found, at=timezone.now(), preview=True)
    name = _("%(county)s-%(year)s-förhandsvisning") % {"county": county, "year": year}
    content = write(compiled.document, fmt, county=county, owner=found.plan.owner)
    return downloaded(content, f"{name}.{fmt}")


@require_POST
@once
def pack(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Have the report as it would look today made in every format, in one file, by the worker."""
    actor = actor_of(request)
    found = get_report_for(actor, county=county, year=year)
    job = ask(
        by=actor, at=timezone.now(), county=county, year=year, kind=REPORT.code,
        arguments={"report": str(found.uid)}, language=get_language() or "sv",
    )  # fmt: skip
    return redirect("jobs:job", county, year, job.uid)
