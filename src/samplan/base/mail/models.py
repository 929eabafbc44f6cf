"""The outbox: mail is a row written in the transaction that caused it, and sent afterwards by the worker."""

from __future__ import annotations

from django.db import models

from samplan.base.kernel.fields import UidModel

ATTEMPTS = 5


class OutboxMail(UidModel):
    """One message to one receiver. `dedup` makes the same message impossible to queue twice.

    `secret` stands in the body's place for it only while the message is on its way: it is taken out of the row before
    the message leaves. A `once` message is never sent again when nobody knows whether it left.
    """

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
    once = models.BooleanField(default=False)
    secret = models.CharField(max_length=500, blank=True)

    @property
    def fate(self) -> str:
        """sent, waiting, failed, or unknown: taken up `once` and never heard of again."""
        if self.sent_at:
            return "sent"
        if self.attempts >= ATTEMPTS and self.last_error:
            return "failed"
        return "unknown" if self.once and self.claimed_at and not self.last_error else "waiting"
