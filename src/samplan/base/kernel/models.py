"""Tables without a subject: the one-time keys of forms."""

from __future__ import annotations

from django.db import models


class OnceKey(models.Model):
    """A form that has been carried out. The same key from the same account twice is one write."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="once_key_unique")]


class Installation(models.Model):
    """What this database is: one row, kind "demo" or "real". It is written in the transaction that filled the
    database."""

    kind = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    version = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_installation"),
        ]
