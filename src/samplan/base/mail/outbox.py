"""Queue and send. A message is claimed before it is sent, so two workers never send it twice.

A worker that dies between sending and noting leaves a claim behind. An ordinary message is then sent again under the
same identity; one that may go only `once` is not, since nobody knows whether it left.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import Q

from samplan.base.mail.models import ATTEMPTS, OutboxMail

CLAIM = timedelta(minutes=5)
PLACE = "[[secret]]"


def enqueue(
    *,
    at: datetime,
    to: str,
    subject: str,
    body: str,
    dedup: str,
    county: str = "",
    language: str = "sv",
    once: bool = False,
    secret: str = "",
) -> OutboxMail:
    """Put a message in the outbox. The same `dedup` again gives back the first one.

    `secret` takes the place of PLACE in the body when the message leaves, and is not kept after that.
    """
    mail, _created = OutboxMail.objects.get_or_create(
        dedup=dedup,
        defaults={
            "to": to, "subject": " ".join(subject.split())[:300], "body": body, "county": county,
            "language": language, "created_at": at, "once": once or bool(secret), "secret": secret,
        },
    )  # fmt: skip
    return mail


def send_waiting(*, at: datetime, limit: int = 50) -> int:
    """Send what waits; returns how many left. One that fails waits for the next round, at most five times."""
    old = Q(claimed_at__lt=at - CLAIM)
    free = Q(claimed_at=None) | (old & (Q(once=False) | ~Q(last_error="")))
    waiting = OutboxMail.objects.filter(free, sent_at=None, attempts__lt=ATTEMPTS).order_by("id")
    sent = 0
    for mail in waiting[:limit]:
        mine = OutboxMail.objects.filter(free, pk=mail.pk, sent_at=None, attempts=mail.attempts).update(
            claimed_at=at, attempts=mail.attempts + 1, last_error="", secret=""
        )
        if not mine:
            continue
        body = mail.body.replace(PLACE, mail.secret) if mail.secret else mail.body
        message = EmailMessage(mail.subject, body, to=[mail.to], headers={"Message-ID": f"<{mail.uid}@samplan>"})
        try:
            message.send()
        except OSError as error:
            again = mail.secret if mail.attempts + 1 < ATTEMPTS else ""
            OutboxMail.objects.filter(pk=mail.pk).update(last_error=str(error)[:500] or "?", secret=again)
            continue
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=at)
        sent += 1
    return sent


def drop_secret(mails: Iterable[int]) -> None:
    """Take back messages whose secret opens nothing any more, those that have not left."""
    OutboxMail.objects.filter(pk__in=list(mails), sent_at=None).exclude(secret="").delete()
