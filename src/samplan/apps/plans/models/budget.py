"""Budget lines: the parts of a grant that a plan's body has given by decision."""

from __future__ import annotations

from django.db import models

from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models.activities import Activity
from samplan.apps.plans.models.plans import Plan
from samplan.base.kernel.fields import CodeField, CountyModel


class BudgetLine(CountyModel):
    """A part of a grant given by decision. Kinds: directive, activity, post, partnership, purchase, held_back.

    It goes to parties by an `allocation` or to one `payee`. It moves only by a new decision: a new row supersedes.
    `activity`: what it pays for, when that is one of the plan's; an activity may have several lines.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="budget_lines")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="budget_lines")
    number = models.PositiveSmallIntegerField()
    kind = CodeField()
    title = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    extent_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    payee = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    payee_name = models.CharField(max_length=200, blank=True)
    allocation = models.OneToOneField(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_line"
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="budget_lines")
    decision_point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="budget_lines")
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["plan_id", "number", "id"]

    def __str__(self) -> str:
        return self.title
