"""Reads about needs and proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.http import Http404

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.queries import grants_with_history
from samplan.apps.needs.models import Need, Proposal
from samplan.apps.orgs.models import Population
from samplan.apps.plans.models import BudgetLine
from samplan.apps.questionnaires.models import Answer
from samplan.domain.access import Actor, Permission, may


def needs_of(county: str, year: int) -> QuerySet[Need]:
    found = Need.objects.filter(county=county, year=year).select_related(
        "area", "answer__request__party", "activity__plan"
    )
    return found.prefetch_related("framework_goals__framework", "municipalities", "proposals")


def proposals_of(county: str, year: int) -> QuerySet[Proposal]:
    """The year's proposals, those that have a priority first."""
    found = Proposal.objects.filter(county=county, year=year)
    found = found.select_related("working_group", "decided_by", "grant__line__section", "activity__plan", "decision")
    return found.prefetch_related("points", "needs", "municipalities").order_by(
        F("priority").asc(nulls_last=True), "id"
    )


def one_for(actor: Actor, model: type[Any], uid: UUID, county: str) -> Any:
    """A need or proposal; 404 unless the actor may read the county it belongs to."""
    found = model.objects.filter(uid=uid, county=county).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def answers_of(county: str, year: int) -> QuerySet[Answer]:
    """Text answers of the year's accepted reports, for the coordinator to find needs in."""
    found = Answer.objects.filter(county=county, request__year=year, request__state="accepted")
    same = {"code": F("request__form__questions__code"), "request__form__questions__kind": "text"}
    found = found.filter(**same).exclude(value="")
    found = found.select_related("request__party").prefetch_related("needs", "request__form__questions")
    return found.order_by("request__title", "request__party__name", "code")


def get_answer_for(actor: Actor, uid: UUID, county: str, year: int) -> Answer:
    """One of `answers_of`, for one who may write needs; 404 for any other: a draft is still its party's own."""
    found = answers_of(county, year).filter(uid=uid).first()
    if found is None or not may(actor, Permission.MANAGE_PLAN, county=county):
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the county's people live where a proposal is about, on a day. The whole county where it says so."""

    persons: int
    whole: int
    on_date: date

    @property
    def share(self) -> Fraction:
        return Fraction(self.persons, self.whole)


def reach_of(proposals: Iterable[Proposal], county: str) -> dict[int, Reach]:
    """Proposal id → its reach, at the newest date known. Those without a place, or with one whose population is not
    known that day, are left out: a missing number is no nought."""
    everyone = Population.objects.filter(area_code__startswith=county, age_from=None, age_to=None, sex="all")
    newest = everyone.filter(area_code=county).order_by("-on_date").first()
    if newest is None or not newest.persons:
        return {}
    persons = dict(everyone.filter(on_date=newest.on_date).values_list("area_code", "persons"))
    found = {}
    for one in proposals:
        parties = one.municipalities.all()
        codes = {county} if any(party.role == "region" for party in parties) else {party.code for party in parties}
        if codes and codes <= persons.keys():
            found[one.pk] = Reach(sum(persons[code] for code in codes), newest.persons, newest.on_date)
    return found


@dataclass(frozen=True, slots=True)
class Purse:
    """Kronor of a grant: in all, given to budget lines by decision, and asked for by proposals that wait."""

    grant: Grant
    amount: int
    given: int
    asked: int

    @property
    def left(self) -> int:
        """What would be left if all that wait were approved; below zero when they ask for more than there is."""
        return self.amount - self.given - self.asked


WAITING = frozenset({"proposed", "weighed", "sent"})


def purses_of(county: str, year: int, proposals: Iterable[Proposal]) -> list[Purse]:
    """The grants that waiting proposals want money from, in the agreement's order; a constant number of queries."""
    asked: dict[int, int] = {}
    for one in proposals:
        if one.grant_id is not None and one.state in WAITING:
            asked[one.grant_id] = asked.get(one.grant_id, 0) + (one.cost or 0)
    if not asked:
        return []
    lines = BudgetLine.objects.filter(county=county, superseded_by=None).order_by().values_list("grant_id")
    given = dict(lines.annotate(kronor=Sum("amount")))
    return [
        Purse(grant, amount, sum(given.get(row, 0) for row in rows), sum(asked.get(row, 0) for row in rows))
        for grant, rows, amount in grants_with_history(county, year)
        if rows & asked.keys()
    ]
