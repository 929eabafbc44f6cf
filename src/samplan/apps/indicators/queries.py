"""Reads about indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.indicators.models import Indicator, IndicatorValue
from samplan.apps.orgs.models import Party
from samplan.domain.access import Actor, Permission, may
from samplan.domain.exact import Exact
from samplan.domain.indicators import Quote, Total, Value, met, total


def indicators_of(county: str) -> QuerySet[Indicator]:
    """The county's indicators with values in force and targets, in three queries."""
    values = IndicatorValue.objects.filter(superseded_by=None).select_related("party")
    return Indicator.objects.filter(county=county).prefetch_related(Prefetch("values", values), "targets")


def get_indicator_for(actor: Actor, uid: UUID, *, county: str) -> Indicator:
    """One of them; 404 unless the actor may read the county."""
    found = indicators_of(county).filter(uid=uid).first()
    if found is None or not may(actor, Permission.READ_COUNTY, county=county):
        raise Http404
    return found


def municipalities_of(county: str) -> list[str]:
    """The codes of the parties that together are the county."""
    return list(Party.objects.filter(county=county, role="municipality", valid_to=None).values_list("code", flat=True))


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period: the county's total, its target, whether it is met (None: cannot be said), and every value. `made_up`:
    an example is among these."""

    period: str
    total: Total
    target: Exact | None
    met: bool | None
    values: list[IndicatorValue]
    made_up: bool = False


def rows_of(indicator: Indicator, parties: list[str]) -> list[PeriodRow]:
    """The indicator period by period, the oldest first."""
    by_period: dict[str, list[IndicatorValue]] = defaultdict(list)
    for row in indicator.values.all():
        by_period[row.period].append(row)
    aims = {one.period: one for one in indicator.targets.all()}
    found = []
    for when in sorted({*by_period, *aims}):
        rows = by_period.get(when, [])
        counted = total((value_of(row) for row in rows), adds_up=indicator.adds_up, parties=parties)
        aim = aims.get(when)
        target = Exact(aim.value, aim.scale) if aim else None
        made_up = any(row.made_up for row in rows) or bool(aim and aim.made_up)
        reached = met(counted.value, target, indicator.direction)
        found.append(PeriodRow(when, counted, target, reached, rows, made_up))
    return found


def value_of(row: IndicatorValue) -> Value:
    """A row as the domain knows it."""
    party = row.party.code if row.party else ""
    return Value(party, row.sex, row.age_from, row.age_to, Exact(row.value, row.scale))


@dataclass(frozen=True, slots=True)
class Quotable:
    """A value that texts can quote; `row` is a party's own value, None for the county's total."""

    quote: Quote
    indicator: Indicator
    value: Exact
    row: IndicatorValue | None = None


def quotable(county: str) -> Iterator[Quotable]:
    """Every value that can be quoted, indicator by indicator, the newest period first: the county's total, then each
    party's. Four queries."""
    parties = municipalities_of(county)
    for indicator in indicators_of(county):
        for row in reversed(rows_of(indicator, parties)):
            if row.total.value is not None:
                yield Quotable(Quote(indicator.code, row.period), indicator, row.total.value)
            for value in row.values:
                if value.party is not None and value.sex == "all" and value.age_from is None:
                    quote = Quote(indicator.code, row.period, value.party.code)
                    yield Quotable(quote, indicator, Exact(value.value, value.scale), value)


def values_in_force(county: str) -> dict[Quote, Exact]:
    """What texts that quote a value say: a party's value, or the county's total."""
    return {one.quote: one.value for one in quotable(county)}
