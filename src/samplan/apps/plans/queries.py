"""Reads about plans, activities and budgets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.http import Http404

from samplan.apps.agreements.models import Allocation, Grant, SectionPoint
from samplan.apps.agreements.queries import grant_history
from samplan.apps.plans.models import (
    Activity,
    ActivityEvent,
    ActivityFigure,
    ActivityLink,
    ActivityParty,
    BudgetLine,
    Continuation,
    FocusArea,
    FrameworkGoal,
    Plan,
)
from samplan.domain.access import Actor, Permission, may


def joint_plan(county: str, year: int) -> Plan | None:
    """The county's joint plan of a year, the one without a subject of its own before others, the newest edition."""
    return Plan.objects.filter(county=county, year=year, owner=None).order_by("subject", "-edition").first()


def plans_of(county: str) -> QuerySet[Plan]:
    """All plans of a county, the newest first, the joint plan before others' own."""
    found = Plan.objects.filter(county=county).select_related("owner", "follows").prefetch_related("owner__parties")
    return found.order_by("-year", F("owner__name").asc(nulls_first=True), "subject", "-edition")


def owner_code(plan: Plan) -> str:
    """Whose a plan is, in one word: "joint", "region", or the official code of another owner's party."""
    if plan.owner is None:
        return "joint"
    party = plan.owner.parties.filter(county=plan.county).order_by("code").first()
    if party is None:
        return str(plan.owner.uid)
    return "region" if party.role == "region" else party.code


def get_any_plan_for(actor: Actor, uid: UUID, *, county: str) -> Plan:
    """One of the county's plans, whoever owns it; 404 unless the actor may read the county it belongs to."""
    found = plans_of(county).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def get_plan_for(actor: Actor, *, county: str, year: int) -> Plan:
    """The joint plan, for one who may read the county. 404 otherwise."""
    plan = joint_plan(county, year) if may(actor, Permission.READ_COUNTY, county=county) else None
    if plan is None:
        raise Http404
    return plan


def areas_of(plan: Plan) -> QuerySet[FocusArea]:
    """Areas by number among their like, with what they are tied to."""
    found = FocusArea.objects.filter(plan=plan).select_related("parent")
    return found.prefetch_related("sections", Prefetch("points", SectionPoint.objects.select_related("section")))


def activities_of(plan: Plan) -> QuerySet[Activity]:
    """Activities with everything that is shown about them, in the plan's order; a constant number of queries."""
    events = Prefetch("events", ActivityEvent.objects.prefetch_related("present"))
    found = Activity.objects.filter(plan=plan).select_related("area", "parent")
    return found.prefetch_related(
        "parties__party", "figures", "links", "municipalities", events, "responsibles", "steps", "milestones",
        "further_texts", "sections", "points",
    )  # fmt: skip


def framework_goals_of(county: str) -> QuerySet[FrameworkGoal]:
    """Every goal of the county's frameworks, in their order, with its framework."""
    return FrameworkGoal.objects.filter(county=county).select_related("framework")


def goals_with_ties(
    county: str, *, plans: QuerySet[Plan], needs_year: int | None, states: Iterable[str]
) -> QuerySet[FrameworkGoal]:
    """The county's goals with what is tied to each, as lists: `tied_areas` and `tied_activities` of the plans,
    `tied_directives` of theirs in one of the states, `tied_needs` of a year. Five queries however many there are.

    Needs and directives belong to rooms above this one and are read through the reverse relation.
    """
    ties: dict[str, dict[str, Any]] = {
        "needs": {"year": needs_year},
        "areas": {"plan__in": plans},
        "activities": {"plan__in": plans},
        "directives": {"plan__in": plans, "state__in": list(states)},
    }
    goals = FrameworkGoal.objects.filter(county=county).select_related("parent")
    for name, those in ties.items():
        rows = getattr(FrameworkGoal, name).rel.related_model._default_manager.filter(**those)
        rows = rows if name == "needs" else rows.select_related("plan")
        goals = goals.prefetch_related(Prefetch(name, rows, to_attr=f"tied_{name}"))
    return goals


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
        "grant__line__section", "payee", "allocation", "activity", "decision_point__decision__body"
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
    frozen = Allocation.objects.filter(county=county, year=year, kind="shared", state="frozen", budget_line=None)
    return frozen.order_by("title", "id")


def history_of(activity: Activity) -> list[Activity]:
    """What the activity came from and what became of it, year by year, itself among them."""
    found = {activity.pk: activity}
    for back, other in (("after", "before"), ("before", "after")):
        edge = [activity]
        while edge:
            rows = Continuation.objects.filter(**{f"{back}__in": edge}).exclude(**{other: None})
            rows = rows.select_related(f"{other}__plan").order_by("pk")
            edge = [getattr(row, other) for row in rows if getattr(row, other).pk not in found]
            found |= {one.pk: one for one in edge}
    return sorted(found.values(), key=lambda one: (one.plan.year, one.pk))
