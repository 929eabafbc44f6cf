"""Every write about bodies, seats and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from samplan.apps.bodies.models import Body, Decision, DecisionPoint, Mandate, Seat
from samplan.apps.orgs.models import Organisation, Person
from samplan.apps.orgs.operations import add_person
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line

OUTCOMES = ("approved", "changed", "returned", "rejected")
# "budget" covers dividing money: between lines and between parties.
MANDATES = ("budget", "directive", "plan", "report", "other")


@transaction.atomic
def add_body(
    *,
    by: Actor,
    at: datetime,
    county: str,
    name: str,
    kind: str,
    remit: str = "",
    parent: Body | None = None,
    mandates: Iterable[tuple[str, date, date | None]] = (),
    valid_from: date | None = None,
) -> Body:
    """A body with what it may decide: mandates are (kind, from, to)."""
    may(by, Permission.MANAGE_BODIES, county=county).demand()
    if not name.strip():
        raise Invalid("required", field="name")
    if Body.objects.filter(county=county, name=name.strip()).exists():
        raise Invalid("name_taken", field="name")
    if parent is not None and parent.county != county:
        raise Refused("forbidden")
    body = Body.objects.create(
        county=county, name=name.strip(), kind=kind, remit=free_text(remit, field="remit"), parent=parent,
        valid_from=valid_from,
    )  # fmt: skip
    given = [Mandate(body=body, kind=kind, valid_from=start, valid_to=end) for kind, start, end in mandates]
    Mandate.objects.bulk_create(given)
    after = {"name": body.name, "kind": body.kind, "mandates": [m.kind for m in given]}
    record(by=by, at=at, verb="body_added", subject=body, after=after)
    return body


@transaction.atomic
def add_mandate(
    *, by: Actor, at: datetime, body: Body, kind: str, valid_from: date, valid_to: date | None = None
) -> Mandate:
    """A body may decide one more kind of thing, from a day on. Raises Invalid("unknown_choice"), ("dates_in_order")."""
    may(by, Permission.MANAGE_BODIES, county=body.county).demand()
    if kind not in MANDATES:
        raise Invalid("unknown_choice", field="kind")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("dates_in_order", field="valid_to")
    mandate = Mandate.objects.create(body=body, kind=kind, valid_from=valid_from, valid_to=valid_to)
    record(by=by, at=at, verb="mandate_added", subject=body, after={"mandates": [kind]})
    return mandate


@transaction.atomic
def add_seat(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    function: str,
    organisation: Organisation | None = None,
    person: Person | None = None,
    chair: bool = False,
    votes: bool = True,
    valid_from: date | None = None,
    person_name: str = "",
) -> Seat:
    """A place in a body. `person` may be left out: a user representative's seat can be kept without a name.

    `person_name` instead of a person: the one in the county with that name, or a new one.
    """
    may(by, Permission.MANAGE_BODIES, county=body.county).demand()
    function = one_line(function, field="function", most=200)
    if person is not None and person.county != body.county:
        raise Refused("forbidden")
    if person is None and person_name.strip():
        there = Person.objects.filter(county=body.county, name=person_name.strip()).first()
        person = there or add_person(by=by, at=at, county=body.county, name=person_name)
    seat = Seat.objects.create(
        county=body.county, body=body, function=function, organisation=organisation, person=person,
        chair=chair, votes=votes, valid_from=valid_from,
    )  # fmt: skip
    record(by=by, at=at, verb="seat_added", subject=seat, after={"body": body.name, "function": seat.function})
    return seat


@transaction.atomic
def end_seat(*, by: Actor, at: datetime, seat: Seat, last_day: date) -> None:
    """The seat is held to the end of `last_day` and not after. Raises Invalid("dates_in_order")."""
    may(by, Permission.MANAGE_BODIES, county=seat.county).demand()
    if seat.valid_from is not None and last_day < seat.valid_from:
        raise Invalid("dates_in_order", field="last_day")
    before = {"valid_to": seat.valid_to}
    Seat.objects.filter(pk=seat.pk).update(valid_to=last_day)
    record(by=by, at=at, verb="seat_ended", subject=seat, before=before, after={"valid_to": last_day})


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a decision: `kind` names the mandate it needs, `amount` in kronor or None."""

    kind: str
    text: str
    outcome: str = "approved"
    amount: int | None = None
    conditions: str = ""


@transaction.atomic
def record_decision(
    *,
    by: Actor,
    at: datetime,
    body: Body,
    decided_on: date,
    title: str,
    points: Iterable[Point],
    case_number: str = "",
    supersedes: Decision | None = None,
    made_up: bool = False,
) -> Decision:
    """What a body decided. Raises Refused("no_mandate") for a point that the body could not decide on that day."""
    may(by, Permission.DECIDE, county=body.county).demand()
    title = one_line(title)
    listed = list(points)
    if not listed:
        raise Invalid("points_needed", field="points")
    held = set(
        body.mandates.filter(Q(valid_to=None) | Q(valid_to__gte=decided_on), valid_from__lte=decided_on).values_list(
            "kind", flat=True
        )
    )
    for point in listed:
        if point.kind not in MANDATES or point.outcome not in OUTCOMES:
            raise Invalid("unknown_choice", field="points")
        if not free_text(point.text, field="points"):
            raise Invalid("required", field="points")
        if point.kind != "other" and point.kind not in held:
            raise Refused("no_mandate", body=body.name, kind=point.kind)
    if supersedes is not None:
        if supersedes.county != body.county:
            raise Refused("forbidden")
        if Decision.objects.filter(supersedes=supersedes).exists():
            raise Refused("already_superseded")
    decision = Decision.objects.create(
        county=body.county, body=body, decided_on=decided_on, case_number=case_number.strip(), title=title,
        supersedes=supersedes, made_up=made_up,
    )  # fmt: skip
    DecisionPoint.objects.bulk_create(
        DecisionPoint(
            county=body.county, decision=decision, number=number, kind=point.kind,
            text=free_text(point.text), outcome=point.outcome, amount=point.amount,
            conditions=free_text(point.conditions, field="points"),
        )
        for number, point in enumerate(listed, start=1)
    )  # fmt: skip
    after = {"body": body.name, "decided_on": decided_on, "title": decision.title, "points": len(listed)}
    record(by=by, at=at, verb="decision_recorded", subject=decision, after=after)
    return decision


def demand_point(point: DecisionPoint, *, county: str, kind: str) -> None:
    """The point must be the county's own, about this kind of thing, and approved (or changed). Raises Refused."""
    if point.county != county:
        raise Refused("forbidden")
    if point.kind != kind or point.outcome not in {"approved", "changed"}:
        raise Refused("decision_does_not_cover", kind=kind)
    if Decision.objects.filter(supersedes=point.decision_id).exists():
        raise Refused("decision_superseded")
