"""A small year made through the operations: a plan with one area, money shared between parties, a directive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from samplan.apps.agreements.models import Agreement
from samplan.apps.agreements.operations.money import (
    How,
    NewLine,
    NewSection,
    compute_grants,
    create_agreement,
    decide_grant,
    draft_allocation,
    freeze_allocation,
)
from samplan.apps.bodies.models import Body, DecisionPoint
from samplan.apps.bodies.operations import Point, add_body, record_decision
from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import Wording, draft_directive, issue_directive
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.operations import assign_role, load_official_codes, load_population
from samplan.apps.orgs.queries import actor_for
from samplan.apps.plans.models import BudgetLine, FocusArea, Plan
from samplan.apps.plans.operations.budget import Line, decide_budget
from samplan.apps.plans.operations.plans import add_area, create_plan
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.domain.access import Actor, Role, command_line
from samplan.domain.allocation_keys import Equal, Population
from samplan.domain.questionnaire import Audience, Option, Question, QuestionKind

AT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
LAST_DAY = date(2024, 12, 31)
QUESTIONS = (
    Question("done", QuestionKind.TEXT, "Vad har ni gjort?", Audience.EVERYBODY, required=True, help="Med egna ord."),
    Question("people", QuestionKind.NUMBER, "Hur många deltog?", Audience.PARTIES, unit="personer", adds_up=True),
    Question(
        "phase", QuestionKind.CHOICE, "Hur långt har ni kommit?", Audience.COORDINATOR,
        options=(Option("planning", "Planerar"), Option("running", "I full drift")),
    ),
    Question(
        "with", QuestionKind.CHOICES, "Vilka deltog?", Audience.EVERYBODY,
        options=(Option("school", "Skola"), Option("care", "Vård")),
    ),
    Question("costs", QuestionKind.COSTS, "Vad har pengarna gått till?", Audience.PARTIES),
)  # fmt: skip
BOSS = command_line("21", "25", name="Kommandoraden")


def load_places() -> None:
    """The counties, their parties and population, which the tests' database has from the start."""
    if Party.objects.exists():
        return
    load_official_codes(by=BOSS, at=AT, counties=official.counties(), parties=official.parties())
    load_population(by=BOSS, at=AT, rows=official.population())


def person(role: Role, county: str, name: str, party: Party | None = None) -> Account:
    """An account with one role; it signs in through the test client."""
    account = create_account(
        by=BOSS, at=AT, email=f"{role}-{county}-{party.code if party else ''}@example.org", name=name
    )
    assign_role(
        by=BOSS, at=AT, account=account, role=role, county=county, organisation=party.organisation if party else None,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    return account


@dataclass
class Year:
    """One county's small year; `parties` are the two that the money is shared between."""

    county: str
    plan: Plan
    area: FocusArea
    line: BudgetLine
    point: DecisionPoint
    parties: list[Party]

    def draft(self, *, number: int = 1, needs_approval: bool = False, title: str = "Kurser i samtal") -> Directive:
        wording = Wording(
            title=title, last_day=LAST_DAY, purpose="Fler vågar fråga.", suggested_uses="Lokal och vikarier."
        )
        return draft_directive(
            by=BOSS, at=AT, area=self.area, number=number, wording=wording, questions=QUESTIONS,
            budget_line=self.line if number == 1 else None, needs_approval=needs_approval,
        )  # fmt: skip

    def issued(self, *, needs_approval: bool = False) -> Directive:
        return issue_directive(
            by=BOSS, at=AT, directive=self.draft(needs_approval=needs_approval), decision_point=self.point
        )


def make_year(
    county: str = "21", *, codes: tuple[str, ...] = ("2104", "2180"), year: int = 2024, parties: int = 0
) -> Year:
    """Plan, decision, grant, budget line and frozen allocation. `parties`: share with so many instead of `codes`."""
    everyone = Party.objects.filter(county=county, role="municipality").order_by("code")
    sharing = list(everyone[:parties] if parties else everyone.filter(code__in=codes))
    agreement = Agreement.objects.filter(year=year).first() or create_agreement(
        by=BOSS, at=AT, year=year, title="Överenskommelse", parties="Staten och SKR", state="signed",
        signed_on=date(2024, 1, 25),
        sections=[
            NewSection("1", "halsa", "Psykisk hälsa", (NewLine("joint", 100_000_000, Population()),), ("Lyssna.",))
        ],
    )  # fmt: skip
    plan = create_plan(by=BOSS, at=AT, county=county, year=year, title=f"Länets plan {year}")
    section = agreement.sections.get()
    area = add_area(by=BOSS, at=AT, plan=plan, number=3, title="Barn och unga", sections=[section])
    name = f"Länsledning {county}"
    body = Body.objects.filter(county=county, name=name).first() or add_body(
        by=BOSS, at=AT, county=county, name=name, kind="steering",
        mandates=[(kind, date(2023, 1, 1), None) for kind in ("allocation", "budget", "directive", "report")],
    )  # fmt: skip
    decision = record_decision(
        by=BOSS, at=AT, body=body, decided_on=date(2024, 2, 1), title="Årets medel",
        points=[Point("budget", "Medlen delas."), Point("directive", "Direktivet utfärdas.")],
    )  # fmt: skip
    budget_point, point = decision.points.order_by("number")
    (grant,) = compute_grants(by=BOSS, at=AT, county=county, agreement=agreement, population_on=official.ON_DATE)
    grant = decide_grant(by=BOSS, at=AT, grant=grant, amount=100_000, reason="Avrundat.")
    allocation = draft_allocation(
        by=BOSS, at=AT, county=county, year=year, title="Kurser", how=How(100_000, Equal()), parties=sharing
    )
    freeze_allocation(by=BOSS, at=AT, allocation=allocation, decision_point=budget_point)
    allocation.refresh_from_db()
    (line,) = decide_budget(
        by=BOSS, at=AT, plan=plan, decision_point=budget_point,
        lines=[Line(grant, "directive", "Kurser", 100_000, allocation=allocation)],
    )  # fmt: skip
    return Year(county, plan, area, line, point, sharing)


def actor(account: Account) -> Actor:
    return actor_for(account, at=AT)
