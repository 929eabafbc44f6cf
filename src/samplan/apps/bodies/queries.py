"""Reads about bodies and decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from samplan.apps.bodies.models import Body, Decision, DecisionPoint, Seat
from samplan.apps.orgs.models import Organisation
from samplan.apps.orgs.queries import official_first
from samplan.domain.access import Actor, Permission, may


def bodies_of(county: str) -> QuerySet[Body]:
    """The county's bodies with seats and mandates, in the order they were made (the chain from the top)."""
    seats = Prefetch("seats", Seat.objects.select_related("person", "organisation").order_by("-chair", "id"))
    return (
        Body.objects.filter(county=county).select_related("parent").prefetch_related(seats, "mandates").order_by("id")
    )


def decisions_of(county: str) -> QuerySet[Decision]:
    """The county's decisions, newest first, with body and points."""
    found = Decision.objects.filter(county=county).select_related("body", "superseded_by").prefetch_related("points")
    return found.order_by("-decided_on", "-id")


def points_open_for(county: str, kind: str) -> QuerySet[DecisionPoint]:
    """Approved points of decisions in force that can carry something of this kind."""
    return (
        DecisionPoint.objects.filter(
            county=county, kind=kind, outcome__in=["approved", "changed"], decision__superseded_by=None
        )
        .select_related("decision", "decision__body")
        .order_by("-decision__decided_on", "decision_id", "number")
    )


def get_decision_for(actor: Actor, uid: UUID, *, county: str) -> Decision:
    """A decision of a county the actor may read; anything else is 404."""
    found = decisions_of(county).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def get_body_for(actor: Actor, uid: UUID, *, county: str) -> Body:
    """A body of a county the actor may read; anything else is 404."""
    found = bodies_of(county).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def organisations_in(county: str) -> list[Organisation]:
    """The county's parties and others with a seat in one of its bodies: parties first, each in Swedish order."""
    there = Q(parties__county=county) | Q(seat__county=county)
    return official_first(Organisation.objects.filter(there).distinct())


def decided_by(decision: Decision) -> dict[int, list[Any]]:
    """What stands on each point of a decision (by the point's key): rows of every kind that point at it, the newest
    version."""
    found: dict[int, list[Any]] = {}
    for relation in DecisionPoint._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{f"{name}__decision": decision}).order_by("pk")  # type: ignore[union-attr]
        if any(field.name == "plan" for field in model._meta.get_fields()):  # type: ignore[union-attr]
            rows = rows.select_related("plan")
        for row in rows:
            found.setdefault(getattr(row, relation.field.attname), []).append(row)
    return found
