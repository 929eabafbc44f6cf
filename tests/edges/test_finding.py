"""Search among a county's own things: what each reader finds, and that nobody finds what they may not open."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.bodies.models import Decision
from samplan.apps.needs.operations import add_need
from samplan.apps.plans.models import Activity
from samplan.base.accounts.models import Account
from samplan.base.files.operations import attach
from samplan.domain.access import Role
from tests.small_year import AT, BOSS, Year, make_year, person

pytestmark = pytest.mark.django_db
SEARCH = "/21/2024/sok/"


@pytest.fixture
def year() -> Year:
    return make_year()


def found(account: Account, query: str, address: str = SEARCH) -> list[tuple[str, str]]:
    client = Client()
    client.force_login(account)
    page = BeautifulSoup(client.get(address, {"q": query}).content, "html.parser")
    return [(link.text, str(link["href"])) for link in page.select(".hits h2 a")]


def test_a_coordinator_finds_things_of_every_kind_and_each_address_opens(year: Year) -> None:
    year.issued()
    need = add_need(by=BOSS, at=AT, county="21", year=2024, title="Kurser för anhöriga")
    attach(by=BOSS, at=AT, about=year.plan, name="Kurser.txt", content=b"hej")
    sara = person(Role.COORDINATOR, "21", "Sara")
    hits = found(sara, "kurs")
    titles = [title for title, _url in hits]
    assert {"Kurser i samtal", need.title, "Kurser.txt"} <= set(titles)
    client = Client()
    client.force_login(sara)
    for query in ("kurs", "länsledning", "gävle", "barn"):
        assert found(sara, query), query
        for title, url in found(sara, query):
            assert client.get(url).status_code == 200, (title, url)


def test_endings_and_beginnings_are_found_and_every_word_has_to_be_there(year: Year) -> None:
    add_need(by=BOSS, at=AT, county="21", year=2024, title="Suicidprevention i kommunerna")
    sara = person(Role.COORDINATOR, "21", "Sara")
    assert [title for title, _url in found(sara, "suicid kommunens")] == ["Suicidprevention i kommunerna"]
    assert found(sara, "suicid häst") == []


def test_a_reporter_finds_the_own_requests_and_issued_directives_only(year: Year) -> None:
    year.issued()
    year.draft(number=2, title="Kurser i hemlighet")
    mine = person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    hits = found(mine, "kurs")
    assert sorted({title for title, _url in hits}) == ["Kurser i samtal"]
    assert len(hits) == 2  # the directive and the request of the own party
    client = Client()
    client.force_login(mine)
    assert {client.get(url).status_code for _title, url in hits} == {200}
    assert found(mine, "länsledning") == []
    assert found(mine, year.parties[1].name) == []


def test_the_readers_hits_are_those_that_a_reader_may_open(year: Year) -> None:
    year.issued()
    lena = person(Role.READER, "21", "Lena")
    client = Client()
    client.force_login(lena)
    for query in ("kurs", "gävle", "plan", "länsledning"):
        for title, url in found(lena, query):
            assert client.get(url).status_code == 200, (title, url)


def test_the_neighbour_finds_nothing_here(year: Year) -> None:
    year.issued()
    client = Client()
    client.force_login(person(Role.COORDINATOR, "25", "Granne"))
    assert client.get(SEARCH, {"q": "kurs"}).status_code == 404
    assert client.get("/25/2024/sok/", {"q": "kurser samtal"}).content.count(b"<h2>") == 1  # the empty place's own


def test_what_is_written_is_found_at_once(year: Year) -> None:
    sara = person(Role.COORDINATOR, "21", "Sara")
    assert found(sara, "trygghet") == []
    add_need(by=BOSS, at=AT, county="21", year=2024, title="Trygghet i skolan")
    assert [title for title, _url in found(sara, "trygghet")] == ["Trygghet i skolan"]


def test_kinds_can_be_chosen_among(year: Year) -> None:
    year.issued()
    add_need(by=BOSS, at=AT, county="21", year=2024, title="Kurser för anhöriga")
    sara = person(Role.COORDINATOR, "21", "Sara")
    chosen = found(sara, "kurs", SEARCH + "?slag=need&q=kurs")
    assert ("Kurser för anhöriga" in dict(chosen)) is True
    client = Client()
    client.force_login(sara)
    page = BeautifulSoup(client.get(SEARCH, {"q": "kurs", "slag": "need"}).content, "html.parser")
    assert [link.text for link in page.select(".hits h2 a")] == ["Kurser för anhöriga"]
    assert page.select_one(".chips [aria-current]").text.startswith("Behov")  # type: ignore[union-attr]


def test_an_index_costs_the_same_queries_however_much_there_is(year: Year) -> None:
    year.issued()
    sara = person(Role.COORDINATOR, "21", "Sara")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(sara, "kurs")
        return len(captured)

    add_need(by=BOSS, at=AT, county="21", year=2024, title="Ett behov")
    attach(by=BOSS, at=AT, about=Decision.objects.filter(county="21")[0], name="0.txt", content=b"hej 0")
    first = queries()
    for number in range(10):
        add_need(by=BOSS, at=AT, county="21", year=2024, title=f"Kurs {number}")
        attach(
            by=BOSS, at=AT, about=Decision.objects.filter(county="21")[0], name=f"{number}.txt",
            content=f"hej {number}".encode(),
        )  # fmt: skip
    assert queries() <= first
    assert queries() < first  # and once it is made it is kept
    assert Activity.objects.filter(county="21").count() == 0
