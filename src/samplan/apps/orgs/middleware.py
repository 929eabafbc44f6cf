"""Every request knows its actor."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from samplan.apps.orgs.queries import actor_for
from samplan.domain.access import STRANGER


class ActorMiddleware:
    """Sets `request.actor`: the signed-in account with the roles it holds today, or the stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def actor() -> object:
            return actor_for(request.user, at=timezone.now()) if request.user.is_authenticated else STRANGER

        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        return self.get_response(request)
