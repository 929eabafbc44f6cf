"""Reads about a report's way to its receivers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.agreements.queries import agreements_of
from samplan.apps.yearreports.models import ReportVersion, Submission, SubmittedFile, YearReport
from samplan.apps.yearreports.operations.submissions import MAY_BE_SENT
from samplan.domain.access import Actor, Permission, may


def submissions_of(report: YearReport) -> QuerySet[Submission]:
    """Every submission of the report, in the order they came, with version and files but without their content."""
    files = Prefetch("enclosed", SubmittedFile.objects.select_related("file").defer("file__content"))
    found = Submission.objects.filter(report=report).select_related("version", "report", "supersedes")
    return found.defer("version__facts", "version__document").prefetch_related(files).order_by("id")


def get_submission_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Submission:
    """A submission of the county's year, for one who may read the county; 404 otherwise."""
    found = Submission.objects.filter(uid=uid, county=county, report__year=year).select_related("report").first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return submissions_of(found.report).get(pk=found.pk)


def version_to_send(report: YearReport) -> ReportVersion | None:
    """The version that counts: the newest that no other has taken the place of."""
    found = ReportVersion.objects.filter(report=report, state__in=MAY_BE_SENT)
    return found.defer("facts", "document").order_by("-number").first()


def agreed_last_day(year: int) -> date | None:
    """The first day by which the year's agreements want the report."""
    days = [one.report_by for one in agreements_of(year) if one.report_by]
    return min(days, default=None)


def submitted_of(version: ReportVersion) -> QuerySet[Submission]:
    """Who has been sent this very version, and when; for everybody to read."""
    return Submission.objects.filter(version=version, state__in=["sent", "receipted"]).order_by("sent_on", "id")
