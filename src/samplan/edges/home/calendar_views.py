"""A calendar to subscribe to: a secret address for each person, made and ended by that person."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from samplan.apps.letters.operations import end_calendar, make_calendar
from samplan.apps.letters.queries import account_of_calendar, calendar_of
from samplan.base.accounts.models import Account
from samplan.base.accounts.open import public
from samplan.base.kernel.limits import Limit
from samplan.base.kernel.pages import actor_of
from samplan.domain.calendar import calendar
from samplan.edges.home.calendar_dates import dates_for

GUESSES = Limit("calendars")


@never_cache
def subscription(request: HttpRequest) -> HttpResponse:
    """Make, renew or end one's own address. It is shown once, since only its hash is kept."""
    at, actor = timezone.now(), actor_of(request)
    account = Account.objects.get(pk=actor.account_id or 0)
    address = ""
    if request.method == "POST":
        if request.POST.get("action") == "end":
            end_calendar(by=actor, at=at, account=account)
        else:
            address = make_calendar(by=actor, at=at, account=account)
    context = {
        "address": address, "calendar": calendar_of(account), "number": len(dates_for(account, at=at)),
    }  # fmt: skip
    return render(request, "home/calendar.html", context)


@public
@sensitive_variables("code")
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The dates as a file that calendars fetch again and again. Every address that is not in force is gone alike."""
    at = timezone.now()
    found = None if GUESSES.reached(request) else account_of_calendar(code)
    if found is None:
        GUESSES.miss(request)
        return HttpResponse(status=410, content_type="text/plain; charset=utf-8")
    with translation.override(found.account.language):
        text = calendar(dates_for(found.account, at=at), name=f"Samplan, {found.account.name}", stamp=found.made_at)
    content = text.encode()
    tag = quote_etag(hashlib.sha256(content).hexdigest())
    response: HttpResponse = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="samplan.ics"'
    return response
