"""Reads about letters, links and reminders: whom a party is written to through, and where each link stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from samplan.apps.letters.models import (
    CalendarAddress,
    Letter,
    PartyAddress,
    PersonalLink,
    Reminder,
    ReminderDays,
    Statement,
)
from samplan.apps.orgs.models import Party, RoleAssignment
from samplan.apps.questionnaires.models import ReportRequest
from samplan.apps.questionnaires.queries import requests_of
from samplan.base.accounts.models import Account
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from samplan.domain.links import LinkState, link_state, read_code
from samplan.domain.reminders import Days, Step, Who

ROLES = {
    Who.REPORTER: Role.PARTY_REPORTER,
    Who.APPROVER: Role.PARTY_APPROVER,
    Who.MANAGER: Role.PARTY_CONTROLLER,
}


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to write to. `account`: signs in; else an address that the county has written down."""

    who: Who
    name: str
    email: str
    language: str = "sv"
    account: bool = False


def fingerprint(code: str) -> str:
    """What is kept of a secret code. It is random and long, so a plain hash cannot be searched backwards."""
    return hashlib.sha256(code.encode()).hexdigest()


def receivers_of(parties: Iterable[Party], who: Who, *, at: datetime) -> dict[int, list[Receiver]]:
    """Whom each party of one county is written to through, by the party's row id: those who hold the role in its
    organisation, or, where nobody does, the address in the county's book. Two queries."""
    listed = list(parties)
    if not listed:
        return {}
    day = timezone.localdate(at)
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), county=listed[0].county, role=ROLES[who], valid_from__lte=day,
        organisation_id__in={party.organisation_id for party in listed}, account__is_active=True,
    ).select_related("account").order_by("account_id")  # fmt: skip
    people: dict[int, dict[str, Receiver]] = {}
    for one in held:
        account = one.account
        found = Receiver(who, account.name, account.email, account.language, True)
        people.setdefault(one.organisation_id or 0, {})[account.email] = found
    written = {row.party_id: row for row in PartyAddress.objects.filter(party__in=listed, who=who)}
    found_of: dict[int, list[Receiver]] = {}
    for party in listed:
        those = list(people.get(party.organisation_id, {}).values())
        if not those and (row := written.get(party.pk)):
            those = [Receiver(who, row.name, row.email, row.language)]
        found_of[party.pk] = those
    return found_of


def addresses_of(county: str) -> dict[tuple[int, str], PartyAddress]:
    """The county's book: (party's row id, who) → address."""
    return {(row.party_id, row.who): row for row in PartyAddress.objects.filter(county=county)}


def accepted_since(requests: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each request's report was last accepted, for those that have been, also when it was returned later."""
    found = Event.objects.filter(subject_uid__in=list(requests), verb="report_accepted").order_by("at", "id")
    return dict(found.values_list("subject_uid", "at"))


def states_of(links: Iterable[PersonalLink], *, at: datetime) -> dict[int, LinkState]:
    """Where each link stands, by row id. The links' requests are at hand (`select_related`)."""
    listed = list(links)
    accepted = accepted_since({one.request.uid for one in listed})
    return {
        one.pk: link_state(
            ended=one.ended, last_day=one.request.last_day, made_at=one.made_at, at=at,
            withdrawn=one.request.state == "withdrawn",
            accepted=one.request.state == "accepted"
            or accepted.get(one.request.uid, one.made_at) > one.made_at,
        )
        for one in listed
    }  # fmt: skip


def state_of(link: PersonalLink, *, at: datetime) -> LinkState:
    return states_of([link], at=at)[link.pk]


def link_of_code(typed: str) -> PersonalLink | None:
    """The link that a code in an address belongs to, in whatever state it is."""
    code = read_code(typed)
    found = PersonalLink.objects.filter(token_hash=fingerprint(code)) if code else PersonalLink.objects.none()
    return found.select_related("request__party__organisation", "request__form").first()


def link_with(uid: UUID) -> PersonalLink | None:
    found = PersonalLink.objects.filter(uid=uid)
    return found.select_related("request__party__organisation", "request__form", "request__plan").first()


def statement_with(link: PersonalLink, uid: str) -> Statement | None:
    """Who was stated for this link, by the statement's uid."""
    return Statement.objects.filter(link=link, uid=uid).select_related("link__request__party").first()


def get_link(uid: UUID, *, county: str, year: int) -> PersonalLink:
    """A link of the county and year; 404 for every other."""
    found = link_with(uid)
    if found is None or (found.county, found.request.year) != (county, year):
        raise Http404
    return found


def letter_requests(county: str, year: int) -> QuerySet[ReportRequest]:
    """The requests that a letter can be made about, in the order of directives and parties."""
    return requests_of(county, year).select_related("party__organisation", "form", "area", "plan")


def get_letter_request(*, county: str, year: int, number: int) -> ReportRequest:
    found = letter_requests(county, year).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def newest_letters(requests: Iterable[ReportRequest]) -> dict[int, Letter]:
    """The latest letter about each request, by the request's row id."""
    found = Letter.objects.filter(request__in=list(requests)).order_by("number")
    return {letter.request_id: letter for letter in found}


def links_of(requests: Iterable[ReportRequest]) -> dict[int, list[PersonalLink]]:
    """Every link to each request, oldest first, by the request's row id; with their mails and statements."""
    found = PersonalLink.objects.filter(request__in=list(requests)).order_by("id")
    links: dict[int, list[PersonalLink]] = {}
    for link in found.select_related("mail", "request").prefetch_related("statements"):
        links.setdefault(link.request_id, []).append(link)
    return links


def days_in(county: str) -> Days:
    """The county's days of reminding."""
    row = ReminderDays.objects.filter(county=county).first()
    return Days(row.before, row.on, row.after, row.last) if row else Days()


def asked_on(requests: Iterable[ReportRequest]) -> dict[int, date]:
    """The Swedish day on which each request was made, by row id, as its trace says."""
    uids = {request.uid: request.pk for request in requests}
    found = Event.objects.filter(subject_uid__in=list(uids), verb="report_asked_for")
    return {uids[uid]: timezone.localdate(at) for uid, at in found.values_list("subject_uid", "at")}


def steps_gone(requests: Iterable[ReportRequest]) -> dict[int, frozenset[Step]]:
    """The steps at which each request's party has been reminded of its present last day, by row id."""
    last_days = {one.pk: one.last_day for one in requests}
    found: dict[int, frozenset[Step]] = {}
    rows = Reminder.objects.filter(request_id__in=list(last_days)).exclude(step=Step.ASKED)
    rows = rows.exclude(who=Who.COORDINATOR)
    for request_id, step, last_day in rows.values_list("request_id", "step", "last_day"):
        if last_days[request_id] == last_day:
            found[request_id] = found.get(request_id, frozenset()) | {Step(step)}
    return found


def reminders_of(county: str, year: int) -> QuerySet[Reminder]:
    """What has been sent, newest first."""
    return Reminder.objects.filter(county=county, request__year=year).select_related("request__party", "mail")


def calendar_of(account: Account) -> CalendarAddress | None:
    """The account's calendar in force."""
    return CalendarAddress.objects.filter(account=account, ended_at=None).order_by("-pk").first()


def account_of_calendar(typed: str) -> CalendarAddress | None:
    """Whose calendar a code in an address is, if it is in force and the account open."""
    code = read_code(typed)
    found = CalendarAddress.objects.filter(token_hash=fingerprint(code), ended_at=None, account__is_active=True)
    return found.select_related("account").first() if code else None
