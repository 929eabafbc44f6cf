"""Activities and partnerships: what is planned, what is done, and the figures counted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import municipalities_in, parties_of
from samplan.apps.plans.forms import (
    ActivityForm,
    EventRow,
    FigureRow,
    LinkRow,
    NewActivityForm,
    PartyRow,
    TimesForm,
    figure_text,
)
from samplan.apps.plans.labels import ACTIVITY_FIELDS, NEEDED, PARTS, ROW_KINDS, SHORT
from samplan.apps.plans.models import Activity, ActivityEvent, ActivityFigure, ActivityParty, Plan
from samplan.apps.plans.moments import when_words
from samplan.apps.plans.operations.activities import (
    EventValue,
    When,
    add_activity,
    add_to_activity,
    edit_activity,
    remove_detail,
    set_times,
    write_figure,
)
from samplan.apps.plans.queries import (
    activities_of,
    areas_of,
    details_of,
    get_activity_for,
    get_any_plan_for,
    get_plan_for,
)
from samplan.apps.plans.views import activity_row, bases, edited_rows
from samplan.apps.plans.writing import let_waive, numbers_in, saves, warn_of_missing, writing
from samplan.base.audit.trace import events_about
from samplan.base.files.queries import shelf
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.base.ui.fields import all_valid, rows_of, saving
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError
from samplan.domain.exact import parse_exact

M = Permission.MANAGE_PLAN


def activity(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Everything about one activity, and what is still to be written."""
    actor = actor_of(request)
    plain = get_activity_for(actor, uid, county=county)
    found = activities_of(plain.plan).get(pk=plain.pk)
    counted = list(found.figures.all())
    uids = [found.uid, *(one.uid for one in counted)]
    written = [(name, label, getattr(found, name)) for name, label in ACTIVITY_FIELDS.items() if getattr(found, name)]
    context = {
        "county": county, "year": year, **activity_row(found, municipalities_in(county)),
        "counted": [{"figure": one, "value": figure_text(one.value, one.scale)} for one in counted],
        "tag": (found.area.number - 1) % 4 + 1,
        "short": [one[1:] for one in written if one[0] in SHORT],
        "texts": [one[1:] for one in written if one[0] not in SHORT],
        "parties": [
            {"name": one.name or str(one.party), "part": PARTS.get(one.part, one.part)} for one in found.parties.all()
        ],
        "happened": [
            {"event": one, "present": [str(party) for party in one.present.all()]} for one in found.events.all()
        ],
        "rows": [
            {"kind": kind, "words": ROW_KINDS[kind], "rows": listed}
            for kind, listed in (
                ("responsible", found.responsibles.all()), ("step", found.steps.all()),
                ("milestone", found.milestones.all()), ("text", found.further_texts.all()),
            )
        ],
        "lines": list(found.budget_lines.filter(superseded_by=None).order_by("number")),
        "figures": CountyFigures(county, year),
        "times": when_words(_iso(found.starts_on), _iso(found.ends_on), found.precision),
        "sections": [section.title for section in found.sections.all()],
        "may_manage": bool(may(actor, M, county=county)), "shelf": shelf(actor, found),
        "events": events_about(*uids)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "plans/activity.html", context)


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


@once
def times(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """When an activity runs, and the ages of its target group."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    now = {name: getattr(found, name) for name in TimesForm.base_fields}
    form = TimesForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_times(
                by=actor, at=at, activity=found, ages=(given["age_from"], given["age_to"]),
                when=When(given["starts_on"], given["ends_on"], given["precision"]),
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("plans:activity", county, year, found.uid)
    context = {
        "county": county, "year": year, "form": form, "words": _("Tid och ålder"), "above": found.title,
        "back": reverse("plans:activity", args=[county, year, found.uid]),
    }  # fmt: skip
    return render(request, "plans/form.html", context)


def _detail_rows(request: HttpRequest, parties: list[Party], *, first: int) -> dict[str, list[Any]]:
    def ready(row: Any) -> None:
        for name in ("party", "present"):
            if name in row.fields:
                row.fields[name].offer(parties)

    return {
        "parties": rows_of(PartyRow, request, "parties", first=first, ready=ready),
        "happened": rows_of(EventRow, request, "happened", first=1, more=1, ready=ready),
        "links": rows_of(LinkRow, request, "links", first=1, more=2),
    }


def _details(rows: dict[str, list[Any]]) -> dict[str, Any]:
    """The rows that say something, as the operations want them."""
    kept = {name: [row for row in listed if not row.blank] for name, listed in rows.items()}
    return {
        "parties": [row.value() for row in kept["parties"]],
        "events": [
            EventValue(row.cleaned_data["on_date"], row.cleaned_data["text"], tuple(row.cleaned_data["present"]))
            for row in kept["happened"]
        ],
        "links": [(row.cleaned_data["title"], row.cleaned_data["url"]) for row in kept["links"]],
    }


@once
def new_activity(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A new activity, with as much or as little as is known."""
    return _new_activity(request, get_plan_for(actor_of(request), county=county, year=year))


@once
def new_activity_of(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A new activity of any of the county's plans."""
    return _new_activity(request, get_any_plan_for(actor_of(request), uid, county=county))


def _new_activity(request: HttpRequest, plan: Plan) -> HttpResponse:
    at, actor = timezone.now(), actor_of(request)
    county, year = plan.county, plan.year
    may(actor, M, county=county).demand()
    areas, parties = list(areas_of(plan)), parties_of(county, on=timezone.localdate(at))
    chosen = request.GET.get("omrade", "")
    form = NewActivityForm(
        request.POST if request.method == "POST" else None, areas=areas, parties=parties,
        initial={"area": next((area.uid for area in areas if str(area.number) == chosen), "")},
    )  # fmt: skip
    rows = _detail_rows(request, parties, first=3)
    every = [form, *(row for listed in rows.values() for row in listed)]
    let_waive(request, *every, by=actor, at=at, plan=plan)
    if saving(request, *every) and all_valid(*every):
        given = form.cleaned_data
        try:
            made = add_activity(
                by=actor, at=at, area=given["area"], number=given["number"].strip(), title=given["title"],
                kind=given["kind"], phase=given["phase"], texts=form.texts(), municipalities=given["municipalities"],
                **_details(rows),
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Insatsen är sparad."))
            return redirect("plans:activity", county, year, made.uid)
    context = {
        "county": county, "year": year, "plan": plan, "form": form, **rows, **numbers_in(request, plan, *every),
        "wrong": request.method == "POST" and any(row.errors for row in every[1:]),
        "needed": [form[name] for name in NEEDED],
        "others": [form[name] for name in ACTIVITY_FIELDS if name not in NEEDED],
    }  # fmt: skip
    return render(request, "plans/new_activity.html", context)


@once
def change(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Edit an activity's texts. Two people may do it at once: only a text both have changed has to be chosen."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    now = ActivityForm.initial_of(found)
    form = ActivityForm(request.POST if request.method == "POST" else None, initial=now)
    theirs: dict[str, str] = {}
    let_waive(request, form, by=actor, at=at, plan=found.plan)
    if saves(request, form):
        base = bases(request, now)
        try:
            theirs = edit_activity(by=actor, at=at, activity=found, typed=form.cleaned_data, base=base)
        except DomainError as error:
            tell(error, form)
        else:
            if not theirs:
                messages.success(request, _("Insatsen är sparad."))
                warn_of_missing(request, form, county, year)
                return redirect("plans:activity", county, year, uid)
            now = _now(found) | theirs
    context = {
        "county": county, "year": year, "activity": found, "form": form, "conflicts": len(theirs),
        "rows": edited_rows(form, request, now, theirs), **writing(request, form, county, year, plan=found.plan),
    }  # fmt: skip
    return render(request, "plans/change.html", context)


def _now(found: Activity) -> dict[str, str]:
    found.refresh_from_db()
    return ActivityForm.initial_of(found)


@once
def figures(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Enter counted figures, new ones and corrections."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    there = list(found.figures.all())
    rows = rows_of(
        FigureRow, request, "figures", first=3 if there else 5, initial=[FigureRow.initial_of(one) for one in there]
    )
    if saving(request, *rows) and all_valid(*rows) and _write(actor, at, found, rows):
        messages.success(request, _("Siffrorna är sparade."))
        return redirect("plans:activity", county, year, uid)
    context = {"county": county, "year": year, "activity": found, "rows": rows}
    return render(request, "plans/figures.html", context)


def _write(actor: Any, at: Any, found: Activity, rows: list[FigureRow]) -> bool:
    """Write the figures that were changed; what another has written in the meantime is said at its row."""
    there = {one.code: one for one in found.figures.all()}
    whole = True
    for row in rows:
        if row.blank:
            continue
        figure = row.figure(there)
        was = row.cleaned_data["was"]
        try:
            made = write_figure(by=actor, at=at, activity=found, figure=figure, was=parse_exact(was) if was else None)
        except DomainError as error:
            whole = False
            if error.code == "changed_by_other":
                words = _("Någon annan har skrivit %(there)s medan du skrev. Spara igen om ditt tal ska gälla.")
                row.add_error("value", words % {"there": str(error.params["there"]).replace(".", ",")})
                row.data = {**row.data.dict(), row.add_prefix("was"): str(error.params["there"])}  # type: ignore[attr-defined]
            else:
                tell(error, row)
        else:
            there[made.code] = made
    return whole


@once
def more(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Add who joined, what happened and links, as the year goes."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    rows = _detail_rows(request, parties_of(county, on=timezone.localdate(at)), first=1)
    every = [row for listed in rows.values() for row in listed]
    let_waive(request, *every, by=actor, at=at, plan=found.plan)
    if saving(request, *every) and all_valid(*every):
        try:
            add_to_activity(by=actor, at=at, activity=found, **_details(rows))
        except DomainError as error:
            tell(error, every[0])
        else:
            messages.success(request, _("Insatsen är sparad."))
            return redirect("plans:activity", county, year, uid)
    there = [_listed(one) for one in details_of(found)]
    context = {
        "county": county, "year": year, "activity": found, "there": there, **rows,
        **numbers_in(request, found.plan, *every),
    }  # fmt: skip
    return render(request, "plans/more.html", context)


@once
def remove(request: HttpRequest, county: str, year: int, uid: UUID, detail: UUID) -> HttpResponse:
    """Take away a figure, a party, an event or a link, after being asked."""
    at, actor = timezone.now(), actor_of(request)
    found = get_activity_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    one = next((row for row in details_of(found) if row.uid == detail), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        remove_detail(by=actor, at=at, activity=found, detail=one)
        messages.success(request, _("Borttaget. Det står kvar i spåret."))
        return redirect("plans:activity", county, year, uid)
    context = {"county": county, "year": year, "activity": found, "row": _listed(one)}
    return render(request, "plans/remove.html", context)


def _listed(one: Any) -> dict[str, Any]:
    """A figure, a party, an event or a link, as a row to be recognised."""
    match one:
        case ActivityFigure():
            kind, words = _("Siffra"), f"{one.label}: {figure_text(one.value, one.scale)} {one.unit}".strip()
        case ActivityParty():
            kind, words = _("Deltagare"), one.name or str(one.party)
        case ActivityEvent():
            kind, words = _("Händelse"), f"{day(one.on_date)}: {one.text}"
        case _:
            kind, words = _("Länk"), one.title
    return {"uid": one.uid, "kind": kind, "words": words}
