"""Every write about a plan itself, its chapters of text and its areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from samplan.apps.agreements.models import AgreementSection, SectionPoint
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.orgs.models import Organisation, Party
from samplan.apps.plans.models import FocusArea, FrameworkGoal, Plan, PlanText, PlanVersion
from samplan.apps.plans.operations.writing import parted, save, waived_in
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import Frozen
from samplan.domain.freetext import free_text, one_line
from samplan.domain.shapes import CHAPTERS, SHAPES

TEXT_KINDS = (
    "introduction", "background", "situation", "purpose", "focus", "values", "definitions", "perspectives",
    "organisation", "structure", "process", "parties", "planning", "sources", "other",
)  # fmt: skip
PLAN_LINES = {"title": 300, "subject": 100, "motto": 300, "case_number": 100}


@transaction.atomic
def create_plan(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    owner: Organisation | None = None,
    year_to: int | None = None,
    shape: str = "directive",
    subject: str = "",
    motto: str = "",
    dated_on: date | None = None,
    case_number: str = "",
    follows: Plan | None = None,
) -> Plan:
    """A plan; `owner` None is the county's joint plan. One of each owner, year and subject.

    `year_to`: the last year it runs. `follows`: the plan that this one carries on. Raises Invalid("plan_exists"),
    ("unknown_choice"), ("years_in_order").
    """
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    if shape not in SHAPES:
        raise Invalid("unknown_choice", field="shape")
    if year_to is not None and year_to < year:
        raise Invalid("years_in_order", field="year_to")
    if owner is not None and not owner.parties.filter(county=county).exists():
        raise Invalid("unknown_choice", field="owner")
    if follows is not None and follows.county != county:
        raise Refused("forbidden")
    lines = _lines({"title": title, "subject": subject, "motto": motto, "case_number": case_number})
    if Plan.objects.filter(county=county, year=year, owner=owner, subject=lines["subject"]).exists():
        raise Invalid("plan_exists", field="year")
    plan = Plan.objects.create(
        county=county, year=year, year_to=year_to or year, owner=owner, shape=shape, dated_on=dated_on, follows=follows,
        **lines,
    )  # fmt: skip
    record(by=by, at=at, verb="plan_created", subject=plan, after={"title": plan.title, "year": year})
    return plan


def _lines(typed: Mapping[str, str], plan: Plan | None = None) -> dict[str, str]:
    """One-line texts of a plan; all but the title may be empty."""
    waived = waived_in(plan)
    return {
        name: one_line(text, field=name, most=PLAN_LINES[name], waived=waived)
        if name == "title" or text.strip()
        else ""
        for name, text in typed.items()
    }


@transaction.atomic
def change_plan(*, by: Actor, at: datetime, plan: Plan, chapters: Iterable[str] | None = None, **values: Any) -> Plan:
    """Change title, subject, motto, case_number, dated_on, year_to or shape; `chapters`: the owner's own order of
    chapters (codes of `domain.shapes.CHAPTERS`), empty for the shape's own."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    unknown = set(values) - {*PLAN_LINES, "dated_on", "year_to", "shape"}
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    if values.get("shape", plan.shape) not in SHAPES:
        raise Invalid("unknown_choice", field="shape")
    if values.get("year_to", plan.year_to) < plan.year:
        raise Invalid("years_in_order", field="year_to")
    values |= _lines({name: text for name, text in values.items() if name in PLAN_LINES}, plan)
    if chapters is not None:
        chosen = list(chapters)
        if set(chosen) - set(CHAPTERS) or len(set(chosen)) != len(chosen):
            raise Invalid("unknown_choice", field="chapters")
        values["chapters"] = "\n".join(chosen)
    subject = values.get("subject", plan.subject)
    same = Plan.objects.filter(county=plan.county, year=plan.year, owner=plan.owner, subject=subject)
    if same.exclude(pk=plan.pk).exists():
        raise Invalid("plan_exists", field="subject")
    before, after = changed(plan, values)
    if after:
        save(plan, after)
        record(by=by, at=at, verb="plan_changed", subject=plan, before=before, after=after)
    return plan


@transaction.atomic
def adopt_plan(*, by: Actor, at: datetime, plan: Plan, decision_point: DecisionPoint, facts: Frozen) -> PlanVersion:
    """A body has decided the plan: its facts as they read now are kept, as the next edition. The plan can be worked on
    again; what was decided never changes. Raises Refused("decision_not_approved") and others of `demand_point`."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="plan")
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    number = (PlanVersion.objects.filter(plan=locked).aggregate(last=Max("number"))["last"] or 0) + 1
    version = PlanVersion.objects.create(
        county=plan.county, plan=locked, number=number, decision_point=decision_point, adopted_at=at,
        facts=facts.text, facts_sha256=facts.sha256,
    )  # fmt: skip
    save(plan, {"state": "adopted"})
    after = {"version": number, "decision_point": decision_point}
    record(by=by, at=at, verb="plan_adopted", subject=plan, after=after)
    return version


@transaction.atomic
def add_plan_text(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    kind: str,
    title: str,
    text: str = "",
    parent: PlanText | None = None,
    party: Party | None = None,
) -> PlanText:
    """One more chapter of running text, last in the plan; with `parent` a part of a chapter."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if kind not in TEXT_KINDS:
        raise Invalid("unknown_choice", field="kind")
    if (parent and parent.plan_id != plan.pk) or (party and party.county != plan.county):
        raise Refused("forbidden")
    last = PlanText.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    waived = waived_in(plan)
    values = {"title": one_line(title, waived=waived), "text": free_text(text, waived=waived)}
    row = PlanText.objects.create(
        county=plan.county, plan=plan, kind=kind, number=last + 1, parent=parent, party=party, **values
    )
    record(by=by, at=at, verb="plan_text_written", subject=row, after=values)
    return row


def chapter_of(plan: Plan, kind: str) -> PlanText | None:
    """The plan's first chapter of a kind."""
    return PlanText.objects.filter(plan=plan, kind=kind, parent=None, party=None).first()


@transaction.atomic
def write_plan_text(*, by: Actor, at: datetime, plan: Plan, kind: str, title: str, text: str) -> PlanText:
    """Write (or write again) the plan's chapter of a kind."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    row = chapter_of(plan, kind)
    if row is None:
        return add_plan_text(by=by, at=at, plan=plan, kind=kind, title=title, text=text)
    waived = waived_in(plan)
    _change_text(by, at, row, {"title": one_line(title, waived=waived), "text": free_text(text, waived=waived)})
    return row


def _change_text(by: Actor, at: datetime, row: PlanText, values: Mapping[str, str]) -> None:
    before, after = changed(row, values)
    if after:
        save(row, after)
        record(by=by, at=at, verb="plan_text_changed", subject=row, before=before, after=after)


@transaction.atomic
def edit_plan_text(
    *, by: Actor, at: datetime, row: PlanText, typed: Mapping[str, str], base: Mapping[str, str]
) -> dict[str, str]:
    """Write a chapter that somebody else may be writing too: `typed` title and text, `base` the hashes of what they
    were.

    What only this person changed is saved. Returns the texts of those that another has changed as well: {} when all
    is saved.
    """
    may(by, Permission.MANAGE_PLAN, county=row.county).demand()
    waived = waived_in(row.plan)
    cleaned = {"title": one_line(typed["title"], waived=waived), "text": free_text(typed["text"], waived=waived)}
    locked = PlanText.objects.select_for_update().get(pk=row.pk)
    ours, theirs = parted(locked, cleaned, base)
    _change_text(by, at, locked, ours)
    return theirs


@transaction.atomic
def add_area(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    number: int,
    title: str,
    short_title: str = "",
    text: str = "",
    parent: FocusArea | None = None,
    goal_fulfilment: str = "",
    next_steps: str = "",
    project_owner: str = "",
    sections: Iterable[AgreementSection] = (),
    points: Iterable[SectionPoint] = (),
    framework_goals: Iterable[FrameworkGoal] = (),
) -> FocusArea:
    """A focus area, or with `parent` a part of one; `number` is its place among its like."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    goals = list(framework_goals)
    if (parent and parent.plan_id != plan.pk) or any(goal.county != plan.county for goal in goals):
        raise Refused("forbidden")
    if FocusArea.objects.filter(plan=plan, parent=parent, number=number).exists():
        raise Invalid("number_taken", field="number")
    waived = waived_in(plan)
    area = FocusArea.objects.create(
        county=plan.county, plan=plan, parent=parent, number=number, title=one_line(title, waived=waived),
        text=free_text(text, waived=waived), short_title=one_line(short_title or title, waived=waived)[:100],
        goal_fulfilment=free_text(goal_fulfilment, field="goal_fulfilment", waived=waived),
        next_steps=free_text(next_steps, field="next_steps", waived=waived),
        project_owner=one_line(project_owner, field="project_owner", most=200) if project_owner.strip() else "",
    )  # fmt: skip
    area.sections.set(sections)
    area.points.set(points)
    area.framework_goals.set(goals)
    record(by=by, at=at, verb="area_added", subject=area, after={"number": number, "title": area.title})
    return area


AREA_TEXTS = ("text", "goal_fulfilment", "next_steps")


@transaction.atomic
def edit_area(
    *, by: Actor, at: datetime, area: FocusArea, typed: Mapping[str, str], base: Mapping[str, str]
) -> dict[str, str]:
    """Change an area's title and texts that somebody else may be writing too; returns what another changed as well."""
    may(by, Permission.MANAGE_PLAN, county=area.county).demand()
    waived = waived_in(area.plan)
    cleaned = {
        name: one_line(text, waived=waived) if name == "title" else free_text(text, field=name, waived=waived)
        for name, text in typed.items()
    }
    locked = FocusArea.objects.select_for_update().get(pk=area.pk)
    ours, theirs = parted(locked, cleaned, base)
    before, after = changed(locked, ours)
    if after:
        save(locked, after)
        record(by=by, at=at, verb="area_changed", subject=locked, before=before, after=after)
    return theirs


@transaction.atomic
def tie(
    *,
    by: Actor,
    at: datetime,
    thing: Any,
    sections: Iterable[AgreementSection] | None = None,
    points: Iterable[SectionPoint] | None = None,
    framework_goals: Iterable[FrameworkGoal] | None = None,
) -> None:
    """Tie an area or activity to sections and points of the agreement and to goals of frameworks; what is not given
    stays as it is."""
    may(by, Permission.MANAGE_PLAN, county=thing.county).demand()
    given = {"sections": sections, "points": points, "framework_goals": framework_goals}
    before, after = {}, {}
    for name, rows in given.items():
        if rows is None:
            continue
        chosen = list(rows)
        if any(getattr(row, "county", thing.county) != thing.county for row in chosen):
            raise Refused("forbidden")
        there = list(getattr(thing, name).all())
        if {row.pk for row in there} != {row.pk for row in chosen}:
            getattr(thing, name).set(chosen)
            before[name], after[name] = [str(row) for row in there], [str(row) for row in chosen]
    if after:
        verb = "area_changed" if isinstance(thing, FocusArea) else "activity_changed"
        record(by=by, at=at, verb=verb, subject=thing, before=before, after=after)
