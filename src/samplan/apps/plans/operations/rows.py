"""Writes about the many kinds of small rows that a plan holds: goals, posts, offers, documents, steps and the like.

They differ in their columns only, so there is one operation to add, one to change and one to remove; `ROWS` says which
columns each kind has and what it hangs on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from samplan.apps.plans.models import (
    Activity,
    ActivityMilestone,
    ActivityResponsible,
    ActivityStep,
    ActivityText,
    Assignment,
    Framework,
    FrameworkGoal,
    Goal,
    Happening,
    Offer,
    Perspective,
    PerspectiveReview,
    Pilot,
    Plan,
    Post,
    SteeringDocument,
    Uptake,
)
from samplan.apps.plans.operations.writing import save, waived_in
from samplan.base.audit.trace import changed, record
from samplan.base.files.operations import detach_all
from samplan.base.kernel.fields import CodeField
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import Waived, free_text, one_line, web_address

DOCUMENT_KINDS = (
    "agreement", "routine", "pathway", "guideline", "report", "course", "plan", "law", "website", "other"
)  # fmt: skip
PRECISIONS = ("day", "week", "month", "season", "half_year", "year", "open", "funded")
CODES = {
    "horizon": ("county", "long", "short"), "precision": PRECISIONS, "steeringdocument.kind": DOCUMENT_KINDS,
    "assignment.state": ("open", "reported", "closed"), "pilot.state": ("planned", "running", "paused", "done"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: its table, the column of what it hangs on, and the columns a person fills in.

    `demanded` may not be empty; `counted`: the row gets the next number among its like when none is given.
    """

    model: type[Any]
    owner: str
    fields: tuple[str, ...]
    demanded: tuple[str, ...]
    counted: str = ""


_PART = ("area", "activity", "title", "text")
ROWS: dict[str, Kind] = {
    "goal": Kind(Goal, "plan", ("horizon", "area", "number", "text", "activities"), ("horizon", "text"), "number"),
    "post": Kind(Post, "plan", (*_PART, "percent", "employer"), ("title",)),
    "offer": Kind(Offer, "plan", (*_PART, "audience"), ("title",)),
    "uptake": Kind(Uptake, "offer", ("party", "name", "on_date", "text"), ("name",)),
    "assignment": Kind(
        Assignment, "plan",
        (*_PART, "body", "assigned_to", "last_day", "report_to", "state", "position_taken"), ("title",),
    ),
    "document": Kind(
        SteeringDocument, "plan",
        (*_PART, "kind", "owner", "valid_from", "valid_to", "decided_by", "next_follow_up", "case_number", "url",
         "spread"),
        ("title",),
    ),
    "happening": Kind(Happening, "plan", (*_PART, "starts_on", "ends_on", "precision", "participants"), ("title",)),
    "pilot": Kind(Pilot, "plan", (*_PART, "where", "evaluated_by", "state", "spread"), ("title",)),
    "perspective": Kind(Perspective, "plan", ("title", "text"), ("title",)),
    "review": Kind(
        PerspectiveReview, "perspective", ("activity", "reasons_for", "reasons_against", "conclusion"), ()
    ),
    "responsible": Kind(ActivityResponsible, "activity", ("name", "function"), ("name",)),
    "step": Kind(ActivityStep, "activity", ("number", "text", "done"), ("text",), "number"),
    "milestone": Kind(
        ActivityMilestone, "activity", ("on_date", "precision", "text", "reached_on"), ("on_date", "text")
    ),
    "text": Kind(ActivityText, "activity", ("number", "title", "text"), ("title",), "number"),
    "framework_goal": Kind(
        FrameworkGoal, "framework", ("parent", "position", "number", "title", "text"), ("title",), "position"
    ),
}  # fmt: skip

Owner = Plan | Activity | Offer | Perspective | Framework


def plan_of(owner: Owner) -> Plan | None:
    """The plan that rows of an owner belong to; a framework belongs to none."""
    if isinstance(owner, Plan):
        return owner
    return None if isinstance(owner, Framework) else owner.plan


@transaction.atomic
def add_framework(*, by: Actor, at: datetime, county: str, title: str, text: str = "", url: str = "") -> Framework:
    """A tree of goals decided elsewhere; its goals are rows of the kind "framework_goal"."""
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    framework = Framework.objects.create(
        county=county, title=one_line(title), text=free_text(text), url=web_address(url) if url.strip() else ""
    )
    record(by=by, at=at, verb="framework_added", subject=framework, after={"title": framework.title})
    return framework


@transaction.atomic
def add_row(*, by: Actor, at: datetime, kind: str, owner: Owner, values: Mapping[str, Any]) -> Any:
    """A row of a kind in `ROWS` that hangs on `owner`; `values` are columns of the kind.

    Raises Invalid("required"), ("unknown_choice"), ("dates_in_order"), ("personal_number"), ("web_address") at the
    column's name; Refused("forbidden") for what belongs to another county or plan.
    """
    may(by, Permission.MANAGE_PLAN, county=owner.county).demand()
    what = ROWS[kind]
    plain, many = _cleaned(what, owner, values)
    for name in what.demanded:
        if not plain.get(name):
            raise Invalid("required", field=name)
    if what.counted and plain.get(what.counted) is None:
        like = what.model.objects.filter(**{what.owner: owner})
        like = like.filter(horizon=plain["horizon"], area=plain.get("area")) if kind == "goal" else like
        plain[what.counted] = (like.aggregate(last=Max(what.counted))["last"] or 0) + 1
    _in_order(plain)
    row = what.model.objects.create(county=owner.county, **{what.owner: owner}, **plain)
    for name, rows in many.items():
        getattr(row, name).set(rows)
    record(by=by, at=at, verb="row_added", subject=row, after=_told(plain, many))
    return row


@transaction.atomic
def change_row(*, by: Actor, at: datetime, kind: str, row: Any, values: Mapping[str, Any]) -> Any:
    """Change columns of a row. Raises as `add_row`."""
    may(by, Permission.MANAGE_PLAN, county=row.county).demand()
    what = ROWS[kind]
    owner = getattr(row, what.owner)
    plain, many = _cleaned(what, owner, values)
    for name in what.demanded:
        if name in plain and not plain[name]:
            raise Invalid("required", field=name)
    _in_order({field.attname: getattr(row, field.attname) for field in row._meta.fields} | plain)
    before, after = changed(row, plain)
    for name, rows in many.items():
        there = list(getattr(row, name).all())
        if {one.pk for one in there} != {one.pk for one in rows}:
            before[name], after[name] = there, rows
            getattr(row, name).set(rows)
    if after:
        save(row, {name: value for name, value in after.items() if name not in many})
        record(
            by=by, at=at, verb="row_changed", subject=row,
            before=_told(before, {}), after=_told(after, {}),
        )  # fmt: skip
    return row


@transaction.atomic
def remove_row(*, by: Actor, at: datetime, kind: str, row: Any) -> None:
    """Take a row away; what it said stays in the trace. Raises Refused("in_use") when other rows hang on it."""
    may(by, Permission.MANAGE_PLAN, county=row.county).demand()
    said = {name: getattr(row, name) for name in ROWS[kind].fields if not _many(type(row), name)}
    record(by=by, at=at, verb="row_removed", subject=row, before=_told(said, {}), after={})
    detach_all(by=by, at=at, about=row)
    try:
        row.delete()
    except models.ProtectedError as error:
        raise Refused("in_use") from error


def _many(model: type[Any], name: str) -> bool:
    return bool(model._meta.get_field(name).many_to_many)


def _cleaned(what: Kind, owner: Owner, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The values fit to be stored: (columns, sets of rows)."""
    unknown = set(values) - set(what.fields)
    if unknown:
        raise Invalid("unknown_choice", field=min(unknown))
    waived = waived_in(plan_of(owner))
    plain: dict[str, Any] = {}
    many: dict[str, list[Any]] = {}
    for name, value in values.items():
        field = what.model._meta.get_field(name)
        if field.many_to_many:
            many[name] = list(value or ())
            for row in many[name]:
                _demand_near(owner, row)
        elif field.is_relation:
            if value is not None:
                _demand_near(owner, value)
            plain[name] = value
        elif value or not isinstance(field, CodeField):
            plain[name] = _value(field, what.model, name, value, waived)
    return plain, many


def _value(field: Any, model: type[Any], name: str, value: Any, waived: Waived) -> Any:
    if isinstance(field, models.URLField):
        return web_address(value, field=name) if value else ""
    if isinstance(field, CodeField):
        codes = CODES.get(f"{model._meta.model_name}.{name}") or CODES[name]
        if value not in codes:
            raise Invalid("unknown_choice", field=name)
        return value
    if isinstance(field, models.TextField):
        return free_text(value or "", field=name, waived=waived)
    if isinstance(field, models.CharField):
        if not (value or "").strip():
            return ""
        return one_line(value, field=name, most=field.max_length or 300, waived=waived)
    if isinstance(field, models.PositiveIntegerField | models.PositiveSmallIntegerField) and value is not None:
        most = 32_767 if isinstance(field, models.PositiveSmallIntegerField) else 2_147_483_647
        if not 0 <= value <= most:
            raise Invalid("unknown_choice", field=name)
    return value


def _demand_near(owner: Owner, row: Any) -> None:
    """What a row points at belongs to the same county, and to the same plan where it belongs to one."""
    plan = owner.pk if isinstance(owner, Plan) else getattr(owner, "plan_id", None)
    if row.county != owner.county:
        raise Refused("forbidden")
    if plan is not None and getattr(row, "plan_id", plan) != plan:
        raise Refused("forbidden")


def _in_order(values: Mapping[str, Any]) -> None:
    for first, last in (("starts_on", "ends_on"), ("valid_from", "valid_to")):
        if values.get(first) and values.get(last) and values[last] < values[first]:
            raise Invalid("dates_in_order", field=last)


def _told(plain: Mapping[str, Any], many: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Columns as the trace says them: rows by their names, nothing of what is empty."""
    said: dict[str, Any] = {}
    for name, value in {**plain, **many}.items():
        if isinstance(value, list):
            said[name] = [str(row) for row in value]
        elif isinstance(value, models.Model):
            said[name] = str(value)
        elif value not in (None, ""):
            said[name] = value
    return said
