"""The trace: one append-only row for every write. The database itself refuses to change or delete it."""

from __future__ import annotations

from django.db import models

from samplan.base.kernel.fields import UidModel


class Event(UidModel):
    """Who did what to which thing, with the values before and after as canonical JSON text."""

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    county = models.CharField(max_length=2, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_uid = models.UUIDField()
    subject_name = models.CharField(max_length=300, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["subject_uid", "at"]), models.Index(fields=["county", "at"])]
