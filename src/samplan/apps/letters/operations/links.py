"""Personal links: made, ended, and stepped through with a name. Only the hash of a code is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.letters.models import Letter, PersonalLink, Statement
from samplan.apps.letters.queries import Receiver, fingerprint, state_of
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.audit.trace import record
from samplan.base.mail.models import OutboxMail
from samplan.base.mail.outbox import drop_secret
from samplan.domain.access import Actor, Assignment, Permission, Role, may
from samplan.domain.errors import Refused
from samplan.domain.freetext import one_line
from samplan.domain.links import LinkState, Purpose, new_code, written

STATEMENTS, WITHIN = 30, timedelta(hours=1)


def fresh_link(
    request: ReportRequest, purpose: Purpose, receiver: Receiver, *, at: datetime, letter: Letter | None = None
) -> tuple[PersonalLink, str]:
    """A link that is not stored yet, and its whole address, which is nowhere else."""
    code = new_code(secrets.choice)
    link = PersonalLink(
        county=request.county, request=request, purpose=purpose, letter=letter, name=receiver.name,
        email=receiver.email, token_hash=fingerprint(code), made_at=at,
    )  # fmt: skip
    return link, str(settings.BASE_URL) + reverse("links:enter", args=[written(code)])


def end_links(requests: Iterable[ReportRequest], purpose: Purpose, *, at: datetime, email: str | None = None) -> None:
    """New links take the place of these: every one for the purpose, or those of one receiver. Mails that carry them
    and have not left are taken back."""
    old = PersonalLink.objects.filter(request__in=list(requests), purpose=purpose, ended="")
    if email is not None:
        old = old.filter(email=email)
    mails = list(old.exclude(mail=None).values_list("mail_id", flat=True))
    old.update(ended=LinkState.REPLACED.value, ended_at=at)
    drop_secret(mails)


def keep_link(link: PersonalLink, mail: OutboxMail | None) -> PersonalLink:
    """Store a fresh link with the mail that carries it."""
    link.mail = mail
    link.save()
    return link


@transaction.atomic
def revoke_link(*, by: Actor, at: datetime, link: PersonalLink) -> None:
    """End a link before its time. One that has ended already is left as it is."""
    may(by, Permission.MANAGE_DIRECTIVES, county=link.county).demand()
    ended = PersonalLink.objects.filter(pk=link.pk, ended="").update(ended=LinkState.REVOKED.value, ended_at=at)
    if ended:
        drop_secret([link.mail_id] if link.mail_id else [])
        record(by=by, at=at, verb="link_revoked", subject=link.request, after={"receivers": [link.name or link.email]})


@transaction.atomic
def state_who(*, at: datetime, link: PersonalLink, name: str, function: str) -> Statement:
    """Who somebody says they are, before they go on from a link.

    Raises Refused("link_ended") for a link that is not live, Refused("too_many_statements"), Invalid("required").
    """
    locked = PersonalLink.objects.select_for_update(of=("self",)).select_related("request__party").get(pk=link.pk)
    if state_of(locked, at=at) is not LinkState.LIVE:
        raise Refused("link_ended")
    if Statement.objects.filter(link=locked, at__gt=at - WITHIN).count() >= STATEMENTS:
        raise Refused("too_many_statements")
    values = {"name": one_line(name, field="name", most=80), "function": one_line(function, field="function", most=60)}
    statement = Statement.objects.create(county=locked.county, link=locked, at=at, **values)
    after = {"name": values["name"], "function": values["function"], "purpose": locked.purpose}
    record(by=actor_of(statement), at=at, verb="link_opened", subject=locked.request, after=after)
    return statement


def actor_of(statement: Statement) -> Actor:
    """Who acts through a link: the person that was stated, for one party, with one report within reach."""
    link = statement.link
    party = link.request.party
    role = Role.PARTY_APPROVER if link.purpose == Purpose.APPROVE else Role.PARTY_REPORTER
    words = _("%(name)s, %(function)s, för %(party)s")
    name = words % {"name": statement.name, "function": statement.function, "party": party.name}
    return Actor(
        kind="link", name=name[:200],
        assignments=(Assignment(role, link.county, party.organisation_id),), only=str(link.request.uid),
    )  # fmt: skip
