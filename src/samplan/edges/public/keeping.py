"""Open pages are kept whole: a page that is made of frozen versions is the same for every stranger who asks for it in
the same language, so it is made once and sent again, and not even sent to one who has it (ETag)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language
from django.views.decorators.http import condition

from samplan import __version__
from samplan.apps.yearreports.models import ReportVersion
from samplan.base.kernel.models import Installation

View = Callable[..., HttpResponse]
Mark = Callable[..., str | None]
TOKEN = re.compile(r"""(?<=name="csrfmiddlewaretoken" value=")\w+""")
PLACE = "\N{REPLACEMENT CHARACTER}token\N{REPLACEMENT CHARACTER}"
"""Stands in a kept page where each reader's own token against forged forms goes."""
MOST_BYTES = 2_000_000
HOURS = 6 * 60 * 60


def mark_of(request: HttpRequest, versions: Iterable[ReportVersion], also: str = "") -> str | None:
    """What tells a page made of these versions, and of what `also` says, from every other; None for one who is signed
    in, whose page is own."""
    if request.user.is_authenticated:
        return None
    demo = Installation.objects.filter(kind="demo").exists()
    made_of = "-".join([str(demo), *(f"{one.pk}.{one.document_sha256}" for one in versions), also])
    return f'"{sha256(made_of.encode()).hexdigest()[:24]}-{get_language()}-{__version__}"'


def kept(mark: Mark) -> Callable[[View], View]:
    """A page that is told from others by `mark(request, …)`: answered with 304 to one who has it, out of memory to
    another, and made for the first one and for whoever is signed in."""

    def keeping(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
            told = request.kept_mark  # type: ignore[attr-defined]
            if request.method != "GET" or request.META.get("QUERY_STRING") or told is None:
                return view(request, *args, **rest)
            made_of = f"{told} {request.scheme} {request.get_host()} {request.path}"
            key = f"open-page:{sha256(made_of.encode()).hexdigest()}"
            there = cache.get(key)
            if there is not None:
                body, kind = there
                return HttpResponse(body.replace(PLACE, get_token(request)), content_type=kind)
            response = view(request, *args, **rest)
            if response.status_code == 200 and len(response.content) < MOST_BYTES:
                body = TOKEN.sub(PLACE, response.content.decode())
                cache.set(key, (body, response.headers["Content-Type"]), HOURS)
            return response

        def marked(request: HttpRequest, *args: Any, **rest: Any) -> str | None:
            told = mark(request, *args, **rest)
            request.kept_mark = told  # type: ignore[attr-defined]
            return told

        return condition(etag_func=marked)(page)  # type: ignore[no-any-return]

    return keeping
