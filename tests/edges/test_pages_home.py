"""The desk: what waits for each role, and the way there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.directives.models import Directive
from samplan.apps.orgs.operations import assign_role
from samplan.apps.plans.operations.plans import create_plan
from samplan.apps.questionnaires.operations import Typed, move_request, save_answers
from samplan.apps.spending.operations import About, tell_use
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from tests.small_year import AT, BOSS, Year, actor, load_places, make_year, person
from tests.spending_year import SpendingYear

pytestmark = pytest.mark.django_db
DESK = "/21/2024/"


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def titles(account: Account) -> list[str]:
    return [a.text for a in page(as_(account).get(DESK)).select(".todo__title")]


def test_a_reporters_desk_follows_the_report(year: Year) -> None:
    asked = year.issued(needs_approval=True).shares.get(party=year.parties[0]).request
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    manager = person(Role.PARTY_APPROVER, "21", "Agne", year.parties[0])
    assert titles(reporter) == ["Skriv om Kurser i samtal"]
    save_answers(by=actor(reporter), at=AT, request=asked, answers={"done": Typed("Kurser.")})
    assert titles(reporter) == ["Skriv klart om Kurser i samtal"]
    move_request(by=actor(reporter), at=AT, request=asked, to=ReportStatus.SUBMITTED)
    assert titles(reporter) == []
    assert titles(manager) == ["Godkänn Kurser i samtal"]
    move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Hur många?")
    assert titles(reporter) == ["Svara om Kurser i samtal"]
    assert "Hur många?" in page(as_(reporter).get(DESK)).text


def test_the_coordinators_desk_says_what_waits_and_for_whom(year: Year) -> None:
    directive = year.issued()
    year.draft(number=2, title="Skolsociala team")
    coordinator = person(Role.COORDINATOR, "21", "Sara")
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    asked = directive.shares.get(party=year.parties[0]).request
    move_request(by=actor(reporter), at=AT, request=asked, to=ReportStatus.NOTHING, reason="Inget blev av.")
    assert titles(coordinator) == ["Granska en återrapport", "En återrapport är sen", "Utfärda Skolsociala team"]
    found = page(as_(coordinator).get(DESK))
    assert found.select_one("h1").text == "3 saker väntar på dig"  # type: ignore[union-attr]
    assert "1 av 2 rapporter är inne. Gävle är sen." in found.text
    for link in found.select(".todo__title"):
        assert as_(coordinator).get(str(link["href"])).status_code == 200


def test_the_steps_of_the_year_come_from_the_rows(year: Year) -> None:
    year.issued()
    steps = page(as_(person(Role.READER, "21", "Lena")).get(DESK)).select("#arets-steg .phases__steps a")
    assert [step.text for step in steps] == [
        "Överenskommelsen tecknas",
        "Länsledning 21 beslutar: Årets medel",
        "Direktivet utfärdas: Kurser i samtal",
        "Sista dag att rapportera: Kurser i samtal",
    ]


def test_a_day_that_moves_moves_its_phase_on_the_wheel(year: Year) -> None:
    """The drawing follows the rows: the same phase ends elsewhere when its last day is another."""
    reader = person(Role.READER, "21", "Lena")
    year.issued()

    def drawn() -> dict[str, str]:
        found = page(as_(reader).get(DESK)).select(".wheel a.wheel__phase")
        return {str(one["aria-label"]).split(",")[0]: str(one.select_one(".wheel__coming")["d"]) for one in found}  # type: ignore[index]

    before = drawn()
    assert {"Direktiv", "Återrapporter"} <= set(before)
    Directive.objects.update(last_day=date(2024, 12, 20))
    after = drawn()
    assert after["Direktiv"] == before["Direktiv"]
    assert after["Återrapporter"] != before["Återrapporter"]


def test_the_wheel_has_a_lane_for_each_open_year_and_a_list_beside(year: Year) -> None:
    year.issued()
    create_plan(by=BOSS, at=AT, county="21", year=2025, title="Länets plan 2025")
    found = page(as_(person(Role.READER, "21", "Lena")).get(DESK))
    assert found.select_one(".wheel")["aria-label"] == "Årshjul för Plan 2024, Plan 2025"  # type: ignore[index]
    assert len(found.select(".wheel .wheel__bed")) == 2
    names = [name.text.removesuffix(" Klart") for name in found.select(".phases__name")]
    drawn = [str(one["aria-label"]).split(",")[0] for one in found.select(".wheel .wheel__phase")]
    assert drawn
    assert names[-len(drawn) :] == drawn


def test_a_reader_has_nothing_waiting(year: Year) -> None:
    year.issued()
    reader = person(Role.READER, "21", "Lena")
    assert titles(reader) == []
    assert "Inget väntar på dig just nu" in page(as_(reader).get(DESK)).text


def test_an_economist_is_told_what_waits_with_the_money() -> None:
    spent = SpendingYear()
    mine = person(Role.PARTY_CONTROLLER, "21", "Ekonom", spent.hofors)
    about = About(grant=spent.of("municipalities").asked.grant, recipient=spent.hofors)
    assert titles(mine) == ["Redovisa vad pengarna har gått till"]
    costs = {"salaries": spent.of("municipalities").facts.came - 500}
    tell_use(by=spent.economist(), at=AT, about=about, costs=costs, version=0)
    assert titles(mine) == ["Betala tillbaka det som inte blev använt"]
    assert "500 kr är kvar att betala tillbaka." in page(as_(mine).get(DESK)).text.replace("\xa0", " ")


def test_the_start_leads_to_the_newest_year(year: Year) -> None:
    create_plan(by=BOSS, at=AT, county="21", year=2025, title="Länets plan 2025")
    assert as_(person(Role.COORDINATOR, "21", "Sara")).get("/skrivbord/")["Location"] == "/21/2025/"


def test_with_several_counties_there_is_a_choice(year: Year) -> None:
    account = person(Role.COORDINATOR, "21", "Sara")
    assign_role(by=BOSS, at=AT, account=account, role=Role.READER, county="25", organisation=None, valid_from=AT.date())
    found = page(as_(account).get("/skrivbord/"))
    assert "/21/2024/" in [a["href"] for a in found.select("main a")]
    assert any(str(a["href"]).startswith("/25/") for a in found.select("main a"))


def test_without_a_role_the_start_says_so(year: Year) -> None:
    account = create_account(by=BOSS, at=AT, email="ny@example.org", name="Ny")
    assert "har ingen roll än" in page(as_(account).get("/skrivbord/")).text


def test_strangers_and_neighbours_find_no_desk(year: Year) -> None:
    assert Client().get(DESK)["Location"].startswith("/konto/logga-in/")
    assert as_(person(Role.COORDINATOR, "25", "Granne")).get(DESK).status_code == 404


def test_a_year_without_a_plan_says_so(year: Year) -> None:
    response = as_(person(Role.READER, "21", "Lena")).get("/21/2031/")
    assert "ingen plan för 2031" in page(response).text


def test_the_administrator_is_led_to_every_countys_people(year: Year) -> None:
    client = as_(person(Role.ADMINISTRATOR, "", "Ada"))
    start = page(client.get("/skrivbord/"))
    rows = start.select("main li")
    assert len(rows) == 21
    links = [str(a["href"]) for row in rows if "Gävleborg" in row.text for a in row.select("a")]
    assert links == [f"{DESK}personer/", f"{DESK}personer/folkmangd/"]
    assert {client.get(link).status_code for link in links} == {200}
