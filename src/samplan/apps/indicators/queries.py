"""Reads about indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.indicators.models import Indicator, IndicatorTarget, IndicatorValue
from samplan.apps.indicators.pasted_table import Cell
from samplan.apps.orgs.models import Party
from samplan.domain.access import Actor, Permission, may
from samplan.domain.exact import Exact
from samplan.domain.indicators import Quote, Total, Value, add_up, met, total


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


@dataclass(frozen=True, slots=True)
class Compared:
    """A cell of a pasted table beside what is there: `state` "new", "same" or "differs" from `was`; empty for a cell
    that is no value. `parts`: what the table's own parties make, for a row of sums that they do not make up."""

    cell: Cell[Party]
    state: str = ""
    was: Exact | None = None
    parts: Exact | None = None


Place = tuple[Hashable, ...]
"""What a value is about, or a target: no two in force have the same."""


def place_of(party: Party | None, when: str, sex: str, ages: tuple[int | None, int | None], *, target: bool) -> Place:
    """The place of a value, or of a period's target."""
    return ("target", when) if target else (party.pk if party else None, when, sex, *ages)


def in_force(indicator: Indicator) -> dict[Place, Exact]:
    """The indicator's values and targets that are in force, by place; two queries."""
    rows = IndicatorValue.objects.filter(indicator=indicator, superseded_by=None)
    found: dict[Place, Exact] = {
        (row.party_id, row.period, row.sex, row.age_from, row.age_to): Exact(row.value, row.scale) for row in rows
    }
    targets = IndicatorTarget.objects.filter(indicator=indicator)
    return found | {("target", row.period): Exact(row.value, row.scale) for row in targets}


def compared(indicator: Indicator, cells: Iterable[Cell[Party]]) -> list[Compared]:
    """Each cell beside the indicator's value or target in force."""
    there, listed, found = in_force(indicator), list(cells), []
    for cell in listed:
        if not cell.understood or cell.value is None:
            found.append(Compared(cell, parts=_parts(indicator, cell, listed)))
            continue
        about = cell.about
        was = there.get(place_of(cell.party, about.period, about.sex, about.ages or (None, None), target=about.target))
        same = was is not None and was.fraction == cell.value.fraction
        found.append(Compared(cell, "new" if was is None else "same" if same else "differs", was))
    return found


def _parts(indicator: Indicator, cell: Cell[Party], cells: list[Cell[Party]]) -> Exact | None:
    """What the parties of a table make of a row of sums, when that is something else; None when there is nothing to
    say."""
    if cell.problem != "sum" or cell.value is None or not indicator.adds_up:
        return None
    values = [one.value for one in cells if one.understood and one.party is not None and one.about == cell.about]
    summed = add_up([value for value in values if value is not None])
    return summed if summed is not None and summed.fraction != cell.value.fraction else None
