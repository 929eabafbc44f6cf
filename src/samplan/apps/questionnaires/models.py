"""Forms, and the one machine for everything that is asked of somebody: `ReportRequest` and its answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import FocusArea, Plan
from samplan.base.kernel.fields import CodeField, CountyModel


class Form(CountyModel):
    """A list of questions. Frozen when it is sent: a change is a new form whose question codes are the same."""

    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Question(CountyModel):
    """Kinds: number, choice, choices, text, costs. Audience: coordinator, parties, everybody. `options` is JSON.

    `counted`: the code of the indicator whose value of the party and year is offered as an answer.
    """

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    kind = CodeField()
    text = models.CharField(max_length=500)
    help = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    required = models.BooleanField(default=False)
    adds_up = models.BooleanField(default=False)
    audience = CodeField()
    options = models.TextField(default="[]")
    counted = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["form_id", "position"]
        constraints = [models.UniqueConstraint(fields=["form", "code"], name="question_code_unique")]

    def __str__(self) -> str:
        return self.text


class ReportRequest(CountyModel):
    """Who owes which form about what by when, with its state. Kinds: directive, effort.

    Late is no state: it follows from `last_day` and the state. `number` is its own number in the county and year.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="requests")
    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    kind = CodeField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requests")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="requests")
    last_day = models.DateField()
    needs_approval = models.BooleanField(default=False)
    state = CodeField(default="open")
    outcome = CodeField(blank=True)
    reason = models.TextField(blank=True)
    question = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    state_at = models.DateTimeField()
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["county", "year", "number"]
        constraints = [models.UniqueConstraint(fields=["county", "year", "number"], name="request_number_unique")]

    def __str__(self) -> str:
        return f"{self.title}, {self.party.name}"


class Answer(CountyModel):
    """One answer to one question code. `value` is canonical text by the question's kind; `version` counts changes."""

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "code"], name="answer_unique")]

    def __str__(self) -> str:
        return f"{self.request}, {self.code}"


class HandedPart(CountyModel):
    """Questions of a request in a colleague's hands. State: out, done, taken_back. `codes`: one on each line.

    `account` is none for somebody without one, who comes by a link of the part's own.
    """

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="parts")
    codes = models.TextField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="handed_parts"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    message = models.TextField(blank=True)
    state = CodeField(default="out")
    state_at = models.DateTimeField()
    handed_at = models.DateTimeField()
    handed_by = models.CharField(max_length=200)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["request_id", "id"]

    def __str__(self) -> str:
        return f"{self.request}, {self.name}"

    @property
    def listed(self) -> list[str]:
        """The codes of its questions."""
        return self.codes.split("\n")


class NumberWaiver(CountyModel):
    """Somebody said of a number in an answer: this is no personal identity number. Kept as a keyed hash only."""

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "code", "fingerprint"], name="waiver_unique")]
