"""The small rows of a plan, its pictures, and the frameworks it is tied to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.agreements.queries import sections_of
from samplan.apps.plans.labels import ROW_FIELDS, ROW_KINDS
from samplan.apps.plans.models import Activity, FocusArea, Framework, FrameworkGoal, Offer, Perspective, Picture, Plan
from samplan.apps.plans.operations.budget import pay_for
from samplan.apps.plans.operations.pictures import add_picture, change_picture, remove_picture
from samplan.apps.plans.operations.plans import tie
from samplan.apps.plans.operations.rows import ROWS, Owner, add_framework, add_row, change_row, plan_of, remove_row
from samplan.apps.plans.queries import budget_of, framework_goals_of, get_any_plan_for, goals_with_ties
from samplan.apps.plans.row_forms import FrameworkForm, NewPictureForm, PictureForm, RowKindForm, TiesForm
from samplan.apps.plans.views import above
from samplan.apps.plans.writing import let_waive, saves, warn_of_missing, writing
from samplan.base.files.pictures import LARGEST_FILE
from samplan.base.files.queries import shelf
from samplan.base.files.store import shown
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import kronor
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import DomainError, Invalid

M = Permission.MANAGE_PLAN
OWNERS: dict[str, Any] = {
    "plan": Plan, "activity": Activity, "offer": Offer, "perspective": Perspective, "framework": Framework,
}  # fmt: skip


def _owner_for(actor: Actor, kind: str, uid: UUID, county: str) -> Owner:
    """What a row of the kind hangs on; 404 unless the actor may read its county."""
    model = OWNERS[ROWS[kind].owner] if kind in ROWS else None
    found = model.objects.filter(uid=uid, county=county).first() if model else None
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    owner: Owner = found
    return owner


def _back(county: str, year: int, owner: Any) -> tuple[str, Any]:
    """Where one comes back to: the address's name and its arguments."""
    if isinstance(owner, Activity):
        return "plans:activity", (county, owner.plan.year, owner.uid)
    if isinstance(owner, Framework):
        return "plans:framework", (county, year, owner.uid)
    plan = owner if isinstance(owner, Plan) else owner.plan
    return "plans:whole", (county, plan.year, plan.uid)


@once
def new_row(request: HttpRequest, county: str, year: int, kind: str, uid: UUID) -> HttpResponse:
    """One more row of a kind."""
    at, actor = timezone.now(), actor_of(request)
    owner = _owner_for(actor, kind, uid, county)
    may(actor, M, county=county).demand()
    form = RowKindForm(request.POST if request.method == "POST" else None, kind=kind, owner=owner)
    name, arguments = _back(county, year, owner)
    let_waive(request, form, by=actor, at=at, plan=plan_of(owner))
    if saves(request, form):
        try:
            add_row(by=actor, at=at, kind=kind, owner=owner, values=form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            warn_of_missing(request, form, county, year)
            return redirect(name, *arguments)
    context = {"county": county, "year": year, "form": form, "words": ROW_KINDS[kind], "owner": owner,
               "back": (name, arguments), "row": None}  # fmt: skip
    return render(
        request, "plans/row.html", _addressed(context) | writing(request, form, county, year, plan=plan_of(owner))
    )


def _addressed(context: dict[str, Any]) -> dict[str, Any]:
    name, arguments = context["back"]
    return context | {"back": reverse(name, args=arguments)}


def _row_for(actor: Actor, kind: str, uid: UUID, county: str) -> Any:
    what = ROWS.get(kind)
    row = what.model.objects.filter(uid=uid, county=county).first() if what else None
    if row is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return row


@once
def row(request: HttpRequest, county: str, year: int, kind: str, uid: UUID) -> HttpResponse:
    """One row: change it, or go on to take it away."""
    at, actor = timezone.now(), actor_of(request)
    found = _row_for(actor, kind, uid, county)
    may(actor, M, county=county).demand()
    owner = getattr(found, ROWS[kind].owner)
    form = RowKindForm(
        request.POST if request.method == "POST" else None, kind=kind, owner=owner,
        initial=RowKindForm.initial_of(kind, found),
    )  # fmt: skip
    name, arguments = _back(county, year, owner)
    let_waive(request, form, by=actor, at=at, plan=plan_of(owner))
    if saves(request, form):
        try:
            change_row(by=actor, at=at, kind=kind, row=found, values=form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            warn_of_missing(request, form, county, year)
            return redirect(name, *arguments)
    inside = {"offer": "uptake", "perspective": "review"}.get(kind, "")
    parts = list(getattr(found, f"{inside}s").all()) if inside else []
    context = {"county": county, "year": year, "form": form, "words": ROW_KINDS[kind], "owner": owner, "kind": kind,
               "back": (name, arguments), "row": found, "inside": inside, "inside_words": ROW_KINDS.get(inside, ""),
               "parts": parts, "shelf": shelf(actor, found)}  # fmt: skip
    return render(
        request, "plans/row.html", _addressed(context) | writing(request, form, county, year, plan=plan_of(owner))
    )


@once
def remove(request: HttpRequest, county: str, year: int, kind: str, uid: UUID) -> HttpResponse:
    """Take a row away, after a look at what it says."""
    at, actor = timezone.now(), actor_of(request)
    found = _row_for(actor, kind, uid, county)
    may(actor, M, county=county).demand()
    owner = getattr(found, ROWS[kind].owner)
    name, arguments = _back(county, year, owner)
    problem = ""
    if request.method == "POST":
        try:
            remove_row(by=actor, at=at, kind=kind, row=found)
        except DomainError as error:
            problem = say(error)
        else:
            messages.success(request, _("Borttaget. I spåret står det kvar."))
            return redirect(name, *arguments)
    said = [
        (ROW_FIELDS[one], getattr(found, one))
        for one in ROWS[kind].fields
        if not found._meta.get_field(one).many_to_many and getattr(found, one) not in (None, "")
    ]
    context = {"county": county, "year": year, "words": ROW_KINDS[kind], "row": found, "said": said,
               "problem": problem, "back": (name, arguments)}  # fmt: skip
    return render(request, "plans/remove_row.html", _addressed(context))


@once
def new_picture(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A picture of a plan, with what it shows in words."""
    at, actor = timezone.now(), actor_of(request)
    plan = get_any_plan_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    posted = request.method == "POST"
    form = NewPictureForm(request.POST if posted else None, request.FILES if posted else None, plan=plan)
    if posted and form.is_valid():
        given = form.cleaned_data
        try:
            if given["picture"].size > LARGEST_FILE:
                raise Invalid("picture_size", field="picture")
            add_picture(
                by=actor, at=at, plan=plan, name=given["picture"].name, content=given["picture"].read(),
                **{name: given[name] for name in ("alt", "caption", "place", "chapter", "area")},
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Bilden är tillagd."))
            return redirect("plans:whole", county, year, plan.uid)
    context = above(plan, county, year) | {"form": form, "words": _("Ny bild"), "upload": True}
    return render(request, "plans/form.html", context)


def _picture_for(actor: Actor, uid: UUID, county: str) -> Picture:
    found = Picture.objects.filter(uid=uid, county=county).select_related("plan", "file").first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


@once
def picture(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A picture: say otherwise what it shows, or take it away."""
    at, actor = timezone.now(), actor_of(request)
    found = _picture_for(actor, uid, county)
    may(actor, M, county=county).demand()
    posted = request.method == "POST"
    now = {name: getattr(found, name) for name in PictureForm.base_fields}
    form = PictureForm(request.POST if posted else None, initial=now)
    if posted and request.POST.get("action") == "remove":
        plan = found.plan
        remove_picture(by=actor, at=at, picture=found)
        messages.success(request, _("Bilden är borttagen."))
        return redirect("plans:whole", county, plan.year, plan.uid)
    if posted and form.is_valid():
        try:
            change_picture(by=actor, at=at, picture=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("plans:whole", county, found.plan.year, found.plan.uid)
    context = {"county": county, "year": year, "plan": found.plan, "picture": found, "form": form}
    return render(request, "plans/picture.html", context)


def picture_file(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The picture itself."""
    return shown(_picture_for(actor_of(request), uid, county).file)


def frameworks(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The county's frameworks, and the year's plans crossed with them."""
    actor = actor_of(request)
    see(actor, county)
    plans = Plan.objects.filter(county=county, year__lte=year, year_to__gte=year)
    goals = goals_with_ties(county, plans=plans, needs_year=year, states=("draft", "issued"))
    found = Framework.objects.filter(county=county).prefetch_related(Prefetch("goals", goals))
    rows = [{"framework": one, "goals": list(one.goals.all())} for one in found]
    context = {"county": county, "year": year, "rows": rows, "may_manage": bool(may(actor, M, county=county))}
    return render(request, "plans/frameworks.html", context)


@once
def new_framework(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more tree of goals."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    form = FrameworkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_framework(by=actor, at=at, county=county, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Ramverket är tillagt. Lägg till dess mål."))
            return redirect("plans:framework", county, year, made.uid)
    context = {
        "county": county, "year": year, "form": form, "words": _("Nytt ramverk"), "above": _("Ramverk"),
        "back": reverse("plans:frameworks", args=[county, year]),
    }  # fmt: skip
    return render(request, "plans/form.html", context)


def framework(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """One framework with its goals."""
    actor = actor_of(request)
    see(actor, county)
    found = Framework.objects.filter(uid=uid, county=county).first()
    if found is None:
        raise Http404
    goals = list(FrameworkGoal.objects.filter(framework=found).select_related("parent"))
    context = {
        "county": county, "year": year, "framework": found, "goals": goals,
        "may_manage": bool(may(actor, M, county=county)),
    }  # fmt: skip
    return render(request, "plans/framework.html", context)


@once
def ties(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """What an area or an activity is tied to: sections of the agreement, goals of frameworks, and for an activity the
    lines of the budget that pay for it."""
    at, actor = timezone.now(), actor_of(request)
    thing = Activity.objects.filter(uid=uid, county=county).select_related("plan").first()
    found: Any = thing or FocusArea.objects.filter(uid=uid, county=county).select_related("plan").first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    may(actor, M, county=county).demand()
    form = TiesForm(
        request.POST if request.method == "POST" else None,
        initial={
            name: [str(one.uid) for one in rows]
            for name, rows in (
                ("sections", found.sections.all()),
                ("framework_goals", found.framework_goals.all()),
                ("lines", thing.budget_lines.filter(superseded_by=None) if thing else ()),
            )
        },
    )
    form.fields["sections"].offer(sections_of(found.plan.year))  # type: ignore[attr-defined]
    form.fields["framework_goals"].offer(framework_goals_of(county), lambda goal: goal.in_full)  # type: ignore[attr-defined]
    if thing is None:
        del form.fields["lines"]
    else:
        form.fields["lines"].offer(budget_of(thing.plan), lambda line: f"{line.title}, {kronor(line.amount)}")  # type: ignore[attr-defined]
    name, arguments = _back(county, year, thing or found.plan)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        lines = given.pop("lines", None)
        try:
            with transaction.atomic():
                tie(by=actor, at=at, thing=found, **given)
                if thing is not None:
                    pay_for(by=actor, at=at, activity=thing, lines=lines or ())
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect(name, *arguments)
    back = reverse(name, args=arguments)
    context = above(found.plan, county, year) | {"form": form, "words": str(found), "back": back}
    if thing is not None:
        context["above"] = thing.title
    return render(request, "plans/form.html", context)
