"""Every write about indicators, their values and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samplan.apps.indicators.models import Indicator, IndicatorTarget, IndicatorValue
from samplan.apps.indicators.queries import in_force, place_of
from samplan.apps.orgs.models import Party
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from samplan.domain.freetext import free_text, one_line
from samplan.domain.indicators import DIRECTIONS, SEXES, period

LARGEST = 2**63 - 1


@transaction.atomic
def add_indicator(
    *,
    by: Actor,
    at: datetime,
    county: str,
    code: str,
    title: str,
    definition: str = "",
    unit: str = "",
    direction: str = "up",
    adds_up: bool = True,
    source: str = "",
) -> Indicator:
    """Something that the county measures. Raises Invalid("code_form"), ("code_taken"), ("unknown_choice")."""
    may(by, Permission.MANAGE_PLAN, county=county).demand()
    if not re.fullmatch("[a-z0-9_]{1,60}", code):
        raise Invalid("code_form", field="code")
    if Indicator.objects.filter(county=county, code=code).exists():
        raise Invalid("code_taken", field="code")
    if direction not in DIRECTIONS:
        raise Invalid("unknown_choice", field="direction")
    indicator = Indicator.objects.create(
        county=county, code=code, title=one_line(title), definition=free_text(definition, field="definition"),
        unit=_short(unit, "unit", 60), direction=direction, adds_up=adds_up, source=_short(source, "source", 300),
    )  # fmt: skip
    record(by=by, at=at, verb="indicator_added", subject=indicator, after={"title": indicator.title, "code": code})
    return indicator


def _short(text: str, field: str, most: int) -> str:
    return one_line(text, field=field, most=most) if text.strip() else ""


@transaction.atomic
def change_indicator(*, by: Actor, at: datetime, indicator: Indicator, **values: str | bool) -> Indicator:
    """Change title, definition, unit, direction, adds_up or source. The code stays: texts quote by it."""
    may(by, Permission.MANAGE_PLAN, county=indicator.county).demand()
    unknown = set(values) - {"title", "definition", "unit", "direction", "adds_up", "source"}
    if unknown or values.get("direction", "up") not in DIRECTIONS:
        raise Invalid("unknown_choice", field=min(unknown, default="direction"))
    cleaned: dict[str, str | bool] = {}
    for name, value in values.items():
        if not isinstance(value, str) or name == "direction":
            cleaned[name] = value
        elif name == "title":
            cleaned[name] = one_line(value)
        elif name == "definition":
            cleaned[name] = free_text(value, field=name)
        else:
            cleaned[name] = _short(value, name, 300 if name == "source" else 60)
    before, after = changed(indicator, cleaned)
    if after:
        for name, value in after.items():
            setattr(indicator, name, value)
        indicator.save(update_fields=list(after))
        record(by=by, at=at, verb="indicator_changed", subject=indicator, before=before, after=after)
    return indicator


def _demand_size(value: Exact) -> None:
    if abs(value.digits) > LARGEST or value.scale > 6:
        raise Invalid("number_too_long", field="value")


@transaction.atomic
def enter_value(
    *,
    by: Actor,
    at: datetime,
    indicator: Indicator,
    when: str,
    value: Exact,
    party: Party | None = None,
    sex: str = "all",
    ages: tuple[int | None, int | None] = (None, None),
    reason: str = "",
    made_up: bool = False,
) -> IndicatorValue:
    """A value of a period. One that is there is corrected by a new row; the old one stays, and so do values of other
    breakdowns. The coordinator enters any, a party's own reporter the party's.

    Raises Invalid("period"), ("unknown_choice"), ("age_range"), ("number_too_long"); Refused("forbidden").
    """
    manages = may(by, Permission.MANAGE_PLAN, county=indicator.county)
    own = party is not None and may(
        by, Permission.WRITE_REPORT, county=indicator.county, organisation_id=party.organisation_id
    )
    if not manages and not own:
        raise Refused("forbidden")
    if party is not None and party.county != indicator.county:
        raise Refused("forbidden")
    low, high = ages
    if sex not in SEXES:
        raise Invalid("unknown_choice", field="sex")
    if (high is not None and low is None) or (low is not None and high is not None and high < low):
        raise Invalid("age_range", field="age_to")
    _demand_size(value)
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    kind = {"party": party, "period": period(when), "sex": sex, "age_from": low, "age_to": high}
    there = IndicatorValue.objects.filter(indicator=indicator, superseded_by=None, **kind).first()
    if there is not None and Exact(there.value, there.scale).fraction == value.fraction:
        return there
    row = IndicatorValue.objects.create(
        county=indicator.county, indicator=indicator, value=value.digits, scale=value.scale, supersedes=there,
        reason=free_text(reason, field="reason"), made_up=made_up, **kind,
    )  # fmt: skip
    before = {"value": str(Exact(there.value, there.scale))} if there else {}
    after: dict[str, Any] = {"value": str(value), "period": row.period, "party": party.name if party else ""}
    after |= {"sex": sex} if sex != "all" else {}
    after |= {name: age for name, age in (("age_from", low), ("age_to", high)) if age is not None}
    record(by=by, at=at, verb="indicator_value_entered", subject=row, before=before, after=after)
    return row


@transaction.atomic
def set_target(
    *, by: Actor, at: datetime, indicator: Indicator, when: str, value: Exact | None, made_up: bool = False
) -> IndicatorTarget | None:
    """What is to be reached in a period; None takes the target away."""
    may(by, Permission.MANAGE_PLAN, county=indicator.county).demand()
    found = IndicatorTarget.objects.filter(indicator=indicator, period=period(when)).first()
    before = {"target": str(Exact(found.value, found.scale))} if found else {}
    if value is None:
        if found is not None:
            record(by=by, at=at, verb="indicator_target_set", subject=indicator, before=before, after={})
            found.delete()
        return None
    _demand_size(value)
    row, _made = IndicatorTarget.objects.update_or_create(
        indicator=indicator, period=period(when),
        defaults={"county": indicator.county, "value": value.digits, "scale": value.scale, "made_up": made_up},
    )  # fmt: skip
    if before.get("target") != str(value):
        after = {"target": str(value), "period": row.period}
        record(by=by, at=at, verb="indicator_target_set", subject=indicator, before=before, after=after)
    return row


@dataclass(frozen=True, slots=True)
class Entry:
    """A value to enter. With `target` it is what is to be reached, for the whole county."""

    when: str
    value: Exact
    party: Party | None = None
    sex: str = "all"
    ages: tuple[int | None, int | None] = (None, None)
    target: bool = False


@transaction.atomic
def enter_table(
    *, by: Actor, at: datetime, indicator: Indicator, entries: Iterable[Entry], reason: str = ""
) -> tuple[int, int]:
    """Values and targets of a table, all or none; `reason` for those that correct what is there. Returns how many were
    new and how many corrected something. Raises Invalid("reason_needed") where something is corrected without one, and
    as `enter_value` and `set_target`."""
    may(by, Permission.MANAGE_PLAN, county=indicator.county).demand()
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    told, there = free_text(reason, field="reason"), in_force(indicator)
    new = corrected = 0
    for entry in entries:
        was = there.get(place_of(entry.party, period(entry.when), entry.sex, entry.ages, target=entry.target))
        if was is not None and was.fraction == entry.value.fraction:
            continue
        if entry.target:
            set_target(by=by, at=at, indicator=indicator, when=entry.when, value=entry.value)
        elif was is not None and not told:
            raise Invalid("reason_needed", field="reason")
        else:
            enter_value(
                by=by, at=at, indicator=indicator, when=entry.when, value=entry.value, party=entry.party, sex=entry.sex,
                ages=entry.ages, reason=told if was is not None else "",
            )  # fmt: skip
        new, corrected = new + (was is None), corrected + (was is not None)
    if new or corrected:
        after = {"new": new, "corrected": corrected}
        record(by=by, at=at, verb="indicator_table_entered", subject=indicator, after=after)
    return new, corrected
