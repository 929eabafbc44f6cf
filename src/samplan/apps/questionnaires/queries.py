"""Reads about requests and answers. Who may see an answer is asked here, once, for every page and document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from samplan.apps.orgs.models import RoleAssignment
from samplan.apps.questionnaires.models import Answer, Form, HandedPart, Question, ReportRequest
from samplan.base.accounts.models import Account
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import EDITABLE, Outcome, ReportStatus
from samplan.domain.handing import PartStatus, Side, sides
from samplan.domain.questionnaire import Audience, Option, QuestionKind, costs_of, may_see
from samplan.domain.questionnaire import Question as AskedQuestion


def as_asked(row: Question) -> AskedQuestion:
    """The row as the domain's question."""
    options = tuple(Option(option["code"], option["text"]) for option in json.loads(row.options))
    return AskedQuestion(
        code=row.code, kind=QuestionKind(row.kind), text=row.text, help=row.help, unit=row.unit,
        required=row.required, adds_up=row.adds_up, audience=Audience(row.audience), options=options,
        counted=row.counted,
    )  # fmt: skip


def questions_of(form: Form) -> tuple[AskedQuestion, ...]:
    """The form's questions in order."""
    return tuple(as_asked(row) for row in form.questions.all())


def forms_of(county: str) -> QuerySet[Form]:
    """The county's forms that ask anything, newest first."""
    return Form.objects.filter(county=county, questions__isnull=False).distinct().order_by("-year", "title")


def requests_of(county: str, year: int) -> QuerySet[ReportRequest]:
    """Every request of the county and year that has not fallen away."""
    found = ReportRequest.objects.filter(county=county, year=year).exclude(state="withdrawn")
    return found.select_related("party", "form", "area", "plan")


def requests_for(actor: Actor) -> QuerySet[ReportRequest]:
    """The requests that the actor answers or approves, in every county where it has a party role."""
    found = ReportRequest.objects.none()
    for held in actor.assignments:
        if held.organisation_id and may(
            actor, Permission.WRITE_REPORT, county=held.county, organisation_id=held.organisation_id
        ):
            mine = ReportRequest.objects.filter(county=held.county, party__organisation_id=held.organisation_id)
            found = found | mine.exclude(state="withdrawn")
    return found.select_related("party", "form", "area", "plan").distinct()


def get_request_for(actor: Actor, *, county: str, year: int, number: int) -> ReportRequest:
    """A request for its own party's people or for one who may read the county; 404 for everybody else."""
    found = requests_of(county, year).filter(number=number).first()
    if found is None:
        raise Http404
    own = may(actor, Permission.WRITE_REPORT, county=county, organisation_id=found.party.organisation_id)
    if not own and not may(actor, Permission.REVIEW_REPORTS, county=county):
        raise Http404
    return found


def colleagues_of(request: ReportRequest, *, at: datetime) -> QuerySet[Account]:
    """Active accounts with a role in the request's party that day, by name: who a part can be handed to."""
    day = timezone.localdate(at)
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), county=request.county, organisation_id=request.party.organisation_id,
        valid_from__lte=day,
    )  # fmt: skip
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("name", "pk")


def stands_by(actor: Actor, part: HandedPart, request: ReportRequest) -> frozenset[Side]:
    """On which sides of a part of the request the actor stands."""
    return sides(
        actor, county=request.county, organisation_id=request.party.organisation_id, account_id=part.account_id,
        uid=str(part.uid),
    )  # fmt: skip


def parts_out(request: ReportRequest) -> list[HandedPart]:
    """The parts of a request that are in a colleague's hands and not done."""
    return list(HandedPart.objects.filter(request=request, state=PartStatus.OUT))


def parts_of(request: ReportRequest) -> list[HandedPart]:
    """Every part that was handed over and not taken back."""
    return list(HandedPart.objects.filter(request=request).exclude(state=PartStatus.TAKEN_BACK))


def parts_held(actor: Actor, *, county: str, year: int) -> QuerySet[HandedPart]:
    """The parts that wait for a signed-in actor, first those that are due first."""
    if actor.account_id is None:
        return HandedPart.objects.none()
    found = HandedPart.objects.filter(
        county=county, request__year=year, account_id=actor.account_id, state=PartStatus.OUT,
        request__state__in=EDITABLE,
        request__party__organisation_id__in={held.organisation_id for held in actor.assignments},
    )  # fmt: skip
    related = found.select_related("request__party", "request__area")
    return related.order_by("request__last_day", "request__number", "id")


def get_part_for(actor: Actor, *, county: str, year: int, number: int, uid: UUID) -> HandedPart:
    """A part for who holds it and for the party's writers; 404 for everybody else."""
    found = HandedPart.objects.filter(
        uid=uid, county=county, request__county=county, request__year=year, request__number=number
    ).select_related("request__party", "request__form", "request__area", "request__plan", "account")
    part = found.exclude(request__state=ReportStatus.WITHDRAWN).first()
    if part is None:
        raise Http404
    if not stands_by(actor, part, part.request):
        raise Http404
    return part


def answers_of(request: ReportRequest) -> dict[str, Answer]:
    """The request's answers by question code."""
    return {answer.code: answer for answer in Answer.objects.filter(request=request)}


def last_years_answers(request: ReportRequest) -> dict[str, str]:
    """What the same party answered to the same codes about a matter of the same title the year before."""
    earlier = Answer.objects.filter(
        request__county=request.county,
        request__party_id=request.party_id,
        request__title=request.title,
        request__year=request.year - 1,
    )
    return dict(earlier.values_list("code", "value"))


def filled(requests: Iterable[ReportRequest]) -> dict[int, int]:
    """How much of each request's form has an answer, in whole per cent by row id; two queries."""
    listed = list(requests)
    forms = {request.form_id for request in listed}
    asked = Question.objects.filter(form_id__in=forms).values("form_id").annotate(number=Count("id")).order_by()
    questions = {row["form_id"]: row["number"] for row in asked}
    given = Answer.objects.filter(request_id__in=[request.pk for request in listed]).exclude(value="")
    answers = {
        row["request_id"]: row["number"] for row in given.values("request_id").annotate(number=Count("id")).order_by()
    }
    return {
        request.pk: min(100, answers.get(request.pk, 0) * 100 // max(1, questions.get(request.form_id, 0)))
        for request in listed
    }


@dataclass(frozen=True, slots=True)
class Answered:
    """One request with its form's questions and the values given; `values` holds only codes that were answered."""

    request: ReportRequest
    questions: tuple[AskedQuestion, ...]
    values: dict[str, str]
    uids: dict[str, str]


def answered(requests: Iterable[ReportRequest], kind: QuestionKind | None = None) -> list[Answered]:
    """Requests with questions and answers, in three queries however many there are; with a `kind`, only what such
    questions ask."""
    listed = list(requests)
    forms: dict[int, list[Question]] = {}
    rows = Question.objects.filter(form_id__in={request.form_id for request in listed})
    for row in rows.filter(kind=kind.value) if kind else rows:
        forms.setdefault(row.form_id, []).append(row)
    asked = {form_id: tuple(as_asked(row) for row in rows) for form_id, rows in forms.items()}
    given: dict[int, list[Answer]] = {}
    answers = Answer.objects.filter(request_id__in=[request.pk for request in listed])
    if kind:
        answers = answers.filter(code__in={row.code for rows in forms.values() for row in rows})
    for answer in answers:
        given.setdefault(answer.request_id, []).append(answer)
    return [
        Answered(
            request=request,
            questions=asked.get(request.form_id, ()),
            values={answer.code: answer.value for answer in given.get(request.pk, []) if answer.value},
            uids={answer.code: str(answer.uid) for answer in given.get(request.pk, [])},
        )
        for request in listed
    ]


def costs_audience(report: Answered) -> Audience:
    """Who may see what a report says about costs; that there was nothing to report is no answer and hidden from none
    of the county's people."""
    if report.request.outcome in {Outcome.NOTHING, Outcome.DECLINED}:
        return Audience.PARTIES
    asked = (question.audience for question in report.questions if question.kind is QuestionKind.COSTS)
    return next(asked, Audience.COORDINATOR)


def costs_in(report: Answered, *, reader: str = "coordinator") -> dict[str, int] | None:
    """Kronor by kind of cost that a report says are used, if the reader may see it; nothing used when there was nothing
    to report, None when it does not say."""
    if report.request.outcome in {Outcome.NOTHING, Outcome.DECLINED}:
        return {}
    for question in report.questions:
        if question.kind is QuestionKind.COSTS and may_see(question.audience, reader, own=False):
            value = report.values.get(question.code)
            return costs_of(value) if value else None
    return None
