"""A levy on pages: begun, explained to each party, tried beside itself, decided, and told when a source changes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samplan.apps.agreements.models import Allocation, Grant, Share
from samplan.apps.agreements.operations.levies import LevyHow, draft_levy
from samplan.apps.agreements.operations.money import (
    How,
    NewLine,
    NewSection,
    compute_grants,
    create_agreement,
    decide_grant,
    draft_allocation,
    freeze_allocation,
)
from samplan.apps.agreements.operations.requisitions import Told, move_requisition
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs import official
from samplan.apps.orgs.models import Party
from samplan.domain.access import Actor, Assignment, Role
from samplan.domain.allocation_keys import Fixed, Population
from samplan.domain.cycle import RequisitionStatus
from samplan.domain.exact import parse_exact
from tests.apps.test_pages_directives import page, typed
from tests.small_year import AT, BOSS, Year, load_places, make_year, person

pytestmark = pytest.mark.django_db
MONEY = "/21/2024/pengar/"
NEW = f"{MONEY}avsattning/ny/"


@pytest.fixture
def year() -> Year:
    """The small year, where Hofors and Gävle have 50 000 kronor each of the decided allocation "Kurser"."""
    load_places()
    return make_year()


@pytest.fixture
def client(year: Year) -> Client:
    signed_in = Client()
    signed_in.force_login(person(Role.COORDINATOR, "21", "Sara Samordnare"))
    return signed_in


def courses() -> Allocation:
    return Allocation.objects.get(title="Kurser", state="frozen")


def newest() -> Allocation:
    return Allocation.objects.latest("id")


def path_of(made: Allocation) -> str:
    return f"{MONEY}fordelning/{made.uid}/"


def begin(client: Client, **changes: Any) -> Any:
    sent = {
        "title": "Gemensam webbplats", "percent": "2,5", "sources": [str(courses().uid)],
        "rounding": "largest-remainder",
    }  # fmt: skip
    return client.post(NEW, typed(client.get(NEW)) | sent | changes)


def granted(*, level: str = "municipalities", state: str = "decided") -> Grant:
    section = NewSection("3.1", "plan", "Handlingsplaner", (NewLine(level, 197_000_000, Population()),))
    agreement = create_agreement(
        by=BOSS, at=AT, year=2024, title="Tillägg", parties="Staten och SKR", state="signed", sections=[section]
    )
    (grant,) = compute_grants(
        by=BOSS, at=AT, county="21", agreement=agreement, population_on=official.ON_DATE, state=state
    )
    return grant


def again(sums: dict[str, int]) -> Allocation:
    """Kurser decided anew."""
    parties = list(Party.objects.filter(county="21", code__in=sums, role="municipality"))
    how = How(sum(sums.values()), Fixed(tuple(sums.items())))
    draft = draft_allocation(
        by=BOSS, at=AT, county="21", year=2024, title="Kurser", how=how, parties=parties, supersedes=courses()
    )
    return freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=budget_point())


def budget_point() -> DecisionPoint:
    return DecisionPoint.objects.get(kind="budget")


def fix(client: Client, made: Allocation) -> Any:
    return client.post(f"{path_of(made)}faststall/", {"decision_point": str(budget_point().uid)})


def text(found: Any, selector: str) -> str:
    (one,) = found.select(selector)
    return " ".join(one.text.split()).replace("\xa0", " ")


def why(found: Any, code: str) -> str:
    return " ".join(found.select_one(f"#part-{code}").find_next_sibling("tr").text.split()).replace("\xa0", " ")


def test_a_levy_is_begun_and_each_party_told_why(client: Client) -> None:
    grant = granted()
    offered = [label.text for label in page(client.get(NEW)).select(".choice:has([name=sources])")]
    assert any("3.1. Handlingsplaner, kommuner: " in one for one in offered)
    assert any("Kurser: 100" in one and "beslutad 1 februari 2024" in one for one in offered)
    # The small year's own grant is joint money: nobody has got it.
    assert len(offered) == 2
    answer = begin(client, sources=[str(grant.uid), str(courses().uid)], exempt="Ockelbo: har egen webbplats")
    made = newest()
    assert answer["Location"] == path_of(made)
    found = page(client.get(path_of(made)))
    pot = f"{made.amount:,}".replace(",", " ")
    assert f"{pot} kr från 9 kommuner" in text(found, "h1")
    lead = text(found, ".lead")
    assert "Var och en avsätter 2,5 % av vad den har fått, till sista kronan." in lead
    assert "Ockelbo betalar inget: har egen webbplats." in lead
    assert f"Potten {pot} − avsatt {pot} = 0 kronor kvar. Summan stämmer." in text(found, "#bevis")
    part = next(share for share in made.shares.select_related("party") if share.party.code == "2180")
    gavle = why(found, "2180")
    assert f"Därför avsätter Gävle {part.amount:,} kr".replace(",", " ") in gavle
    assert "3.1. Handlingsplaner, kommuner + 50 000 Kurser =" in gavle.replace("Kurser", " Kurser ").replace(
        "kommuner", "kommuner "
    ).replace("+", "+ ").replace("  ", " ")
    assert "2,5 %till den gemensamma potten" in gavle
    assert "betalar inget: har egen webbplats" in why(found, "2101")
    table = text(found, "#underlag")
    assert "Kurser 100 000 kr" in table
    assert f"{sum(int(share.weight) for share in made.shares.all()):,}".replace(",", " ") in table
    assert "De som inte betalar fick" in table
    assert "Avsättning" in text(page(client.get(MONEY)), "#fordelningar")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"percent": ""}, "Andel av vad var och en har fått"),
        ({"percent": "0"}, "Skriv ett tal över 0 och högst 100"),
        ({"percent": "0,0"}, "Skriv ett tal över 0 och högst 100"),
        ({"percent": "100,1"}, "Skriv ett tal över 0 och högst 100"),
        ({"percent": "-1"}, "Skriv ett tal över 0 och högst 100"),
        ({"percent": "två"}, "Skriv ett tal över 0 och högst 100"),
        ({"percent": "0,0000001"}, "Skriv ett tal över 0 och högst 100"),
        ({"sources": []}, "Av vilka pengar"),
        ({"sources": [str(uuid4())]}, "Av vilka pengar"),
        ({"exempt": "Gefle: nej"}, "”Gefle” är ingen av parterna"),
        ({"exempt": "Gävle"}, "saknar något efter kolonet"),
        ({"exempt": "Gävle: nej\n2180: nej"}, "2180 står två gånger"),
        ({"exempt": "Gävle: se 19811228-9874"}, "personnummer"),
        ({"exempt": f"Gävle: {'x' * 201}"}, "för lång"),
        ({"exempt": "Gävle: nej\nHofors: nej"}, "inget att ta en andel av"),
        ({"exempt": "Region Gävleborg: nej"}, "inte heller med (Region Gävleborg)"),
        ({"title": " "}, "Vad pengarna ska gå till"),
        ({"rounding": "up"}, "Avrundning"),
    ],
)
def test_what_is_wrong_with_a_levy_is_said_and_kept(client: Client, changes: dict[str, Any], words: str) -> None:
    before = Allocation.objects.count()
    found = page(begin(client, **changes))
    assert words in found.select_one(".errors").text  # type: ignore[union-attr]
    assert found.select_one("[name=percent]").get("value", "") == changes.get("percent", "2,5")  # type: ignore[union-attr]
    assert found.select_one("[name=exempt]").text.strip() == changes.get("exempt", "")  # type: ignore[union-attr]
    assert Allocation.objects.count() == before


def test_what_cannot_be_reckoned_on_is_said(client: Client) -> None:
    grant = granted()
    decide_grant(by=BOSS, at=AT, grant=grant, amount=grant.amount - 10, reason="Utbetalt belopp.")
    found = page(client.get(NEW)).main
    assert found is not None
    assert "Går inte att välja: 3.1. Handlingsplaner, kommuner." in found.text
    assert len(found.select("[name=sources]")) == 1


def test_with_nothing_to_take_from_the_page_says_so(client: Client) -> None:
    found = page(client.get("/21/2023/pengar/avsattning/ny/"))
    assert "Inget att ta av än" in found.text
    assert not found.select("main form")


def test_who_got_nothing_and_who_declined_are_named(client: Client) -> None:
    grant = granted()
    hofors = Party.objects.get(county="21", code="2104")
    move_requisition(
        by=Actor("account", "Hofors", 1, (Assignment(Role.PARTY_CONTROLLER, "21", hofors.organisation_id),)), at=AT,
        grant=grant, recipient=hofors, to=RequisitionStatus.DECLINED, told=Told(why="Vi saknar personal."),
    )  # fmt: skip
    assert "(en har tackat nej)" in page(client.get(NEW)).text
    begin(client, sources=[str(grant.uid)])
    found = page(client.get(path_of(newest())))
    assert "från 9 kommuner" in text(found, "h1")
    assert "Hofors har inte fått något och betalar inget." in text(found, ".lead")
    assert "3.1. Handlingsplaner, kommuner: tackade nej, Vi saknar personal." in why(found, "2104")
    begin(client)
    found = page(client.get(path_of(newest())))
    assert "fick inget ur underlaget" in why(found, "2101")
    assert "Bollnäs, Hudiksvall, Ljusdal, " in text(found, ".lead")
    for name in ("html", "docx", "pdf"):
        assert client.get(f"/21/2024/arsrapport/beslutsunderlag/{newest().uid}.{name}").status_code == 200


def test_the_paper_says_the_sources_the_share_and_the_pot(client: Client) -> None:
    begin(client, exempt="Hofors: har inte tagit emot medlen.", rounding="nearest", percent="0,003")
    made = newest()
    address = f"/21/2024/arsrapport/beslutsunderlag/{made.uid}.html"

    def paper(language: str = "sv") -> str:
        client.cookies.load({"django_language": language})
        return " ".join(page_text(client.get(address)).split())

    said = paper()
    assert "Underlag för beslut om avsättning, Gävleborg 2024" in said
    assert "1 part avsätter 0,003 % av vad den har fått till en gemensam pott. 0,003 % av 50 000 kr är 2 kr." in said
    assert "Hofors betalar inget: har inte tagit emot medlen." in said
    assert "De som inte betalar fick 50 000 kr, så andelen räknas på 50 000 kr." in said
    assert "Gävle: Fick 50 000 kr av Kurser. 0,003 % av 50 000 kr = 1,50 kr. Avrundat: 2 kr." in said
    assert "Ockelbo: Fick inget ur underlaget och betalar inget." in said
    counted = "Varje krona i den räknas en gång, hos parten och bidraget som den kommer ur"
    assert counted in said
    assert counted in page_text(client.get(f"/21/2024/pengar/fordelning/{made.uid}/"))
    assert "Kontroll: delarna är tillsammans 2 kr, lika med potten." in said
    assert "Förslag. Inte beslutat." in said
    assert "0.003 % of 50 000 kr = 1.50 kr." in paper("en")
    fix(client, made)
    said = paper()
    assert "Beslut om avsättning, Gävleborg 2024" in said
    made.refresh_from_db()
    assert f"Kontrollsumma för det som beslutades: {made.facts_sha256[:8]} {made.facts_sha256[8:16]} " in said
    again({"2104": 1, "2180": 60_000})
    assert "Underlaget har ändrats sedan avsättningen räknades: Kurser. Den gäller som den beslutades" in paper()


def page_text(answer: Any) -> str:
    return str(page(answer).text).replace("\xa0", " ")


def test_another_share_of_other_money_is_tried_beside_and_taken(client: Client) -> None:
    region = granted(level="region")
    begin(client)
    made, shares = newest(), list(Share.objects.order_by("pk").values())
    tried = {
        "percent": "10",
        "sources": [str(courses().uid), str(region.uid)],
        "rounding": "nearest",
        "exempt": "2104: Nej",
    }
    answer = client.get(path_of(made), tried)
    found = page(answer)
    party = Party.objects.get(county="21", role="region")
    pay = (region.amount * 2 + 10) // 20
    rows = {
        row["id"]: [cell.text.replace("\xa0", "") for cell in row.select("td.fig")] for row in found.select("tr[id]")
    }
    assert rows[f"part-{party.code}"] == ["–", "0", str(pay), f"+{pay}"]
    assert rows["part-2180"] == ["50000", "1250", "5000", "+3750 +300,0%"]
    assert rows["part-2104"] == ["50000", "1250", "0", "−1250 −100,0%"]
    foot = [cell.text.replace("\xa0", "") for cell in found.select("table:has(#part-2180) tfoot td.fig")]
    assert [cell.split()[0] for cell in foot] == ["100000", "2500", str(pay + 5000), f"+{pay + 2500}"]
    assert "Underlag: Kurser och 3.1. Handlingsplaner, region. Hofors betalar inget: Nej." in text(
        found, ".notice--info"
    )
    assert "Bredvid blir det 5 000 kr" in why(found, "2180")
    assert "= 0 kronor kvar. Summan stämmer." in text(found, "#bevis-bredvid")
    assert list(Share.objects.order_by("pk").values()) == shares
    form = found.select_one("form[action$='andra/']")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name]"):
        sent.setdefault(str(field["name"]), []).append(str(field["value"]))
    assert client.post(f"{path_of(made)}andra/", sent)["Location"] == path_of(made)
    assert dict(made.shares.filter(amount__gt=0).values_list("party__code", "amount")) == {
        party.code: pay, "2180": 5000,
    }  # fmt: skip
    assert made.sources.count() == 2


def test_what_is_wrong_beside_a_levy_is_said_and_the_page_stands(client: Client) -> None:
    begin(client)
    for wrong, words in (
        ({"percent": "101", "sources": [str(courses().uid)]}, "högst 100"),
        ({"percent": "1"}, "Av vilka pengar"),
        (
            {"percent": "1", "sources": [str(courses().uid)], "exempt": "Hofors: a\nGävle: b"},
            "inget att ta en andel av",
        ),
    ):
        found = page(client.get(path_of(newest()), wrong | {"rounding": "nearest"}))
        assert words in found.select_one("#prova .errors").text, wrong  # type: ignore[union-attr]
        assert "Summan stämmer." in text(found, "#bevis")
    refused = page(client.post(f"{path_of(newest())}andra/", {"percent": "x", "rounding": "nearest"}))
    assert refused.select_one("[name=percent]")["value"] == "x"  # type: ignore[index]


def test_a_superseded_source_is_told_and_a_new_levy_begins_from_what_holds(client: Client) -> None:
    begin(client, percent="10")
    made = newest()
    assert fix(client, made)["Location"] == path_of(made)
    shown = page(client.get(path_of(made)))
    made.refresh_from_db()
    assert made.facts_sha256 in shown.text
    assert not shown.select("#underlaget-andrat")
    again({"2101": 2000, "2180": 60_000})
    shown = page(client.get(path_of(made)))
    told = text(shown, "#underlaget-andrat")
    assert "Den gäller som den beslutades tills ni har beslutat en ny." in told
    assert "Kurser är ersatt: parterna fick 100 000 kr, nu 62 000 kr." in told
    assert "5 000" in why(shown, "2104")
    assert "underlaget har ändrats" in text(page(client.get(MONEY)), "#fordelningar")
    desk = page(client.get("/21/2024/"))
    assert "Se över Gemensam webbplats" in desk.text
    assert desk.select(f"a[href='{path_of(made)}']")
    (see,) = shown.select("#underlaget-andrat a")
    beside = page(client.get(f"{path_of(made)}{see['href'].split('/')[-1]}"))
    rows = {
        row["id"]: [cell.text.replace("\xa0", "") for cell in row.select("td.fig")] for row in beside.select("tr[id]")
    }
    assert [rows[f"part-{code}"][1:] for code in ("2101", "2104", "2180")] == [
        ["0", "200", "+200"], ["5000", "0", "−5000 −100,0%"], ["5000", "6000", "+1000 +20,0%"],
    ]  # fmt: skip

    (link,) = [one for one in beside.select("#prova a.button") if "ersatter" in str(one["href"])]
    form = client.get(str(link["href"]))
    sent = typed(form) | {"sources": [box["value"] for box in page(form).select("[name=sources][checked]")]}
    assert (sent["title"], sent["percent"]) == ("Gemensam webbplats", "10")
    assert client.post(str(link["href"]), sent).status_code == 302
    new = newest()
    assert (new.supersedes, made.state) == (made, "frozen")
    assert "Ersätts av, när den är beslutad" in page(client.get(path_of(made))).text
    fix(client, new)
    made.refresh_from_db()
    assert made.state == "superseded"
    assert "Ersatt av en senare avsättning." in text(page(client.get(path_of(made))), ".lead")


def test_a_draft_whose_source_has_changed_is_not_decided(client: Client) -> None:
    begin(client)
    made = newest()
    again({"2104": 5, "2180": 60_000})
    refused = page(fix(client, made))
    assert "Kurser har ändrats sedan avsättningen räknades" in refused.select_one("#faststall .errors").text  # type: ignore[union-attr]
    assert "Räkna om den innan den beslutas." in text(refused, "#underlaget-andrat")


def test_preliminary_money_is_marked_and_not_decided(client: Client) -> None:
    grant = granted(state="preliminary")
    assert "(preliminärt)" in page(client.get(NEW)).text
    begin(client, sources=[str(grant.uid)])
    refused = page(fix(client, newest()))
    assert "3.1. Handlingsplaner är preliminärt" in refused.select_one("#faststall .errors").text  # type: ignore[union-attr]
    assert "preliminärt" in text(refused, "#underlag")


def test_rows_that_are_not_those_that_were_fixed_are_told(client: Client) -> None:
    begin(client)
    fix(client, newest())
    assert "inte de som fastställdes" not in page(client.get(path_of(newest()))).text
    newest().shares.filter(party__code="2180").update(amount=1)
    assert "inte de som fastställdes" in page(client.get(path_of(newest()))).text


def test_readers_write_nothing_and_neighbours_and_strangers_find_nothing(client: Client) -> None:
    begin(client)
    reader, neighbour, stranger = Client(), Client(), Client()
    reader.force_login(person(Role.READER, "21", "Läsare"))
    neighbour.force_login(person(Role.COORDINATOR, "25", "Granne"))
    path = path_of(newest())
    tried = {"percent": "5", "sources": [str(courses().uid)], "rounding": "nearest"}
    found = page(reader.get(path, tried))
    assert found.select(".table__beside")
    assert not found.select("main form[method=post]")
    assert not page(reader.get(MONEY)).select(f"a[href='{NEW}']")
    for who, read, write in ((reader, 200, 403), (neighbour, 404, 404)):
        assert who.get(path, tried).status_code == read
        assert who.get(NEW).status_code == write
        for address in (NEW, f"{path}andra/", f"{path}faststall/"):
            assert who.post(address, tried | {"title": "X"}).status_code == write, address
    assert stranger.get(path, tried).status_code == stranger.get(NEW).status_code == 302
    assert stranger.post(NEW, tried | {"title": "X"}).status_code == 403
    # A neighbour's own levy cannot be reckoned on this county's money.
    own = page(neighbour.post("/25/2024/pengar/avsattning/ny/", tried | {"title": "X"}))
    assert not own.select(f"[value='{courses().uid}']")
    assert Allocation.objects.filter(kind="levy").count() == 1


def test_the_queries_do_not_grow(client: Client) -> None:
    tried = {"percent": "5", "sources": [str(courses().uid)], "rounding": "nearest"}

    def asked() -> list[int]:
        counts = []
        for address, query in ((MONEY, {}), (NEW, {}), (path_of(Allocation.objects.filter(kind="levy")[0]), tried)):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address, query).status_code == 200
            counts.append(len(caught))
        return counts

    begin(client)
    asked()
    few = asked()
    for number in range(10):
        how = How(1000, Fixed((("2101", 1000),)))
        parties = list(Party.objects.filter(county="21", code="2101"))
        draft = draft_allocation(by=BOSS, at=AT, county="21", year=2024, title=f"F {number}", how=how, parties=parties)
        made = freeze_allocation(by=BOSS, at=AT, allocation=draft, decision_point=budget_point())
        draft_levy(by=BOSS, at=AT, county="21", year=2024, title="A", how=LevyHow(parse_exact("1"), (made, courses())))
    assert asked() == few
