"""Each role's year from its own desk, once at a desk with scripts and once on a telephone without: what it sees, what
it does, and what it is not offered. All on the one running demo, in the order of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import faults, faults_shown
from tests.journeys.site import HEIGHT, NARROW, WIDE, People

ROOMS = ("Pengar", "Plan", "Beslut", "Direktiv", "Återrapporter", "Årsrapport")
TOLD = "Vi har börjat, och det har gett mer än vi trodde."


@dataclass(frozen=True, slots=True)
class Way:
    """How the site is used: how wide the window is, with scripts or without. `party` has yet to tell about `thing`."""

    name: str
    width: int
    scripts: bool
    party: str
    thing: str


WAYS = (
    Way("desk", WIDE, True, "Ljusdal", "Främja hälsosamma levnadsvanor vid schizofreni"),
    Way("telephone", NARROW, False, "Nordanstig", "MHFA-instruktörsutbildningar i Gävleborg"),
)


@pytest.fixture(params=WAYS, ids=lambda way: way.name, scope="module")
def way(request: pytest.FixtureRequest) -> Way:
    """All roles in one way, then all in the other."""
    found: Way = request.param
    return found


@contextmanager
def desk(people: People, way: Way, role: str, organisation: str = "") -> Iterator[Page]:
    """The desk that a role comes to."""
    context = people.who(role, organisation, scripts=way.scripts)
    page = context.new_page()
    page.set_viewport_size({"width": way.width, "height": HEIGHT})
    page.goto("/skrivbord/")
    yield page
    context.close()


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def button(page: Page, name: str) -> Locator:
    return main(page).get_by_role("button", name=name, exact=True)


def to_room(page: Page, way: Way, name: str) -> None:
    """Through the year's menu, which a telephone folds."""
    if way.width == NARROW:
        page.get_by_text("Meny", exact=True).click()
    page.get_by_role("navigation", name="Året").get_by_role("link", name=name, exact=True).click()
    expect(main(page).get_by_role("heading", level=1)).to_be_visible()


def to_report(page: Page, way: Way) -> None:
    """From the board to what the party has told, which a telephone folds by party."""
    if way.width != NARROW:
        main(page).get_by_role("link", name=re.compile(f", {way.party}, {way.thing}")).first.click()
        return
    folded = main(page).locator("details").filter(has=page.locator("summary", has_text=way.party))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    folded.get_by_role("link", name=re.compile(way.thing)).click()


def look(page: Page, way: Way) -> None:
    """No fault that axe finds, but in the colours, which the walk of every page measures; the width is put back."""
    found = list(faults(page, colours=False)) if way.scripts else faults_shown(page, colours=False)
    assert found == [], page.url
    page.set_viewport_size({"width": way.width, "height": HEIGHT})


def offered(page: Page) -> list[str]:
    """What one may do here that changes something; files of what is there are made for everybody."""
    buttons = main(page).locator("form[method=post] button").all_inner_texts()
    return [name for name in buttons if name != "Gör alla på en gång"]


def test_the_reporter_tells_and_hands_in(people: People, way: Way) -> None:
    with desk(people, way, "party_reporter", way.party) as page:
        main(page).get_by_role("link", name=re.compile("^(Skriv|Svara) ")).first.click()
        handed = main(page).get_by_role("button", name=re.compile(r"^Ta tillbaka\s*,"))
        if handed.count():  # a colleague has a part and is not done
            handed.click()
            expect(handed).to_have_count(0)
        form = main(page).locator("form").filter(has=page.get_by_role("button", name="Skicka in"))
        for box in form.locator("textarea:visible").all():
            box.fill(TOLD)
        for number in form.locator("input[inputmode=numeric]:visible, input[inputmode=decimal]:visible").all():
            number.fill("2")
        for group in form.get_by_role("group").all():
            choices = group.get_by_role("radio").or_(group.get_by_role("checkbox"))
            if choices.count() and not group.locator("input:checked").count():
                choices.first.check()
        button(page, "Spara").first.click()
        expect(main(page).locator("textarea:visible").first).to_have_value(TOLD)
        look(page, way)
        button(page, "Skicka in").click()
        expect(main(page)).to_contain_text(re.compile("väntar den på|är inskickad|Nu väntar"))
        expect(button(page, "Skicka in")).to_have_count(0)


def test_the_approver_stands_for_what_is_sent_on(people: People, way: Way) -> None:
    with desk(people, way, "party_approver", way.party) as page:
        main(page).get_by_role("link", name="Alla era återrapporter").click()
        rows = main(page).get_by_role("listitem").or_(main(page).get_by_role("row"))
        assert rows.count() > 1
        look(page, way)
        main(page).get_by_role("link", name=re.compile(way.thing)).first.click()
        expect(page.get_by_text(TOLD).first).to_be_attached()
        approve = button(page, "Godkänn och skicka vidare")
        if approve.count():
            approve.click()
            expect(approve).to_have_count(0)


def test_the_partys_controller_follows_the_own_money(people: People, way: Way) -> None:
    with desk(people, way, "party_controller", way.party) as page:
        to_room(page, way, "Pengar")
        expect(main(page).get_by_role("heading", level=1)).to_contain_text("Rekvisitioner")
        links = main(page).get_by_role("link").all_inner_texts()
        others = {"Bollnäs", "Gävle", "Hofors", "Ljusdal", "Nordanstig", "Söderhamn"} - {way.party}
        assert not others & set(links)
        main(page).get_by_role("link", name=way.party, exact=True).click()
        expect(main(page)).to_contain_text("kr")
        look(page, way)
        page.goto("/21/2024/arsrapport/")
        assert page.get_by_role("heading", level=1).inner_text() != "Årsrapport 2024"


def test_the_controller_sees_the_money_from_grant_to_repayment(people: People, way: Way) -> None:
    with desk(people, way, "controller") as page:
        to_room(page, way, "Pengar")
        rooms = [
            ("Rekvisitioner", "Rekvisitioner"), ("Utbetalt och använt", "Utbetalt och använt"),
            ("Ekonomisk redovisning", "Ekonomisk redovisning"), ("Utbetalt och använt", "Utbetalt och använt"),
            ("Återbetalning", "Medel som blev över"),
        ]  # fmt: skip
        for name, title in rooms:
            main(page).get_by_role("link", name=name, exact=True).first.click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        look(page, way)


def test_the_secretary_keeps_the_decisions(people: People, way: Way) -> None:
    with desk(people, way, "secretary") as page:
        to_room(page, way, "Beslut")
        main(page).get_by_role("link", name="För in ett beslut").click()
        page.get_by_label("Rubrik").fill(f"Rapporten, {way.name}")
        page.get_by_label("Organ").select_option(label="Länsledning Välfärd")
        page.get_by_label("Beslutsdag").fill("2025-03-24")
        first = page.get_by_role("group", name="Punkt 1")
        first.get_by_label("Vad som beslutades").fill(f"Att godkänna rapporten, {way.name}.")
        first.get_by_label("Gäller").select_option(label="Årsrapport")
        first.get_by_label("Utfall").select_option(label="Bifall")
        button(page, "För in beslutet").last.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Rapporten, {way.name}")
        look(page, way)
        to_room(page, way, "Årsrapport")
        expect(main(page).get_by_role("link", name=re.compile("^Ändra"))).to_have_count(0)


def test_the_coordinator_accepts_and_freezes(people: People, way: Way) -> None:
    with desk(people, way, "coordinator") as page:
        to_room(page, way, "Återrapporter")
        to_report(page, way)
        button(page, "Godkänn rapporten").click()
        expect(page.locator(".state").first).to_have_text("Godkänd")
        to_room(page, way, "Årsrapport")
        page.get_by_role("link", name="Godkänn rapporten").click()
        point = page.get_by_label("Beslutspunkt")
        point.select_option(label=point.locator("option", has_text=f"rapporten, {way.name}").first.inner_text())
        button(page, "Godkänn och frys").click()
        expect(main(page)).to_contain_text("Godkänd och fryst, men inte publicerad än.")


def test_the_publisher_publishes_and_does_nothing_else(people: People, way: Way) -> None:
    with desk(people, way, "publisher") as page:
        for room in ROOMS:
            to_room(page, way, room)
            assert offered(page) == [], room
        versions = main(page).get_by_role("link", name=re.compile("^Version [0-9]+$"))
        newest = max(versions.all_inner_texts(), key=lambda name: int(name.split()[1]))
        versions.filter(has_text=newest).click()
        look(page, way)
        button(page, "Publicera").click()
        expect(main(page)).to_contain_text("Alla kan läsa den.")
        main(page).get_by_role("link", name="Visa på webbplatsen").click()
        expect(main(page)).to_contain_text("24 mars 2025")


@pytest.mark.parametrize("role", ["body_member", "reader"])
def test_those_who_read_read_everything_and_change_nothing(people: People, way: Way, role: str) -> None:
    with desk(people, way, role) as page:
        for room in ROOMS:
            to_room(page, way, room)
            assert offered(page) == [], room
        assert main(page).get_by_role("link", name=re.compile("^(Ändra|Ny |Lägg till)")).count() == 0


def test_the_administrator_lets_people_in_and_out(people: People, way: Way) -> None:
    name, who = f"Läsare {way.name}", f"lasare.{way.name}@example.org"
    with desk(people, way, "administrator") as page:
        main(page).locator("a[href='/21/2024/personer/']").first.click()
        main(page).get_by_role("link", name="Bjud in någon").click()
        page.get_by_label("Namn", exact=True).fill(name)
        page.get_by_label("E-postadress").fill(who)
        page.get_by_label("Läsare", exact=True).check()
        look(page, way)
        button(page, "Bjud in").click()
        expect(main(page)).to_contain_text(who)
        main(page).get_by_role("link", name=re.compile(f"^Avsluta {name}")).click()
        button(page, "Avsluta rollen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Personer")
        page.goto("/21/2024/plan/")
        assert "Länsgemensamma insatser" not in main(page).inner_text()


def test_the_resident_finds_out_what_happens_at_home(people: People, way: Way) -> None:
    context = people.stranger(scripts=way.scripts)
    page = context.new_page()
    page.set_viewport_size({"width": way.width, "height": HEIGHT})
    page.goto("/")
    page.get_by_label("Kommun", exact=True).select_option(label=way.party)
    button(page, "Visa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Vad händer i {way.party}?")
    expect(main(page)).to_contain_text(TOLD)
    expect(page.get_by_text("Självmordslinjen").first).to_be_visible()
    around = page.get_by_role("navigation", name="Länets sidor")
    for name, title in (
        ("Resultat", "Vad det ledde till"),
        ("Pengarna", "Dit pengarna gick"),
        ("Rapporter", "Rapporter"),
    ):
        around.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    around.get_by_role("link", name="Kommuner", exact=True).click()
    page.get_by_role("link", name=re.compile("^Hofors")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad händer i Hofors?")
    page.get_by_role("link", name="Sök", exact=True).click()
    page.get_by_label("Ord att söka efter").fill("kurserna")
    button(page, "Sök").click()
    expect(main(page).locator("mark").first).to_be_visible()
    main(page).get_by_role("listitem").get_by_role("link").first.click()
    page.get_by_role("link", name="Berätta om ett fel på sidan").click()
    page.get_by_label("Vad fungerar inte?").fill(f"Länken i listan går inte att läsa upp ({way.name}).")
    button(page, "Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()
