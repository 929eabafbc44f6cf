"""What a letter says, read from the rows: the party's kronor, what they may go to, the questions, the last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.orgs.models import County
from samplan.apps.orgs.queries import holders
from samplan.apps.questionnaires.models import Question, ReportRequest
from samplan.apps.questionnaires.queries import as_asked
from samplan.domain.access import Role
from samplan.domain.questionnaire import Question as AskedQuestion


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything that one letter says but its link. `amount` None for an effort, which has no money of its own."""

    county_name: str
    party: str
    organisation: str
    title: str
    kind: str
    year: int
    number: int
    last_day: date
    needs_approval: bool
    questions: tuple[AskedQuestion, ...]
    contacts: tuple[Contact, ...]
    directive_number: int = 0
    version: int = 1
    amount: int | None = None
    made_up: bool = False
    purpose: str = ""
    conditions: str = ""
    uses: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    uid: str = ""


def contacts_of(county: str, *, at: datetime) -> tuple[Contact, ...]:
    """The county's coordinators, whom everybody may turn to."""
    return tuple(Contact(one.name, one.email) for one in holders(county, Role.COORDINATOR, at=at))


def facts_of(requests: Iterable[ReportRequest], *, at: datetime) -> dict[int, LetterFacts]:
    """The facts of some letters of one county by the row id of their requests; so many queries however many there
    are."""
    listed = list(requests)
    if not listed:
        return {}
    county = listed[0].county
    county_name = County.objects.get(code=county).name
    contacts = contacts_of(county, at=at)
    shares = _shares(listed)
    forms: dict[int, list[AskedQuestion]] = {}
    for row in Question.objects.filter(form_id__in={one.form_id for one in listed}).order_by("form_id", "position"):
        forms.setdefault(row.form_id, []).append(as_asked(row))
    return {
        one.pk: _facts(one, shares.get(one.pk), tuple(forms.get(one.form_id, ())), contacts, county_name)
        for one in listed
    }


def _shares(requests: list[ReportRequest]) -> dict[int, DirectiveShare]:
    """Each request's share in its directive's newest version."""
    found = DirectiveShare.objects.filter(request_id__in=[one.pk for one in requests])
    related = found.select_related("directive__decision_point__decision__body").order_by("directive__version")
    return {share.request_id: share for share in related}


def _facts(
    request: ReportRequest,
    share: DirectiveShare | None,
    questions: tuple[AskedQuestion, ...],
    contacts: tuple[Contact, ...],
    county_name: str,
) -> LetterFacts:
    directive: Directive | None = share.directive if share else None
    point: DecisionPoint | None = directive.decision_point if directive else None
    return LetterFacts(
        county_name=county_name,
        party=request.party.name,
        organisation=request.party.organisation.name,
        title=request.title,
        kind=request.kind,
        year=request.year,
        number=request.number,
        last_day=request.last_day,
        needs_approval=request.needs_approval,
        questions=questions,
        contacts=contacts,
        directive_number=directive.number if directive else 0,
        version=directive.version if directive else 1,
        amount=share.amount if share else None,
        made_up=request.made_up or bool(share and share.made_up),
        purpose=directive.purpose if directive else "",
        conditions=directive.conditions if directive else "",
        uses=directive.suggested_uses if directive else "",
        decided_by=point.decision.body.name if point else "",
        decided_on=point.decision.decided_on if point else None,
        uid=str(request.uid),
    )
