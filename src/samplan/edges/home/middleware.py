"""What a person sees when an operation says no and the view had no better place for the reason, and in a room that
begins with the year's plan before there is one."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.plans.models import Plan
from samplan.apps.plans.queries import joint_plan
from samplan.base.kernel.problems import say
from samplan.base.kernel.typed import texts
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError

WITH_A_PLAN = ("directives:list", "questionnaires:board", "reports:report")
"""The first pages of the rooms that belong to the year's plan."""


class RefusedMiddleware:
    """A missing permission is 403; a rule that says no is a page with the reason (409) that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Http404):
            return _before_the_plan(request)
        if not isinstance(error, DomainError):
            return None
        if error.code == "forbidden":
            raise PermissionDenied
        context = {"reason": say(error), "typed": texts(request.POST)}
        return render(request, "home/refused.html", context, status=409)


def _before_the_plan(request: HttpRequest) -> HttpResponse | None:
    """Where such a room will be, for one who reads the county; None where something else is not there."""
    match = request.resolver_match
    if match is None or match.view_name not in WITH_A_PLAN or request.method != "GET":
        return None
    county, year, actor = match.kwargs["county"], match.kwargs["year"], request.actor  # type: ignore[attr-defined]
    if not may(actor, Permission.READ_COUNTY, county=county) or joint_plan(county, year) is not None:
        return None
    room = dict(zip(WITH_A_PLAN, (_("Direktiv"), _("Återrapporter"), _("Årsrapport")), strict=True))[match.view_name]
    newest = Plan.objects.filter(county=county, owner=None).order_by("-year").values_list("year", flat=True).first()
    others = [{"title": f"{room} {newest}", "url": reverse(match.view_name, args=[county, newest])}] if newest else []
    may_plan = bool(may(actor, Permission.MANAGE_PLAN, county=county))
    return render(request, "home/no_plan.html", {"room": room, "others": others, "may_plan": may_plan})
