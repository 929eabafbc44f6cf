"""Reminders: each step once for each report and receiver, whatever clocks and workers do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samplan.apps.letters.facts import facts_of
from samplan.apps.letters.letter import named
from samplan.apps.letters.models import PersonalLink, Reminder
from samplan.apps.letters.operations.links import end_links, fresh_link, keep_link
from samplan.apps.letters.queries import Receiver, asked_on, days_in, receivers_of, steps_gone
from samplan.apps.orgs.queries import holders
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.accounts.models import Account
from samplan.base.audit.trace import record
from samplan.base.mail.outbox import PLACE, enqueue
from samplan.domain.access import WORKER, Actor, Permission, Role, may
from samplan.domain.deadlines import days_left, ends_at, swedish_day
from samplan.domain.links import Purpose
from samplan.domain.reminders import FRESH, Step, Who, due, horizon, receivers, waits_for

IN_PARTY = frozenset({Who.REPORTER, Who.APPROVER, Who.MANAGER})
WAITING = ("open", "draft", "returned", "submitted", "nothing", "declined")


@dataclass(slots=True)
class Reminded:
    """What became of a press: reports whose people are reminded, were so today already, wait for nobody in the party,
    or whose party has no address."""

    sent: list[ReportRequest] = field(default_factory=list)
    already: list[ReportRequest] = field(default_factory=list)
    not_waiting: list[ReportRequest] = field(default_factory=list)
    nobody: list[ReportRequest] = field(default_factory=list)


def remind(*, by: Actor, at: datetime, requests: Iterable[ReportRequest]) -> Reminded:
    """Remind whoever holds each report now, its writer or its approver; nobody twice the same day.

    Raises Refused("forbidden") unless the actor handles the directives of every request's county.
    """
    listed, done = list(requests), Reminded()
    for county in {one.county for one in listed}:
        may(by, Permission.MANAGE_DIRECTIVES, county=county).demand()
    today = swedish_day(at)
    since = ends_at(today - timedelta(days=1))
    for one in listed:
        with transaction.atomic():
            request = _locked(one)
            waiting = waits_for(request.state, needs_approval=request.needs_approval)
            if waiting is None:
                done.not_waiting.append(request)
            elif Reminder.objects.filter(request=request, who=waiting, at__gte=since).exists():
                done.already.append(request)
            elif _send(by, at, request, Step.ASKED, today, waiting, waiting):
                done.sent.append(request)
                record(by=by, at=at, verb="reminded", subject=request, after={"step": Step.ASKED.value})
            else:
                done.nobody.append(request)
    return done


def send_due(*, at: datetime) -> int:
    """Every reminder whose day has come, in every county; returns how many reports were reminded of."""
    asked = ReportRequest.objects.filter(state__in=WAITING)
    counties = asked.order_by("county").values_list("county", flat=True).distinct()
    return sum(_send_due_in(county, at) for county in list(counties))


def _send_due_in(county: str, at: datetime) -> int:
    today, days = swedish_day(at), days_in(county)
    behind, ahead = horizon(days)
    within = (today - timedelta(days=behind), today + timedelta(days=ahead))
    found = ReportRequest.objects.filter(county=county, state__in=WAITING, last_day__range=within)
    listed = [
        (one, waiting)
        for one in found.select_related("party")
        if (waiting := waits_for(one.state, needs_approval=one.needs_approval))
    ]
    requests = [one for one, _waiting in listed]
    made, gone = asked_on(requests), steps_gone(requests)
    reach = {who: receivers_of([one.party for one in requests], who, at=at) for who in IN_PARTY}
    done = 0
    for one, waiting in listed:
        step = due(
            days, last_day=one.last_day, asked_on=made.get(one.pk, date.min), today=today,
            sent=gone.get(one.pk, frozenset()),
        )  # fmt: skip
        if step and any(reach[who][one.party_id] for who in receivers(step[0], waiting) if who in reach):
            done += _remind_at(one, *step, at=at)
    last = [(one, day) for one in requests if (day := days.day_of(Step.LAST, one.last_day))]
    _tell_coordinators(county, [
        (one, day) for one, day in last
        if day <= today < day + FRESH and made.get(one.pk, date.min) < day
    ], at)  # fmt: skip
    return done


@transaction.atomic
def _remind_at(one: ReportRequest, step: Step, day: date, *, at: datetime) -> bool:
    """Carry out one step for one report, unless another worker has, or its state is no longer what it was."""
    request = _locked(one)
    waiting = waits_for(request.state, needs_approval=request.needs_approval)
    if waiting is None or request.last_day != one.last_day:
        return False
    if step in steps_gone([request]).get(request.pk, frozenset()):
        return False
    sent = [_send(WORKER, at, request, step, day, who, waiting)
            for who in receivers(step, waiting) if who in IN_PARTY]  # fmt: skip
    if any(sent):
        record(by=WORKER, at=at, verb="reminded", subject=request, after={"step": step.value})
    return any(sent)


def _locked(request: ReportRequest) -> ReportRequest:
    found = ReportRequest.objects.select_for_update(of=("self",)).select_related("party__organisation", "form")
    return found.get(pk=request.pk)


def _send(
    by: Actor, at: datetime, request: ReportRequest, step: Step, day: date, who: Who, waiting: Who
) -> list[Reminder]:
    """A reminder to each who is `who` in the party, for the first time for this step and day."""
    sent = []
    for to in receivers_of([request.party], who, at=at)[request.party_id]:
        same = Reminder.objects.filter(request=request, step=step, day=day, email=to.email)
        if same.exists():
            continue
        reminder = Reminder(
            county=request.county, request=request, step=step, day=day, last_day=request.last_day, who=who,
            email=to.email, name=to.name, at=at, made_by=by.name,
        )  # fmt: skip
        _mail(reminder, request, to, waiting, at)
        sent.append(reminder)
    return sent


def _mail(reminder: Reminder, request: ReportRequest, to: Receiver, waiting: Who, at: datetime) -> None:
    address, link, fresh = _way_in(request, to, waiting, at)
    facts = facts_of([request], at=at)[request.pk]
    left = days_left(request.last_day, at)
    with translation.override(to.language):
        subject = _("Påminnelse: %(title)s (%(party)s)") % {"title": request.title, "party": request.party.name}
        context = {
            "facts": facts, "name": to.name, "who": to.who, "waiting": waiting, "left": left, "fresh": fresh,
            "address": PLACE if fresh else address, "contacts": named(facts.contacts),
        }  # fmt: skip
        body = render_to_string("letters/emails/reminder.txt", context)
    mail = enqueue(
        at=at, to=to.email, subject=subject, body=body, county=request.county, language=to.language,
        dedup=f"reminder:{request.uid}:{reminder.step}:{reminder.day}:{to.email}", once=True,
        secret=address if fresh else "",
    )  # fmt: skip
    if link is not None:
        keep_link(link, mail)
    reminder.mail = mail
    reminder.save()


def _way_in(request: ReportRequest, to: Receiver, waiting: Who, at: datetime) -> tuple[str, PersonalLink | None, bool]:
    """How the receiver gets to the report: (address, new link, whether it is new). Whoever has an account signs in;
    who is only told gets no way in."""
    if to.account and to.who is not Who.MANAGER:
        path = reverse("questionnaires:report", args=[request.county, request.year, request.number])
        return settings.BASE_URL + path, None, False
    if to.who is not waiting:
        return "", None, False
    purpose = Purpose.APPROVE if waiting is Who.APPROVER else Purpose.WRITE
    end_links([request], purpose, at=at, email=to.email)
    link, address = fresh_link(request, purpose, to, at=at)
    return address, link, True


def _tell_coordinators(county: str, late: list[tuple[ReportRequest, date]], at: datetime) -> None:
    """One mail to each coordinator about every report that has come to its last step and has not been told of."""
    if not late:
        return
    told = Reminder.objects.filter(request__in=[one for one, _day in late], step=Step.LAST, who=Who.COORDINATOR)
    known = set(told.values_list("request_id", "day", "email"))
    for account in holders(county, Role.COORDINATOR, at=at):
        new = [(one, day) for one, day in late if (one.pk, day, account.email) not in known]
        if new:
            _tell(county, account, new, at)


def _tell(county: str, account: Account, new: list[tuple[ReportRequest, date]], at: datetime) -> None:
    first, day = new[0]
    path = reverse("questionnaires:board", args=[county, first.year])
    with translation.override(account.language):
        subject = _("Återrapporter som inte har kommit")
        context = {"name": account.name, "requests": [one for one, _day in new], "address": settings.BASE_URL + path}
        body = render_to_string("letters/emails/told.txt", context)
    try:
        with transaction.atomic():
            mail = enqueue(
                at=at, to=account.email, subject=subject, body=body, county=county, language=account.language,
                dedup=f"told:{first.uid}:{day}:{account.email}", once=True,
            )  # fmt: skip
            Reminder.objects.bulk_create(
                Reminder(
                    county=county, request=one, step=Step.LAST, day=day, last_day=one.last_day, who=Who.COORDINATOR,
                    email=account.email, name=account.name, at=at, made_by=WORKER.name, mail=mail,
                )
                for one, day in new
            )  # fmt: skip
    except IntegrityError:
        return  # another worker has told at the same moment
