"""The county's book of addresses, and its days of reminding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from samplan.apps.letters.models import PartyAddress, ReminderDays
from samplan.apps.orgs.models import Party
from samplan.base.audit.trace import changed, record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.errors import Invalid
from samplan.domain.freetext import one_line
from samplan.domain.reminders import Days, Who

LONGEST = 180


@transaction.atomic
def write_addresses(
    *, by: Actor, at: datetime, party: Party, addresses: Mapping[Who, str], language: str = "sv"
) -> None:
    """Where a party is written to when nobody there has an account; an empty address is taken away.

    Raises Invalid("email", field=who).
    """
    may(by, Permission.MANAGE_DIRECTIVES, county=party.county).demand()
    there = {row.who: row for row in PartyAddress.objects.select_for_update().filter(party=party)}
    before, after = {}, {}
    for who, typed in addresses.items():
        email, row = typed.strip(), there.get(who)
        old = row.email if row else ""
        if email == old and (row is None or row.language == language):
            continue
        if not email:
            PartyAddress.objects.filter(party=party, who=who).delete()
        else:
            try:
                validate_email(email)
            except ValidationError:
                raise Invalid("email", field=who.value) from None
            PartyAddress.objects.update_or_create(
                party=party, who=who,
                defaults={"county": party.county, "email": one_line(email, field=who.value), "language": language},
            )  # fmt: skip
        before[who.value], after[who.value] = old, email
    if after:
        record(by=by, at=at, verb="addresses_written", subject=party, before=before, after=after)


@transaction.atomic
def set_days(*, by: Actor, at: datetime, county: str, days: Days) -> None:
    """On which days the county reminds. Raises Invalid("days_in_order", field="last")."""
    may(by, Permission.MANAGE_DIRECTIVES, county=county).demand()
    for name in ("before", "after", "last"):
        value = getattr(days, name)
        if value is not None and not 1 <= value <= LONGEST:
            raise Invalid("days_between", field=name, most=LONGEST)
    if days.after is not None and days.last is not None and days.last <= days.after:
        raise Invalid("days_in_order", field="last")
    row, _made = ReminderDays.objects.get_or_create(
        county=county, defaults={"before": Days().before, "after": Days().after, "last": Days().last}
    )
    values = {"before": days.before, "on": days.on, "after": days.after, "last": days.last}
    before, after = changed(row, values)
    if after:
        ReminderDays.objects.filter(pk=row.pk).update(**after)
        record(by=by, at=at, verb="reminder_days_set", subject=row, before=before, after=after)
