"""What the page of an allocation says: its sentences, and a row for each party with the way to its amount."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.beside import Beside
from samplan.apps.agreements.explain import age_words, area_words, cells, key_words, last_kronor
from samplan.apps.agreements.models import Allocation, Share
from samplan.apps.orgs.models import Party
from samplan.domain.allocation_keys import Equal, Fixed, Key, Split, Steps


def counted_by(key: Key) -> str:
    """What the key counts in each party, in words; empty when it counts nothing."""
    if isinstance(key, Equal | Fixed):
        return ""
    return age_words(key) or _("Invånare")


def _persons(steps: list[dict[str, Any]]) -> int | None:
    """How many persons a share was counted by; None when it was not."""
    return next((int(step["weight"]) for step in steps if step["step"] in {"weight", "steps"}), None)


def party_words(parties: list[Party]) -> str:
    municipalities = sum(party.role == "municipality" for party in parties)
    if municipalities == len(parties):
        return ngettext("en kommun", "%(n)s kommuner", municipalities) % {"n": municipalities}
    return ngettext("en part", "%(n)s parter", len(parties)) % {"n": len(parties)}


def lead_of(found: Allocation, key: Key, names: Mapping[str, str]) -> str:
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
    if area := area_words(key, names):
        words += " " + area
    if found.state == "draft":
        return words + " " + _("Förslaget är inte beslutat än, så du kan prova fritt.")
    if found.state == "frozen" and found.decision_point:
        return words + " " + _("Beslutat av %(body)s.") % {"body": found.decision_point.decision.body.name}
    return words + " " + _("Ersatt av en senare fördelning.")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def rows_of(
    parties: list[Party], shares: Mapping[Party, Share], beside: Beside | None, counted: str
) -> list[dict[str, Any]]:
    """A row for each party; beside another key also what that gives, the difference, and the way to it."""
    names = {party.code: party.name for party in parties}
    largest = max([share.amount for share in shares.values()] or [0])
    unit = "" if counted == _("Invånare") else counted
    rows = []
    for party in parties:
        share = shares[party]
        steps = json.loads(share.explanation)
        row = {
            "party": party, "share": share, "persons": _persons(steps),
            "bar": f"{share.amount * 100 / largest:.2f}" if largest else "0",
            "cells": cells(steps, name=party.name, unit=unit), "last": last_kronor(steps, names),
        }  # fmt: skip
        if beside:
            other, tried = beside.amounts.get(party.code, 0), beside.steps.get(party.code, [])
            row |= {
                "other": other, "difference": other - share.amount, "other_last": last_kronor(tried, names),
                "other_cells": cells(tried, name=party.name, unit=beside.unit),
            }  # fmt: skip
        rows.append(row)
    return rows
