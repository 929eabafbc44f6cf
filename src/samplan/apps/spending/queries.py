"""Reads about what became of the money: rows of four rooms as one picture, in the same number of queries however much
there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from samplan.apps.agreements.models import Share
from samplan.apps.agreements.requisitions import Asked, asked_of, handles
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.orgs.models import County, Party
from samplan.apps.orgs.queries import in_order
from samplan.apps.plans.models import BudgetLine
from samplan.apps.questionnaires.queries import answered, costs_audience, costs_in
from samplan.apps.spending.models import EconomicReport, Payment, Use
from samplan.domain.access import Actor, Permission, may, organisations_of
from samplan.domain.cycle import ReportStatus, RequisitionStatus
from samplan.domain.cycle import answered as has_answered
from samplan.domain.facts import from_data, thaw
from samplan.domain.questionnaire import Audience, QuestionKind, costs_of, may_see
from samplan.domain.spending import CostFacts, EconomicFacts, GrantFacts, LineFacts, ReceiverFacts

Key = tuple[int, int | None]
"""A budget line in force and the party it goes to (none for its one payee), by row ids."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What an accepted report says about costs, and who may see it."""

    costs: Mapping[str, int]
    uid: str
    number: int
    audience: Audience


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody that money goes to, and the organisation whose own people may say what it was used for. `waits`: it has
    sent in a report that is not accepted yet."""

    facts: ReceiverFacts
    party: Party | None = None
    organisation_id: int | None = None
    use: Use | None = None
    payments: tuple[Payment, ...] = ()
    report: Reported | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line, or (`row` None) a whole grant that its recipient uses undivided."""

    facts: LineFacts
    row: BudgetLine | None
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """A recipient's money of a grant with everything that became of it."""

    asked: Asked
    facts: GrantFacts
    lines: tuple[Line, ...]
    repayments: tuple[Payment, ...] = ()


@dataclass(slots=True)
class _Rows:
    """Everything about a county's year, by what it is about."""

    lines: dict[int, list[BudgetLine]] = field(default_factory=dict)
    shares: dict[int, list[Share]] = field(default_factory=dict)
    payments: dict[Key, list[Payment]] = field(default_factory=dict)
    uses: dict[Key, Use] = field(default_factory=dict)
    reports: dict[Key, Reported] = field(default_factory=dict)
    waiting: set[Key] = field(default_factory=set)
    whole: dict[tuple[int, int], Use] = field(default_factory=dict)
    repaid: dict[tuple[int, int], list[Payment]] = field(default_factory=dict)


def _rows(county: str, year: int) -> _Rows:
    found = _Rows()
    of_year = {"county": county, "grant__line__section__agreement__year": year}
    rows = list(BudgetLine.objects.filter(**of_year).select_related("payee", "activity").order_by("number", "id"))
    later = {row.supersedes_id: row for row in rows if row.supersedes_id}
    now: dict[int, int] = {}
    for row in reversed(rows):
        newest = row
        while newest.pk in later:
            newest = later[newest.pk]
        now[row.pk] = newest.pk
    for row in rows:
        if now[row.pk] == row.pk:
            found.lines.setdefault(row.grant_id, []).append(row)
    for share in Share.objects.filter(allocation__budget_line__in=set(now.values())).select_related("party"):
        found.shares.setdefault(share.allocation_id, []).append(share)
    for payment in Payment.objects.filter(**of_year).select_related("party"):
        if payment.line_id is None:
            found.repaid.setdefault((payment.grant_id, payment.recipient_id), []).append(payment)
        else:
            found.payments.setdefault((now[payment.line_id], payment.party_id), []).append(payment)
    for use in Use.objects.filter(**of_year).select_related("party"):
        if use.line_id is None:
            found.whole[use.grant_id, use.recipient_id] = use
        else:
            found.uses[now[use.line_id], use.party_id] = use
    _read_reports(county, now, found)
    return found


def _read_reports(county: str, now: Mapping[int, int], found: _Rows) -> None:
    """What parties answered about lines: `now` leads from a line's row id to the one in force."""
    shares = {
        share.request: share
        for share in DirectiveShare.objects.filter(
            county=county, directive__state="issued", directive__budget_line__in=now
        )
        .select_related("request")
        .prefetch_related(Prefetch("directive", Directive.objects.only("budget_line_id")))
    }
    keys = {request: (now[share.directive.budget_line_id or 0], share.party_id) for request, share in shares.items()}
    for request, key in keys.items():
        if has_answered(request.state) and request.state != ReportStatus.ACCEPTED:
            found.waiting.add(key)
    accepted = [request for request in shares if request.state == ReportStatus.ACCEPTED]
    for report in answered(accepted, QuestionKind.COSTS):
        costs, request = costs_in(report), report.request
        if costs is not None:
            said = Reported(costs, str(request.uid), request.number, costs_audience(report))
            found.reports[keys[request]] = said


def money_of(county: str, year: int) -> list[Money]:
    """Every recipient's money of the year, in the agreement's order."""
    rows = _rows(county, year)
    return [_money(asked, rows) for asked in asked_of(county, year)]


def _money(asked: Asked, rows: _Rows) -> Money:
    agreement, row = asked.grant.line.section.agreement, asked.row
    repayments = tuple(
        payment for pk in sorted(asked.history) for payment in rows.repaid.get((pk, asked.recipient.pk), ())
    )
    facts = GrantFacts(
        uid=str(asked.grant.uid), title=asked.title, level=asked.level, granted=asked.granted,
        requested=row.amount if row else None, paid=row.paid if row else None,
        received=row.received if row else None, declined=asked.state is RequisitionStatus.DECLINED,
        changed=bool(row and row.grant_id != asked.grant.pk), repaid=sum(one.amount for one in repayments),
        repay_by=agreement.repay_by.isoformat() if agreement.repay_by else "", may_carry_on=agreement.may_carry_on,
        made_up=asked.made_up,
    )  # fmt: skip
    lines: list[Line] = []
    if asked.level != "municipalities":
        listed = [row for pk in sorted(asked.history) for row in rows.lines.get(pk, ())]
        listed.sort(key=lambda row: (row.plan_id, row.number, row.pk))
        lines = [line for row in listed if (line := _line(row, asked.recipient, rows)).facts.amount or line.receivers]
    use = _of(rows.whole, asked)
    if not lines and asked.level != "joint":
        lines = [_whole(asked, use, "whole", facts.expected)]
    elif use and use.costs:
        lines.append(_whole(asked, use, "before", 0))
    return Money(asked, replace(facts, lines=tuple(line.facts for line in lines)), tuple(lines), repayments)


def _of(found: Mapping[tuple[int, int], Use], asked: Asked) -> Use | None:
    mine = (found.get((pk, asked.recipient.pk)) for pk in sorted(asked.history, reverse=True))
    return next((use for use in mine if use), None)


def _whole(asked: Asked, use: Use | None, kind: str, amount: int) -> Line:
    uid = str(asked.grant.uid)
    facts = ReceiverFacts(
        uid=uid, code=asked.recipient.code, name=asked.recipient.name, amount=amount, own=True,
        carried=use.carried if use else 0, made_up=asked.made_up or bool(use and use.made_up),
        **_told(use, None),
    )  # fmt: skip
    receiver = Receiver(facts, asked.recipient, asked.recipient.organisation_id, use)
    return Line(LineFacts(uid, asked.title, kind, amount, (facts,), made_up=asked.made_up), None, (receiver,))


def _told(use: Use | None, report: Reported | None) -> dict[str, Any]:
    """What is said of the use, the accepted report before what was typed."""
    if report is not None:
        return {"told": True, "costs": _costs(report.costs), "source": "report", "source_uid": report.uid}
    if use is not None and use.costs:
        return {"told": True, "costs": _costs(costs_of(use.costs)), "source": "typed", "source_uid": str(use.uid)}
    return {}


def _costs(costs: Mapping[str, int]) -> tuple[CostFacts, ...]:
    return tuple(CostFacts(kind, amount) for kind, amount in costs.items())


def _line(row: BudgetLine, recipient: Party, rows: _Rows) -> Line:
    shares = {share.party_id: share for share in rows.shares.get(row.allocation_id or 0, ())}
    parties = {share.party_id: share.party for share in shares.values()}
    for (line, party_id), payments in rows.payments.items():
        if line == row.pk and party_id:
            parties.setdefault(party_id, payments[0].party)  # type: ignore[arg-type]
    for (line, party_id), use in rows.uses.items():
        if line == row.pk and party_id and use.party:
            parties.setdefault(party_id, use.party)
    receivers = [
        _receiver(
            row, rows, party, uid=str(shares[party.pk].uid if party.pk in shares else row.uid), name=party.name,
            amount=shares[party.pk].amount if party.pk in shares else 0, organisation=party.organisation_id,
            own=party.organisation_id == recipient.organisation_id,
        )
        for party in in_order(parties.values())
    ]  # fmt: skip
    touched = (row.pk, None) in rows.payments or (row.pk, None) in rows.uses
    if row.allocation_id is None and (touched or (row.kind != "held_back" and row.amount)):
        named = row.payee.name if row.payee else row.payee_name
        receivers.append(
            _receiver(
                row, rows, None, uid=str(row.uid), name=named or recipient.name,
                amount=0 if row.kind == "held_back" else row.amount,
                organisation=row.payee_id or (None if named else recipient.organisation_id),
                own=not named or row.payee_id == recipient.organisation_id,
            )
        )  # fmt: skip
    facts = LineFacts(
        uid=str(row.uid), title=row.title, kind=row.kind, amount=row.amount,
        receivers=tuple(one.facts for one in receivers), activity=str(row.activity.uid) if row.activity else "",
        made_up=row.made_up,
    )  # fmt: skip
    return Line(facts, row, tuple(receivers))


def _receiver(
    row: BudgetLine, rows: _Rows, party: Party | None, *, uid: str, name: str, amount: int, own: bool,
    organisation: int | None,
) -> Receiver:  # fmt: skip
    key = row.pk, party.pk if party else None
    payments, use, report = rows.payments.get(key, []), rows.uses.get(key), rows.reports.get(key)
    facts = ReceiverFacts(
        uid=uid, code=party.code if party else "", name=name, amount=amount, own=own,
        paid=sum(one.amount for one in payments if one.kind == "out"),
        returned=sum(one.amount for one in payments if one.kind == "back"), carried=use.carried if use else 0,
        made_up=row.made_up or any(one.made_up for one in payments) or bool(use and use.made_up),
        **_told(use, report),
    )  # fmt: skip
    return Receiver(facts, party, organisation, use, tuple(payments), report, key in rows.waiting)


def see_money(actor: Actor, county: str) -> bool:
    """Whether the actor reads the whole county's money; 404 for who neither does nor handles a party's own."""
    if may(actor, Permission.READ_COUNTY, county=county):
        return True
    if not organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county):
        raise Http404
    return False


def sees_use(actor: Actor, county: str, receiver: Receiver) -> bool:
    """Whether the actor may see what a receiver has used: what a report says as its question tells, to the county's
    parties or to its coordinator alone; those who see to the county's money see all."""
    if receiver.report is None or sees_all(actor, county):
        return True
    own = receiver.organisation_id in organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    return may_see(receiver.report.audience, "party", own=own)


def sees_all(actor: Actor, county: str) -> bool:
    """Whether the actor sees to the county's money, or reads every report."""
    seen = (Permission.MANAGE_MONEY, Permission.REVIEW_REPORTS)
    return any(may(actor, permission, county=county) for permission in seen)


def may_tell(actor: Actor, money: Money, line: Line, receiver: Receiver) -> bool:
    """Whether the actor may say what a receiver has used: the county's for its lines, everybody for the own money."""
    county, own = money.asked.grant.county, receiver.organisation_id
    if line.row is None:
        return handles(actor, money.asked.level, money.asked.recipient)
    return bool(may(actor, Permission.MANAGE_MONEY, county=county)) or (
        own is not None and own in organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    )


Part = tuple[Money, Line, Receiver]


def money_shown(actor: Actor, county: str, found: Iterable[Money]) -> tuple[list[Money], list[Part]]:
    """What the actor sees of the year's money: its recipients' grants, and the receivers of the county's lines.

    One who reads the county sees all; one who handles a party's money its own grants and its part of the lines; 404
    for anybody else.
    """
    listed = list(found)
    parts = [(one, line, receiver) for one in listed for line in one.lines if line.row for receiver in line.receivers]
    if see_money(actor, county):
        return listed, parts
    mine = organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    grants = [one for one in listed if handles(actor, one.asked.level, one.asked.recipient)]
    return grants, [part for part in parts if part[2].organisation_id in mine]


def one_recipient(actor: Actor, county: str, year: int, code: str) -> tuple[Party, list[Money]]:
    """A recipient that the actor may see, and its money of the year; 404 for any other."""
    see_money(actor, county)
    found = money_of(county, year)
    recipient = next((one for one in recipients_of(found, actor, county) if one.code == code), None)
    if recipient is None:
        raise Http404
    return recipient, [one for one in found if one.asked.recipient == recipient]


def find_line(found: Iterable[Money], uid: UUID) -> tuple[Money, Line, BudgetLine]:
    """A budget line in force by uid; 404 when there is none."""
    for money in found:
        for line in money.lines:
            if line.row is not None and line.row.uid == uid:
                return money, line, line.row
    raise Http404


def find_grant(found: Iterable[Money], uid: UUID, code: str) -> Money:
    """A recipient's money of a grant in force; 404 when there is none."""
    for money in found:
        if money.asked.grant.uid == uid and money.asked.recipient.code == code:
            return money
    raise Http404


def recipients_of(found: Iterable[Money], actor: Actor, county: str) -> list[Party]:
    """Who accounts for money of the year, as far as the actor may see, the region first."""
    reads = bool(may(actor, Permission.READ_COUNTY, county=county))
    seen = {
        one.asked.recipient.pk: one.asked.recipient
        for one in found
        if reads or handles(actor, one.asked.level, one.asked.recipient)
    }
    return in_order(seen.values())


def economic_facts(found: Iterable[Money], recipient: Party, year: int) -> EconomicFacts:
    """A recipient's economic report from the rows as they are, not certified."""
    grants = tuple(one.facts for one in found if one.asked.recipient == recipient)
    return EconomicFacts(
        county_name=County.objects.get(code=recipient.county).short_name, year=year, recipient=recipient.name,
        grants=grants, made_up=any(grant.made_up for grant in grants),
    )  # fmt: skip


def economic_reports(county: str, year: int) -> QuerySet[EconomicReport]:
    """The year's certified reports, the newest of each recipient first."""
    found = EconomicReport.objects.filter(county=county, year=year).select_related("recipient")
    return found.order_by("recipient_id", "-number")


def frozen_facts(report: EconomicReport) -> EconomicFacts:
    """What was certified. Raises ValueError when the text is not what was frozen."""
    return from_data(EconomicFacts, thaw(report.facts, report.facts_sha256))
