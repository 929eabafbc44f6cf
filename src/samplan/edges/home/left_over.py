"""What a year leaves behind: money that the reports say is unspent, and reports that are still asked for, area by area.

An activity is told with what pays for it and with what is left in its area: the directives of an area are what its
activities are done for.
"""

from __future__ import annotations

from dataclasses import dataclass

from samplan.apps.directives.queries import directives_of
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.queries import answered, requests_of
from samplan.apps.spending.queries import money_of
from samplan.apps.yearreports.queries import used_money
from samplan.domain.cycle import ReportStatus
from samplan.domain.spending import LineFacts

SETTLED = frozenset({ReportStatus.ACCEPTED.value, ReportStatus.NOTHING.value, ReportStatus.DECLINED.value})
"""An effort in one of these states waits for nobody."""


@dataclass(frozen=True, slots=True)
class Left:
    """A directive: kronor that its parties got and, of those who have told, have left; reports that are not accepted
    yet, of how many. An effort that was asked for has no money and one report."""

    title: str
    amount: int
    unspent: int
    told: int
    open: int
    asked: int
    directive: int | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """Everything that is left in one area."""

    rows: tuple[Left, ...]

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def unspent(self) -> int:
        return sum(row.unspent for row in self.rows)

    @property
    def open(self) -> int:
        return sum(row.open for row in self.rows)

    @property
    def asked(self) -> int:
        return sum(row.asked for row in self.rows)


def paid_by(plan: Plan) -> dict[str, list[LineFacts]]:
    """Activity uid → the lines of the budget that pay for it, with what is left of each and what nobody has told the
    use of. A constant number of queries."""
    found: dict[str, list[LineFacts]] = {}
    for money in money_of(plan.county, plan.year):
        for line in money.lines:
            if line.row is not None and line.row.plan_id == plan.pk and line.facts.activity:
                found.setdefault(line.facts.activity, []).append(line.facts)
    return found


def left_over(plan: Plan) -> dict[str, Area]:
    """Area uid ("" for efforts in no area) → what the year leaves there. A constant number of queries."""
    found: dict[str, list[Left]] = {}
    directives = list(directives_of(plan).filter(state="issued"))
    asked = [share.request for directive in directives for share in directive.shares.all()]
    reports = {report.request.pk: report for report in answered(asked)}
    for directive in directives:
        shares = [share for share in directive.shares.all() if share.request.state != ReportStatus.WITHDRAWN]
        done = [share for share in shares if share.request.state == ReportStatus.ACCEPTED]
        # The page is the coordinator's, who sees every answer.
        used = [(share.amount, used_money(reports[share.request_id], reader="coordinator")) for share in done]
        known = [(amount, told) for amount, told in used if told is not None]
        found.setdefault(str(directive.area.uid), []).append(
            Left(
                directive.title, sum(share.amount for share in shares), sum(amount - told for amount, told in known),
                len(known), len(shares) - len(done), len(shares), directive.number,
            )
        )  # fmt: skip
    for effort in requests_of(plan.county, plan.year).filter(plan=plan, kind="effort").order_by("number"):
        area = str(effort.area.uid) if effort.area else ""
        row = Left(f"{effort.title}, {effort.party.name}", 0, 0, 0, int(effort.state not in SETTLED), 1)
        found.setdefault(area, []).append(row)
    return {area: Area(tuple(rows)) for area, rows in found.items()}
