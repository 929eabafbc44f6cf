"""A county's document on its way in: the draft that was read out of it, what people did to it, and what came of it."""

from __future__ import annotations

from django.db import models

from samplan.apps.plans.models import Plan
from samplan.base.files.models import File
from samplan.base.kernel.fields import CodeField, CountyModel


class Draft(CountyModel):
    """A document that somebody has handed in. State: waiting, reading, read, refused, applied.

    A reading belongs to the process that holds `claim` and is alive while `alive_at` is fresh; `done` of `of` parts
    are read. `problem` and `problem_params` (JSON) say why a file is refused; it is not kept then. `version` is the
    number of its last edit; `parts_checked` of its `parts` have been gone through.
    """

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    kind = CodeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    state = CodeField(default="waiting")
    problem = CodeField(blank=True)
    problem_params = models.TextField(blank=True)
    claim = models.UUIDField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    read_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    parts_checked = models.PositiveIntegerField(default=0)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "sha256"], condition=~models.Q(state="refused"), name="draft_of_file_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DraftContent(CountyModel):
    """The draft as it was read: JSON of `domain.drafts.tree`. Never changed."""

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="content")
    tree = models.TextField()


class DraftEdit(CountyModel):
    """What a person did to a draft, in order: verb and values (JSON) of `domain.drafts.edits`. Never changed: one that
    is taken back is followed by an edit that says so."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    verb = CodeField()
    values = models.TextField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["draft_id", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_edit_unique")]


class DraftRow(CountyModel):
    """A row that a draft has made: its table and uid, and where in the document it came from."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="rows")
    node = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    row_uid = models.UUIDField()
    page = models.PositiveIntegerField(null=True, blank=True)
    page_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["draft_id", "id"]
        constraints = [models.UniqueConstraint(fields=["row_uid"], name="draft_row_unique")]
