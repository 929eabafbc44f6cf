"""What became of a grant's money: grant → budget line → receiver → use. Whole kronor, frozen when it is certified.

At every level the parts and the named differences make up the whole (`domain.money.check_parts`); `prove` says so.
The names are codes; a floor above has the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from samplan.domain.money import Difference, along, check_parts, difference


@dataclass(frozen=True, slots=True)
class CostFacts:
    """Kronor used for one kind of cost (`domain.questionnaire.CostKind`)."""

    kind: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReceiverFacts:
    """What somebody was given of a budget line, or of a grant that is not divided, and what became of it.

    `code` is the party's official code, empty for a line's one payee. `own`: it is the grant's own recipient, whom
    nothing has to be paid to. `paid` and `returned`: what was paid to it and back. `told`: somebody has said what was
    used; `source` is "report" (an accepted report, `source_uid` its request) or "typed". `carried` goes on into the
    next year.
    """

    uid: str
    code: str
    name: str
    amount: int
    own: bool = False
    paid: int = 0
    returned: int = 0
    told: bool = False
    costs: tuple[CostFacts, ...] = ()
    carried: int = 0
    source: str = ""
    source_uid: str = ""
    made_up: bool = False

    @property
    def used(self) -> int:
        return sum(cost.amount for cost in self.costs)

    @property
    def counted(self) -> int:
        """What the grant bears of what was used; the rest is the receiver's own money."""
        return min(self.used, self.amount)

    @property
    def own_money(self) -> int:
        return self.used - self.counted

    @property
    def untold(self) -> int:
        """What nobody has said the use of."""
        return 0 if self.told else self.amount

    @property
    def left(self) -> int:
        """What is told not to be used."""
        return self.amount - self.counted - self.untold

    @property
    def to_repay(self) -> int:
        return self.left - self.carried

    @property
    def to_return(self) -> int:
        """What was paid to the receiver and is neither used nor to be carried on nor paid back yet."""
        if self.own or not self.told:
            return 0
        return max(0, self.paid - self.returned - self.counted - self.carried)

    @property
    def unpaid(self) -> int:
        """What it was given and has not been paid; what it has paid back is not paid again."""
        return 0 if self.own else max(0, self.amount - self.paid)

    @property
    def to_pay(self) -> int:
        """What the receiver has used, or may carry on, and has not been paid."""
        if self.own or not self.told:
            return 0
        return max(0, self.counted + self.carried - self.paid + self.returned)

    def differences(self) -> tuple[Difference, ...]:
        return _named(("untold", self.untold), ("to_repay", self.to_repay))

    def prove(self) -> None:
        check_parts(self.amount, (self.counted, self.carried), self.differences())


def _named(*pairs: tuple[str, int]) -> tuple[Difference, ...]:
    return tuple(Difference(code, amount) for code, amount in pairs if amount)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A budget line with those it goes to. Kind "whole" is a grant that its recipient uses undivided."""

    uid: str
    title: str
    kind: str
    amount: int
    receivers: tuple[ReceiverFacts, ...] = ()
    activity: str = ""
    made_up: bool = False

    @property
    def kept(self) -> int:
        """What goes to nobody: held back, or not shared out."""
        return difference(self.amount, (one.amount for one in self.receivers))

    @property
    def paid(self) -> int:
        return sum(one.paid - one.returned for one in self.receivers)

    @property
    def counted(self) -> int:
        return sum(one.counted for one in self.receivers)

    @property
    def untold(self) -> int:
        return sum(one.untold for one in self.receivers)

    @property
    def carried(self) -> int:
        return sum(one.carried for one in self.receivers)

    @property
    def to_repay(self) -> int:
        """Left and not carried on; what is held back among it."""
        return self.kept + sum(one.to_repay for one in self.receivers)

    @property
    def left(self) -> int:
        return self.to_repay + self.carried

    def differences(self) -> tuple[Difference, ...]:
        """Between the line and what its receivers are given."""
        return _named(("held_back" if self.kind == "held_back" else "not_shared", self.kept))

    def prove(self) -> None:
        check_parts(self.amount, (one.amount for one in self.receivers), self.differences())
        for one in self.receivers:
            one.prove()


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A recipient's money of a grant, from what was granted to what was repaid.

    `requested`, `paid` and `received` are None for steps not taken; `declined` when the recipient did not want it;
    `changed` when the grant was decided anew after the request.
    `repaid`: kronor paid back to the state. `may_carry_on`: the agreement lets money go on into the next year.
    """

    uid: str
    title: str
    level: str
    granted: int
    requested: int | None = None
    paid: int | None = None
    received: int | None = None
    declined: bool = False
    changed: bool = False
    lines: tuple[LineFacts, ...] = ()
    repaid: int = 0
    repay_by: str = ""
    may_carry_on: bool = False
    made_up: bool = False

    def on_the_way(self) -> tuple[Difference, ...]:
        """Between what was granted and what came: "declined", "changed", "requested", "paid", "received"."""
        if self.declined:
            return _named(("declined", self.granted))
        first = "changed" if self.changed else "requested"
        return along(
            [("granted", self.granted), (first, self.requested), ("paid", self.paid), ("received", self.received)]
        )

    @property
    def came(self) -> int:
        return self.received or 0

    @property
    def divided(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def counted(self) -> int:
        return sum(line.counted for line in self.lines)

    @property
    def carried(self) -> int:
        return sum(line.carried for line in self.lines)

    @property
    def costs(self) -> dict[str, int]:
        """What was used by kind of cost, the receivers' own money among it."""
        return added_up(cost for line in self.lines for one in line.receivers for cost in one.costs)

    @property
    def own_money(self) -> int:
        return sum(one.own_money for line in self.lines for one in line.receivers)

    @property
    def untold(self) -> int:
        """What came and nobody has said the use of; never more than is not accounted for otherwise."""
        return min(sum(line.untold for line in self.lines), max(0, self.came - self.counted - self.carried))

    @property
    def to_repay(self) -> int:
        """What came and is unused, what is repaid already among it."""
        return max(0, self.came - self.counted - self.carried - self.untold)

    def between(self) -> tuple[Difference, ...]:
        """Between what the recipient was granted and its lines."""
        return _named(("not_divided", difference(self.granted_now, [self.divided])))

    @property
    def expected(self) -> int:
        """The last amount on the way that is known; nothing when it is declined."""
        known = [amount for amount in (self.granted, self.requested, self.paid, self.received) if amount is not None]
        return 0 if self.declined else known[-1]

    @property
    def granted_now(self) -> int:
        """What there is to divide; of an undivided grant what is expected of it."""
        if self.declined or any(line.kind == "whole" for line in self.lines):
            return self.expected
        return self.granted

    def at_the_end(self) -> tuple[Difference, ...]:
        """What came less what was used, carried on and repaid, by name: "untold" (nobody has said what it was used
        for), "owed" (still to be repaid), "missing" (more is used than came), "over" (repaid too much)."""
        short = max(0, self.counted + self.carried - self.came)
        return _named(
            ("untold", self.untold), ("owed", max(0, self.to_repay - self.repaid)), ("missing", -short),
            ("over", -max(0, self.repaid - self.to_repay)),
        )  # fmt: skip

    @property
    def remaining(self) -> int:
        return self.came - self.counted - self.carried - self.repaid

    def prove(self) -> None:
        """Every level adds up; raises Invalid("parts_differ") where one does not."""
        if not self.declined and self.received is not None:
            check_parts(self.granted, [self.received], self.on_the_way())
        check_parts(self.granted_now, (line.amount for line in self.lines), self.between())
        check_parts(self.came, (self.counted, self.carried, self.repaid), self.at_the_end())
        for line in self.lines:
            line.prove()


@dataclass(frozen=True, slots=True)
class EconomicFacts:
    """A recipient's economic report for a calendar year, as somebody certified it. `certified_on` an ISO date, empty
    before."""

    county_name: str
    year: int
    recipient: str
    grants: tuple[GrantFacts, ...] = ()
    certified_by: str = ""
    certified_function: str = ""
    certified_on: str = ""
    made_up: bool = False
    format: int = 1

    @property
    def costs(self) -> dict[str, int]:
        return added_up(CostFacts(kind, amount) for grant in self.grants for kind, amount in grant.costs.items())

    def prove(self) -> None:
        for grant in self.grants:
            grant.prove()


def added_up(costs: Iterable[CostFacts]) -> dict[str, int]:
    """Kronor by kind of cost, kinds in the order they come."""
    total: Counter[str] = Counter()
    for cost in costs:
        total[cost.kind] += cost.amount
    return dict(total)
