"""The money on pages: agreement, grants, allocations, and why each amount is what it is."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import samplan.domain
from samplan.apps.agreements.models import Agreement, Allocation, Grant
from samplan.apps.agreements.operations.money import How, NewLine, NewSection, create_agreement, draft_allocation
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs import official
from samplan.base.kernel.problems import REASONS
from samplan.domain.access import Role
from samplan.domain.allocation_keys import AgeGroup, Equal, Population, from_data
from tests.apps.test_pages_directives import page, typed
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
MONEY = "/21/2024/pengar/"
NEW = f"{MONEY}fordelning/ny/"
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


def members(year: Year) -> list[str]:
    return [str(party.uid) for party in year.parties]


def share_out(client: Client, year: Year, **changes: Any) -> Any:
    """A new allocation of 1 000 001 kronor between the two parties, by population unless said otherwise."""
    sent: dict[str, Any] = {
        "title": "Utbildning", "amount": "1 000 001", "members": members(year), "key": "population",
        "rounding": "largest-remainder", "population_on": ON,
    }  # fmt: skip
    return client.post(NEW, typed(client.get(NEW)) | sent | changes)


def newest() -> Allocation:
    return Allocation.objects.latest("id")


def amounts() -> list[int]:
    """Of the newest allocation, in the order of party codes."""
    return list(newest().shares.order_by("party__code").values_list("amount", flat=True))


def test_the_money_shows_grants_why_and_a_proven_sum(client: Client, year: Year) -> None:
    found = page(client.get(MONEY))
    grant = Grant.objects.get(superseded_by=None)
    row = found.select_one(f"#bidrag-{grant.uid}")
    assert row is not None
    assert "100\xa0000\xa0kr" in row.text
    why = row.find_next_sibling("tr").text  # type: ignore[union-attr]
    assert "287\xa0382" in why
    assert "Avrundat." in why
    assert "skiljer" not in row.text
    assert "Summan stämmer." in found.select_one("#bidrag .notice--proof").text  # type: ignore[union-attr]
    assert "Kurser" in found.select_one("#fordelningar").text  # type: ignore[union-attr]


def test_a_decided_amount_differs_until_it_says_why(client: Client, year: Year) -> None:
    grant = Grant.objects.get(superseded_by=None)
    path = f"{MONEY}bidrag/{grant.uid}/"
    wrong = client.post(path, typed(client.get(path), amount="12,5", reason="Hela texten"))
    assert page(wrong).select_one("[name=amount]")["value"] == "12,5"  # type: ignore[index]
    assert "Hela texten" in page(wrong).select_one("[name=reason]").text  # type: ignore[union-attr]
    assert client.post(path, typed(client.get(path), amount="90 000", reason=""))["Location"] == MONEY
    assert page(client.get(MONEY)).select(".tag--differs")
    grant = Grant.objects.get(superseded_by=None)
    path = f"{MONEY}bidrag/{grant.uid}/"
    client.post(path, typed(client.get(path), amount="90 000", reason="Beslut av regeringen."))
    found = page(client.get(MONEY))
    assert not found.select(".tag--differs")
    assert "Beslut av regeringen." in found.text


def test_a_revised_agreement_keeps_keys_marks_and_sub_sections(client: Client) -> None:
    children = AgeGroup(0, 17)
    old = create_agreement(
        by=BOSS, at=AT, year=2024, title="Barn", parties="Staten och SKR", state="signed",
        sections=[
            NewSection("3", "barn", "Barn", (NewLine("joint", 130_000_000, children, made_up=True),)),
            NewSection("3.1", "unga", "Unga", (NewLine("region", 20_000_000, Population(), made_up=True),)),
        ],
    )  # fmt: skip
    path = f"{MONEY}overenskommelse/{old.uid}/"
    sent = typed(client.get(path))
    assert (sent["sections-0-key_joint"], sent["sections-1-key_region"]) == ("kept", "population")
    wrong = client.post(path, sent | {"sections-1-amount_joint": "5", "sections-1-key_joint": "kept"})
    assert "inget belopp här" in page(wrong).text
    assert client.post(path, sent | {"sections-1-amount_region": "21 000 000"})["Location"] == MONEY
    new = Agreement.objects.get(supersedes=old)
    first, second = new.sections.order_by("number")
    assert second.parent == first
    assert from_data(json.loads(first.lines.get().key)) == children
    assert [first.lines.get().made_up, second.lines.get().made_up] == [True, False]
    path = f"{MONEY}overenskommelse/{new.uid}/"
    emptied = dict.fromkeys(("number", "tag", "title", "points", "amount_region"), "")
    sent = typed(client.get(path)) | {f"sections-1-{name}": value for name, value in emptied.items()}
    assert client.post(path, sent)["Location"] == MONEY
    assert Agreement.objects.get(supersedes=new).sections.get().tag == "barn"


def test_an_agreement_is_written_in_gets_a_section_and_is_computed(client: Client) -> None:
    path = f"{MONEY}overenskommelse/ny/"
    sent = typed(client.get(path), title="Tillägg", state="signed", may_carry_on="on")
    more = client.post(path, sent | {"action": "more-sections", "sections-0-title": "Suicid"})
    assert page(more).select_one("[name=sections-0-title]")["value"] == "Suicid"  # type: ignore[index]
    assert not page(more).select(".errors, [aria-invalid]")
    first = {
        "sections-0-number": "1", "sections-0-tag": "suicid", "sections-0-title": "Suicid",
        "sections-0-amount_region": "21 000 000", "sections-0-key_region": "equal",
    }  # fmt: skip
    assert client.post(path, typed(more) | first | {"action": "save"})["Location"] == MONEY
    made = Agreement.objects.get(title="Tillägg")
    assert made.may_carry_on
    assert page(client.get(f"{MONEY}overenskommelse/{made.uid}/")).select("[name=may_carry_on][checked]")
    assert "får användas året efter" in page(client.get(MONEY)).text
    path = f"{MONEY}overenskommelse/{made.uid}/avsnitt/"
    second = {
        "number": "2", "tag": "barn", "title": "Barn", "amount_joint": "163 000 000", "key_joint": "flat",
        "flat_joint": "", "points": "Lyssna\nDela",
    }  # fmt: skip
    assert "Skriv grundbeloppet." in page(client.post(path, typed(client.get(path)) | second)).text
    answer = client.post(path, typed(client.get(path)) | second | {"flat_joint": "3 000 000"})
    assert answer["Location"] == MONEY
    third = {
        "number": "3", "tag": "brukare", "title": "Brukare", "amount_joint": "31 000 000", "key_joint": "steps",
    }  # fmt: skip
    assert "Skriv minst ett steg." in page(client.post(path, typed(client.get(path)) | third)).text
    third["table_joint"] = "0: 1 000 000\n287 000: 2 000 000"
    assert client.post(path, typed(client.get(path)) | third)["Location"] == MONEY
    assert made.sections.get(number="2").points.count() == 2
    assert client.post(f"{MONEY}rakna/", {"population_on": "1999-01-01"}).status_code == 200
    assert client.post(f"{MONEY}rakna/", {"population_on": ON})["Location"] == MONEY
    given = {grant.line.level: grant for grant in Grant.objects.filter(line__section__agreement=made).order_by("-id")}
    assert Grant.objects.get(line__section__agreement=made, line__section__number="3").amount == 2_000_000
    assert given["region"].amount == 1_000_000
    assert given["joint"].amount == 3_000_000 + round(100_000_000 * 287_382 / 10_327_589)


def test_every_key_shares_the_sum(client: Client, year: Year) -> None:
    answer = share_out(client, year)
    assert answer["Location"] == f"{MONEY}fordelning/{newest().uid}/"
    hofors, gavle = amounts()
    assert (hofors, gavle) == (85_603, 914_398)
    share_out(client, year, key="equal", rounding="nearest")
    assert amounts() == [500_001, 500_001]
    share_out(client, year, key="flat", flat="400 000")
    assert amounts()[0] == 400_000 + 17_121
    share_out(client, year, key="steps", table="0: 300 001\n50 000: 700 000")
    assert amounts() == [300_001, 700_000]
    shown = page(client.get(f"{MONEY}fordelning/{newest().uid}/"))
    assert "Fördelat i steg efter folkmängd: 300\xa0001\xa0kr från 0" in shown.select_one(".lead").text  # type: ignore[union-attr]
    assert "från 50\xa0000 invånare" in shown.select_one("#part-2180").find_next_sibling("tr").text  # type: ignore[union-attr]
    assert shown.select_one("[name=table]").text.strip() == "0: 300\xa0001\n50\xa0000: 700\xa0000"  # type: ignore[union-attr]
    share_out(client, year, key="fixed", **{"sum-2104": "1", "sum-2180": "1 000 000"})
    assert amounts() == [1, 1_000_000]
    region = [*members(year), str(_region(client))]
    share_out(
        client, year, key="split", members=region, region_percent="12,5", municipality_percent="87,5", inner="equal"
    )
    assert amounts() == [125_000, 437_501, 437_500]


def _region(client: Client) -> str:
    boxes = page(client.get(NEW)).select("[name=members]")
    return str(boxes[0]["value"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "flat", "flat": "900 000"}, "är mer än de 1\xa0000\xa0001 kronor"),
        ({"key": "flat", "flat": ""}, "Grundbelopp till var och en"),
        ({"key": "steps", "table": ""}, "Steg"),
        ({"key": "steps", "table": "20 000 150 000"}, "ett kolon och ett belopp"),
        ({"key": "steps", "table": "5: 1\n5: 2"}, "samma antal invånare"),
        ({"key": "split", "region_percent": "50", "municipality_percent": "40", "inner": "equal"}, "De ska bli 100."),
        ({"key": "split", "region_percent": "x", "municipality_percent": "40"}, "mellan 0 och 100"),
        (
            {"key": "split", "region_percent": "50", "municipality_percent": "50", "inner": "equal"},
            "En grupp ska få pengar",
        ),
        ({"key": "age", "age_from": "25", "age_to": "5"}, "Den övre åldern är lägre"),
        ({"key": "age", "age_from": "0", "age_to": "25"}, "Folkmängd saknas"),
        ({"key": "fixed", "sum-2101": "5"}, "en part som inte är med"),
        ({"amount": "1,5"}, "helt tal"),
        ({"members": []}, "Mellan vilka"),
    ],
)
def test_what_cannot_be_shared_is_said_and_kept(client: Client, year: Year, changes: Any, words: str) -> None:
    before = Allocation.objects.count()
    found = page(share_out(client, year, **changes))
    assert words in found.select_one(".errors").text  # type: ignore[union-attr]
    assert found.select_one("[name=title]")["value"] == "Utbildning"  # type: ignore[index]
    for name in ("flat", "region_percent", "age_from"):
        assert found.select_one(f"[name={name}]").get("value", "") == changes.get(name, "")  # type: ignore[union-attr]
    assert Allocation.objects.count() == before


def test_the_allocation_explains_itself_and_proves_its_sum(client: Client, year: Year) -> None:
    share_out(client, year)
    found = page(client.get(f"{MONEY}fordelning/{newest().uid}/"))
    assert "0 kronor kvar. Summan stämmer." in " ".join(found.select_one("#bevis").text.split())  # type: ignore[union-attr]
    why = found.select_one("#part-2180").find_next_sibling("tr").text  # type: ignore[union-attr]
    assert "Därför får Gävle 914\xa0398\xa0kr" in why
    assert "102\xa0418" in why
    share_out(client, year, key="equal", rounding="nearest")
    proof = page(client.get(f"{MONEY}fordelning/{newest().uid}/")).select_one("#bevis")
    assert "−1 kronor kvar." in proof.text  # type: ignore[union-attr]
    assert "avrundat för sig" in proof.text  # type: ignore[union-attr]
    papers = [f"/21/2024/arsrapport/beslutsunderlag/{newest().uid}.{kind}" for kind in ("docx", "pdf", "html")]
    assert all(client.get(paper).status_code == 200 for paper in papers)


def test_another_key_is_tried_beside_and_taken(client: Client, year: Year) -> None:
    share_out(client, year)
    made = newest()
    path = f"{MONEY}fordelning/{made.uid}/"
    beside = client.get(path, {"key": "equal", "rounding": "largest-remainder", "population_on": ON})
    found = page(beside)
    assert [cell.text for cell in found.select("tbody .table__beside")] == [
        "500\xa0000", "−414\xa0398 −45,3\xa0%", "500\xa0001", "+414\xa0398 +484,1\xa0%",
    ]  # fmt: skip
    assert "1 får mer, 1 får mindre." in found.text
    assert Allocation.objects.get(pk=made.pk).key == made.key
    hidden = found.select_one("form[action$='andra/']")
    assert hidden is not None
    sent = {str(one["name"]): str(one["value"]) for one in hidden.select("input[name]")}
    assert client.post(f"{path}andra/", sent)["Location"] == path
    assert sum(amounts()) == 1_000_001
    assert max(amounts()) - min(amounts()) == 1
    wrong = page(client.post(f"{path}andra/", {"key": "flat", "flat": "x", "rounding": "nearest"}))
    assert wrong.select_one("[name=flat]")["value"] == "x"  # type: ignore[index]


def test_an_allocation_is_fixed_at_a_decision(client: Client, year: Year) -> None:
    share_out(client, year)
    path = f"{MONEY}fordelning/{newest().uid}/"
    assert page(client.post(f"{path}faststall/", {})).select(".errors")
    point = DecisionPoint.objects.get(kind="budget")
    assert client.post(f"{path}faststall/", {"decision_point": str(point.uid)})["Location"] == path
    found = page(client.get(path))
    assert "Beslutat av Länsledning 21." in found.text
    assert not found.select("#faststall")
    refused = page(client.post(f"{path}andra/", {"key": "equal", "rounding": "nearest"}))
    assert "ny fördelning" in refused.select_one(".errors").text  # type: ignore[union-attr]
    assert newest().state == "frozen"


def test_readers_write_nothing_and_neighbours_find_nothing(year: Year) -> None:
    reader, neighbour = Client(), Client()
    reader.force_login(person(Role.READER, "21", "Läsare"))
    neighbour.force_login(person(Role.COORDINATOR, "25", "Granne"))
    agreement, grant, made = Agreement.objects.get(), Grant.objects.get(superseded_by=None), newest()
    paths = [
        "rakna/", "overenskommelse/ny/", f"overenskommelse/{agreement.uid}/avsnitt/", f"bidrag/{grant.uid}/",
        "fordelning/ny/", f"fordelning/{made.uid}/andra/", f"fordelning/{made.uid}/faststall/",
    ]  # fmt: skip
    for path in paths:
        assert reader.post(MONEY + path, {"amount": "1"}).status_code == 403, path
        assert neighbour.post(MONEY + path, {"amount": "1"}).status_code == 404, path
    for path in ("", f"fordelning/{made.uid}/"):
        assert reader.get(MONEY + path).status_code == 200
        assert neighbour.get(MONEY + path).status_code == 404


def test_the_queries_of_the_money_do_not_grow(client: Client, year: Year) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(MONEY).status_code == 200
        return len(caught)

    asked()
    few = asked()
    for number in range(10):
        draft_allocation(
            by=BOSS, at=AT, county="21", year=2024, title=f"Fördelning {number}", how=How(1000, Equal()),
            parties=year.parties,
        )  # fmt: skip
    assert asked() == few


def test_every_reason_of_the_engine_has_words() -> None:
    folder = Path(samplan.domain.__path__[0])
    codes = set()
    for name in ("allocation.py", "allocation_keys.py", "allocation_pots.py", "exact.py", "money.py"):
        for node in ast.walk(ast.parse((folder / name).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invalid":
                codes |= {
                    one.value
                    for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    assert "weights_zero" in codes
    assert codes - set(REASONS) == set()


TABLE = """Avsnitt\tPrioriterat område\tRegion Gävleborg\tKommuner\tLänsgemensamt
1.\tPsykisk hälsa\t\t–\t2 782 660 kr
7\tAnnat\t5 000\t\t
\tSumma\t5 000\t\t2 782 660"""


def test_a_pasted_table_is_compared_and_then_entered(client: Client, year: Year) -> None:
    path = f"{MONEY}bidrag/tabell/"
    asked = page(client.post(path, typed(client.get(path), table=TABLE) | {"action": "compare"}))
    first, second = asked.select("#jamforelse tbody tr")
    assert "skiljer" in first.text
    assert [cell.text.replace("\xa0", " ").strip() for cell in first.select("td")] == [
        "2 782 663 kr",
        "2 782 660 kr",
        "−3",
    ]
    assert "inget bidrag" in second.text
    assert asked.select_one("textarea").text.strip() == TABLE.strip()  # type: ignore[union-attr]
    before = Grant.objects.get(superseded_by=None)
    assert before.amount == 100_000
    sent = {field["name"]: field["value"] for field in asked.select("main input[name]")}
    assert client.post(path, sent | {"table": TABLE, "action": "save"})["Location"] == MONEY
    grant = Grant.objects.get(superseded_by=None)
    assert (grant.amount, grant.state, grant.difference_reason, grant.supersedes) == (2_782_660, "decided", "", before)
    assert page(client.get(MONEY)).select(".tag--differs")
    again = client.post(path, typed(client.get(path), table=TABLE) | {"action": "save"}, follow=True)
    assert "redan införda" in page(again).text
    assert Grant.objects.get(superseded_by=None) == grant


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "Detta fält måste fyllas i"),
        ("Område;Belopp\n1;5", "Den första raden ska ha rubrikerna"),
        ("Avsnitt;Region\n1;fem", "Rad 2: ”fem” är inget belopp"),
        ("Avsnitt;Region\n1;5\n\n1;6", "Rad 4: avsnitt 1 har redan ett belopp"),
        ("Avsnitt;Region\n1;-", "med rubrikerna på första raden"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_and_the_table_kept(client: Client, table: str, words: str) -> None:
    path = f"{MONEY}bidrag/tabell/"
    shown = page(client.post(path, typed(client.get(path), table=table) | {"action": "save"}))
    assert words in shown.text
    assert shown.select_one("textarea").text.strip().splitlines() == table.strip().splitlines()  # type: ignore[union-attr]


def test_who_may_enter_a_table(year: Year) -> None:
    path = f"{MONEY}bidrag/tabell/"
    for role, county, status in ((Role.READER, "21", 403), (Role.COORDINATOR, "25", 404)):
        other = Client()
        other.force_login(person(role, county, "Annan"))
        assert other.get(path).status_code == other.post(path, {"table": TABLE, "action": "save"}).status_code == status
