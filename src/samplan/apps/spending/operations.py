"""Every write about what became of the money: paid out and back, used, carried on, repaid, certified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.queries import grant_in_force
from samplan.apps.agreements.requisitions import handles
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import BudgetLine
from samplan.apps.spending.models import EconomicReport, Payment, Use
from samplan.apps.spending.queries import Line, Money, Receiver, economic_facts, may_tell, money_of
from samplan.base.audit.trace import record
from samplan.domain.access import FORBIDDEN, Actor, Permission, may
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import canonical_json, frozen, to_data
from samplan.domain.freetext import one_line
from samplan.domain.money import LARGEST
from samplan.domain.questionnaire import CostKind
from samplan.domain.spending import CostFacts, ReceiverFacts


@dataclass(frozen=True, slots=True)
class About:
    """Whose use: a budget line's and one of its parties' (none for its one payee), or a grant's and its recipient's."""

    line: BudgetLine | None = None
    party: Party | None = None
    grant: Grant | None = None
    recipient: Party | None = None


def _year_of(grant: Grant) -> int:
    return grant.line.section.agreement.year


def _of_grant(grant: Grant, recipient: Party) -> Money:
    """The recipient's money of the grant in force. Raises Refused("not_a_recipient")."""
    grant = grant_in_force(grant)
    for money in money_of(grant.county, _year_of(grant)):
        if money.asked.grant.pk == grant.pk and money.asked.recipient.pk == recipient.pk:
            return money
    raise Refused("not_a_recipient")


def _of_line(row: BudgetLine, party: Party | None) -> tuple[Money, Line, Receiver]:
    """The line in force and the one of its receivers. Raises Refused("not_a_receiver")."""
    for money in money_of(row.county, _year_of(row.grant)):
        for line in money.lines:
            if line.row is not None and line.row.pk == row.pk:
                for receiver in line.receivers:
                    if (receiver.party.pk if receiver.party else None) == (party.pk if party else None):
                        return money, line, receiver
    raise Refused("not_a_receiver")


def _demand_payment(amount: int, on: date, at: datetime) -> None:
    if amount <= 0:
        raise Invalid("nothing_paid", field="amount")
    if amount > LARGEST:
        raise Invalid("number_too_large", field="amount")
    if on > swedish_day(at):
        raise Invalid("day_to_come", field="on")


@transaction.atomic
def pay(
    *,
    by: Actor,
    at: datetime,
    line: BudgetLine,
    party: Party | None = None,
    kind: str = "out",
    amount: int,
    on: date,
    to: str = "",
    made_up: bool = False,
) -> Payment:
    """Kronor of a budget line in force paid to one of its receivers ("out"), or by it ("back").

    `party`: which of the line's parties, none for its one payee; `to`: to whom, when that is somebody else. Raises
    Refused("not_a_receiver"), Invalid("nothing_paid", "day_to_come", "more_than_paid", "unknown_choice").
    """
    may(by, Permission.MANAGE_MONEY, county=line.county).demand()
    if kind not in {"out", "back"}:
        raise Invalid("unknown_choice", field="kind")
    _demand_payment(amount, on, at)
    BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    money, _line, receiver = _of_line(line, party)
    if kind == "back" and amount > receiver.facts.paid - receiver.facts.returned:
        raise Invalid("more_than_paid", field="amount")
    payment = _pay(money, line, receiver, kind, amount, on, to, made_up=made_up)
    after = {"to": payment.to, "amount": amount, "paid_on": on}
    record(by=by, at=at, verb=f"payment_{kind}", subject=line, after=after)
    return payment


def _pay(
    money: Money, line: BudgetLine, receiver: Receiver, kind: str, amount: int, on: date, to: str, *, made_up: bool
) -> Payment:
    return Payment.objects.create(
        county=line.county, kind=kind, grant=money.asked.grant, recipient=money.asked.recipient, line=line,
        party=receiver.party, to=one_line(to or receiver.facts.name, field="to", most=200), amount=amount,
        paid_on=on, made_up=made_up,
    )  # fmt: skip


@transaction.atomic
def pay_out_all(*, by: Actor, at: datetime, line: BudgetLine, on: date, made_up: bool = False) -> list[Payment]:
    """Pay every receiver of a line what it has not been paid before; the recipient itself is not paid."""
    may(by, Permission.MANAGE_MONEY, county=line.county).demand()
    _demand_payment(1, on, at)
    BudgetLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    made = []
    for money in money_of(line.county, _year_of(line.grant)):
        for found in money.lines:
            if found.row is None or found.row.pk != line.pk:
                continue
            for receiver in found.receivers:
                if receiver.facts.unpaid:
                    made.append(_pay(money, line, receiver, "out", receiver.facts.unpaid, on, "", made_up=made_up))
    if made:
        after = {"number": len(made), "amount": sum(one.amount for one in made), "paid_on": on}
        record(by=by, at=at, verb="payment_out_all", subject=line, after=after)
    return made


@transaction.atomic
def repay(
    *,
    by: Actor,
    at: datetime,
    grant: Grant,
    recipient: Party,
    amount: int,
    on: date,
    to: str,
    made_up: bool = False,
) -> Payment:
    """Unused kronor of a grant paid back by its recipient; more than is unused is noted and shown by its name."""
    money = _of_grant(grant, recipient)
    _demand_handling(by, money)
    _demand_payment(amount, on, at)
    payment = Payment.objects.create(
        county=recipient.county, kind="repaid", grant=money.asked.grant, recipient=recipient,
        to=one_line(to, field="to", most=200), amount=amount, paid_on=on, made_up=made_up,
    )  # fmt: skip
    after = {"to": payment.to, "amount": amount, "paid_on": on}
    record(by=by, at=at, verb="payment_repaid", subject=money.asked.grant, after=after)
    return payment


def _demand_handling(by: Actor, money: Money) -> None:
    if not handles(by, money.asked.level, money.asked.recipient):
        FORBIDDEN.demand()


@transaction.atomic
def remove_payment(*, by: Actor, at: datetime, payment: Payment) -> None:
    """Take away a payment that was entered wrongly; the trace keeps what it said."""
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    subject = payment.line or payment.grant
    if payment.line is not None:
        may(by, Permission.MANAGE_MONEY, county=payment.county).demand()
    elif not handles(by, payment.grant.line.level, payment.recipient):
        FORBIDDEN.demand()
    before = {"to": payment.to, "amount": payment.amount, "paid_on": payment.paid_on}
    payment.delete()
    record(by=by, at=at, verb="payment_removed", subject=subject, before=before)


@transaction.atomic
def tell_use(
    *,
    by: Actor,
    at: datetime,
    about: About,
    costs: Mapping[str, int],
    version: int,
    carried: int | None = None,
    made_up: bool = False,
) -> Use:
    """What a receiver of a line, or a recipient of an undivided grant, has used by kind of cost, and carries on.

    No costs at all: nothing is told any more; a kind with 0 kronor tells that nothing is used. `carried` None leaves
    what goes on as it is. `version` is the one that was read, 0 for none. Raises Refused("use_reported") when an
    accepted report has told it, ("may_not_carry_on"), ("stale"); Invalid("unknown_choice", "negative",
    "carry_too_much").
    """
    money, found, receiver = _place(about)
    if not may_tell(by, money, found, receiver):
        FORBIDDEN.demand()
    Grant.objects.select_for_update().get(pk=money.asked.grant.pk)
    money, found, receiver = _place(about)
    _demand_costs(costs)
    use = receiver.use or Use(
        county=money.asked.grant.county, grant=money.asked.grant, recipient=money.asked.recipient, line=found.row,
        party=receiver.party if found.row else None,
    )  # fmt: skip
    if use.version != version:
        raise Refused("stale")
    text = canonical_json(dict(costs)) if costs else ""
    if receiver.facts.source == "report" and text != use.costs:
        raise Refused("use_reported")
    told = receiver.facts if receiver.facts.source == "report" else _told(receiver, costs)
    goes_on = use.carried if carried is None else carried
    _demand_carried(by, money, found, goes_on, use.carried, told.left)
    before = {"value": use.costs, "carried": use.carried}
    use.costs, use.carried, use.version = text, goes_on, use.version + 1
    use.made_up = use.made_up or made_up
    use.save()
    after = {"value": text, "carried": goes_on}
    changes = {name for name in after if after[name] != before[name]}
    record(
        by=by, at=at, verb="use_told", subject=use, before={name: before[name] for name in changes},
        after={"receiver": receiver.facts.name, **{name: after[name] for name in changes}},
    )  # fmt: skip
    return use


def _place(about: About) -> tuple[Money, Line, Receiver]:
    if about.line is not None:
        return _of_line(about.line, about.party)
    if about.grant is None or about.recipient is None:
        raise Refused("not_a_recipient")
    money = _of_grant(about.grant, about.recipient)
    for found in money.lines:
        if found.row is None:
            return money, found, found.receivers[0]
    raise Refused("grant_divided")


def _demand_costs(costs: Mapping[str, int]) -> None:
    for kind, amount in costs.items():
        if kind not in set(CostKind):
            raise Invalid("unknown_choice", field="costs")
        if amount < 0:
            raise Invalid("negative", field=kind)
        if amount > LARGEST:
            raise Invalid("number_too_large", field=kind)


def _told(receiver: Receiver, costs: Mapping[str, int]) -> ReceiverFacts:
    return replace(receiver.facts, told=bool(costs), costs=tuple(CostFacts(*cost) for cost in costs.items()))


def _demand_carried(by: Actor, money: Money, line: Line, carried: int, before: int, left: int) -> None:
    if carried < 0:
        raise Invalid("negative", field="carried")
    if carried and not money.facts.may_carry_on:
        raise Invalid("may_not_carry_on", field="carried")
    if carried > left:
        raise Invalid("carry_too_much", field="carried", left=left)
    if carried != before and line.row is not None:
        # What goes on of the county's lines is the county's to say, not the receiver's.
        may(by, Permission.MANAGE_MONEY, county=line.row.county).demand()


@transaction.atomic
def certify(
    *,
    by: Actor,
    at: datetime,
    recipient: Party,
    year: int,
    certified_by: str,
    certified_function: str,
    on: date,
    made_up: bool = False,
) -> EconomicReport:
    """Freeze a recipient's economic report of a calendar year as a named person certifies it; one before is superseded.

    Everything adds up, or nothing is written. Raises Refused("nothing_to_account_for"), Invalid("required",
    "day_to_come", "personal_number").
    """
    Party.objects.select_for_update().get(pk=recipient.pk)
    mine = [one for one in money_of(recipient.county, year) if one.asked.recipient.pk == recipient.pk]
    if not mine:
        raise Refused("nothing_to_account_for")
    for money in mine:
        _demand_handling(by, money)
    if on > swedish_day(at):
        raise Invalid("day_to_come", field="on")
    name = one_line(certified_by, field="certified_by", most=200)
    function = one_line(certified_function, field="certified_function", most=200)
    facts = replace(
        economic_facts(mine, recipient, year), certified_by=name, certified_function=function,
        certified_on=on.isoformat(),
    )  # fmt: skip
    facts.prove()
    ice = frozen(to_data(facts))
    before = EconomicReport.objects.filter(recipient=recipient, year=year).order_by("-number").first()
    report = EconomicReport.objects.create(
        county=recipient.county, year=year, recipient=recipient, number=before.number + 1 if before else 1,
        certified_by=name, certified_function=function, certified_on=on, facts=ice.text, facts_sha256=ice.sha256,
        made_up=made_up or facts.made_up, supersedes=before,
    )  # fmt: skip
    after = {"number": report.number, "certified_by": name, "certified_function": function, "certified_on": on}
    record(by=by, at=at, verb="economic_report_certified", subject=report, after={**after, "sha256": ice.sha256})
    return report
