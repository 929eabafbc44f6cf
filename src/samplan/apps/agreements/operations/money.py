"""Every write about agreements, grants and allocations. Amounts are whole kronor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samplan.apps.agreements.computing import compute, county_grant, explained
from samplan.apps.agreements.frozen import facts_of, stamp_of
from samplan.apps.agreements.models import (
    Agreement,
    AgreementSection,
    Allocation,
    Grant,
    SectionLine,
    SectionPoint,
    Share,
)
from samplan.apps.agreements.operations.levies import demand_replaceable, demand_sources
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.bodies.operations import demand_point
from samplan.apps.orgs.models import Party
from samplan.base.audit.trace import record
from samplan.domain.access import Actor, Permission, may
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import Key
from samplan.domain.cycle import ALLOCATION_MOVES, AllocationStatus, step
from samplan.domain.errors import Invalid, Refused
from samplan.domain.facts import canonical_json
from samplan.domain.freetext import free_text, one_line

LEVELS = ("joint", "region", "municipalities")
AGREEMENT_STATES = ("expected", "signed", "revised")


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a section gives one recipient level in the whole country, and the state's own key."""

    level: str
    amount: int
    key: Key
    title: str = ""
    rounding: Rounding = Rounding.NEAREST
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class NewSection:
    number: str
    tag: str
    title: str
    lines: tuple[NewLine, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """The agreement's last days: to request the money, use it, report and repay what is left."""

    request_by: date | None = None
    use_by: date | None = None
    report_by: date | None = None
    repay_by: date | None = None


@transaction.atomic
def create_agreement(
    *,
    by: Actor,
    at: datetime,
    year: int,
    title: str,
    parties: str,
    state: str,
    sections: Iterable[NewSection] = (),
    dates: Dates = Dates(),
    signed_on: date | None = None,
    may_carry_on: bool = False,
    supersedes: Agreement | None = None,
) -> Agreement:
    """An agreement with its sections and national sums. A revised one is a new row that supersedes the old one.

    `may_carry_on`: what is left may be used the year after instead of being repaid.

    Agreements belong to the installation; any coordinator may enter one (MANAGE_MONEY in some county).
    """
    _demand_agreements(by)
    if not title.strip():
        raise Invalid("required", field="title")
    if state not in AGREEMENT_STATES:
        raise Invalid("unknown_choice", field="state")
    if supersedes is not None and Agreement.objects.filter(supersedes=supersedes).exists():
        raise Refused("already_superseded")
    agreement = Agreement.objects.create(
        year=year, title=title.strip(), parties=parties.strip(), state=state, signed_on=signed_on,
        supersedes=supersedes, request_by=dates.request_by, use_by=dates.use_by, report_by=dates.report_by,
        repay_by=dates.repay_by, may_carry_on=may_carry_on,
    )  # fmt: skip
    for section in sections:
        _add_section(agreement, section)
    record(by=by, at=at, verb="agreement_created", subject=agreement, after={"title": agreement.title, "state": state})
    return agreement


def _demand_agreements(by: Actor) -> None:
    if not may(by, Permission.INSTALLATION) and not any(
        may(by, Permission.MANAGE_MONEY, county=county) for county in by.counties
    ):
        raise Refused("forbidden")


def _add_section(agreement: Agreement, new: NewSection) -> AgreementSection:
    if not new.title.strip() or not new.tag.strip():
        raise Invalid("required", field="sections")
    if AgreementSection.objects.filter(agreement=agreement, number=new.number).exists():
        raise Invalid("number_taken", field="sections")
    # Numbers are written as in the agreement: 3.1 lies under 3.
    parent = AgreementSection.objects.filter(agreement=agreement, number=new.number.rpartition(".")[0]).first()
    section = AgreementSection.objects.create(
        agreement=agreement, number=new.number, tag=new.tag.strip(), title=new.title.strip(), parent=parent
    )
    for line in new.lines:
        if line.level not in LEVELS:
            raise Invalid("unknown_choice", field="level")
        if line.amount < 0:
            raise Invalid("negative", field="amount")
        SectionLine.objects.create(
            section=section, level=line.level, title=line.title.strip(), amount=line.amount,
            key=canonical_json(line.key.to_data()), rounding=line.rounding.value, made_up=line.made_up,
        )  # fmt: skip
    SectionPoint.objects.bulk_create(
        SectionPoint(section=section, number=number, text=text) for number, text in enumerate(new.points, start=1)
    )
    return section


@transaction.atomic
def add_section(*, by: Actor, at: datetime, agreement: Agreement, section: NewSection) -> AgreementSection:
    """One more section of an agreement."""
    _demand_agreements(by)
    made = _add_section(agreement, section)
    record(by=by, at=at, verb="section_added", subject=agreement, after={"number": made.number, "title": made.title})
    return made


@transaction.atomic
def compute_grants(
    *, by: Actor, at: datetime, county: str, agreement: Agreement, population_on: date, state: str = "preliminary"
) -> list[Grant]:
    """What the agreement's lines give a county by their own keys. Grants there already are superseded when the sum
    differs, and so are those that the agreement this one revises gave for the same short name and recipient level.

    `state`: preliminary or decided. Raises Invalid("population_missing", names).
    """
    may(by, Permission.MANAGE_MONEY, county=county).demand()
    if state not in {"preliminary", "decided"}:
        raise Invalid("unknown_choice", field="state")
    made = []
    lines = SectionLine.objects.filter(section__agreement=agreement).select_related("section__agreement")
    for line in lines:
        result = county_grant(line, county, on=population_on)
        there = Grant.objects.filter(county=county, line=line, superseded_by=None).first()
        if there and there.computed == result.amount and there.state == state:
            continue
        if there and there.state == "decided" and state == "preliminary":
            continue
        there = there or _grant_before(county, line)
        grant = Grant.objects.create(
            county=county, line=line, state=state, amount=result.amount, computed=result.amount, made_up=line.made_up,
            computation=canonical_json(result.computation), created_at=at, supersedes=there,
        )  # fmt: skip
        before = {"amount": there.amount} if there else None
        record(by=by, at=at, verb="grant_computed", subject=grant, before=before, after={"amount": grant.amount})
        made.append(grant)
    return made


def _grant_before(county: str, line: SectionLine) -> Grant | None:
    """What the revised agreement gave for the same thing."""
    before = SectionLine.objects.filter(
        section__agreement=line.section.agreement.supersedes_id, section__tag=line.section.tag, level=line.level
    )
    return Grant.objects.filter(county=county, line__in=before, superseded_by=None).first()


@transaction.atomic
def decide_grant(*, by: Actor, at: datetime, grant: Grant, amount: int, reason: str = "") -> Grant:
    """Enter the amount that was decided. It may differ from the computed one, and then says why or stays "differs"."""
    may(by, Permission.MANAGE_MONEY, county=grant.county).demand()
    if amount < 0:
        raise Invalid("negative", field="amount")
    reason = free_text(reason, field="reason")
    if Grant.objects.filter(supersedes=grant).exists():
        raise Refused("already_superseded")
    made = Grant.objects.create(
        county=grant.county, line=grant.line, state="decided", amount=amount, computed=grant.computed,
        computation=grant.computation, difference_reason=reason, made_up=grant.made_up, created_at=at,
        supersedes=grant,
    )  # fmt: skip
    before, after = {"amount": grant.amount, "state": grant.state}, {"amount": amount, "state": "decided"}
    record(by=by, at=at, verb="grant_decided", subject=made, before=before, after=after | {"reason": reason})
    return made


@transaction.atomic
def decide_grants(*, by: Actor, at: datetime, amounts: Mapping[Grant, int]) -> list[Grant]:
    """Enter many decided amounts at once, or none. Those that are decided at the same amount already are left alone."""
    return [
        decide_grant(by=by, at=at, grant=grant, amount=amount)
        for grant, amount in amounts.items()
        if grant.state != "decided" or grant.amount != amount
    ]


@dataclass(frozen=True, slots=True)
class How:
    """How a sum is to be shared: kronor, key, rounding, and the date of the population it counts by."""

    amount: int
    key: Key
    rounding: Rounding = Rounding.LARGEST_REMAINDER
    population_on: date | None = None


@transaction.atomic
def draft_allocation(
    *,
    by: Actor,
    at: datetime,
    county: str,
    year: int,
    title: str,
    how: How,
    parties: Iterable[Party],
    made_up: bool = False,
    supersedes: Allocation | None = None,
) -> Allocation:
    """A sum shared between parties, computed and explained, and still free to change."""
    may(by, Permission.MANAGE_MONEY, county=county).demand()
    title = one_line(title)
    if supersedes is not None:
        demand_replaceable(supersedes, county=county, kind="shared")
    allocation = Allocation.objects.create(
        county=county, year=year, title=title, amount=how.amount, key=canonical_json(how.key.to_data()),
        rounding=how.rounding.value, population_on=how.population_on, made_up=made_up, supersedes=supersedes,
    )  # fmt: skip
    _write_shares(allocation, how, list(parties))
    after = {"title": allocation.title, "amount": how.amount, "key": how.key.to_data()}
    record(by=by, at=at, verb="allocation_drafted", subject=allocation, after=after)
    return allocation


@transaction.atomic
def change_allocation(
    *, by: Actor, at: datetime, allocation: Allocation, how: How, parties: Iterable[Party]
) -> Allocation:
    """Share a draft another way. A frozen one is changed by a new allocation that supersedes it."""
    may(by, Permission.MANAGE_MONEY, county=allocation.county).demand()
    locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if locked.state != AllocationStatus.DRAFT:
        raise Refused("allocation_frozen")
    if locked.kind != "shared":
        raise Refused("levy_kind")
    before = {"amount": locked.amount, "key": json.loads(locked.key), "rounding": locked.rounding}
    locked.amount, locked.key = how.amount, canonical_json(how.key.to_data())
    locked.rounding, locked.population_on = how.rounding.value, how.population_on
    locked.save()
    locked.shares.all().delete()
    _write_shares(locked, how, list(parties))
    after = {"amount": how.amount, "key": how.key.to_data(), "rounding": locked.rounding}
    record(by=by, at=at, verb="allocation_changed", subject=locked, before=before, after=after)
    return locked


def _write_shares(allocation: Allocation, how: How, parties: list[Party]) -> None:
    if any(party.county != allocation.county for party in parties):
        raise Refused("forbidden")
    result = compute(how.amount, how.key, parties, how.rounding, on=how.population_on)
    by_code = {party.code: party for party in parties}
    Share.objects.bulk_create(
        Share(
            county=allocation.county, allocation=allocation, party=by_code[share.code], group=share.row.group,
            weight=str(share.weight), amount=share.amount, explanation=canonical_json(explained(share)),
        )
        for share in result.shares
    )  # fmt: skip


@transaction.atomic
def freeze_allocation(
    *, by: Actor, at: datetime, allocation: Allocation, decision_point: DecisionPoint, seen: str = ""
) -> Allocation:
    """Fix an allocation at a body's decision: from now on it is superseded, never edited.

    Its facts are kept as canonical text with a hash. One that it supersedes steps back. `seen`: the stamp of what the
    person had before them; Refused("allocation_meanwhile") when it has been reckoned anew since. A levy is reckoned on
    what is in force and decided: Refused("levy_source_changed", "levy_source_preliminary", title).
    """
    locked = Allocation.objects.select_for_update().get(pk=allocation.pk)
    step(ALLOCATION_MOVES, by, AllocationStatus(locked.state), AllocationStatus.FROZEN, county=locked.county).demand()
    demand_point(decision_point, county=locked.county, kind="budget")
    if seen and seen != stamp_of(locked):
        raise Refused("allocation_meanwhile")
    if locked.kind == "levy":
        demand_sources(locked)
    facts = facts_of(locked, decision_point)
    locked.state, locked.decision_point = AllocationStatus.FROZEN.value, decision_point
    locked.facts, locked.facts_sha256 = facts.text, facts.sha256
    locked.save()
    if locked.supersedes_id:
        Allocation.objects.filter(pk=locked.supersedes_id).update(state=AllocationStatus.SUPERSEDED.value)
    after = {"state": "frozen", "decision_point": decision_point, "sha256": facts.sha256}
    verb = "levy_frozen" if locked.kind == "levy" else "allocation_frozen"
    record(by=by, at=at, verb=verb, subject=locked, before={"state": "draft"}, after=after)
    return locked
