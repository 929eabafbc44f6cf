"""The dates that concern a person, for the calendar that the person keeps elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

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
    the agreement's days, decisions, last days. From the year before this one and on."""
    actor, today = actor_for(account, at=at), swedish_day(at)
    return [*_own_reports(actor, today), *_counties(actor, today)]


def _own_reports(actor: Actor, today: date) -> Iterator[Event]:
    for asked in requests_for(actor).filter(year__gte=today.year - 1).order_by("last_day", "number"):
        if not answered(asked.state):
            yield _last_day(asked)


def _last_day(asked: ReportRequest) -> Event:
    title = _("Sista dag att rapportera: %(title)s (%(party)s)") % {"title": asked.title, "party": asked.party.name}
    path = reverse("questionnaires:report", args=[asked.county, asked.year, asked.number])
    return Event(f"{asked.uid}@samplan", asked.last_day, title, url=settings.BASE_URL + path)


def _counties(actor: Actor, today: date) -> Iterator[Event]:
    read = [county for county in sorted(actor.counties) if may(actor, Permission.READ_COUNTY, county=county)]
    plans = Plan.objects.filter(county__in=read, owner=None, year__gte=today.year - 1).order_by("county", "year", "pk")
    for plan in {(plan.county, plan.year): plan for plan in plans}.values():
        for number, step in enumerate(steps_of(plan, on=today, reads=True)):
            uid = f"{plan.uid}-{step.day}-{number}@samplan"
            yield Event(uid, step.day, step.title, plan.title, settings.BASE_URL + step.url)
