"""The yearly agreement, the money it gives a county, and how a sum is shared between parties. All amounts are whole
kronor."""

from __future__ import annotations

from django.db import models

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Party
from samplan.base.kernel.fields import CodeField, CountyModel, UidModel


class Agreement(UidModel):
    """An agreement of a year, for the whole installation. State: expected, signed, revised. A revision is a new row.

    `may_carry_on`: money that is left may be used the year after. Otherwise it is repaid by `repay_by`.
    """

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    parties = models.CharField(max_length=300)
    state = CodeField()
    signed_on = models.DateField(null=True, blank=True)
    request_by = models.DateField(null=True, blank=True)
    use_by = models.DateField(null=True, blank=True)
    report_by = models.DateField(null=True, blank=True)
    repay_by = models.DateField(null=True, blank=True)
    may_carry_on = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class AgreementSection(UidModel):
    """A numbered prioritised area; `tag` is its short name. `parent` makes sub-sections."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField(max_length=20)
    tag = models.CharField(max_length=60)
    title = models.TextField()
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["agreement_id", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="section_unique")]

    def __str__(self) -> str:
        return self.title


class SectionPoint(UidModel):
    """A point that efforts can be tied to."""

    section = models.ForeignKey(AgreementSection, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["section_id", "number"]


class SectionLine(UidModel):
    """The national sum of a section for one recipient level, with the state's own key. Levels: joint, region,
    municipalities."""

    section = models.ForeignKey(AgreementSection, on_delete=models.CASCADE, related_name="lines")
    level = CodeField()
    title = models.TextField(blank=True)
    amount = models.BigIntegerField()
    key = models.TextField()
    rounding = CodeField(default="nearest")
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["section_id", "id"]
        constraints = [models.UniqueConstraint(fields=["section", "level"], name="section_line_unique")]


class Grant(CountyModel):
    """A line's money for one recipient level in one county. State: preliminary or decided.

    `computed` is what the line's key gives, `amount` what counts; `computation` explains `computed` as canonical JSON.
    A later row supersedes, nothing is overwritten.
    """

    line = models.ForeignKey(SectionLine, on_delete=models.PROTECT, related_name="grants")
    state = CodeField()
    amount = models.BigIntegerField()
    computed = models.BigIntegerField()
    computation = models.TextField()
    difference_reason = models.TextField(blank=True)
    made_up = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    def __str__(self) -> str:
        return f"{self.line.section.tag} {self.line.level}"


class Allocation(CountyModel):
    """A sum shared between parties by a key. State: draft, frozen (at a decision), superseded.

    Kind: shared (each party gets its share) or levy (each pays its share to a joint pot, of what its `sources` gave).
    Frozen facts are canonical JSON text with its hash; the key is canonical JSON of `domain.allocation`.
    """

    kind = CodeField(default="shared")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    key = models.TextField()
    rounding = CodeField()
    population_on = models.DateField(null=True, blank=True)
    state = CodeField(default="draft")
    decision_point = models.ForeignKey(
        DecisionPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    facts = models.TextField(blank=True)
    facts_sha256 = models.CharField(max_length=64, blank=True)
    made_up = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    def __str__(self) -> str:
        return self.title


class Share(CountyModel):
    """One party's part of an allocation. `weight` is the exact decimal text the key used; `explanation` canonical
    JSON."""

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="shares")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="shares")
    group = CodeField(blank=True)
    weight = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    explanation = models.TextField()

    class Meta:
        ordering = ["allocation_id", "id"]
        constraints = [models.UniqueConstraint(fields=["allocation", "party"], name="share_unique")]


class LevySource(CountyModel):
    """A grant, or a decided allocation, that gave the parties the money a levy is reckoned on. `amount`: the kronor
    that they got from it together when it was reckoned."""

    levy = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="sources")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="levies")
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="levies")
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["levy_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["levy", "grant"], name="levy_grant_unique"),
            models.UniqueConstraint(fields=["levy", "allocation"], name="levy_allocation_unique"),
            models.CheckConstraint(
                condition=models.Q(grant=None) ^ models.Q(allocation=None), name="levy_source_is_one"
            ),
        ]

    @property
    def source(self) -> Grant | Allocation:
        """The one of the two that there is."""
        return self.grant or self.allocation  # type: ignore[return-value]


class Requisition(CountyModel):
    """One recipient's request for its money of a grant. State as in `domain.cycle.RequisitionStatus`.

    There is no row before anything is done. `amount`, `paid` and `received` in kronor: asked for, paid out by the
    state, come in. `signed_by` and `signed_function` as text. `difference_reason`: why the amounts are not the same.
    """

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="requisitions")
    recipient = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="requisitions")
    state = CodeField(default="to_request")
    amount = models.BigIntegerField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_function = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    paid = models.BigIntegerField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    received = models.BigIntegerField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    difference_reason = models.TextField(blank=True)
    made_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["grant_id", "id"]
        constraints = [models.UniqueConstraint(fields=["grant", "recipient"], name="requisition_unique")]

    def __str__(self) -> str:
        return f"{self.grant}, {self.recipient.name}"
