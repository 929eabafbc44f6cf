"""The budget on pages: a grant divided into lines to the krona, and money moved by a new decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.agreements.models import Grant
from samplan.apps.agreements.operations.money import (
    How,
    compute_grants,
    decide_grant,
    draft_allocation,
    freeze_allocation,
)
from samplan.apps.bodies.operations import Point, add_body, record_decision
from samplan.apps.orgs import official
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.plans import create_plan
from samplan.domain.access import Role
from samplan.domain.allocation_keys import Equal
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
    section = year.area.sections.get()
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
    assert not shown.select(f"main a[href^='{ROOM}']")


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


def test_lines_are_changed_and_added_by_a_new_decision(other: tuple[Grant, dict[str, str]]) -> None:
    grant, form = other
    client, room = signed_in(Role.COORDINATOR, "25"), "/25/2024/pengar/budget/"
    address = f"{room}{grant.uid}/dela/"
    lines = {
        f"lines-{at}-{name}": value
        for at, amount in enumerate((1000, grant.amount - 1000))
        for name, value in {"title": f"Post {at}", "kind": "post", "amount": str(amount)}.items()
    }
    client.post(address, form | lines)
    first, second = BudgetLine.objects.filter(grant=grant).order_by("number")
    typed = {
        "decision_point": form["decision_point"], "lines-count": "1", "lines-0-kind": "post", "action": "save",
        f"line-{first.uid}": "3 000", f"line-{second.uid}": str(second.amount),
    }  # fmt: skip
    shown = page(client.post(address, typed))
    assert "Rätta så att summan stämmer" in shown.text
    assert "-2\xa0000 kronor kvar" in shown.text.replace("−", "-")
    typed |= {f"line-{second.uid}": str(second.amount - 2000)}
    assert client.post(address, typed)["Location"] == room
    in_force = BudgetLine.objects.filter(superseded_by=None).order_by("number").filter(grant=grant)
    assert [line.amount for line in in_force] == [3000, grant.amount - 3000]
    assert "flyttade medel" in page(client.get(room)).select_one("#spar").text  # type: ignore[union-attr]
    first, second = in_force
    typed = {
        "decision_point": form["decision_point"], "lines-count": "1", "lines-0-kind": "purchase", "action": "save",
        "lines-0-title": "Webbplats", "lines-0-amount": "500", f"line-{first.uid}": "2 500",
        f"line-{second.uid}": str(second.amount),
    }  # fmt: skip
    assert client.post(address, typed)["Location"] == room
    assert [line.amount for line in in_force.all()] == [2500, grant.amount - 3000, 500]


def test_a_grant_decided_anew_keeps_its_lines_in_sight(year: Year) -> None:
    grant = Grant.objects.get(county="21", superseded_by=None)
    decide_grant(by=BOSS, at=AT, grant=grant, amount=grant.amount + 7, reason="Utbetalt")
    client = signed_in(Role.CONTROLLER)
    shown = page(client.get(ROOM))
    assert "7 kronor kvar" in shown.text
    (link,) = shown.select(f"main a[href^='{ROOM}']")
    assert "Ändra posterna" in link.text
    assert "Posterna ska tillsammans vara" in page(client.get(f"{ROOM}{grant.uid}/dela/")).text


def test_an_allocated_line_is_offered_its_new_allocation(year: Year) -> None:
    line = BudgetLine.objects.get(plan=year.plan)
    assert line.allocation is not None
    how = How(line.amount, Equal())
    parties = [share.party for share in line.allocation.shares.all()]
    address = f"{ROOM}{line.grant.uid}/dela/"
    point = line.decision_point
    client = signed_in(Role.CONTROLLER)
    assert "Rörs inte" in page(client.get(address)).text
    again = freeze_allocation(
        by=BOSS, at=AT, decision_point=point, allocation=draft_allocation(
            by=BOSS, at=AT, county="21", year=2024, title="Om igen", how=how, parties=parties,
            supersedes=line.allocation,
        ),
    )  # fmt: skip
    shown = page(client.get(address))
    assert "Efter den nya fördelningen" in shown.text
    typed = {
        "decision_point": str(point.uid), "lines-count": "1", "lines-0-kind": "post", "action": "save",
        f"line-{line.uid}": str(again.uid),
    }  # fmt: skip
    assert client.post(address, typed)["Location"] == ROOM
    now = BudgetLine.objects.get(supersedes=line)
    assert now.allocation == again


def test_who_may_divide(year: Year) -> None:
    grant = Grant.objects.get(county="21", superseded_by=None)
    controller, reader, stranger = signed_in(Role.CONTROLLER), signed_in(Role.READER), signed_in(Role.CONTROLLER, "25")
    address = f"{ROOM}{grant.uid}/dela/"
    assert controller.get(address).status_code == 200
    assert reader.get(address).status_code == reader.post(address).status_code == 403
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert stranger.get(ROOM).status_code == 404
