"""A county as large as any, with every state on its board: 49 parties asked about 10 directives, through operations."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from samplan.apps.agreements.operations.money import How, decide_grant, draft_allocation, freeze_allocation
from samplan.apps.directives.operations import Wording, draft_directive, issue_directive
from samplan.apps.orgs import official
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import Line, decide_budget
from samplan.apps.plans.operations.plans import add_area
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.domain.access import Actor, Assignment, Role, command_line
from samplan.domain.allocation_keys import Population
from samplan.domain.cycle import ReportStatus as R
from samplan.domain.questionnaire import Audience, Question, QuestionKind
from tests import small_year
from tests.small_year import AT, Year, make_year

COUNTY = "14"
TITLES = (
    "Skolsociala team", "MHFA-utbildningar", "Levnadsvanor vid schizofreni", "Samordnad individuell plan",
    "Ungdomsmottagningar på nätet", "Brukarrevision", "Traumavård för asylsökande", "Mini-Maria", "Elevhälsodata",
    "Första linjen för barn och unga",
)  # fmt: skip
AREAS = ("Barn och unga", "Suicidprevention", "Samsjuklighet", "Brukarmedverkan")
WAYS: tuple[tuple[R, ...], ...] = (
    (R.SUBMITTED, R.ACCEPTED), (R.SUBMITTED, R.ACCEPTED), (R.SUBMITTED, R.ACCEPTED), (R.SUBMITTED,), (),
    (R.SUBMITTED, R.ACCEPTED), (R.SUBMITTED, R.RETURNED), (R.SUBMITTED, R.ACCEPTED), (R.NOTHING,), (R.DRAFT,),
    (R.SUBMITTED, R.ACCEPTED), (R.SUBMITTED, R.APPROVED), (R.DECLINED,), (R.SUBMITTED, R.ACCEPTED),
    (R.NOTHING, R.ACCEPTED), (R.SUBMITTED, R.ACCEPTED), (R.DRAFT,),
)  # fmt: skip
"""Ways through the year, dealt to the reports in turn."""


def full_board(county: str = COUNTY, *, parties: int = 49, directives: int = 10) -> Year:
    """The county's year. Every third directive has a last day that is over, every fourth needs a manager's approval."""
    small_year.BOSS = boss = command_line("14", "21", "25", name="Kommandoraden")
    year = make_year(county, parties=parties)
    areas = [year.area] + [
        add_area(by=boss, at=AT, plan=year.plan, number=3 + n, title=title) for n, title in enumerate(AREAS[1:], 1)
    ]
    questions = [Question(f"q{n}", QuestionKind.TEXT, f"Fråga {n}?", Audience.EVERYBODY) for n in range(3)]
    turn = count()
    for number, line in enumerate(_lines(boss, year, directives), start=1):
        directive = draft_directive(
            by=boss, at=AT, area=areas[number % len(areas)], number=number, questions=questions, budget_line=line,
            needs_approval=number % 4 == 0, wording=Wording(title=TITLES[number - 1], last_day=_last_day(number)),
        )  # fmt: skip
        issued = issue_directive(by=boss, at=AT, directive=directive, decision_point=year.point)
        for share in issued.shares.select_related("request__party"):
            _answer(boss, share.request, WAYS[next(turn) % len(WAYS)])
    return year


def _lines(boss: Actor, year: Year, directives: int) -> list[BudgetLine]:
    """A budget line for each directive, shared by population; every third leaves some parties out."""
    point, shared = year.line.decision_point, []
    for number in range(2, directives + 1):
        how = How(50_000 * number, Population(), population_on=official.ON_DATE)
        some = year.parties if number % 3 else year.parties[number % 7 :: 2] + year.parties[number % 5 :: 3]
        allocation = draft_allocation(
            by=boss,
            at=AT,
            county=year.county,
            year=2024,
            title=TITLES[number - 1],
            parties=list(dict.fromkeys(some)),
            how=how,
        )
        freeze_allocation(by=boss, at=AT, allocation=allocation, decision_point=point)
        allocation.refresh_from_db()
        shared.append(allocation)
    whole = year.line.amount + sum(one.amount for one in shared)
    grant = decide_grant(by=boss, at=AT, grant=year.line.grant, amount=whole, reason="Avrundat.")
    lines = [Line(grant, "directive", one.title, one.amount, allocation=one) for one in shared]
    return [year.line, *decide_budget(by=boss, at=AT, plan=year.plan, decision_point=point, lines=lines)]


def _last_day(number: int) -> date:
    return AT.date() + timedelta(days=-14 if number % 3 == 0 else 40)


def _answer(boss: Actor, asked: ReportRequest, way: tuple[R, ...]) -> None:
    held = [Assignment(role, asked.county, asked.party.organisation_id)
            for role in (Role.PARTY_REPORTER, Role.PARTY_APPROVER)]  # fmt: skip
    writer = Actor("link", "Rapportör", None, tuple(held))
    if way:
        save_answers(by=writer, at=AT, request=asked, answers={"q0": Typed("Kurser."), "q1": Typed("Samtal.")})
    for to in way:
        if to is R.DRAFT or (to is R.ACCEPTED and asked.needs_approval and asked.state != R.APPROVED):
            continue
        by = boss if to in {R.ACCEPTED, R.RETURNED} else writer
        move_request(by=by, at=AT, request=asked, to=to, reason="Hur många deltog?")
        asked.refresh_from_db()
