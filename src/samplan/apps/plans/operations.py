"""Every write about plans: texts, areas, activities and budget lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum

from samplan.apps.agreements.models import AgreementSection, Allocation, Grant
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.orgs.models import Organisation, Party
from samplan.apps.plans.models import (
    ACTIVITY_TEXTS,
    Activity,
    ActivityEvent,
    ActivityFigure,
    ActivityLink,
    ActivityParty,
    BudgetLine,
    FocusArea,
    Plan,
    PlanText,
)
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.editing import text_hash
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from samplan.domain.markup import clean

LINE_KINDS = ("directive", "activity", "post", "partnership", "purchase", "held_back")
TEXT_KINDS = ("introduction", "situation", "organisation", "process")
PARTS = ("does", "coordinates", "supports", "evaluates", "spreads")


def _title(value: str) -> str:
    cleaned = " ".join(clean(value).split())
    if not cleaned:
        raise Invalid("required", field="title")
    if len(cleaned) > 300:
        raise Invalid("too_long", field="title", most=300)
    return cleaned


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
    plan = Plan.objects.create(county=county, year=year, year_to=year_to or year, title=_title(title), owner=owner)
    record(by=by, at=at, verb="plan_created", subject=plan, after={"title": plan.title, "year": year})
    return plan


@transaction.atomic
def write_plan_text(*, by: Actor, at: datetime, plan: Plan, kind: str, title: str, text: str) -> PlanText:
    """Write (or write again) one chapter of running text."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if kind not in TEXT_KINDS:
        raise Invalid("unknown_choice", field="kind")
    values = {"title": _title(title), "text": clean(text)}
    row = PlanText.objects.filter(plan=plan, kind=kind).first()
    if row is None:
        number = TEXT_KINDS.index(kind) + 1
        row = PlanText.objects.create(county=plan.county, plan=plan, kind=kind, number=number, **values)
        record(by=by, at=at, verb="plan_text_written", subject=row, after=values)
        return row
    before, after = changed(row, values)
    if after:
        _save(row, after)
        record(by=by, at=at, verb="plan_text_changed", subject=row, before=before, after=after)
    return row


def _parted(row: Any, typed: Mapping[str, str], base: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a person changed since `base` (hashes of the texts they began with): (to be saved, changed by another
    too)."""
    ours, theirs = {}, {}
    for name, value in typed.items():
        there = getattr(row, name)
        if value == there or text_hash(value) == base[name]:
            continue
        if text_hash(there) == base[name]:
            ours[name] = value
        else:
            theirs[name] = there
    return ours, theirs


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
    cleaned = {"title": _title(typed["title"]), "text": clean(typed["text"])}
    Plan.objects.select_for_update().get(pk=plan.pk)
    row = PlanText.objects.filter(plan=plan, kind=kind).first()
    if row is None:
        write_plan_text(by=by, at=at, plan=plan, kind=kind, title=cleaned["title"], text=cleaned["text"])
        return {}
    ours, theirs = _parted(row, cleaned, base)
    kept = {"title": row.title, "text": row.text} | ours
    write_plan_text(by=by, at=at, plan=plan, kind=kind, title=kept["title"], text=kept["text"])
    return theirs


def _save(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


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
        county=plan.county, plan=plan, number=number, title=_title(title), text=clean(text), section=section,
        short_title=_title(short_title or title)[:100],
    )  # fmt: skip
    record(by=by, at=at, verb="area_added", subject=area, after={"number": number, "title": area.title})
    return area


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget: kronor of one grant to something. `payee` or `payee_name` when it goes to one receiver."""

    grant: Grant
    kind: str
    title: str
    amount: int
    extent_percent: int | None = None
    payee: Organisation | None = None
    payee_name: str = ""
    allocation: Allocation | None = None
    made_up: bool = False


@transaction.atomic
def decide_budget(
    *, by: Actor, at: datetime, plan: Plan, decision_point: DecisionPoint, lines: Iterable[Line]
) -> list[BudgetLine]:
    """Divide grants into lines by a decision. All lines in force of a grant together equal the grant, to the krona.

    Raises Refused("parts_differ", title, whole, parts) naming the first grant whose lines do not add up.
    """
    may(by, Permission.MANAGE_MONEY, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="budget")
    made = []
    number = BudgetLine.objects.filter(plan=plan).count()
    for line in lines:
        if line.kind not in LINE_KINDS:
            raise Invalid("unknown_choice", field="kind")
        if line.amount < 0:
            raise Invalid("negative", field="amount")
        if line.grant.county != plan.county or (line.allocation and line.allocation.county != plan.county):
            raise Refused("forbidden")
        if line.allocation and line.allocation.amount != line.amount:
            raise Refused("allocation_differs", title=line.title, whole=line.amount, parts=line.allocation.amount)
        number += 1
        made.append(
            BudgetLine.objects.create(
                county=plan.county, plan=plan, number=number, decision_point=decision_point, grant=line.grant,
                kind=line.kind, title=_title(line.title), amount=line.amount, extent_percent=line.extent_percent,
                payee=line.payee, payee_name=line.payee_name, allocation=line.allocation, made_up=line.made_up,
            )
        )  # fmt: skip
    _demand_grants_whole({line.grant for line in made})
    after = {"lines": [{"title": line.title, "amount": line.amount} for line in made]}
    record(by=by, at=at, verb="budget_decided", subject=plan, after=after | {"decision_point": decision_point})
    return made


def _demand_grants_whole(grants: Iterable[Grant]) -> None:
    for grant in grants:
        lines = BudgetLine.objects.filter(grant=grant, superseded_by=None)
        parts = lines.aggregate(total=Sum("amount"))["total"] or 0
        if parts != grant.amount:
            raise Refused("parts_differ", title=str(grant), whole=grant.amount, parts=parts)


@transaction.atomic
def move_budget(
    *, by: Actor, at: datetime, plan: Plan, decision_point: DecisionPoint, amounts: Mapping[BudgetLine, int]
) -> list[BudgetLine]:
    """Move kronor between lines by a new decision: each line named gets a new row that supersedes it. Allocated
    lines stay."""
    may(by, Permission.MANAGE_MONEY, county=plan.county).demand()
    demand_point(decision_point, county=plan.county, kind="budget")
    made = []
    for line, amount in amounts.items():
        if line.plan_id != plan.pk:
            raise Refused("forbidden")
        if amount < 0:
            raise Invalid("negative", field="amount")
        if line.allocation_id is not None:
            raise Refused("line_is_allocated", title=line.title)
        try:
            with transaction.atomic():
                made.append(
                    BudgetLine.objects.create(
                        county=line.county, plan=plan, number=line.number, decision_point=decision_point,
                        grant=line.grant, kind=line.kind, title=line.title, amount=amount, payee=line.payee,
                        extent_percent=line.extent_percent, payee_name=line.payee_name, made_up=line.made_up,
                        supersedes=line,
                    )
                )  # fmt: skip
        except IntegrityError:
            raise Refused("already_superseded") from None
    _demand_grants_whole({line.grant for line in made})
    for row in made:
        before = {"amount": row.supersedes.amount if row.supersedes else None}
        record(by=by, at=at, verb="budget_moved", subject=row, before=before, after={"amount": row.amount})
    return made


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A counted figure: value / 10**scale in `unit`."""

    code: str
    label: str
    value: int
    scale: int = 0
    unit: str = ""
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class EventValue:
    """What happened on a day (or, with precision "month", in its month), and who was there."""

    on_date: date
    text: str
    present: tuple[Party, ...] = ()
    precision: str = "day"
    made_up: bool = False


@transaction.atomic
def add_activity(
    *,
    by: Actor,
    at: datetime,
    area: FocusArea,
    number: str,
    title: str,
    kind: str = "activity",
    parent: Activity | None = None,
    phase: str = "",
    texts: Mapping[str, str] | None = None,
    municipalities: Iterable[Party] = (),
    parties: Iterable[tuple[Party | None, str, str]] = (),
    figures: Iterable[FigureValue] = (),
    events: Iterable[EventValue] = (),
    links: Iterable[tuple[str, str]] = (),
    made_up: bool = False,
) -> Activity:
    """An activity of an area. `texts` are fields of ACTIVITY_TEXTS, `parties` (party, name, part), `links` (title,
    url).

    Nothing but number and title is demanded: an incomplete plan can always be saved.
    """
    may(by, Permission.MANAGE_PLAN, county=area.county).demand()
    given = dict(texts or {})
    unknown = set(given) - set(ACTIVITY_TEXTS)
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    if Activity.objects.filter(plan=area.plan, number=number).exists():
        raise Invalid("number_taken", field="number")
    where = list(municipalities)
    if any(party.county != area.county for party in where) or (parent and parent.area_id != area.pk):
        raise Refused("forbidden")
    activity = Activity.objects.create(
        county=area.county, plan=area.plan, area=area, kind=kind, parent=parent, number=number, title=_title(title),
        phase=phase,
        position=Activity.objects.filter(area=area).count() + 1, made_up=made_up,
        **{name: clean(text) for name, text in given.items()},
    )  # fmt: skip
    activity.municipalities.set(where)
    for figure in figures:
        _write_figure(activity, figure)
    _write_details(activity, parties, events, links)
    record(by=by, at=at, verb="activity_added", subject=activity, after={"number": number, "title": activity.title})
    return activity


@transaction.atomic
def change_activity(*, by: Actor, at: datetime, activity: Activity, **values: str) -> Activity:
    """Change title, phase or any of ACTIVITY_TEXTS."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    allowed = {"title", "phase", *ACTIVITY_TEXTS}
    unknown = set(values) - allowed
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    cleaned = {name: _title(value) if name == "title" else clean(value) for name, value in values.items()}
    before, after = changed(activity, cleaned)
    if after:
        _save(activity, after)
        record(by=by, at=at, verb="activity_changed", subject=activity, before=before, after=after)
    return activity


@transaction.atomic
def edit_activity(
    *, by: Actor, at: datetime, activity: Activity, typed: Mapping[str, str], base: Mapping[str, str]
) -> dict[str, str]:
    """Change texts that somebody else may be changing too: `base` has the hashes of what the fields were.

    What only this person changed is saved. Returns the texts of those that another has changed as well: {} when all
    is saved.
    """
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    cleaned = {name: _title(value) if name == "title" else clean(value) for name, value in typed.items()}
    ours, theirs = _parted(locked, cleaned, base)
    change_activity(by=by, at=at, activity=locked, **ours)
    return theirs


@transaction.atomic
def add_to_activity(
    *,
    by: Actor,
    at: datetime,
    activity: Activity,
    parties: Iterable[tuple[Party | None, str, str]] = (),
    events: Iterable[EventValue] = (),
    links: Iterable[tuple[str, str]] = (),
) -> Activity:
    """More about an activity as its year goes: who joined, what happened, where to read on."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    added = _write_details(activity, parties, events, links)
    if any(added.values()):
        record(by=by, at=at, verb="activity_changed", subject=activity, after={n: v for n, v in added.items() if v})
    return activity


def _write_details(
    activity: Activity,
    parties: Iterable[tuple[Party | None, str, str]],
    events: Iterable[EventValue],
    links: Iterable[tuple[str, str]],
) -> dict[str, list[str]]:
    """Write them; returns what was added, as texts for the trace."""
    county = activity.county
    added: dict[str, list[str]] = {"parties": [], "events": [], "links": []}
    for party, name, part in parties:
        if part not in PARTS:
            raise Invalid("unknown_choice", field="part")
        if party is not None and party.county != county:
            raise Refused("forbidden")
        ActivityParty.objects.create(county=county, activity=activity, party=party, name=name, part=part)
        added["parties"].append(name)
    for happened in events:
        if any(party.county != county for party in happened.present):
            raise Refused("forbidden")
        event = ActivityEvent.objects.create(
            county=county, activity=activity, on_date=happened.on_date, precision=happened.precision,
            text=clean(happened.text), made_up=happened.made_up,
        )  # fmt: skip
        event.present.set(happened.present)
        added["events"].append(event.text)
    for link_title, url in links:
        ActivityLink.objects.create(county=county, activity=activity, title=_title(link_title), url=url)
        added["links"].append(url)
    return added


def _write_figure(activity: Activity, figure: FigureValue) -> tuple[ActivityFigure, Any]:
    values = {
        "label": figure.label.strip(), "value": figure.value, "scale": figure.scale, "unit": figure.unit.strip(),
        "made_up": figure.made_up, "county": activity.county,
    }  # fmt: skip
    there = ActivityFigure.objects.filter(activity=activity, code=figure.code).first()
    old = {} if there is None else {name: getattr(there, name) for name in values}
    row, _made = ActivityFigure.objects.update_or_create(activity=activity, code=figure.code, defaults=values)
    return row, old


@transaction.atomic
def write_figure(
    *, by: Actor, at: datetime, activity: Activity, figure: FigureValue, was: Exact | None = None
) -> ActivityFigure:
    """Enter or correct a counted figure of an activity or partnership.

    `was`: what it read when the person began. Raises Refused("changed_by_other", there) when another has written since.
    """
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    if not figure.label.strip():
        raise Invalid("required", field="label")
    Activity.objects.select_for_update().get(pk=activity.pk)
    if was is not None:
        there = ActivityFigure.objects.filter(activity=activity, code=figure.code).first()
        now = Exact(there.value, there.scale) if there else None
        if now and now.fraction not in {was.fraction, Exact(figure.value, figure.scale).fraction}:
            raise Refused("changed_by_other", there=str(now))
    row, old = _write_figure(activity, figure)
    after = {name: getattr(row, name) for name in ("label", "value", "scale", "unit")}
    before = {name: old.get(name) for name in after}
    differ = [name for name in after if before[name] != after[name]]
    if differ:
        said = {"value", *differ}
        before, after = {n: v for n, v in before.items() if n in said}, {n: v for n, v in after.items() if n in said}
        record(by=by, at=at, verb="figure_written", subject=row, before=before, after=after)
    return row
