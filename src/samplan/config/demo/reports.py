"""The parties' made-up reports: typed by each party's reporter, moved by those who would move them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from samplan.apps.directives.queries import share_of
from samplan.apps.orgs.queries import holders
from samplan.apps.plans.models import Plan
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import (
    Typed,
    ask,
    create_form,
    move_request,
    save_answers,
)
from samplan.apps.questionnaires.operations.parts import hand_over as hand_part
from samplan.apps.questionnaires.queries import questions_of
from samplan.apps.yearreports.labels import USUAL_RECEIVERS
from samplan.apps.yearreports.models import ReportVersion
from samplan.apps.yearreports.operations.submissions import (
    Sent,
    add_receiver,
    enclose,
    make_ready,
    tell_receipt,
    tell_sent,
)
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from samplan.domain.deadlines import SWEDEN
from samplan.domain.questionnaire import Audience, Option, Question, QuestionKind

if TYPE_CHECKING:
    from samplan.config.demo.build import Year

R = ReportStatus
# The way a report has gone to each state: the party's own moves first, then the approver's and the coordinator's.
PATHS = {
    "open": (),
    "draft": (),
    "submitted": (R.SUBMITTED,),
    "approved": (R.SUBMITTED, R.APPROVED),
    "accepted": (R.SUBMITTED, R.ACCEPTED),
    "returned": (R.SUBMITTED, R.RETURNED),
    "nothing": (R.NOTHING,),
}


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=SWEDEN)


def costs_in_kronor(amount: int, row: dict[str, Any]) -> dict[str, int]:
    """Kronor by kind of cost: the percentages of what was used, the last kind taking what rounding leaves."""
    used = amount * row.get("used_percent", 0) // 100
    costs, left = {}, used
    kinds = list(row.get("costs", {}).items())
    for kind, percent in kinds[:-1]:
        costs[kind] = used * percent // 100
        left -= costs[kind]
    if kinds:
        costs[kinds[-1][0]] = left
    return costs


def question_from(row: dict[str, Any]) -> Question:
    """A question as the files write it."""
    return Question(
        code=row["code"], kind=QuestionKind(row["kind"]), text=row["text"], audience=Audience(row["audience"]),
        required=row.get("required", False), help=row.get("help", ""), unit=row.get("unit", ""),
        adds_up=row.get("adds_up", False), counted=row.get("counted", ""),
        options=tuple(Option(option["code"], option["text"]) for option in row.get("options", ())),
    )  # fmt: skip


def write_reports(year: Year, data: dict[str, Any]) -> None:
    """All reports on directives."""
    requests = {
        (number, share.party.code): share.request
        for number, directive in year.directives.items()
        for share in directive.shares.select_related("party", "request__party", "request__form")
    }
    for row in data["reports"]:
        request = requests[row["directive"], row["party"]]
        share = share_of(request)
        typed = {code: _raw(value) for code, value in row.get("answers", {}).items()}
        costs = costs_in_kronor(share.amount if share else 0, row)
        if costs:
            texts = {kind: str(kronor) for kind, kronor in costs.items()}
            typed |= {q.code: Typed(texts) for q in questions_of(request.form) if q.kind is QuestionKind.COSTS}
        _write(year, request, row, typed)


def write_last_year(year: Year, plan: Plan, rows: Iterable[dict[str, Any]]) -> None:
    """What some parties answered the year before about the matter of a directive; its form asked the same."""
    for row in rows:
        directive = year.directives[row["directive"]]
        moment = _moment(date(plan.year, 12, 10), 13)
        form = create_form(
            by=year.boss, at=moment, county=year.county, year=plan.year, title=directive.title,
            questions=[replace(question, required=False) for question in questions_of(directive.form)],
        )  # fmt: skip
        request = ask(
            by=year.boss, at=moment, plan=plan, area=None, kind="effort", title=directive.title,
            party=year.parties[row["party"]], form=form, last_day=date(plan.year, 12, 31), made_up=True,
        )  # fmt: skip
        typed = {code: _raw(value) for code, value in row["answers"].items()}
        _write(year, request, row | {"submitted_on": date(plan.year, 12, 12), "state": "accepted"}, typed)


def _raw(value: Any) -> Typed:
    return Typed(value if isinstance(value, list | dict) else str(value))


def _write(year: Year, request: ReportRequest, row: dict[str, Any], typed: dict[str, Typed]) -> None:
    reporter = year.reporters[row["party"]]
    day = row.get("submitted_on", date(2024, 12, 10))
    if typed:
        saved = save_answers(by=reporter, at=_moment(day, 13), request=request, answers=typed)
        if not saved.whole:
            raise ValueError(f"{request}: {saved.errors or saved.numbers}")
    if handed := row.get("handed"):
        organisation_id = request.party.organisation_id
        economist = holders(
            year.county, Role.PARTY_CONTROLLER, at=_moment(day, 14), organisation_id=organisation_id
        ).get()
        hand_part(
            by=reporter, at=_moment(day, 14), request=request, codes=handed["codes"], to=economist,
            message=handed["message"],
        )  # fmt: skip
    for to in PATHS[row["state"]]:
        by, when, reason = reporter, _moment(day, 14), row.get("reason", "")
        if to is R.APPROVED:
            by, when = year.approvers[row["party"]], _moment(day, 15)
        elif to is R.ACCEPTED:
            by, when = year.boss, _moment(day + timedelta(days=10), 9)
        elif to is R.RETURNED:
            by, when, reason = year.boss, _moment(row["returned_on"], 9), row["return_question"]
        move_request(by=by, at=when, request=request, to=to, reason=reason)


def write_effort(year: Year, plan: Plan, row: dict[str, Any]) -> None:
    """An effort that a party was asked for without a directive."""
    asked_at = _moment(row["asked_on"], 10)
    questions = [question_from(question) for question in row["questions"]]
    form = create_form(
        by=year.boss, at=asked_at, county=year.county, year=plan.year, title=row["title"], questions=questions
    )
    request = ask(
        by=year.boss, at=asked_at, plan=plan, area=year.areas[row["area"]], kind="effort", title=row["title"],
        party=year.parties[row["party"]], form=form, last_day=row["last_day"], made_up=row["made_up"],
    )  # fmt: skip
    _write(year, request, row, {code: _raw(value) for code, value in row["answers"].items()})


def hand_over(year: Year, version: ReportVersion) -> None:
    """The approved report on its made-up way to its receivers: one has receipted it, one waits to do so."""
    told, by, last_day = _moment(date(2025, 2, 21), 9), year.boss, date(2025, 3, 31)
    for number, receiver in enumerate(USUAL_RECEIVERS):
        wanted = "Årsrapporten som PDF." if number else "Årsrapporten som PDF och svaren på enkäten."
        row = add_receiver(
            by=by, at=told, report=version.report, receiver=receiver, wanted=wanted, last_day=last_day, made_up=True
        )
        if number == 0:
            answers = "Fråga 1: ja\nFråga 2: elva parter\n".encode()
            enclose(by=by, at=told, submission=row, name="Exempel, svar på enkäten.txt", content=answers)
        if number < len(USUAL_RECEIVERS) - 1:
            make_ready(by=by, at=told, submission=row, version=version)
            sent = Sent(
                date(2025, 2, 21), "Samordnaren", "E-tjänst" if number == 0 else "E-post", f"Exempel {number + 1}"
            )
            tell_sent(by=by, at=told, submission=row, sent=sent)
        if number == 0:
            got = _moment(date(2025, 2, 24), 9)
            tell_receipt(by=by, at=got, submission=row, on=got.date(), receipt="Exempel 2025-1")
