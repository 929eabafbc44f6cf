"""The budget on pages: a grant divided into lines to the krona, and money moved by a new decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations import compute_grants
from samplan.apps.bodies.operations import Point, add_body, record_decision
from samplan.apps.orgs import official
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.plans import create_plan
from samplan.domain.access import Role
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
ROOM = "/21/2024/pengar/budget/"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def signed_in(role: Role, county: str = "21") -> Client:
    client = Client()
    client.force_login(person(role, county, f"{role} {county}"))
    return client


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def other(year: Year) -> tuple[Grant, dict[str, str]]:
    """A grant of another county with nothing on it yet, and its page's form for one decision point."""
    section = year.area.section
    assert section is not None
    body = add_body(
        by=BOSS, at=AT, county="25", name="Norrbottens ledning", kind="steering_group",
        mandates=[("budget", date(2023, 1, 1), None)],
    )  # fmt: skip
    create_plan(by=BOSS, at=AT, county="25", year=2024, title="Norrbottens plan")
    decision = record_decision(
        by=BOSS, at=AT, body=body, decided_on=year.point.decision.decided_on, title="Medel",
        points=[Point("budget", "Delas.")],
    )  # fmt: skip
    (grant,) = compute_grants(by=BOSS, at=AT, county="25", agreement=section.agreement, population_on=official.ON_DATE)
    return grant, {"decision_point": str(decision.points.get().uid), "lines-count": "4", "action": "save"}


def test_the_budget_shows_its_lines_and_proves_the_sum(year: Year) -> None:
    shown = page(signed_in(Role.READER).get(ROOM))
    assert "0 kronor kvar, summan stämmer" in shown.select_one(".lead").text  # type: ignore[union-attr]
    assert shown.select_one("tfoot .fig").text == "100\xa0000\xa0kr"  # type: ignore[union-attr]
    assert not shown.select(f"a[href^='{ROOM}']")


def test_a_grant_is_divided_only_to_the_krona(other: tuple[Grant, dict[str, str]]) -> None:
    grant, form = other
    client, address = signed_in(Role.CONTROLLER, "25"), f"/25/2024/pengar/budget/{grant.uid}/dela/"
    lines = {
        "lines-0-title": "Samordnare", "lines-0-kind": "post", "lines-0-amount": "780 000",
        "lines-2-title": "Hålls inne", "lines-2-kind": "held_back", "lines-2-amount": str(grant.amount - 780_001),
        "lines-1-kind": "post", "lines-3-kind": "post",
    }  # fmt: skip
    shown = page(client.post(address, form | lines))
    assert "Rätta så att summan stämmer" in shown.text
    assert "1 kronor kvar" in shown.text.replace("\xa0", " ")
    assert shown.select_one("[name=lines-0-amount]")["value"] == "780 000"  # type: ignore[index]
    assert not BudgetLine.objects.filter(grant=grant).exists()
    lines["lines-2-amount"] = str(grant.amount - 780_000)
    assert client.post(address, form | lines)["Location"] == "/25/2024/pengar/budget/"
    assert sum(line.amount for line in BudgetLine.objects.filter(grant=grant)) == grant.amount


def test_money_is_moved_by_a_new_decision(other: tuple[Grant, dict[str, str]]) -> None:
    grant, form = other
    client, room = signed_in(Role.COORDINATOR, "25"), "/25/2024/pengar/budget/"
    lines = {
        f"lines-{at}-{name}": value
        for at, amount in enumerate((1000, grant.amount - 1000))
        for name, value in {"title": f"Post {at}", "kind": "post", "amount": str(amount)}.items()
    }
    client.post(f"{room}{grant.uid}/dela/", form | lines)
    first, second = BudgetLine.objects.filter(grant=grant).order_by("number")
    typed = {"decision_point": form["decision_point"], f"line-{first.uid}": "3 000"}
    typed[f"line-{second.uid}"] = str(second.amount)
    assert "Rätta så att summan stämmer" in page(client.post(f"{room}{grant.uid}/flytta/", typed)).text
    typed[f"line-{second.uid}"] = str(second.amount - 2000)
    assert client.post(f"{room}{grant.uid}/flytta/", typed)["Location"] == room
    in_force = BudgetLine.objects.filter(grant=grant, superseded_by=None).order_by("number")
    assert [line.amount for line in in_force] == [3000, grant.amount - 3000]
    assert "flyttade medel" in page(client.get(room)).select_one("#spar").text  # type: ignore[union-attr]


def test_who_may_divide(year: Year) -> None:
    grant = Grant.objects.get(county="21", superseded_by=None)
    controller, reader, stranger = signed_in(Role.CONTROLLER), signed_in(Role.READER), signed_in(Role.CONTROLLER, "25")
    for address in (f"{ROOM}{grant.uid}/dela/", f"{ROOM}{grant.uid}/flytta/"):
        assert controller.get(address).status_code == 200
        assert reader.get(address).status_code == reader.post(address).status_code == 403
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert stranger.get(ROOM).status_code == 404
