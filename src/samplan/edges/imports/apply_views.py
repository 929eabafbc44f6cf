"""Before a draft becomes a plan: what will be made, what stays outside, and what the person has to say."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.queries import grants_of, sections_of
from samplan.apps.orgs.models import Organisation
from samplan.apps.orgs.queries import county_named
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.domain.access import Permission, may
from samplan.domain.drafts.making import Made, made, shape_of
from samplan.domain.drafts.tree import PLAN, Tree
from samplan.domain.errors import DomainError
from samplan.edges.imports.checking import asked, asks_of, parts_of
from samplan.edges.imports.forms import ApplyForm
from samplan.edges.imports.models import DraftContent
from samplan.edges.imports.money import fitting
from samplan.edges.imports.operations.applying import apply_draft
from samplan.edges.imports.queries import edits_of, get_draft_for, tree_of
from samplan.edges.imports.slot_labels import NODES, SLOTS, UNNAMED

HEADINGS = {**SLOTS, "title": SLOTS["description"]}


@once
def apply(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """What a plan will get of the draft; and, when the person says so, the plan."""
    at, actor = timezone.now(), actor_of(request)
    found = get_draft_for(actor, uid, county=county)
    may(actor, Permission.MANAGE_PLAN, county=county).demand()
    if found.state == "applied" and found.plan:
        return redirect("plans:whole", county, found.plan.year, found.plan.uid)
    if found.state != "read":
        raise Http404
    tree, _failed = tree_of(DraftContent.objects.get(draft=found), edits_of(found))
    first = tree.years[0] if tree.years else year
    headings, unnamed = _texts(HEADINGS), _texts(UNNAMED)
    posted = request.POST.get("year", "")
    chosen = int(posted) if posted.isdecimal() and len(posted) == 4 else first
    result = made(tree, labels=headings, unnamed=unnamed, tags=[one.tag for one in sections_of(chosen)])
    fits, other_money = fitting(tree, grants_of(county, chosen))
    owners = Organisation.objects.filter(parties__county=county).order_by("name").distinct()
    form = ApplyForm(
        request.POST if request.method == "POST" else None, owners=owners,
        loose=sum(not goal.horizon for goal in result.goals), directives=len(result.directives), money=len(fits),
        figures=sum(len(one.figures) for one in result.activities),
        initial={
            "title": result.title or _named(county, first), "year": first, "year_to": max(tree.years, default=first),
            "shape": shape_of(tree), "owner": _owner(tree, owners), "loose_goals": "long",
            "last_day": date(max(tree.years, default=first), 12, 31),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        how = form.how(
            seen=int(seen) if seen.isdecimal() else 0, grants=fits,
            headings=headings, unnamed=unnamed,
        )  # fmt: skip
        try:
            plan = apply_draft(by=actor, at=at, draft=found, how=how)
        except DomainError as error:
            found.refresh_from_db()
            tell(error, form)
        else:
            messages.success(request, _("Planen är gjord. Här är allt som kom ur dokumentet."))
            return redirect("plans:whole", county, plan.year, plan.uid)
    context = {
        "county": county, "year": year, "draft": found, "form": form, "making": _making(result),
        "outside": _outside(result, other_money), "blocked": result.blocked, "fits": fits.items(),
        "counted": [f"{value} {unit}" for one in result.activities for value, unit in one.figures],
        "unnamed": [(name, NODES[tree.nodes[name].kind]) for name in result.unnamed],
        "questions": _questions(tree), "areas": _areas(result),
        "unchecked": [part for part in parts_of(tree, "", {}) if not part.checked],
    }  # fmt: skip
    return render(request, "imports/apply.html", context)


def _named(county: str, year: int) -> str:
    """What a joint plan is called when the document gives it no name."""
    place = county_named(county)
    return _("Länsgemensam plan för %(county)s %(year)s") % {
        "county": place.short_name if place else county, "year": year,
    }  # fmt: skip


def _texts(words: dict[str, Any]) -> dict[str, str]:
    return {key: str(text) for key, text in words.items()}


def _owner(tree: Tree, owners: Any) -> str:
    """An organisation that the plan's name names; the county jointly when none is."""
    title = tree.title(tree.nodes[PLAN]).casefold()
    named = [one for one in owners if one.name.casefold() in title]
    return str(named[0].uid) if len(named) == 1 else ""


def _making(result: Made) -> list[tuple[int, str]]:
    """How many rows of each kind there will be."""
    areas = sum(not area.parent for area in result.areas)
    parts = len(result.areas) - areas
    partnerships = sum(one.kind == "partnership" for one in result.activities)
    activities = len(result.activities) - partnerships
    steps = sum(len(one.steps) for one in result.activities)
    counts = (
        (len(result.texts), ngettext("kapitel med text", "kapitel med text", len(result.texts))),
        (areas, ngettext("område", "områden", areas)),
        (parts, ngettext("del av ett område", "delar av områden", parts)),
        (len(result.goals), ngettext("mål", "mål", len(result.goals))),
        (activities, ngettext("insats", "insatser", activities)),
        (partnerships, ngettext("partnerskap", "partnerskap", partnerships)),
        (steps, ngettext("steg i insatser", "steg i insatser", steps)),
        (len(result.directives), ngettext("utkast till direktiv", "utkast till direktiv", len(result.directives))),
    )
    return [(number, words) for number, words in counts if number]


def _areas(result: Made) -> list[dict[str, Any]]:
    """Each area with what comes in it, to look through."""
    return [
        {
            "area": area, "activities": [one for one in result.activities if one.area == area.node],
            "directives": [one for one in result.directives if one.area == area.node],
            "goals": sum(goal.node == area.node for goal in result.goals),
        }
        for area in result.areas
    ]  # fmt: skip


def _outside(result: Made, money: list[Any]) -> list[dict[str, Any]]:
    """What the plan does not get, and why."""
    reasons = (
        (result.outside["unplaced"], _("Har ingen plats än. Ge dem en plats eller lägg dem åt sidan."), "utan-plats"),
        (money, _("Belopp som inte stämmer med länets bidrag. För in dem under Pengar."), PLAN),
        (result.outside["aside"], _("Har lagts åt sidan."), "utan-plats"),
        (result.outside["quiet"], _("Sidhuvuden, sidnummer och innehållsförteckning."), ""),
    )
    return [{"bits": bits, "why": why, "part": part} for bits, why, part in reasons if bits]


def _questions(tree: Tree) -> list[dict[str, Any]]:
    asks = asks_of(tree)
    return [
        {"bit": bit, "question": asked(tree, place)} for bit, places in asks.items() for place in places
    ]  # fmt: skip
