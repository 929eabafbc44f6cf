"""A small year whose money came: joint money that two municipalities share, the region's own, each municipality's."""

from __future__ import annotations

from datetime import date
from typing import Any

from samplan.apps.agreements.operations.money import Dates, NewLine, NewSection, compute_grants, create_agreement
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.agreements.requisitions import asked_of
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.apps.plans.operations.budget import Line as BudgetLine
from samplan.apps.plans.operations.budget import decide_budget
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.apps.spending.queries import Line, Money, Receiver, money_of
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.allocation_keys import Population
from samplan.domain.cycle import ReportStatus
from samplan.domain.cycle import RequisitionStatus as Q
from tests.small_year import AT, BOSS, load_places, make_year

ON = date(2024, 10, 1)
REPAY_BY = date(2025, 3, 31)


def held(role: Role, county: str = "21", party: Party | None = None) -> Actor:
    return Actor("account", role.value, None, (Assignment(role, county, party.organisation_id if party else None),))


CONTROLLER = held(Role.CONTROLLER)
COORDINATOR = held(Role.COORDINATOR)


class SpendingYear:
    """`line`: 100 000 kr of the joint money, half to each of two municipalities; `post`: one payee, the region."""

    def __init__(self, *, may_carry_on: bool = False, received: bool = True) -> None:
        load_places()
        lines = (NewLine("region", 65_000_000, Population()), NewLine("municipalities", 250_000_000, Population()))
        self.year = make_year()
        agreement = create_agreement(
            by=BOSS, at=AT, year=2024, title="Vård", parties="Staten och SKR", state="signed",
            sections=[NewSection("5", "vard", "Säker vård", lines)], dates=Dates(repay_by=REPAY_BY),
            may_carry_on=may_carry_on,
        )  # fmt: skip
        compute_grants(by=BOSS, at=AT, county="21", agreement=agreement, population_on=official.ON_DATE)
        self.hofors, self.gavle = self.year.parties
        self.region = Party.objects.get(county="21", role="region")
        self.line = self.year.line
        if received:
            for level in ("joint", "region", "municipalities"):
                self.receive(level)

    def economist(self, party: Party | None = None) -> Actor:
        return held(Role.PARTY_CONTROLLER, party=party or self.hofors)

    def receive(self, level: str, amount: int | None = None) -> None:
        """The money of a level comes, all of it unless `amount`."""
        for asked in asked_of("21", 2024):
            if asked.level != level or asked.recipient not in (self.hofors, self.gavle, self.region):
                continue
            by = self.economist(asked.recipient) if level == "municipalities" else CONTROLLER
            for to in (Q.SIGNED, Q.SENT, Q.PAID, Q.RECEIVED):
                told = Told(ON, asked.granted if amount is None else amount, "Kim Ek", "Ekonom")
                move_requisition(by=by, at=AT, grant=asked.grant, recipient=asked.recipient, to=to, told=told)

    def of(self, level: str, party: Party | None = None) -> Money:
        """A recipient's money as it is now: Hofors' where it is a municipality's."""
        recipient = party or (self.hofors if level == "municipalities" else self.region)
        return next(
            one for one in money_of("21", 2024) if one.asked.level == level and one.asked.recipient == recipient
        )

    def receiver(self, party: Party | None = None) -> Receiver:
        """A municipality's part of the joint line as it is now."""
        return next(one for one in self.found().receivers if one.party == (party or self.hofors))

    def found(self) -> Line:
        return self.of("joint").lines[0]

    def report(self, costs: dict[str, str], *, accept: bool = True) -> Any:
        """Hofors answers the directive about the line, and the coordinator accepts."""
        directive = self.year.issued()
        share = directive.shares.select_related("request__party", "request__form").get(party=self.hofors)
        reporter = held(Role.PARTY_REPORTER, party=self.hofors)
        answers = {"done": Typed("Kurser."), "costs": Typed(costs)}
        save_answers(by=reporter, at=AT, request=share.request, answers=answers)
        share.request.refresh_from_db()
        move_request(by=reporter, at=AT, request=share.request, to=ReportStatus.SUBMITTED)
        if accept:
            move_request(by=BOSS, at=AT, request=share.request, to=ReportStatus.ACCEPTED)
        return share.request

    def payee(self, **more: Any) -> Any:
        """Half of the joint money becomes a line with one payee, by a new decision; the other half stays as it was."""
        (line,) = decide_budget(
            by=BOSS, at=AT, plan=self.year.plan, decision_point=self.line.decision_point, changes={self.line: 40_000},
            lines=[BudgetLine(self.line.grant, "post", "Samordnare", 60_000, **more)],
        )[1:]  # fmt: skip
        return line
