"""The year turns: a plan starts from the one before, and it is said of each activity what becomes of it.

Nothing of the old year changes; both plans can be worked on at once. What each relation does is in `plans.turning`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samplan.apps.plans.models import (
    ACTIVITY_TEXTS,
    Activity,
    Continuation,
    FocusArea,
    Plan,
    PlanText,
)
from samplan.apps.plans.operations.activities import When, add_activity
from samplan.apps.plans.operations.plans import add_area, add_plan_text, create_plan
from samplan.apps.plans.operations.rows import add_row
from samplan.apps.plans.operations.writing import carry_waivers, waived_in
from samplan.base.audit.trace import record
from samplan.base.files.operations import carry_files
from samplan.base.files.queries import files_at
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text

OUTCOMES = ("goes_on", "ends", "handed_over", "merged", "split", "new")
# What an activity's texts say of the year that has gone.
OF_THE_OLD_YEAR = frozenset({"result", "goal_fulfilment", "lessons", "next_steps"})


@dataclass(frozen=True, slots=True)
class GoesOnAs:
    """As what an activity goes on: in which area of the new plan, with which number and title. `phase` and `title` as
    before when empty."""

    area: FocusArea
    number: str
    title: str = ""
    phase: str = ""
    kind: str = ""


@transaction.atomic
def start_next_plan(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    year: int,
    title: str,
    areas: bool = True,
    texts: bool = True,
    rows: bool = True,
) -> Plan:
    """Next year's plan, in the same shape and for the same owner, following `plan`. With `areas` its areas and their
    goals are copied, with `texts` its chapters, with `rows` what runs on regardless and hangs on no activity: posts,
    offers, open assignments, valid documents, pilots, perspectives.

    Raises Invalid("plan_exists"), ("years_in_order") when `year` is not after the plan's.
    """
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if year <= plan.year:
        raise Invalid("years_in_order", field="year")
    new = create_plan(
        by=by, at=at, county=plan.county, year=year, title=title, owner=plan.owner, shape=plan.shape,
        subject=plan.subject, motto=plan.motto, follows=plan,
    )  # fmt: skip
    if plan.chapters:
        Plan.objects.filter(pk=new.pk).update(chapters=plan.chapters)
    carry_waivers(plan, new)
    copied_areas = _copy_areas(by, at, plan, new) if areas else {}
    if texts:
        _copy_texts(by, at, plan, new)
    if rows:
        _copy_rows(by, at, plan, new, copied_areas)
    return new


def _copy_areas(by: Actor, at: datetime, plan: Plan, new: Plan) -> dict[int, FocusArea]:
    """Old area id → new area."""
    made: dict[int, FocusArea] = {}
    left = list(FocusArea.objects.filter(plan=plan).order_by("parent_id", "number"))
    while left:
        ready = [area for area in left if area.parent_id is None or area.parent_id in made]
        for area in ready:
            made[area.pk] = add_area(
                by=by, at=at, plan=new, number=area.number, title=area.title, short_title=area.short_title,
                text=area.text, parent=made.get(area.parent_id or 0), project_owner=area.project_owner,
                framework_goals=area.framework_goals.all(),
            )  # fmt: skip
        left = [area for area in left if area.pk not in made]
    for goal in plan.goals.all():
        values = {"horizon": goal.horizon, "number": goal.number, "text": goal.text}
        add_row(by=by, at=at, kind="goal", owner=new, values=values | {"area": made.get(goal.area_id or 0)})
    return made


def _copy_texts(by: Actor, at: datetime, plan: Plan, new: Plan) -> None:
    made: dict[int, PlanText] = {}
    for text in plan.texts.order_by("number", "id"):
        made[text.pk] = add_plan_text(
            by=by, at=at, plan=new, kind=text.kind, title=text.title, text=text.text,
            parent=made.get(text.parent_id or 0), party=text.party,
        )  # fmt: skip


def _copy_rows(by: Actor, at: datetime, plan: Plan, new: Plan, areas: dict[int, FocusArea]) -> None:
    """Rows that run on and hang on no activity."""
    day = at.date()
    kinds: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        ("post", plan.posts.all(), ("title", "text", "percent", "employer")),
        ("offer", plan.offers.all(), ("title", "text", "audience")),
        ("assignment", plan.assignments.exclude(state="closed"),
         ("title", "text", "body", "assigned_to", "last_day", "report_to", "state", "position_taken")),
        ("document", plan.steeringdocuments.exclude(valid_to__lt=day),
         ("title", "text", "kind", "owner", "valid_from", "valid_to", "decided_by", "next_follow_up", "case_number",
          "url", "spread")),
        ("pilot", plan.pilots.exclude(state="done"), ("title", "text", "where", "evaluated_by", "state", "spread")),
    )  # fmt: skip
    for kind, rows, columns in kinds:
        for row in rows.filter(activity=None):
            values = {name: getattr(row, name) for name in columns}
            made = add_row(by=by, at=at, kind=kind, owner=new, values=values | {"area": areas.get(row.area_id or 0)})
            carry_files(by=by, at=at, before=row, after=made)
    for row in plan.perspectives.all():
        add_row(by=by, at=at, kind="perspective", owner=new, values={"title": row.title, "text": row.text})


@transaction.atomic
def carry_over(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    outcome: str,
    before: Sequence[Activity] = (),
    after: Sequence[GoesOnAs] = (),
    note: str = "",
) -> list[Activity]:
    """What becomes of activities of the old year in `plan`, the one that follows; returns the new activities.

    goes_on: one before, one after. merged: several before, one after. split: one before, several after. ends and
    handed_over: one before, none after (`note` says to whom). new: none before; what is new is a copy of nothing.
    Raises Invalid("unknown_choice"), ("turn_numbers") when the numbers do not fit the outcome;
    Refused("already_turned") for an activity that something has been decided about, ("forbidden") for one that is not
    of the plan before.
    """
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if outcome not in OUTCOMES:
        raise Invalid("unknown_choice", field="outcome")
    if not _fits(outcome, len(before), len(after)):
        raise Invalid("turn_numbers", field="outcome")
    if any(one.plan_id != plan.follows_id for one in before) or any(one.area.plan_id != plan.pk for one in after):
        raise Refused("forbidden")
    Plan.objects.select_for_update().get(pk=plan.pk)
    if Continuation.objects.filter(plan=plan, before__in=before).exists():
        raise Refused("already_turned")
    if plan.follows is not None:
        carry_waivers(plan.follows, plan)
    told = free_text(note, field="note", waived=waived_in(plan))
    made = [_copied(by, at, plan, before[0] if before else None, one) for one in after]
    pairs = [(old, new) for old in (before or (None,)) for new in (made or (None,))]
    for old, new in pairs:
        Continuation.objects.create(county=plan.county, plan=plan, before=old, after=new, outcome=outcome, note=told)
    said = {
        "outcome": outcome,
        "note": told,
        "before": [str(old) for old in before],
        "after": [str(new) for new in made],
    }
    record(by=by, at=at, verb="activity_carried_over", subject=plan, after={n: v for n, v in said.items() if v})
    return made


def _fits(outcome: str, before: int, after: int) -> bool:
    match outcome:
        case "goes_on":
            return (before, after) == (1, 1)
        case "merged":
            return before >= 2 and after == 1
        case "split":
            return before == 1 and after >= 2
        case "new":
            return before == 0 and after == 1
    return before == 1 and after == 0


def _copied(by: Actor, at: datetime, plan: Plan, old: Activity | None, to: GoesOnAs) -> Activity:
    if old is None:
        return add_activity(
            by=by, at=at, area=to.area, number=to.number, title=to.title, phase=to.phase, kind=to.kind or "activity"
        )
    going_on = Continuation.objects.filter(plan=plan, before=old.parent, after__area=to.area).first()
    new = add_activity(
        by=by, at=at, area=to.area, number=to.number, title=to.title or old.title, kind=to.kind or old.kind,
        parent=going_on.after if going_on and old.parent_id else None, phase=to.phase or old.phase,
        texts={name: getattr(old, name) for name in ACTIVITY_TEXTS if name not in OF_THE_OLD_YEAR},
        municipalities=old.municipalities.all(), framework_goals=old.framework_goals.all(),
        parties=[(one.party, one.name, one.part) for one in old.parties.all()],
        links=[(one.title, one.url) for one in old.links.all()],
        when=When(old.starts_on, old.ends_on, old.precision), ages=(old.age_from, old.age_to), made_up=old.made_up,
    )  # fmt: skip
    for responsible in old.responsibles.all():
        values = {"name": responsible.name, "function": responsible.function}
        add_row(by=by, at=at, kind="responsible", owner=new, values=values)
    for step in old.steps.filter(done=False):
        add_row(by=by, at=at, kind="step", owner=new, values={"text": step.text})
    for goal in old.milestones.filter(reached_on=None):
        add_row(
            by=by, at=at, kind="milestone", owner=new,
            values={"on_date": goal.on_date, "precision": goal.precision, "text": goal.text},
        )  # fmt: skip
    for text in old.further_texts.all():
        add_row(by=by, at=at, kind="text", owner=new, values={"title": text.title, "text": text.text})
    return new


@transaction.atomic
def take_back_turn(*, by: Actor, at: datetime, plan: Plan, before: Activity) -> None:
    """Take back what was said of an activity, as long as what it became has nothing new hanging on it: the copy is
    removed. Raises Refused("in_use") otherwise."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    rows = list(Continuation.objects.filter(plan=plan, before=before).select_related("after"))
    if not rows:
        return
    after = [row.after for row in rows if row.after is not None]
    if Continuation.objects.filter(plan=plan, after__in=after).exclude(before=before).exists():
        raise Refused("in_use")
    if any(_in_use(activity) for activity in after):
        raise Refused("in_use")
    said = {"outcome": rows[0].outcome, "before": [str(before)], "after": [str(activity) for activity in after]}
    record(by=by, at=at, verb="turn_taken_back", subject=plan, before=said, after={})
    for row in rows:
        row.delete()
    for activity in after:
        activity.delete()


def _in_use(activity: Activity) -> bool:
    rows: tuple[Any, ...] = (
        activity.children, activity.figures, activity.events, activity.goals, activity.posts, activity.offers,
        activity.assignments, activity.steeringdocuments, activity.happenings, activity.pilots, activity.pictures,
        activity.went_on_as, activity.budget_lines,
    )  # fmt: skip
    return any(found.exists() for found in rows) or bool(files_at([activity.uid]))
