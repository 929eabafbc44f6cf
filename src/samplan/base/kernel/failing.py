"""When a form could not be carried out at all: the page says so, and gives back what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from samplan.base.kernel.typed import texts


def _typed(request: HttpRequest) -> dict[str, Any]:
    try:
        return {"typed": texts(request.POST)}
    except Exception:  # the request itself could not be read
        return {"typed": []}


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role does not reach (403)."""
    return render(request, "403.html", _typed(request), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key was too old, or came from elsewhere (403). Nothing is sent on from this page."""
    return render(request, "403_csrf.html", _typed(request), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something is wrong here (500). The page asks nothing of the database."""
    return HttpResponse(render_to_string("500.html", _typed(request)), status=500)
