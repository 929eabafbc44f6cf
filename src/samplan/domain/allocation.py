"""A sum of whole kronor shared between parties by a key, exactly and explainably. Integers only.

Reckoning is one pass over integers; fractions and explanations are made when somebody asks for them. Rounding (the
state's way and the way of a county's own distribution):

- `nearest`: each amount by itself to the nearest krona, halves up. What the amounts miss or exceed is the remainder.
- `largest-remainder`: every amount rounded down, then the kronor left go one each to the largest fractions; among equal
  fractions to the larger weight, then to the lower code (codes are text and compared as text). The sum is exact.

The pots of a split are whole kronor, rounded the same way, before they are shared inside their groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, partial
from itertools import repeat
from typing import Any, NamedTuple

from samplan.domain.allocation_keys import (
    AgeGroup,
    Equal,
    Fixed,
    FlatPopulation,
    Key,
    Population,
    SimpleKey,
    Split,
    Steps,
)
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact
from samplan.domain.money import Difference, check_parts


class Rounding(StrEnum):
    NEAREST = "nearest"
    LARGEST_REMAINDER = "largest-remainder"


@dataclass(frozen=True, slots=True)
class Row:
    """A party to share with: its code, its name, its exact weight (persons, or any number) and its group in a split."""

    code: str
    name: str
    weight: Exact | int
    group: str = ""


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

    def share(self, pot: int, rounding: Rounding) -> tuple[list[int], list[int]]:
        """Amounts of `pot` kronor by weight, and the places of those that got one of the last kronor."""
        total = self.total
        if total == 0:
            raise Invalid("weights_zero")
        if rounding is Rounding.NEAREST:
            twice, whole = 2 * pot, 2 * total
            return [(twice * weight + total) // whole for weight in self.weights], []
        products = [pot * weight for weight in self.weights]
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

    `kind`: "weight", "equal" (by weight, all alike), "fixed" (sums by hand), "outside" (a sum outside a catchment) or
    "steps" (a sum by a table of limits; `limits` are those that the parties reached, None below all).
    """

    kind: str
    amount: int
    pool: Pool
    amounts: list[int]
    group: str = ""
    flat: int = 0
    percent: Exact | None = None
    base: int = 0
    last: list[int] = field(default_factory=list)
    limits: list[int | None] = field(default_factory=list)

    @property
    def by_weight(self) -> bool:
        return self.kind in ("weight", "equal")

    @property
    def left_by_flat(self) -> int:
        """Kronor left to share by weight when everybody has had the flat sum."""
        return self.amount - self.flat * len(self.amounts)


class Allocation:
    """The result: `amounts` in the order of the rows, and everything that explains them."""

    def __init__(self, amount: int, key: Key, rows: Rows, rounding: Rounding, pots: tuple[Pot, ...]) -> None:
        self.amount, self.key, self.rows, self.rounding, self.pots = amount, key, rows, rounding, pots
        if len(pots) == 1 and len(pots[0].amounts) == len(rows.rows):
            self.amounts = pots[0].amounts
        else:
            self.amounts = [0] * len(rows.rows)
            for pot in pots:
                for position, kronor in zip(pot.pool.positions, pot.amounts, strict=True):
                    self.amounts[position] = kronor
        self.total = sum(self.amounts)
        self.remainder = amount - self.total

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        pots, places = [self.pots[0]] * len(self.amounts), list(range(len(self.amounts)))
        if len(self.pots) > 1:
            for pot in self.pots:
                for place, position in enumerate(pot.pool.positions):
                    pots[position], places[position] = pot, place
        # Made in one go: a page of the whole country has thousands.
        fields = zip(self.rows.rows, self.amounts, places, pots, repeat(self))
        return tuple(map(partial(tuple.__new__, Share), fields))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Why shares and sum differ: "rounding" (to the nearest krona) and "not_shared" (sums by hand), where not 0."""
        by_hand = sum(pot.amount - sum(pot.amounts) for pot in self.pots if not pot.by_weight)
        if isinstance(self.key, Split) and all(part.percent is None for part in self.key.groups):
            by_hand += self.amount - sum(pot.amount for pot in self.pots)
        named = (Difference("rounding", self.remainder - by_hand), Difference("not_shared", by_hand))
        return tuple(one for one in named if one.amount)


class Share(NamedTuple):
    """What one party gets, and why, reckoned when asked for. `place` is the party's place in its `pot`."""

    row: Row
    amount: int
    place: int
    pot: Pot
    allocation: Allocation

    def __repr__(self) -> str:
        return f"Share({self.code!r}, {self.amount})"

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def weight(self) -> Exact | int:
        return self.row.weight

    @property
    def exact(self) -> Fraction:
        """Kronor before rounding, of the whole kronor in the party's pot."""
        pot = self.pot
        if not pot.by_weight:
            return Fraction(self.amount)
        return pot.flat + Fraction(pot.left_by_flat * pot.pool.weights[self.place], pot.pool.total)

    @property
    def floor(self) -> int:
        """`exact` rounded down, in kronor."""
        return self.exact.__floor__()

    @property
    def last_krona(self) -> bool:
        """Whether one of the kronor left over after rounding down went here."""
        return self.place in self.pot.last

    @property
    def _own_weight(self) -> str:
        return str(Fraction(self.pot.pool.weights[self.place], 10**self.allocation.rows.scale))

    @property
    def explanation(self) -> tuple[dict[str, Any], ...]:
        """The way to the amount as plain steps, in order. Weights and `exact` are exact text ("n" or "n/d").

        - `{"step": "group", "group", "amount", "percent"?, "of"?}` the pot of the party's group
        - `{"step": "fixed" | "outside", "amount"}` a sum by hand; a party outside the catchment
        - `{"step": "steps", "weight", "from", "amount"}` the sum from the limit reached; "from" null below all limits
        - `{"step": "flat", "flat", "rows", "rest"}` everybody's flat sum, and what is left
        - `{"step": "weight", "weight", "weights", "amount", "exact"}` weight ÷ weights × amount = exact
        - `{"step": "equal", "rows", "amount", "exact"}` amount ÷ rows = exact
        - `{"step": "nearest", "exact", "amount"}` rounded to the nearest krona
        - `{"step": "down", "exact", "amount", "left", "last", "codes"}` rounded down; `left` kronor were left
          over and went to `codes`; `last` says whether this party has one of them
        """
        pot, steps = self.pot, list[dict[str, Any]]()
        if pot.group:
            step: dict[str, Any] = {"step": "group", "group": pot.group, "amount": pot.amount}
            if pot.percent is not None:
                step |= {"percent": str(pot.percent), "of": pot.base}
            steps.append(step)
        if pot.limits:
            reached = {"weight": self._own_weight, "from": pot.limits[self.place]}
            return (*steps, {"step": pot.kind, **reached, "amount": self.amount})
        if not pot.by_weight:
            return (*steps, {"step": pot.kind, "amount": self.amount})
        rest, exact = pot.left_by_flat, self.exact
        if pot.flat:
            steps.append({"step": "flat", "flat": pot.flat, "rows": len(pot.amounts), "rest": rest})
        shared = {"amount": rest, "exact": str(exact - pot.flat)}
        if pot.kind == "equal":
            steps.append({"step": "equal", "rows": len(pot.amounts)} | shared)
        else:
            whole = str(Fraction(pot.pool.total, 10**self.allocation.rows.scale))
            steps.append({"step": "weight", "weight": self._own_weight, "weights": whole} | shared)
        if self.allocation.rounding is Rounding.NEAREST:
            steps.append({"step": "nearest", "exact": str(exact), "amount": self.amount})
        else:
            codes = [pot.pool.codes[place] for place in pot.last]
            last = {"left": len(codes), "last": self.last_krona, "codes": codes}
            steps.append({"step": "down", "exact": str(exact), "amount": self.amount} | last)
        return tuple(steps)


def allocate(amount: int, key: Key, rows: Rows | Iterable[Row], rounding: Rounding | str) -> Allocation:
    """Share `amount` kronor between the rows. The order of the rows never changes an amount and is kept in the result.

    Raises `Invalid`: "amount_negative", "rows_missing", "code_twice", "number_negative" (a weight), "weights_zero",
    "flat_over_amount" (flat or outside sums are more than the amount), "sum_for_stranger", "catchment_stranger",
    "group_unknown", "group_empty", "groups_over_amount", "rounding_unknown".
    """
    if amount < 0:
        raise Invalid("amount_negative", field="amount", amount=amount)
    try:
        way = Rounding(rounding)
    except ValueError:
        raise Invalid("rounding_unknown", field="rounding", rounding=str(rounding)) from None
    ready = rows if isinstance(rows, Rows) else Rows(rows)
    pots = _split(amount, key, ready, way) if isinstance(key, Split) else _pots(amount, key, ready, None, way)
    return Allocation(amount, key, ready, way, tuple(pots))


def prove(allocation: Allocation) -> None:
    """Reckon the sums again: shares and named differences make up the amount, each pot makes up its own, and no amount
    is a krona from its exact one (nearest: more than half). Raises `Invalid` "parts_differ" or "share_differs"."""
    check_parts(allocation.amount, (share.amount for share in allocation.shares), allocation.differences)
    for pot in allocation.pots:
        if pot.by_weight and allocation.rounding is Rounding.LARGEST_REMAINDER:
            check_parts(pot.amount, pot.amounts)
    for share in allocation.shares:
        off = abs(share.amount - share.exact)
        if off >= 1 or (allocation.rounding is Rounding.NEAREST and off > Fraction(1, 2)):
            raise Invalid("share_differs", row=share.code, amount=share.amount, exact=str(share.exact))


def _pots(amount: int, key: SimpleKey, rows: Rows, inside: Sequence[int] | None, way: Rounding) -> list[Pot]:
    """The pots of one key over the rows at the positions `inside` (None: everybody)."""
    match key:
        case Equal():
            return [_by_weight("equal", amount, rows.pool(inside, equal=True), 0, way)]
        case Population():
            return [_by_weight("weight", amount, rows.pool(inside), 0, way)]
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
        case AgeGroup(catchment=None):
            return [_by_weight("weight", amount, rows.pool(inside), 0, way)]
        case AgeGroup():
            return _catchment(amount, key, rows, rows.pool(inside).positions, way)


def _catchment(amount: int, key: AgeGroup, rows: Rows, positions: Sequence[int], way: Rounding) -> list[Pot]:
    area = key.catchment or frozenset()
    if strangers := sorted(area - set(rows.codes)):
        raise Invalid("catchment_stranger", row=strangers[0])
    within = [position for position in positions if rows.codes[position] in area]
    without = [position for position in positions if rows.codes[position] not in area]
    sums = key.outside * len(without)
    if sums > amount:
        raise Invalid("flat_over_amount", flat=key.outside, rows=len(without), amount=amount)
    outside = Pot("outside", sums, rows.pool(without), [key.outside] * len(without))
    return [_by_weight("weight", amount - sums, rows.pool(within), 0, way), outside]


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
            yield replace(pot, group=part.group, percent=part.percent, base=rest)
