"""The help of the page that is open, read only where a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.domain.access import Permission, may
from samplan.edges.help.queries import help_for, known_language
from samplan.edges.help.texts import key_of


def page_help(request: HttpRequest) -> dict[str, Callable[[], dict[str, Any] | None]]:
    """`page_help`: title, text, the county's own words, a note to those who keep them, and links on. None for a
    stranger, and on a page that has no help."""

    def found() -> dict[str, Any] | None:
        match, user = request.resolver_match, getattr(request, "user", None)
        key = key_of(match.view_name) if match and user and user.is_authenticated else ""
        if not match or not key:
            return None
        actor = request.actor  # type: ignore[attr-defined]
        county, year = match.kwargs.get("county", ""), match.kwargs.get("year")
        county = county if county in actor.counties else ""
        help_ = help_for(key, county=county, language=known_language(get_language()))
        links, note = [], ""
        if county:
            links = [
                {"title": _("All hjälp"), "url": reverse("help:index", args=[county, year])},
                {"title": _("Handboken"), "url": reverse("help:guide", args=[county, year])},
            ]
            if may(actor, Permission.EDIT_HELP, county=county):
                links.append(
                    {"title": _("Skriv länets egen hjälp"), "url": reverse("help:page", args=[county, year, key])}
                )
                note = _("Samplans egen text har ändrats sedan ni skrev er.") if help_.changed else ""
        return {"title": help_.title, "text": help_.text, "own": help_.own, "note": note, "links": links}

    return {"page_help": found}
