"""Requests for the money of each grant: the table of them all, and one step by step."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samplan.apps.agreements.labels import (
    DIFFERENCES,
    LEVELS,
    REQUISITION_BACK,
    REQUISITION_DONE,
    REQUISITION_STEPS,
)
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.agreements.requisition_forms import StepForm
from samplan.apps.agreements.requisitions import DONE, Asked, asked_of, get_asked_for, handles
from samplan.base.audit.trace import events_about
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, tell
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.access import Permission, may, organisations_of
from samplan.domain.cycle import REQUISITION_MOVES, RequisitionStatus, takes_back
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError
from samplan.domain.money import Difference

Q = RequisitionStatus


def named(differences: tuple[Difference, ...]) -> list[tuple[Any, int]]:
    """Differences in words: what happened, and how many kronor."""
    return [(DIFFERENCES[one.code][one.amount < 0], abs(one.amount)) for one in differences]


def requests(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Who asks for which money and how far it has come: the county's for those who read it, else one's own."""
    actor = actor_of(request)
    reads = bool(may(actor, Permission.READ_COUNTY, county=county))
    if not reads and not organisations_of(actor, Permission.REQUEST_OWN_MONEY, county=county):
        raise Http404
    today = swedish_day(timezone.now())
    asked = [one for one in asked_of(county, year) if reads or handles(actor, one.level, one.recipient)]
    groups: dict[tuple[str, str], list[Asked]] = {}
    for one in sorted(asked, key=lambda one: list(LEVELS).index(one.level)):
        groups.setdefault((one.level, one.in_common), []).append(one)
    context = {
        "county": county, "year": year, "reads": reads,
        "groups": [
            {"level": LEVELS[level], "words": words, "own": level == "municipalities", "sums": _sums(rows),
             "rows": [_row(one, today) for one in rows]}
            for (level, words), rows in groups.items()
        ], "lead": _lead(asked, today),
        "differences": [
            (one, words, amount) for one in asked for words, amount in named(one.differences())
        ],
    }  # fmt: skip
    return render(request, "agreements/requests.html", context)


def _row(one: Asked, today: date) -> dict[str, Any]:
    return {"asked": one, "late": one.days_late(today) > 0, "differs": bool(one.differences())}


def _sums(asked: list[Asked]) -> dict[str, int]:
    rows = [one.row for one in asked if one.row]
    return {
        "granted": sum(one.granted for one in asked), "amount": sum(row.amount or 0 for row in rows),
        "received": sum(row.received or 0 for row in rows),
    }  # fmt: skip


def _lead(asked: list[Asked], today: date) -> str:
    if not asked:
        return _("Det finns inga bidrag att rekvirera än.")
    done = sum(one.state in DONE for one in asked)
    words = ngettext(
        "%(done)s av %(n)s rekvisition är skickad eller avböjd.",
        "%(done)s av %(n)s rekvisitioner är skickade eller avböjda.", len(asked),
    ) % {"done": done, "n": len(asked)}  # fmt: skip
    late = sum(one.days_late(today) > 0 for one in asked)
    if late:
        words += " " + ngettext("En är sen.", "%(n)s är sena.", late) % {"n": late}
    elif done < len(asked):
        days = sorted({one.last_day for one in asked if one.last_day and one.state not in DONE})
        words += " " + _("Sista dag är %(day)s.") % {"day": day(days[0])} if days else ""
    return words


@once
def requisition(request: HttpRequest, county: str, year: int, uid: UUID, code: str) -> HttpResponse:
    """One recipient's request for the money of a grant: what has been done, the next step, and the one back."""
    at, actor = timezone.now(), actor_of(request)
    asked = get_asked_for(actor, county=county, year=year, uid=uid, code=code)
    to = Q(request.POST["to"]) if request.POST.get("to") in set(Q) else None
    moves = [move for move in REQUISITION_MOVES[asked.state] if asked.may(actor, move)]
    forms = {
        move: StepForm(request.POST if to is move else None, to=move, asked=asked)
        for move in moves
        if not takes_back(asked.state, move)
    }
    if request.method == "POST":
        if to is None:
            raise Http404
        asked.may(actor, to).demand()
        form = forms.get(to)
        if form is None or form.is_valid():
            told = form.told() if form else Told()
            try:
                move_requisition(by=actor, at=at, grant=asked.grant, recipient=asked.recipient, to=to, told=told)
            except DomainError as error:
                if form is None:
                    raise
                tell(error, form)
            else:
                messages.success(request, str(REQUISITION_DONE[to]))
                return redirect("agreements:requisition", county, year, asked.grant.uid, code)
    back = next((move for move in moves if takes_back(asked.state, move)), None)
    back_words = _("Ta tillbaka: vi avböjer inte") if asked.state is Q.DECLINED else back and REQUISITION_BACK[back]
    steps = [(form, REQUISITION_STEPS[move]) for move, form in forms.items()]
    traces = may(actor, Permission.READ_TRACE, county=county) or handles(actor, asked.level, asked.recipient)
    context = {
        "county": county, "year": year, "asked": asked, "row": asked.row, "level": LEVELS[asked.level],
        "state": asked.state, "late": asked.days_late(swedish_day(at)), "differences": named(asked.differences()),
        "steps": steps, "back": back,
        "back_words": back_words, "lead": _one_lead(asked, swedish_day(at)),
        "events": events_about(asked.row.uid)[:50] if asked.row and traces else (),
        "reads": bool(may(actor, Permission.READ_COUNTY, county=county)),
    }  # fmt: skip
    return render(request, "agreements/requisition.html", context)


def _one_lead(asked: Asked, today: date) -> str:
    row, name = asked.row, asked.recipient.name
    words = _("%(name)s får %(amount)s.") % {"name": name, "amount": kronor(asked.granted)}
    match asked.state:
        case Q.DECLINED:
            return words + " " + _("De är avböjda.")
        case Q.RECEIVED if row:
            return words + " " + _("%(amount)s har kommit in.") % {"amount": kronor(row.received)}
        case Q.PAID if row:
            return words + " " + _("%(amount)s är utbetalda.") % {"amount": kronor(row.paid)}
        case Q.SENT:
            return words + " " + _("Rekvisitionen är skickad och väntar på utbetalning.")
    if asked.last_day is None:
        return words + " " + _("De är inte rekvirerade än.")
    late = asked.days_late(today)
    if late:
        return words + " " + ngettext(
            "De skulle ha rekvirerats senast %(day)s, för en dag sedan.",
            "De skulle ha rekvirerats senast %(day)s, för %(n)s dagar sedan.", late,
        ) % {"day": day(asked.last_day), "n": late}  # fmt: skip
    return words + " " + _("Rekvirera senast %(day)s.") % {"day": day(asked.last_day)}
