"""A small year with everything a report is made of: texts, an activity, answers in several states, a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samplan.apps.bodies.models import Body, DecisionPoint
from samplan.apps.bodies.operations import Point, record_decision
from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import Wording, draft_directive, issue_directive
from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import Activity
from samplan.apps.plans.operations.activities import EventValue, FigureValue, add_activity
from samplan.apps.plans.operations.plans import write_plan_text
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.apps.yearreports.models import YearReport
from samplan.apps.yearreports.operations import open_report, write_synthesis
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.questionnaire import Audience, Option, Question, QuestionKind
from tests.small_year import AT, BOSS, LAST_DAY, Year, load_places, make_year

EVERYBODY = Audience.EVERYBODY
QUESTIONS = (
    Question("done", QuestionKind.TEXT, "Vad har ni gjort?", EVERYBODY, required=True),
    Question("people", QuestionKind.NUMBER, "Hur många deltog?", EVERYBODY, unit="personer", adds_up=True),
    Question("hours", QuestionKind.NUMBER, "Hur lång var en kurs?", EVERYBODY, unit="timmar"),
    Question("phase", QuestionKind.CHOICE, "Hur långt har ni kommit?", EVERYBODY,
             options=(Option("planning", "Planerar"), Option("running", "I full drift"))),
    Question("with", QuestionKind.CHOICES, "Vilka deltog?", EVERYBODY,
             options=(Option("school", "Skola"), Option("care", "Vård"))),
    Question("inside", QuestionKind.TEXT, "Vad ska bara samordnaren veta?", Audience.COORDINATOR),
    Question("costs", QuestionKind.COSTS, "Vad har pengarna gått till?", EVERYBODY),
)  # fmt: skip

ANSWERS = {
    "done": "Vi höll **fyra** kurser.\n\n- i Gävle\n- på nätet",
    "people": "41",
    "hours": "1,5",
    "inside": "Chefen slutar i mars.",
    "phase": "running",
    "with": ["school", "care"],
    "costs": {"salaries": "20 000", "premises": "5 000"},
}


@dataclass
class ReportYear:
    """`accepted` and `submitted` are the two parties' reports about one directive."""

    year: Year
    directive: Directive
    report: YearReport
    activity: Activity
    accepted: ReportRequest
    submitted: ReportRequest

    def point(self) -> DecisionPoint:
        """A decision that approves the report."""
        body = Body.objects.get(county=self.year.county)
        decision = record_decision(
            by=BOSS, at=AT, body=body, decided_on=date(2024, 11, 1), title="Rapporten",
            points=[Point("report", "Rapporten godkänns.")],
        )  # fmt: skip
        return decision.points.get()


def reporter(request: ReportRequest) -> Actor:
    """Somebody who answers for the request's party."""
    held = Assignment(Role.PARTY_REPORTER, request.county, request.party.organisation_id)
    return Actor("account", "Rut", None, (held,))


def answer(request: ReportRequest, answers: dict[str, object] | None = None) -> None:
    """Write and send in."""
    typed = {code: Typed(value) for code, value in (answers or ANSWERS).items()}
    saved = save_answers(by=reporter(request), at=AT, request=request, answers=typed)
    assert len(saved.stored) == len(typed)
    move_request(by=reporter(request), at=AT, request=request, to=ReportStatus.SUBMITTED)


def build(county: str = "21") -> ReportYear:
    if not Party.objects.exists():
        load_places()
    codes = ("2104", "2180") if county == "21" else ("2580", "2581")
    year = make_year(county, codes=codes)
    for kind, title, text in (
        ("introduction", "Inledning", "Länet arbetar tillsammans.\n\nHär står hur det gick."),
        ("situation", "Nuläge", "Fler mår bra."),
        ("organisation", "Organisation", "Vi leder gemensamt."),
        ("process", "Arbetet", "Alla rapporterar."),
    ):
        write_plan_text(by=BOSS, at=AT, plan=year.plan, kind=kind, title=title, text=text)
    activity = add_activity(
        by=BOSS, at=AT, area=year.area, number="3.2.1", title="Rörelse", kind="activity",
        texts={"description": "Barn rör sig på rasten.", "goal": "Alla skolor."},
        municipalities=year.parties, figures=[FigureValue("schools", "Skolor", 1234, 1, "st", True)],
        events=[EventValue(date(2024, 5, 2), "Träff.", (year.parties[0],))],
        links=[("Läs mer", "https://example.org/rorelse")], made_up=True,
    )  # fmt: skip
    wording = Wording(title="Kurser i samtal", last_day=LAST_DAY, purpose="Fler vågar fråga.", goals="Alla skolor.")
    draft = draft_directive(
        by=BOSS, at=AT, area=year.area, number=1, wording=wording, questions=QUESTIONS, budget_line=year.line
    )
    directive = issue_directive(by=BOSS, at=AT, directive=draft, decision_point=year.point)
    report = open_report(by=BOSS, at=AT, plan=year.plan, title="Årsrapport 2024")
    write_synthesis(by=BOSS, at=AT, report=report, directive=directive, text="Länet lär sig.", version=0)
    first, second = (directive.shares.get(party=party).request for party in year.parties)
    answer(first)
    move_request(by=BOSS, at=AT, request=first, to=ReportStatus.ACCEPTED)
    answer(second, {**ANSWERS, "done": "Vi väntar på lokal.", "people": "5"})
    return ReportYear(year, directive, report, activity, first, second)
