"""The number of queries of a page does not grow with the data: every page without a thing of its own in its address."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.agreements.operations.money import How, draft_allocation
from samplan.apps.bodies.models import Body
from samplan.apps.bodies.operations import Point, add_body, add_seat, record_decision
from samplan.apps.directives.operations import Wording, draft_directive
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.operations import assign_role
from samplan.apps.plans.models import Activity, FocusArea, Plan
from samplan.apps.plans.operations.activities import EventValue, FigureValue, add_activity
from samplan.apps.questionnaires.operations import ask_for_effort
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.domain.access import Role, command_line
from samplan.domain.allocation_keys import Equal
from samplan.domain.questionnaire import Audience, Question, QuestionKind
from tests.edges.test_every_address import COUNTY, TABLE, YEAR, address_of, classified
from tests.small_year import AT

LISTS = [name for name in TABLE if classified(name) == "county" and name != "reports:decision_paper"]


def grow(times: int) -> None:
    """Ten of everything for each one there was, through the operations."""
    boss = command_line(COUNTY)
    plan = Plan.objects.get(county=COUNTY, year=YEAR, owner=None)
    area = FocusArea.objects.filter(plan=plan).first()
    parties = list(Party.objects.filter(county=COUNTY))
    assert area is not None
    question = Question("done", QuestionKind.TEXT, "Vad gjordes?", Audience.EVERYBODY)
    for number in range(times):
        body = add_body(
            by=boss, at=AT, county=COUNTY, name=f"Grupp {number}", kind="working_group",
            parent=Body.objects.filter(county=COUNTY).first(), mandates=[("budget", date(2023, 1, 1), None)],
        )  # fmt: skip
        add_seat(by=boss, at=AT, body=body, function="Ledamot", organisation=parties[number % 11].organisation)
        record_decision(
            by=boss, at=AT, body=body, decided_on=date(2024, 3, 1), title=f"Beslut {number}",
            points=[Point("budget", "Bifall."), Point("other", "Noterat.")],
        )  # fmt: skip
        draft_allocation(
            by=boss,
            at=AT,
            county=COUNTY,
            year=YEAR,
            title=f"Fördelning {number}",
            how=How(1000, Equal()),
            parties=parties,
        )
        add_activity(
            by=boss, at=AT, area=area, number=f"9.{number}", title=f"Insats {number}", municipalities=parties[1:4],
            parties=[(parties[0], "Regionen", "does")], figures=[FigureValue("people", "Personer", number)],
            events=[EventValue(date(2024, 5, 1), "Möte", tuple(parties[:3]))], links=[("Länk", "https://example.org/")],
        )  # fmt: skip
        ask_for_effort(
            by=boss, at=AT, plan=plan, area=area, title=f"Insats {number}", party=parties[number % 11],
            questions=[question], last_day=date(2024, 12, 31),
        )  # fmt: skip
        account = create_account(by=boss, at=AT, email=f"p{number}@example.org", name=f"Person {number}")
        assign_role(
            by=boss, at=AT, account=account, role=Role.READER, county=COUNTY, organisation=None,
            valid_from=date(2024, 1, 1),
        )  # fmt: skip
        draft_directive(
            by=boss, at=AT, area=area, number=100 + number, questions=[question],
            wording=Wording(title=f"Direktiv {number}", last_day=date(2024, 12, 31)),
        )  # fmt: skip


def queries_of(client: Client, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer.status_code, len(captured)


def test_no_page_asks_more_when_there_is_ten_times_as_much(demo: None) -> None:
    clients = {local: Client() for local in ("samordnare", "rapportor.2104")}
    for local, client in clients.items():
        account = Account.objects.get(email__startswith=f"{local}@")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    pages = {name: address_of(name) for name in LISTS}
    pages |= {"public:start": reverse("public:start"), "public:report": address_of("public:report")}
    before = {}
    for local, client in clients.items():
        for name, address in pages.items():
            queries_of(client, address)
            status, count = queries_of(client, address)
            if status == 200:
                before[local, name] = count
    activities = Activity.objects.filter(plan__year=YEAR, plan__county=COUNTY, plan__owner=None).count()
    grow(9 * 17)
    assert Activity.objects.filter(plan__year=YEAR, plan__county=COUNTY, plan__owner=None).count() >= 10 * activities
    grown = {}
    for (local, name), count in before.items():
        _status, now = queries_of(clients[local], pages[name])
        if now > count:
            grown[local, name] = (count, now)
    assert grown == {}
    opened = Counter(local for local, _name in before)
    assert opened["samordnare"] >= 15
    assert opened["rapportor.2104"] >= 3
