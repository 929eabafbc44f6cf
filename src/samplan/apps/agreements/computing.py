"""From rows to the engine and back: what a key needs to know of parties and counties, and its answer as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samplan.apps.agreements.models import SectionLine
from samplan.apps.orgs.models import County, Party
from samplan.apps.orgs.queries import persons_in
from samplan.domain.allocation import Allocation, Rounding, Row, Share, allocate, prove
from samplan.domain.allocation_keys import AgeGroup, Equal, Fixed, Key, Levy, Population, SimpleKey, Split, from_data
from samplan.domain.errors import Invalid


def _weights(key: SimpleKey, codes: list[str], on: date | None) -> Mapping[str, int]:
    if isinstance(key, Equal | Fixed):
        return dict.fromkeys(codes, 1)
    if on is None:
        raise Invalid("population_date", field="population_on")
    low, high = (key.low, key.high) if isinstance(key, AgeGroup) else (None, None)
    return persons_in(codes, on=on, age_from=low, age_to=high)


def _measured(key: Key, rows: Iterable[tuple[str, str, str]], on: date | None) -> list[Row]:
    """(code, name, group) with the weight that the key counts by. Raises Invalid("population_missing", names, on)."""
    if isinstance(key, Levy):  # counts by kronor, which are handed in otherwise
        raise Invalid("key_data", field="key")
    listed = list(rows)
    inside: list[tuple[SimpleKey, list[tuple[str, str, str]]]]
    if isinstance(key, Split):
        inside = [(part.key, [row for row in listed if row[2] == part.group]) for part in key.groups]
    else:
        inside = [(key, listed)]
    found: dict[str, int] = {}
    for simple, members in inside:
        weights = _weights(simple, [code for code, _name, _group in members], on)
        # One that gets a sum of its own, outside an area or as an exception, is not counted.
        inside_of = simple.area.inside if isinstance(simple, AgeGroup | Population) else lambda _code: True
        if missing := [name for code, name, _group in members if code not in weights and inside_of(code)]:
            shown = ", ".join(missing[:5])
            raise Invalid("population_missing", field="population_on", names=shown, on=on.isoformat() if on else "")
        found |= weights
    return [Row(code, name, found.get(code, 0), group) for code, name, group in listed]


def compute(amount: int, key: Key, parties: Iterable[Party], rounding: Rounding, *, on: date | None) -> Allocation:
    """A sum shared between parties, by the population of a date, proven. Raises Invalid with the engine's codes."""
    rows = _measured(key, [(party.code, party.name, party.role) for party in parties], on)
    made = allocate(amount, key, rows, rounding)
    prove(made)
    return made


def explained(share: Share) -> list[dict[str, Any]]:
    """The way to a share's amount as plain data."""
    return list(share.explanation)


@dataclass(frozen=True, slots=True)
class CountyGrant:
    """Kronor that a national line gives a county, and how."""

    amount: int
    computation: dict[str, Any]


def county_grant(line: SectionLine, county: str, *, on: date) -> CountyGrant:
    """A national line's key applied to the country. The municipalities' line is shared between all of them and the
    county's
    own are added up, each rounded by itself (Stockholm 2023, table 1)."""
    key, rounding = from_data(json.loads(line.key)), Rounding(line.rounding)
    if line.level == "municipalities":
        municipalities = Party.objects.filter(role="municipality").order_by("code")
        everybody = [(party.code, party.name, "") for party in municipalities]
    else:
        everybody = [(one.code, one.name, "") for one in County.objects.order_by("code")]
    made = allocate(line.amount, key, _measured(key, everybody, on), rounding)
    prove(made)
    # A municipality's code begins with its county's.
    mine = [share for share in made.shares if share.code.startswith(county)]
    parts = [{"code": s.code, "name": s.name, "amount": s.amount, "steps": explained(s)} for s in mine]
    amount = sum(share.amount for share in mine)
    computation = {"national": line.amount, "population_on": on.isoformat(), "parts": parts, "amount": amount}
    return CountyGrant(amount, computation)
