"""What the form's pages show: lines, money, who has which part, what is missing and who will see what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samplan.apps.directives.labels import TEXTS
from samplan.apps.directives.models import Directive, DirectiveShare
from samplan.apps.orgs.queries import holders
from samplan.apps.questionnaires.counted import counted_for
from samplan.apps.questionnaires.forms import Line, lines, problems
from samplan.apps.questionnaires.models import HandedPart, ReportRequest
from samplan.apps.questionnaires.operations import Saved, Typed
from samplan.apps.questionnaires.queries import answers_of, last_years_answers, parts_of, questions_of
from samplan.base.audit.trace import events_about
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission, Role, may
from samplan.domain.cycle import ReportStatus, offers
from samplan.domain.deadlines import days_late, days_left
from samplan.domain.handing import PartStatus
from samplan.domain.questionnaire import Audience, Question, QuestionKind, costs_total
from samplan.edges.answering.acting import Acting
from samplan.edges.answering.money import OwnMoney, own_money

R = ReportStatus


@dataclass(slots=True)
class Answering:
    """What one posted form led to: what was typed, what could be stored, and what stopped the rest."""

    typed: dict[str, Typed] = field(default_factory=dict)
    saved: Saved = field(default_factory=Saved)
    missing: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    anchor: str = ""

    @property
    def whole(self) -> bool:
        return self.saved.whole and not self.missing and not self.errors


@dataclass(frozen=True, slots=True)
class Sheet:
    """The report as one person sees it."""

    lines: list[Line]
    money: OwnMoney | None
    parts: list[HandedPart]


def asked_of(acting: Acting, asked: ReportRequest) -> tuple[Question, ...]:
    """The questions that this person has before them: all, or those of the part."""
    questions = questions_of(asked.form)
    if acting.part is None:
        return questions
    listed = set(acting.part.listed)
    return tuple(question for question in questions if question.code in listed)


def sheet(
    acting: Acting, asked: ReportRequest, share: DirectiveShare | None, answering: Answering | None = None
) -> Sheet:
    """The questions with everything that stands beside them. A draft is its party's own."""
    answering = answering or Answering()
    own = acting.own or acting.part is not None
    visible = own or asked.state not in {R.OPEN, R.DRAFT}
    questions, answers = asked_of(acting, asked), answers_of(asked) if visible else {}
    parts = parts_of(asked) if own else []
    costs = next((question.code for question in questions if question.kind is QuestionKind.COSTS), "")
    told = answers[costs].value if costs in answers else ""
    money = own_money(share, costs_total(told) if told else None) if share else None
    counted = counted_for(asked, questions) if acting.writes(asked) else {}
    if costs and money and money.typed and acting.writes(asked):
        counted[costs] = money.typed
    out = {code: part for part in parts for code in part.listed if part.state == PartStatus.OUT}
    listed = lines(
        questions, answers, before=last_years_answers(asked) if own else {}, granted=share.amount if share else None,
        typed=answering.typed, saved=answering.saved, missing=answering.missing, counted=counted,
        parts=out if acting.part is None else {},
    )  # fmt: skip
    return Sheet(listed, money, parts)


def summary(
    asked: ReportRequest, listed: Iterable[Line], parts: Iterable[HandedPart], *, at: datetime
) -> dict[str, Any]:
    """What to know before the report is sent in."""
    there = list(listed)
    approvers: list[str] = []
    if asked.needs_approval:
        found = holders(asked.county, Role.PARTY_APPROVER, at=at, organisation_id=asked.party.organisation_id)
        approvers = [account.name for account in found]
    return {
        "asked": asked, "answered_lines": sum(1 for line in there if line.value), "lines": there,
        "absent": [line for line in there if line.missing],
        "unread": [line for line in there if line.troubled],
        "public": [line for line in there if line.question.audience == Audience.EVERYBODY and line.value],
        "out": [part for part in parts if part.state == PartStatus.OUT], "approvers": approvers,
    }  # fmt: skip


def context(
    acting: Acting, at: datetime, asked: ReportRequest, share: DirectiveShare | None, answering: Answering
) -> dict[str, Any]:
    """Everything that the page of a report shows."""
    actor, own = acting.actor, acting.own
    drawn = sheet(acting, asked, share, answering)
    writing = acting.writes(asked)
    possible = () if acting.part else offers(
        actor, asked.state, county=asked.county, organisation_id=asked.party.organisation_id,
        needs_approval=asked.needs_approval,
    )  # fmt: skip
    wrong = problems(drawn.lines)
    wrong += [(f"reason-{name}" if name in {"nothing", "declined", "returned"} else "skicka", text)
              for name, text in answering.errors.items()]  # fmt: skip
    directive = share.directive if share else None
    return {
        **summary(asked, drawn.lines, drawn.parts, at=at),
        "to": acting.addresses, "acting": acting, "share": share, "directive": directive,
        "texts": directive_texts(directive), "money": drawn.money, "part": acting.part, "own": own,
        "writing": writing, "visible": own or asked.state not in {R.OPEN, R.DRAFT},
        "possible": [to.value for to in possible], "lead": lead(asked, own, at),
        "late": days_late(asked.last_day, asked.submitted_at, at), "problems": wrong,
        "stored": answering.saved.stored, "reasons": answering.reasons, "errors": answering.errors,
        "handed": [(part, _numbers(part, drawn.lines)) for part in drawn.parts] if acting.part is None else [],
        "helped": any(line.counted for line in drawn.lines), "copy": f"{acting.person}:{acting.addresses.page}",
        "events": _trace(acting, asked),
    }  # fmt: skip


def _trace(acting: Acting, asked: ReportRequest) -> Any:
    reads = acting.part is None and may(acting.actor, Permission.READ_TRACE, county=asked.county)
    return events_about(asked.uid)[:50] if reads else None


def _numbers(part: HandedPart, listed: Iterable[Line]) -> list[Line]:
    codes = set(part.listed)
    return [line for line in listed if line.code in codes]


def directive_texts(directive: Directive | None) -> list[tuple[str, str]]:
    """What was asked for, as (heading, Markdown), without what the facts say already."""
    if directive is None:
        return []
    return [(str(label), getattr(directive, name)) for name, label in TEXTS.items() if getattr(directive, name)]


def lead(asked: ReportRequest, own: bool, at: datetime) -> str:
    """How things stand, in a sentence or two."""
    last_day, left = day(asked.last_day), days_left(asked.last_day, at)
    match asked.state:
        case R.OPEN | R.DRAFT if not own:
            return _("%(party)s har inte skickat in än. Sista dag är %(day)s.") % {
                "party": asked.party.name,
                "day": last_day,
            }
        case R.OPEN | R.DRAFT if left < 0:
            return _("Sista dagen var %(day)s. Ni kan fortfarande skriva och skicka in.") % {"day": last_day}
        case R.OPEN | R.DRAFT:
            return _("Det tar ungefär en kvart. Sista dag är %(day)s.") % {"day": last_day}
        case R.RETURNED if own:
            return _("Samordnaren har en fråga. Svara i formuläret och skicka in igen.")
        case R.RETURNED:
            return _("Rapporten är återsänd med en fråga och väntar på %(party)s.") % {"party": asked.party.name}
    return waiting(asked)


def waiting(asked: ReportRequest) -> str:
    """Where a report that was sent in stands."""
    said = {"name": asked.submitted_by, "day": day(asked.submitted_at)}
    match asked.state:
        case R.SUBMITTED if asked.needs_approval:
            return _("%(name)s skickade in rapporten %(day)s. Nu väntar den på partens chef.") % said
        case R.SUBMITTED | R.APPROVED:
            return _("%(name)s skickade in rapporten %(day)s. Nu väntar den på samordnaren.") % said
        case R.NOTHING:
            return _("Parten har svarat att det inte finns något att rapportera.")
        case R.DECLINED:
            return _("Parten har avböjt.")
    return _("Rapporten är godkänd och klar.")
