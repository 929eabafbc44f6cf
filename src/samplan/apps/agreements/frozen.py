"""A decided allocation as it was frozen, and whether it still stands so."""

from __future__ import annotations

import json

from samplan.apps.agreements.levies import level_of, sources_in, title_of
from samplan.apps.agreements.models import Allocation
from samplan.apps.bodies.models import DecisionPoint
from samplan.domain.allocation_facts import AllocationFacts, ShareFacts, SourceFacts, read, write
from samplan.domain.facts import Frozen, frozen


def facts_of(allocation: Allocation, point: DecisionPoint) -> Frozen:
    """An allocation as it is, to be kept with the decision on it."""
    shares = [
        ShareFacts(row.party.code, row.party.name, row.weight, row.amount, tuple(json.loads(row.explanation)))
        for row in allocation.shares.select_related("party").order_by("id")
    ]
    sources = [
        SourceFacts(
            str(row.source.uid),
            "grant" if row.grant_id else "allocation",
            title_of(row.source),
            level_of(row.source),
            row.amount,
        )
        for row in sources_in(allocation)
    ]
    on = allocation.population_on
    return write(
        AllocationFacts(
            allocation.title, allocation.county, allocation.year, allocation.amount, json.loads(allocation.key),
            allocation.rounding, str(point.uid), on.isoformat() if on else None, tuple(shares), allocation.kind,
            tuple(sources),
        )
    )  # fmt: skip


def stamp_of(allocation: Allocation) -> str:
    """A short mark of how an allocation is reckoned and what each gets, to tell whether it is the one that was seen."""
    shares = sorted((row.party_id, row.amount) for row in allocation.shares.all())
    how = [allocation.key, allocation.amount, allocation.rounding, str(allocation.population_on), shares]
    return frozen(how).sha256[:16]


def as_decided(allocation: Allocation) -> bool:
    """Whether a decided allocation's rows are those that were frozen, in whichever format; false also when the frozen
    text has been changed."""
    try:
        kept = read(allocation.facts, allocation.facts_sha256)
    except ValueError:
        return False
    rows = {(row.party.code, row.weight, row.amount) for row in allocation.shares.all()}
    whole = (allocation.amount, json.loads(allocation.key), allocation.rounding, allocation.kind)
    return whole == (kept.amount, kept.key, kept.rounding, kept.kind) and rows == {
        (share.party, share.weight, share.amount) for share in kept.shares
    }
