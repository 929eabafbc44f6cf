"""Needs and proposals: what has to be met, what is proposed, weighed and decided."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.agreements.queries import grants_of
from samplan.apps.bodies.labels import OUTCOMES
from samplan.apps.bodies.queries import bodies_of
from samplan.apps.indicators.quoting import CountyFigures
from samplan.apps.needs.forms import DecideForm, FromAnswerForm, IntoActivityForm, NeedForm, ProposalForm
from samplan.apps.needs.labels import FIELDS, MOVES, NEED_STATES, PROPOSAL_STATES
from samplan.apps.needs.models import Need, Proposal
from samplan.apps.needs.operations import (
    TEXTS,
    activity_from_proposal,
    add_need,
    change_need,
    decide_proposal,
    missing,
    move_proposal,
    need_from_answer,
    set_priority,
    write_proposal,
)
from samplan.apps.needs.queries import (
    WAITING,
    Reach,
    answers_of,
    get_answer_for,
    needs_of,
    one_for,
    proposals_of,
    purses_of,
    reach_of,
)
from samplan.apps.orgs.queries import parties_of
from samplan.apps.plans.models import Activity
from samplan.apps.plans.queries import areas_of, framework_goals_of, joint_plan
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import number
from samplan.domain.access import Permission, may
from samplan.domain.cycle import PROPOSAL_MOVES, ProposalStatus, step
from samplan.domain.errors import DomainError
from samplan.domain.markup import parse, plain_text

M = Permission.MANAGE_PLAN


def plain(text: str) -> str:
    """Restricted Markdown without its signs, for a line in a list."""
    return plain_text(parse(text, base_level=2, key="text"))


def _page(
    request: HttpRequest,
    county: str,
    year: int,
    form: Form,
    words: str,
    *,
    proposal: Proposal | None = None,
    name: str = "needs:list",
    overline: str = "",
) -> HttpResponse:
    """A page with one form; the way back leads to the proposal it is about, or to the list."""
    titles = {"needs:list": _("Behov"), "needs:proposals": _("Förslag")}
    back = reverse(name, args=[county, year]), titles[name]
    if proposal is not None:
        back = reverse("needs:proposal", args=[county, year, proposal.uid]), proposal.title
    context = {
        "county": county, "year": year, "form": form, "words": words, "back": back[0], "back_title": back[1],
        "overline": overline,
    }  # fmt: skip
    return render(request, "needs/form.html", context)


def _activities(county: str, *years: int) -> list[Activity]:
    plans = [plan for plan in (joint_plan(county, year) for year in years) if plan is not None]
    found = Activity.objects.filter(plan__in=plans).select_related("plan")
    return sorted(found.order_by("area__number", "position", "id"), key=lambda one: -one.plan.year)


def _need_form(request: HttpRequest, county: str, year: int, initial: dict[str, Any]) -> NeedForm:
    parties = parties_of(county, on=timezone.localdate())
    plan = joint_plan(county, year)
    return NeedForm(
        request.POST if request.method == "POST" else None, parties=parties,
        goals=framework_goals_of(county),
        areas=areas_of(plan) if plan else (), activities=_activities(county, year - 1, year), initial=initial,
    )  # fmt: skip


@once
def new_need(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more need."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    form = _need_form(request, county, year, {"state": "planned"})
    if request.method == "POST" and form.is_valid():
        try:
            add_need(by=actor, at=at, county=county, year=year, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Behovet är tillagt."))
            return redirect("needs:list", county, year)
    return _page(request, county, year, form, _("Nytt behov"))


@once
def need(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A need: read it, and for the coordinator change it."""
    at, actor = timezone.now(), actor_of(request)
    found: Need = one_for(actor, Need, uid, county)
    if not may(actor, M, county=county):
        context = {
            "county": county, "year": year, "need": found, "state": NEED_STATES[found.state],
            "figures": CountyFigures(county, year),
        }  # fmt: skip
        return render(request, "needs/need.html", context)
    initial = {name: getattr(found, name) for name in ("title", "text", "state", "persons", "origin")}
    for name in ("area", "activity"):
        row = getattr(found, name)
        initial[name] = str(row.uid) if row else ""
    for name in ("municipalities", "framework_goals"):
        initial[name] = [str(row.uid) for row in getattr(found, name).all()]
    form = _need_form(request, county, found.year, initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_need(by=actor, at=at, need=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("needs:list", county, year)
    return _page(request, county, year, form, found.title)


def answers(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What parties have answered this year, each a press from being a need of the next."""
    actor = actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    rows = []
    for answer in answers_of(county, year):
        asked = {question.code: question.text for question in answer.request.form.questions.all()}
        rows.append({"answer": answer, "question": asked.get(answer.code, ""), "needs": list(answer.needs.all())})
    return render(request, "needs/answers.html", {"county": county, "year": year, "rows": rows})


@once
def from_answer(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Make a need of what a party answered."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    answer = get_answer_for(actor, uid, county, year)
    first = {"year": year + 1, "state": "must_start"}
    form = FromAnswerForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = need_from_answer(by=actor, at=at, answer=answer, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Behovet finns nu bland behoven för %(year)s.") % {"year": made.year})
            return redirect("needs:answers", county, year)
    back = reverse("needs:answers", args=[county, year])
    context = {"county": county, "year": year, "answer": answer, "form": form, "back": back}
    return render(request, "needs/from_answer.html", context)


def _reach(reach: Reach | None) -> dict[str, Any] | None:
    """A reach in figures: per cent with one decimal, and the persons it is made of."""
    if reach is None:
        return None
    percent = number(Decimal(reach.persons * 100) / Decimal(reach.whole), 1)
    return {"percent": percent, "persons": reach.persons, "whole": reach.whole, "on_date": reach.on_date}


@once
def proposals(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The year's proposals weighed against each other: place, cost, needs, reach, and what the grant has left.

    `?organ=` shows those that one body decides; what is asked of a grant counts all of them.
    """
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    everything = list(proposals_of(county, year))
    bodies = {str(one.decided_by.uid): one.decided_by for one in everything if one.decided_by}
    chosen = request.GET.get("organ", "") if request.GET.get("organ") in bodies else ""
    found = [one for one in everything if not chosen or one.decided_by == bodies[chosen]]
    manages = bool(may(actor, M, county=county))
    typed, problem = {one.pk: str(one.priority or "") for one in found}, ""
    if request.method == "POST":
        may(actor, M, county=county).demand()
        typed |= {one.pk: text.strip() for one in found if (text := request.POST.get(f"place-{one.uid}")) is not None}
        wrong = [one.title for one in found if not re.fullmatch("([1-9][0-9]{0,2})?", typed[one.pk])]
        if not wrong:
            for one in found:
                # What somebody else has weighed meanwhile stands, unless this person typed another place.
                if typed[one.pk] != request.POST.get(f"was-{one.uid}"):
                    place = int(typed[one.pk]) if typed[one.pk] else None
                    set_priority(by=actor, at=at, proposal=one, priority=place)
            messages.success(request, _("Ordningen är sparad."))
            query = f"?organ={chosen}" if chosen else ""
            return redirect(reverse("needs:proposals", args=[county, year]) + query)
        problem = _("Skriv en plats som ett helt tal från 1 till 999: %(titles)s.") % {"titles": "; ".join(wrong)}
    reach = reach_of(found, county)
    rows = [
        {
            "proposal": one, "state": PROPOSAL_STATES[one.state], "typed": typed[one.pk],
            "was": request.POST.get(f"was-{one.uid}", str(one.priority or "")),
            "missing": [FIELDS[name] for name in missing(one)] if one.state == "draft" else [],
            "reach": _reach(reach.get(one.pk)), "needs": list(one.needs.all()),
        }
        for one in found
    ]  # fmt: skip
    context = {
        "county": county, "year": year, "rows": rows, "may_manage": manages, "problem": problem, "chosen": chosen,
        "bodies": [(uid, body.name, sum(one.decided_by == body for one in everything)) for uid, body in bodies.items()],
        "all": len(everything), "purses": purses_of(county, year, everything),
        "total": sum(one.cost or 0 for one in found if one.state in WAITING),
        "on_date": next((one.on_date for one in reach.values()), None),
    }  # fmt: skip
    return render(request, "needs/proposals.html", context)


def _form(request: HttpRequest, county: str, year: int, initial: dict[str, Any]) -> ProposalForm:
    return ProposalForm(
        request.POST if request.method == "POST" else None, bodies=bodies_of(county), grants=grants_of(county, year),
        needs=needs_of(county, year), parties=parties_of(county, on=timezone.localdate()),
        activities=_activities(county, year), initial=initial,
    )  # fmt: skip


@once
def new_proposal(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more proposal, with as much as is known."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    form = _form(request, county, year, {})
    if request.method == "POST" and form.is_valid():
        try:
            made = write_proposal(by=actor, at=at, county=county, year=year, **form.values())
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Förslaget är sparat som utkast."))
            return redirect("needs:proposal", county, year, made.uid)
    return _page(request, county, year, form, _("Nytt förslag"), name="needs:proposals")


@once
def write(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Write a draft again."""
    at, actor = timezone.now(), actor_of(request)
    found: Proposal = one_for(actor, Proposal, uid, county)
    may(actor, M, county=county).demand()
    initial: dict[str, Any] = {name: getattr(found, name) for name in ("title", "cost", *TEXTS)}
    for name in ("working_group", "decided_by", "grant", "activity"):
        row = getattr(found, name)
        initial[name] = str(row.uid) if row else ""
    for name in ("needs", "municipalities"):
        initial[name] = [str(row.uid) for row in getattr(found, name).all()]
    initial["points"] = "\n".join(point.text for point in found.points.all())
    form = _form(request, county, found.year, initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_proposal(by=actor, at=at, county=county, year=found.year, proposal=found, **form.values())
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("needs:proposal", county, year, found.uid)
    return _page(request, county, year, form, _("Skriv"), proposal=found)


@once
def proposal(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A proposal with where it stands, what it lacks, and where it may go."""
    at, actor = timezone.now(), actor_of(request)
    found: Proposal = one_for(actor, Proposal, uid, county)
    problem = ""
    if request.method == "POST":
        to = request.POST.get("to", "")
        if to not in MOVES:
            raise Http404
        try:
            move_proposal(by=actor, at=at, proposal=found, to=to, reason=request.POST.get("reason", ""))
        except DomainError as error:
            if error.code == "forbidden":
                raise
            problem = say(error)
            if error.code == "facts_missing":
                names = ", ".join(str(FIELDS[name]).lower() for name in error.params["missing"])
                problem = _("Det här saknas innan förslaget kan läggas: %(names)s.") % {"names": names}
        else:
            messages.success(request, _("Sparat."))
            return redirect("needs:proposal", county, year, found.uid)
    status = ProposalStatus(found.state)
    moves = [
        (to.value, MOVES[to.value]) for to in PROPOSAL_MOVES[status]
        if to.value in MOVES and step(PROPOSAL_MOVES, actor, status, to, county=county)
    ]  # fmt: skip
    points = [(point, OUTCOMES.get(point.outcome, "")) for point in found.points.all()]
    context = {
        "county": county, "year": year, "proposal": found, "state": PROPOSAL_STATES[found.state], "moves": moves,
        "texts": [(FIELDS[name], getattr(found, name)) for name in TEXTS if getattr(found, name)], "points": points,
        "missing": [FIELDS[name] for name in missing(found)] if status is ProposalStatus.DRAFT else [],
        "may_manage": bool(may(actor, M, county=county)), "problem": problem, "typed": request.POST.get("reason", ""),
        "may_decide": bool(step(PROPOSAL_MOVES, actor, status, ProposalStatus.DECIDED, county=county)),
        "approved": any(point.outcome in {"approved", "changed"} for point, _words in points),
        "reach": _reach(reach_of([found], county).get(found.pk)), "figures": CountyFigures(county, year),
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "needs/proposal.html", context)


@once
def decide(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Enter what the body decided, point by point."""
    at, actor = timezone.now(), actor_of(request)
    found: Proposal = one_for(actor, Proposal, uid, county)
    may(actor, Permission.DECIDE, county=county).demand()
    form = DecideForm(request.POST if request.method == "POST" else None, points=found.points.all())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            decide_proposal(
                by=actor, at=at, proposal=found, outcomes=form.outcomes(), decided_on=given["decided_on"],
                case_number=given["case_number"],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Beslutet är infört."))
            return redirect("needs:proposal", county, year, found.uid)
    return _page(
        request, county, year, form, _("För in beslutet"), proposal=found, overline=str(found.decided_by or "")
    )


@once
def into_activity(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """An approved proposal becomes an activity of the year's plan."""
    at, actor = timezone.now(), actor_of(request)
    found: Proposal = one_for(actor, Proposal, uid, county)
    may(actor, M, county=county).demand()
    plan = joint_plan(county, found.year)
    form = IntoActivityForm(request.POST if request.method == "POST" else None)
    form.fields["area"].offer(areas_of(plan) if plan else ())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = activity_from_proposal(by=actor, at=at, proposal=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Förslaget är nu en insats i planen."))
            return redirect("plans:activity", county, found.year, made.uid)
    return _page(request, county, year, form, _("Gör till insats"), proposal=found, overline=found.title)
