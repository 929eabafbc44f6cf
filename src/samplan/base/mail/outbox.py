"""Queue and send. A message is claimed before it is sent, so two workers never send it twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import Q

from samplan.base.mail.models import OutboxMail

CLAIM = timedelta(minutes=5)
ATTEMPTS = 5


def enqueue(
    *, at: datetime, to: str, subject: str, body: str, dedup: str, county: str = "", language: str = "sv"
) -> OutboxMail:
    """Put a message in the outbox. The same `dedup` again gives back the first one."""
    mail, _created = OutboxMail.objects.get_or_create(
        dedup=dedup,
        defaults={
            "to": to, "subject": " ".join(subject.split())[:300], "body": body, "county": county,
            "language": language, "created_at": at,
        },
    )  # fmt: skip
    return mail


def send_waiting(*, at: datetime, limit: int = 50) -> int:
    """Send what waits; returns how many left. One that fails waits for the next round, at most five times."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM)
    waiting = OutboxMail.objects.filter(free, sent_at=None, attempts__lt=ATTEMPTS).order_by("id")
    sent = 0
    for mail in waiting[:limit]:
        mine = OutboxMail.objects.filter(free, pk=mail.pk, sent_at=None).update(
            claimed_at=at, attempts=mail.attempts + 1
        )
        if not mine:
            continue
        message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers={"Message-ID": f"<{mail.uid}@samplan>"})
        try:
            message.send()
        except OSError as error:
            OutboxMail.objects.filter(pk=mail.pk).update(last_error=str(error)[:500])
            continue
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=at, last_error="")
        sent += 1
    return sent
