"""The one-page report form: the party writes, its manager approves, the coordinator accepts or asks.

Each page is a function of the request, who acts with which addresses (`Acting`), the report asked for and its share.
Whoever calls it has made sure that this person may open this report; what may be done is asked by the operations.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samplan.apps.directives.models import DirectiveShare
from samplan.apps.questionnaires.forms import typed_in
from samplan.apps.questionnaires.labels import DONE
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.operations import Typed, move_part, move_request, save_answers, waive_number
from samplan.apps.questionnaires.queries import answers_of, last_years_answers, parts_of
from samplan.base.kernel.problems import say
from samplan.domain.cycle import ReportStatus
from samplan.domain.errors import DomainError, Refused
from samplan.domain.handing import PartStatus
from samplan.domain.questionnaire import QuestionKind
from samplan.edges.answering.acting import Acting
from samplan.edges.answering.drawing import Answering, asked_of, context, sheet, summary

R = ReportStatus
PART_DONE = {
    PartStatus.DONE: gettext_lazy("Tack, din del är klar."),
    PartStatus.OUT: gettext_lazy("Delen är öppen igen."),
    PartStatus.TAKEN_BACK: gettext_lazy("Delen är tillbaka hos er."),
}


def report(
    request: HttpRequest, acting: Acting, asked: ReportRequest, share: DirectiveShare | None, *, at: datetime
) -> HttpResponse:
    """The form or a part of it, the answers once they are sent in, and everything that can be done with them."""
    answering = Answering()
    if request.method == "POST":
        handle = _write if acting.writes(asked) else _move
        done, to = handle(request, acting, at, asked, answering)
        if answering.whole:
            if done:
                messages.success(request, done)
            return redirect(to + (f"#{answering.anchor}" if answering.anchor else ""))
    template = "answering/part.html" if acting.part else "answering/report.html"
    return render(request, template, context(acting, at, asked, share, answering))


def save(
    request: HttpRequest, acting: Acting, asked: ReportRequest, share: DirectiveShare | None, *, at: datetime
) -> HttpResponse:
    """What a script posts while somebody writes: the changed questions alone. What could not be stored comes back as
    the form shows it, with the summary as it is now. Raises Refused as `save_answers`."""
    answering = Answering(typed=typed_in(request.POST, asked_of(acting, asked)))
    answering.saved = save_answers(by=acting.actor, at=at, request=asked, answers=answering.typed)
    drawn = sheet(acting, asked, share, answering)
    said = summary(asked, drawn.lines, drawn.parts, at=at)
    posted = [line for line in drawn.lines if line.code in answering.typed]
    language = get_language()
    return JsonResponse(
        {
            "clock": date_format(timezone.localtime(at), "H:i" if language == "en" else "H.i"),
            "versions": {line.code: line.version for line in posted if not line.troubled},
            "trouble": {
                line.code: render_to_string("answering/_trouble.html", {"line": line}, request)
                for line in posted if line.troubled
            },
            "feet": {
                line.code: render_to_string("answering/_costs_foot.html", {"line": line, "money": drawn.money}, request)
                for line in posted if line.kind == QuestionKind.COSTS
            },
            "summary": render_to_string(
                "answering/_summary.html", {**said, "to": acting.addresses, "part": acting.part}, request
            ),
            "answered": sum(1 for line in drawn.lines if line.value),
        }
    )  # fmt: skip


def _write(
    request: HttpRequest, acting: Acting, at: datetime, asked: ReportRequest, answering: Answering
) -> tuple[str, str]:
    """Store what can be stored of the form; then, when all of it could be, do what the button says. What to tell, and
    where to go."""
    action, here = request.POST.get("action", "save"), acting.addresses.page
    answering.typed = typed_in(request.POST, asked_of(acting, asked))
    answering.reasons = {name: request.POST.get(f"reason-{name}", "") for name in ("nothing", "declined")}
    if action.startswith("waive:"):
        _word, code, number = ([*action.split(":", 2), "", ""])[:3]
        waive_number(by=acting.actor, at=at, request=asked, code=code, number=number)
        action, answering.anchor = "save", f"fraga-{code}"
    answering.saved = save_answers(by=acting.actor, at=at, request=asked, answers=answering.typed)
    if not answering.saved.whole:
        return "", here
    if action == "save":
        return _("Allt är sparat. Du kan stänga sidan."), here
    if action in {"preview", "hand"}:
        return "", getattr(acting.addresses, action) or here
    if action.startswith("use:"):
        return _use_last_years(acting, at, asked, action.removeprefix("use:"), answering), here
    if action.startswith("part:"):
        return _move_part(acting, at, asked, action, answering), here
    if acting.part is not None:
        return _move_part(acting, at, asked, f"part:{acting.part.uid}:{action}", answering), here
    return _send(acting, at, asked, action, answering.reasons.get(action, ""), answering), here


def _move(
    request: HttpRequest, acting: Acting, at: datetime, asked: ReportRequest, answering: Answering
) -> tuple[str, str]:
    action = request.POST.get("action", "")
    if any(name.startswith("a-") for name in request.POST):
        # Somebody has sent the report in or taken the part back meanwhile: what was typed is given back.
        raise Refused("part_closed" if acting.part else "not_editable")
    if acting.part is not None:
        return _move_part(acting, at, asked, f"part:{acting.part.uid}:{action}", answering), acting.addresses.page
    typed = request.POST.get(f"reason-{action}", "")
    answering.reasons = {action: typed}
    return _send(acting, at, asked, action, typed, answering), acting.addresses.page


def _send(acting: Acting, at: datetime, asked: ReportRequest, action: str, reason: str, answering: Answering) -> str:
    if action not in set(R):
        raise Refused("no_such_move")
    try:
        move_request(by=acting.actor, at=at, request=asked, to=R(action), reason=reason)
    except DomainError as error:
        if error.code == "forbidden":
            raise
        if error.code == "incomplete":
            answering.missing = error.params["missing"]
        else:
            answering.errors[action] = say(error)
        return ""
    return "" if acting.own and action != R.DRAFT else str(DONE[action])


def _move_part(acting: Acting, at: datetime, asked: ReportRequest, action: str, answering: Answering) -> str:
    """`action`: part:<uid>:<to>."""
    _word, uid, to = ([*action.split(":", 2), "", ""])[:3]
    part = next((one for one in parts_of(asked) if str(one.uid) == uid), acting.part)
    if part is None or str(part.uid) != uid or to not in set(PartStatus):
        raise Refused("no_such_move")
    try:
        move_part(by=acting.actor, at=at, part=part, to=PartStatus(to))
    except DomainError as error:
        if error.code == "forbidden":
            raise
        answering.errors["part"] = say(error)
        return ""
    if acting.part is None:
        answering.anchor = "delar"
    return str(PART_DONE[PartStatus(to)])


def _use_last_years(acting: Acting, at: datetime, asked: ReportRequest, code: str, answering: Answering) -> str:
    """Last year's words into the field, after what stands there."""
    question = next((one for one in asked_of(acting, asked) if one.code == code), None)
    before = last_years_answers(asked).get(code, "")
    if question is None or question.kind is not QuestionKind.TEXT or not before:
        raise Refused("no_such_move")
    there = answers_of(asked).get(code)
    text = f"{there.value}\n\n{before}" if there and there.value else before
    typed = {code: Typed(text, there.version if there else 0)}
    answering.typed, answering.anchor = typed, f"fraga-{code}"
    answering.saved = save_answers(by=acting.actor, at=at, request=asked, answers=typed)
    return ""
