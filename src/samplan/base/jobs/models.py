"""Work that takes longer than somebody waits for a page: it is asked for, a worker does it, and its file is fetched."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samplan.base.files.models import File
from samplan.base.kernel.fields import CodeField, CountyModel


class Job(CountyModel):
    """State: waiting, working, done, failed. `kind` as in `kinds`; `arguments` canonical JSON.

    `done` of `of` parts are finished; `of` is 0 before the number is known. `claim` is the worker's that has it,
    `alive_at` its last sign of life. `owner` is the account that asked, which alone sees the job.
    """

    year = models.PositiveSmallIntegerField()
    kind = CodeField()
    arguments = models.TextField()
    language = models.CharField(max_length=10)
    state = CodeField(default="waiting")
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    owner = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "kind", "arguments", "owner"],
                condition=Q(state__in=["waiting", "working"]), name="job_asked_for_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.kind
