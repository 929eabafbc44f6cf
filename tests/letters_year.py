"""A small year with its letters: whom they go to, the links in their mails, and a browser that steps in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.test import Client

from samplan.apps.directives.models import Directive
from samplan.apps.letters.operations import Sent, send_letters, write_addresses
from samplan.apps.orgs.models import Party
from samplan.apps.questionnaires.models import ReportRequest
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import command_line
from samplan.domain.reminders import Who
from tests.small_year import AT, BOSS, Year, make_year

HOFORS, GAVLE = "hofors@example.org", "gavle@example.org"


@dataclass
class Letters:
    year: Year
    directive: Directive

    @property
    def hofors(self) -> ReportRequest:
        return ReportRequest.objects.select_related("party", "form").get(party__code="2104")

    @property
    def gavle(self) -> ReportRequest:
        return ReportRequest.objects.select_related("party", "form").get(party__code="2180")

    def send(self, *requests: ReportRequest, at: datetime = AT) -> Sent:
        return send_letters(by=BOSS, at=at, requests=requests or [self.hofors, self.gavle])


def book(code: str, *, at: datetime = AT, language: str = "sv", **addresses: str) -> None:
    """Addresses in the county's book: reporter, approver, manager."""
    party = Party.objects.get(county="21", role="municipality", code=code)
    written = {Who(who): email for who, email in addresses.items()}
    write_addresses(by=BOSS, at=at, party=party, addresses=written, language=language)


def book_of(county: str, *, at: datetime = AT) -> None:
    """An address for every municipality of a county."""
    for party in Party.objects.filter(county=county, role="municipality"):
        addresses = {Who.REPORTER: f"registrator.{party.code}@example.org"}
        write_addresses(by=command_line(county), at=at, party=party, addresses=addresses)


def letters_year(*, needs_approval: bool = False) -> Letters:
    """Two parties that are asked for a report, each with an address in the book and nobody with an account."""
    year = make_year()
    directive = year.issued(needs_approval=needs_approval)
    book("2104", reporter=HOFORS, approver="chef.hofors@example.org", manager="ekonomi.hofors@example.org")
    book("2180", reporter=GAVLE)
    return Letters(year, directive)


def path_of(mail: OutboxMail) -> str:
    """The way in that a mail carries before it has left."""
    found = re.search(r"/brev/[0-9a-z-]+/", mail.secret)
    assert found, mail.secret
    return found.group()


def newest_path(to: str) -> str:
    return path_of(OutboxMail.objects.filter(to=to).exclude(secret="").latest("pk"))


def step_in(path: str, name: str = "Rut Ek", function: str = "enhetschef") -> tuple[Client, str]:
    """A browser that has gone on from a link with a name, and the address behind the door."""
    client = Client()
    answer = client.post(path, {"name": name, "function": function})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return client, answer["Location"]
