"""Indicators: what is measured, its values and targets."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samplan.apps.indicators.charts import MET, Measured, against_target
from samplan.apps.indicators.forms import IndicatorForm, NewIndicatorForm, ValuesForm
from samplan.apps.indicators.labels import DIRECTIONS, SEXES, WAYS
from samplan.apps.indicators.models import IndicatorValue
from samplan.apps.indicators.operations import add_indicator, change_indicator, enter_value, set_target
from samplan.apps.indicators.queries import get_indicator_for, indicators_of, municipalities_of, rows_of
from samplan.apps.indicators.quoting import as_read
from samplan.apps.orgs.queries import in_order_of, parties_of
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.domain.access import Permission, may
from samplan.domain.errors import DomainError
from samplan.domain.exact import Exact

M = Permission.MANAGE_PLAN


def said(value: Exact | None) -> str:
    """A number as it is read; a dash for none."""
    return as_read(value) if value is not None else "\u2013"


def indicators(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The county's indicators, each with its newest period."""
    actor = actor_of(request)
    see(actor, county)
    parties = municipalities_of(county)
    rows = []
    for one in indicators_of(county):
        periods = rows_of(one, parties)
        newest = periods[-1] if periods else None
        rows.append({"indicator": one, "newest": newest, "value": said(newest.total.value) if newest else "\u2013",
                     "target": said(newest.target) if newest else "\u2013"})  # fmt: skip
    context = {"county": county, "year": year, "rows": rows, "may_manage": bool(may(actor, M, county=county))}
    return render(request, "indicators/list.html", context)


def indicator(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """An indicator period by period against its target, with every value it stands on."""
    actor = actor_of(request)
    found = get_indicator_for(actor, uid, county=county)
    periods = rows_of(found, municipalities_of(county))
    rows = [
        {
            "period": row.period, "value": said(row.total.value), "way": WAYS.get(row.total.way, ""),
            "others": [(WAYS[way], said(value)) for way, value in row.total.others], "target": said(row.target),
            "met": row.met, "made_up": row.made_up,
            "values": [
                {"row": one, "value": said(Exact(one.value, one.scale)), "sex": SEXES[one.sex]}
                for one in sorted(row.values, key=_place)
            ],
        }
        for row in periods
    ]  # fmt: skip
    measured = [Measured(row.period, row.total.value, row.target, MET[row.met], row.made_up) for row in periods]
    context = {
        "county": county, "year": year, "indicator": found, "rows": rows, "direction": DIRECTIONS[found.direction],
        "quoted": next((row.period for row in reversed(periods) if row.total.value is not None), str(year)),
        "drawing": against_target(found.title, found.unit, measured),
        "may_manage": bool(may(actor, M, county=county)),
        "events": events_about(found.uid, *(value.uid for value in found.values.all()))[:50]
        if may(actor, Permission.READ_TRACE, county=county) else None,
    }  # fmt: skip
    return render(request, "indicators/indicator.html", context)


def _place(value: IndicatorValue) -> tuple[Any, ...]:
    """The whole county first, then the parties in Swedish order; all before women, men and ages."""
    party = value.party
    whose = (1, *in_order_of(party)) if party else (0,)
    return whose, list(SEXES).index(value.sex), value.age_from is not None, value.age_from or 0


@once
def new_indicator(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """One more indicator."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county)
    may(actor, M, county=county).demand()
    form = NewIndicatorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_indicator(by=actor, at=at, county=county, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Indikatorn är tillagd."))
            return redirect("indicators:indicator", county, year, made.uid)
    context = {"county": county, "year": year, "form": form, "words": _("Ny indikator")}
    return render(request, "indicators/form.html", context)


@once
def change(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Say otherwise what an indicator measures."""
    at, actor = timezone.now(), actor_of(request)
    found = get_indicator_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    initial = {name: getattr(found, name) for name in IndicatorForm.base_fields}
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_indicator(by=actor, at=at, indicator=found, **form.cleaned_data)
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Sparat."))
            return redirect("indicators:indicator", county, year, found.uid)
    context = {"county": county, "year": year, "form": form, "words": found.title}
    return render(request, "indicators/form.html", context)


@once
def values(request: HttpRequest, county: str, year: int, uid: UUID) -> HttpResponse:
    """Enter or correct the values of a period, all parties at once; empty fields change nothing."""
    at, actor = timezone.now(), actor_of(request)
    found = get_indicator_for(actor, uid, county=county)
    may(actor, M, county=county).demand()
    parties = [party for party in parties_of(county, on=timezone.localdate(at)) if party.role == "municipality"]
    initial: dict[str, Any] = {"period": str(year)}
    form = ValuesForm(request.POST if request.method == "POST" else None, parties=parties, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                for party, value in form.given():
                    enter_value(
                        by=actor, at=at, indicator=found, when=given["period"], value=value, party=party,
                        sex=given["sex"], ages=(given["age_from"], given["age_to"]), reason=given["reason"],
                    )  # fmt: skip
                if given["target"] is not None:
                    set_target(by=actor, at=at, indicator=found, when=given["period"], value=given["target"])
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Värdena är sparade."))
            return redirect("indicators:indicator", county, year, found.uid)
    context = {"county": county, "year": year, "form": form, "words": found.title}
    return render(request, "indicators/form.html", context)
