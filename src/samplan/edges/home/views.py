"""My desk: what waits for me, and where the year stands."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.directives.board_views import lead as board_lead
from samplan.apps.directives.queries import BoardCell, cell_of, for_board
from samplan.apps.orgs.models import County, RoleAssignment
from samplan.apps.plans.models import Plan
from samplan.apps.plans.queries import joint_plan
from samplan.apps.questionnaires.queries import requests_of
from samplan.apps.spending.queries import money_of
from samplan.base.accounts.models import Account
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of
from samplan.domain.access import Actor, Permission, may, organisations_of
from samplan.domain.deadlines import swedish_day
from samplan.domain.naming import swedish_key
from samplan.domain.wheel import window
from samplan.edges.home.first_visit import FirstVisit, first_visit
from samplan.edges.home.operations import put_first_visit
from samplan.edges.home.queries import grouped, tasks_for
from samplan.edges.home.ways import ways_on
from samplan.edges.home.wheel import Fixed, Lane, wheel
from samplan.edges.home.year import phases_of, rows_of, steps_of


def start(request: HttpRequest) -> HttpResponse:
    """Straight to the desk of one's county and its newest year; with several counties there is a choice.

    An administrator is led to every county's people and population.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    administers = bool(may(actor, Permission.INSTALLATION))
    counties = list(County.objects.all() if administers else County.objects.filter(code__in=actor.counties))
    plans = Plan.objects.filter(county__in=[county.code for county in counties], owner=None).order_by("-year")
    years: dict[str, list[int]] = {}
    for county, year in plans.values_list("county", "year").distinct():
        years.setdefault(county, []).append(year)
    this_year = swedish_day(timezone.now()).year
    held = RoleAssignment.objects.exclude(county="").values_list("county").annotate(Count("account", distinct=True))
    people = dict(held) if administers else {}
    places: list[dict[str, Any]] = [
        {
            "county": county,
            "years": years.get(county.code) or [this_year],
            "own": county.code in actor.counties,
            "people": people.get(county.code),
        }
        for county in sorted(counties, key=lambda county: swedish_key(county.name))
    ]
    if len(places) == 1 and not administers:
        return redirect("home:desk", places[0]["county"].code, places[0]["years"][0])
    return render(request, "home/start.html", {"places": places, "administers": administers, "any": bool(people)})


def desk(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What waits for the reader, in plain rows, and the steps of the year."""
    at = timezone.now()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if county not in actor.counties:
        raise Http404
    plan = joint_plan(county, year)
    reads = bool(may(actor, Permission.READ_COUNTY, county=county))
    cells = _cells(plan, county, year, at) if plan and reads else []
    tasks = tasks_for(actor, plan, cells, county=county, year=year, at=at)
    today, first = swedish_day(at), first_visit(actor, county=county, year=year, on=swedish_day(at))
    context: dict[str, Any] = {
        "plan": plan, "groups": grouped(tasks, today), "reads": reads, "today": at, "asked": len(cells),
        "heading": _heading(len(tasks), first), "first": first,
        "ways": [] if tasks or first else ways_on(actor, plan, county=county, year=year),
        "lead": board_lead(cells) if cells else "", "inside": sum(cell.inside for cell in cells),
        "accepted": sum(cell.request.state == "accepted" for cell in cells),
        "economist": bool(organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)),
        "party": bool(organisations_of(actor, Permission.WRITE_REPORT, county=county)),
    }  # fmt: skip
    if plan and reads:
        context |= _money(county, year)
    return render(request, "home/desk.html", context | _year(plan, today, reads=reads))


@once
@require_POST
def put_aside(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Put the list of first steps aside, or take it out again."""
    aside = request.POST.get("action") != "out"
    put_first_visit(
        by=actor_of(request), at=timezone.now(), account=cast(Account, request.user), county=county, aside=aside
    )
    return redirect("home:desk", county, year)


def _money(county: str, year: int) -> dict[str, int]:
    """Kronor that have come to the county's recipients, and how much of them is accounted for."""
    facts = [one.facts for one in money_of(county, year)]
    return {"came": sum(one.came for one in facts), "counted": sum(one.counted + one.carried for one in facts)}


def _year(plan: Plan | None, on: date, *, reads: bool) -> dict[str, Any]:
    """The wheel and its list: this year's phases, and the next year's beside them when its plan is open."""
    if plan is None:
        return {"told_years": [], "wheel": ""}
    steps = steps_of(plan, on=on, reads=reads)
    found = [(plan.year, steps, phases_of(steps))]
    following = joint_plan(plan.county, plan.year + 1)
    if following is not None:
        coming = steps_of(following, on=on, reads=reads)
        found.append((following.year, coming, phases_of(coming)))
    lanes = [Lane(_("Plan %(year)s") % {"year": year}, phases) for year, _steps, phases in found]
    within = window(on, [step.day for step in steps])
    fixed = [Fixed(step.day, step.title) for step in steps if step.fixed]
    return {
        "told_years": [(year, rows_of(steps, phases)) for year, steps, phases in found if steps],
        "wheel": wheel(lanes, fixed, within, on) if steps else "",
    }


def _cells(plan: Plan, county: str, year: int, at: Any) -> list[BoardCell]:
    """Every report that is asked for: the directives' shares and the efforts."""
    shares = [share for directive in for_board(plan) for share in directive.shares.all()]
    found = [cell_of(share.request, share.amount, at=at) for share in shares if share.request.state != "withdrawn"]
    return found + [cell_of(effort, at=at) for effort in requests_of(county, year).filter(kind="effort")]


def _heading(tasks: int, first: FirstVisit | None) -> str:
    if first is not None and not first.aside:
        return _("Välkommen till Samplan") if first.done < 5 else _("Snart är ni i gång")
    if not tasks:
        return _("Inget väntar på dig just nu")
    return ngettext("En sak väntar på dig", "%(n)s saker väntar på dig", tasks) % {"n": tasks}
