"""One sum shared inside one set of rows: what every key comes down to. Integers only; what is made of it: `allocation`.

Rounding (the state's way and the way of a county's own distribution):

- `nearest`: each amount by itself to the nearest krona, halves up. What the amounts miss or exceed is the remainder.
- `largest-remainder`: every amount rounded down, then the kronor left go one each to the largest fractions; among equal
  fractions to the larger weight, then to the lower code (codes are text and compared as text). The sum is exact.

The pots of a split are whole kronor, rounded the same way, before they are shared inside their groups. A levy's pot is
its percentage of everything that the paying parties have got, to the nearest krona, halves up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from samplan.domain.allocation_keys import (
    AgeGroup,
    Area,
    Equal,
    Fixed,
    FlatPopulation,
    Key,
    Levy,
    Population,
    SimpleKey,
    Split,
    Steps,
)
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact


class Rounding(StrEnum):
    NEAREST = "nearest"
    LARGEST_REMAINDER = "largest-remainder"


@dataclass(frozen=True, slots=True)
class Row:
    """A party to share with: its code, its name, its exact weight (persons, or any number) and its group in a split.

    `parts`: what the weight is made of, by the code of each source, as the kronor that a levy is reckoned on.
    """

    code: str
    name: str
    weight: Exact | int
    group: str = ""
    parts: tuple[tuple[str, int], ...] = ()


class Rows:
    """Rows made ready once and shared between any number of times: distinct codes, weights as integers of one scale.

    Raises `Invalid`: "rows_missing", "code_twice", "number_negative" (with the code).
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        if not self.rows:
            raise Invalid("rows_missing")
        self.codes = [row.code for row in self.rows]
        if len(set(self.codes)) != len(self.codes):
            raise Invalid("code_twice", row=next(code for code in self.codes if self.codes.count(code) > 1))
        self.scale = max([0 if isinstance(row.weight, int) else row.weight.scale for row in self.rows])
        one = int(10**self.scale)
        self.weights = [
            row.weight * one if isinstance(row.weight, int) else row.weight.scaled(self.scale) for row in self.rows
        ]
        if min(self.weights) < 0:
            row = self.rows[self.weights.index(min(self.weights))]
            raise Invalid("number_negative", row=row.code, text=str(row.weight))

    def pool(self, inside: Sequence[int] | None = None, *, equal: bool = False) -> Pool:
        """The rows at the positions `inside`, or everybody; alike when `equal`."""
        if inside is None:
            return self.alike if equal else self.everybody
        weights = [1 if equal else self.weights[position] for position in inside]
        return Pool(inside, weights, [self.codes[position] for position in inside])

    # Kept, as most sums are shared between everybody.
    @cached_property
    def everybody(self) -> Pool:
        return Pool(range(len(self.rows)), self.weights, self.codes)

    @cached_property
    def alike(self) -> Pool:
        return Pool(range(len(self.rows)), [1] * len(self.rows), self.codes)


class Pool:
    """The rows (by position) that share one pot, their weights, and the order in which equal fractions get a krona."""

    def __init__(self, positions: Sequence[int], weights: list[int], codes: list[str]) -> None:
        self.positions, self.weights, self.codes = positions, weights, codes
        self.total = sum(weights)

    @cached_property
    def order(self) -> list[int]:
        """Places by larger weight, then by lower code."""
        by_code = sorted(range(len(self.codes)), key=self.codes.__getitem__)
        return sorted(by_code, key=self.weights.__getitem__, reverse=True)

    def share(self, pot: int, rounding: Rounding, rate: tuple[int, int] | None = None) -> tuple[list[int], list[int]]:
        """Amounts of `pot` kronor by weight, and the places of those that got one of the last kronor.

        With a `rate` (kronor out of units of weight) each amount is that of its weight, and the pot their sum rounded.
        """
        times, total = rate or (pot, self.total)
        if total == 0:
            raise Invalid("weights_zero")
        if rounding is Rounding.NEAREST:
            twice, whole = 2 * times, 2 * total
            return [(twice * weight + total) // whole for weight in self.weights], []
        products = [times * weight for weight in self.weights]
        amounts = [product // total for product in products]
        left = pot - sum(amounts)
        fractions = [product % total for product in products]
        # A stable sort of the order of ties: equal fractions stay by larger weight, then by lower code.
        last = sorted(self.order, key=fractions.__getitem__, reverse=True)[:left] if left else []
        for place in last:
            amounts[place] += 1
        return amounts, last


@dataclass(frozen=True, slots=True)
class Pot:
    """One sum shared inside one set of rows: the elementary step every key comes down to.

    `kind`: "weight", "equal" (by weight, all alike), "levy" (by weight at a `rate`), "fixed" (sums by hand), "outside"
    (a sum outside a catchment), "exception" (a sum of one's own), "exempt" (from a levy) or "steps" (a sum by a table
    of limits; `limits` are those that the parties reached, None below all). `apart`: kronor that went to `apart_rows`
    parties outside or excepted, before `amount` was left. `whole`: the kronor of the group in a split.
    """

    kind: str
    amount: int
    pool: Pool
    amounts: list[int]
    group: str = ""
    flat: int = 0
    percent: Exact | None = None
    base: int = 0
    whole: int = 0
    apart: int = 0
    apart_rows: int = 0
    rate: tuple[int, int] | None = None
    last: list[int] = field(default_factory=list)
    limits: list[int | None] = field(default_factory=list)

    @property
    def by_weight(self) -> bool:
        return self.kind in ("weight", "equal", "levy")

    @property
    def left_by_flat(self) -> int:
        """Kronor left to share by weight when everybody has had the flat sum."""
        return self.amount - self.flat * len(self.amounts)


def pots_of(amount: int, key: Key, rows: Rows, way: Rounding) -> list[Pot]:
    """The pots of a whole sum; each row is in exactly one."""
    match key:
        case Split():
            return list(_split(amount, key, rows, way))
        case Levy():
            return _levied(amount, key, rows, way)
        case _:
            return _pots(amount, key, rows, None, way)


def levy_pot(key: Levy, rows: Rows) -> int:
    """The kronor of a levy: its percentage of all that the paying parties have got, to the nearest, halves up.

    Raises `Invalid` "exempt_stranger", "levy_nothing".
    """
    times, whole = _levy_rate(key, rows)
    got = sum(rows.weights[position] for position in _payers(key, rows))
    return (2 * times * got + whole) // (2 * whole)


def _levy_rate(key: Levy, rows: Rows) -> tuple[int, int]:
    times, whole = key.rate
    return times, whole * int(10**rows.scale)


def _payers(key: Levy, rows: Rows) -> list[int]:
    exempt = dict(key.exempt)
    if strangers := sorted(set(exempt) - set(rows.codes)):
        raise Invalid("exempt_stranger", field="exempt", row=strangers[0])
    payers = [position for position, code in enumerate(rows.codes) if code not in exempt]
    if not any(rows.weights[position] for position in payers):
        raise Invalid("levy_nothing", field="sources")
    return payers


def _levied(amount: int, key: Levy, rows: Rows, way: Rounding) -> list[Pot]:
    if amount != (pot := levy_pot(key, rows)):
        raise Invalid("levy_amount", amount=amount, pot=pot)
    payers, rate = _payers(key, rows), _levy_rate(key, rows)
    pool = rows.pool(payers)
    amounts, last = pool.share(pot, way, rate)
    spared = rows.pool(sorted(set(range(len(rows.codes))) - set(payers)))
    exempt = Pot("exempt", 0, spared, [0] * len(spared.codes))
    return [Pot("levy", pot, pool, amounts, rate=rate, last=last), exempt]


def _pots(amount: int, key: SimpleKey, rows: Rows, inside: Sequence[int] | None, way: Rounding) -> list[Pot]:
    """The pots of one key over the rows at the positions `inside` (None: everybody)."""
    match key:
        case Equal():
            return [_by_weight("equal", amount, rows.pool(inside, equal=True), 0, way)]
        case Population(area) | AgeGroup(area=area):
            if area.everybody:
                return [_by_weight("weight", amount, rows.pool(inside), 0, way)]
            return _around(amount, area, rows, rows.pool(inside), way)
        case FlatPopulation(flat):
            return [_by_weight("weight", amount, rows.pool(inside), flat, way)]
        case Fixed(sums):
            pool, by_code = rows.pool(inside), dict(sums)
            if strangers := sorted(set(by_code) - set(pool.codes)):
                raise Invalid("sum_for_stranger", row=strangers[0])
            return [Pot("fixed", amount, pool, [by_code.get(code, 0) for code in pool.codes])]
        case Steps(table):
            pool, one = rows.pool(inside), 10**rows.scale
            reached = [
                max((step for step in table if step[0] * one <= weight), default=(None, 0)) for weight in pool.weights
            ]
            return [Pot("steps", amount, pool, [sum_ for _, sum_ in reached], limits=[limit for limit, _ in reached])]


def _around(amount: int, area: Area, rows: Rows, pool: Pool, way: Rounding) -> list[Pot]:
    """Those outside and the exceptions first, then what is left by weight to those inside."""
    own = dict(area.exceptions)
    if strangers := sorted((area.catchment or frozenset()) - set(rows.codes)):
        raise Invalid("catchment_stranger", row=strangers[0])
    if strangers := sorted(set(own) - set(pool.codes)):
        raise Invalid("sum_for_stranger", row=strangers[0])
    within = [position for position in pool.positions if area.inside(rows.codes[position])]
    excepted = [position for position in pool.positions if rows.codes[position] in own]
    without = sorted(set(pool.positions) - set(within) - set(excepted))
    sums = [own[rows.codes[position]] for position in excepted]
    apart = area.outside * len(without) + sum(sums)
    if apart > amount:
        raise Invalid("outside_over_amount", total=apart, amount=amount)
    if not within and apart < amount:
        raise Invalid("nobody_inside", field="catchment")
    made = [
        Pot("outside", area.outside * len(without), rows.pool(without), [area.outside] * len(without)),
        Pot("exception", sum(sums), rows.pool(excepted), sums),
    ]
    if within:
        inside = _by_weight("weight", amount - apart, rows.pool(within), 0, way)
        made.insert(0, replace(inside, apart=apart, apart_rows=len(without) + len(excepted)))
    return made


def _by_weight(kind: str, amount: int, pool: Pool, flat: int, way: Rounding) -> Pot:
    rest = amount - flat * len(pool.weights)
    if rest < 0:
        raise Invalid("flat_over_amount", flat=flat, rows=len(pool.weights), amount=amount)
    amounts, last = pool.share(rest, way)
    if flat:
        amounts = [flat + kronor for kronor in amounts]
    return Pot(kind, amount, pool, amounts, flat=flat, last=last)


def _split(amount: int, key: Split, rows: Rows, way: Rounding) -> Iterable[Pot]:
    members: dict[str, list[int]] = {part.group: [] for part in key.groups}
    for position, row in enumerate(rows.rows):
        if row.group not in members:
            raise Invalid("group_unknown", row=row.code, group=row.group)
        members[row.group].append(position)
    percents = {part.group: part.percent for part in key.groups if part.percent is not None}
    kronor = {part.group: part.kronor for part in key.groups if part.kronor is not None}
    rest = amount - sum(kronor.values())
    if percents:
        if rest < 0:
            raise Invalid("groups_over_amount", amount=amount, total=amount - rest)
        scale = max(percent.scale for percent in percents.values())
        weights = [percent.scaled(scale) for percent in percents.values()]
        amounts, _last = Pool(range(len(weights)), weights, list(percents)).share(rest, way)
        kronor |= dict(zip(percents, amounts, strict=True))
    for part in key.groups:
        if not members[part.group]:
            if kronor[part.group]:
                raise Invalid("group_empty", group=part.group)
            continue
        for pot in _pots(kronor[part.group], part.key, rows, members[part.group], way):
            whole = kronor[part.group]
            yield replace(pot, group=part.group, percent=part.percent, base=rest, whole=whole)
