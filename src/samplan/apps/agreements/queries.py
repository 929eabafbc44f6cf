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


def get_agreement_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Agreement:
    """An agreement in force, for one who may read the county; 404 otherwise."""
    found = agreements_of(year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def allocations_of(county: str, year: int) -> QuerySet[Allocation]:
    """The county's allocations of a year with shares, newest first."""
    shares = Prefetch("shares", Share.objects.select_related("party"))
    found = Allocation.objects.filter(county=county, year=year).select_related("decision_point__decision__body")
    return found.prefetch_related(shares).order_by("-id")


def get_allocation_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Allocation:
    """An allocation for one who may read the county; 404 otherwise."""
    found = allocations_of(county, year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def get_grant_for(actor: Actor, uid: UUID, *, county: str, year: int) -> Grant:
    """A grant in force for one who may read the county; 404 otherwise."""
    found = grants_of(county, year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found
