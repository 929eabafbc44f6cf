"""Every write about requests for a grant's money: signed, sent, paid, received, declined, and each taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from samplan.apps.agreements.models import Grant, Requisition
from samplan.apps.agreements.queries import grant_in_force
from samplan.apps.agreements.requisitions import Asked, asked_among
from samplan.apps.orgs.models import Party
from samplan.base.audit.trace import record
from samplan.domain.access import Actor
from samplan.domain.cycle import RequisitionStatus, takes_back
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text, one_line
from samplan.domain.money import LARGEST

Q = RequisitionStatus
_STEPS = {
    Q.SIGNED: ("amount", "signed_on", "signed_by", "signed_function"),
    Q.SENT: ("sent_on",),
    Q.PAID: ("paid", "paid_on"),
    Q.RECEIVED: ("received", "received_on"),
    Q.DECLINED: ("reason",),
}
_DAYS = ("signed_on", "sent_on", "paid_on", "received_on")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a step: the day it was done, kronor (signed, paid, received), who signed, and why.

    `why`: the reason for declining, or why the kronor are not those of the step before.
    """

    on: date | None = None
    amount: int | None = None
    signed_by: str = ""
    signed_function: str = ""
    why: str = ""


@transaction.atomic
def move_requisition(
    *,
    by: Actor,
    at: datetime,
    grant: Grant,
    recipient: Party,
    to: RequisitionStatus,
    told: Told = Told(),
    made_up: bool = False,
) -> Requisition:
    """Take a recipient's request for its money of a grant one step on, or the last step back.

    A step back forgets what was said of it; the trace keeps it. Raises Refused("not_a_recipient", "no_such_move",
    "forbidden"), Invalid("required", "reason_needed", "negative", "number_too_large", "steps_in_order",
    "day_to_come") with the field of `Told`.
    """
    grant = grant_in_force(grant)
    Grant.objects.select_for_update().get(pk=grant.pk)  # two people at once: one after the other
    asked = _asked(grant, recipient)
    asked.may(by, to).demand()
    row = asked.row or Requisition(county=grant.county, grant=grant, recipient=recipient)
    if takes_back(asked.state, to):
        names = _STEPS[asked.state]
        values: dict[str, Any] = {name: "" if isinstance(getattr(row, name), str) else None for name in names}
        verb = "requisition_taken_back"
    else:
        values = _values(to, told, at)
        verb = f"requisition_{to.value}"
        if to is Q.SIGNED:
            row.grant = grant  # what was taken back may be asked for anew after the grant was decided anew
    if to is not Q.DECLINED and told.why.strip():
        values["difference_reason"] = free_text(told.why, field="why")
    before = {name: value for name in values if (value := getattr(row, name)) not in (None, "")}
    for name, value in values.items():
        setattr(row, name, value)
    _demand_order(row)
    row.state = to.value
    row.made_up = row.made_up or made_up
    row.save()
    after = {name: value for name, value in values.items() if value not in (None, "")}
    record(by=by, at=at, verb=verb, subject=row, before=before, after=after)
    return row


def _asked(grant: Grant, recipient: Party) -> Asked:
    year = grant.line.section.agreement.year
    if recipient.county != grant.county:
        raise Refused("forbidden")
    mine = (one for one in asked_among(grant.county, year, [recipient]) if one.grant.pk == grant.pk)
    found = next(mine, None)
    if found is None:
        raise Refused("not_a_recipient")
    return found


def _values(to: RequisitionStatus, told: Told, at: datetime) -> dict[str, Any]:
    if to is Q.DECLINED:
        reason = free_text(told.why, field="why")
        if not reason:
            raise Invalid("reason_needed", field="why")
        return {"reason": reason}
    if told.on is None:
        raise Invalid("required", field="on")
    if told.on > swedish_day(at):
        raise Invalid("day_to_come", field="on")
    if to is Q.SENT:
        return {"sent_on": told.on}
    if told.amount is None:
        raise Invalid("required", field="amount")
    if told.amount < 0:
        raise Invalid("negative", field="amount")
    if told.amount > LARGEST:
        raise Invalid("number_too_large", field="amount")
    if to is not Q.SIGNED:
        return {to.value: told.amount, f"{to.value}_on": told.on}
    return {
        "amount": told.amount, "signed_on": told.on,
        "signed_by": one_line(told.signed_by, field="signed_by", most=200),
        "signed_function": one_line(told.signed_function, field="signed_function", most=200),
    }  # fmt: skip


def _demand_order(row: Requisition) -> None:
    days = [day for name in _DAYS if (day := getattr(row, name)) is not None]
    if days != sorted(days):
        raise Invalid("steps_in_order", field="on")
