"""What a county measures: indicators, their values by party, period, sex and age, and their targets."""

from __future__ import annotations

from django.db import models

from samplan.apps.orgs.models import Party
from samplan.base.kernel.fields import CodeField, CountyModel


class Indicator(CountyModel):
    """`adds_up`: a count whose parts make the whole; a share or a mean does not. `code` is what texts quote it by."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    direction = CodeField(default="up")
    adds_up = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["county", "title"]
        constraints = [models.UniqueConstraint(fields=["county", "code"], name="indicator_unique")]

    def __str__(self) -> str:
        return self.title


class IndicatorValue(CountyModel):
    """A value of a period, exact as an integer and its decimals. A correction is a new row that supersedes.

    `party` null is the whole county; both ages null are all ages, `age_to` null with an `age_from` means and older.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="indicator_values")
    period = models.CharField(max_length=7)
    sex = CodeField(default="all")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["indicator_id", "period", "id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class IndicatorTarget(CountyModel):
    """What the county wants to reach in a period."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    period = models.CharField(max_length=7)
    value = models.BigIntegerField()
    scale = models.PositiveSmallIntegerField(default=0)
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator_id", "period"]
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="target_unique")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"
