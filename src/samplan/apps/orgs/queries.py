"""Reads about organisations, parties, population and roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from samplan.apps.orgs.models import County, Organisation, Party, Population, RoleAssignment
from samplan.base.accounts.models import Account
from samplan.domain.access import INSTALLATION_ROLES, Actor, Assignment, Permission, Role, may
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


def municipalities_in(county: str) -> int:
    """How many municipalities the county has."""
    return Party.objects.filter(county=county, role="municipality").count()


def in_order(parties: Iterable[Party]) -> list[Party]:
    """The region first, then the others in Swedish order."""
    return sorted(parties, key=in_order_of)


def in_order_of(party: Party) -> tuple[bool, Any]:
    """What parties are sorted by: the region first, then the others in Swedish order."""
    return party.role != "region", swedish_key(party.name)


def parties_named(parties: Iterable[Party]) -> dict[str, Party]:
    """How people write the parties, folded: name, the organisation's name and code. A name that two of them have is no
    name: the code is."""
    listed = list(parties)
    names: dict[str, list[Party]] = {}
    for party in listed:
        for name in dict.fromkeys((party.name.casefold(), party.organisation.name.casefold())):
            names.setdefault(name, []).append(party)
    found = {name: those[0] for name, those in names.items() if len(those) == 1}
    return found | {party.code.casefold(): party for party in listed}


def official_first(organisations: Iterable[Organisation]) -> list[Organisation]:
    """Regions, then municipalities, then others, each in Swedish order."""
    order = {"region": 0, "municipality": 1}
    return sorted(organisations, key=lambda one: (order.get(one.kind, 2), swedish_key(one.name)))


def persons_in(
    codes: Iterable[str], *, on: date, age_from: int | None = None, age_to: int | None = None, sex: str = "all"
) -> dict[str, int]:
    """Persons per area code at a date; a code without a figure is absent. An age range is summed from one-year rows
    when it has none of its own."""
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


def population_of(codes: Iterable[str], *, on: date) -> QuerySet[Population]:
    """Everybody in each area on a date, one row an area."""
    rows = Population.objects.filter(area_code__in=list(codes), on_date=on)
    return rows.filter(age_from=None, age_to=None, sex="all").order_by("area_code")


def population_ages(codes: Iterable[str], *, on: date) -> list[dict[str, Any]]:
    """What tables of ages there are on a date: by sex and source, how many rows of how many areas, from which age to
    which."""
    rows = Population.objects.filter(area_code__in=list(codes), on_date=on, age_from__isnull=False)
    grouped = rows.values("sex", "source", "state").annotate(
        rows=Count("id"), areas=Count("area_code", distinct=True), low=Min("age_from"), high=Max("age_from")
    )
    return [dict(row) for row in grouped.order_by("sex", "source", "state")]


def area_codes() -> set[str]:
    """The codes of every county and municipality."""
    codes = set(County.objects.values_list("code", flat=True))
    return codes | set(Party.objects.filter(role="municipality").values_list("code", flat=True))


def get_assignment_for(actor: Actor, uid: UUID, *, county: str) -> RoleAssignment:
    """Somebody's role in a county where the actor may manage people; anything else is 404."""
    found = role_assignments_in(county).filter(uid=uid).exclude(role__in=INSTALLATION_ROLES).first()
    if found is None or not may(actor, Permission.MANAGE_PEOPLE, county=county):
        raise Http404
    return found


def role_assignments_in(county: str) -> QuerySet[RoleAssignment]:
    """Everybody's roles in a county, for the page of people."""
    held = RoleAssignment.objects.filter(county=county).select_related("account", "organisation")
    return held.order_by("role", "organisation__name", "account__name")


def holders(county: str, role: Role, *, at: datetime, organisation_id: int | None = None) -> QuerySet[Account]:
    """Active accounts that hold a role on that day, for a county or for one organisation in it."""
    day = timezone.localdate(at)
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        Q(organisation_id=organisation_id) if organisation_id else Q(organisation=None),
        county=county,
        role=role,
        valid_from__lte=day,
    )
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("pk")
