"""Every write about the budget: a grant is divided into lines, to the krona, and only by a decision.

A grant may be decided anew, or computed again from a revised agreement, after it has been divided. The lines stay as
they were decided until a new decision changes them; then all of them must make up the grant that is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.agreements.queries import allocation_history, grant_in_force, kronor_in_force
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import Activity, BudgetLine, Plan
from samplan.apps.plans.queries import lines_of_grant
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import one_line

LINE_KINDS = ("directive", "activity", "post", "partnership", "purchase", "held_back")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget: kronor of one grant to something. `payee` or `payee_name` when it goes to one receiver."""

    grant: Grant
    kind: str
    title: str
    amount: int
    extent_percent: int | None = None
    payee: Organisation | None = None
    payee_name: str = ""
    allocation: Allocation | None = None
    made_up: bool = False


Change = int | Allocation


@transaction.atomic
def decide_budget(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    decision_point: DecisionPoint,
    lines: Iterable[Line] = (),
    changes: Mapping[BudgetLine, Change] | None = None,
) -> list[BudgetLine]:
    """Divide grants into lines, or divide them otherwise, by a decision; returns the new rows.

    `lines` are new; `changes` gives lines in force their new kronor (0 ends one), or an allocated line the frozen
    allocation that supersedes its own; one that an issued directive stands on takes nothing else. A changed line gets
    a new row that supersedes the old.
    All lines in force of a grant together equal it, to the krona, or nothing is written: Refused("parts_differ",
    title, whole, parts) names the first that differs. Others: "line_is_allocated", "allocation_differs",
    "allocation_not_frozen", "already_superseded", "levy_is_no_share" (in a levy the parties pay).
    """
    may(by, Permission.MANAGE_MONEY, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="budget")
    Plan.objects.select_for_update().get(pk=plan.pk)
    moved = [_changed_line(plan, line, change, decision_point) for line, change in (changes or {}).items()]
    number = BudgetLine.objects.filter(plan=plan).count()
    added = [_new_line(plan, line, number + at, decision_point) for at, line in enumerate(lines, start=1)]
    _demand_grants_whole(plan, {row.grant for row in (*moved, *added)})
    for row in moved:
        before = {"amount": row.supersedes.amount if row.supersedes else None}
        record(by=by, at=at, verb="budget_moved", subject=row, before=before, after={"amount": row.amount})
    if added:
        after = {"lines": [{"title": row.title, "amount": row.amount} for row in added]}
        record(by=by, at=at, verb="budget_decided", subject=plan, after=after | {"decision_point": decision_point})
    return [*moved, *added]


def _new_line(plan: Plan, line: Line, number: int, point: DecisionPoint) -> BudgetLine:
    if line.kind not in LINE_KINDS:
        raise Invalid("unknown_choice", field="kind")
    if line.amount < 0:
        raise Invalid("negative", field="amount")
    if line.grant.county != plan.county:
        raise Refused("forbidden")
    if line.allocation is not None:
        _demand_frozen(plan, line.allocation)
        if line.allocation.amount != line.amount:
            raise Refused("allocation_differs", title=line.title, whole=line.amount, parts=line.allocation.amount)
    return BudgetLine.objects.create(
        county=plan.county, plan=plan, number=number, decision_point=point, grant=grant_in_force(line.grant),
        kind=line.kind, title=one_line(line.title), amount=line.amount, extent_percent=line.extent_percent,
        payee=line.payee, payee_name=line.payee_name, allocation=line.allocation, made_up=line.made_up,
    )  # fmt: skip


def _changed_line(plan: Plan, line: BudgetLine, change: Change, point: DecisionPoint) -> BudgetLine:
    if line.plan_id != plan.pk:
        raise Refused("forbidden")
    if BudgetLine.objects.filter(supersedes=line).exists():
        raise Refused("already_superseded")
    line.refresh_from_db(fields=["activity"])
    if isinstance(change, Allocation):
        _demand_frozen(plan, change)
        if line.allocation_id not in {one.pk for one in allocation_history(change)[1:]}:
            raise Refused("allocation_differs", title=line.title, whole=line.amount, parts=change.amount)
        amount, allocation = change.amount, change
    else:
        if line.allocation_id is not None and line.directives.filter(state="issued").exists():
            raise Refused("line_is_allocated", title=line.title)
        if change < 0:
            raise Invalid("negative", field="amount")
        amount, allocation = change, None
    return BudgetLine.objects.create(
        county=line.county, plan=plan, number=line.number, decision_point=point, grant=grant_in_force(line.grant),
        kind=line.kind, title=line.title, amount=amount, payee=line.payee, extent_percent=line.extent_percent,
        payee_name=line.payee_name, allocation=allocation, made_up=line.made_up, supersedes=line,
        activity=line.activity,
    )  # fmt: skip


@transaction.atomic
def pay_for(*, by: Actor, at: datetime, activity: Activity, lines: Iterable[BudgetLine]) -> None:
    """Say which of the plan's lines in force pay for an activity, and no others. No krona moves by it, so no decision
    is needed. Raises Refused("forbidden") for a line of another plan, ("already_superseded")."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    chosen = list(lines)
    if any(line.plan_id != activity.plan_id for line in chosen):
        raise Refused("forbidden")
    if BudgetLine.objects.filter(supersedes__in=chosen).exists():
        raise Refused("already_superseded")
    there = list(BudgetLine.objects.select_for_update(of=("self",)).filter(activity=activity, superseded_by=None))
    if {line.pk for line in there} == {line.pk for line in chosen}:
        return
    BudgetLine.objects.filter(pk__in=[line.pk for line in there]).update(activity=None)
    BudgetLine.objects.filter(pk__in=[line.pk for line in chosen]).update(activity=activity)
    before, after = {"lines": [line.title for line in there]}, {"lines": [line.title for line in chosen]}
    record(by=by, at=at, verb="activity_changed", subject=activity, before=before, after=after)


def _demand_frozen(plan: Plan, allocation: Allocation) -> None:
    if allocation.county != plan.county:
        raise Refused("forbidden")
    if allocation.state != "frozen":
        raise Refused("allocation_not_frozen", title=allocation.title)
    if allocation.kind != "shared":
        raise Refused("levy_is_no_share", title=allocation.title)


def _demand_grants_whole(plan: Plan, grants: Iterable[Grant]) -> None:
    for grant in grants:
        whole, parts = kronor_in_force(grant), sum(line.amount for line in lines_of_grant(plan, grant))
        if parts != whole:
            raise Refused("parts_differ", title=str(grant), whole=whole, parts=parts)
