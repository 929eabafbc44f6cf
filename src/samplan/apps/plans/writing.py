"""What the pages where a plan's texts are written share: the values they quote, how the texts will look, and numbers in
them that are no personal numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.plans.models import Plan
from samplan.apps.plans.operations.writing import waive_number, waived_in
from samplan.base.kernel.pages import tell
from samplan.base.ui.fields import LongText, RowForm
from samplan.domain.access import Actor
from samplan.domain.errors import DomainError
from samplan.domain.freetext import unwaived
from samplan.domain.indicators import Quote, quotes


def let_waive(request: HttpRequest, *typed: forms.Form, by: Actor, at: datetime, plan: Plan | None) -> None:
    """Let the forms' texts hold numbers that somebody has said are no personal numbers, in this plan. Does what a press
    on "this is no personal number" asks for; what is wrong with that is told on the first form. The texts are then
    saved as by any other press."""
    if plan is None:
        return
    waived = waived_in(plan)
    for form in typed:
        for one in (form, *form.fields.values()):
            if isinstance(one, LongText | RowForm):
                one.waived = waived
    action = request.POST.get("action", "")
    if request.method == "POST" and action.startswith("waive:"):
        number, reason = action.removeprefix("waive:"), request.POST.get("waive-reason", "")
        try:
            waive_number(by=by, at=at, plan=plan, number=number, reason=reason)
        except DomainError as error:
            tell(error, *typed)


def numbers_in(request: HttpRequest, plan: Plan | None, *typed: forms.Form) -> dict[str, Any]:
    """For a page's context: what looks like a personal number in what was typed and nobody has waived."""
    found: dict[str, None] = {}
    for form in typed:
        for bound in form if form.is_bound and plan is not None else ():
            value = bound.value()
            found |= dict.fromkeys(unwaived(value, waived_in(plan)) if isinstance(value, str) else ())
    return {"numbers": list(found), "waive_reason": request.POST.get("waive-reason", "")}


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


def writing(request: HttpRequest, form: forms.Form, county: str, year: int, *, plan: Plan | None) -> dict[str, Any]:
    """For a page's context: what its texts quote, what there is to quote, the texts as they will look when that was
    asked for, and what in them looks like a personal number."""
    figures = CountyFigures(county, year)
    newest: dict[str, Any] = {}
    for one in figures.there.values():
        if one.row is None:
            newest.setdefault(
                one.quote.code, {"quote": one.quote, "title": one.indicator.title, "found": figures(one.quote)}
            )
    return {
        "figures": figures, **numbers_in(request, plan, form),
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
