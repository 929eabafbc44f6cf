"""Reminders: what has been sent to whom, what comes next, on which days, and a press that reminds now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samplan.apps.letters.forms import DaysForm
from samplan.apps.letters.labels import FATES, STEPS, WHO
from samplan.apps.letters.operations import Reminded, set_days
from samplan.apps.letters.operations import remind as remind_them
from samplan.apps.letters.queries import asked_on, days_in, letter_requests, receivers_of, reminders_of, steps_gone
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.kernel.once import once
from samplan.base.kernel.pages import actor_of, see, tell
from samplan.domain.access import Permission
from samplan.domain.deadlines import swedish_day
from samplan.domain.errors import DomainError
from samplan.domain.reminders import Step, Who, coming, receivers, waits_for

M = Permission.MANAGE_DIRECTIVES
MOST = 300


def log(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """What was sent to whom and when, and what comes next."""
    at = timezone.now()
    see(actor_of(request), county, M)
    waiting = _waiting(county, year)
    sent = [
        {"reminder": one, "step": STEPS[one.step], "who": WHO[one.who], "fate": one.mail.fate if one.mail else "",
         "fate_words": FATES[one.mail.fate] if one.mail else ""}
        for one in reminders_of(county, year)[:MOST]
    ]  # fmt: skip
    context = {
        "sent": sent, "coming": _coming(county, waiting, at), "days": days_in(county), "waiting": len(waiting),
        "most": MOST if len(sent) == MOST else 0,
    }  # fmt: skip
    return render(request, "letters/reminders.html", context)


def _waiting(county: str, year: int) -> list[tuple[ReportRequest, Who]]:
    """The reports that somebody in a party holds."""
    return [
        (one, who)
        for one in letter_requests(county, year)
        if (who := waits_for(one.state, needs_approval=one.needs_approval))
    ]


def _coming(county: str, waiting: list[tuple[ReportRequest, Who]], at: datetime) -> list[dict[str, Any]]:
    requests = [one for one, _who in waiting]
    days, made, gone = days_in(county), asked_on(requests), steps_gone(requests)
    parties = [one.party for one in requests]
    reach = {who: receivers_of(parties, who, at=at) for who in (Who.REPORTER, Who.APPROVER, Who.MANAGER)}
    rows = []
    for one, who in waiting:
        found = coming(
            days, last_day=one.last_day, asked_on=made.get(one.pk, date.min), today=swedish_day(at),
            sent=gone.get(one.pk, frozenset()),
        )  # fmt: skip
        step, day = found or (Step.ASKED, None)
        to = [name for each in receivers(step, who) if each in reach
              for name in _names(reach[each].get(one.party_id, ()))]  # fmt: skip
        rows.append({"request": one, "step": STEPS[step], "day": day, "to": to})
    return sorted(rows, key=lambda row: row["day"] or date.max)


def _names(found: Iterable[Any]) -> list[str]:
    return [one.name or one.email for one in found]


@require_POST
@once
def remind(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """Remind whoever holds the reports named by `number`, or with `all` everyone's; then back to `next`."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    numbers = {int(number) for number in request.POST.getlist("number") if number.isdigit() and len(number) < 9}
    chosen = (
        [one for one, _who in _waiting(county, year)]
        if request.POST.get("all")
        else list(letter_requests(county, year).filter(number__in=numbers))
    )
    _say(request, remind_them(by=actor, at=at, requests=chosen))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("letters:reminders", county, year)


def _say(request: HttpRequest, done: Reminded) -> None:
    if done.sent:
        words = ngettext("En påminnelse är på väg.", "%(number)s påminnelser är på väg.", len(done.sent))
        messages.success(request, words % {"number": len(done.sent)})
    if done.already:
        names = ", ".join(dict.fromkeys(one.party.name for one in done.already))
        messages.info(request, _("Redan påmind i dag: %(names)s.") % {"names": names})
    if done.nobody:
        names = ", ".join(dict.fromkeys(one.party.name for one in done.nobody))
        messages.warning(request, _("Ingen adress finns till %(names)s.") % {"names": names})
    if not (done.sent or done.already or done.nobody):
        messages.info(request, _("Ingen behöver påminnas nu."))


@once
def days(request: HttpRequest, county: str, year: int) -> HttpResponse:
    """The county's own days of reminding."""
    at, actor = timezone.now(), actor_of(request)
    see(actor, county, M)
    now = days_in(county)
    initial = {"before": now.before, "on": now.on, "after": now.after, "last": now.last}
    form = DaysForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_days(by=actor, at=at, county=county, days=form.days())
        except DomainError as error:
            tell(error, form)
        else:
            messages.success(request, _("Dagarna är sparade."))
            return redirect("letters:reminders", county, year)
    return render(request, "letters/days.html", {"form": form})
