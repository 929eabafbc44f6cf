"""Activities with everything that is told about them, and the goals they serve."""

from __future__ import annotations

from django.db import models

from samplan.apps.agreements.models import AgreementSection, SectionPoint
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models.plans import FocusArea, FrameworkGoal, Plan
from samplan.base.kernel.fields import CodeField, CountyModel

ACTIVITY_TEXTS = (
    "purpose", "responsible", "principal", "follow_up", "funding", "background", "baseline", "goal", "description",
    "method", "target_group", "places", "timeline", "indicators", "result", "goal_fulfilment", "next_steps", "lessons",
)  # fmt: skip


class Activity(CountyModel):
    """What is done. Kinds: activity, partnership, effort. All texts are restricted Markdown; an incomplete one can
    always be saved.

    `age_from` and `age_to` in years. `starts_on` and `ends_on` as exact as `precision` says: day, week, month, season,
    half_year, year, open (no end said), funded (as long as money comes).
    """

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
    method = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    places = models.TextField(blank=True)
    timeline = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    precision = CodeField(blank=True)
    indicators = models.TextField(blank=True)
    result = models.TextField(blank=True)
    goal_fulfilment = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    municipalities = models.ManyToManyField(Party, blank=True, related_name="activities_here")
    sections = models.ManyToManyField(AgreementSection, blank=True, related_name="activities")
    points = models.ManyToManyField(SectionPoint, blank=True, related_name="activities")
    framework_goals = models.ManyToManyField(FrameworkGoal, blank=True, related_name="activities")
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan_id", "area__number", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="activity_number_unique")]

    def __str__(self) -> str:
        return self.title


class Goal(CountyModel):
    """What is to be reached. Horizon: county (for the whole county, no area), long, short."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    horizon = CodeField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    activities = models.ManyToManyField(Activity, blank=True, related_name="goals")

    class Meta:
        ordering = ["plan_id", models.F("area__number").asc(nulls_first=True), "horizon", "number", "id"]

    def __str__(self) -> str:
        return self.text[:100]


class ActivityParty(CountyModel):
    """Who takes part and how: does, coordinates, supports, evaluates, spreads."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=200)
    part = CodeField()

    class Meta:
        ordering = ["activity_id", "id"]


class ActivityResponsible(CountyModel):
    """One of those who are responsible, with the function they have in it."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="responsibles")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["activity_id", "id"]

    def __str__(self) -> str:
        return self.name


class ActivityStep(CountyModel):
    """A numbered step of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["activity_id", "number", "id"]

    def __str__(self) -> str:
        return self.text[:100]


class ActivityMilestone(CountyModel):
    """Something to be reached by a day (or a month), and when it was."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="milestones")
    on_date = models.DateField()
    precision = CodeField(default="day")
    text = models.TextField()
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["activity_id", "on_date", "id"]

    def __str__(self) -> str:
        return self.text[:100]


class ActivityText(CountyModel):
    """A further titled text."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="further_texts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["activity_id", "number", "id"]

    def __str__(self) -> str:
        return self.title


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


class Continuation(CountyModel):
    """What became of an activity when the year turned. Outcomes: goes_on, ends, handed_over, new, merged, split.

    One row for each pair: a merged activity has several rows with one `after`, a split one several with one `before`.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="continuations")
    before = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="went_on_as")
    after = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="came_from")
    outcome = CodeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "before", "after"], name="continuation_unique"),
            models.CheckConstraint(
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
                name="continuation_of_something",
            ),
        ]
