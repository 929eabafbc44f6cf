"""A plan: whose it is and for which years, its chapters of text, its areas and goals, and its frozen editions."""

from __future__ import annotations

from django.db import models

from samplan.apps.agreements.models import AgreementSection, SectionPoint
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Organisation, Party
from samplan.base.kernel.fields import CodeField, CountyModel


class Framework(CountyModel):
    """A tree of goals decided elsewhere (a strategy, a national plan) that the county's plans are tied to."""

    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["county", "title"]

    def __str__(self) -> str:
        return self.title


class FrameworkGoal(CountyModel):
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="goals")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["framework_id", "position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def in_full(self) -> str:
        """With the framework it stands in; read with `framework`."""
        return f"{self.framework.title}: {self}"


class Plan(CountyModel):
    """The plan of an owner for one or several years, in editions. `owner` null means the county jointly.

    `subject` tells plans of one owner and year apart; `chapters` is the owner's own order of chapters, one code a line,
    empty for those of the `shape`. State: draft, adopted.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    title = models.CharField(max_length=300)
    subject = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    shape = CodeField(default="directive")
    chapters = models.TextField(blank=True)
    motto = models.CharField(max_length=300, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=100, blank=True)
    state = CodeField(default="draft")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("county", "year", "owner", "subject", "edition", name="plan_unique"),
            models.UniqueConstraint(
                "county", "year", "subject", "edition", condition=models.Q(owner=None), name="joint_plan_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(CountyModel):
    """An adopted edition: the plan's facts as they were decided, canonical JSON with its hash. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    decision_point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="plan_versions")
    adopted_at = models.DateTimeField()
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_unique")]

    def __str__(self) -> str:
        return f"{self.plan.title} {self.number}"


class NumberWaiver(CountyModel):
    """Somebody said, and why, of a number in a plan's texts: this is no personal identity number. Kept as a keyed hash
    only."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="number_waivers")
    fingerprint = models.CharField(max_length=64)
    reason = models.TextField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "fingerprint"], name="plan_waiver_unique")]


class PlanText(CountyModel):
    """A chapter of running text, or with `parent` a part of one. `party`: whose own work it tells of."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="texts")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_texts")
    kind = CodeField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "number", "id"]

    def __str__(self) -> str:
        return self.title


class FocusArea(CountyModel):
    """A chapter of the plan about one subject, or with `parent` a part of one; tied to the agreement's sections."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="areas")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    short_title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    goal_fulfilment = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    project_owner = models.CharField(max_length=200, blank=True)
    sections = models.ManyToManyField(AgreementSection, blank=True, related_name="areas")
    points = models.ManyToManyField(SectionPoint, blank=True, related_name="areas")
    framework_goals = models.ManyToManyField(FrameworkGoal, blank=True, related_name="areas")

    class Meta:
        ordering = ["plan_id", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "parent", "number"], name="area_unique"),
            models.UniqueConstraint("plan", "number", condition=models.Q(parent=None), name="top_area_unique"),
        ]

    def __str__(self) -> str:
        return self.title
