"""The dates that concern a person, for the calendar that the person keeps elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from samplan.apps.orgs.queries import actor_for
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.queries import requests_for
from samplan.base.accounts.models import Account
from samplan.domain.access import Actor, Permission, may
from samplan.domain.calendar import Event
from samplan.domain.cycle import answered
from samplan.domain.deadlines import swedish_day
from samplan.edges.home.year import steps_of


def dates_for(account: Account, *, at: datetime) -> list[Event]:
    """Last days of the reports that the person writes or approves, and, for those who read a county, its whole year:
    the agreement's days, decisions, last days. From the year before this one and on, or before the county's newest."""
    actor, today = actor_for(account, at=at), swedish_day(at)
    return [*_own_reports(actor), *_counties(actor, today)]


def _own_reports(actor: Actor) -> Iterator[Event]:
    for asked in requests_for(actor).order_by("last_day", "number"):
        if not answered(asked.state):
            yield _last_day(asked)


def _last_day(asked: ReportRequest) -> Event:
    title = _("Sista dag att rapportera: %(title)s (%(party)s)") % {"title": asked.title, "party": asked.party.name}
    path = reverse("questionnaires:report", args=[asked.county, asked.year, asked.number])
    return Event(f"{asked.uid}@samplan", asked.last_day, title, url=settings.BASE_URL + path)


def _counties(actor: Actor, today: date) -> Iterator[Event]:
    read = [county for county in sorted(actor.counties) if may(actor, Permission.READ_COUNTY, county=county)]
    plans = Plan.objects.filter(county__in=read, owner=None).order_by("county", "year", "pk")
    newest = {plan.county: plan.year for plan in plans}
    for plan in {(plan.county, plan.year): plan for plan in plans}.values():
        if plan.year < min(today.year, newest[plan.county]) - 1:
            continue
        seen: Counter[str] = Counter()
        for step in steps_of(plan, on=today, reads=True):
            # The same step is the same event when its day has been moved.
            uid = uuid5(plan.uid, f"{step.title}/{seen[step.title]}")
            seen[step.title] += 1
            yield Event(f"{uid}@samplan", step.day, step.title, plan.title, settings.BASE_URL + step.url)
