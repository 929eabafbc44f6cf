"""A sum of whole kronor shared between parties by a key, exactly and explainably. Integers only.

Reckoning is one pass over integers (`allocation_pots`, which says how it is rounded); fractions and explanations are
made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property, partial
from itertools import repeat
from typing import Any, NamedTuple

from samplan.domain.allocation_keys import Key, Levy, Split
from samplan.domain.allocation_pots import Pool, Pot, Rounding, Row, Rows, levy_pot, pots_of
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact
from samplan.domain.money import Difference, check_parts

__all__ = ["Allocation", "Pool", "Pot", "Rounding", "Row", "Rows", "Share", "allocate", "levy", "prove"]


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
        """Kronor before rounding, of the whole kronor in the party's pot; in a levy, of what the party has got."""
        pot = self.pot
        if not pot.by_weight:
            return Fraction(self.amount)
        if pot.rate is not None:
            return Fraction(pot.rate[0] * pot.pool.weights[self.place], pot.rate[1])
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
    def exact_weight(self) -> Fraction:
        return Fraction(self.pot.pool.weights[self.place], 10**self.allocation.rows.scale)

    @property
    def _own_weight(self) -> str:
        return str(self.exact_weight)

    @property
    def explanation(self) -> tuple[dict[str, Any], ...]:
        """The way to the amount as plain steps, in order. Weights and `exact` are exact text ("n" or "n/d").

        - `{"step": "group", "group", "amount", "percent"?, "of"?}` the pot of the party's group
        - `{"step": "fixed" | "outside" | "exception", "amount"}` a sum by hand; a party outside the catchment; a party
          with a sum of its own
        - `{"step": "steps", "weight", "from", "amount"}` the sum from the limit reached; "from" null below all limits
        - `{"step": "area", "amount", "apart", "rows", "rest"}` `apart` kronor to `rows` parties outside or excepted
          first, and what is left
        - `{"step": "flat", "flat", "rows", "rest"}` everybody's flat sum, and what is left
        - `{"step": "weight", "weight", "weights", "amount", "exact"}` weight ÷ weights × amount = exact
        - `{"step": "equal", "rows", "amount", "exact"}` amount ÷ rows = exact
        - `{"step": "got", "sources": [{"source", "amount"}], "amount"}` what a levy is reckoned on, source by source
        - `{"step": "levy", "percent", "of", "exact"}` percent × of = exact
        - `{"step": "exempt", "reason", "amount": 0}` pays nothing to a levy
        - `{"step": "nearest", "exact", "amount"}` rounded to the nearest krona
        - `{"step": "down", "exact", "amount", "left", "last", "codes"}` rounded down; `left` kronor were left
          over and went to `codes`; `last` says whether this party has one of them
        """
        pot, steps = self.pot, list[dict[str, Any]]()
        if pot.group:
            step: dict[str, Any] = {"step": "group", "group": pot.group, "amount": pot.whole}
            if pot.percent is not None:
                step |= {"percent": str(pot.percent), "of": pot.base}
            steps.append(step)
        if pot.limits:
            reached = {"weight": self._own_weight, "from": pot.limits[self.place]}
            return (*steps, {"step": pot.kind, **reached, "amount": self.amount})
        if isinstance(self.allocation.key, Levy):
            sources = [{"source": source, "amount": kronor} for source, kronor in self.row.parts]
            steps.append({"step": "got", "sources": sources, "amount": self._own_weight})
        if pot.kind == "exempt":
            reason = dict(self.allocation.key.exempt)[self.code] if isinstance(self.allocation.key, Levy) else ""
            return (*steps, {"step": "exempt", "reason": reason, "amount": 0})
        if not pot.by_weight:
            return (*steps, {"step": pot.kind, "amount": self.amount})
        if pot.apart:
            apart = {"amount": pot.amount + pot.apart, "apart": pot.apart, "rows": pot.apart_rows, "rest": pot.amount}
            steps.append({"step": "area"} | apart)
        rest, exact = pot.left_by_flat, self.exact
        if pot.flat:
            steps.append({"step": "flat", "flat": pot.flat, "rows": len(pot.amounts), "rest": rest})
        shared = {"amount": rest, "exact": str(exact - pot.flat)}
        if pot.kind == "equal":
            steps.append({"step": "equal", "rows": len(pot.amounts)} | shared)
        elif pot.kind == "levy":
            percent = self.allocation.key.to_data()["percent"]
            steps.append({"step": "levy", "percent": percent, "of": self._own_weight, "exact": str(exact)})
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

    A levy's amount is its pot, as `levy` reckons it.

    Raises `Invalid`: "amount_negative", "rows_missing", "code_twice", "number_negative" (a weight), "weights_zero",
    "flat_over_amount", "sum_for_stranger", "catchment_stranger", "outside_over_amount", "nobody_inside",
    "group_unknown", "group_empty", "groups_over_amount", "rounding_unknown", "levy_amount", "levy_nothing" (nobody that
    pays has got anything), "exempt_stranger".
    """
    if amount < 0:
        raise Invalid("amount_negative", field="amount", amount=amount)
    try:
        way = Rounding(rounding)
    except ValueError:
        raise Invalid("rounding_unknown", field="rounding", rounding=str(rounding)) from None
    ready = rows if isinstance(rows, Rows) else Rows(rows)
    return Allocation(amount, key, ready, way, tuple(pots_of(amount, key, ready, way)))


def levy(key: Levy, rows: Rows | Iterable[Row], rounding: Rounding | str) -> Allocation:
    """What each party pays to the joint pot, of the kronor it has got (its weight). Raises `Invalid` as `allocate`."""
    ready = rows if isinstance(rows, Rows) else Rows(rows)
    return allocate(levy_pot(key, ready), key, ready, rounding)


def prove(allocation: Allocation) -> None:
    """Reckon the sums again: shares and named differences make up the amount, each pot makes up its own, and no amount
    is a krona from its exact one (nearest: more than half). In a levy, what each has got is the sum of its sources, and
    nobody pays more. Raises `Invalid` "parts_differ" or "share_differs"."""
    check_parts(allocation.amount, (share.amount for share in allocation.shares), allocation.differences)
    for pot in allocation.pots:
        if pot.by_weight and allocation.rounding is Rounding.LARGEST_REMAINDER:
            check_parts(pot.amount, pot.amounts)
    for share in allocation.shares:
        off = abs(share.amount - share.exact)
        if off >= 1 or (allocation.rounding is Rounding.NEAREST and off > Fraction(1, 2)):
            raise Invalid("share_differs", row=share.code, amount=share.amount, exact=str(share.exact))
        if isinstance(allocation.key, Levy):
            got = share.exact_weight
            if share.row.parts and got != sum(kronor for _source, kronor in share.row.parts):
                raise Invalid("parts_differ", row=share.code, whole=str(got))
            if share.amount > got:
                raise Invalid("share_differs", row=share.code, amount=share.amount, exact=str(share.exact))
