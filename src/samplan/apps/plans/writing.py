"""What the pages where a plan's texts are written share: the values they quote, and how the texts will look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samplan.apps.indicators.quoting import CountyFigures
from samplan.domain.indicators import Quote, quotes


def saves(request: HttpRequest, form: forms.Form) -> bool:
    """Whether what was typed is right and is to be saved: not when it is only to be shown as it will look."""
    return request.method == "POST" and form.is_valid() and request.POST.get("action") != "preview"


def _typed(form: forms.Form) -> list[tuple[Any, str]]:
    """The running texts of a form as they stand in its fields, each with its label."""
    found = []
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, forms.Textarea) and isinstance(value, str) and value.strip():
            found.append((bound.label, value))
    return found


def _quoted(form: forms.Form) -> list[Quote]:
    return list(dict.fromkeys(quote for _label, text in _typed(form) for quote in quotes(text)))


def writing(request: HttpRequest, form: forms.Form, county: str, year: int) -> dict[str, Any]:
    """For a page's context: what its texts quote, what there is to quote, and the texts as they will look when that
    was asked for."""
    figures = CountyFigures(county, year)
    newest: dict[str, Any] = {}
    for one in figures.there.values():
        if one.row is None:
            newest.setdefault(
                one.quote.code, {"quote": one.quote, "title": one.indicator.title, "found": figures(one.quote)}
            )
    return {
        "figures": figures,
        "quoted": [{"quote": quote, "found": figures(quote)} for quote in _quoted(form)],
        "quotable": list(newest.values()),
        "preview": _typed(form) if request.POST.get("action") == "preview" else None,
    }  # fmt: skip


def warn_of_missing(request: HttpRequest, form: forms.Form, county: str, year: int) -> None:
    """A text that quotes a value that is not there is saved all the same, and that is said."""
    asked = _quoted(form)
    figures = CountyFigures(county, year)
    missing = [str(quote) for quote in asked if figures(quote) is None]
    if missing:
        words = _("Texten citerar värden som inte finns: %(names)s. De står som saknade tills de är införda.")
        messages.warning(request, words % {"names": ", ".join(missing)})
