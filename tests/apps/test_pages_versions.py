"""Two years or editions of a plan beside each other: folded by area with counts, of one kind, as many queries."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.plans.models import Plan
from samplan.apps.plans.operations.activities import add_activity, change_activity
from samplan.apps.plans.operations.plans import add_area
from samplan.apps.plans.operations.rows import add_row
from samplan.apps.plans.operations.turning import GoesOnAs, carry_over, start_next_plan
from samplan.apps.plans.versions import MANY
from samplan.domain.access import Role
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.READER, "21", "Lina Läsare"))
    return signed_in


def turned(year: Year, many: int = 1) -> Plan:
    """Activities that go on changed in an area, one that is gone in another, and a post that is new."""
    other = add_area(by=BOSS, at=AT, plan=year.plan, number=4, title="Suicidprevention")
    add_activity(by=BOSS, at=AT, area=other, number="4.1", title="Trisam")
    words = "Män %s år och äldre som bor ensamma i länet, i samtalsgrupper varje vecka"
    texts = {"target_group": words % 75}
    old = [
        add_activity(by=BOSS, at=AT, area=year.area, number=f"3.{n}", title=f"Samtal {n}", phase="planned", texts=texts)
        for n in range(many)
    ]
    new = start_next_plan(by=BOSS, at=AT, plan=year.plan, year=2025, title="Planen 2025")
    area = new.areas.get(title="Barn och unga")
    for n, one in enumerate(old):
        to = GoesOnAs(area, f"3.{n}", phase="ongoing")
        (made,) = carry_over(by=BOSS, at=AT, plan=new, outcome="goes_on", before=[one], after=[to])
        change_activity(by=BOSS, at=AT, activity=made, target_group=words % 70)
    add_row(by=BOSS, at=AT, kind="post", owner=new, values={"title": "Samordnare", "percent": 50, "area": area})
    return new


def compared(client: Client, plan: Plan, **asked: str) -> BeautifulSoup:
    address = reverse("plans:versions", args=["21", plan.year, plan.uid])
    answer = client.get(address, {"fran": "forra", "till": "nu", **asked})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text_of(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).split())


def test_differences_are_counted_and_folded_by_area(year: Year, client: Client) -> None:
    page = compared(client, turned(year))
    groups = {text_of(fold.select_one("summary b")): fold for fold in page.select("#skillnader > details")}
    assert list(groups) == ["Planen som helhet", "Barn och unga", "Suicidprevention"]
    assert text_of(groups["Barn och unga"].summary) == "Barn och unga en ny, 2 ändrade"
    assert text_of(groups["Suicidprevention"].summary) == "Suicidprevention en borta"
    shown = text_of(groups["Barn och unga"])
    assert "Läge Före: Planerad Efter: Pågår" in shown
    assert [mark.text for mark in groups["Barn och unga"].select(".compare del, .compare ins")] == ["75", "70"]
    assert {"Insats (2)", "Tjänst (1)", "Område (1)"} <= {text_of(one) for one in page.select("[name=slag] option")}


def test_only_one_kind_when_it_is_chosen(year: Year, client: Client) -> None:
    plan = turned(year)
    page = compared(client, plan, slag="plans.post")
    (group,) = page.select("#skillnader > details")
    assert "Samordnare" in text_of(group)
    assert "Samtal" not in text_of(group)
    (chosen,) = page.select("[name=slag] option[selected]")
    assert text_of(chosen) == "Tjänst (1)"
    address = reverse("plans:versions", args=["21", 2025, plan.uid])
    for wrong in ({"slag": "accounts.account"}, {"fran": "99"}, {"till": "x"}):
        assert client.get(address, wrong).status_code == 404


def test_an_area_where_much_differs_is_counted_and_shown_when_chosen(year: Year, client: Client) -> None:
    plan = turned(year, many=MANY + 1)
    page = compared(client, plan)
    group = page.select("#skillnader > details")[1]
    assert not group.has_attr("open")
    assert "Samtal" not in text_of(group)
    address = group.select_one("a")["href"]  # type: ignore[index]
    found = client.get(reverse("plans:versions", args=["21", 2025, plan.uid]) + str(address))
    group = BeautifulSoup(found.content, "html.parser").select("#skillnader > details")[1]
    assert group.has_attr("open")
    assert text_of(group).count("Läge Före: Planerad Efter: Pågår") == MANY + 1


def test_nothing_that_differs_is_said(year: Year, client: Client) -> None:
    page = compared(client, turned(year), fran="nu")
    assert "Inget skiljer." in text_of(page.main)


def test_as_many_queries_for_much_as_for_little(year: Year, client: Client) -> None:
    plan = turned(year, many=2)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            compared(client, plan)
        return len(captured)

    count()
    before = count()
    for number in range(40):
        add_activity(by=BOSS, at=AT, area=year.area, number=f"8.{number}", title=f"Borta {number}")
        add_row(by=BOSS, at=AT, kind="post", owner=plan, values={"title": f"Tjänst {number}"})
    assert count() == before
