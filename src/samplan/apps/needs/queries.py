"""Reads about needs and proposals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from samplan.apps.needs.models import Need, Proposal
from samplan.apps.orgs.models import Population
from samplan.apps.questionnaires.models import Answer
from samplan.domain.access import Actor, Permission, may


def needs_of(county: str, year: int) -> QuerySet[Need]:
    found = Need.objects.filter(county=county, year=year).select_related("area", "answer__request__party")
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


def reach_of(proposals: list[Proposal], county: str) -> dict[int, Fraction]:
    """Proposal id → the share of the county's people who live in its municipalities, at the newest date known."""
    newest = Population.objects.filter(area_code=county, age_from=None, age_to=None, sex="all").order_by("-on_date")
    whole = newest.first()
    if whole is None or not whole.persons:
        return {}
    rows = Population.objects.filter(
        area_code__startswith=county, age_from=None, age_to=None, sex="all", on_date=whole.on_date
    )
    persons = dict(rows.values_list("area_code", "persons"))
    return {
        one.pk: Fraction(sum(persons.get(party.code, 0) for party in one.municipalities.all()), whole.persons)
        for one in proposals
    }
