"""Every write about forms, requests and answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from samplan.apps.orgs.models import Party
from samplan.apps.orgs.queries import holders
from samplan.apps.plans.models import FocusArea, Plan
from samplan.apps.questionnaires.mails import send_asked, send_returned
from samplan.apps.questionnaires.models import Answer, Form, NumberWaiver, Question, ReportRequest
from samplan.apps.questionnaires.operations.parts import demand_codes, take_back_all
from samplan.apps.questionnaires.queries import parts_out, questions_of
from samplan.base.audit.trace import record, record_sitting
from samplan.base.kernel.numbers import number_mark
from samplan.domain.access import Actor, Permission, Role, may
from samplan.domain.cycle import ReportStatus, editable, move, outcome_after
from samplan.domain.errors import Invalid, Refused
from samplan.domain.freetext import free_text
from samplan.domain.markup import clean
from samplan.domain.privacy import find_personal_numbers
from samplan.domain.questionnaire import Question as AskedQuestion
from samplan.domain.questionnaire import QuestionKind, complete, parse_answer


@transaction.atomic
def create_form(
    *, by: Actor, at: datetime, county: str, year: int, title: str, questions: Iterable[AskedQuestion]
) -> Form:
    """A form with its questions in order. Codes are unique in a form and stable over the years."""
    may(by, Permission.MANAGE_DIRECTIVES, county=county).demand()
    if not title.strip():
        raise Invalid("required", field="title")
    form = Form.objects.create(county=county, year=year, title=title.strip())
    codes = _write_questions(form, questions)
    record(by=by, at=at, verb="form_created", subject=form, after={"title": form.title, "codes": codes})
    return form


@transaction.atomic
def change_form(*, by: Actor, at: datetime, form: Form, questions: Iterable[AskedQuestion]) -> None:
    """Put other questions in a form that has not been sent. Raises Refused("form_frozen") for one that has."""
    may(by, Permission.MANAGE_DIRECTIVES, county=form.county).demand()
    locked = Form.objects.select_for_update().get(pk=form.pk)
    if locked.frozen_at is not None:
        raise Refused("form_frozen")
    listed = tuple(questions)
    there = questions_of(locked)
    if listed == there:
        return
    locked.questions.all().delete()
    codes = _write_questions(locked, listed)
    before = {"codes": [question.code for question in there]}
    record(by=by, at=at, verb="form_changed", subject=locked, before=before, after={"codes": codes})


def _write_questions(form: Form, questions: Iterable[AskedQuestion]) -> list[str]:
    listed = list(questions)
    codes = [question.code for question in listed]
    if len(set(codes)) != len(codes):
        raise Invalid("code_taken", field="questions")
    Question.objects.bulk_create(
        Question(
            county=form.county, form=form, position=position, code=asked.code, kind=asked.kind, text=asked.text,
            help=asked.help, unit=asked.unit, required=asked.required, adds_up=asked.adds_up, audience=asked.audience,
            counted=asked.counted if asked.kind is QuestionKind.NUMBER else "",
            options=json.dumps(
                [{"code": option.code, "text": option.text} for option in asked.options],
                ensure_ascii=False, separators=(",", ":"),
            ),
        )
        for position, asked in enumerate(listed, start=1)
    )  # fmt: skip
    return codes


@transaction.atomic
def ask(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    area: FocusArea | None,
    kind: str,
    title: str,
    party: Party,
    form: Form,
    last_day: date,
    needs_approval: bool = False,
    made_up: bool = False,
) -> ReportRequest:
    """Ask a party to answer a form by a day. The form is frozen from now on."""
    may(by, Permission.MANAGE_DIRECTIVES, county=plan.county).demand()
    if party.county != plan.county or form.county != plan.county or (area and area.plan_id != plan.pk):
        raise Refused("forbidden")
    Plan.objects.select_for_update().get(pk=plan.pk)
    newest = ReportRequest.objects.filter(county=plan.county, year=plan.year).aggregate(newest=Max("number"))["newest"]
    request = ReportRequest.objects.create(
        county=plan.county, plan=plan, area=area, kind=kind, year=plan.year, number=(newest or 0) + 1, title=title,
        party=party, form=form, last_day=last_day, needs_approval=needs_approval, state_at=at, made_up=made_up,
    )  # fmt: skip
    if form.frozen_at is None:
        form.frozen_at = at
        form.save(update_fields=["frozen_at"])
    after = {"party": party.name, "last_day": last_day, "kind": kind}
    record(by=by, at=at, verb="report_asked_for", subject=request, after=after)
    return request


@transaction.atomic
def ask_for_effort(
    *,
    by: Actor,
    at: datetime,
    plan: Plan,
    area: FocusArea | None,
    title: str,
    party: Party,
    questions: Iterable[AskedQuestion],
    last_day: date,
    needs_approval: bool = False,
) -> ReportRequest:
    """Ask a party to tell about an effort that no directive gave money to; its reporters get a mail."""
    form = create_form(by=by, at=at, county=plan.county, year=plan.year, title=title, questions=questions)
    request = ask(
        by=by, at=at, plan=plan, area=area, kind="effort", title=form.title, party=party, form=form, last_day=last_day,
        needs_approval=needs_approval,
    )  # fmt: skip
    send_asked(request, holders(plan.county, Role.PARTY_REPORTER, at=at, organisation_id=party.organisation_id), at=at)
    return request


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed for one question: `raw` as it came, and the version they had before them (0 for none)."""

    raw: Any
    version: int = 0


@dataclass(slots=True)
class Saved:
    """What became of the answers, code by code. Only codes in `stored` or `unchanged` are in the database as typed."""

    stored: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    conflicts: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, Invalid] = field(default_factory=dict)
    numbers: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not (self.conflicts or self.errors or self.numbers)


@transaction.atomic
def save_answers(*, by: Actor, at: datetime, request: ReportRequest, answers: Mapping[str, Typed]) -> Saved:
    """Store what can be stored of what was typed. Each answer has a version: people in different parts never meet.

    The same answer changed by another since it was shown is left as it is and comes back in `conflicts`; an answer
    with a personal identity number is not stored and comes back in `numbers`; what cannot be read in `errors`.
    A colleague who holds a part of the report writes in that part alone.
    Raises Refused("forbidden", "part_closed"), or Refused("not_editable") when the report has been sent in.
    """
    locked = _locked(by, request)
    demand_codes(by, locked, answers)
    if not editable(locked.state):
        raise Refused("not_editable", status=locked.state)
    asked = {question.code: question for question in questions_of(locked.form)}
    there = {answer.code: answer for answer in Answer.objects.filter(request=locked)}
    saved = Saved()
    for code, typed in answers.items():
        if code in asked:
            _save_answer(by, at, locked, asked[code], typed, there.get(code), saved)
    if saved.stored:
        if locked.state == ReportStatus.OPEN:
            _set_state(locked, ReportStatus.DRAFT, at=at)
        if locked.state != ReportStatus.RETURNED:
            record_sitting(by=by, at=at, verb="draft_saved", subject=locked)
    _refresh(request, locked)
    return saved


def _save_answer(
    by: Actor,
    at: datetime,
    request: ReportRequest,
    asked: AskedQuestion,
    typed: Typed,
    there: Answer | None,
    saved: Saved,
) -> None:
    code = asked.code
    try:
        value = parse_answer(asked, typed.raw)
    except Invalid as error:
        saved.errors[code] = error
        return
    old = there.value if there else ""
    if value == old:
        saved.unchanged.append(code)
        return
    if typed.version != (there.version if there else 0):
        if there is not None:
            saved.conflicts[code] = there
        else:
            saved.errors[code] = Invalid("stale", field=code)
        return
    if asked.kind == QuestionKind.TEXT:
        finds = unwaived(request, code, value)
        if finds:
            saved.numbers[code] = finds
            return
    values = {"value": value, "changed_at": at, "changed_by": by.name, "account_id": by.account_id}
    if there is None:
        Answer.objects.create(county=request.county, request=request, code=code, **values)
    else:
        Answer.objects.filter(pk=there.pk).update(version=there.version + 1, **values)
    saved.stored.append(code)
    if request.state == ReportStatus.RETURNED:
        before, after = {"code": code, "value": old}, {"code": code, "value": value}
        record(by=by, at=at, verb="answer_changed", subject=request, before=before, after=after)


def unwaived(request: ReportRequest, code: str, text: str) -> tuple[Any, ...]:
    """Personal identity numbers in a text that nobody has said are none."""
    finds = find_personal_numbers(text)
    if not finds:
        return ()
    waived = set(NumberWaiver.objects.filter(request=request, code=code).values_list("fingerprint", flat=True))
    return tuple(find for find in finds if number_mark(request.county, find.text) not in waived)


@transaction.atomic
def waive_number(*, by: Actor, at: datetime, request: ReportRequest, code: str, number: str) -> None:
    """A person says that this is no personal identity number. Kept is that somebody said so, not the number."""
    locked = _locked(by, request)
    demand_codes(by, locked, [code])
    _made, created = NumberWaiver.objects.get_or_create(
        request=locked, code=code, fingerprint=number_mark(locked.county, number),
        defaults={"county": locked.county, "by_name": by.name, "at": at},
    )  # fmt: skip
    if created:
        record(by=by, at=at, verb="number_waived", subject=locked, after={"code": code})


@transaction.atomic
def move_request(*, by: Actor, at: datetime, request: ReportRequest, to: ReportStatus, reason: str = "") -> None:
    """Send a request to another state. `reason`: the party's why (nothing, declined) or the question (returned).

    A part in a colleague's hands stands in the way of sending in, and comes back with every other answer.
    Raises Refused with the verdict's code, "incomplete" (`missing`: question codes) or "parts_out" (`names`);
    Invalid("personal_number", field="reason") for a number in the reason.
    """
    locked = _locked(by, request)
    reason = clean(reason).strip()
    move(
        by, locked.state, to, county=locked.county, organisation_id=locked.party.organisation_id, reason=reason,
        needs_approval=locked.needs_approval,
    ).demand()  # fmt: skip
    reason = free_text(reason, field="reason")
    if to is ReportStatus.SUBMITTED:
        answers = dict(Answer.objects.filter(request=locked).values_list("code", "value"))
        missing = complete(questions_of(locked.form), answers)
        if missing:
            raise Refused("incomplete", missing=list(missing))
        if out := parts_out(locked):
            raise Refused("parts_out", names=", ".join(part.name for part in out))
    before = {"state": locked.state}
    if to in {ReportStatus.NOTHING, ReportStatus.DECLINED}:
        locked.reason = reason
    if to in {ReportStatus.NOTHING, ReportStatus.DECLINED, ReportStatus.WITHDRAWN}:
        take_back_all(by, at, locked)
    if to is ReportStatus.RETURNED:
        locked.question = reason
    if to in {ReportStatus.SUBMITTED, ReportStatus.NOTHING, ReportStatus.DECLINED}:
        locked.submitted_at, locked.submitted_by, locked.question = at, by.name, ""
    locked.outcome = outcome_after(to, locked.outcome)
    _set_state(locked, to, at=at)
    after: dict[str, Any] = {"state": to.value}
    if reason:
        after["reason"] = reason
    if to is ReportStatus.SUBMITTED:
        after["answers"] = answers
    record(by=by, at=at, verb=f"report_{to.value}", subject=locked, before=before, after=after)
    if to is ReportStatus.RETURNED:
        accounts = holders(locked.county, Role.PARTY_REPORTER, at=at, organisation_id=locked.party.organisation_id)
        send_returned(locked, accounts, at=at)
    _refresh(request, locked)


def _locked(by: Actor, request: ReportRequest) -> ReportRequest:
    if not by.reaches(request.uid):
        raise Refused("forbidden")
    return ReportRequest.objects.select_for_update(of=("self",)).select_related("party", "form").get(pk=request.pk)


def _set_state(request: ReportRequest, to: ReportStatus, *, at: datetime) -> None:
    request.state, request.state_at = to.value, at
    request.save()


def _refresh(request: ReportRequest, locked: ReportRequest) -> None:
    for name in ("state", "state_at", "reason", "question", "outcome", "submitted_at", "submitted_by"):
        setattr(request, name, getattr(locked, name))
