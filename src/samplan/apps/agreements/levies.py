"""What a levy may be reckoned on, what each party got from it, and whether that has changed since. Reads only.

Amounts are whole kronor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch

from samplan.apps.agreements.models import Allocation, Grant, LevySource, Share
from samplan.apps.agreements.queries import grants_with_history
from samplan.apps.agreements.requisitions import asked_of
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import in_order, parties_of
from samplan.domain.allocation import Allocation as Computed
from samplan.domain.allocation import Rounding, Row, levy, prove
from samplan.domain.allocation import Share as ComputedShare
from samplan.domain.allocation_keys import Levy
from samplan.domain.cycle import RequisitionStatus


@dataclass(frozen=True, slots=True)
class Source:
    """A grant in force or a decided allocation: the kronor that each party got from it, by code.

    A party that has declined the money has got nothing; `declined` is why, by code.
    """

    row: Grant | Allocation
    amounts: Mapping[str, int]
    declined: Mapping[str, str] = field(default_factory=dict)

    @property
    def uid(self) -> Any:
        return self.row.uid

    @property
    def title(self) -> str:
        return title_of(self.row)

    @property
    def level(self) -> str:
        return level_of(self.row)

    @property
    def total(self) -> int:
        return sum(self.amounts.values())

    @property
    def preliminary(self) -> bool:
        """Whether the amounts may still become others: a grant that is not decided."""
        return isinstance(self.row, Grant) and self.row.state != "decided"


def title_of(row: Grant | Allocation) -> str:
    if isinstance(row, Allocation):
        return row.title
    section = row.line.section
    return f"{section.number.rstrip('.')}. {section.title}"


def level_of(row: Grant | Allocation) -> str:
    """The recipient level of a grant; empty for an allocation."""
    return row.line.level if isinstance(row, Grant) else ""


def sources_of(county: str, year: int) -> tuple[list[Source], list[Grant]]:
    """Everything that a levy can be reckoned on: grants to the region or to each municipality, and decided allocations.

    Also the municipalities' grants that cannot be, as nobody knows to the krona what each got: their decided amount is
    not the sum of the parts. Joint money is nobody's own before it is allocated.
    """
    by_grant: dict[Grant, Source] = {}
    unclear: dict[Grant, int] = {}
    for asked in asked_of(county, year):
        if asked.level == "joint":
            continue
        made = by_grant.setdefault(asked.grant, Source(asked.grant, {}, {}))
        unclear[asked.grant] = unclear.get(asked.grant, 0) + asked.granted
        said_no = asked.row is not None and asked.state is RequisitionStatus.DECLINED
        made.amounts[asked.recipient.code] = 0 if said_no else asked.granted  # type: ignore[index]
        if said_no and asked.row:
            made.declined[asked.recipient.code] = asked.row.reason  # type: ignore[index]
    differing = [grant for grant, parts in unclear.items() if parts and parts != grant.amount]
    found = [source for grant, source in by_grant.items() if unclear[grant] and grant not in differing]
    shares = Prefetch("shares", Share.objects.select_related("party"))
    decided = Allocation.objects.filter(county=county, year=year, kind="shared", state="frozen")
    decided = decided.select_related("decision_point__decision").prefetch_related(shares)
    for row in decided.order_by("title", "id"):
        found.append(Source(row, {share.party.code: share.amount for share in row.shares.all()}))
    return found, differing


def payers_of(county: str, sources: Iterable[Source], *, on: date) -> list[Party]:
    """Everybody that has a part of a source, and the county's others of the same kind on that day, who got nothing."""
    codes = {code for source in sources for code in source.amounts}
    given = list(Party.objects.filter(county=county, code__in=codes).select_related("organisation"))
    others = parties_of(county, on=on, roles={party.role for party in given})
    return in_order({*given, *others})


def compute_levy(key: Levy, sources: Iterable[Source], parties: Iterable[Party], rounding: Rounding) -> Computed:
    """What each party pays of what it has got, proven. Raises Invalid with the engine's codes."""
    listed = list(sources)
    rows = []
    for party in parties:
        parts = tuple((str(one.uid), one.amounts[party.code]) for one in listed if party.code in one.amounts)
        rows.append(Row(party.code, party.name, sum(kronor for _uid, kronor in parts), parts=parts))
    made = levy(key, rows, rounding)
    prove(made)
    return made


def explained_levy(share: ComputedShare, sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The way to what a party pays, each source with its name, so that it can be read when the source is superseded."""
    by_uid = {str(source.uid): source for source in sources}
    steps = [dict(step) for step in share.explanation]
    for step in steps:
        if step["step"] == "got":
            step["sources"] = [_named(part, by_uid[part["source"]], share.code) for part in step["sources"]]
    return steps


def _named(part: Mapping[str, Any], source: Source, code: str) -> dict[str, Any]:
    named = {**part, "title": source.title, "level": source.level}
    return named | ({"declined": source.declined[code]} if code in source.declined else {})


@dataclass(frozen=True, slots=True)
class Changed:
    """A source of a levy that is no longer as it was reckoned, and what has taken its place, if anything has."""

    was: LevySource
    now: Source | None

    @property
    def title(self) -> str:
        return title_of(self.was.source)

    @property
    def replaced(self) -> bool:
        """Whether another row has taken its place; otherwise its own amounts have changed, or it counts no more."""
        return self.now is not None and self.now.row != self.was.source


def sources_in(allocation: Allocation) -> list[LevySource]:
    """What a levy was reckoned on, in order."""
    return list(allocation.sources.select_related("grant__line__section__agreement", "allocation").order_by("id"))


def source_now(
    county: str, year: int, rows: Iterable[LevySource], offered: Iterable[Source]
) -> dict[int, Source | None]:
    """By row id of a levy's source, which of those `offered` it is today; None when it counts no more."""
    there = {(type(source.row), source.row.pk): source for source in offered}
    heir: dict[tuple[type, int], int] = {}
    for grant, ids, _kronor in grants_with_history(county, year):
        heir |= {(Grant, pk): grant.pk for pk in ids}
    listed = Allocation.objects.filter(county=county, year=year).exclude(state="draft").order_by("id")
    for pk, before in listed.values_list("pk", "supersedes_id"):
        # Later rows have higher ids, so a chain is walked from its beginning.
        heir |= {key: pk for key, last in heir.items() if key[0] is Allocation and last == before}
        heir[Allocation, pk] = pk
    found: dict[int, Source | None] = {}
    for row in rows:
        kind = Grant if row.grant_id else Allocation
        pk = row.grant_id or row.allocation_id or 0
        found[row.pk] = there.get((kind, heir.get((kind, pk), 0)))
    return found


def changed_sources(county: str, year: int, levies: Iterable[Allocation]) -> dict[int, list[Changed]]:
    """By a levy's row id, those of its sources that are no longer as they were; levies without are left out.

    A number of queries that does not depend on how many levies there are.
    """
    wanted = [one.pk for one in levies if one.kind == "levy" and one.state != "superseded"]
    if not wanted:
        return {}
    rows = LevySource.objects.filter(levy__in=wanted).order_by("id")
    rows = rows.select_related("grant__line__section__agreement", "allocation")
    offered, _unclear = sources_of(county, year)
    now = source_now(county, year, rows, offered)
    found: dict[int, list[Changed]] = {}
    for row in rows:
        there = now[row.pk]
        same = there is not None and there.row == row.source and there.total == row.amount
        if not same:
            found.setdefault(row.levy_id, []).append(Changed(row, there))
    return found
