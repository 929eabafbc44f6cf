"""Every write about activities: texts, parties, figures, events and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samplan.apps.agreements.models import AgreementSection, SectionPoint
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import (
    ACTIVITY_TEXTS,
    Activity,
    ActivityEvent,
    ActivityFigure,
    ActivityLink,
    ActivityParty,
    FocusArea,
    FrameworkGoal,
    Plan,
)
from samplan.apps.plans.operations.rows import PRECISIONS
from samplan.apps.plans.operations.writing import parted, save, waived_in
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.editing import text_hash
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from samplan.domain.freetext import free_text, one_line, web_address

PARTS = ("does", "coordinates", "supports", "evaluates", "spreads")


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
class When:
    """From and to, as exact as `precision` (one of PRECISIONS) says; no end for "open" and "funded"."""

    starts_on: date | None = None
    ends_on: date | None = None
    precision: str = ""


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
    when: When | None = None,
    ages: tuple[int | None, int | None] = (None, None),
    sections: Iterable[AgreementSection] = (),
    points: Iterable[SectionPoint] = (),
    framework_goals: Iterable[FrameworkGoal] = (),
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
    goals = list(framework_goals)
    if any(row.county != area.county for row in (*where, *goals)) or (parent and parent.area_id != area.pk):
        raise Refused("forbidden")
    when = when or When()
    _demand_times(when, ages)
    waived = waived_in(area.plan)
    activity = Activity.objects.create(
        county=area.county, plan=area.plan, area=area, kind=kind, parent=parent, number=number, phase=phase,
        title=one_line(title, waived=waived),
        position=Activity.objects.filter(area=area).count() + 1, made_up=made_up, starts_on=when.starts_on,
        ends_on=when.ends_on, precision=when.precision, age_from=ages[0], age_to=ages[1],
        **{name: free_text(text, field=name, waived=waived) for name, text in given.items()},
    )  # fmt: skip
    activity.municipalities.set(where)
    activity.sections.set(sections)
    activity.points.set(points)
    activity.framework_goals.set(goals)
    for figure in figures:
        _write_figure(activity, figure)
    _write_details(activity, parties, events, links)
    record(by=by, at=at, verb="activity_added", subject=activity, after={"number": number, "title": activity.title})
    return activity


def _demand_times(when: When, ages: tuple[int | None, int | None]) -> None:
    if when.precision and when.precision not in PRECISIONS:
        raise Invalid("unknown_choice", field="precision")
    if when.starts_on and when.ends_on and when.ends_on < when.starts_on:
        raise Invalid("dates_in_order", field="ends_on")
    low, high = ages
    if any(age is not None and not 0 <= age <= 120 for age in ages) or (low and high and high < low):
        raise Invalid("age_range", field="age_to")


@transaction.atomic
def set_times(
    *, by: Actor, at: datetime, activity: Activity, when: When, ages: tuple[int | None, int | None]
) -> Activity:
    """When an activity runs and the ages of its target group. Raises Invalid("dates_in_order"), ("age_range")."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    _demand_times(when, ages)
    values = {
        "starts_on": when.starts_on, "ends_on": when.ends_on, "precision": when.precision, "age_from": ages[0],
        "age_to": ages[1],
    }  # fmt: skip
    before, after = changed(activity, values)
    if after:
        save(activity, after)
        record(by=by, at=at, verb="activity_changed", subject=activity, before=before, after=after)
    return activity


def times_mark(when: When) -> str:
    """A short mark of a time, to tell whether it is the one that was seen."""
    return text_hash(f"{when.starts_on} {when.ends_on} {when.precision}")


@transaction.atomic
def edit_times(*, by: Actor, at: datetime, activity: Activity, when: When, base: str) -> When | None:
    """Set when an activity runs while somebody else may be doing it too; its ages stay. `base` is the mark of what was
    there. Returns what another has set since, and then nothing is saved; None when it is."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    there = When(locked.starts_on, locked.ends_on, locked.precision)
    if times_mark(there) != base and there != when:
        return there
    set_times(by=by, at=at, activity=locked, when=when, ages=(locked.age_from, locked.age_to))
    return None


@transaction.atomic
def place_activity(*, by: Actor, at: datetime, activity: Activity, municipalities: Iterable[Party]) -> None:
    """Where it is done: these municipalities, and no others."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    where = list(municipalities)
    if any(party.county != activity.county for party in where):
        raise Refused("forbidden")
    there = list(activity.municipalities.all())
    if {party.pk for party in there} != {party.pk for party in where}:
        activity.municipalities.set(where)
        before, after = {"places": [str(one) for one in there]}, {"places": [str(one) for one in where]}
        record(by=by, at=at, verb="activity_changed", subject=activity, before=before, after=after)


@transaction.atomic
def change_activity(*, by: Actor, at: datetime, activity: Activity, **values: str) -> Activity:
    """Change title, phase or any of ACTIVITY_TEXTS."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    allowed = {"title", "phase", *ACTIVITY_TEXTS}
    unknown = set(values) - allowed
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    cleaned = _cleaned(activity.plan, values)
    before, after = changed(activity, cleaned)
    if after:
        save(activity, after)
        record(by=by, at=at, verb="activity_changed", subject=activity, before=before, after=after)
    return activity


def _cleaned(plan: Plan, typed: Mapping[str, str]) -> dict[str, str]:
    waived = waived_in(plan)
    return {
        name: one_line(text, waived=waived) if name == "title" else free_text(text, field=name, waived=waived)
        for name, text in typed.items()
    }


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
    cleaned = _cleaned(activity.plan, typed)
    ours, theirs = parted(locked, cleaned, base)
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
    county, waived = activity.county, waived_in(activity.plan)
    added: dict[str, list[str]] = {"parties": [], "events": [], "links": []}
    for party, name, part in parties:
        if part not in PARTS:
            raise Invalid("unknown_choice", field="part")
        if party is not None and party.county != county:
            raise Refused("forbidden")
        name = free_text(name, field="name", waived=waived)
        ActivityParty.objects.create(county=county, activity=activity, party=party, name=name, part=part)
        added["parties"].append(name)
    for happened in events:
        if any(party.county != county for party in happened.present):
            raise Refused("forbidden")
        event = ActivityEvent.objects.create(
            county=county, activity=activity, on_date=happened.on_date, precision=happened.precision,
            text=free_text(happened.text, waived=waived), made_up=happened.made_up,
        )  # fmt: skip
        event.present.set(happened.present)
        added["events"].append(event.text)
    for link_title, url in links:
        link = ActivityLink.objects.create(
            county=county, activity=activity, title=one_line(link_title, waived=waived), url=web_address(url)
        )
        added["links"].append(link.url)
    return added


Detail = ActivityParty | ActivityFigure | ActivityEvent | ActivityLink


@transaction.atomic
def remove_detail(*, by: Actor, at: datetime, activity: Activity, detail: Detail) -> None:
    """Take away one of the activity's parties, figures, events or links. Its words stay in the trace."""
    may(by, Permission.MANAGE_PLAN, county=activity.county).demand()
    if detail.activity_id != activity.pk:
        raise Refused("forbidden")
    record(by=by, at=at, verb="activity_changed", subject=activity, before=_words(detail), after={})
    detail.delete()


def _words(detail: Detail) -> dict[str, Any]:
    match detail:
        case ActivityParty():
            return {"parties": [detail.name or str(detail.party)]}
        case ActivityFigure():
            return _said(vars(detail))
        case ActivityEvent():
            return {"events": [detail.text]}
        case ActivityLink():
            return {"links": [detail.url]}


def _write_figure(activity: Activity, figure: FigureValue) -> tuple[ActivityFigure, Any]:
    values = {
        "label": free_text(figure.label, field="label"), "value": figure.value, "scale": figure.scale,
        "unit": figure.unit.strip(), "made_up": figure.made_up, "county": activity.county,
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
    before, after = _said(old), _said(vars(row))
    differ = [name for name in after if before.get(name) != after[name]]
    if differ:
        said = {"value", *differ}
        before, after = {n: v for n, v in before.items() if n in said}, {n: v for n, v in after.items() if n in said}
        record(by=by, at=at, verb="figure_written", subject=row, before=before, after=after)
    return row


def _said(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as it stands in the trace; nothing for none."""
    if not figure:
        return {}
    return {"label": figure["label"], "value": str(Exact(figure["value"], figure["scale"])), "unit": figure["unit"]}
