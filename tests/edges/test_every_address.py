"""Every address in the URL table, tried by the stranger, by the same role of a neighbour county, and by its own people.

An address that nobody has classified here fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samplan.apps.agreements.models import Agreement, Allocation, Grant
from samplan.apps.bodies.models import Body, Decision, Seat
from samplan.apps.directives.models import Directive
from samplan.apps.indicators.models import Indicator
from samplan.apps.indicators.operations import add_indicator
from samplan.apps.letters.models import PersonalLink
from samplan.apps.needs.models import Need, Proposal
from samplan.apps.needs.operations import add_need, write_proposal
from samplan.apps.orgs.models import Organisation, RoleAssignment
from samplan.apps.orgs.operations import assign_role
from samplan.apps.plans.models import (
    Activity,
    ActivityFigure,
    BudgetLine,
    FocusArea,
    Framework,
    Goal,
    Picture,
    Plan,
    PlanText,
)
from samplan.apps.questionnaires.models import Answer, HandedPart, ReportRequest
from samplan.apps.spending.models import Payment
from samplan.apps.yearreports.models import Submission, SubmittedFile, WordTemplate
from samplan.apps.yearreports.operations.templates import upload_template
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.base.files.models import Attachment
from samplan.base.files.operations import attach
from samplan.domain.access import ORGANISATION_ROLES, Role, command_line
from samplan.edges.imports.models import Draft
from tests.edges.office_files import word
from tests.small_year import AT

COUNTY, NEIGHBOUR, YEAR = "21", "25", 2024

# Anybody may open these.
PUBLIC = {
    "public:start", "public:report", "public:file", "public:accessibility", "public:privacy", "accounts:sign_in",
    "public:newest", "public:county", "public:area", "public:directive", "public:activity", "public:effort",
    "public:places", "public:municipality", "public:money", "public:results", "public:reports", "public:search",
    "public:fault", "public:place", "public:robots", "public:sitemap",
    "accounts:link", "accounts:forgotten", "set_language", "ui:components",
    "home:calendar_file", "links:enter", "links:answer", "links:leave", "links:letter",
    "links:save", "links:preview", "links:hand", "links:paper",
}  # fmt: skip
# Of these, what is about a county's published year.
PUBLISHED = {
    "public:report", "public:file", "public:county", "public:area", "public:directive", "public:activity",
    "public:effort", "public:places", "public:municipality", "public:money", "public:results", "public:reports",
}  # fmt: skip
# Any signed-in person: leads to one's own.
SIGNED_IN = {"home:start", "home:calendar", "accounts:sign_out"}
# The county's own people. All other addresses below /<county>/<year>/ are these.
COUNTY_ROOMS = {
    "home", "agreements", "budget", "plans", "bodies", "directives", "questionnaires", "reports", "orgs", "turn",
    "needs", "indicators", "spending", "imports", "files", "jobs", "letters", "help",
}  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or space)
        else:
            yield (f"{space}:{pattern.name}" if space else str(pattern.name)), pattern


TABLE = sorted(dict(addresses(get_resolver().url_patterns)))


def classified(name: str) -> str:
    if name in PUBLIC:
        return "public"
    if name in SIGNED_IN:
        return "signed in"
    return "county" if name.split(":")[0] in COUNTY_ROOMS else ""


def test_every_address_is_classified() -> None:
    assert [name for name in TABLE if not classified(name)] == []
    assert len(TABLE) > 40


def _of_the_published(name: str) -> object:
    """An area, a municipality or something that was done in the demo's published year."""
    plan = Plan.objects.get(county=COUNTY, year=YEAR, owner=None)
    found = {
        "public:area": lambda: FocusArea.objects.filter(plan=plan)[0].number,
        "public:municipality": lambda: "2104",
        "public:directive": lambda: Directive.objects.filter(plan=plan, state="issued")[0].uid,
        "public:activity": lambda: Activity.objects.filter(plan=plan)[0].uid,
        "public:effort": lambda: (
            ReportRequest.objects.filter(county=COUNTY, year=YEAR, kind="effort", state="accepted")[0].uid
        ),
    }
    return found[name]()


def _value(name: str, argument: str) -> object:
    """A value with which the address leads to something in the demo's county."""
    room = name.split(":")[0]
    if room == "public" and argument in {"number", "code", "uid"}:
        return _of_the_published(name)
    if name in {"questionnaires:part", "questionnaires:save_part"} and argument in {"number", "uid"}:
        part = HandedPart.objects.filter(county=COUNTY, request__year=YEAR)[0]
        return part.request.number if argument == "number" else part.uid
    match argument:
        case "county":
            return COUNTY
        case "year":
            return YEAR
        case "number":
            return 1
        case "fmt":
            return "pdf"
        case "code":
            return "2104" if name == "letters:address" else COUNTY
        case "token":
            return "x" * 43
        case "kind":
            return "situation" if name == "plans:text" else "goal"
        case "shape":
            return "matrix"
        case "field":
            return "title"
        case "slug":
            return "samordnaren" if room == "help" else "insats"
        case "page":
            return "plans:plan"
        case "activity":
            return Activity.objects.filter(county=COUNTY, plan__year=YEAR - 1)[0].uid
        case "name":
            return f"{COUNTY}-{YEAR}-directive.pdf"
        case "detail" if name == "reports:submission_file":
            return SubmittedFile.objects.filter(county=COUNTY)[0].uid
        case "detail":
            return ActivityFigure.objects.filter(county=COUNTY)[0].uid
        case "seat":
            return Seat.objects.filter(county=COUNTY)[0].uid
    if name == "plans:remove":
        return ActivityFigure.objects.filter(county=COUNTY)[0].activity.uid
    if name == "bodies:end_seat":
        return Seat.objects.filter(county=COUNTY)[0].body.uid
    uids = {
        "agreements:agreement": Agreement, "agreements:section": Agreement, "agreements:decide": Grant,
        "agreements:requisition": Grant, "spending": BudgetLine, "spending:whole": Grant,
        "spending:follow_grant": Grant, "reports:submission": Submission, "reports:submission_file": Submission,
        "spending:repayment": Grant, "spending:remove": Payment,
        "bodies:decision": Decision, "orgs": RoleAssignment, "agreements": Allocation, "reports": Allocation,
        "bodies": Body, "letters:revoke": PersonalLink, "links": PersonalLink,
        "files": Attachment, "files:new": Activity,
        "reports:template": WordTemplate, "reports:template_trial": WordTemplate, "reports:template_file": WordTemplate,
        "imports": Draft, "needs": Proposal, "indicators": Indicator, "needs:need": Need, "needs:from_answer": Answer,
        "plans": Activity, "turn": Plan, "reports:plan_document": Plan, "plans:chapter": PlanText,
        "plans:area": FocusArea, "plans:row": Goal, "plans:remove_row": Goal, "plans:picture": Picture,
        "plans:picture_file": Picture, "plans:framework": Framework,
        **dict.fromkeys(
            ("plans:whole", "plans:settings", "plans:new_chapter", "plans:new_area_of", "plans:new_activity_of",
             "plans:new_picture", "plans:adopt", "plans:versions", "plans:new_row"), Plan,
        ),
    }  # fmt: skip
    model = uids.get(name) or uids.get(room)
    if name == "turn:decide":  # the year before this one is the one that has turned
        return Plan.objects.get(county=COUNTY, year=YEAR - 1, owner=None).uid
    if model is Agreement:
        return Agreement.objects.filter(year=YEAR).latest("pk").uid
    if model is Plan:
        return Plan.objects.get(county=COUNTY, year=YEAR, owner=None).uid
    row = model.objects.filter(**({"county": COUNTY} if hasattr(model, "county") else {})).first() if model else None
    return row.uid if row else uuid4()


def address_of(name: str) -> str:
    pattern = dict(addresses(get_resolver().url_patterns))[name]
    names = list(pattern.pattern.converters)
    if classified(name) == "county" or name in PUBLISHED:
        names = ["county", "year", *(n for n in names if n not in {"county", "year"})]
    return reverse(name, kwargs={argument: _value(name, argument) for argument in names})


def unguarded(answer: HttpResponseBase) -> list[str]:
    """What an answer lacks of the headers that every answer carries, or has that none may have."""
    wanted = {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }  # fmt: skip
    wrong = [name for name, value in wanted.items() if answer.headers.get(name) != value]
    if answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        wrong.append("Referrer-Policy")
    policy = answer.headers.get("Content-Security-Policy", "")
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    if rules.get("default-src") != "'none'":
        wrong.append("default-src")
    allowed = {word for words in rules.values() for word in words.split()}
    return wrong + sorted(allowed - {"'self'", "'none'", "data:"})


def signed_in(role: Role, county: str, organisation: Organisation | None = None) -> Client:
    boss = command_line(county)
    account = create_account(by=boss, at=AT, email=f"{role}@{county}.example", name=f"{role} {county}")
    assign_role(
        by=boss,
        at=AT,
        account=account,
        role=role,
        county=county,
        organisation=organisation,
        valid_from=date(2024, 1, 1),
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_stranger_reads_what_is_public_and_nothing_else(demo: None) -> None:
    for name in TABLE:
        address, kind = address_of(name), classified(name)
        for method in ("get", "post", "put", "delete"):
            answer = getattr(Client(), method)(address)
            status = answer.status_code
            assert unguarded(answer) == [], (name, method)
            if kind == "public":
                assert status in {200, 302, 405, 410}, (name, method, status)
            else:
                assert status in {302, 403, 405}, (name, method, status)
        if kind != "public":
            answer = Client().get(address)
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("accounts:sign_in")), name


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_same_role_of_the_neighbour_county_finds_nothing(demo: None, role: Role) -> None:
    from samplan.apps.orgs.models import Party

    party = Party.objects.get(county=NEIGHBOUR, role="region")
    organisation = party.organisation if role in ORGANISATION_ROLES else None
    client = signed_in(role, NEIGHBOUR, organisation)
    for name in TABLE:
        if classified(name) != "county":
            continue
        address = address_of(name)
        for method in ("get", "post"):
            status = getattr(client, method)(address).status_code
            assert status in {403, 404, 405}, (name, method, status)


def leads_nowhere(html: str) -> list[str]:
    """The words of links and forms whose address is empty: a way back that was lost, a place that has no address."""
    page = BeautifulSoup(html, "html.parser")
    empty = [link for link in page.find_all("a") if not (link.get("href") or "").split("#")[0].strip("?")]
    lost = [link for link in empty if not (link.get("href") or "").startswith(("#", "?"))]
    return [link.get_text(" ", strip=True)[:60] for link in lost]


def test_the_coordinator_opens_every_page_of_the_own_county_and_each_leads_back(demo: None) -> None:
    boss = command_line(COUNTY)
    add_indicator(by=boss, at=AT, county=COUNTY, code="kurser", title="Kurser")
    add_need(by=boss, at=AT, county=COUNTY, year=YEAR, title="Stöd till unga")
    write_proposal(by=boss, at=AT, county=COUNTY, year=YEAR, title="Samtal")
    attach(by=boss, at=AT, about=Activity.objects.filter(county=COUNTY)[0], name="a.txt", content=b"hej")
    upload_template(by=boss, at=AT, county=COUNTY, owner=None, name="Mall.docx", content=word())
    client = Client()
    client.force_login(Account.objects.get(email__startswith="samordnare@"))
    opened, lost, cancels = 0, {}, 0
    for name in TABLE:
        if classified(name) != "county":
            continue
        answer = client.get(address_of(name))
        assert answer.status_code in {200, 302, 404, 405}, (name, answer.status_code)
        assert unguarded(answer) == [], name
        opened += answer.status_code == 200
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        cancels += ">Avbryt</a>" in html
        if nowhere := leads_nowhere(html):
            lost[name] = nowhere
    assert lost == {}
    assert opened > 70
    assert cancels > 35


def test_a_link_without_an_address_is_found() -> None:
    page = '<a href="">Avbryt</a> <a>Namnlös</a> <a href="#spar">Spår</a> <a href="?">Alla</a> <a href="/21/">Län</a>'
    assert leads_nowhere(page) == ["Avbryt", "Namnlös"]
