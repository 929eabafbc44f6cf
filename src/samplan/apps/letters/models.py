"""Letters to the parties, personal links to one report each, reminders, and where all of it is sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from samplan.apps.orgs.models import Party
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.kernel.fields import CodeField, CountyModel, UidModel
from samplan.base.mail.models import OutboxMail


class PartyAddress(CountyModel):
    """Where a party is written to when nobody there has an account. `who`: reporter, approver, manager."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="addresses")
    who = CodeField()
    email = models.EmailField()
    name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=5, default="sv")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "who"], name="party_address_unique")]

    def __str__(self) -> str:
        return f"{self.party.name}, {self.who}"


class Letter(CountyModel):
    """A letter about one report, as it was made: `document` is the neutral document without any link. Ways: mail,
    paper."""

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="letters")
    number = models.PositiveIntegerField()
    way = CodeField()
    document = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="letter_number_unique")]

    def __str__(self) -> str:
        return str(self.request)


class PersonalLink(CountyModel):
    """A way in to one report without an account, for one receiver. Only the code's hash is kept.

    `ended`: replaced or revoked, empty for neither; that it is over or its report accepted follows from the request.
    """

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="links")
    purpose = CodeField()
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended = CodeField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(OutboxMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["request_id", "id"]

    def __str__(self) -> str:
        return str(self.request)


class Statement(CountyModel):
    """Who somebody said they were before they went on from a personal link."""

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="statements")
    name = models.CharField(max_length=80)
    function = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"


class ReminderDays(CountyModel):
    """The county's own days of reminding; a county without a row has the usual ones."""

    before = models.PositiveSmallIntegerField(null=True, blank=True)
    on = models.BooleanField(default=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    last = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county"], name="reminder_days_unique")]

    def __str__(self) -> str:
        return self.county


class Reminder(CountyModel):
    """One reminder to one receiver: the log, and what makes the same one impossible to send twice.

    `day` is the step's own day, so a moved last day is reminded of anew; for `asked` the day when somebody asked.
    """

    request = models.ForeignKey(ReportRequest, on_delete=models.CASCADE, related_name="reminders")
    step = CodeField()
    day = models.DateField()
    last_day = models.DateField()
    who = CodeField()
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    mail = models.ForeignKey(OutboxMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step", "day", "email"], name="reminder_unique"),
        ]

    def __str__(self) -> str:
        return str(self.request)


class CalendarAddress(UidModel):
    """An account's secret address of its calendar, kept as a hash; a new one ends the old."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendars")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.account)
