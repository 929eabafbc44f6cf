"""Mail that a request causes, in the receiver's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samplan.apps.questionnaires.models import HandedPart, ReportRequest
from samplan.base.accounts.models import Account
from samplan.base.mail.outbox import enqueue


def _send(kind: str, subject: Promise, request: ReportRequest, accounts: Iterable[Account], *, at: datetime) -> None:
    path = reverse("questionnaires:report", args=[request.county, request.year, request.number])
    for account in accounts:
        with translation.override(account.language):
            context = {"request": request, "account": account, "address": settings.BASE_URL + path}
            enqueue(
                at=at, to=account.email, county=request.county, language=account.language,
                subject=str(subject) % {"title": request.title},
                body=render_to_string(f"questionnaires/emails/{kind}.txt", context),
                dedup=f"{kind}:{request.uid}:{at.isoformat()}:{account.pk}",
            )  # fmt: skip


def send_asked(request: ReportRequest, accounts: Iterable[Account], *, at: datetime) -> None:
    """Tell the reporters that a report is asked for."""
    _send("asked", _("Återrapport att lämna: %(title)s"), request, accounts, at=at)


def send_returned(request: ReportRequest, accounts: Iterable[Account], *, at: datetime) -> None:
    """Tell the reporters that the coordinator has a question."""
    _send("returned", _("En fråga om er återrapport: %(title)s"), request, accounts, at=at)


def send_handed(part: HandedPart, account: Account, *, at: datetime) -> None:
    """Tell a colleague that a part of a report is waiting."""
    request = part.request
    path = reverse("questionnaires:part", args=[request.county, request.year, request.number, part.uid])
    context = {"part": part, "address": settings.BASE_URL + path}
    _send_about(part, "part_handed", _("En del av en återrapport: %(title)s"), account, context, at=at)


def send_part_done(part: HandedPart, request: ReportRequest, account: Account, *, at: datetime) -> None:
    """Tell who handed a part over that the colleague is done with it."""
    path = reverse("questionnaires:report", args=[request.county, request.year, request.number])
    context = {"part": part, "address": settings.BASE_URL + path}
    _send_about(part, "part_done", _("En del av er återrapport är klar: %(title)s"), account, context, at=at)


def _send_about(
    part: HandedPart, kind: str, subject: Promise, account: Account, context: dict[str, Any], *, at: datetime
) -> None:
    request = part.request
    with translation.override(account.language):
        enqueue(
            at=at, to=account.email, county=request.county, language=account.language,
            subject=str(subject) % {"title": request.title},
            body=render_to_string(
                f"questionnaires/emails/{kind}.txt", {**context, "account": account, "request": request}
            ),
            dedup=f"{kind}:{part.uid}:{at.isoformat()}:{account.pk}",
        )  # fmt: skip
