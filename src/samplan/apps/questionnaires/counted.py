"""Figures that are counted already, offered as answers with where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samplan.apps.indicators.models import IndicatorValue
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.questionnaire import Question, add_up_values


@dataclass(frozen=True, slots=True)
class Counted:
    """A canonical value for a question, and its source in words."""

    value: str
    source: str
    made_up: bool = False


# What makes up a year, the coarsest first: a count is added up from the first of these that is whole.
YEARS = (("",), ("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), tuple(f"-{month:02d}" for month in range(1, 13)))


def counted_for(request: ReportRequest, questions: Iterable[Question]) -> dict[str, Counted]:
    """By question code: what the indicator that the question names has for the party and year, both sexes and all ages.
    A count is added up from the year's parts when all of them are there. One query."""
    named = {question.code: question.counted for question in questions if question.counted}
    if not named:
        return {}
    rows = IndicatorValue.objects.filter(
        indicator__county=request.county, indicator__code__in=set(named.values()), party_id=request.party_id,
        period__startswith=str(request.year), sex="all", age_from=None, age_to=None, superseded_by=None,
    ).select_related("indicator")  # fmt: skip
    by_indicator: dict[str, dict[str, IndicatorValue]] = {}
    for row in rows:
        by_indicator.setdefault(row.indicator.code, {})[row.period.removeprefix(str(request.year))] = row
    found = {code: _of_year(by_indicator.get(name, {})) for code, name in named.items()}
    return {code: one for code, one in found.items() if one is not None}


def _of_year(rows: Mapping[str, IndicatorValue]) -> Counted | None:
    for parts in YEARS:
        there = [rows[part] for part in parts if part in rows]
        if len(there) == len(parts) and (len(parts) == 1 or there[0].indicator.adds_up):
            source = _("indikatorn %(title)s") % {"title": there[0].indicator.title}
            return Counted(add_up_values(map(_exact, there)), source, any(row.made_up for row in there))
    return None


def _exact(row: IndicatorValue) -> str:
    whole, part = divmod(row.value, 10**row.scale)
    decimals = f"{part:0{row.scale}d}".rstrip("0") if row.scale else ""
    return f"{whole}.{decimals}" if decimals else str(whole)
