"""The outbox: mail is a row written in the transaction that caused it, and sent afterwards by the worker."""

from __future__ import annotations

from django.db import models

from samplan.base.kernel.fields import UidModel


class OutboxMail(UidModel):
    """One message to one receiver. `dedup` makes the same message impossible to queue twice."""

    county = models.CharField(max_length=2, blank=True)
    to = models.EmailField()
    language = models.CharField(max_length=5, default="sv")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    dedup = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
