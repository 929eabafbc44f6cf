"""Every write about a plan's chapters and areas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from samplan.apps.agreements.models import AgreementSection
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.models import FocusArea, Plan, PlanText
from samplan.apps.plans.operations.writing import parted, save
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid
from samplan.domain.freetext import free_text, one_line

TEXT_KINDS = ("introduction", "situation", "organisation", "process")


@transaction.atomic
def create_plan(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    owner: Organisation | None = None,
    year_to: int | None = None,
) -> Plan:
    """A plan in the directive shape; `owner` None is the county's joint plan. One edition of each owner and year."""
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    if Plan.objects.filter(county=county, year=year, owner=owner).exists():
        raise Invalid("plan_exists", field="year")
    plan = Plan.objects.create(county=county, year=year, year_to=year_to or year, title=one_line(title), owner=owner)
    record(by=by, at=at, verb="plan_created", subject=plan, after={"title": plan.title, "year": year})
    return plan


@transaction.atomic
def write_plan_text(*, by: Actor, at: datetime, plan: Plan, kind: str, title: str, text: str) -> PlanText:
    """Write (or write again) one chapter of running text."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if kind not in TEXT_KINDS:
        raise Invalid("unknown_choice", field="kind")
    values = {"title": one_line(title), "text": free_text(text)}
    row = PlanText.objects.filter(plan=plan, kind=kind).first()
    if row is None:
        number = TEXT_KINDS.index(kind) + 1
        row = PlanText.objects.create(county=plan.county, plan=plan, kind=kind, number=number, **values)
        record(by=by, at=at, verb="plan_text_written", subject=row, after=values)
        return row
    before, after = changed(row, values)
    if after:
        save(row, after)
        record(by=by, at=at, verb="plan_text_changed", subject=row, before=before, after=after)
    return row


@transaction.atomic
def edit_plan_text(
    *, by: Actor, at: datetime, plan: Plan, kind: str, typed: Mapping[str, str], base: Mapping[str, str]
) -> dict[str, str]:
    """Write a chapter that somebody else may be writing too: `typed` title and text, `base` the hashes of what they
    were.

    What only this person changed is saved. Returns the texts of those that another has changed as well: {} when all
    is saved.
    """
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    cleaned = {"title": one_line(typed["title"]), "text": free_text(typed["text"])}
    Plan.objects.select_for_update().get(pk=plan.pk)
    row = PlanText.objects.filter(plan=plan, kind=kind).first()
    if row is None:
        write_plan_text(by=by, at=at, plan=plan, kind=kind, title=cleaned["title"], text=cleaned["text"])
        return {}
    ours, theirs = parted(row, cleaned, base)
    kept = {"title": row.title, "text": row.text} | ours
    write_plan_text(by=by, at=at, plan=plan, kind=kind, title=kept["title"], text=kept["text"])
    return theirs


@transaction.atomic
def add_area(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    number: int,
    title: str,
    short_title: str = "",
    text: str = "",
    section: AgreementSection | None = None,
) -> FocusArea:
    """A focus area; its number is its chapter in the report."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if FocusArea.objects.filter(plan=plan, number=number).exists():
        raise Invalid("number_taken", field="number")
    area = FocusArea.objects.create(
        county=plan.county, plan=plan, number=number, title=one_line(title), text=free_text(text), section=section,
        short_title=one_line(short_title or title)[:100],
    )  # fmt: skip
    record(by=by, at=at, verb="area_added", subject=area, after={"number": number, "title": area.title})
    return area
