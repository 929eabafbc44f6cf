"""Indicators: what may be added up, what a target says, and figures that texts quote.

A count (courses, participants, groups) adds up; a share or a mean never does. A total is made from one complete
breakdown only: all parties, both sexes, or ages that follow on each other from 0 and up. What is not there is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact

SEXES = ("all", "women", "men")
DIRECTIONS = ("up", "down", "none")
_PERIOD = re.compile(r"(?:19|20)\d\d(?:H[12]|Q[1-4]|-(?:0[1-9]|1[0-2]))?")
_QUOTE = re.compile(r"\{\{\s*([a-z0-9_]{1,60})\s+([0-9A-Z-]{4,7})(?:\s+([0-9]{2,4}))?\s*\}\}")


def period(text: str, *, field: str = "period") -> str:
    """A year, half-year, quarter or month in its normal form: 2024, 2024H1, 2024Q3, 2024-05. Raises
    Invalid("period")."""
    found = text.strip().upper()
    if not _PERIOD.fullmatch(found):
        raise Invalid("period", field=field)
    return found


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a period. `party` is empty for the whole county, ages None for all."""

    party: str
    sex: str
    age_from: int | None
    age_to: int | None
    value: Exact


@dataclass(frozen=True, slots=True)
class Total:
    """`value` None when nothing complete is there. `way`: given, parties, sexes or ages. `others`: what complete
    breakdowns say that do not agree with it."""

    value: Exact | None
    way: str
    others: tuple[tuple[str, Exact], ...] = ()


def total(values: Iterable[Value], *, adds_up: bool, parties: Collection[str]) -> Total:
    """The county's value of one period. `parties`: the codes of all that together are the county."""
    listed = list(values)
    ways: list[tuple[str, Exact]] = []
    whole = [
        one for one in listed if not one.party and one.sex == "all" and one.age_from is None and one.age_to is None
    ]
    if whole:
        ways.append(("given", whole[0].value))
    if adds_up:
        for way, parts in (("parties", _parties(listed, parties)), ("sexes", _sexes(listed)), ("ages", _ages(listed))):
            if parts:
                ways.append((way, _sum(parts)))
    if not ways:
        return Total(None, "")
    way, value = ways[0]
    others = tuple(one for one in ways[1:] if one[1].fraction != value.fraction)
    return Total(value, way, others)


def _parties(values: list[Value], parties: Collection[str]) -> list[Value]:
    found = {
        one.party: one
        for one in values
        if one.party and one.sex == "all" and (one.age_from, one.age_to) == (None, None)
    }
    return [found[code] for code in parties] if parties and set(parties) <= set(found) else []


def _sexes(values: list[Value]) -> list[Value]:
    found = {one.sex: one for one in values if not one.party and (one.age_from, one.age_to) == (None, None)}
    return [found["women"], found["men"]] if {"women", "men"} <= set(found) else []


def _ages(values: list[Value]) -> list[Value]:
    """The age groups when they follow on each other from 0 to the oldest; nothing for a gap or an overlap."""
    groups = [one for one in values if not one.party and one.sex == "all" and one.age_from is not None]
    groups.sort(key=lambda one: one.age_from or 0)
    due = 0
    for place, one in enumerate(groups):
        if one.age_from != due or (one.age_to is None) != (place == len(groups) - 1):
            return []
        due = (one.age_to or 0) + 1
    return groups


def _sum(parts: Iterable[Value]) -> Exact:
    return add_up([one.value for one in parts]) or Exact(0)


def add_up(listed: Collection[Exact]) -> Exact | None:
    """The sum, with as many decimals as the most exact of them; None of nothing."""
    if not listed:
        return None
    scale = max(value.scale for value in listed)
    digits = sum(value.digits * 10 ** (scale - value.scale) for value in listed)
    return Exact(digits, scale)


def met(value: Exact | None, target: Exact | None, direction: str) -> bool | None:
    """Whether a target is met; None when there is nothing to say."""
    if value is None or target is None or direction == "none":
        return None
    have, want = Fraction(value.fraction), Fraction(target.fraction)
    return have >= want if direction == "up" else have <= want


Lookup = Callable[[str, str, str], str]


def quoted(text: str, lookup: Lookup) -> str:
    """`text` with each `{{code period}}` or `{{code period party}}` as the value reads now; what `lookup` has no value
    for (it gives an empty text) stays to be seen."""

    def said(found: re.Match[str]) -> str:
        code, when, party = found.group(1), found.group(2), found.group(3) or ""
        return lookup(code, when, party) or f"[saknas: {code} {when} {party}".rstrip() + "]"

    return _QUOTE.sub(said, text)


class Quote(NamedTuple):
    """A value that a text quotes; `party` empty for the whole county."""

    code: str
    period: str
    party: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


def quotes(text: str) -> list[Quote]:
    """The values that a text quotes, each once, in the text's order."""
    return list(dict.fromkeys(Quote(*found) for found in _QUOTE.findall(text)))


def parted(text: str) -> Iterator[str | Quote]:
    """A text in pieces: what stands between the quotes, and the quotes."""
    position = 0
    for found in _QUOTE.finditer(text):
        if found.start() > position:
            yield text[position : found.start()]
        yield Quote(found.group(1), found.group(2), found.group(3) or "")
        position = found.end()
    if position < len(text):
        yield text[position:]
