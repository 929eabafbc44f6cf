"""The needs inventory of a year, and the proposals that answer it: weighed, decided point by point."""

from __future__ import annotations

from django.db import models

from samplan.apps.agreements.models import Grant
from samplan.apps.bodies.models import Body, Decision
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, FocusArea, FrameworkGoal
from samplan.apps.questionnaires.models import Answer
from samplan.base.kernel.fields import CodeField, CountyModel


class Need(CountyModel):
    """What a year's plan has to meet. State: ongoing, must_start, planned. `position`: lower goes first.

    `persons`: how many it concerns, counted. `origin` says in words what showed it; `answer`, when it was a party's
    answer about an earlier year; `activity`, when it was what came of one.
    """

    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    state = CodeField(default="planned")
    area = models.ForeignKey(FocusArea, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs")
    municipalities = models.ManyToManyField(Party, blank=True, related_name="needs")
    framework_goals = models.ManyToManyField(FrameworkGoal, blank=True, related_name="needs")
    persons = models.PositiveIntegerField(null=True, blank=True)
    origin = models.TextField(blank=True)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs")

    class Meta:
        ordering = ["county", "year", "position", "id"]

    def __str__(self) -> str:
        return self.title


FIVE_FACTS = ("purpose", "responsible", "principal", "follow_up", "funding")


class Proposal(CountyModel):
    """What a working group proposes to the deciding body. State as in `domain.cycle.ProposalStatus`.

    `cost` in kronor out of `grant`; `priority`: the place a person has given it when it was weighed, 1 first.
    `activity`: the one it is about, or the one that was made of it.
    """

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    state = CodeField(default="draft")
    working_group = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    decided_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="to_decide")
    background = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    responsible = models.TextField(blank=True)
    principal = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    municipalities = models.ManyToManyField(Party, blank=True, related_name="proposals")
    needs = models.ManyToManyField(Need, blank=True, related_name="proposals")
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals")

    class Meta:
        ordering = ["county", "year", "id"]

    def __str__(self) -> str:
        return self.title


class ProposalPoint(CountyModel):
    """One "att …" of a proposal; `outcome` as in the decision, empty before it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = CodeField(blank=True)

    class Meta:
        ordering = ["proposal_id", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_point_unique")]
