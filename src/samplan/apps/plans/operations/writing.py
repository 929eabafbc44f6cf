"""How texts that several people write are compared and saved, and numbers in them that are no personal numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from samplan.apps.plans.models import NumberWaiver, Plan
from samplan.base.audit.trace import record
from samplan.base.kernel.numbers import number_mark
from samplan.domain.access import Actor, Permission, may
from samplan.domain.editing import text_hash
from samplan.domain.errors import Invalid
from samplan.domain.freetext import Waived, free_text
from samplan.domain.privacy import find_personal_numbers


def waived_in(plan: Plan | None) -> Waived:
    """Whether somebody has said of a number that it is none, in this plan's texts. Asks the database only when there is
    a number."""

    def waived(number: str) -> bool:
        if plan is None:
            return False
        return NumberWaiver.objects.filter(plan=plan, fingerprint=number_mark(plan.county, number)).exists()

    return waived


@transaction.atomic
def waive_number(*, by: Actor, at: datetime, plan: Plan, number: str, reason: str) -> None:
    """A person says of a number in the plan's texts that it is no personal identity number, and why. Kept is that
    somebody said so, not the number. Raises Invalid("reason_needed"), ("unknown_choice") for what is no such number."""
    may(by, Permission.MANAGE_PLAN, county=plan.county).demand()
    if not find_personal_numbers(number):
        raise Invalid("unknown_choice", field="number")
    told = free_text(reason, field="reason")
    if not told:
        raise Invalid("reason_needed", field="reason")
    _row, made = NumberWaiver.objects.get_or_create(
        plan=plan, fingerprint=number_mark(plan.county, number),
        defaults={"county": plan.county, "reason": told, "by_name": by.name, "at": at},
    )  # fmt: skip
    if made:
        record(by=by, at=at, verb="number_waived", subject=plan, after={"reason": told})


def carry_waivers(before: Plan, after: Plan) -> None:
    """What was said of numbers in a plan holds in the plan that follows it: its texts are copied there. Part of the
    operation that copies them."""
    there = set(NumberWaiver.objects.filter(plan=after).values_list("fingerprint", flat=True))
    for row in NumberWaiver.objects.filter(plan=before).exclude(fingerprint__in=there):
        NumberWaiver.objects.create(
            county=after.county, plan=after, fingerprint=row.fingerprint, reason=row.reason, by_name=row.by_name,
            at=row.at,
        )  # fmt: skip


def parted(row: Any, typed: Mapping[str, str], base: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a person changed since `base` (hashes of the texts they began with): (to be saved, changed by another
    too)."""
    ours, theirs = {}, {}
    for name, value in typed.items():
        there = getattr(row, name)
        if value == there or text_hash(value) == base[name]:
            continue
        if text_hash(there) == base[name]:
            ours[name] = value
        else:
            theirs[name] = there
    return ours, theirs


def save(row: Any, values: Mapping[str, Any]) -> None:
    """Set and save just these fields."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
