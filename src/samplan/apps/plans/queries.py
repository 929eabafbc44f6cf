"""Reads about plans, activities and budgets."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.agreements.queries import grant_history
from samplan.apps.plans.models import (
    Activity,
    ActivityEvent,
    ActivityFigure,
    ActivityLink,
    ActivityParty,
    BudgetLine,
    FocusArea,
    Plan,
)
from samplan.domain.access import Actor, Permission, may


def joint_plan(county: str, year: int) -> Plan | None:
    """The county's joint plan of a year, the newest edition."""
    return Plan.objects.filter(county=county, year=year, owner=None).order_by("-edition").first()


def get_plan_for(actor: Actor, *, county: str, year: int) -> Plan:
    """The joint plan, for one who may read the county. 404 otherwise."""
    plan = joint_plan(county, year) if may(actor, Permission.READ_COUNTY, county=county) else None
    if plan is None:
        raise Http404
    return plan


def areas_of(plan: Plan) -> QuerySet[FocusArea]:
    return FocusArea.objects.filter(plan=plan).select_related("section")


def activities_of(plan: Plan) -> QuerySet[Activity]:
    """Activities with everything that is shown about them, in the plan's order; a constant number of queries."""
    events = Prefetch("events", ActivityEvent.objects.prefetch_related("present"))
    found = Activity.objects.filter(plan=plan).select_related("area", "parent")
    return found.prefetch_related("parties__party", "figures", "links", "municipalities", events)


def get_activity_for(actor: Actor, uid: UUID, *, county: str) -> Activity:
    """One activity with its details; 404 unless the actor may read the county it belongs to."""
    found = Activity.objects.filter(uid=uid, county=county).select_related("plan", "area").first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def details_of(activity: Activity) -> list[ActivityFigure | ActivityParty | ActivityEvent | ActivityLink]:
    """What is listed about an activity, each with a uid of its own."""
    return [*activity.figures.all(), *activity.parties.all(), *activity.events.all(), *activity.links.all()]


def budget_of(plan: Plan) -> QuerySet[BudgetLine]:
    """Budget lines in force, with grant, payee, allocation and decision."""
    lines = BudgetLine.objects.filter(plan=plan, superseded_by=None)
    return lines.select_related(
        "grant__line__section", "payee", "allocation", "decision_point__decision__body"
    ).order_by("number", "id")


def lines_of_grant(plan: Plan, grant: Grant) -> list[BudgetLine]:
    """Lines in force of a grant in force, also those that were decided on a grant it has superseded."""
    return list(budget_of(plan).filter(grant__in=grant_history(grant)))


def line_in_force(line: BudgetLine) -> BudgetLine:
    """The line that has taken this one's place, through every later decision; itself when none has."""
    while later := BudgetLine.objects.filter(supersedes=line).select_related("allocation").first():
        line = later
    return line


def successors(plan: Plan, lines: Iterable[BudgetLine]) -> dict[int, Allocation]:
    """Line id → the frozen allocation that has taken the place of the line's own and that no line carries yet."""
    carried = {line.allocation_id: line.pk for line in lines if line.allocation_id is not None}
    found = {one.pk: one for one in Allocation.objects.filter(county=plan.county, year=plan.year)}
    meant = {}
    for one in allocations_unused(plan.county, plan.year):
        before = one.supersedes_id
        while before is not None and before not in carried:
            before = found[before].supersedes_id
        if before is not None:
            meant[carried[before]] = one
    return meant


def allocations_unused(county: str, year: int) -> QuerySet[Allocation]:
    """Frozen allocations that no budget line carries yet."""
    return Allocation.objects.filter(county=county, year=year, state="frozen", budget_line=None).order_by("title", "id")
