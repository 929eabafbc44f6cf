"""Bodies and decisions on pages: entered, read, and never losing what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.bodies.models import Body, Decision, Seat
from samplan.apps.bodies.operations import Point, add_body, add_seat, record_decision
from samplan.apps.orgs.models import Person
from samplan.base.audit.models import Event
from samplan.domain.access import Role
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/beslut/"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def signed_in(role: Role, county: str = "21", **more: Any) -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}", **more))
    return client


@pytest.fixture
def client(year: Year) -> Client:
    return signed_in(Role.COORDINATOR)


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def form_for(body: Body, **more: str) -> dict[str, str]:
    typed = {
        "body": str(body.uid), "decided_on": "2024-06-14", "title": "Höstens medel", "case_number": "LLV 7",
        "points-count": "5", "action": "save",
    }  # fmt: skip
    for number in range(5):
        typed |= {f"points-{number}-kind": "budget", f"points-{number}-outcome": "approved"}
    return typed | more


def test_a_decision_is_entered_and_empty_points_are_ignored(client: Client) -> None:
    body = Body.objects.get()
    points = {
        "points-1-text": "Medlen delas.", "points-1-amount": "1 500 000", "points-3-text": "Avslås.",
        "points-3-outcome": "rejected", "points-3-kind": "other",
    }  # fmt: skip
    response = client.post(f"{ROOM}nytt/", form_for(body, **points))
    made = Decision.objects.get(title="Höstens medel")
    assert response["Location"] == f"{ROOM}{made.uid}/"
    assert [(one.number, one.text, one.outcome, one.amount) for one in made.points.all()] == [
        (1, "Medlen delas.", "approved", 1_500_000),
        (2, "Avslås.", "rejected", None),
    ]
    shown = page(client.get(response["Location"]))
    assert "1\xa0500\xa0000\xa0kr" in shown.select_one("#punkt-1").text  # type: ignore[union-attr]
    assert "förde in beslutet" in shown.select_one("#spar").text  # type: ignore[union-attr]


def test_more_points_keep_everything_typed_and_complain_about_nothing(client: Client) -> None:
    typed = form_for(Body.objects.get(), title="", **{"points-0-conditions": "Före jul.", "action": "more-points"})
    shown = page(client.post(f"{ROOM}nytt/", typed))
    assert len(shown.select("fieldset")) == 8
    assert shown.select_one("[name=points-0-conditions]").text.strip() == "Före jul."  # type: ignore[union-attr]
    assert shown.select_one("[name=case_number]")["value"] == "LLV 7"  # type: ignore[index]
    assert not shown.select(".field__error, .errors")
    assert Decision.objects.count() == 1


def test_what_is_wrong_is_said_and_kept(client: Client) -> None:
    shown = page(client.post(f"{ROOM}nytt/", form_for(Body.objects.get(), **{"points-0-amount": "tolv"})))
    said = {one.text.strip() for one in shown.select(".field__error")}
    assert {"Skriv ett helt tal med siffror, som 1 500 000.", "Fyll i det här fältet."} & said
    assert shown.select_one("[name=points-0-amount]")["value"] == "tolv"  # type: ignore[index]
    assert "minst en punkt" in page(client.post(f"{ROOM}nytt/", form_for(Body.objects.get()))).text


def test_a_body_without_the_mandate_cannot_decide(client: Client) -> None:
    group = add_body(by=BOSS, at=AT, county="21", name="Arbetsgruppen", kind="working_group")
    shown = page(client.post(f"{ROOM}nytt/", form_for(group, **{"points-0-text": "Dela."})))
    assert "Arbetsgruppen hade inte mandat" in shown.text
    assert not Decision.objects.filter(body=group).exists()


def test_what_stands_on_a_point_is_shown_with_links(client: Client, year: Year) -> None:
    directive = year.issued()
    shown = page(client.get(f"{ROOM}{year.point.decision.uid}/"))
    first, second = shown.select("#punkt-1 li, #punkt-2 li")[:2], shown.select("#punkt-2 li")
    assert [li.select_one(".quiet").text for li in first] == ["Fördelning", "Budgetpost"]  # type: ignore[union-attr]
    assert [a["href"] for a in second[0].select("a")] == [f"/21/2024/direktiv/{directive.number}/"]


def test_a_later_decision_supersedes(client: Client, year: Year) -> None:
    old = year.point.decision
    typed = form_for(old.body, supersedes=str(old.uid), **{"points-0-text": "Ändras.", "title": "Nytt beslut"})
    made = client.post(f"{ROOM}nytt/", typed)["Location"]
    shown = page(client.get(f"{ROOM}{old.uid}/"))
    assert shown.select_one(".notice a")["href"] == made  # type: ignore[index]
    assert page(client.get(ROOM)).select_one("tbody").text.count("Ersatt") == 1  # type: ignore[union-attr]


def test_a_body_is_added_with_seats(client: Client) -> None:
    top = Body.objects.get()
    typed = {
        "name": "Utskottet", "kind": "committee", "parent": str(top.uid), "mandates": ["directive"],
        "valid_from": "2024-01-01",
    }  # fmt: skip
    address = client.post(f"{ROOM}organ/nytt/", typed)["Location"]
    made = Body.objects.get(name="Utskottet")
    assert (made.parent, [one.kind for one in made.mandates.all()]) == (top, ["directive"])
    client.post(address, {"function": "Socialchef", "person_name": "Anna Ek", "votes": "on"})
    client.post(address, {"function": "Skolchef", "person_name": "Anna Ek", "chair": "on"})
    client.post(address, {"function": "Brukarrepresentant"})
    assert Person.objects.filter(name="Anna Ek").count() == 1
    seats = Seat.objects.filter(body=made).order_by("id")
    assert [(one.function, bool(one.person), one.chair, one.votes) for one in seats] == [
        ("Socialchef", True, False, True), ("Skolchef", True, True, False), ("Brukarrepresentant", False, False, False),
    ]  # fmt: skip
    assert "utan namn" in page(client.get(address)).select_one("#platser").text  # type: ignore[union-attr]
    taken = page(client.post(f"{ROOM}organ/nytt/", typed))
    assert "Namnet är upptaget" in taken.select_one("#id_name_error").text  # type: ignore[union-attr]


def test_a_seat_is_ended_and_stays_among_the_former(client: Client) -> None:
    body = Body.objects.get(county="21")
    seat = add_seat(by=BOSS, at=AT, body=body, function="Chef", person_name="Avgående", valid_from=date(2024, 3, 1))
    room = f"/21/2024/beslut/organ/{body.uid}/"
    (link,) = page(client.get(room)).select("a[href$='avsluta/']")
    early = page(client.post(link["href"], {"last_day": "2024-02-01"}))
    assert "före första dagen" in early.text
    assert client.post(link["href"], {"last_day": "2024-06-30"})["Location"] == room
    shown = page(client.get(room))
    assert "Inga platser än" in shown.select_one(".lead").text  # type: ignore[union-attr]
    assert "Avgående" in shown.select_one("#platser details").text  # type: ignore[union-attr]
    seat.refresh_from_db()
    assert seat.valid_to == date(2024, 6, 30)


def test_who_may_read_and_who_may_write(year: Year) -> None:
    reader, secretary, stranger = signed_in(Role.READER), signed_in(Role.SECRETARY), signed_in(Role.COORDINATOR, "25")
    reporter = signed_in(Role.PARTY_REPORTER, party=year.parties[0])
    decision, body = f"{ROOM}{year.point.decision.uid}/", f"{ROOM}organ/{year.point.decision.body.uid}/"
    for address in (ROOM, decision, body):
        assert reader.get(address).status_code == 200
        assert stranger.get(address).status_code == reporter.get(address).status_code == 404
    assert stranger.get(f"/25/2024/beslut/{year.point.decision.uid}/").status_code == 404
    assert not page(reader.get(decision)).select("#spar")
    for address in (f"{ROOM}nytt/", f"{ROOM}organ/nytt/"):
        assert secretary.get(address).status_code == 200
        assert reader.get(address).status_code == 403
    before = Event.objects.count()
    assert reader.post(body, {"function": "Chef"}).status_code == 403
    assert Event.objects.count() == before


def test_the_list_takes_as_many_queries_for_much_as_for_little(client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOM).status_code == 200
        return len(queries)

    top = Body.objects.get()
    add_seat(by=BOSS, at=AT, body=top, function="Chef", person_name="Bo")
    few = count()
    for number in range(6):
        body = add_body(by=BOSS, at=AT, county="21", name=f"Organ {number}", kind="committee", parent=top)
        add_seat(by=BOSS, at=AT, body=body, function="Chef", person_name=f"Person {number}")
        record_decision(
            by=BOSS, at=AT, body=top, decided_on=date(2024, 3, 1), title=f"Beslut {number}",
            points=[Point("other", "Ja.")],
        )  # fmt: skip
    assert count() == few
