"""Why a party gets its kronor, one press away wherever they stand, and another key tried beside."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.models import Allocation
from samplan.base.audit.models import Event
from samplan.base.ui.charts.differences import differences
from samplan.domain.access import Role
from tests.small_year import Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
DIRECTIVE = "/21/2024/direktiv/1/"


@pytest.fixture
def year() -> Year:
    load_places()
    made = make_year()
    made.issued()
    return made


def as_(role: Role, county: str = "21", **more: Any) -> Client:
    client = Client()
    client.force_login(person(role, county, "Någon", **more))
    return client


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_directive_says_why_each_party_gets_its_kronor(year: Year) -> None:
    client = as_(Role.COORDINATOR)
    found = page(client.get(DIRECTIVE, {"varfor": "2104"}))
    assert len(found.select("#parter details.why")) == len(year.parties)
    (opened,) = found.select("#parter details.why[open]")
    assert "Därför får Hofors 50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in opened.text
    assert "parter" in opened.select_one(".sum").text  # type: ignore[union-attr]
    there = page(client.get(opened.select_one("a")["href"]))  # type: ignore[index]
    (same,) = there.select("details.why[open]")
    assert "Därför får Hofors" in same.text
    assert same.select_one("a[href='#prova']")
    assert there.select_one("#prova")


def test_a_party_reads_why_but_has_no_way_to_the_allocation(year: Year) -> None:
    found = page(as_(Role.PARTY_REPORTER, party=year.parties[0]).get(DIRECTIVE))
    assert len(found.select("#parter details.why")) == len(year.parties)
    assert not found.select("#parter details.why a")
    uid = Allocation.objects.get().uid
    address = f"/21/2024/pengar/fordelning/{uid}/"
    for client in (as_(Role.PARTY_APPROVER, party=year.parties[0]), as_(Role.COORDINATOR, "25")):
        assert client.get(address, {"varfor": "2104", "key": "equal"}).status_code == 404


def test_why_costs_a_page_no_queries_for_each_party() -> None:
    load_places()
    counts = []
    client = as_(Role.COORDINATOR)
    for county_parties, year in ((2, 2024), (9, 2025)):
        made = make_year(year=year, parties=county_parties)
        made.issued()
        address = f"/21/{year}/direktiv/1/"
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert len(page(client.get(address)).select("#parter details.why")) == county_parties
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_another_key_is_one_press_away_and_told_in_kronor_per_cent_and_a_drawing(year: Year) -> None:
    assert year
    client = as_(Role.COORDINATOR)
    uid, before = Allocation.objects.get().uid, Event.objects.count()
    address = f"/21/2024/pengar/fordelning/{uid}/"
    plain = page(client.get(address))
    assert not plain.select("#skillnaden, .table__percent")
    (press,) = [chip for chip in plain.select("nav.chips a.chip") if chip.text == "Folkmängd"]
    found = page(client.get(address + str(press["href"])))
    assert found.select_one("nav.chips [aria-current]").text == "Folkmängd"  # type: ignore[union-attr]
    rows = {
        row.select_one("th").text: (row.select(".fig")[-1].find("span").find(string=True, recursive=False).strip(),  # type: ignore[union-attr]
                                    row.select_one(".table__percent").text)  # type: ignore[union-attr]
        for row in found.select("tr[id^=part-]")
    }  # fmt: skip
    more, less = rows["Gävle"], rows["Hofors"]
    assert more[0].startswith("+")
    assert less[0].startswith("\N{MINUS SIGN}")
    assert more[0][1:] == less[0][1:]
    # 50 000 kr each: a difference in kronor is so many five hundredths of a per cent.
    kronor = int("".join(filter(str.isdigit, more[0])))
    assert more[1] == f"+{kronor * 100 / 50000:.1f}\N{NO-BREAK SPACE}%".replace(".", ",")
    drawing = found.select_one("#skillnaden svg")
    assert drawing is not None
    assert "Gävle" in drawing.text
    assert "Hofors" in str(drawing["aria-label"]) or "Gävle" in str(drawing["aria-label"])
    assert Event.objects.count() == before


@pytest.mark.parametrize("width", [350, 640, 760])
def test_differences_are_drawn_inside_their_width_on_their_own_side(width: int) -> None:
    drawn = BeautifulSoup(
        differences(
            [("Gävle", -512_766), ("Ockelbo", 158_884), ("Hofors", 0)], more="Mer", less="Mindre", said=str, width=width
        ),
        "xml",
    )
    zero = float(str(drawn.select("path.drawing__line")[-1]["d"]).split()[0].lstrip("M"))
    less, more = drawn.select("rect.drawing__edge")[2:]
    assert float(str(less["x"])) + float(str(less["width"])) == pytest.approx(zero)
    assert float(str(more["x"])) == pytest.approx(zero)
    assert float(str(less["width"])) / float(str(more["width"])) == pytest.approx(512_766 / 158_884, rel=1e-3)
    assert float(str(less["x"])) >= 0
    assert float(str(more["x"])) + float(str(more["width"])) <= width
