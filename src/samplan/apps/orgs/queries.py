"""Reads about organisations, parties, population and roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from samplan.apps.orgs.models import County, Party, Population, RoleAssignment
from samplan.base.accounts.models import Account
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.naming import swedish_key


def actor_for(account: Account, *, at: datetime) -> Actor:
    """The account with the roles it holds on that day (Swedish date)."""
    day = timezone.localdate(at)
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), account_id=account.pk, valid_from__lte=day
    )
    assignments = tuple(Assignment(Role(a.role), a.county, a.organisation_id) for a in held.order_by("id"))
    return Actor(kind="account", name=account.name, account_id=account.pk, assignments=assignments)


def county_named(code: str) -> County | None:
    return County.objects.filter(code=code).first()


def parties_of(county: str, *, on: date, roles: Iterable[str] = ("region", "municipality")) -> list[Party]:
    """The county's parties on a day, the region first, then municipalities in Swedish order."""
    found = Party.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gte=on),
        county=county,
        role__in=list(roles),
    ).select_related("organisation")
    return in_order(found)


def in_order(parties: Iterable[Party]) -> list[Party]:
    """The region first, then the others in Swedish order."""
    return sorted(parties, key=lambda party: (party.role != "region", swedish_key(party.name)))


def persons_in(
    codes: Iterable[str], *, on: date, age_from: int | None = None, age_to: int | None = None, sex: str = "all"
) -> dict[str, int]:
    """Persons per area code at a date; a code without a figure is absent. An age range is summed from one-year rows when it has none of its own."""
    wanted = list(codes)
    rows = Population.objects.filter(area_code__in=wanted, on_date=on, sex=sex)
    whole = dict(rows.filter(age_from=age_from, age_to=age_to).values_list("area_code", "persons"))
    if age_from is None or len(whole) == len(wanted):
        return whole
    ages = rows.filter(age_from__gte=age_from, age_to__lte=age_to if age_to is not None else 200)
    years = 0 if age_to is None else age_to - age_from + 1
    summed = ages.filter(age_from=F("age_to")).values("area_code").annotate(total=Sum("persons"), years=Count("id"))
    return whole | {row["area_code"]: row["total"] for row in summed if row["years"] == years}


def population_dates() -> list[date]:
    """Dates for which there is any population figure, newest first."""
    return list(Population.objects.values_list("on_date", flat=True).distinct().order_by("-on_date"))


def population_source(codes: Iterable[str], *, on: date) -> str:
    """The source that the figures of a date name."""
    row = Population.objects.filter(area_code__in=list(codes), on_date=on).values_list("source", flat=True).first()
    return row or ""


def role_assignments_in(county: str) -> QuerySet[RoleAssignment]:
    """Everybody's roles in a county, for the page of people."""
    held = RoleAssignment.objects.filter(county=county).select_related("account", "organisation")
    return held.order_by("role", "organisation__name", "account__name")


def holders(county: str, role: Role, *, at: datetime, organisation_id: int | None = None) -> QuerySet[Account]:
    """Active accounts that hold a role on that day, for a county or for one organisation in it."""
    day = timezone.localdate(at)
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        county=county,
        role=role,
        organisation_id=organisation_id,
        valid_from__lte=day,
    )
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("pk")
