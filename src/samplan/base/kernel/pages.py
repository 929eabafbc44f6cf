"""What the rooms' views share: who asks, what is hidden from them, and where a refusal is said."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import BaseForm
from django.http import Http404, HttpRequest

from samplan.base.kernel.problems import say
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import DomainError, Invalid


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def see(actor: Actor, county: str, permission: Permission = Permission.READ_COUNTY) -> None:
    """What an actor may not see does not exist for them. Raises Http404."""
    if not may(actor, permission, county=county):
        raise Http404


def tell(error: DomainError, *forms: BaseForm, names: Mapping[str, str] | None = None) -> None:
    """Put an operation's refusal at the field it is about, or on top of the first form. A missing permission goes on
    up. `names`: what a row that the refusal names by its code is called."""
    if error.code == "forbidden":
        raise error
    if "row" in error.params:
        error.params["row"] = (names or {}).get(error.params["row"], error.params["row"])
    field = error.field if isinstance(error, Invalid) else ""
    for form in forms:
        if field in form.fields:
            form.add_error(field, say(error))
            return
    forms[0].add_error(None, say(error))
