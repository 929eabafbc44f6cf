"""One field of an activity changed where it stands. With scripts the form opens in its cell; without them on a page of
its own, and back to the same place."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.plans.cells import CELLS, Pen, anchor, field_words
from samplan.apps.plans.forms import ActivityForm, WhenForm
from samplan.apps.plans.models import Activity
from samplan.apps.plans.moments import when_words
from samplan.apps.plans.operations.activities import When, edit_activity, edit_times, times_mark
from samplan.apps.plans.queries import get_activity_for
from samplan.apps.plans.views import bases, edited_rows
from samplan.apps.plans.writing import let_waive, numbers_in, warn_of_missing
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import DomainError

PART = "cell"
"""What the script asks for: only the form, or only the cell."""


@once
def cell(request: HttpRequest, county: str, year: int, uid: UUID, field: str) -> HttpResponse:
    """A small form for one field; `?till=` is the page that one comes back to, `?visa=ja` the cell as it stands."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, Permission.MANAGE_PLAN, county=county).demand()
    if field not in CELLS:
        raise Http404
    back = _back(request, found, county, year)
    if request.method != "POST" and request.GET.get("visa"):
        pen = Pen(county, year, back=back, edits=True, figures=CountyFigures(county, year))
        return HttpResponse(pen.cell(found, field))
    write = _write_when if field == "when" else _write_text
    saved, context = write(request, actor, at, found, field)
    in_place = request.headers.get("X-Part") == PART
    if saved:
        if in_place:
            return redirect(f"{request.path}?visa=ja&till={quote(back)}")
        messages.success(request, _("Sparat."))
        return redirect(f"{back}#{anchor(found, field)}")
    context |= {
        "county": county, "year": year, "activity": found, "field": field, "words": field_words(field), "till": back,
        "back": f"{back}#{anchor(found, field)}", "short": field in {"title", "phase", "when"},
    }  # fmt: skip
    return render(request, "plans/_cell_form.html" if in_place else "plans/cell.html", context)


def _back(request: HttpRequest, found: Activity, county: str, year: int) -> str:
    """The page that the cell stands on: an address of this site, else the activity's own page."""
    till = request.POST.get("till") or request.GET.get("till", "")
    if till.startswith("/") and len(till) < 1000 and url_has_allowed_host_and_scheme(till, allowed_hosts=None):
        return till
    return reverse("plans:activity", args=[county, year, found.uid])


def _write_text(
    request: HttpRequest, actor: Actor, at: datetime, found: Activity, field: str
) -> tuple[bool, dict[str, Any]]:
    """Title, phase or a text. Whether it was saved, and else what the form is to show."""
    now = {field: getattr(found, field)}
    auto = f"{field}-{found.uid}-%s"
    form = ActivityForm(request.POST if request.method == "POST" else None, initial=now, auto_id=auto)
    for name in set(form.fields) - {field}:
        del form.fields[name]
    theirs: dict[str, str] = {}
    let_waive(request, form, by=actor, at=at, plan=found.plan)
    if request.method == "POST" and form.is_valid():
        base = bases(request, now)
        try:
            theirs = edit_activity(by=actor, at=at, activity=found, typed=form.cleaned_data, base=base)
        except DomainError as error:
            tell(error, form)
        else:
            if not theirs:
                warn_of_missing(request, form, found.county, found.plan.year)
                return True, {}
            now |= theirs
    rows = edited_rows(form, request, now, theirs)
    return False, {"form": form, "rows": rows, "conflicts": len(theirs), **numbers_in(request, found.plan, form)}


def _write_when(
    request: HttpRequest, actor: Actor, at: datetime, found: Activity, _field: str
) -> tuple[bool, dict[str, Any]]:
    """From, to and how exactly, as `_write_text` does."""
    now = {name: getattr(found, name) for name in WhenForm.base_fields}
    form = WhenForm(request.POST if request.method == "POST" else None, initial=now, auto_id=f"when-{found.uid}-%s")
    there = When(found.starts_on, found.ends_on, found.precision)
    base, theirs = request.POST.get("base-when") or times_mark(there), None
    if request.method == "POST" and form.is_valid():
        try:
            theirs = edit_times(by=actor, at=at, activity=found, when=When(**form.cleaned_data), base=base)
        except DomainError as error:
            tell(error, form)
        else:
            if theirs is None:
                return True, {}
            base = times_mark(theirs)
    words = ""
    if theirs is not None:
        start, end = (on.isoformat() if on else "" for on in (theirs.starts_on, theirs.ends_on))
        words = when_words(start, end, theirs.precision) or _("Ingen tid")
    return False, {"form": form, "when": True, "base_when": base, "theirs": words, "conflicts": int(bool(words))}
