"""The chain of bodies, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.bodies.forms import BodyForm, DecisionForm, EndSeatForm, PointForm, SeatForm
from samplan.apps.bodies.labels import DECIDED, KINDS, MANDATES, OUTCOMES
from samplan.apps.bodies.models import Body, Decision
from samplan.apps.bodies.operations import add_body, add_seat, end_seat, record_decision
from samplan.apps.bodies.queries import (
    bodies_of,
    decided_by,
    decisions_of,
    get_body_for,
    get_decision_for,
    organisations_in,
)
from samplan.base.audit.trace import events_about
from samplan.base.files.queries import shelf
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.base.ui.fields import all_valid, rows_of, saving
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError

PAGE = 30
POINTS_AT_FIRST = 5


def decisions(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The county's decisions, newest first, beside the chain of bodies."""
    actor = actor_of(request)
    see(actor, county)
    page = Paginator(decisions_of(county), PAGE).get_page(request.GET.get("sida"))
    found: list[Decision] = list(page)
    newest = found[0] if found and page.number == 1 else None
    context = {
        "county": county, "year": year, "page": page, "decisions": found,
        "lead": _lead(page.paginator.count, newest), "chain": _chain(bodies_of(county)),
        "may_decide": bool(may(actor, Permission.DECIDE, county=county)),
        "may_manage": bool(may(actor, Permission.MANAGE_BODIES, county=county)),
    }  # fmt: skip
    return render(request, "bodies/decisions.html", context)


def _lead(count: int, newest: Decision | None) -> str:
    if not count:
        return _("Inga beslut är införda än.")
    words = ngettext("Ett beslut är infört.", "%(n)s beslut är införda.", count) % {"n": count}
    if newest is None:
        return words
    return words + " " + _("Senast beslutade %(body)s den %(day)s.") % {
        "body": newest.body.name, "day": day(newest.decided_on),
    }  # fmt: skip


def _chain(bodies: Iterable[Body]) -> list[dict[str, Any]]:
    """The bodies from the top, each followed by those below it."""
    below: dict[int | None, list[Body]] = {}
    for one in bodies:
        below.setdefault(one.parent_id, []).append(one)

    today = timezone.localdate()

    def walk(parent: int | None, depth: int) -> Iterator[dict[str, Any]]:
        for one in below.get(parent, []):
            seats = [seat for seat in one.seats.all() if seat.valid_to is None or seat.valid_to >= today]
            yield {
                "body": one, "depth": min(depth, 3), "kind": KINDS.get(one.kind, one.kind), "seats": seats,
                "mandates": _mandates(one),
            }  # fmt: skip
            yield from walk(one.pk, depth + 1)

    return list(walk(None, 0))


def _mandates(one: Body) -> list[Any]:
    today = timezone.localdate()
    return [
        MANDATES.get(mandate.kind, mandate.kind)
        for mandate in one.mandates.all()
        if mandate.valid_to is None or mandate.valid_to >= today
    ]


@once
def new_decision(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Enter what a body decided, point by point."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, Permission.DECIDE, county=county).demand()
    in_force = decisions_of(county).filter(superseded_by=None)[:200]
    form = DecisionForm(
        request.POST if request.method == "POST" else None, bodies=bodies_of(county), decisions=in_force
    )
    points = rows_of(PointForm, request, "points", first=POINTS_AT_FIRST)
    if saving(request, form, *points) and all_valid(form, *points):
        given = form.cleaned_data
        try:
            made = record_decision(
                by=actor, at=at, body=given["body"], decided_on=given["decided_on"], title=given["title"],
                case_number=given["case_number"], supersedes=given["supersedes"],
                points=[point.point() for point in points if not point.blank],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Beslutet är infört."))
            return redirect("bodies:decision", county, year, made.uid)
    context = {"county": county, "year": year, "form": form, "points": points}
    return render(request, "bodies/new_decision.html", context)


def decision(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A decision with its points, and what stands on each of them."""
    actor = actor_of(request)
    found = get_decision_for(actor, uid, county=county)
    standing = decided_by(found)
    points = [
        {
            "point": point, "kind": MANDATES.get(point.kind, point.kind),
            "outcome": OUTCOMES.get(point.outcome, point.outcome), "yes": point.outcome in {"approved", "changed"},
            "decided": [_thing(row, county, year) for row in standing.get(point.pk, [])],
        }
        for point in found.points.all()
    ]  # fmt: skip
    context = {
        "county": county, "year": year, "decision": found, "points": points,
        "superseded_by": getattr(found, "superseded_by", None), "shelf": shelf(actor, found),
        "events": events_about(found.uid)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "bodies/decision.html", context)


def _thing(row: Any, county: str, year: int) -> dict[str, Any]:
    """Something that was decided: what kind it is, its title, kronor and address."""
    words, address, attribute = DECIDED.get(row._meta.label_lower, (row._meta.verbose_name, "", ""))
    year = getattr(row, "year", None) or getattr(getattr(row, "plan", None), "year", None) or year
    arguments = [county, year, *([getattr(row, attribute)] if attribute else [])]
    return {
        "kind": words, "title": str(row), "amount": getattr(row, "amount", None),
        "made_up": getattr(row, "made_up", False), "url": reverse(address, args=arguments) if address else "",
    }  # fmt: skip


@once
def new_body(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """A new body in the chain."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, Permission.MANAGE_BODIES, county=county).demand()
    initial = {"valid_from": timezone.localdate(at)}
    form = BodyForm(request.POST if request.method == "POST" else None, bodies=bodies_of(county), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = add_body(
                by=actor, at=at, county=county, name=given["name"], kind=given["kind"], remit=given["remit"].strip(),
                parent=given["parent"], valid_from=given["valid_from"],
                mandates=[(kind, given["valid_from"], None) for kind in given["mandates"]],
            )  # fmt: skip
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Organet är tillagt. Lägg till dem som sitter i det."))
            return redirect("bodies:body", county, year, made.uid)
    return render(request, "bodies/new_body.html", {"county": county, "year": year, "form": form})


@once
def body(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """A body with its seats and what it has decided; more seats are added here."""
    at, actor = timezone.now(), actor_of(request)
    found = get_body_for(actor, uid, county=county)
    manages = bool(may(actor, Permission.MANAGE_BODIES, county=county))
    today = timezone.localdate(at)
    every = list(found.seats.all())
    seats = [seat for seat in every if seat.valid_to is None or seat.valid_to >= today]
    form = None
    if manages:
        posted = request.POST if request.method == "POST" else None
        form = SeatForm(posted, organisations=organisations_in(county))
        if request.method == "POST" and form.is_valid():
            try:
                add_seat(by=actor, at=at, body=found, **form.cleaned_data)
            except DomainError as error:
                tell(error, form)
            else:
                messages.success(request, _("Platsen är tillagd."))
                return redirect("bodies:body", county, year, uid)
    elif request.method == "POST":
        may(actor, Permission.MANAGE_BODIES, county=county).demand()
    uids = [found.uid, *(seat.uid for seat in every)]
    context = {
        "county": county, "year": year, "body": found, "kind": KINDS.get(found.kind, found.kind), "seats": seats,
        "former": [seat for seat in every if seat not in seats], "mandates": _mandates(found), "form": form,
        "decisions": decisions_of(county).filter(body=found)[:20],
        "named": sum(seat.person_id is not None for seat in seats),
        "events": events_about(*uids)[:50] if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "bodies/body.html", context)


@once
def end(request: HttpRequest, county: str, year: int, uid: UUID, seat: UUID) -> HttpResponse:
    """The last day somebody holds a seat."""
    at, actor = timezone.now(), actor_of(request)
    found = get_body_for(actor, uid, county=county)
    may(actor, Permission.MANAGE_BODIES, county=county).demand()
    one = next((row for row in found.seats.all() if row.uid == seat), None)
    if one is None:
        raise Http404
    form = EndSeatForm(request.POST if request.method == "POST" else None, initial={"last_day": one.valid_to})
    if request.method == "POST" and form.is_valid():
        try:
            end_seat(by=actor, at=at, seat=one, last_day=form.cleaned_data["last_day"])
        except DomainError as error:
            tell(error, form)
        else:
            last_day = day(form.cleaned_data["last_day"])
            messages.success(request, _("Platsen gäller till och med %(day)s.") % {"day": last_day})
            return redirect("bodies:body", county, year, uid)
    context = {"county": county, "year": year, "body": found, "seat": one, "form": form}
    return render(request, "bodies/end_seat.html", context)
