"""Requests for the money of a grant, through the database: every state from, to and role; amounts that differ."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.models import Grant, Requisition
from samplan.apps.agreements.operations.money import (
    Dates,
    NewLine,
    NewSection,
    compute_grants,
    create_agreement,
    decide_grant,
)
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.agreements.requisitions import Asked, asked_of
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.base.accounts.models import Account
from samplan.base.audit.models import Event
from samplan.domain.access import ORGANISATION_ROLES, Actor, Assignment, Role
from samplan.domain.allocation_keys import Population
from samplan.domain.cycle import RequisitionStatus as Q
from samplan.domain.errors import Invalid, Refused
from samplan.domain.money import Difference
from tests.small_year import AT, BOSS, load_places, person

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/pengar/rekvisitioner/"
LAST_DAY = date(2024, 11, 29)
ON = date(2024, 10, 1)


def held(role: Role, county: str = "21", party: Party | None = None) -> Actor:
    return Actor("account", role.value, None, (Assignment(role, county, party.organisation_id if party else None),))


CONTROLLER = held(Role.CONTROLLER)


class Money:
    """A county's three kinds of grants, and its parties."""

    def __init__(self) -> None:
        load_places()
        lines = tuple(
            NewLine(level, amount, Population())
            for level, amount in (("joint", 160_000_000), ("region", 65_000_000), ("municipalities", 250_000_000))
        )
        self.agreement = create_agreement(
            by=BOSS, at=AT, year=2024, title="Överenskommelse", parties="Staten och SKR", state="signed",
            sections=[NewSection("1", "halsa", "Psykisk hälsa", lines)], dates=Dates(LAST_DAY),
        )  # fmt: skip
        compute_grants(
            by=BOSS, at=AT, county="21", agreement=self.agreement, population_on=official.ON_DATE, state="decided"
        )
        self.region = Party.objects.get(county="21", role="region")
        self.hofors = Party.objects.get(county="21", code="2104")
        self.gavle = Party.objects.get(county="21", code="2180")

    def of(self, level: str, party: Party | None = None) -> Asked:
        recipient = party or (self.hofors if level == "municipalities" else self.region)
        return next(one for one in asked_of("21", 2024) if one.level == level and one.recipient == recipient)

    def move(self, by: Actor, level: str, to: Q, told: Told | None = None, party: Party | None = None) -> Requisition:
        asked = self.of(level, party)
        return move_requisition(
            by=by, at=AT, grant=asked.grant, recipient=asked.recipient, to=to,
            told=told or Told(ON, asked.granted, "Kim Ek", "Controller", "Därför."),
        )  # fmt: skip


@pytest.fixture
def money() -> Money:
    return Money()


PATHS = {
    Q.TO_REQUEST: (), Q.SIGNED: (Q.SIGNED,), Q.SENT: (Q.SIGNED, Q.SENT), Q.PAID: (Q.SIGNED, Q.SENT, Q.PAID),
    Q.RECEIVED: (Q.SIGNED, Q.SENT, Q.PAID, Q.RECEIVED), Q.DECLINED: (Q.DECLINED,),
}  # fmt: skip
# Written out by hand from requirement C2: a step forward, the last step back.
ALLOWED = {
    (Q.TO_REQUEST, Q.SIGNED), (Q.SIGNED, Q.SENT), (Q.SENT, Q.PAID), (Q.PAID, Q.RECEIVED), (Q.TO_REQUEST, Q.DECLINED),
    (Q.SIGNED, Q.TO_REQUEST), (Q.SENT, Q.SIGNED), (Q.PAID, Q.SENT), (Q.RECEIVED, Q.PAID), (Q.DECLINED, Q.TO_REQUEST),
}  # fmt: skip


def test_every_recipient_has_its_own_part(money: Money) -> None:
    asked = asked_of("21", 2024)
    assert [(one.level, one.recipient.name) for one in asked[:2]] == [("joint", "Region Gävleborg"),
                                                                      ("region", "Region Gävleborg")]  # fmt: skip
    own = asked[2:]
    assert len(own) == 10
    grant = Grant.objects.get(line__level="municipalities", county="21")
    assert sum(one.granted for one in own) == grant.amount
    assert {one.state for one in asked} == {Q.TO_REQUEST}
    assert not Requisition.objects.exists()


@pytest.mark.parametrize("level", ["joint", "region", "municipalities"])
def test_every_move_for_every_role(money: Money, level: str) -> None:
    right = held(Role.PARTY_CONTROLLER, party=money.hofors) if level == "municipalities" else CONTROLLER
    for status, to in product(Q, Q):
        Requisition.objects.all().delete()
        for step in PATHS[status]:
            money.move(right, level, step)
        for role in Role:
            party = money.of(level).recipient if role in ORGANISATION_ROLES else None
            actor = held(role, "" if role is Role.ADMINISTRATOR else "21", party)
            if actor.assignments == right.assignments:
                continue
            with pytest.raises(Refused, match=r"forbidden|no_such_move"):
                money.move(actor, level, to)
        assert money.of(level).state is status
        if (status, to) in ALLOWED:
            assert money.move(right, level, to).state == to
            assert money.of(level).state is to
        else:
            with pytest.raises(Refused, match="no_such_move"):
                money.move(right, level, to)


def test_the_neighbours_move_nothing(money: Money) -> None:
    strangers = [
        held(Role.CONTROLLER, "25"), held(Role.PARTY_CONTROLLER, party=money.gavle),
        held(Role.PARTY_CONTROLLER, "25", money.hofors), held(Role.PARTY_CONTROLLER, party=money.region),
    ]  # fmt: skip
    for actor, level in product(strangers, ["joint", "region", "municipalities"]):
        with pytest.raises(Refused, match="forbidden"):
            money.move(actor, level, Q.SIGNED)
    assert not Requisition.objects.exists()


def test_a_recipient_of_another_grant_asks_for_nothing(money: Money) -> None:
    grant = money.of("joint").grant
    for party, code in ((money.hofors, "not_a_recipient"), (Party.objects.get(code="25", role="region"), "forbidden")):
        with pytest.raises(Refused, match=code):
            move_requisition(
                by=CONTROLLER, at=AT, grant=grant, recipient=party, to=Q.SIGNED, told=Told(ON, 1, "A", "B")
            )


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        (Told(None, 5, "A", "B"), "required", "on"),
        (Told(date(2024, 11, 5), 5, "A", "B"), "day_to_come", "on"),
        (Told(ON, None, "A", "B"), "required", "amount"),
        (Told(ON, -1, "A", "B"), "negative", "amount"),
        (Told(ON, 2**63, "A", "B"), "number_too_large", "amount"),
        (Told(ON, 5, " ", "B"), "required", "signed_by"),
        (Told(ON, 5, "A", ""), "required", "signed_function"),
        (Told(ON, 5, "19121212-1212", "B"), "personal_number", "signed_by"),
        (Told(ON, 5, "A", "B", "Enligt 19121212-1212."), "personal_number", "why"),
    ],
)
def test_what_a_signature_must_say(money: Money, told: Told, code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        money.move(CONTROLLER, "joint", Q.SIGNED, told)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Requisition.objects.exists()


def test_days_come_in_order_and_a_no_has_a_reason(money: Money) -> None:
    money.move(CONTROLLER, "joint", Q.SIGNED)
    with pytest.raises(Invalid, match="steps_in_order"):
        money.move(CONTROLLER, "joint", Q.SENT, Told(ON - timedelta(days=1)))
    with pytest.raises(Invalid, match="reason_needed"):
        money.move(CONTROLLER, "region", Q.DECLINED, Told(why="  "))


def test_a_step_back_forgets_what_was_said_and_the_trace_keeps_it(money: Money) -> None:
    money.move(CONTROLLER, "joint", Q.SIGNED)
    row = money.move(CONTROLLER, "joint", Q.TO_REQUEST)
    assert (row.amount, row.signed_by, row.signed_on) == (None, "", None)
    back, signed = Event.objects.order_by("-id")[:2]
    assert (signed.verb, back.verb) == ("requisition_signed", "requisition_taken_back")
    assert "Kim Ek" in back.before


def amounts(money: Money, requested: int, paid: int, received: int) -> tuple[Difference, ...]:
    whole = money.of("joint").granted
    for to, off in ((Q.SIGNED, requested), (Q.SENT, 0), (Q.PAID, paid), (Q.RECEIVED, received)):
        money.move(CONTROLLER, "joint", to, Told(ON, whole + off, "A", "B"))
    return money.of("joint").differences()


def test_the_same_amount_all_the_way_is_no_difference(money: Money) -> None:
    assert amounts(money, 0, 0, 0) == ()


def test_every_difference_has_its_name_and_together_they_are_the_whole_one(money: Money) -> None:
    found = amounts(money, -1000, -900, -950)
    assert found == (Difference("requested", 1000), Difference("paid", -100), Difference("received", 50))
    asked = money.of("joint")
    assert sum(one.amount for one in found) == asked.granted - asked.received


def test_a_grant_decided_anew_after_the_request(money: Money) -> None:
    money.move(CONTROLLER, "joint", Q.SIGNED)
    old = money.of("joint")
    decide_grant(by=BOSS, at=AT, grant=old.grant, amount=old.granted + 7, reason="Nytt beslut")
    asked = money.of("joint")
    assert asked.state is Q.SIGNED
    assert asked.differences() == (Difference("changed", 7),)
    # Through the old grant's address too; taken back and signed anew it is about the new grant.
    for to in (Q.TO_REQUEST, Q.SIGNED):
        move_requisition(
            by=CONTROLLER, at=AT, grant=old.grant, recipient=money.region, to=to, told=Told(ON, old.granted, "A", "B")
        )
    assert money.of("joint").differences() == (Difference("requested", 7),)
    assert Requisition.objects.count() == 1


def test_a_declined_grant_is_a_difference_of_its_own(money: Money) -> None:
    money.move(CONTROLLER, "region", Q.DECLINED, Told(why="Vi hinner inte."))
    asked = money.of("region")
    assert asked.differences() == (Difference("declined", asked.granted),)
    assert asked.days_late(LAST_DAY + timedelta(days=9)) == 0


def test_late_is_a_mark(money: Money) -> None:
    asked = money.of("joint")
    assert [asked.days_late(LAST_DAY + timedelta(days=days)) for days in (-1, 0, 1, 30)] == [0, 0, 1, 30]
    late = AT + timedelta(days=40)
    for to in (Q.SIGNED, Q.SENT):
        told = Told(LAST_DAY + timedelta(days=2), asked.granted, "A", "B")
        move_requisition(by=CONTROLLER, at=late, grant=asked.grant, recipient=money.region, to=to, told=told)
    assert money.of("joint").days_late(date(2025, 3, 1)) == 2


def client(account: Account) -> Client:
    made = Client()
    made.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return made


def page(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_table_shows_all_to_the_county_and_ones_own_to_a_municipality(money: Money) -> None:
    shown = page(client(person(Role.READER, "21", "Läsare")).get(ROOM))
    assert len(shown.select("tbody tr")) == 12
    assert "0 av 12 rekvisitioner är skickade" in shown.select_one(".lead").text  # type: ignore[union-attr]
    own = page(client(person(Role.PARTY_CONTROLLER, "21", "Ekonom", money.hofors)).get(ROOM))
    (row,) = own.select("tbody tr")
    assert "Hofors" in row.text
    assert "Gävle" not in own.main.text  # type: ignore[union-attr]
    assert [link.text for link in own.select(".cycle__link")] == ["Skrivbord", "Pengar"]
    for role, county in ((Role.PARTY_REPORTER, "21"), (Role.CONTROLLER, "25")):
        party = money.hofors if role is Role.PARTY_REPORTER else None
        assert client(person(role, county, "Annan", party)).get(ROOM).status_code == 404
    assert Client().get(ROOM).status_code == 302


def address(money: Money, level: str, party: Party | None = None) -> str:
    asked = money.of(level, party)
    return f"{ROOM}{asked.grant.uid}/{asked.recipient.code}/"


def test_a_municipality_requests_its_money_step_by_step(money: Money) -> None:
    mine, own = client(person(Role.PARTY_CONTROLLER, "21", "Ekonom", money.hofors)), address(money, "municipalities")
    shown = page(mine.get(own))
    form = shown.select_one("input[name=to][value=signed]").find_parent("form")  # type: ignore[union-attr]
    assert form is not None
    assert form.select_one("[name=signed-amount]")["value"].replace("\xa0", "") == str(  # type: ignore[index]
        money.of("municipalities").granted
    )
    wrong = page(mine.post(own, {"to": "signed", "signed-amount": "tio", "signed-on": "2024-10-01"}))
    assert "uppgifter behöver ses över" in wrong.text
    steps = {
        "signed": {"amount": "200 000", "on": "2024-10-01", "signed_by": "Kim Ek", "signed_function": "Ekonomichef"},
        "sent": {"on": "2024-10-02"}, "paid": {"amount": "200000", "on": "2024-10-20"},
        "received": {"amount": "200000", "on": "2024-10-21", "why": "Vi begärde jämna tusental."},
    }  # fmt: skip
    for to, typed in steps.items():
        sent = mine.post(own, {"to": to, **{f"{to}-{name}": value for name, value in typed.items()}})
        assert sent.status_code == 302, to
    shown = page(mine.get(own))
    assert "Rekvirerat mindre än bidraget" in shown.text
    assert "jämna tusental" in shown.text
    assert "förde in att medlen har kommit" in shown.select_one("#spar").text  # type: ignore[union-attr]
    assert not page(client(person(Role.READER, "21", "Läsare")).get(own)).select("#spar")
    assert mine.post(own, {"to": "paid"}).status_code == 302
    assert money.of("municipalities").state is Q.PAID


def test_a_reader_sees_and_others_find_nothing(money: Money) -> None:
    own = address(money, "municipalities")
    reader = client(person(Role.READER, "21", "Läsare"))
    assert not page(reader.get(own)).select("main form")
    controller = client(person(Role.CONTROLLER, "21", "Controller"))
    assert not page(controller.get(own)).select("main form")
    assert page(controller.get(address(money, "region"))).select("main form")
    for someone in (reader, controller):
        assert someone.post(own, {"to": "signed"}).status_code == 403
    gavle = client(person(Role.PARTY_CONTROLLER, "21", "Granne", money.gavle))
    neighbour = client(person(Role.CONTROLLER, "25", "Controller"))
    for someone, url in ((gavle, own), (gavle, address(money, "joint")), (neighbour, own)):
        assert someone.get(url).status_code == 404
        assert someone.post(url, {"to": "signed"}).status_code == 404
    assert gavle.get(f"{ROOM}{money.of('joint').grant.uid}/2199/").status_code == 404
    assert controller.post(address(money, "joint"), {"to": "nowhere"}).status_code == 404


def test_two_presses_are_one_step(money: Money) -> None:
    boss, url = client(person(Role.CONTROLLER, "21", "Controller")), address(money, "joint")
    key = page(boss.get(url)).select_one("[name=once_key]")["value"]  # type: ignore[index]
    typed = {"to": "signed", "signed-amount": "5", "signed-on": "2024-10-01", "signed-signed_by": "A",
             "signed-signed_function": "B", "once_key": key}  # fmt: skip
    assert [boss.post(url, typed).status_code for _press in range(2)] == [302, 302]
    assert Event.objects.filter(verb="requisition_signed").count() == 1


def test_the_desk_says_what_is_to_be_requested(money: Money) -> None:
    mine = person(Role.PARTY_CONTROLLER, "21", "Ekonom", money.hofors)
    assert "Rekvirera ett bidrag" in page(client(mine).get("/21/2024/")).text
    boss = client(person(Role.CONTROLLER, "21", "Controller"))
    assert "Rekvirera 2 bidrag" in page(boss.get("/21/2024/")).text
    money.move(held(Role.PARTY_CONTROLLER, party=money.hofors), "municipalities", Q.DECLINED)
    assert "Rekvirera" not in page(client(mine).get("/21/2024/")).main.text  # type: ignore[union-attr]


def test_the_table_asks_the_database_no_more_when_all_is_requested(money: Money) -> None:
    reader = client(person(Role.READER, "21", "Läsare"))
    before = _queries(reader)
    for party in Party.objects.filter(county="21", role="municipality"):
        money.move(held(Role.PARTY_CONTROLLER, party=party), "municipalities", Q.SIGNED, party=party)
    assert _queries(reader) == before


def _queries(reader: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(reader.get(ROOM))
    return len(captured)
