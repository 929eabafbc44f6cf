"""All plans of a county, and each of them whole: its chapters, areas, goals and everything else it holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.queries import sections_of
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.orgs.models import Organisation
from samplan.apps.orgs.queries import municipalities_in
from samplan.apps.plans.charts import drawn_lines, money_by_area
from samplan.apps.plans.facts import in_reading_order, plan_facts
from samplan.apps.plans.forms import AreaForm, TextForm
from samplan.apps.plans.labels import (
    ACTIVITY_FIELDS,
    CHAPTERS,
    HORIZONS,
    OUTCOMES,
    PHASES,
    PLAN_STATES,
    ROW_KINDS,
    ROW_TABLES,
    SHAPES,
    TEXT_KINDS,
)
from samplan.apps.plans.listing import listing
from samplan.apps.plans.models import FocusArea, Plan, PlanText
from samplan.apps.plans.operations.plans import (
    add_area,
    add_plan_text,
    adopt_plan,
    change_plan,
    create_plan,
    edit_area,
    edit_plan_text,
)
from samplan.apps.plans.queries import (
    areas_of,
    budget_of,
    get_activity_for,
    get_any_plan_for,
    history_of,
    plans_of,
)
from samplan.apps.plans.row_forms import AreaTextForm, ChapterForm, NewPlanForm, PlanSettingsForm
from samplan.apps.plans.versions import Pictures, differences, threads
from samplan.apps.plans.views import above, activity_row, bases, edited_rows
from samplan.apps.plans.ways import Seen
from samplan.apps.plans.writing import let_waive, numbers_in, saves, warn_of_missing, writing
from samplan.base.audit.trace import events_about
from samplan.base.files.queries import files_at, shelf
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import DomainError
from samplan.domain.facts import frozen, to_data
from samplan.domain.shapes import CHAPTERS as CODES
from samplan.domain.shapes import chapters_of

M = Permission.MANAGE_PLAN
LISTED = ("post", "offer", "assignment", "document", "happening", "pilot", "perspective")
"""Kinds of rows that a plan's page lists after its areas."""
RELATED = {"document": "steeringdocuments"}


def all_plans(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Every plan of the county, all years and owners."""
    actor = actor_of(request)
    see(actor, county)
    rows = [{"plan": plan, "shape": SHAPES[plan.shape], "state": PLAN_STATES[plan.state]} for plan in plans_of(county)]
    words = ngettext("En plan.", "%(n)s planer.", len(rows)) % {"n": len(rows)}
    context = {"county": county, "year": year, "rows": rows, "lead": words, "may_manage": may(actor, M, county=county)}
    return render(request, "plans/list.html", context)


@once
def new_plan(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more plan: of the county jointly, of the region, of a municipality."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    owners = Organisation.objects.filter(parties__county=county).order_by("name").distinct()
    form = NewPlanForm(
        request.POST if request.method == "POST" else None, owners=owners,
        initial={"year": year, "year_to": year, "shape": "directive"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = create_plan(by=actor, at=at, county=county, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Planen är skapad. Lägg till dess områden."))
            return redirect("plans:whole", county, made.year, made.uid)
    return render(request, "plans/new_plan.html", {"county": county, "year": year, "form": form})


def whole(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Everything that a plan holds, with the ways to change it."""
    actor = actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    everywhere, figures = municipalities_in(county), CountyFigures(county, plan.year)
    manages = bool(may(actor, M, county=county))
    seen = Seen(request, county, year, edits=manages, figures=figures)
    in_order = in_reading_order(areas_of(plan))
    listed = listing(plan, in_order, seen.asked, unsaid=_("Inte sagt"), along=seen.along)
    goals = list(plan.goals.select_related("area").prefetch_related("activities"))
    areas = [
        {
            "area": part.area, "found": part.found, "every": part.every,
            "rows": [activity_row(one, everywhere, seen) for one in part.activities],
            "sections": [s.title for s in part.area.sections.all()],
            "goals": [(goal, HORIZONS[goal.horizon]) for goal in goals if goal.area_id == part.area.pk],
            "address": listed.asked.address(area=part.area.uid, page=1),
        }
        for part in listed.parts
        if part.found or not listed.asked.narrows
    ]  # fmt: skip
    lists = [
        {"kind": kind, "words": ROW_KINDS[kind],
         "rows": list(getattr(plan, RELATED.get(kind, f"{kind}s")).all())} for kind in LISTED
    ]  # fmt: skip
    shelves = _shelves(actor, plan, areas, lists)
    context = {
        "county": county, "year": year, "plan": plan, "shelf": shelves, "shape": SHAPES[plan.shape],
        "state": PLAN_STATES[plan.state],
        "texts": list(plan.texts.select_related("parent", "party")), "areas": areas, "listing": listed,
        "by_area": money_by_area(drawn_lines(budget_of(plan))), **seen.context(listed),
        "county_goals": [goal for goal in goals if goal.area_id is None],
        "lists": [one for one in lists if one["rows"] or manages],
        "pictures": list(plan.pictures.select_related("chapter", "area", "activity")),
        "versions": list(plan.versions.defer("facts").select_related("decision_point__decision__body")),
        "shapes": SHAPES.items(), "may_manage": manages, "figures": figures,
        "events": events_about(plan.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "plans/whole.html", context)


def _shelves(actor: Actor, plan: Plan, areas: list[dict[str, Any]], lists: list[dict[str, Any]]) -> dict[str, Any]:
    """The plan's own files; its areas and rows get theirs. One query for all of them."""
    rows = [row for part in lists for row in part["rows"]]
    kept = files_at([plan.uid, *(part["area"].uid for part in areas), *(row.uid for row in rows)])
    for part in areas:
        part["shelf"] = shelf(actor, part["area"], kept[part["area"].uid])
    for part in lists:
        part["rows"] = [(row, shelf(actor, row, kept[row.uid])) for row in part["rows"]]
    return shelf(actor, plan, kept[plan.uid])


@once
def settings(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A plan's name, cover and shape, and its own order of chapters."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    now = {name: getattr(plan, name) for name in PlanSettingsForm.base_fields}
    form = PlanSettingsForm(request.POST if request.method == "POST" else None, initial=now)
    own = list(chapters_of(plan.shape, plan.chapters))
    placed = {code: place for place, code in enumerate(own, start=1)}
    if request.method == "POST" and form.is_valid():
        typed = {code: request.POST.get(f"place-{code}", "").strip() for code in CODES}
        chosen = sorted((int(place), code) for code, place in typed.items() if place.isdecimal() and len(place) < 4)
        codes = [code for _place, code in chosen]
        same = codes == list(chapters_of(form.cleaned_data["shape"])) or (codes == own and not plan.chapters)
        try:
            change_plan(by=actor, at=at, plan=plan, chapters=() if same else codes, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Uppgifterna är sparade."))
            return redirect("plans:whole", county, year, plan.uid)
        placed = {code: int(place) for code, place in typed.items() if place.isdecimal() and len(place) < 4}
    chapters = sorted(
        ({"code": code, "words": CHAPTERS[code], "place": placed.get(code, "")} for code in CODES),
        key=lambda row: (row["place"] == "", row["place"] or 0),
    )
    context = {"county": county, "year": year, "plan": plan, "form": form, "chapters": chapters}
    return render(request, "plans/settings.html", context)


@once
def new_chapter(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One more chapter of running text."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    form = ChapterForm(request.POST if request.method == "POST" else None, plan=plan, kinds=TEXT_KINDS)
    let_waive(request, form, by=actor, at=at, plan=plan)
    if saves(request, form):
        try:
            add_plan_text(by=actor, at=at, plan=plan, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Kapitlet är tillagt."))
            warn_of_missing(request, form, county, year)
            return redirect("plans:whole", county, year, plan.uid)
    context = above(plan, county, year) | writing(request, form, county, year, plan=plan)
    return render(request, "plans/form.html", context | {"form": form, "words": _("Nytt kapitel")})


@once
def chapter(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Write a chapter that somebody else may be writing too."""
    at, actor = timezone.now(), actor_of(request)
    row = PlanText.objects.filter(uid=uid, county=county).select_related("plan").first()
    if row is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    may(actor, M, county=county).demand()
    now = {"title": row.title, "text": row.text}
    form = TextForm(request.POST if request.method == "POST" else None, initial=now)
    theirs: dict[str, str] = {}
    let_waive(request, form, by=actor, at=at, plan=row.plan)
    if saves(request, form):
        try:
            theirs = edit_plan_text(by=actor, at=at, row=row, typed=form.cleaned_data, base=bases(request, now))
        except DomainError as error:
            tell(error, form)
        else:
            if not theirs:
                messages.success(request, _("Texten är sparad."))
                warn_of_missing(request, form, county, year)
                return redirect("plans:whole", county, year, row.plan.uid)
            now |= theirs
    context = {
        "county": county, "year": year, "plan": row.plan, "form": form, "words": row.title,
        "rows": edited_rows(form, request, now, theirs), "conflicts": len(theirs),
        **writing(request, form, county, year, plan=row.plan),
    }  # fmt: skip
    return render(request, "plans/edit.html", context)


@once
def new_area(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One more area of a plan."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    there = [area.number for area in areas_of(plan) if area.parent_id is None]
    form = AreaForm(
        request.POST if request.method == "POST" else None, sections=sections_of(plan.year),
        initial={"number": max(there, default=0) + 1},
    )  # fmt: skip
    let_waive(request, form, by=actor, at=at, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            add_area(by=actor, at=at, plan=plan, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Området är tillagt."))
            return redirect("plans:whole", county, year, plan.uid)
    context = above(plan, county, year) | numbers_in(request, plan, form)
    return render(request, "plans/form.html", context | {"form": form, "words": _("Nytt område")})


@once
def area(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Write an area's texts that somebody else may be writing too."""
    at, actor = timezone.now(), actor_of(request)
    row = FocusArea.objects.filter(uid=uid, county=county).select_related("plan").first()
    if row is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    may(actor, M, county=county).demand()
    now = {name: getattr(row, name) for name in AreaTextForm.base_fields}
    form = AreaTextForm(request.POST if request.method == "POST" else None, initial=now)
    theirs: dict[str, str] = {}
    let_waive(request, form, by=actor, at=at, plan=row.plan)
    if saves(request, form):
        try:
            theirs = edit_area(by=actor, at=at, area=row, typed=form.cleaned_data, base=bases(request, now))
        except DomainError as error:
            tell(error, form)
        else:
            if not theirs:
                messages.success(request, _("Området är sparat."))
                warn_of_missing(request, form, county, year)
                return redirect("plans:whole", county, year, row.plan.uid)
            now |= theirs
    context = {
        "county": county, "year": year, "plan": row.plan, "form": form, "words": row.title,
        "rows": edited_rows(form, request, now, theirs), "conflicts": len(theirs),
        **writing(request, form, county, year, plan=row.plan),
    }  # fmt: skip
    return render(request, "plans/edit.html", context)


@once
def adopt(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Enter that a body has adopted the plan: its facts are kept as an edition that never changes."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    points = DecisionPoint.objects.filter(county=county, kind="plan", outcome__in=["approved", "changed"])
    points = points.select_related("decision__body").order_by("-decision__decided_on")
    problem = ""
    if request.method == "POST":
        point = {str(one.uid): one for one in points}.get(request.POST.get("point", ""))
        if point is None:
            problem = _("Välj beslutet som antog planen.")
        else:
            facts = frozen(to_data(plan_facts(plan)))
            try:
                adopt_plan(by=actor, at=at, plan=plan, decision_point=point, facts=facts)
            except DomainError as error:
                problem = say(error)
            else:
                messages.success(request, _("Upplagan är sparad som den är nu. Planen kan skrivas vidare."))
                return redirect("plans:versions", county, year, plan.uid)
    context = {"county": county, "year": year, "plan": plan, "points": list(points), "problem": problem}
    return render(request, "plans/adopt.html", context)


def versions(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The adopted editions of a plan, and what has changed between two of them, or since the year before."""
    actor = actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    pictures = Pictures(plan)
    first, last = request.GET.get("fran", pictures.first), request.GET.get("till", "nu")
    kind, chosen = request.GET.get("slag", ""), request.GET.get("omrade", "")
    if first not in pictures.names or last not in pictures.names or (kind and kind not in ROW_TABLES):
        raise Http404
    found = None
    if request.GET:
        same = threads(plan) if "forra" in {first, last} else {}
        found = differences(pictures.of(first), pictures.of(last), same, kind=kind, area=chosen)
    context = {
        "county": county, "year": year, "plan": plan, "versions": pictures.versions, "names": pictures.names.items(),
        "first": first, "last": last, "found": found, "kind": kind, "chosen": chosen,
        "every": sum(number for _code, _words, number in found.kinds) if found else 0,
    }  # fmt: skip
    return render(request, "plans/versions.html", context)


def history(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """An activity through the years: each year's texts, and what changed from the year before."""
    actor = actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    rows = []
    for one in history_of(found):
        became = [
            {"words": OUTCOMES[turn.outcome], "after": turn.after, "note": turn.note}
            for turn in one.went_on_as.select_related("after__plan")
        ]
        texts = [(label, getattr(one, name)) for name, label in ACTIVITY_FIELDS.items() if getattr(one, name)]
        rows.append({"activity": one, "phase": PHASES.get(one.phase, ""), "texts": texts, "became": became})
    figures = CountyFigures(county, year)
    context = {"county": county, "year": year, "activity": found, "rows": rows, "figures": figures}
    return render(request, "plans/history.html", context)
