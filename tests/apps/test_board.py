"""The board party × directive: what it counts, what it can be narrowed to, and that a large county costs no queries."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.directives.queries import AMONG
from samplan.apps.questionnaires.models import ReportRequest
from samplan.domain.access import Role
from tests.full_board import COUNTY, full_board
from tests.small_year import BOSS, Year, load_places, person

pytestmark = pytest.mark.django_db
BOARD = f"/{COUNTY}/2024/aterrapporter/"


@pytest.fixture
def year() -> Year:
    load_places()
    return full_board(parties=9, directives=6)


@pytest.fixture
def client(year: Year) -> Client:
    assert year
    return as_(Role.COORDINATOR)


def as_(role: Role, county: str = COUNTY) -> Client:
    assert BOSS
    signed_in = Client()
    signed_in.force_login(person(role, county, "Någon"))
    return signed_in


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def chips(found: BeautifulSoup) -> dict[str, int]:
    return {
        chip["href"].partition("visa=")[2].partition("&")[0]: int(chip.select_one("b").text)  # type: ignore[union-attr]
        for chip in found.select("nav.chips a")
    }


def test_every_state_is_counted_and_told_by_sign_and_words(client: Client) -> None:
    found = page(client.get(BOARD))
    requests = ReportRequest.objects.filter(county=COUNTY)
    counted = chips(found)
    assert counted[""] == requests.count()
    assert counted["accepted"] == requests.filter(state="accepted").count()
    assert counted["nothing"] == requests.filter(outcome="nothing").count()
    assert counted["declined"] == requests.filter(outcome="declined").count()
    assert (
        counted["waiting"]
        == requests.filter(needs_approval=True, state__in=["submitted", "nothing", "declined"]).count()
    )
    assert counted["inside"] + counted["missing"] == counted[""]
    cells = found.select(".board__cell > .state")
    assert len(cells) == counted[""]
    for cell in cells:
        assert cell.select_one("svg use")
        assert cell.find(string=True, recursive=False).strip()  # type: ignore[union-attr]
        assert cell.select_one(".hide").text.count(",") >= 2  # type: ignore[union-attr]
    # The list of a phone has the same reports.
    assert len(found.select(".board-list li")) == counted[""]


@pytest.mark.parametrize("state", AMONG)
def test_a_filter_shows_what_it_counts(client: Client, state: str) -> None:
    count = chips(page(client.get(BOARD))).get(state, 0)
    found = page(client.get(BOARD, {"visa": state}))
    assert len(found.select(".board__cell > .state")) == len(found.select(".board-list li")) == count
    assert chips(found)[state] == count


def test_it_is_narrowed_to_a_directive_a_party_and_an_area(client: Client, year: Year) -> None:
    party = year.parties[2]
    found = page(client.get(BOARD, {"part": party.code}))
    assert [th.text for th in found.select(".board tbody th")] == [party.name]
    assert chips(found)[""] == ReportRequest.objects.filter(county=COUNTY, party=party).count()
    assert "part=" in found.select("nav.chips a")[1]["href"]
    found = page(client.get(BOARD, {"direktiv": "2", "part": party.code}))
    assert len(found.select(".board__title")) == len(found.select(".board__cell")) == 1
    found = page(client.get(BOARD, {"omrade": str(year.area.uid)}))
    assert {tag.text for tag in found.select(".board .tag--area")} == {year.area.short_title}
    gone = page(client.get(BOARD, {"part": "0000"}))
    assert "Ingen återrapport passar" in gone.text
    assert not gone.select(".board__cell")


def test_those_who_miss_most_come_first(client: Client) -> None:
    rows = page(client.get(BOARD, {"ordning": "sena"})).select(".board tbody tr")
    lacking = []
    for row in rows:
        inside, _of, asked = row.select("td")[-1].text.split()
        lacking.append(int(asked) - int(inside))
    assert lacking == sorted(lacking, reverse=True)
    assert len(set(lacking)) > 1


def test_the_list_is_grouped_by_party_or_directive(client: Client, year: Year) -> None:
    by_party = page(client.get(BOARD)).select(".board-group__name")
    assert len(by_party) == len(year.parties)
    by_directive = page(client.get(BOARD, {"grupp": "direktiv"}))
    assert [one.text for one in by_directive.select(".board-group__name")] == [
        one.text for one in by_directive.select(".board__title")
    ]


def test_each_amount_leads_to_why_it_is_so_large(client: Client) -> None:
    found = page(client.get(BOARD, {"kronor": "ja"}))
    (first, *_others) = found.select(".board tbody td:nth-of-type(2) a")
    assert "Varför får" in first.text
    party = first.find_parent("tr").select_one("th").text  # type: ignore[union-attr]
    why = page(client.get(first["href"]))
    (opened,) = why.select("details.why[open]")
    amount = first.find(string=True, recursive=False)
    assert f"Därför får {party} {amount}" in opened.text
    row = why.find(id=urlsplit(str(first["href"])).fragment)
    assert row.select_one("th").text == party  # type: ignore[union-attr]
    sums = [int("".join(filter(str.isdigit, cell.text))) for cell in found.select(".board tfoot td")]
    assert sum(sums[:-1]) == sums[-1]


def test_all_who_are_late_are_reminded_or_one_of_them(client: Client) -> None:
    found = page(client.get(BOARD, {"visa": "late"}))
    late = chips(found)["late"]
    assert late > 2
    every = found.select_one(".head__actions form")
    assert every is not None
    assert every.select_one("button").text == f"Påminn {late} sena"  # type: ignore[union-attr]
    numbers = [one["value"] for one in every.select("[name=number]")]
    assert len(set(numbers)) == late
    singles = found.select(".board-list button[form=paminn-en]")
    assert sorted(one["value"] for one in singles) == sorted(numbers)
    one = found.select_one("form#paminn-en")
    assert one is not None
    sent = {str(each["name"]): str(each["value"]) for each in one.select("input")} | {"number": str(numbers[0])}
    answer = client.post(str(one["action"]), sent)
    assert answer["Location"] == f"{BOARD}?visa=late"
    assert page(client.get(BOARD)).select_one(".messages")
    party = page(client.get(BOARD, {"part": "1440"}))
    assert (
        not party.select(".head__actions form [name=number]")
        or len(party.select(".head__actions form [name=number]")) < late
    )


def test_who_only_reads_opens_no_report_and_others_find_no_board(year: Year) -> None:
    assert year
    reader = page(as_(Role.READER).get(BOARD))
    assert reader.select(".board__cell")
    assert not reader.select(".board__cell a, .board-list li a, [name=number]")
    assert as_(Role.COORDINATOR, "25").get(BOARD).status_code == 404
    assert Client().get(BOARD).status_code == 302


def test_the_largest_county_is_whole_and_costs_no_more_queries() -> None:
    load_places()
    full_board("25", parties=3, directives=2)
    full_board(parties=49, directives=10)
    asked, found = {}, {}
    for county in ("25", COUNTY):
        client, address = as_(Role.COORDINATOR, county), f"/{county}/2024/aterrapporter/"
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            found[county] = page(client.get(address))
        asked[county] = len(seen)
    assert asked[COUNTY] == asked["25"]
    assert len(found[COUNTY].select(".board--full tbody tr")) == 49
    assert len(found[COUNTY].select(".board__title")) == 10
    assert len(found[COUNTY].select(".board__cell, .board__none")) == 490
    assert not found["25"].select(".board--full")
