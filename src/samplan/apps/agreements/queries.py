"""Reads about agreements, grants and allocations."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.agreements.models import Agreement, AgreementSection, Allocation, Grant, Share
from samplan.domain.access import Actor, Permission, may


def agreements_of(year: int) -> QuerySet[Agreement]:
    """The agreements in force of a year with sections, lines and points."""
    sections = Prefetch("sections", AgreementSection.objects.prefetch_related("lines", "points"))
    return Agreement.objects.filter(year=year, superseded_by=None).prefetch_related(sections).order_by("id")


def sections_of(year: int) -> QuerySet[AgreementSection]:
    """The sections of the year's agreements in force."""
    return AgreementSection.objects.filter(agreement__year=year, agreement__superseded_by=None)


def grants_of(county: str, year: int) -> QuerySet[Grant]:
    """The county's grants in force, in the agreement's order."""
    found = Grant.objects.filter(county=county, line__section__agreement__year=year, superseded_by=None)
    found = found.filter(line__section__agreement__superseded_by=None)
    return found.select_related("line__section__agreement").order_by("line__section_id", "line_id")


def grant_in_force(grant: Grant) -> Grant:
    """The grant that has taken this one's place, through every later row; itself when none has."""
    while later := Grant.objects.filter(supersedes=grant).select_related("line__section__agreement").first():
        grant = later
    return grant


def grant_history(grant: Grant) -> list[Grant]:
    """The grant and all that it supersedes, newest first."""
    found = [grant]
    while (earlier := found[-1].supersedes) is not None:
        found.append(earlier)
    return found


def grants_with_history(county: str, year: int) -> list[tuple[Grant, frozenset[int], int]]:
    """Each grant that nothing has taken the place of: (grant, row ids of it and all it supersedes, kronor).

    In the agreement's order and two queries; those left out by a revised agreement come too, with 0 kronor.
    """
    found = Grant.objects.filter(county=county, line__section__agreement__year=year)
    found = found.select_related("line__section__agreement").order_by("line__section_id", "line_id")
    rows = {one.pk: one for one in found}
    valid = set(Agreement.objects.filter(year=year, superseded_by=None).values_list("pk", flat=True))
    superseded = {one.supersedes_id for one in rows.values()}
    made = []
    for grant in rows.values():
        if grant.pk in superseded:
            continue
        ids = {grant.pk}
        before = grant.supersedes_id
        while before is not None:
            ids.add(before)
            before = rows[before].supersedes_id
        made.append((grant, frozenset(ids), grant.amount if grant.line.section.agreement_id in valid else 0))
    return made


def allocation_history(allocation: Allocation) -> list[Allocation]:
    """The allocation and all that it supersedes, newest first."""
    found = [allocation]
    while (earlier := found[-1].supersedes) is not None:
        found.append(earlier)
    return found


def kronor_in_force(grant: Grant) -> int:
    """What a grant in force gives: 0 kronor when a revised agreement has left its section out."""
    superseded = Agreement.objects.filter(supersedes=grant.line.section.agreement_id).exists()
    return 0 if superseded else grant.amount


def get_agreement_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Agreement:
    """An agreement in force, for one who may read the county; 404 otherwise."""
    found = agreements_of(year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def allocations_of(county: str, year: int) -> QuerySet[Allocation]:
    """The county's allocations of a year with shares, newest first."""
    shares = Prefetch("shares", Share.objects.select_related("party__organisation"))
    found = Allocation.objects.filter(county=county, year=year).select_related("decision_point__decision__body")
    return found.prefetch_related(shares).order_by("-id")


def get_allocation_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Allocation:
    """An allocation for one who may read the county; 404 otherwise."""
    found = allocations_of(county, year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def get_grant_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Grant:
    """A grant, or the one that has taken its place, for one who may read the county; 404 otherwise."""
    grant = get_grant_in(county, year, uid)
    if not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return grant


def get_grant_in(county: str, year: int, uid: UUID) -> Grant:
    """A grant of the county and year, or the one that has taken its place, whoever asks; 404 when there is none."""
    found = Grant.objects.filter(county=county, line__section__agreement__year=year, uid=uid)
    grant = found.select_related("line__section__agreement").first()
    if grant is None:
        raise Http404
    return grant_in_force(grant)
