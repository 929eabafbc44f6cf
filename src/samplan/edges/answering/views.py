"""The report's pages for people who sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samplan.apps.directives.queries import share_of
from samplan.apps.questionnaires.queries import get_request_for
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of
from samplan.edges.answering import pages
from samplan.edges.answering.acting import with_account


@once
def report(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    actor = actor_of(request)
    asked = get_request_for(actor, county=county, year=year, number=number)
    share = share_of(asked)
    return pages.report(request, with_account(actor, asked, share), asked, share, at=timezone.now())
