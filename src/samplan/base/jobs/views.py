"""How far something has come that a worker makes; it can be left and come back to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samplan.base.files.store import as_download
from samplan.base.jobs.kinds import kind_called
from samplan.base.jobs.operations import KEPT, UNFINISHED, remove
from samplan.base.jobs.queries import get_job_for, jobs_of
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of
from samplan.base.kernel.problems import say
from samplan.domain.errors import DomainError


def jobs(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What the reader has asked for."""
    actor = actor_of(request)
    if county not in actor.counties:
        raise Http404
    rows = [(row, kind_called(row.kind).title) for row in jobs_of(actor, county=county, year=year)]
    return render(request, "jobs/list.html", {"county": county, "year": year, "rows": rows, "days": KEPT.days})


def job(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One job: its finished parts of those known, or its file."""
    found = get_job_for(actor_of(request), uid, county=county, year=year)
    context = {
        "county": county, "year": year, "job": found, "title": kind_called(found.kind).title,
        "running": found.state in UNFINISHED, "days": KEPT.days,
    }  # fmt: skip
    return render(request, "jobs/job.html", context)


def fetch(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """What was made."""
    found = get_job_for(actor_of(request), uid, county=county, year=year)
    if found.file is None:
        raise Http404
    return as_download(found.file)


@once
@require_POST
def take_away(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Do without it after all."""
    actor = actor_of(request)
    try:
        remove(by=actor, at=timezone.now(), job=get_job_for(actor, uid, county=county, year=year))
    except DomainError as error:
        messages.error(request, say(error))
        return redirect("jobs:job", county, year, uid)
    messages.success(request, _("Borttaget."))
    return redirect("jobs:list", county, year)
