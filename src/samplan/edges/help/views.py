"""Help: every text in one place, a county's own words on each, and the guide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.domain.access import Actor, Permission, may
from samplan.domain.comparing import marked
from samplan.domain.errors import DomainError
from samplan.edges.help.forms import HelpForm
from samplan.edges.help.guide import chapter_named, chapters
from samplan.edges.help.operations import keep_help, write_help
from samplan.edges.help.queries import Help, all_help, help_for, known_language
from samplan.edges.help.texts import is_page


def _reads(actor: Actor, county: str) -> None:
    """Everybody with a role in the county. Raises Http404."""
    if county not in actor.counties:
        raise Http404


def index(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every help text, room by room in the order of the year."""
    actor = actor_of(request)
    _reads(actor, county)
    rooms: dict[str, list[Help]] = {}
    for one in all_help(county, known_language(get_language())):
        rooms.setdefault(one.ours.page.split(":")[0], []).append(one)
    edits = bool(may(actor, Permission.EDIT_HELP, county=county))
    changed = [one for those in rooms.values() for one in those if one.changed] if edits else []
    context = {"rooms": list(rooms.values()), "may_edit": edits, "changed": changed, "chapters": chapters()}
    return render(request, "help/index.html", context)


@once
def page(request: HttpRequest, county: str, year: int, page: str) -> HttpResponse:
    """The county's own words on one page's help, beside ours."""
    at, actor, language = timezone.now(), actor_of(request), known_language(get_language())
    _reads(actor, county)
    may(actor, Permission.EDIT_HELP, county=county).demand()
    if not is_page(page):
        raise Http404
    found = help_for(page, county=county, language=language)
    initial = {"text": found.own, "kind": found.row.kind if found.row else "addition"}
    saving = request.method == "POST" and request.POST.get("action") != "keep"
    form = HelpForm(request.POST if saving else None, initial=initial)
    if request.method == "POST" and not saving:
        if found.row is not None:
            keep_help(by=actor, at=at, row=found.row)
        messages.success(request, _("Er text står kvar som den är."))
        return redirect("help:page", county, year, page)
    if saving and form.is_valid():
        try:
            row = write_help(by=actor, at=at, county=county, page=page, language=language, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat.") if row else _("Er text är borttagen. Samplans egen står kvar."))
            return redirect("help:page", county, year, page)
    row = found.row
    then, now = marked(row.ours_then, found.ours.text) if row is not None and found.changed else ((), ())
    context: dict[str, Any] = {
        "found": found, "form": form, "then": then, "now": now, "editing": True,
        "events": events_about(row.uid)[:20]
        if row is not None and may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "help/page.html", context)


def guide(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The chapters of the guide."""
    _reads(actor_of(request), county)
    return render(request, "help/guide.html", {"chapters": chapters()})


def chapter(request: HttpRequest, county: str, year: int, slug: str) -> HttpResponse:
    """One chapter, with those before and after it."""
    _reads(actor_of(request), county)
    found = chapter_named(slug)
    if found is None:
        raise Http404
    listed = chapters()
    at = listed.index(found)
    context = {"chapter": found, "before": listed[at - 1] if at else None, "after": [*listed, None][at + 1]}
    return render(request, "help/chapter.html", context)
