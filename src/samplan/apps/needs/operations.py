"""Every write about needs and proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from samplan.apps.agreements.models import Grant
from samplan.apps.bodies.models import Body
from samplan.apps.bodies.operations import Point, record_decision
from samplan.apps.needs.models import FIVE_FACTS, Need, Proposal, ProposalPoint
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, FocusArea, FrameworkGoal
from samplan.apps.plans.operations.activities import add_activity
from samplan.apps.questionnaires.models import Answer
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import PROPOSAL_MOVES, ProposalStatus, ReportStatus, step
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line
from samplan.domain.questionnaire import Audience

NEED_STATES = ("ongoing", "must_start", "planned")
NEED_VALUES = frozenset({"title", "text", "state", "area", "persons", "origin", "activity"})
MOST_PERSONS = 20_000_000
TEXTS = ("background", *FIVE_FACTS)


@transaction.atomic
def add_need(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    text: str = "",
    state: str = "planned",
    area: FocusArea | None = None,
    persons: int | None = None,
    origin: str = "",
    answer: Answer | None = None,
    activity: Activity | None = None,
    municipalities: Iterable[Party] = (),
    framework_goals: Iterable[FrameworkGoal] = (),
) -> Need:
    """A need of the year `year`, last in the order. `answer`, `activity`: what showed it.

    Raises Refused("forbidden") for what is another county's, Invalid("negative", "number_too_large") for `persons`.
    """
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    where, goals = list(municipalities), list(framework_goals)
    near = [*where, *goals, *(row for row in (area, answer, activity) if row is not None)]
    if any(row.county != county for row in near):
        raise Refused("forbidden")
    if state not in NEED_STATES:
        raise Invalid("unknown_choice", field="state")
    _demand_persons(persons)
    last = Need.objects.filter(county=county, year=year).aggregate(last=Max("position"))["last"] or 0
    need = Need.objects.create(
        county=county, year=year, position=last + 1, title=one_line(title), text=free_text(text), state=state,
        area=area, persons=persons, origin=free_text(origin, field="origin"), answer=answer, activity=activity,
    )  # fmt: skip
    need.municipalities.set(where)
    need.framework_goals.set(goals)
    record(by=by, at=at, verb="need_added", subject=need, after={"title": need.title, "year": year, "state": state})
    return need


def _demand_persons(persons: int | None) -> None:
    if persons is not None and persons < 0:
        raise Invalid("negative", field="persons")
    if persons is not None and persons > MOST_PERSONS:
        raise Invalid("number_too_large", field="persons")


@transaction.atomic
def change_need(*, by: Actor, at: datetime, need: Need, **values: Any) -> Need:
    """Change any of NEED_VALUES; `municipalities` and `framework_goals` replace what there is."""
    may(by, Permission.MANAGE_PLAN, county=need.county).demand()
    many = {name: list(values.pop(name)) for name in ("municipalities", "framework_goals") if name in values}
    unknown = set(values) - NEED_VALUES
    if unknown or values.get("state", "planned") not in NEED_STATES:
        raise Invalid("unknown_choice", field=min(unknown, default="state"))
    near = [row for rows in many.values() for row in rows] + [
        values[name] for name in ("area", "activity") if values.get(name)
    ]
    if any(row.county != need.county for row in near):
        raise Refused("forbidden")
    _demand_persons(values.get("persons"))
    need = Need.objects.select_for_update().get(pk=need.pk)
    if "title" in values:
        values["title"] = one_line(values["title"])
    values |= {name: free_text(values[name], field=name) for name in ("text", "origin") if name in values}
    before, after = changed(need, values)
    for name, value in after.items():
        setattr(need, name, value)
    if after:
        need.save(update_fields=list(after))
    for name, rows in many.items():
        there = list(getattr(need, name).all())
        if {row.pk for row in there} != {row.pk for row in rows}:
            getattr(need, name).set(rows)
            before[name], after[name] = [str(row) for row in there], [str(row) for row in rows]
    if after:
        record(by=by, at=at, verb="need_changed", subject=need, before=_said(before), after=_said(after))
    return need


WAYS = ("first", "up", "down", "last", "before")


@transaction.atomic
def move_need(*, by: Actor, at: datetime, need: Need, way: str, before: Need | None = None) -> int:
    """Move a need in the year's order: one place up or down, first, last, or right before another (`way` "before").

    Every move is reckoned from the order as it is now and by a neighbour, not by a number, so that the moves of two who
    sort at once both hold. Returns its place, from 1. Raises Invalid("unknown_choice") for another way,
    Refused("forbidden") for a neighbour of another year or county.
    """
    may(by, Permission.MANAGE_PLAN, county=need.county).demand()
    if way not in WAYS or (way == "before") != (before is not None):
        raise Invalid("unknown_choice", field="way")
    if before is not None and (before.county, before.year) != (need.county, need.year):
        raise Refused("forbidden")
    rows = list(Need.objects.select_for_update().filter(county=need.county, year=need.year))
    order = [row.pk for row in rows]
    place = order.index(need.pk)
    others = [pk for pk in order if pk != need.pk]
    to = {"first": 0, "up": max(0, place - 1), "down": min(len(others), place + 1), "last": len(others)}.get(way, place)
    if before is not None and before.pk != need.pk:
        to = others.index(before.pk)
    others.insert(to, need.pk)
    if others == order:
        return place + 1
    stood = {row.pk: row.position for row in rows}
    for position, pk in enumerate(others, start=1):
        if stood[pk] != position:
            Need.objects.filter(pk=pk).update(position=position)
    record(by=by, at=at, verb="need_moved", subject=need, before={"position": place + 1}, after={"position": to + 1})
    return to + 1


def need_from_answer(
    *, by: Actor, at: datetime, answer: Answer, year: int, title: str, state: str = "must_start", text: str = ""
) -> Need:
    """What a party's answer shows to be missing, as a need of a later year with its origin.

    The origin in words is printed with the plan, so it names the party only when everybody may read the answer; the
    link to the answer stays in either case. Raises Refused("answer_not_accepted"), Invalid("years_in_order").
    """
    asked = answer.request
    may(by, Permission.MANAGE_PLAN, county=answer.county).demand()
    if asked.state != ReportStatus.ACCEPTED:
        raise Refused("answer_not_accepted")
    if year <= asked.year:
        raise Invalid("need_after_answer", field="year", year=asked.year)
    open_to_all = asked.form.questions.filter(code=answer.code, audience=Audience.EVERYBODY).exists()
    origin = ", ".join([asked.title, *([asked.party.name] if open_to_all else []), str(asked.year)])
    return add_need(
        by=by, at=at, county=answer.county, year=year, title=title, text=text, state=state, origin=origin,
        answer=answer, municipalities=[asked.party] if asked.party.role == "municipality" else (),
    )  # fmt: skip


@transaction.atomic
def write_proposal(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    proposal: Proposal | None = None,
    texts: Mapping[str, str] | None = None,
    points: Sequence[str] = (),
    cost: int | None = None,
    grant: Grant | None = None,
    working_group: Body | None = None,
    decided_by: Body | None = None,
    activity: Activity | None = None,
    needs: Iterable[Need] = (),
    municipalities: Iterable[Party] = (),
) -> Proposal:
    """A proposal, or its draft written again. Nothing but the title is demanded of a draft.

    `texts`: background and the five facts; `points`: each an "att …"; `activity`: one of the plan that it is about.
    Raises Refused("proposal_not_draft") unless it is a draft, Invalid("negative") for the cost.
    """
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    given = {name: free_text(text, field=name) for name, text in (texts or {}).items()}
    unknown = set(given) - set(TEXTS)
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    if cost is not None and cost < 0:
        raise Invalid("negative", field="cost")
    where, met = list(municipalities), list(needs)
    near = [*where, *met, *(row for row in (grant, working_group, decided_by, activity) if row is not None)]
    if any(row.county != county for row in near):
        raise Refused("forbidden")
    values: dict[str, Any] = {
        "title": one_line(title), "cost": cost, "grant": grant, "working_group": working_group,
        "decided_by": decided_by, "activity": activity, **given,
    }  # fmt: skip
    if proposal is None:
        proposal = Proposal.objects.create(county=county, year=year, **values)
        before: dict[str, Any] = {}
        after: dict[str, Any] = {"title": proposal.title}
        verb = "proposal_written"
    else:
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.county != county:
            raise Refused("forbidden")
        if proposal.state != ProposalStatus.DRAFT:
            raise Refused("proposal_not_draft")
        before, after = changed(proposal, values)
        verb = "proposal_changed"
        for name, value in after.items():
            setattr(proposal, name, value)
        proposal.save()
    said = [free_text(text, field="points") for text in points if text.strip()]
    if said != [point.text for point in proposal.points.all()]:
        proposal.points.all().delete()
        ProposalPoint.objects.bulk_create(
            ProposalPoint(county=county, proposal=proposal, number=number, text=text)
            for number, text in enumerate(said, start=1)
        )
        after["points"] = said
    proposal.needs.set(met)
    proposal.municipalities.set(where)
    if after:
        record(by=by, at=at, verb=verb, subject=proposal, before=_said(before), after=_said(after))
    return proposal


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if hasattr(value, "pk") else value for name, value in values.items() if value is not None}


def missing(proposal: Proposal) -> list[str]:
    """What a proposal lacks to be proposed: names of the five facts, "points", "cost", "decided_by"."""
    lacking = [name for name in FIVE_FACTS if not getattr(proposal, name).strip()]
    if not proposal.points.exists():
        lacking.append("points")
    if proposal.cost is None:
        lacking.append("cost")
    if proposal.decided_by is None:
        lacking.append("decided_by")
    return lacking


@transaction.atomic
def move_proposal(
    *, by: Actor, at: datetime, proposal: Proposal, to: ProposalStatus | str, reason: str = ""
) -> Proposal:
    """Propose, weigh, send, take back or withdraw. Proposing is refused with what is missing: Refused("facts_missing",
    missing=[...]). Deciding has an operation of its own."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    to = ProposalStatus(to)
    if to is ProposalStatus.DECIDED:
        raise Refused("no_such_move", status=proposal.state, to=to.value)
    step(PROPOSAL_MOVES, by, ProposalStatus(proposal.state), to, county=proposal.county).demand()
    if to is ProposalStatus.PROPOSED and (lacking := missing(proposal)):
        raise Refused("facts_missing", missing=lacking)
    if to is ProposalStatus.RETURNED and not reason.strip():
        raise Refused("reason_needed", to=to.value)
    before = {"state": proposal.state}
    again = to is ProposalStatus.DRAFT
    # Whoever writes it again still has to see why the body sent it back.
    proposal.reason = free_text(reason, field="reason") or (proposal.reason if again else "")
    proposal.state = to.value
    if again:
        proposal.points.update(outcome="")
    proposal.save(update_fields=["state", "reason"])
    after = {"state": to.value} | ({"reason": proposal.reason} if proposal.reason else {})
    record(by=by, at=at, verb="proposal_moved", subject=proposal, before=before, after=after)
    return proposal


@transaction.atomic
def set_priority(*, by: Actor, at: datetime, proposal: Proposal, priority: int | None) -> None:
    """The place a person gives it among the year's proposals."""
    may(by, Permission.MANAGE_PLAN, county=proposal.county).demand()
    if priority is not None and not 1 <= priority <= 999:
        raise Invalid("unknown_choice", field="priority")
    there = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if there.priority != priority:
        before = {"priority": there.priority}
        Proposal.objects.filter(pk=proposal.pk).update(priority=priority)
        record(by=by, at=at, verb="proposal_weighed", subject=proposal, before=before, after={"priority": priority})


@transaction.atomic
def decide_proposal(
    *, by: Actor, at: datetime, proposal: Proposal, outcomes: Sequence[str], decided_on: date, case_number: str = ""
) -> Proposal:
    """Enter what the body decided, an outcome for each point; the decision itself is recorded with the same points.

    Where every point was returned the proposal is returned, to be written again; otherwise it is decided. Raises
    Invalid("points_needed") when outcomes and points are not equally many, and as `record_decision`.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    step(PROPOSAL_MOVES, by, ProposalStatus(proposal.state), ProposalStatus.DECIDED, county=proposal.county).demand()
    points = list(proposal.points.all())
    if len(points) != len(outcomes) or proposal.decided_by is None:
        raise Invalid("points_needed", field="points")
    decision = record_decision(
        by=by, at=at, body=proposal.decided_by, decided_on=decided_on, title=proposal.title, case_number=case_number,
        points=[Point("other", point.text, outcome) for point, outcome in zip(points, outcomes, strict=True)],
    )  # fmt: skip
    for point, outcome in zip(points, outcomes, strict=True):
        point.outcome = outcome
        point.save(update_fields=["outcome"])
    before = {"state": proposal.state}
    back = all(outcome == "returned" for outcome in outcomes)
    proposal.state = (ProposalStatus.RETURNED if back else ProposalStatus.DECIDED).value
    proposal.decision = decision
    proposal.save(update_fields=["state", "decision"])
    record(by=by, at=at, verb="proposal_moved", subject=proposal, before=before, after={"state": proposal.state})
    return proposal


@transaction.atomic
def activity_from_proposal(*, by: Actor, at: datetime, proposal: Proposal, area: FocusArea, number: str) -> Activity:
    """A decided proposal that was approved in some point, as an activity of the plan with its five facts.

    Raises Refused("not_approved") otherwise, ("already_activity") when it has one.
    """
    may(by, Permission.MANAGE_PLAN, county=proposal.county).demand()
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    approved = proposal.points.filter(outcome__in=["approved", "changed"]).exists()
    if proposal.state != ProposalStatus.DECIDED or not approved:
        raise Refused("not_approved")
    if proposal.activity_id is not None:
        raise Refused("already_activity")
    if area.county != proposal.county:
        raise Refused("forbidden")
    activity = add_activity(
        by=by, at=at, area=area, number=number, title=proposal.title, phase="planned",
        texts={name: getattr(proposal, name) for name in TEXTS}, municipalities=proposal.municipalities.all(),
    )  # fmt: skip
    proposal.activity = activity
    proposal.save(update_fields=["activity"])
    record(by=by, at=at, verb="proposal_into_activity", subject=proposal, after={"activity": str(activity)})
    return activity
