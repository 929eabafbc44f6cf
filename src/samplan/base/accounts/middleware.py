"""Closed by default, and nothing typed is lost: who is signed out while writing gets the text back after signing in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from samplan.base.kernel.typed import fields, texts


class SignInFirst(LoginRequiredMiddleware):
    """A stranger is sent to the sign-in page; one who posts a form gets its texts and a sign-in form (403).

    The texts travel in that page only. Nothing is stored, and nothing is carried out until the person sends it again.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]) -> Any:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return render(request, "registration/signed_out.html", signed_out(request), status=403)


def signed_out(request: HttpRequest) -> dict[str, Any]:
    """Context of the page on which one signs in again with a form's fields at hand."""
    return {
        "form": AuthenticationForm(request),
        "next": request.get_full_path(),
        "carried": json.dumps(fields(request.POST), ensure_ascii=False),
        "typed": texts(request.POST),
    }


def carried(text: str) -> list[tuple[str, str]]:
    """The fields that a sign-in form brought along; empty for anything that is not such a list."""
    try:
        read = json.loads(text or "[]")
    except ValueError:
        return []
    if not isinstance(read, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in read
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
    ]
