"""What a plan holds beside areas and activities: posts, offers, assignments, documents, happenings, pilots,
perspectives, pictures."""

from __future__ import annotations

from django.db import models

from samplan.apps.bodies.models import Body
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models.activities import Activity
from samplan.apps.plans.models.plans import FocusArea, Plan, PlanText
from samplan.base.files.models import File
from samplan.base.kernel.fields import CodeField, CountyModel


class PlanPart(CountyModel):
    """A row of a plan, in an area or about an activity when it belongs to one."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["plan_id", "id"]

    def __str__(self) -> str:
        return self.title


class Post(PlanPart):
    """A funded position with its extent in percent of full time."""

    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    employer = models.CharField(max_length=200, blank=True)


class Offer(PlanPart):
    """Support that is offered, and to whom."""

    audience = models.TextField(blank=True)


class Uptake(CountyModel):
    """Who has taken up an offer, and when."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="uptakes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=200)
    on_date = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["offer_id", "id"]

    def __str__(self) -> str:
        return self.name


class Assignment(PlanPart):
    """What a body has asked somebody to do and report. State: open, reported, closed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    assigned_to = models.CharField(max_length=300, blank=True)
    last_day = models.DateField(null=True, blank=True)
    report_to = models.CharField(max_length=300, blank=True)
    state = CodeField(default="open")
    position_taken = models.TextField(blank=True)


class SteeringDocument(PlanPart):
    """A document that steers the work or came out of it. Kinds: agreement, routine, pathway, guideline, report,
    course, plan, law, website, other."""

    kind = CodeField(default="other")
    owner = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    next_follow_up = models.DateField(null=True, blank=True)
    case_number = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=500, blank=True)
    spread = models.TextField(blank=True)


class Happening(PlanPart):
    """A theme week, conference, lecture or day of cooperation. `participants` in persons."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    precision = CodeField(default="day")
    participants = models.PositiveIntegerField(null=True, blank=True)


class Pilot(PlanPart):
    """Something tried in one place before others. State: planned, running, paused, done."""

    where = models.CharField(max_length=300, blank=True)
    evaluated_by = models.CharField(max_length=300, blank=True)
    state = CodeField(default="planned")
    spread = models.TextField(blank=True)


class Perspective(CountyModel):
    """What activities are tested against, as the best interests of the child."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="perspectives")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "id"]

    def __str__(self) -> str:
        return self.title


class PerspectiveReview(CountyModel):
    """Reasons for and against, seen from a perspective: for an activity, or (none) for the plan as a whole."""

    perspective = models.ForeignKey(Perspective, on_delete=models.CASCADE, related_name="reviews")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews")
    reasons_for = models.TextField(blank=True)
    reasons_against = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        ordering = ["perspective_id", "id"]

    def __str__(self) -> str:
        return self.perspective.title


class Picture(CountyModel):
    """A picture in a chapter, an area or an activity, with what it shows for those who do not see it.

    Place: text, cover, logotype (several, on the cover too). In the text it stands at the first of `chapter`,
    `activity`, `area` that is given, before the first chapter when none is.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pictures")
    chapter = models.ForeignKey(PlanText, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="pictures")
    place = CodeField(default="text")
    alt = models.TextField()
    caption = models.TextField(blank=True)

    class Meta:
        ordering = ["plan_id", "id"]

    def __str__(self) -> str:
        return self.alt[:100]
