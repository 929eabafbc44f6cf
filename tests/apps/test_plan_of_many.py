"""A plan of 60 and one of 2 000 activities: opened, looked through and printed with as many queries, page by page."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samplan.apps.plans.listing import PAGE, Asked
from samplan.apps.plans.models import Activity, FocusArea, Plan
from samplan.apps.plans.operations.activities import When, add_activity
from samplan.apps.plans.operations.plans import add_area, create_plan
from samplan.apps.plans.operations.rows import add_row
from samplan.apps.yearreports.queries import plan_year_facts
from samplan.domain.access import Role
from samplan.domain.yearfacts import YearFacts
from tests.small_year import AT, BOSS, load_places, make_year, person

FEW, MANY = 60, 2000
PHASES = ("planned", "ongoing", "done", "")


def fill(plan: Plan, number: int) -> None:
    """So many activities in three areas, every phase, two who are responsible, one of them written in a row."""
    areas = [*plan.areas.all()]
    while len(areas) < 3:
        areas.append(add_area(by=BOSS, at=AT, plan=plan, number=len(areas) + 4, title=f"Område {len(areas)}"))
    for n in range(number):
        made = add_activity(
            by=BOSS, at=AT, area=areas[n % 3], number=f"9.{n}", title=f"Insats {n}", phase=PHASES[n % 4],
            texts={"purpose": "Fler vågar fråga.", "responsible": "Åsa Öberg" if n % 10 == 0 else "Länets enhet"},
            when=When(date(2024, 1 + n % 12, 1), None, "month"),
        )  # fmt: skip
        if n % 20 == 5:
            add_row(by=BOSS, at=AT, kind="responsible", owner=made, values={"name": "Märta Ängby"})
            add_row(by=BOSS, at=AT, kind="text", owner=made, values={"title": "Mer", "text": "Kring ÅNGERMANLAND"})


@pytest.fixture(scope="module")
def many(django_db_setup: Any, django_db_blocker: Any) -> Generator[tuple[Plan, Plan]]:
    """A plan of few and one of many, made once for the module, in a transaction around all its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        few = make_year("21").plan
        plan = create_plan(by=BOSS, at=AT, county="21", year=2025, title="Länets plan 2025")
        fill(few, FEW)
        fill(plan, MANY)
        yield few, plan
        transaction.set_rollback(True)


@pytest.fixture
def client(many: Any, db: Any) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.READER, "21", "Lina Läsare"))
    return signed_in


def counted(call: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)


def asked_for(plan: Plan) -> dict[str, dict[str, str]]:
    """Everything that can be looked for, alone and together."""
    area = str(FocusArea.objects.filter(plan=plan)[1].uid)
    return {
        "all": {}, "second page": {"sida": "2"}, "area": {"omrade": area}, "phase": {"lage": "ongoing"},
        "responsible": {"ansvarig": "åsa öberg"}, "words": {"sok": "vågar FRÅGA"},
        "everything": {"omrade": area, "lage": "ongoing", "ansvarig": "enhet", "sok": "insats"},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["plans:plan", "plans:whole"])
def test_the_page_asks_no_more_of_2000_than_of_60(many: tuple[Plan, Plan], client: Client, name: str) -> None:
    few, lots = many
    client.get(reverse("plans:plan", args=["21", 2024]))

    def get(plan: Plan, asked: dict[str, str]) -> Any:
        where = ["21", plan.year] + ([plan.uid] if name == "plans:whole" else [])
        answer = client.get(reverse(name, args=where), asked)
        assert answer.status_code == 200
        return answer

    for what in asked_for(few):
        small, large = (
            counted(lambda plan=plan, what=what: get(plan, asked_for(plan)[what])) for plan in (few, lots)
        )  # fmt: skip
        assert large <= small, (what, small, large)
    # A page stays usable: at most a hundred activities on it, and no more of everything than a few screens.
    page = BeautifulSoup(get(lots, {}).content, "html.parser")
    assert len(page.select("ol.list a[href*='/insats/']")) == PAGE
    assert len(get(lots, {}).content) < 3 * len(get(few, {}).content)


def test_the_facts_that_are_printed_ask_no_more_of_2000(many: tuple[Plan, Plan]) -> None:
    printed: dict[int, YearFacts] = {}

    def facts(plan: Plan) -> None:
        printed[plan.year] = plan_year_facts(plan, at=AT, preview=False)

    small, large = (counted(lambda plan=plan: facts(plan)) for plan in many)
    assert large <= small
    numbers = [sum(len(area.activities) for area in printed[plan.year].plan.areas) for plan in many]
    assert numbers == [FEW, MANY]


def shown(client: Client, plan: Plan, **asked: str) -> tuple[list[str], str]:
    """Numbers of the activities on the page, and the whole of what it says."""
    page = BeautifulSoup(client.get(reverse("plans:plan", args=["21", plan.year]), asked).content, "html.parser")
    main = page.main
    assert main is not None
    found = [one.get_text(strip=True) for one in main.select("ol.list > li > .list__no--wide")]
    return found, " ".join(main.get_text(" ", strip=True).split())


def test_each_way_of_looking_finds_what_it_should(many: tuple[Plan, Plan], client: Client) -> None:
    few, _lots = many
    area = FocusArea.objects.filter(plan=few)[1]
    wanted = {
        "omrade": (str(area.uid), {n for n in range(FEW) if n % 3 == 1}),
        "lage": ("ongoing", {n for n in range(FEW) if n % 4 == 1}),
        "ansvarig": ("åsa", {n for n in range(FEW) if n % 10 == 0}),
        "sok": ("ångermanland", {n for n in range(FEW) if n % 20 == 5}),
    }  # fmt: skip
    for name, (value, numbers) in wanted.items():
        found, text = shown(client, few, **{name: value})
        assert {int(one.removeprefix("9.")) for one in found} == numbers, name
        assert f"{len(numbers)} av {FEW} insatser." in text
    unsaid, _text = shown(client, few, lage="ingen")
    assert len(unsaid) == FEW // 4
    named, _text = shown(client, few, ansvarig="ängby MÄRTA")
    assert len(named) == FEW // 20
    together, _text = shown(client, few, lage="ongoing", ansvarig="länets", sok="insats 1")
    assert {int(one.removeprefix("9.")) for one in together} == {1, 13, 17, 21, 41}
    nothing, text = shown(client, few, sok="finns inte")
    assert (nothing, "Ingen insats passar." in text) == ([], True)
    for wrong in ({"lage": "<script>"}, {"omrade": "trasig"}, {"sida": "x"}, {"sida": "0"}):
        everything, text = shown(client, few, **wrong)
        assert (len(everything), "av 60 insatser" in text) == (FEW, False)


def test_the_pages_follow_each_other_and_lose_nothing(many: tuple[Plan, Plan], client: Client) -> None:
    _few, lots = many
    in_order = [
        one.number for area in FocusArea.objects.filter(plan=lots).order_by("number", "pk")
        for one in Activity.objects.filter(area=area).order_by("position", "pk")
    ]  # fmt: skip
    for number in (1, 2, 7, 8, MANY // PAGE):
        found, _text = shown(client, lots, sida=str(number))
        assert found == in_order[(number - 1) * PAGE : number * PAGE]
    last, text = shown(client, lots, sida="99")
    assert (len(last), "Sida 20 av 20" in text) == (PAGE, True)
    page = BeautifulSoup(client.get(reverse("plans:plan", args=["21", 2025]), {"lage": "done"}).content, "html.parser")
    (onward,) = page.select("nav.pages a")
    assert str(onward["href"]) == "?lage=done&sida=2#insatser"


def test_an_area_that_is_cut_by_the_page_leads_to_all_of_its_own(many: tuple[Plan, Plan], client: Client) -> None:
    _few, lots = many
    page = BeautifulSoup(client.get(reverse("plans:plan", args=["21", 2025])).content, "html.parser")
    links = [link for link in page.select("p.small a") if "Visa områdets" in link.text]
    assert len(links) == 3
    assert Asked.of({"omrade": "x" * 99, "sida": "12"}) == Asked(area="x" * 40, page=12)
    found, text = shown(client, lots, omrade=str(FocusArea.objects.filter(plan=lots)[0].uid))
    assert len(found) == PAGE
    assert "667 av 2 000 insatser." in text.replace("\u00a0", " ")
