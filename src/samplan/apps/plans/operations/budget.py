"""Every write about the budget: a grant is divided into lines, to the krona, and only by a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import BudgetLine, Plan
from samplan.apps.plans.operations.writing import one_line
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused

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


@transaction.atomic
def decide_budget(
    *, by: Actor, at: datetime, plan: Plan, decision_point: DecisionPoint, lines: Iterable[Line]
) -> list[BudgetLine]:
    """Divide grants into lines by a decision. All lines in force of a grant together equal the grant, to the krona.

    Raises Refused("parts_differ", title, whole, parts) naming the first grant whose lines do not add up.
    """
    may(by, Permission.MANAGE_MONEY, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="budget")
    made = []
    number = BudgetLine.objects.filter(plan=plan).count()
    for line in lines:
        if line.kind not in LINE_KINDS:
            raise Invalid("unknown_choice", field="kind")
        if line.amount < 0:
            raise Invalid("negative", field="amount")
        if line.grant.county != plan.county or (line.allocation and line.allocation.county != plan.county):
            raise Refused("forbidden")
        if line.allocation and line.allocation.amount != line.amount:
            raise Refused("allocation_differs", title=line.title, whole=line.amount, parts=line.allocation.amount)
        number += 1
        made.append(
            BudgetLine.objects.create(
                county=plan.county, plan=plan, number=number, decision_point=decision_point, grant=line.grant,
                kind=line.kind, title=one_line(line.title), amount=line.amount, extent_percent=line.extent_percent,
                payee=line.payee, payee_name=line.payee_name, allocation=line.allocation, made_up=line.made_up,
            )
        )  # fmt: skip
    _demand_grants_whole({line.grant for line in made})
    after = {"lines": [{"title": line.title, "amount": line.amount} for line in made]}
    record(by=by, at=at, verb="budget_decided", subject=plan, after=after | {"decision_point": decision_point})
    return made


def _demand_grants_whole(grants: Iterable[Grant]) -> None:
    for grant in grants:
        lines = BudgetLine.objects.filter(grant=grant, superseded_by=None)
        parts = lines.aggregate(total=Sum("amount"))["total"] or 0
        if parts != grant.amount:
            raise Refused("parts_differ", title=str(grant), whole=grant.amount, parts=parts)


@transaction.atomic
def move_budget(
    *, by: Actor, at: datetime, plan: Plan, decision_point: DecisionPoint, amounts: Mapping[BudgetLine, int]
) -> list[BudgetLine]:
    """Move kronor between lines by a new decision: each line named gets a new row that supersedes it. Allocated
    lines stay."""
    may(by, Permission.MANAGE_MONEY, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="budget")
    made = []
    for line, amount in amounts.items():
        if line.plan_id != plan.pk:
            raise Refused("forbidden")
        if amount < 0:
            raise Invalid("negative", field="amount")
        if line.allocation_id is not None:
            raise Refused("line_is_allocated", title=line.title)
        try:
            with transaction.atomic():
                made.append(
                    BudgetLine.objects.create(
                        county=line.county, plan=plan, number=line.number, decision_point=decision_point,
                        grant=line.grant, kind=line.kind, title=line.title, amount=amount, payee=line.payee,
                        extent_percent=line.extent_percent, payee_name=line.payee_name, made_up=line.made_up,
                        supersedes=line,
                    )
                )  # fmt: skip
        except IntegrityError:
            raise Refused("already_superseded") from None
    _demand_grants_whole({line.grant for line in made})
    for row in made:
        before = {"amount": row.supersedes.amount if row.supersedes else None}
        record(by=by, at=at, verb="budget_moved", subject=row, before=before, after={"amount": row.amount})
    return made
