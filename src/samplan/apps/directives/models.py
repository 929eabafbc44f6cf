"""Directives: an assignment to the parties with money, a form and a last day; and each party's share of it."""

from __future__ import annotations

from django.db import models

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import BudgetLine, FocusArea, FrameworkGoal, Plan
from samplan.apps.questionnaires.models import Form, ReportRequest
from samplan.base.kernel.fields import CodeField, CountyModel


class Directive(CountyModel):
    """State: draft, issued, superseded, withdrawn. A change in mid-year is a new version; requests follow it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="directives")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="directives")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=300)
    background = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    description = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    suggested_uses = models.TextField(blank=True)
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="directives"
    )
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="directives")
    decision_point = models.ForeignKey(
        DecisionPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="directives"
    )
    framework_goals = models.ManyToManyField(FrameworkGoal, blank=True, related_name="directives")
    last_day = models.DateField()
    needs_approval = models.BooleanField(default=False)
    state = CodeField(default="draft")
    issued_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["plan_id", "number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number", "version"], name="directive_version_unique"),
            models.UniqueConstraint(
                fields=["plan", "number"], condition=models.Q(state="issued"), name="one_issued_directive"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DirectiveShare(CountyModel):
    """One party's part of a directive: its kronor and the request for its report."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="shares")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="directive_shares")
    amount = models.BigIntegerField()
    made_up = models.BooleanField(default=False)
    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, related_name="directive_shares")

    class Meta:
        ordering = ["directive_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "party"], name="directive_share_unique"),
            models.UniqueConstraint(fields=["directive", "request"], name="directive_request_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.directive.title}, {self.party.name}"
