"""Every write about levies: a percentage of what each party got from named sources goes to a joint pot.

A levy is an allocation of kind "levy", so it is frozen at a decision, kept and superseded as any other. It follows its
sources only when a person says so: when one is superseded the levy stands until a new one has been decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samplan.apps.agreements.levies import (
    Source,
    changed_sources,
    compute_levy,
    explained_levy,
    payers_of,
    sources_in,
    sources_of,
    title_of,
)
from samplan.apps.agreements.models import Allocation, Grant, LevySource, Share
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import Levy
from samplan.domain.cycle import AllocationStatus
from samplan.domain.errors import Invalid, Refused
from samplan.domain.exact import Exact
from samplan.domain.facts import canonical_json
from samplan.domain.freetext import one_line

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class LevyHow:
    """What is taken: a percentage of what each got from the sources, and who pays nothing (code and reason)."""

    percent: Exact
    sources: tuple[Grant | Allocation, ...]
    rounding: Rounding = Rounding.LARGEST_REMAINDER
    exempt: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def draft_levy(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    how: LevyHow,
    supersedes: Allocation | None = None,
) -> Allocation:
    """A levy computed and explained, and still free to change. Made up when a source is.

    Raises Refused("levy_source_unknown") for a source that is not the county's and year's, or not in force; Invalid
    ("levy_sources_missing") and the engine's codes.
    """
    may(by, Permission.MANAGE_MONEY, county=county).demand()
    title = one_line(title)
    if supersedes is not None:
        demand_replaceable(supersedes, county=county, kind="levy")
    key = _key(how)
    levy = Allocation(
        county=county, year=year, kind="levy", title=title, amount=0, key=canonical_json(key.to_data()),
        rounding=how.rounding.value, supersedes=supersedes,
    )  # fmt: skip
    _write(levy, key, how, at)
    after = {"title": title, "amount": levy.amount, "key": key.to_data(), "sources": _titles(how)}
    record(by=by, at=at, verb="levy_drafted", subject=levy, after=after)
    return levy


@transaction.atomic
def change_levy(*, by: Actor, at: datetime, allocation: Allocation, how: LevyHow) -> Allocation:
    """Take another percentage, of other sources, or round otherwise, while it is a draft. Raises as `draft_levy`."""
    may(by, Permission.MANAGE_MONEY, county=allocation.county).demand()
    locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if locked.state != AllocationStatus.DRAFT:
        raise Refused("allocation_frozen")
    if locked.kind != "levy":
        raise Refused("levy_kind")
    before = {"amount": locked.amount, "key": json.loads(locked.key), "rounding": locked.rounding}
    key = _key(how)
    locked.key, locked.rounding = canonical_json(key.to_data()), how.rounding.value
    locked.shares.all().delete()
    locked.sources.all().delete()
    _write(locked, key, how, at)
    after = {"amount": locked.amount, "key": key.to_data(), "rounding": locked.rounding, "sources": _titles(how)}
    record(by=by, at=at, verb="levy_changed", subject=locked, before=before, after=after)
    return locked


def demand_replaceable(old: Allocation, *, county: str, kind: str) -> None:
    """A decided allocation of the same kind that nothing has been begun to replace yet."""
    if old.county != county or old.state != AllocationStatus.FROZEN:
        raise Refused("decision_superseded")
    if old.kind != kind:
        raise Refused("levy_kind")
    if Allocation.objects.filter(supersedes=old).exists():
        raise Refused("already_superseded")


def demand_sources(levy: Allocation) -> None:
    """What a levy was reckoned on is in force, decided, and as it was."""
    # Nobody supersedes one meanwhile.
    list(Allocation.objects.select_for_update().filter(levies__levy=levy).values_list("pk"))
    for changed in changed_sources(levy.county, levy.year, [levy]).get(levy.pk, []):
        raise Refused("levy_source_changed", title=changed.title)
    for row in sources_in(levy):
        if row.grant is not None and row.grant.state != "decided":
            raise Refused("levy_source_preliminary", title=title_of(row.grant))


def _key(how: LevyHow) -> Levy:
    exempt = ((code, one_line(reason, field="exempt", most=LONGEST_REASON)) for code, reason in how.exempt)
    return Levy(how.percent, tuple(exempt))


def _titles(how: LevyHow) -> list[str]:
    return list(dict.fromkeys(title_of(one) for one in how.sources))


def _write(levy: Allocation, key: Levy, how: LevyHow, at: datetime) -> None:
    """The levy with its sources and shares, reckoned on what is in force now."""
    sources = _chosen(levy, how.sources)
    parties = payers_of(levy.county, sources, on=timezone.localdate(at))
    made = compute_levy(key, sources, parties, how.rounding)
    levy.amount, levy.made_up = made.amount, any(source.row.made_up for source in sources)
    levy.save()
    LevySource.objects.bulk_create(
        LevySource(
            county=levy.county, levy=levy, amount=source.total,
            grant=source.row if isinstance(source.row, Grant) else None,
            allocation=source.row if isinstance(source.row, Allocation) else None,
        )
        for source in sources
    )  # fmt: skip
    by_code = {party.code: party for party in parties}
    Share.objects.bulk_create(
        Share(
            county=levy.county, allocation=levy, party=by_code[share.code], weight=str(share.weight),
            amount=share.amount, explanation=canonical_json(explained_levy(share, sources)),
        )
        for share in made.shares
    )  # fmt: skip


def _chosen(levy: Allocation, rows: Iterable[Grant | Allocation]) -> list[Source]:
    wanted = list(rows)
    if not wanted:
        raise Invalid("levy_sources_missing", field="sources")
    offered, _unclear = sources_of(levy.county, levy.year)
    found = [source for source in offered if source.row in wanted]
    if len(found) != len(set(wanted)):
        raise Refused("levy_source_unknown")
    return found
