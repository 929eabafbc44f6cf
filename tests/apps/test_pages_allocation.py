"""The page of an allocation: an area with exceptions, and another key beside the present one."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.explain import area_words
from samplan.apps.agreements.models import Allocation, Share
from samplan.apps.agreements.operations.money import How, draft_allocation
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.apps.orgs.models import Population as Persons
from samplan.apps.orgs.operations import PopulationRow, load_population
from samplan.domain.access import Role
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import Area, Equal, Population
from tests.apps.test_pages_directives import page, typed
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
NEW = "/21/2024/pengar/fordelning/ny/"
ON = official.ON_DATE.isoformat()


@pytest.fixture
def year() -> Year:
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def towns(*codes: str) -> list[Party]:
    found = Party.objects.filter(county="21", role="municipality").order_by("code")
    return list(found.filter(code__in=codes) if codes else found)


def share_out(client: Client, members: list[Party], **changes: Any) -> Any:
    sent: dict[str, Any] = {
        "title": "Utbildning", "amount": "1 000 000", "members": [str(party.uid) for party in members],
        "key": "population", "rounding": "largest-remainder", "population_on": ON,
    }  # fmt: skip
    return client.post(NEW, typed(client.get(NEW)) | sent | changes)


def newest() -> Allocation:
    return Allocation.objects.latest("id")


def amounts(made: Allocation) -> dict[str, int]:
    return dict(made.shares.values_list("party__code", "amount"))


def path_of(made: Allocation) -> str:
    return f"/21/2024/pengar/fordelning/{made.uid}/"


def test_an_area_with_a_sum_outside_and_exceptions(client: Client) -> None:
    members = towns("2101", "2104", "2180", "2181")
    area: dict[str, Any] = {
        "catchment": ["2180", "2181"], "outside": "50 000", "exceptions": "ockelbo: 20 000 kr\n\n2104: 0",
    }  # fmt: skip
    answer = share_out(client, members, **area)
    made = newest()
    assert answer["Location"] == path_of(made)
    people = {row.area_code: row.persons for row in official.population()}
    gavle = 980_000 * people["2180"] / (people["2180"] + people["2181"])
    assert amounts(made) == {"2101": 20_000, "2104": 0, "2180": round(gavle), "2181": 980_000 - round(gavle)}
    assert json.loads(made.key) == {
        "key": "population", "catchment": ["2180", "2181"], "outside": 50_000,
        "exceptions": {"2101": 20_000, "2104": 0},
    }  # fmt: skip

    found = page(client.get(path_of(made)))
    lead = found.select_one(".lead").text  # type: ignore[union-attr]
    assert "Upptagningsområdet är Gävle och Sandviken. De utanför får 50\xa0000\xa0kr var." in lead
    assert "Undantag: Hofors får inget och Ockelbo får 20\xa0000\xa0kr." in lead

    def why(code: str) -> str:
        return found.select_one(f"#part-{code}").find_next_sibling("tr").text  # type: ignore[union-attr]

    assert "eget belopp, ett undantag" in why("2101")
    assert "1\xa0000\xa0000kronor−20\xa0000till 2 parter först→" in why("2180")
    assert "980\xa0000kronor kvar" in why("2180")
    # What is stored comes back as it is typed.
    assert found.select_one("[name=exceptions]").text.strip() == "Ockelbo: 20\xa0000\nHofors: 0"  # type: ignore[union-attr]
    assert [box["value"] for box in found.select("[name=catchment][checked]")] == ["2180", "2181"]

    paper = client.get(f"/21/2024/arsrapport/beslutsunderlag/{made.uid}.html").content.decode().replace("\xa0", " ")
    assert "Upptagningsområdet är Gävle och Sandviken. De utanför får 50 000 kr var." in paper
    assert "Eget belopp, ett undantag: 20 000 kr." in paper
    assert "går 20 000 kr först till dem utanför och undantagen, kvar 980 000 kr." in paper


def test_one_outside_needs_no_population(client: Client) -> None:
    """Children are counted where the clinic takes them in, and nobody asks for figures from elsewhere."""
    rows = [PopulationRow("2180", official.ON_DATE, 30_000, "Prov", age_from=0, age_to=25)]
    load_population(by=BOSS, at=AT, rows=rows)
    age: dict[str, Any] = {"key": "age", "age_from": "0", "age_to": "25"}
    assert "Folkmängd saknas" in page(share_out(client, towns("2101", "2180"), **age)).text
    share_out(client, towns("2101", "2180"), **age, catchment=["2180"], outside="1")
    assert amounts(newest()) == {"2101": 1, "2180": 999_999}
    shown = page(client.get(path_of(newest())))
    assert [cell.text for cell in shown.select("#part-2101 td.fig")] == ["–", "1\xa0kr"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outside": "5"}, "Kryssa i vilka som hör till området"),
        ({"catchment": ["2101"]}, "Ockelbo är inte med i fördelningen"),
        ({"exceptions": "Ockelbo: 5"}, "Ockelbo är inte med i fördelningen"),
        ({"exceptions": "Gefle: 5"}, "”Gefle” är ingen av parterna"),
        ({"exceptions": "Gävle"}, "saknar något efter kolonet"),
        ({"exceptions": "Gävle: fem"}, "Gävle: Skriv hela kronor"),
        ({"exceptions": "Gävle: -5"}, "Gävle: Skriv hela kronor"),
        ({"exceptions": "Gävle: 5\n2180: 6"}, "2180 står två gånger"),
        ({"exceptions": "Gävle: 900 000\nHofors: 100 001"}, "mer än de 1\xa0000\xa0000 kronor"),
        ({"exceptions": "Gävle: 900 000\nHofors: 99 999"}, "alla har ett eget belopp"),
        ({"catchment": ["2180"], "outside": "1 000 001"}, "mer än de 1\xa0000\xa0000 kronor"),
        ({"catchment": ["9999"]}, "Upptagningsområde"),
    ],
)
def test_what_is_wrong_with_an_area_is_said_and_kept(client: Client, changes: dict[str, Any], words: str) -> None:
    before = Allocation.objects.count()
    found = page(share_out(client, towns("2104", "2180"), **changes))
    assert words in found.select_one(".errors").text  # type: ignore[union-attr]
    assert found.select_one("[name=exceptions]").text.strip() == changes.get("exceptions", "")  # type: ignore[union-attr]
    assert found.select_one("details[open] [name=exceptions]")
    assert Allocation.objects.count() == before


def test_an_area_of_very_many_is_said_by_those_outside_or_as_a_number(client: Client) -> None:
    parties = list(Party.objects.filter(county="14", role="municipality").order_by("code"))
    assert len(parties) == 49
    names = {party.code: party.name for party in parties}
    inside = frozenset(list(names)[2:])
    outside = [names[code] for code in list(names)[:2]]
    assert f"Upptagningsområdet är alla utom {outside[0]} och {outside[1]}." in area_words(
        Population(Area(inside)), names
    )
    half = Population(Area(frozenset(list(names)[:20]), 5))
    assert "Upptagningsområdet är 20 av parterna. De utanför får 5\xa0kr var." in area_words(half, names, brief=True)
    assert all(name in area_words(half, names) for name in list(names.values())[:20])
    assert area_words(Population(Area(frozenset(names))), names) == "Upptagningsområdet är alla."


def test_nobody_lives_in_the_area(client: Client) -> None:
    Persons.objects.filter(area_code="2104").update(persons=0)
    found = page(share_out(client, towns("2104", "2180"), catchment=["2104"]))
    assert "alla tal är noll" in found.select_one(".errors").text  # type: ignore[union-attr]


def beside(client: Client, made: Allocation, **typed_in: Any) -> Any:
    return client.get(path_of(made), {"rounding": "largest-remainder", "population_on": ON} | typed_in)


def test_beside_shows_both_amounts_the_difference_the_way_and_the_proof(client: Client) -> None:
    share_out(client, towns("2104", "2180"))
    made, shares = newest(), list(Share.objects.order_by("pk").values())
    found = page(beside(client, made, key="equal", rounding="nearest"))
    rows = [[cell.text for cell in row.select("td.fig")] for row in found.select("tr[id^=part-], tfoot tr")]
    people = {row.area_code: row.persons for row in official.population()}
    gavle = round(1_000_000 * people["2180"] / (people["2180"] + people["2104"]))
    for row, kronor in zip(rows, (gavle, 1_000_000 - gavle, 1_000_000), strict=True):
        now, other, difference = (int(cell.partition(" ")[0].replace("\xa0", "").replace("−", "-")) for cell in row[1:])
        assert (now, other - now) == (kronor, difference)
    assert [row[2] for row in rows] == ["500\xa0000", "500\xa0000", "1\xa0000\xa0000"]
    assert rows[-1][-1] == "0"
    why = found.select_one("#part-2180").find_next_sibling("tr").text  # type: ignore[union-attr]
    assert "Bredvid blir det 500\xa0000\xa0kr" in why
    assert "1\xa0000\xa0000kronor att dela÷2parter" in why
    for proof in ("#bevis", "#bevis-bredvid"):
        assert "0 kronor kvar. Summan stämmer." in " ".join(found.select_one(proof).text.split())  # type: ignore[union-attr]
    short = page(beside(client, made, key="steps", table="0: 1"))
    assert "999\xa0998 kronor kvar. De är inte utdelade." in short.select_one("#bevis-bredvid").text  # type: ignore[union-attr]
    assert list(Share.objects.order_by("pk").values()) == shares
    assert newest() == made


def test_what_is_wrong_beside_is_said_and_the_page_stands(client: Client) -> None:
    share_out(client, towns("2104", "2180"))
    for wrong, words in (
        ({"key": "flat", "flat": "600 000"}, "är mer än de 1\xa0000\xa0000 kronor"),
        ({"key": "population", "exceptions": "Okänd: 5"}, "är ingen av parterna"),
        ({"key": "population", "population_on": "1999-01-01"}, "Folkmängd den"),
        ({"key": "x"}, "Fördela efter"),
    ):
        found = page(beside(client, newest(), **wrong))
        assert words in found.select_one("#prova .errors").text, wrong  # type: ignore[union-attr]
        assert not found.select(".table__beside, #bevis-bredvid")
        assert "Summan stämmer." in found.select_one("#bevis").text  # type: ignore[union-attr]


def test_a_decided_one_leads_to_a_new_one_with_the_key_that_was_tried(client: Client) -> None:
    share_out(client, towns("2104", "2180"))
    made = newest()
    client.post(f"{path_of(made)}faststall/", {"decision_point": str(DecisionPoint.objects.get(kind="budget").uid)})
    tried = {"key": "population", "catchment": ["2180"], "outside": "7", "exceptions": ""}
    found = page(beside(client, made, **tried))
    assert not found.select("form[action$='andra/']")
    (link,) = found.select("#prova a.button")
    assert urlencode({"ersatter": made.uid}) in str(link["href"])
    form = client.get(str(link["href"]))
    sent = typed(form) | {"members": [str(party.uid) for party in towns("2104", "2180")], "catchment": ["2180"]}
    assert (sent["outside"], sent["title"], sent["amount"]) == ("7", "Utbildning", "1\xa0000\xa0000")
    assert [box["value"] for box in page(form).select("[name=catchment][checked]")] == ["2180"]
    assert client.post(str(link["href"]), sent)["Location"] == path_of(newest())
    assert (newest().supersedes, newest().state, amounts(newest())) == (made, "draft", {"2104": 7, "2180": 999_993})
    assert amounts(made)["2104"] != 7


def test_what_was_seen_is_what_is_fixed(client: Client) -> None:
    """Two people at once: one reckons anew while the other has the old amounts on the screen."""
    share_out(client, towns("2104", "2180"))
    made, point = newest(), str(DecisionPoint.objects.get(kind="budget").uid)
    seen = page(client.get(path_of(made))).select_one("#faststall [name=seen]")["value"]  # type: ignore[index]
    other = {"key": "equal", "rounding": "nearest"}
    assert client.post(f"{path_of(made)}andra/", other)["Location"] == path_of(made)
    refused = page(client.post(f"{path_of(made)}faststall/", {"decision_point": point, "seen": seen}))
    assert "räknat om den sedan sidan öppnades" in refused.select_one("#faststall .errors").text  # type: ignore[union-attr]
    assert newest().state == "draft"
    seen = refused.select_one("#faststall [name=seen]")["value"]  # type: ignore[index]
    assert client.post(f"{path_of(made)}faststall/", {"decision_point": point, "seen": seen})["Location"]
    assert newest().state == "frozen"


def test_a_reader_may_try_and_is_offered_no_writing(client: Client) -> None:
    share_out(client, towns("2104", "2180"))
    reader, neighbour = Client(), Client()
    reader.force_login(person(Role.READER, "21", "Läsare"))
    neighbour.force_login(person(Role.COORDINATOR, "25", "Granne"))
    found = page(beside(reader, newest(), key="equal"))
    assert found.select(".table__beside")
    assert not found.select("form[method=post][action*=fordelning]")
    assert beside(neighbour, newest(), key="equal").status_code == 404
    assert beside(Client(), newest(), key="equal").status_code == 302


@pytest.mark.parametrize("key", [{"key": "equal"}, {"key": "population", "catchment": ["2180"], "outside": "1"}])
def test_the_queries_do_not_grow_with_the_parties(client: Client, key: dict[str, Any]) -> None:
    def asked(members: list[Party]) -> int:
        draft_allocation(
            by=BOSS, at=AT, county="21", year=2024, title="X", parties=members,
            how=How(1_000_000, Equal(), Rounding.LARGEST_REMAINDER, official.ON_DATE),
        )  # fmt: skip
        with CaptureQueriesContext(connection) as caught:
            assert page(beside(client, newest(), **key)).select(".table__beside")
        return len(caught)

    asked(towns("2104", "2180"))
    few = asked(towns("2104", "2180"))
    assert asked(towns()) == few
