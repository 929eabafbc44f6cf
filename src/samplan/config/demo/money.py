"""The money of the demo's year after it was shared: requests, entered by those who would enter them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.agreements.requisitions import Asked, asked_of
from samplan.domain.access import Actor
from samplan.domain.cycle import RequisitionStatus as Q
from samplan.domain.deadlines import SWEDEN

if TYPE_CHECKING:
    from samplan.config.demo.build import Year


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(14), tzinfo=SWEDEN)


def write_money(year: Year, number: int) -> None:
    """Everything that the file says of the money of the year `number`."""
    data = year.read("money")
    asked = asked_of(year.county, number)
    for row in data["requests"]:
        for one in asked:
            if one.level == row["level"] and one.recipient.code in row.get("parties", [one.recipient.code]):
                _request(year, one, row, made_up=data["made_up"])


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
