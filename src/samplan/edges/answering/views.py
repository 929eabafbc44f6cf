"""The report's pages for people who sign in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.directives.queries import share_of
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.queries import get_part_for, get_request_for
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of
from samplan.edges.answering import form, handing, previewing
from samplan.edges.answering.acting import Acting, with_account, with_part

Whole = tuple[Acting, ReportRequest, DirectiveShare | None]


def _whole(request: HttpRequest, county: str, year: int, number: int) -> Whole:
    actor = actor_of(request)
    asked = get_request_for(actor, county=county, year=year, number=number)
    share = share_of(asked)
    return with_account(actor, _person(request), asked, share), asked, share


def _part(request: HttpRequest, county: str, year: int, number: int, uid: UUID) -> Whole:
    actor = actor_of(request)
    found = get_part_for(actor, county=county, year=year, number=number, uid=uid)
    return with_part(actor, _person(request), found), found.request, share_of(found.request)


def _person(request: HttpRequest) -> str:
    return str(request.user.uid)  # type: ignore[union-attr]


@once
def report(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    return form.report(request, *_whole(request, county, year, number), at=timezone.now())


@require_POST
def save(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    return form.save(request, *_whole(request, county, year, number), at=timezone.now())


@once
def hand(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    acting, asked, _share = _whole(request, county, year, number)
    return handing.hand(request, acting, asked, at=timezone.now())


def preview(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    return previewing.preview(request, *_whole(request, county, year, number))


def paper(request: HttpRequest, county: str, year: int, number: int) -> HttpResponse:
    return previewing.paper(*_whole(request, county, year, number), at=timezone.now())


@once
def part(request: HttpRequest, county: str, year: int, number: int, uid: UUID) -> HttpResponse:
    return form.report(request, *_part(request, county, year, number, uid), at=timezone.now())


@require_POST
def save_part(request: HttpRequest, county: str, year: int, number: int, uid: UUID) -> HttpResponse:
    return form.save(request, *_part(request, county, year, number, uid), at=timezone.now())
