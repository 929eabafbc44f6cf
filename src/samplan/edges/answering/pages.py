"""The one-page report form: the party writes, its manager approves, the coordinator accepts or asks.

Each page is a function of the request, who acts with which addresses (`Acting`), the report asked for and its share.
Whoever calls it has made sure that this person may open this report; what may be done is asked by the operations.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.questionnaires.forms import lines, problems, typed_in
from samplan.apps.questionnaires.labels import DONE
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Saved, Typed, move_request, save_answers, waive_number
from samplan.apps.questionnaires.queries import answers_of, last_years_answers, questions_of
from samplan.base.audit.trace import events_about
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Actor, Permission, may
from samplan.domain.cycle import ReportStatus, editable, offers
from samplan.domain.deadlines import days_late, days_left
from samplan.domain.errors import DomainError, Refused
from samplan.domain.questionnaire import Audience
from samplan.edges.answering.acting import Acting

R = ReportStatus


class Answering:
    """What one posted form led to: what was typed, what could be stored, and what stopped the rest."""

    def __init__(self) -> None:
        self.typed: dict[str, Typed] = {}
        self.saved = Saved()
        self.missing: list[str] = []
        self.reasons: dict[str, str] = {}
        self.errors: dict[str, str] = {}

    @property
    def whole(self) -> bool:
        return self.saved.whole and not self.missing and not self.errors


def report(
    request: HttpRequest, acting: Acting, asked: ReportRequest, share: DirectiveShare | None, *, at: datetime
) -> HttpResponse:
    """The form, the answers once they are sent in, and everything that can be done with them."""
    answering = Answering()
    if request.method == "POST":
        handle = _write if acting.own and editable(asked.state) else _move
        done = handle(request, acting.actor, at, asked, answering)
        if answering.whole:
            messages.success(request, done)
            return redirect(acting.addresses.page)
    return render(request, "answering/report.html", _context(acting, at, asked, share, answering))


def _write(request: HttpRequest, actor: Actor, at: datetime, asked: ReportRequest, answering: Answering) -> str:
    """Store what can be stored of the form; then, when all of it could be, send the report where the button says."""
    action = request.POST.get("action", "save")
    answering.typed = typed_in(request.POST, questions_of(asked.form))
    answering.reasons = {name: request.POST.get(f"reason-{name}", "") for name in ("nothing", "declined")}
    if action.startswith("waive:"):
        _word, code, number = ([*action.split(":", 2), "", ""])[:3]
        waive_number(by=actor, at=at, request=asked, code=code, number=number)
        action = "save"
    answering.saved = save_answers(by=actor, at=at, request=asked, answers=answering.typed)
    if action == "save":
        return _("Allt är sparat. Du kan stänga sidan.")
    if not answering.saved.whole:
        return ""
    return _send(actor, at, asked, action, answering.reasons.get(action, ""), answering)


def _move(request: HttpRequest, actor: Actor, at: datetime, asked: ReportRequest, answering: Answering) -> str:
    action = request.POST.get("action", "")
    typed = request.POST.get(f"reason-{action}", "")
    answering.reasons = {action: typed}
    return _send(actor, at, asked, action, typed, answering)


def _send(actor: Actor, at: datetime, asked: ReportRequest, action: str, reason: str, answering: Answering) -> str:
    if action not in set(R):
        raise Refused("no_such_move")
    try:
        move_request(by=actor, at=at, request=asked, to=R(action), reason=reason)
    except DomainError as error:
        if error.code == "forbidden":
            raise
        if error.code == "incomplete":
            answering.missing = error.params["missing"]
        else:
            answering.errors[action] = say(error)
        return ""
    return str(DONE[action])


def _context(
    acting: Acting, at: datetime, asked: ReportRequest, share: DirectiveShare | None, answering: Answering
) -> dict[str, Any]:
    actor, own = acting.actor, acting.own
    writing = own and editable(asked.state)
    visible = own or asked.state not in {R.OPEN, R.DRAFT}
    listed = lines(
        questions_of(asked.form), answers_of(asked) if visible else {}, before=last_years_answers(asked) if own else {},
        granted=share.amount if share else None, typed=answering.typed, saved=answering.saved,
        missing=answering.missing,
    )  # fmt: skip
    organisation_id = asked.party.organisation_id
    possible = offers(
        actor, asked.state, county=asked.county, organisation_id=organisation_id, needs_approval=asked.needs_approval
    )
    wrong = problems(listed)
    wrong += [(f"reason-{name}", text) for name, text in answering.errors.items()]
    return {
        "to": acting.addresses, "asked": asked, "share": share, "directive": share.directive if share else None,
        "lines": listed,
        "own": own, "writing": writing, "visible": visible, "possible": [to.value for to in possible],
        "lead": _lead(asked, share, own, at), "late": days_late(asked.last_day, asked.submitted_at, at),
        "problems": wrong, "stored": answering.saved.stored, "reasons": answering.reasons, "errors": answering.errors,
        "public": [line for line in listed if line.question.audience == Audience.EVERYBODY and line.value],
        "answered_lines": sum(1 for line in listed if line.value),
        "events": events_about(asked.uid)[:50] if may(actor, Permission.READ_TRACE, county=asked.county) else None,
    }  # fmt: skip


def _lead(asked: ReportRequest, share: DirectiveShare | None, own: bool, at: datetime) -> str:
    """How things stand, in a sentence or two."""
    last_day, left = day(asked.last_day), days_left(asked.last_day, at)
    when = day(asked.submitted_at)
    by = asked.submitted_by
    match asked.state:
        case R.OPEN | R.DRAFT if not own:
            return _("%(party)s har inte skickat in än. Sista dag är %(day)s.") % {
                "party": asked.party.name,
                "day": last_day,
            }
        case R.OPEN | R.DRAFT if left < 0:
            return _("Sista dagen var %(day)s. Ni kan fortfarande skriva och skicka in.") % {"day": last_day}
        case R.OPEN | R.DRAFT:
            return _("Sista dag är %(day)s. Spara när du vill, så kan du stänga sidan och komma tillbaka.") % {
                "day": last_day
            }
        case R.RETURNED if own:
            return _("Samordnaren har en fråga. Svara i formuläret och skicka in igen.")
        case R.RETURNED:
            return _("Rapporten är återsänd med en fråga och väntar på %(party)s.") % {"party": asked.party.name}
        case R.SUBMITTED if asked.needs_approval:
            return _("%(name)s skickade in rapporten %(day)s. Nu väntar den på partens chef.") % {
                "name": by,
                "day": when,
            }
        case R.SUBMITTED | R.APPROVED:
            return _("%(name)s skickade in rapporten %(day)s. Nu väntar den på samordnaren.") % {
                "name": by,
                "day": when,
            }
        case R.NOTHING:
            return _("Parten har svarat att det inte finns något att rapportera.")
        case R.DECLINED:
            return _("Parten har avböjt.")
    return _("Rapporten är godkänd och klar.")
