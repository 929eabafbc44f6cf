"""Two presses on one button are one write."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from samplan.base.kernel.models import OnceKey

View = Callable[..., HttpResponse]


def new_key() -> str:
    """A fresh key for a form's hidden field."""
    return secrets.token_urlsafe(16)


def once(view: View) -> View:
    """Run a form's view at most once per key.

    The key is spent in the same transaction as the write: a second press waits for the first and is sent to where
    that one led.
    A form that came back with errors wrote nothing, and its key can be used again.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        key = request.POST.get("once_key", "")[:64]
        if request.method != "POST" or not key:
            return view(request, *args, **options)
        account_id = request.user.pk or 0
        with transaction.atomic():
            try:
                with transaction.atomic():
                    spent = OnceKey.objects.create(account_id=account_id, key=key, at=timezone.now())
            except IntegrityError:
                return HttpResponseRedirect(OnceKey.objects.get(account_id=account_id, key=key).location)
            response = view(request, *args, **options)
            if isinstance(response, HttpResponseRedirect):
                spent.location = response.url
                spent.save(update_fields=["location"])
            else:
                spent.delete()
            return response

    return wrapped


def once_key(_request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Template context: `{{ once_key }}` is a new key for each page."""
    return {"once_key": new_key}
