"""Each role's desk, the first visit of a county that is new here, and the header that every page has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samplan.apps.agreements.operations.money import How, NewLine, NewSection, create_agreement, draft_allocation
from samplan.apps.bodies.models import Body
from samplan.apps.bodies.operations import Point, record_decision
from samplan.apps.needs.operations import move_proposal, write_proposal
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.operations import assign_role
from samplan.apps.plans.operations.plans import add_area, create_plan
from samplan.base.accounts.models import Account
from samplan.base.accounts.operations import create_account
from samplan.base.audit.models import Event
from samplan.base.ui.templatetags.samplan import kronor_short
from samplan.domain.access import Role
from samplan.domain.allocation_keys import Equal, Population
from samplan.domain.cycle import ProposalStatus
from samplan.domain.errors import Refused
from samplan.edges.home.operations import put_first_visit
from samplan.edges.home.queries import Task, grouped
from tests.small_year import AT, BOSS, Year, actor, make_year, person

pytestmark = pytest.mark.django_db
DESK = "/21/2024/"
NB = "\u00a0"


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def desk(account: Account, address: str = DESK) -> BeautifulSoup:
    return BeautifulSoup(as_(account).get(address).content, "html.parser")


def titles(account: Account, address: str = DESK) -> list[str]:
    return [a.text for a in desk(account, address).select(".todo__title")]


def another_coordinator() -> Account:
    account = create_account(by=BOSS, at=AT, email="stina@example.org", name="Stina")
    assign_role(
        by=BOSS, at=AT, account=account, role=Role.COORDINATOR, county="21", organisation=None,
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    return account


@pytest.fixture
def year() -> Year:
    return make_year()


# When ------------------------------------------------------------------------------------------------------------


def test_what_is_late_or_has_waited_is_now_and_the_rest_by_its_day() -> None:
    on = date(2025, 1, 10)

    def task(name: str, **more: Any) -> Task:
        return Task("open", name, "", "/", **more)

    tasks = [
        task("in March", day=date(2025, 3, 1)), task("late", day=date(2024, 12, 1), late=40), task("no day"),
        task("since", day=date(2024, 11, 1), since=True), task("in February", day=date(2025, 2, 20)),
        task("soon", day=date(2025, 1, 17)), task("this month", day=date(2025, 2, 10)),
    ]  # fmt: skip
    found = [(str(words), [one.title for one in those]) for words, those in grouped(tasks, on)]
    assert found == [
        ("Nu", ["late", "no day", "since", "soon"]),
        ("Inom en månad", ["this month"]),
        ("Senare", ["in February", "in March"]),
    ]
    assert grouped([], on) == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [(10_445_000, f"10,4{NB}mnkr"), (999_999, f"999{NB}999{NB}kr"), (1_000_000, f"1,0{NB}mnkr"), (None, "–")],
)
def test_kronor_in_little_room(amount: int | None, words: str) -> None:
    assert kronor_short(amount) == words


# Roles -----------------------------------------------------------------------------------------------------------


def sent_proposal(title: str = "Samtal på nätet") -> None:
    body = Body.objects.filter(county="21")[0]
    texts = dict.fromkeys(("background", "purpose", "responsible", "principal", "follow_up", "funding"), "Text.")
    proposal = write_proposal(
        by=BOSS, at=AT, county="21", year=2024, title=title, decided_by=body, points=["Att göra det."], cost=1000,
        municipalities=Party.objects.filter(county="21", role="municipality")[:1], texts=texts,
    )  # fmt: skip
    move_proposal(by=BOSS, at=AT, proposal=proposal, to=ProposalStatus.PROPOSED)
    move_proposal(by=BOSS, at=AT, proposal=proposal, to=ProposalStatus.WEIGHED)
    move_proposal(by=BOSS, at=AT, proposal=proposal, to=ProposalStatus.SENT)


def test_the_secretary_and_the_members_meet_what_waits_for_a_decision(year: Year) -> None:
    sent_proposal()
    secretary, member = person(Role.SECRETARY, "21", "Siv"), person(Role.BODY_MEMBER, "21", "Bo")
    assert titles(secretary) == ["Förslaget väntar på beslut: Samtal på nätet"]
    assert titles(member) == ["Läs förslaget: Samtal på nätet"]
    assert titles(person(Role.READER, "21", "Lena")) == []
    for account in (secretary, member):
        (link,) = desk(account).select(".todo__title")
        assert as_(account).get(str(link["href"])).status_code == 200


def test_the_controller_computes_the_grants_of_a_new_agreement(year: Year) -> None:
    controller = person(Role.CONTROLLER, "21", "Kaj")
    assert "Räkna länets bidrag" not in titles(controller)
    create_agreement(
        by=BOSS, at=AT, year=2025, title="Överenskommelse 2025", parties="Staten och SKR", state="signed",
        sections=[NewSection("1", "halsa", "Hälsa", (NewLine("joint", 1_000_000, Population()),), ())],
    )  # fmt: skip
    assert titles(controller, "/21/2025/") == ["Räkna länets bidrag"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_meets_an_empty_desk_without_a_word_and_ways_that_open(year: Year, role: Role) -> None:
    party = year.parties[0] if role.startswith("party") else None
    account = person(role, "21", "Någon", party)
    for address in (DESK, "/21/2030/"):
        page = desk(account, address)
        waits = page.select_one("#vantar") or page.select_one(".first")
        assert waits is not None
        assert waits.get_text(strip=True)
        for link in page.select("main a[href^='/']"):
            assert as_(account).get(str(link["href"])).status_code == 200, (role, link["href"])


# First visit -----------------------------------------------------------------------------------------------------


def steps(account: Account, address: str = "/21/2026/") -> list[bool]:
    return [bool(step.select(".first__sign--done")) for step in desk(account, address).select(".first__steps > li")]


def test_each_step_is_done_when_the_thing_is_done_whoever_did_it() -> None:
    sara = person(Role.COORDINATOR, "21", "Sara")
    page = desk(sara, "/21/2026/")
    assert page.h1.text == "Välkommen till Samplan"  # type: ignore[union-attr]
    assert steps(sara) == [True, True, True, False, False, False, False]
    current = page.select_one(".first__steps [aria-current]")
    assert current is not None
    assert current.a["href"] == "/21/2026/personer/bjud-in/"  # type: ignore[index]
    person(Role.CONTROLLER, "21", "Kaj")
    create_agreement(
        by=BOSS, at=AT, year=2026, title="Överenskommelse", parties="Staten och SKR", state="signed",
        sections=[NewSection("1", "halsa", "Hälsa", (NewLine("joint", 1_000_000, Population()),), ())],
    )  # fmt: skip
    assert steps(sara) == [True, True, True, True, True, False, False]
    draft_allocation(
        by=BOSS, at=AT, county="21", year=2026, title="Kurser", how=How(1000, Equal()),
        parties=list(Party.objects.filter(county="21", role="municipality")),
    )  # fmt: skip
    plan = create_plan(by=BOSS, at=AT, county="21", year=2026, title="Länets plan")
    assert steps(sara) == [True, True, True, True, True, True, False]
    add_area(by=BOSS, at=AT, plan=plan, number=1, title="Barn och unga")
    assert steps(sara) == []


def test_every_step_leads_to_where_it_is_done() -> None:
    sara = person(Role.COORDINATOR, "21", "Sara")
    links = [str(link["href"]) for link in desk(sara, "/21/2026/").select(".first a")]
    assert len(links) == 7
    assert {as_(sara).get(link).status_code for link in links} == {200}


def test_the_list_is_put_aside_by_one_person_and_taken_out_again() -> None:
    sara, other = person(Role.COORDINATOR, "21", "Sara"), another_coordinator()
    address = "/21/2026/kom-i-gang/"
    assert as_(sara).post(address, {"action": "aside"})["Location"] == "/21/2026/"
    assert steps(sara) == []
    assert steps(other) != []
    assert "Ta fram Kom i gång igen" in desk(sara, "/21/2026/").text
    as_(sara).post(address, {"action": "out"})
    assert steps(sara) != []
    verbs = Event.objects.filter(subject_kind="home.deskchoice").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["first_visit_aside", "first_visit_out"]
    assert as_(sara).get(address).status_code == 405


def test_only_those_who_manage_the_plan_see_the_list(year: Year) -> None:
    for role in set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR}:
        account = person(role, "21", role, year.parties[0] if role.startswith("party") else None)
        assert steps(account) == []
        with pytest.raises(Refused):
            put_first_visit(by=actor(account), at=AT, account=account, county="21", aside=True)
    assert as_(person(Role.COORDINATOR, "25", "Granne")).post("/21/2026/kom-i-gang/").status_code == 403


def test_a_county_that_has_come_to_its_directives_needs_no_first_visit(year: Year) -> None:
    sara = person(Role.COORDINATOR, "21", "Sara")
    assert steps(sara) != []
    year.issued()
    assert steps(sara) == []


# Before there is a plan, and the header ----------------------------------------------------------------------------


@pytest.mark.parametrize("room", ["direktiv", "aterrapporter", "arsrapport"])
def test_a_room_of_the_plan_says_so_before_there_is_one(year: Year, room: str) -> None:
    sara, reader = person(Role.COORDINATOR, "21", "Sara"), person(Role.READER, "21", "Lena")
    page = desk(sara, f"/21/2031/{room}/")
    assert "Länet har ingen plan för 2031 än." in page.text
    assert [link["href"] for link in page.select(".empty a")] == ["/21/2031/plan/", f"/21/2024/{room}/"]
    assert [link["href"] for link in desk(reader, f"/21/2031/{room}/").select(".empty a")] == [f"/21/2024/{room}/"]
    assert as_(person(Role.COORDINATOR, "25", "Granne")).get(f"/21/2031/{room}/").status_code == 404
    assert as_(sara).get("/21/2031/direktiv/7/").status_code == 404


def test_another_year_is_the_same_room(year: Year) -> None:
    create_plan(by=BOSS, at=AT, county="21", year=2025, title="Länets plan 2025")
    sara = person(Role.COORDINATOR, "21", "Sara")

    def years(address: str) -> dict[str, str]:
        found = desk(sara, address).select(".top__place .menu__list a")
        return {link.text.split()[1]: str(link["href"]) for link in found}

    assert years("/21/2024/pengar/")["2025"] == "/21/2025/pengar/"
    assert years("/21/2024/behov/")["2025"] == "/21/2025/behov/"
    assert years("/21/2024/personer/bjud-in/")["2025"] == "/21/2025/personer/"
    shown = list(years("/21/2024/"))
    assert shown == sorted(shown, reverse=True)
    assert {"2024", "2025"} <= set(shown)
    for address in years("/21/2024/").values():
        assert as_(sara).get(address).status_code == 200


def test_the_administrator_is_told_in_which_county_and_comes_back(year: Year) -> None:
    page = desk(person(Role.ADMINISTRATOR, "", "Ada"), "/21/2024/personer/")
    assert page.select_one(".top__county").text == "Gävleborg"  # type: ignore[union-attr]
    assert [link["href"] for link in page.select(".cycle a")] == [
        "/skrivbord/", "/21/2024/personer/", "/21/2024/personer/folkmangd/",
    ]  # fmt: skip


def test_the_menu_of_a_phone_has_everything_that_the_wide_header_has(year: Year) -> None:
    page = desk(person(Role.COORDINATOR, "21", "Sara"))
    menu = page.select_one(".menu--narrow")
    assert menu is not None
    assert [a["href"] for a in menu.select("nav a")] == [a["href"] for a in page.select(".cycle a")]
    assert menu.select_one("input[type=search]") is not None
    assert {button.text for button in menu.select("form[method=post] button")} >= {"Logga ut"}
    assert page.select_one(".menu--help .help-panel") is not None


def test_a_decision_that_is_entered_ends_what_waits(year: Year) -> None:
    """An allocation leaves the desk when it is decided, though its plan is another year's."""
    draft_allocation(
        by=BOSS, at=AT, county="21", year=2027, title="Nästa års", how=How(1000, Equal()),
        parties=list(Party.objects.filter(county="21", role="municipality")),
    )  # fmt: skip
    secretary = person(Role.SECRETARY, "21", "Siv")
    assert titles(secretary, "/21/2027/") == ["Låt besluta Nästa års"]
    record_decision(
        by=BOSS, at=AT, body=Body.objects.filter(county="21")[0], decided_on=date(2024, 3, 1), title="B",
        points=[Point("other", "Noterat.")],
    )  # fmt: skip
    assert titles(secretary, "/21/2027/") == ["Låt besluta Nästa års"]
