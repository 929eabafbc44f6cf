"""Every write about desks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samplan.base.accounts.models import Account
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.edges.home.models import DeskChoice


@transaction.atomic
def put_first_visit(*, by: Actor, at: datetime, account: Account, county: str, aside: bool) -> DeskChoice:
    """Put the list of first steps aside on one's own desk in a county, or take it out again.

    Raises Refused("forbidden") for one who does not see the list there.
    """
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    choice = DeskChoice.objects.select_for_update().filter(account=account, county=county).first()
    choice = choice or DeskChoice(account=account, county=county)
    if choice.pk is None or choice.first_visit_aside != aside:
        choice.first_visit_aside = aside
        choice.save()
        record(by=by, at=at, verb="first_visit_aside" if aside else "first_visit_out", subject=choice)
    return choice
