"""Bodies of the cooperation, what they may decide, who sits in them, and what they decided.

A decision knows nobody: what was decided points at the decision.
"""

from __future__ import annotations

from django.db import models

from samplan.apps.orgs.models import Organisation, Person
from samplan.base.kernel.fields import CodeField, CountyModel


class Body(CountyModel):
    """A network, steering group, committee or working group in the chain of bodies."""

    name = models.CharField(max_length=200)
    kind = CodeField()
    remit = models.TextField(blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="body_unique")]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """Which kind of decision a body may take, from–to. Kinds: budget, directive, plan, report."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates")
    kind = CodeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)


class Seat(CountyModel):
    """A function with a place in a body, filled by a person from–to; may be kept without a name."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    function = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)
    chair = models.BooleanField(default=False)
    votes = models.BooleanField(default=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.function


class Decision(CountyModel):
    """What a body decided at a date. Never edited, only superseded by a later decision."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    case_number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    made_up = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class DecisionPoint(CountyModel):
    """One numbered point with its outcome: approved, changed, returned or rejected. `kind` names the mandate it
    needs."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    kind = CodeField()
    text = models.TextField()
    outcome = CodeField()
    amount = models.BigIntegerField(null=True, blank=True)
    conditions = models.TextField(blank=True)

    class Meta:
        ordering = ["decision_id", "number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="decision_point_unique")]

    def __str__(self) -> str:
        return f"{self.decision.title} § {self.number}"
