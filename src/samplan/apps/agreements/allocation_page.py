"""What the page of an allocation says: its sentences, and a row for each party with the way to its amount."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.beside import Beside
from samplan.apps.agreements.explain import (
    age_words,
    area_words,
    cells,
    exempt_words,
    key_words,
    last_kronor,
    nothing_words,
    percent_text,
    stored_key,
)
from samplan.apps.agreements.models import Allocation, Share
from samplan.apps.agreements.queries import get_allocation_for
from samplan.apps.orgs.models import Party
from samplan.base.kernel.pages import actor_of
from samplan.base.ui.templatetags.samplan import kronor, signed
from samplan.domain.allocation_keys import Equal, Fixed, Key, Levy, Split, Steps
from samplan.domain.exact import decimals


class Trial(NamedTuple):
    """What the page has beside an allocation: the form, what was tried, everybody shown, and what else is said."""

    form: Any
    beside: Beside | None
    parties: list[Party]
    more: dict[str, Any]


def replaced_by(request: HttpRequest, county: str, year: int) -> Allocation | None:
    """The decided allocation that a new one is to take the place of (`?ersatter=`)."""
    try:
        uid = UUID(request.GET.get("ersatter", ""))
    except ValueError:
        return None
    return get_allocation_for(actor_of(request), uid, county=county, year=year)


def counted_by(key: Key) -> str:
    """What the key counts in each party, in words; empty when it counts nothing."""
    if isinstance(key, Levy):
        return _("Har fått, kr")
    if isinstance(key, Equal | Fixed):
        return ""
    return age_words(key) or _("Invånare")


def _persons(steps: list[dict[str, Any]]) -> int | None:
    """How many persons, or kronor got, a share was counted by; None when it was not."""
    counts = {"weight": "weight", "steps": "weight", "got": "amount"}
    return next((int(step[counts[step["step"]]]) for step in steps if step["step"] in counts), None)


def party_words(parties: list[Party]) -> str:
    municipalities = sum(party.role == "municipality" for party in parties)
    if municipalities == len(parties):
        return ngettext("en kommun", "%(n)s kommuner", municipalities) % {"n": municipalities}
    return ngettext("en part", "%(n)s parter", len(parties)) % {"n": len(parties)}


def heading_of(found: Allocation, key: Key, shares: Mapping[Party, Share]) -> str:
    """The sum, and between whom it is shared or who pays it."""
    if not isinstance(key, Levy):
        return _("%(amount)s till %(parties)s") % {"amount": kronor(found.amount), "parties": party_words(list(shares))}
    payers = [party for party, share in shares.items() if share.weight != "0" and party.code not in dict(key.exempt)]
    total = kronor(sum(share.amount for share in shares.values()))
    return _("%(amount)s från %(parties)s") % {"amount": total, "parties": party_words(payers)}


def lead_of(found: Allocation, key: Key, shares: Mapping[Party, Share]) -> str:
    """How it is shared, what is special about somebody, and where it stands."""
    names = {party.code: party.name for party in shares}
    nothing = list[str]()
    if isinstance(key, Levy):
        exempt = dict(key.exempt)
        nothing = [party.name for party, share in shares.items() if share.weight == "0" and party.code not in exempt]
    exactly = _("till sista kronan") if found.rounding == "largest-remainder" else _("till närmaste krona")
    shape = _("Fördelat efter %(key)s, %(exactly)s.")
    if isinstance(key, Equal):
        shape = _("Fördelat i %(key)s, %(exactly)s.")
    elif isinstance(key, Split):
        shape = _("Fördelat med %(key)s, %(exactly)s.")
    words = shape % {"key": _lower(key_words(key)), "exactly": exactly}
    if isinstance(key, Fixed):
        words = _("Fördelat för hand.")
    if isinstance(key, Steps):
        words = _("Fördelat %(key)s.") % {"key": _lower(key_words(key))}
    if isinstance(key, Levy):
        percent = percent_text(key.to_data()["percent"])
        words = _("Var och en avsätter %(percent)s av vad den har fått, %(exactly)s.")
        words %= {"percent": percent, "exactly": exactly}
    special = (
        area_words(key, names, brief=True), exempt_words(key, names), nothing_words(nothing, brief=True),
    )  # fmt: skip
    words = " ".join(filter(None, (words, *special)))
    if found.state == "draft":
        return words + " " + _("Förslaget är inte beslutat än, så du kan prova fritt.")
    if found.state == "frozen" and found.decision_point:
        return words + " " + _("Beslutat av %(body)s.") % {"body": found.decision_point.decision.body.name}
    later = _("Ersatt av en senare avsättning.") if found.kind == "levy" else _("Ersatt av en senare fördelning.")
    return f"{words} {later}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def ways_to(allocation: Allocation) -> dict[str, dict[str, Any]]:
    """The way to each party's amount in an allocation, by the party's code; one query."""
    shares = {share.party: share for share in allocation.shares.select_related("party")}
    found = rows_of(list(shares), shares, None, counted_by(stored_key(allocation)))
    return {row["party"].code: row for row in found}


def _percent(difference: int, amount: int) -> str:
    """A difference in per cent of what there is, with its sign; empty when there is nothing."""
    if not amount:
        return ""
    return f"{signed(decimals(Fraction(difference * 100, amount), 1), 1)}\u00a0%"


def rows_of(
    parties: list[Party], shares: Mapping[Party, Share], beside: Beside | None, counted: str
) -> list[dict[str, Any]]:
    """A row for each party; beside another key also what that gives, the difference, and the way to it."""
    names = {party.code: party.name for party in parties}
    largest = max([share.amount for share in shares.values()] or [0])
    unit = "" if counted == _("Invånare") else counted
    rows = []
    for party in parties:
        share = shares.get(party)  # none where only what was tried has the party
        amount, steps = (share.amount, json.loads(share.explanation)) if share else (0, [])
        row = {
            "party": party, "amount": amount, "persons": _persons(steps),
            "bar": f"{amount * 100 / largest:.2f}" if largest else "0",
            "cells": cells(steps, name=party.name, unit=unit), "last": last_kronor(steps, names),
        }  # fmt: skip
        if beside:
            other, tried = beside.amounts.get(party.code, 0), beside.steps.get(party.code, [])
            row |= {
                "other": other, "difference": other - amount, "percent": _percent(other - amount, amount),
                "other_last": last_kronor(tried, names),
                "other_cells": cells(tried, name=party.name, unit=beside.unit),
            }  # fmt: skip
        rows.append(row)
    return rows
