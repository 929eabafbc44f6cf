"""Each krona's course, as far as the reader may see it, and what it can be summed by. Reads only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404

from samplan.apps.agreements.requisitions import handles
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity, ActivityFigure
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.queries import answered
from samplan.apps.spending.queries import Line, Money, Receiver, see_money, sees_all, sees_use
from samplan.domain.access import Actor, Permission, may, organisations_of
from samplan.domain.flow import strands
from samplan.domain.questionnaire import QuestionKind, may_see


@dataclass(frozen=True, slots=True)
class Course:
    """Kronor that went the same way; see `domain.flow.Strand`."""

    money: Money
    line: Line | None
    receiver: Receiver | None
    end: str
    amount: int

    @property
    def made_up(self) -> bool:
        one = self.receiver or self.line
        return one.facts.made_up if one else self.money.facts.made_up


def courses(actor: Actor, county: str, found: Iterable[Money]) -> list[Course]:
    """Every krona of the year that the actor may see: all for one who reads the county; else the own grants, and the
    own part of the county's lines. What a report tells the coordinator alone ends as "hidden". 404 for anybody else."""
    reads = see_money(actor, county)
    mine = organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    shown = []
    for money in found:
        own = reads or handles(actor, money.asked.level, money.asked.recipient)
        lines = {line.facts.uid: line for line in money.lines}
        receivers = {(line.facts.uid, one.facts.code): one for line in money.lines for one in line.receivers}
        for strand in strands(money.facts):
            line = lines[strand.line.uid] if strand.line else None
            receiver = receivers[strand.line.uid, strand.receiver.code] if strand.line and strand.receiver else None
            if not own and (receiver is None or receiver.organisation_id not in mine):
                continue
            hidden = receiver is not None and not sees_use(actor, county, receiver)
            shown.append(Course(money, line, receiver, "hidden" if hidden else strand.end, strand.amount))
    return shown


def of_grant(found: Iterable[Course], uid: UUID) -> list[Course]:
    """What a grant in force gave, whoever it went to; 404 when the reader sees nothing of it."""
    return _some([one for one in found if one.money.asked.grant.uid == uid])


def of_line(found: Iterable[Course], uid: UUID) -> list[Course]:
    """What went through a budget line in force; 404 when the reader sees nothing of it."""
    return _some([one for one in found if one.line and one.line.row and one.line.row.uid == uid])


def of_party(found: Iterable[Course], party: Party) -> list[Course]:
    """A party's own grants, and what it receives of the county's lines."""
    return [
        one
        for one in found
        if (one.money.asked.recipient == party and one.money.asked.level != "joint")
        or (one.receiver is not None and one.receiver.organisation_id == party.organisation_id)
    ]


def get_followed_party(actor: Actor, county: str, code: str) -> Party:
    """A party, for one who reads the county or handles its money; 404 otherwise."""
    found = Party.objects.filter(county=county, code=code).select_related("organisation").first()
    own = organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    if found is None or not (may(actor, Permission.READ_COUNTY, county=county) or found.organisation_id in own):
        raise Http404
    return found


def _some(found: list[Course]) -> list[Course]:
    if not found:
        raise Http404
    return found


def total(found: Iterable[Course], *ends: str) -> int:
    """Kronor, of all ends or of those named."""
    return sum(one.amount for one in found if not ends or one.end in ends)


def grouped(found: Iterable[Course], by: Callable[[Course], str]) -> dict[str, list[Course]]:
    """Courses by what `by` gives, in the order it first comes."""
    groups: dict[str, list[Course]] = {}
    for one in found:
        groups.setdefault(by(one), []).append(one)
    return groups


@dataclass(frozen=True, slots=True)
class Reached:
    """A figure of what the money led to: of an activity, or added up from so many reports."""

    label: str
    value: Decimal
    unit: str
    reports: int = 0
    made_up: bool = False

    @property
    def decimals(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def activity_figures(found: Iterable[Course]) -> list[tuple[Activity, list[Reached]]]:
    """The activities that the lines pay for, by number, with what is counted of each; one query."""
    rows = {one.line.row.activity for one in found if one.line and one.line.row and one.line.row.activity}
    figures: dict[int, list[Reached]] = {}
    for row in ActivityFigure.objects.filter(activity__in=rows):
        value = Decimal(row.value).scaleb(-row.scale)
        figures.setdefault(row.activity_id, []).append(Reached(row.label, value, row.unit, made_up=row.made_up))
    ordered = sorted(rows, key=lambda row: [int(part) for part in re.findall("[0-9]+", row.number)])
    return [(row, figures.get(row.pk, [])) for row in ordered]


def report_figures(actor: Actor, county: str, found: Sequence[Course]) -> list[Reached]:
    """Numbers that may be added up, from the accepted reports about these lines that the actor may see; four
    queries."""
    seen = {one.receiver.report.uid: one.receiver for one in found if one.receiver and one.receiver.report}
    if not seen:
        return []
    everything = sees_all(actor, county)
    mine = organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county)
    sums: dict[tuple[str, str], Reached] = {}
    for report in answered(ReportRequest.objects.filter(uid__in=seen).select_related("party").order_by("number")):
        own = report.request.party.organisation_id in mine
        for question in report.questions:
            value = report.values.get(question.code)
            if question.kind is not QuestionKind.NUMBER or not question.adds_up or not value:
                continue
            if not everything and not may_see(question.audience, "party", own=own):
                continue
            key = question.text, question.unit
            before = sums.get(key, Reached(question.text, Decimal(0), question.unit))
            sums[key] = Reached(
                question.text, before.value + Decimal(value), question.unit, before.reports + 1,
                before.made_up or report.request.made_up,
            )  # fmt: skip
    return list(sums.values())
