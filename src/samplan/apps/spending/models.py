"""What became of the money: what was paid to whom, what it was used for, and the certified economic reports. All
amounts are whole kronor."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samplan.apps.agreements.models import Grant
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import BudgetLine
from samplan.base.kernel.fields import CodeField, CountyModel


class Payment(CountyModel):
    """Kronor that changed hands. Kinds: out (of a budget line to a receiver), back (from the receiver), repaid (by the
    grant's recipient to the state).

    `party`: which of the line's parties, none for its one payee. `to`: to whom, as it was written.
    """

    kind = CodeField()
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="payments")
    recipient = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="payments_of_grants")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    to = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["paid_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_something")]

    def __str__(self) -> str:
        return self.to


class Use(CountyModel):
    """What a receiver of a budget line has used, typed by hand; without `line`, what of a whole grant.

    `costs`: canonical JSON of kronor by kind of cost, as in a report's answer; empty while nothing is told. `carried`:
    kronor that go on into the next year. An accepted report goes before `costs`. `version` counts changes.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="uses")
    recipient = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="uses_of_grants")
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    costs = models.TextField(blank=True)
    carried = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    made_up = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "party"], condition=~Q(party=None), name="use_of_party_unique"),
            models.UniqueConstraint(fields=["line"], condition=Q(party=None), name="use_of_payee_unique"),
            models.UniqueConstraint(
                fields=["grant", "recipient"], condition=Q(line=None), name="use_of_grant_unique"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        whose = self.party or (self.line.payee if self.line else None) or self.recipient
        return f"{self.line or self.grant}, {whose}"


class EconomicReport(CountyModel):
    """A recipient's economic report of a calendar year, as a named person certified it.

    Frozen facts (`domain.spending.EconomicFacts`) are canonical JSON text with its hash. A later one supersedes.
    """

    year = models.PositiveSmallIntegerField()
    recipient = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="economic_reports")
    number = models.PositiveSmallIntegerField()
    certified_by = models.CharField(max_length=200)
    certified_function = models.CharField(max_length=200)
    certified_on = models.DateField()
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["county", "year", "recipient_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "recipient", "number"], name="economic_report_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.recipient.name} {self.year}"
