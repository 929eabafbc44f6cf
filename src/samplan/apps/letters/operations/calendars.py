"""An account's secret address of its calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from samplan.apps.letters.models import CalendarAddress
from samplan.apps.letters.queries import fingerprint
from samplan.base.accounts.models import Account
from samplan.base.audit.trace import record
from samplan.domain.access import Actor
from samplan.domain.errors import Refused
from samplan.domain.links import new_code, written


@transaction.atomic
def make_calendar(*, by: Actor, at: datetime, account: Account) -> str:
    """A fresh address of the actor's own calendar, which is kept only as a hash; the old one ends."""
    _demand_own(by, account)
    code = new_code(secrets.choice)
    Account.objects.select_for_update().get(pk=account.pk)
    CalendarAddress.objects.filter(account=account, ended_at=None).update(ended_at=at)
    made = CalendarAddress.objects.create(account=account, token_hash=fingerprint(code), made_at=at)
    record(by=by, at=at, verb="calendar_made", subject=made)
    return str(settings.BASE_URL) + reverse("home:calendar_file", args=[written(code)])


@transaction.atomic
def end_calendar(*, by: Actor, at: datetime, account: Account) -> None:
    """The address stops working, without a new one."""
    _demand_own(by, account)
    for calendar in CalendarAddress.objects.select_for_update().filter(account=account, ended_at=None):
        CalendarAddress.objects.filter(pk=calendar.pk).update(ended_at=at)
        record(by=by, at=at, verb="calendar_ended", subject=calendar)


def _demand_own(by: Actor, account: Account) -> None:
    if by.account_id != account.pk:
        raise Refused("forbidden")
