"""The plan: its areas and texts, what is done in it, and the budget lines that give money to what is done."""

from __future__ import annotations

from django.db import models

from samplan.apps.agreements.models import AgreementSection, Allocation, Grant
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Organisation, Party
from samplan.base.kernel.fields import CodeField, CountyModel

ACTIVITY_TEXTS = (
    "purpose", "responsible", "principal", "follow_up", "funding", "background", "baseline", "goal", "description",
    "target_group", "places", "timeline", "result", "next_steps",
)  # fmt: skip


class Plan(CountyModel):
    """The plan of an owner for one or several years, in editions. `owner` null means the county jointly."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    shape = CodeField(default="directive")
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("county", "year", "owner", "edition", name="plan_unique"),
            models.UniqueConstraint(
                "county", "year", "edition", condition=models.Q(owner=None), name="joint_plan_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanText(CountyModel):
    """A chapter of running text. Kinds: introduction, situation, organisation, process."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    kind = CodeField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "number"]

    def __str__(self) -> str:
        return self.title


class FocusArea(CountyModel):
    """A chapter of the plan about one subject, tied to a section of the agreement."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    section = models.ForeignKey(AgreementSection, on_delete=models.PROTECT, null=True, blank=True, related_name="areas")

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="area_unique")]

    def __str__(self) -> str:
        return self.title


class BudgetLine(CountyModel):
    """A part of a grant given by decision. Kinds: directive, activity, post, partnership, purchase, held_back.

    It goes to parties by an `allocation` or to one `payee`. It moves only by a new decision: a new row supersedes.
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
    decision_point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="budget_lines")
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["plan_id", "number", "id"]

    def __str__(self) -> str:
        return self.title


class Activity(CountyModel):
    """What is done. Kinds: activity, partnership. All texts are restricted Markdown; an incomplete one can always be
    saved."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, related_name="activities")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = CodeField(default="activity")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    phase = CodeField(blank=True)
    purpose = models.TextField(blank=True)
    responsible = models.TextField(blank=True)
    principal = models.TextField(blank=True)
    follow_up = models.TextField(blank=True)
    funding = models.TextField(blank=True)
    background = models.TextField(blank=True)
    baseline = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    description = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    places = models.TextField(blank=True)
    timeline = models.TextField(blank=True)
    result = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    municipalities = models.ManyToManyField(Party, blank=True, related_name="activities_here")
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan_id", "area__number", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="activity_number_unique")]

    def __str__(self) -> str:
        return self.title


class ActivityParty(CountyModel):
    """Who takes part and how: does, coordinates, supports, evaluates, spreads."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=200)
    part = CodeField()

    class Meta:
        ordering = ["activity_id", "id"]


class ActivityFigure(CountyModel):
    """A counted figure, stored exactly as an integer and its number of decimals."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    value = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=60, blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["activity_id", "id"]
        constraints = [models.UniqueConstraint(fields=["activity", "code"], name="figure_unique")]

    def __str__(self) -> str:
        return self.label


class ActivityEvent(CountyModel):
    """Something that happened, and who was there. Precision: day, or month when only that is known."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="events")
    on_date = models.DateField()
    precision = CodeField(default="day")
    made_up = models.BooleanField(default=False)
    text = models.TextField()
    present = models.ManyToManyField(Party, blank=True)

    class Meta:
        ordering = ["activity_id", "on_date"]


class ActivityLink(CountyModel):
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["activity_id", "id"]
