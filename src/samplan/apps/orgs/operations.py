"""Every write about organisations, parties, population and roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samplan.apps.orgs.models import County, Organisation, Party, Person, Population, RoleAssignment
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.base.audit.trace import record
from samplan.domain.access import INSTALLATION_ROLES, ORGANISATION_ROLES, Actor, Permission, Role, may
from samplan.domain.errors import Invalid, Refused


@dataclass(frozen=True, slots=True)
class OfficialParty:
    """A region or municipality by its official code, as in the data files."""

    county: str
    role: str
    code: str
    name: str
    organisation: str


@transaction.atomic
def load_official_codes(
    *, by: Actor, at: datetime, counties: Mapping[str, tuple[str, str]], parties: Iterable[OfficialParty]
) -> int:
    """Counties (code → name, short name) and their regions and municipalities. Run again it adds what is missing.
    Returns parties made.

    Parties that name the same organisation share one row: Gotland is one organisation in two roles.
    """
    may(by, Permission.INSTALLATION).demand()
    known = set(County.objects.values_list("code", flat=True))
    County.objects.bulk_create(
        County(code=code, name=name, short_name=short) for code, (name, short) in counties.items() if code not in known
    )
    organisations = {o.name: o for o in Organisation.objects.filter(kind__in=["region", "municipality"])}
    present = set(Party.objects.values_list("county", "role", "code"))
    wanted = [p for p in parties if (p.county, p.role, p.code) not in present]
    missing = {p.organisation: Organisation(name=p.organisation, kind=p.role) for p in reversed(wanted)}
    fresh = [o for name, o in sorted(missing.items()) if name not in organisations]
    organisations |= {o.name: o for o in Organisation.objects.bulk_create(fresh)}
    Party.objects.bulk_create(
        Party(county=p.county, role=p.role, code=p.code, name=p.name, organisation=organisations[p.organisation])
        for p in wanted
    )
    for county in County.objects.exclude(code__in=known):
        record(by=by, at=at, verb="county_loaded", subject=county, after={"code": county.code})
    return len(wanted)


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """Persons in an area on a date. Ages in years, both ends included; None and None for everybody."""

    area_code: str
    on_date: date
    persons: int
    source: str
    state: str = "final"
    sex: str = "all"
    age_from: int | None = None
    age_to: int | None = None


@transaction.atomic
def load_population(*, by: Actor, at: datetime, rows: Iterable[PopulationRow]) -> int:
    """Add population figures that are not there yet; returns how many were added or replaced. One that contradicts
    is refused.

    A preliminary figure may be replaced by a final one.
    """
    may(by, Permission.INSTALLATION).demand()
    wanted = list(rows)
    dates = {row.on_date for row in wanted}
    there = {
        (p.area_code, p.on_date, p.sex, p.age_from, p.age_to): p for p in Population.objects.filter(on_date__in=dates)
    }
    fresh, replaced = [], []
    for row in wanted:
        if row.persons < 0:
            raise Invalid("negative", field="persons", area=row.area_code)
        known = there.get((row.area_code, row.on_date, row.sex, row.age_from, row.age_to))
        if known is None:
            fresh.append(
                Population(
                    area_code=row.area_code, on_date=row.on_date, persons=row.persons, source=row.source,
                    state=row.state, sex=row.sex, age_from=row.age_from, age_to=row.age_to,
                )
            )  # fmt: skip
        elif known.persons != row.persons or known.state != row.state:
            if known.state == "final":
                raise Refused("population_contradicts", area=row.area_code, there=known.persons, new=row.persons)
            known.persons, known.state, known.source = row.persons, row.state, row.source
            known.save(update_fields=["persons", "state", "source"])
            replaced.append(known)
    Population.objects.bulk_create(fresh)
    touched = fresh + replaced
    if touched:
        for county in County.objects.filter(code__in={row.area_code[:2] for row in touched}):
            after = {"dates": sorted(day.isoformat() for day in dates), "source": touched[0].source}
            record(by=by, at=at, verb="population_loaded", subject=county, after=after)
    return len(touched)


@transaction.atomic
def add_organisation(*, by: Actor, at: datetime, county: str, name: str, kind: str) -> Organisation:
    """An organisation that takes part without being a region or municipality. One with that name is given back."""
    may(by, Permission.MANAGE_PEOPLE, county=county).demand()
    if not name.strip():
        raise Invalid("required", field="name")
    there = Organisation.objects.filter(name=name.strip()).first()
    if there:
        return there
    made = Organisation.objects.create(name=name.strip(), kind=kind)
    record(by=by, at=at, verb="organisation_added", subject=made, after={"name": made.name, "kind": kind})
    return made


@transaction.atomic
def add_person(*, by: Actor, at: datetime, county: str, name: str, made_up: bool = False) -> Person:
    """Somebody with a function in the county."""
    may(by, Permission.MANAGE_BODIES, county=county).demand()
    if not name.strip():
        raise Invalid("required", field="name")
    made = Person.objects.create(county=county, name=name.strip(), made_up=made_up)
    record(by=by, at=at, verb="person_added", subject=made, after={"name": made.name})
    return made


@transaction.atomic
def assign_role(
    *,
    by: Actor,
    at: datetime,
    account: Account,
    role: Role,
    county: str,
    organisation: Organisation | None,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give an account a role. Party roles need an organisation that is a party in the county; the administrator's
    role no county.

    Raises Refused("forbidden") when the actor may not manage people there; only an administrator makes administrators.
    """
    may(by, Permission.INSTALLATION if role in INSTALLATION_ROLES else Permission.MANAGE_PEOPLE, county=county).demand()
    if role in INSTALLATION_ROLES:
        county, organisation = "", None
    elif not County.objects.filter(code=county).exists():
        raise Invalid("unknown_county", field="county")
    if role in ORGANISATION_ROLES:
        if organisation is None:
            raise Invalid("organisation_needed", field="organisation")
        if not Party.objects.filter(county=county, organisation=organisation).exists():
            raise Invalid("not_a_party", field="organisation")
    else:
        organisation = None
    made = RoleAssignment.objects.create(
        account=account, role=role, county=county, organisation=organisation, valid_from=valid_from, valid_to=valid_to
    )
    after = {"account": account.name, "role": role, "organisation": organisation.name if organisation else ""}
    record(by=by, at=at, verb="role_assigned", subject=made, after=after)
    return made


@transaction.atomic
def end_role(*, by: Actor, at: datetime, assignment: RoleAssignment, last_day: date) -> None:
    """The role is held to the end of `last_day` and not after."""
    needed = Permission.INSTALLATION if assignment.role in INSTALLATION_ROLES else Permission.MANAGE_PEOPLE
    may(by, needed, county=assignment.county).demand()
    if last_day < assignment.valid_from:
        raise Invalid("dates_in_order", field="last_day")
    before = {"valid_to": assignment.valid_to}
    assignment.valid_to = last_day
    assignment.save(update_fields=["valid_to"])
    record(by=by, at=at, verb="role_ended", subject=assignment, before=before, after={"valid_to": last_day})


@transaction.atomic
def invite(
    *,
    by: Actor,
    at: datetime,
    email: str,
    name: str,
    role: Role,
    county: str,
    organisation: Organisation | None,
    valid_from: date,
) -> Account:
    """An account (made if the address is new) with a role."""
    may(by, Permission.MANAGE_PEOPLE, county=county).demand()
    account = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        account = create_account(by=by, at=at, email=email, name=name)
    assign_role(
        by=by, at=at, account=account, role=role, county=county, organisation=organisation, valid_from=valid_from
    )
    return account
