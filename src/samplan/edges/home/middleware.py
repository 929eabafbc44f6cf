"""What a person sees when an operation says no and the view had no better place for the reason."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samplan.base.kernel.problems import say
from samplan.base.kernel.typed import texts
from samplan.domain.errors import DomainError


class RefusedMiddleware:
    """A missing permission is 403; a rule that says no is a page with the reason (409) that keeps what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if error.code == "forbidden":
            raise PermissionDenied
        context = {"reason": say(error), "typed": texts(request.POST)}
        return render(request, "home/refused.html", context, status=409)
