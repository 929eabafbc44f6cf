"""The money of the demo's year after it was shared: requested, paid, used, repaid, entered by those who would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from samplan.apps.agreements.levies import sources_of
from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.levies import LevyHow, draft_levy
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.agreements.requisitions import Asked, asked_of
from samplan.apps.spending.operations import About, certify, pay, pay_out_all, repay, tell_use
from samplan.apps.spending.queries import Money, money_of
from samplan.config.demo.reports import costs_in_kronor
from samplan.domain.access import Actor
from samplan.domain.allocation import Rounding
from samplan.domain.cycle import RequisitionStatus as Q
from samplan.domain.deadlines import SWEDEN
from samplan.domain.exact import parse_exact

if TYPE_CHECKING:
    from samplan.config.demo.build import Year

TOLD = date(2025, 2, 10)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(14), tzinfo=SWEDEN)


def write_money(year: Year, number: int) -> None:
    """Everything that the file says of the money of the year `number`."""
    data = year.read("money")
    made_up: bool = data["made_up"]
    for row in data["levies"]:
        offered, _unclear = sources_of(year.county, number)
        rows = [one.row for one in offered if isinstance(one.row, Grant) and one.row.line.section.tag in row["tags"]]
        draft_levy(
            by=year.boss, at=_moment(row["on"]), county=year.county, year=number, title=row["title"],
            how=LevyHow(
                parse_exact(row["percent"]), tuple(one for one in rows if one.line.level in row["levels"]),
                Rounding(row["rounding"]),
            ),
        )  # fmt: skip
    for row in data["requests"]:
        for asked in _asked(asked_of(year.county, number), row):
            _request(year, asked, row, made_up=made_up)
    for row in data["uses"]:
        _use(year, number, row, made_up=made_up)
    for row in data["payments"]:
        _pay(year, number, row, made_up=made_up)
    for row in data["repayments"]:
        for money in _money(year, number, row):
            repay(
                by=_who(year, money.asked), at=_moment(row["on"]), grant=money.asked.grant,
                recipient=money.asked.recipient, amount=money.facts.to_repay, on=row["on"], to=row["to"],
                made_up=made_up,
            )  # fmt: skip
    for row in data["certified"]:
        for code in row["parties"]:
            certify(
                by=year.economists[code], at=_moment(row["on"]), recipient=year.parties[code], year=number,
                certified_by=row["certified_by"], certified_function=row["certified_function"], on=row["on"],
                made_up=made_up,
            )  # fmt: skip


def _asked(found: list[Asked], row: dict[str, Any]) -> Iterator[Asked]:
    """Those of the row's level, section and parties; all where it names none."""
    for one in found:
        tag, code = one.grant.line.section.tag, one.recipient.code
        if one.level == row["level"] and row.get("tag", tag) == tag and code in row.get("parties", [code]):
            yield one


def _money(year: Year, number: int, row: dict[str, Any]) -> Iterator[Money]:
    found = money_of(year.county, number)
    chosen = {id(one) for one in _asked([money.asked for money in found], row)}
    return (money for money in found if id(money.asked) in chosen)


def _who(year: Year, asked: Asked) -> Actor:
    return year.economists[asked.recipient.code] if asked.level == "municipalities" else year.controller


def _request(year: Year, asked: Asked, row: dict[str, Any], *, made_up: bool) -> None:
    by, grant, recipient = _who(year, asked), asked.grant, asked.recipient
    if day := row.get("declined_on"):
        move_requisition(
            by=by, at=_moment(day), grant=grant, recipient=recipient, to=Q.DECLINED, told=Told(why=row["reason"]),
            made_up=made_up,
        )  # fmt: skip
        return
    amount = asked.granted + row.get("differs", 0)
    signed = Told(row["signed_on"], amount, row["signed_by"], row["signed_function"], row.get("why", ""))
    steps = [(Q.SIGNED, signed)]
    steps += [(to, Told(row[f"{to.value}_on"], amount)) for to in (Q.SENT, Q.PAID, Q.RECEIVED)]
    for to, told in steps:
        at = _moment(row[f"{to.value}_on"])
        move_requisition(by=by, at=at, grant=grant, recipient=recipient, to=to, told=told, made_up=made_up)


def _use(year: Year, number: int, row: dict[str, Any], *, made_up: bool) -> None:
    if key := row.get("line"):
        line = year.lines[key]
        costs = costs_in_kronor(line.amount, row)
        tell_use(by=year.controller, at=_moment(TOLD), about=About(line=line), costs=costs, version=0, made_up=made_up)
        return
    for money in _money(year, number, row):
        tell_use(
            by=_who(year, money.asked), at=_moment(TOLD), version=0, made_up=made_up,
            about=About(grant=money.asked.grant, recipient=money.asked.recipient),
            costs=costs_in_kronor(money.facts.expected, row),
        )  # fmt: skip


def _pay(year: Year, number: int, row: dict[str, Any], *, made_up: bool) -> None:
    line, on = year.lines[row["line"]], row["on"]
    who: dict[str, Any] = {"by": year.controller, "at": _moment(on), "line": line, "on": on, "made_up": made_up}
    if row.get("kind") == "back":
        party = year.parties[row["party"]]
        owed = next(
            one.facts.to_return
            for money in money_of(year.county, number)
            for found in money.lines
            for one in found.receivers
            if found.row == line and one.party == party
        )
        pay(**who, party=party, kind="back", amount=owed)
    elif "amount" in row:
        pay(**who, amount=row["amount"])
    else:
        pay_out_all(**who)
