"""The plan: its chapters, areas and money at a glance."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.queries import sections_of
from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.orgs.queries import county_named, in_order, municipalities_in
from samplan.apps.plans.cells import when_of
from samplan.apps.plans.charts import drawn_lines, money_by_area
from samplan.apps.plans.forms import AreaForm, PlanForm, TextForm
from samplan.apps.plans.labels import KINDS, LINE_KINDS, PHASES, TEXT_KINDS
from samplan.apps.plans.listing import Listing, lacks, listing
from samplan.apps.plans.models import Activity, Plan
from samplan.apps.plans.operations.plans import (
    add_area,
    chapter_of,
    create_plan,
    edit_plan_text,
    write_plan_text,
)
from samplan.apps.plans.queries import areas_of, budget_of, get_plan_for, joint_plan
from samplan.apps.plans.ways import Seen
from samplan.apps.plans.writing import let_waive, numbers_in, saves, warn_of_missing, writing
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.templatetags.samplan import number
from samplan.domain.access import Permission, may
from samplan.domain.editing import text_hash
from samplan.domain.errors import DomainError

M = Permission.MANAGE_PLAN


@once
def plan(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The joint plan of the year; where there is none it is made here."""
    actor = actor_of(request)
    see(actor, county)
    found = joint_plan(county, year)
    if found is None:
        return _create(request, county, year)
    manages = bool(may(actor, M, county=county))
    everywhere, figures = municipalities_in(county), CountyFigures(county, year)
    seen = Seen(request, county, year, edits=manages, figures=figures)
    listed = listing(found, list(areas_of(found)), seen.asked, unsaid=_("Inte sagt"), along=seen.along)
    areas = [
        {
            "area": part.area, "tag": (part.area.number - 1) % 4 + 1, "found": part.found, "every": part.every,
            "rows": [activity_row(one, everywhere, seen) for one in part.activities],
            "address": listed.asked.address(area=part.area.uid, page=1),
        }
        for part in listed.parts
        if part.found or not listed.asked.narrows
    ]  # fmt: skip
    written = {text.kind: text for text in found.texts.all()}
    lines = list(budget_of(found))
    context = {
        "county": county, "year": year, "plan": found, "areas": areas, "listing": listed,
        "lead": _lead(listed), "by_area": money_by_area(drawn_lines(lines)),
        **seen.context(listed), "figures": figures, "may_manage": manages,
        "chapters": [{"kind": kind, "words": words, "text": written.get(kind)} for kind, words in TEXT_KINDS.items()],
        "lines": [{"line": line, "kind": LINE_KINDS.get(line.kind, line.kind)} for line in lines],
        "total": sum(line.amount for line in lines),
        "events": events_about(found.uid, *(text.uid for text in written.values()))[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "plans/plan.html", context)


def activity_row(activity: Activity, everywhere: int, seen: Seen | None = None) -> dict[str, Any]:
    """An activity as it stands in a list: what and where it is, and which of the five facts it misses.

    `everywhere`: how many municipalities the county has; `seen` gives it the cells of a way of seeing.
    """
    places = [party.name for party in in_order(activity.municipalities.all())]
    return {
        "activity": activity, "kind": KINDS.get(activity.kind, activity.kind),
        "phase": PHASES.get(activity.phase, activity.phase), "missing": lacks(activity),
        "where": _("Alla kommuner") if len(places) >= everywhere > 1 else ", ".join(places),
        "when": when_of(activity), "cells": seen.cells(activity) if seen else {},
    }  # fmt: skip


def _lead(listed: Listing) -> str:
    if not listed.areas:
        return _("Planen har inga områden än.")
    words = _("%(areas)s och %(rows)s.") % {
        "areas": ngettext("Ett område", "%(n)s områden", len(listed.areas)) % {"n": len(listed.areas)},
        "rows": ngettext("en insats", "%(n)s insatser", listed.every) % {"n": number(listed.every)},
    }  # fmt: skip
    if not listed.every:
        return words
    if not listed.lacking:
        return words + " " + _("Alla har det viktigaste skrivet.")
    lacking = ngettext("En saknar uppgifter.", "%(n)s saknar uppgifter.", listed.lacking)
    return words + " " + lacking % {"n": number(listed.lacking)}


def _create(request: HttpRequest, county: str, year: int) -> HttpResponse:
    at, actor = timezone.now(), actor_of(request)
    if not may(actor, M, county=county):
        if request.method == "POST":
            may(actor, M, county=county).demand()
        return render(request, "plans/none.html", {"county": county, "year": year, "form": None})
    place = county_named(county)
    title = _("Länsgemensam plan för %(county)s %(year)s") % {
        "county": place.short_name if place else county, "year": year,
    }  # fmt: skip
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        try:
            create_plan(by=actor, at=at, county=county, year=year, title=form.cleaned_data["title"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Planen är skapad. Lägg till dess områden."))
            return redirect("plans:plan", county, year)
    return render(request, "plans/none.html", {"county": county, "year": year, "form": form})


@once
def text(request: HttpRequest, county: str, year: int, kind: str) -> HttpResponse:
    """Write one chapter of running text."""
    at, actor = timezone.now(), actor_of(request)
    found = get_plan_for(actor, county=county, year=year)
    if kind not in TEXT_KINDS:
        raise Http404
    may(actor, M, county=county).demand()
    row = chapter_of(found, kind)
    now = {"title": row.title, "text": row.text} if row else {"title": str(TEXT_KINDS[kind]), "text": ""}
    form = TextForm(request.POST if request.method == "POST" else None, initial=now)
    theirs: dict[str, str] = {}
    let_waive(request, form, by=actor, at=at, plan=found)
    if saves(request, form):
        try:
            if row is None:
                write_plan_text(by=actor, at=at, plan=found, kind=kind, **form.cleaned_data)
            else:
                theirs = edit_plan_text(by=actor, at=at, row=row, typed=form.cleaned_data, base=bases(request, now))
        except DomainError as error:
            tell(error, form)
        else:
            if not theirs:
                messages.success(request, _("Texten är sparad."))
                warn_of_missing(request, form, county, year)
                return redirect("plans:plan", county, year)
            now |= theirs
    context = {
        "county": county, "year": year, "plan": found, "form": form, "words": TEXT_KINDS[kind],
        "rows": edited_rows(form, request, now, theirs), "conflicts": len(theirs),
        **writing(request, form, county, year, plan=found),
    }  # fmt: skip
    return render(request, "plans/text.html", context)


def above(plan: Plan, county: str, year: int) -> dict[str, Any]:
    """What a form of a plan's part says of where it belongs: the plan, and the way back to its page."""
    back = reverse("plans:whole", args=[county, plan.year, plan.uid])
    return {"county": county, "year": year, "plan": plan, "above": plan.title, "back": back}


def bases(request: HttpRequest, now: dict[str, str]) -> dict[str, str]:
    """What each field read when the page was opened, as hashes: those the page sent, else of what is there now."""
    return {name: request.POST.get(f"base-{name}") or text_hash(value) for name, value in now.items()}


def edited_rows(form: Any, request: HttpRequest, now: dict[str, str], theirs: dict[str, str]) -> list[dict[str, Any]]:
    """Each field with the hash its next saving is compared with, and the other person's text where both changed it.

    After a conflict has been shown, what is there now is the base: saving again is the choice.
    """
    kept = bases(request, now) if request.method == "POST" else {}
    return [
        {
            "field": form[name], "base": text_hash(value) if name in theirs or not kept else kept[name],
            "theirs": theirs.get(name), "name": name,
        }
        for name, value in now.items()
    ]  # fmt: skip


@once
def new_area(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more area of the plan."""
    at, actor = timezone.now(), actor_of(request)
    found = get_plan_for(actor, county=county, year=year)
    may(actor, M, county=county).demand()
    there = [area.number for area in areas_of(found)]
    form = AreaForm(
        request.POST if request.method == "POST" else None, sections=sections_of(year),
        initial={"number": max(there, default=2) + 1},
    )  # fmt: skip
    let_waive(request, form, by=actor, at=at, plan=found)
    if request.method == "POST" and form.is_valid():
        try:
            add_area(by=actor, at=at, plan=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Området är tillagt."))
            return redirect("plans:plan", county, year)
    context = {"county": county, "year": year, "plan": found, "form": form, **numbers_in(request, found, form)}
    return render(request, "plans/new_area.html", context)
