"""The turn of the year: what becomes of each activity, with what the old year leaves unspent and unanswered beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.directives.queries import directives_of
from samplan.apps.plans.facts import in_reading_order
from samplan.apps.plans.labels import OUTCOMES, PHASES
from samplan.apps.plans.models import Activity, Continuation, Plan
from samplan.apps.plans.operations.turning import GoesOnAs, carry_over, start_next_plan, take_back_turn
from samplan.apps.plans.queries import areas_of, get_any_plan_for
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.base.ui.fields import LongText, OfferField, OffersField, RowForm, all_valid, one_of, rows_of
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError
from samplan.edges.home.left_over import Left, left_over, paid_by

M = Permission.MANAGE_PLAN
CHOSEN = {code: words for code, words in OUTCOMES.items() if code != "new"}


class NextPlanForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Den nya planens namn"), max_length=300)
    year = forms.IntegerField(label=gettext_lazy("År"), min_value=2000, max_value=2099)
    areas = forms.BooleanField(label=gettext_lazy("Ta med områden och mål"), required=False, initial=True)
    rows = forms.BooleanField(
        label=gettext_lazy("Ta med tjänster, stöd, uppdrag och dokument som löper vidare"), required=False, initial=True
    )
    texts = forms.BooleanField(label=gettext_lazy("Ta med kapitlens texter"), required=False, initial=True)


class OutcomeForm(forms.Form):
    """What becomes of an activity; `others` are those that it is merged with."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Vad händer"), choices=one_of(CHOSEN), widget=forms.RadioSelect, initial="goes_on"
    )
    others = OffersField(label=gettext_lazy("Slås ihop med"), required=False)
    note = LongText(label=gettext_lazy("Anteckning, till exempel vem som tar över"), rows=2, required=False)


class AsForm(RowForm):
    """As what it goes on in the new plan."""

    said = ("area", "number")
    area = OfferField(label=gettext_lazy("Område"), empty=gettext_lazy("Välj område"), required=False)
    number = forms.CharField(label=gettext_lazy("Nummer"), max_length=20, required=False)
    title = forms.CharField(label=gettext_lazy("Rubrik, om den blir en annan"), max_length=300, required=False)
    phase = forms.ChoiceField(
        label=gettext_lazy("Läge"), choices=one_of(PHASES, empty=gettext_lazy("Som förut")), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("number") and not given.get("area"):
            self.add_error("area", _("Välj i vilket område."))
        if given.get("area") and not given.get("number", "").strip():
            self.add_error("number", _("Skriv ett nummer."))
        return given


def _plans(request: HttpRequest, county: str, uid: UUID) -> tuple[Plan, Plan | None]:
    plan = get_any_plan_for(actor_of(request), uid, county=county)
    return plan, plan.followed_by.order_by("year", "pk").first()


@once
def turn(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """The list of the year's activities and what becomes of each; first of all the new plan."""
    at, actor = timezone.now(), actor_of(request)
    plan, new = _plans(request, county, uid)
    may(actor, M, county=county).demand()
    form = None
    if new is None:
        posted = request.POST if request.method == "POST" else None
        title = plan.title.replace(str(plan.year), str(plan.year_to + 1))
        form = NextPlanForm(posted, initial={"title": title, "year": plan.year_to + 1})
        if posted is not None and form.is_valid():
            try:
                start_next_plan(by=actor, at=at, plan=plan, **form.cleaned_data)
            except DomainError as error:
                tell(error, form)
            else:
                messages.success(request, _("Den nya planen finns. Säg nu vad det blir av varje insats."))
                return redirect("turn:turn", county, plan.year, plan.uid)
    told: dict[int, list[Continuation]] = {}
    for row in Continuation.objects.filter(plan=new).select_related("before", "after"):
        told.setdefault(row.before_id or 0, []).append(row)
    lines, left = paid_by(plan), left_over(plan)
    by_area: dict[int, list[dict[str, Any]]] = {}
    for activity in Activity.objects.filter(plan=plan).order_by("position", "id"):
        by_area.setdefault(activity.area_id, []).append(
            {
                "activity": activity, "told": [(OUTCOMES[one.outcome], one) for one in told.get(activity.pk, [])],
                "lines": lines.get(str(activity.uid), []),
            }
        )  # fmt: skip
    drafts = _drafts_from(new)
    areas = []
    for area in in_reading_order(areas_of(plan)):
        here = left.get(str(area.uid))
        areas.append(
            {
                "area": area, "rows": by_area.get(area.pk, []), "left": here,
                "directives": [(row, drafts(row)) for row in here.rows] if here else [],
            }
        )  # fmt: skip
    context = {
        "county": county, "year": year, "plan": plan, "new": new, "form": form,
        "areas": [part for part in areas if part["rows"] or part["left"]], "outside": left.get(""),
        "left": sum(not row["told"] for rows in by_area.values() for row in rows), "any": bool(by_area),
    }  # fmt: skip
    return render(request, "home/turn.html", context)


def _drafts_from(new: Plan | None) -> Callable[[Left], bool]:
    """Whether next year's directive can be drafted from a directive: not while one of the same title is there."""
    if new is None or new.owner is not None or new.subject:
        return lambda _row: False
    drafted = set(directives_of(new).values_list("title", flat=True))
    return lambda row: row.directive is not None and row.title not in drafted


@once
def decide(request: HttpRequest, county: str, year: int, uid: UUID, activity: UUID) -> HttpResponse:
    """What becomes of one activity in the plan that follows."""
    at, actor = timezone.now(), actor_of(request)
    plan, new = _plans(request, county, uid)
    may(actor, M, county=county).demand()
    found = Activity.objects.filter(plan=plan, uid=activity).select_related("area").first()
    if new is None or found is None:
        raise Http404
    said = list(Continuation.objects.filter(plan=new, before=found).select_related("after"))
    undecided = Activity.objects.filter(plan=plan).exclude(went_on_as__plan=new).exclude(pk=found.pk)
    areas = list(areas_of(new))
    posted = request.POST if request.method == "POST" else None
    form = OutcomeForm(posted)
    form.fields["others"].offer(undecided, lambda one: f"{one.number} {one.title}")  # type: ignore[attr-defined]
    alike = next((one for one in areas if one.title == found.area.title), None)
    first = {"area": str(alike.uid) if alike else "", "number": found.number}
    rows = rows_of(
        AsForm, request, "as", first=1, initial=[first],
        ready=lambda row: row.fields["area"].offer(areas),  # type: ignore[attr-defined]
    )  # fmt: skip
    if posted is not None and posted.get("action") == "take_back":
        try:
            take_back_turn(by=actor, at=at, plan=new, before=found)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Det som var sagt om insatsen är tillbakataget."))
            return redirect("turn:turn", county, plan.year, plan.uid)
    elif posted is not None and all_valid(form, *rows):
        given = form.cleaned_data
        kept = [row.cleaned_data for row in rows if row.cleaned_data.get("area")]
        after = [GoesOnAs(one["area"], one["number"].strip(), one["title"], one["phase"]) for one in kept]
        after = [] if given["outcome"] in {"ends", "handed_over"} else after
        others = given["others"] if given["outcome"] == "merged" else []
        try:
            carry_over(
                by=actor, at=at, plan=new, outcome=given["outcome"], before=[found, *others], after=after,
                note=given["note"],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("turn:turn", county, plan.year, plan.uid)
    context = {
        "county": county, "year": year, "plan": plan, "new": new, "activity": found, "form": form, "targets": rows,
        "said": [(OUTCOMES[one.outcome], one) for one in said],
        "lines": paid_by(plan).get(str(found.uid), []), "area_left": left_over(plan).get(str(found.area.uid)),
    }  # fmt: skip
    return render(request, "home/turn_decide.html", context)
