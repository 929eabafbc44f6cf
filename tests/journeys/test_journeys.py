"""The year's work by its people, each in a browser without scripts, on one running demo: each goes on where the one
before stopped."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import faults_shown
from tests.journeys.site import People, Site

MHFA = "MHFA-instruktörsutbildningar i Gävleborg"
ANSWER = "Trettioåtta medarbetare har gått kursen, och ett kursnätverk är bildat med Sandviken."
SYNTHESIS = "Kurserna har nått flest i äldreomsorgen, och fler kommuner delar nu på instruktörerna."
FOCUS = """(() => {
  const place = document.activeElement, style = getComputedStyle(place)
  return [place.outerHTML.slice(0, 120), style.outlineStyle, parseFloat(style.outlineWidth)]
})()"""
PASSAGE = "Länet beskriver sitt år med egna ord i det här stycket."


@contextmanager
def desk(people: People, role: str, organisation: str = "") -> Iterator[Page]:
    context = people.who(role, organisation)
    page = context.new_page()
    page.goto("/21/2024/")
    yield page
    context.close()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def test_a_reporter_answers_and_no_personal_number_is_kept(people: People) -> None:
    with desk(people, "party_reporter", "Hofors") as page:
        page.get_by_role("link", name=f"Svara om {MHFA}").click()
        expect(page.get_by_text("Ni anger tre kurser men bara åtta deltagare.")).to_be_visible()
        address = page.url
        told = page.get_by_label("Vad har ni gjort, och vad har det lett till?")
        before = told.input_value()
        page.get_by_label("Hur många medarbetare hos er har gått en kurs?").fill("38")
        told.fill("En av dem, 121212-1212, blev instruktör.")
        button(page, "Spara").click()
        expect(page.get_by_text("Det här ser ut som ett personnummer.")).to_be_visible()
        expect(page.get_by_text("De andra svaren är sparade.")).to_be_visible()
        expect(page.locator("mark")).to_have_text("121212-1212")
        expect(told).to_have_value("En av dem, 121212-1212, blev instruktör.")
        assert faults_shown(page) == []

        again = page.context.new_page()
        again.goto(address)
        expect(again.get_by_label("Hur många medarbetare hos er har gått en kurs?")).to_have_value("38")
        expect(again.get_by_label("Vad har ni gjort, och vad har det lett till?")).to_have_value(before)

        told.fill(ANSWER)
        button(page, "Skicka in").click()
        expect(page.get_by_role("main")).to_contain_text("Nu väntar den på samordnaren.")
        expect(page.get_by_text(ANSWER).first).to_be_attached()


def test_the_approver_sends_it_on(people: People) -> None:
    with desk(people, "party_approver", "Hofors") as page:
        page.get_by_role("link", name="Alla era återrapporter").click()
        page.get_by_role("link", name=re.compile(MHFA)).click()
        button(page, "Godkänn och skicka vidare").click()
        expect(page.locator(".state").first).to_have_text("Godkänd hos parten")


def test_the_coordinator_reviews_writes_decides_and_publishes(people: People) -> None:
    with desk(people, "coordinator") as page:
        page.get_by_role("link", name="Återrapporter", exact=True).click()
        page.get_by_role("link", name=re.compile(f", Söderhamn, {MHFA}")).click()
        button(page, "Sänd tillbaka med frågan").click()
        expect(page.locator(".field__error")).to_have_count(1)
        page.get_by_label("Fråga till parten").fill("Vilka kurser räknar ni?")
        button(page, "Sänd tillbaka med frågan").click()
        expect(page.get_by_text("Vilka kurser räknar ni?").first).to_be_visible()

        page.get_by_role("link", name="Återrapporter", exact=True).first.click()
        page.get_by_role("link", name=re.compile(f", Hofors, {MHFA}")).click()
        button(page, "Godkänn rapporten").click()
        expect(page.locator(".state").first).to_have_text("Godkänd")

        page.get_by_role("link", name="Årsrapport", exact=True).click()
        expect(page.get_by_text(ANSWER).first).to_be_visible()
        page.get_by_role("main").get_by_role("link", name=re.compile("^Ändra")).first.click()
        page.get_by_role("main").get_by_role("textbox").fill(PASSAGE)
        button(page, "Spara").click()
        expect(page.get_by_role("article")).to_contain_text(PASSAGE)
        page.get_by_role("complementary").get_by_role("link", name=MHFA, exact=True).click()
        page.get_by_label("Samordnarens sammanfattning").fill(SYNTHESIS)
        button(page, "Spara").click()
        expect(page.get_by_role("article")).to_contain_text(SYNTHESIS)

        page.get_by_role("link", name="Beslut", exact=True).click()
        page.get_by_role("link", name="För in ett beslut").click()
        page.get_by_label("Rubrik").fill("Rapporten i dess andra lydelse")
        page.get_by_label("Organ").select_option(label="Länsledning Välfärd")
        button(page, "För in beslutet").click()
        expect(page.get_by_label("Rubrik")).to_have_value("Rapporten i dess andra lydelse")
        assert faults_shown(page) == []
        page.get_by_label("Beslutsdag").fill("2025-03-20")
        first = page.get_by_role("group", name="Punkt 1")
        first.get_by_label("Vad som beslutades").fill("Att godkänna rapporten i dess andra lydelse.")
        first.get_by_label("Gäller").select_option(label="Årsrapport")
        first.get_by_label("Utfall").select_option(label="Bifall")
        button(page, "För in beslutet").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rapporten i dess andra lydelse")

        page.get_by_role("link", name="Årsrapport", exact=True).first.click()
        page.get_by_role("link", name="Godkänn rapporten").click()
        point = page.get_by_label("Beslutspunkt")
        point.select_option(label=point.locator("option", has_text="andra lydelse").inner_text())
        button(page, "Godkänn och frys").click()
        expect(page.get_by_role("main")).to_contain_text("Godkänd och fryst, men inte publicerad än.")
        button(page, "Publicera").click()
        expect(page.get_by_role("main")).to_contain_text("Alla kan läsa den.")


def test_the_stranger_reads_what_is_public(people: People) -> None:
    context = people.stranger()
    page = context.new_page()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Årsrapport 2024").first.click()
    shown = page.get_by_role("main")
    for text in (ANSWER, SYNTHESIS, PASSAGE):
        expect(shown).to_contain_text(text)
    assert "121212" not in page.content()
    assert "Vad har hindrat er" not in shown.inner_text()
    for end, start in ((".pdf", b"%PDF"), (".docx", b"PK")):
        href = shown.locator(f"a[href^='/rapporter/'][href$='{end}']").first.get_attribute("href")
        assert href is not None
        answer = context.request.get(href)
        assert answer.status == 200
        assert answer.body().startswith(start)
    page.goto("/21/2024/pengar/")
    expect(page.get_by_label("Lösenord")).to_be_visible()
    context.close()


def test_the_controller_sees_why_and_tries_another_key(people: People) -> None:
    with desk(people, "controller") as page:
        page.get_by_role("link", name="Pengar", exact=True).click()
        why = page.locator("details.why").first
        why.locator("summary").click()
        expect(why.locator(".why__box")).to_be_visible()
        page.get_by_role("link", name=re.compile("^Direktiv 2: MHFA")).click()
        amounts = page.locator("tbody tr:not(.why) td:nth-of-type(2)")
        before = [text.removesuffix("\xa0kr") for text in amounts.all_inner_texts()]
        page.get_by_label("Lika delar").check()
        button(page, "Prova").click()
        expect(page.get_by_role("main")).to_contain_text("Inget är sparat.")
        assert amounts.all_inner_texts() == before
        expect(page.locator("tbody td.table__beside").first).to_have_text("150\xa0000")
        assert faults_shown(page) == []


def test_a_draft_of_an_allocation_is_computed_and_waits_for_a_decision(people: People) -> None:
    with desk(people, "controller") as page:
        page.goto("/21/2024/pengar/fordelning/ny/")
        page.get_by_label("Vad pengarna gäller").fill("Gemensam utbildningsdag")
        button(page, "Räkna fördelningen").click()
        expect(page.get_by_label("Vad pengarna gäller")).to_have_value("Gemensam utbildningsdag")
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_label("Summa att fördela").fill("100 001")
        for box in page.get_by_role("group", name="Mellan vilka").get_by_role("checkbox").all()[1:4]:
            box.check()
        page.get_by_label("Lika delar").check()
        button(page, "Räkna fördelningen").click()
        expect(page.locator("#bevis")).to_contain_text("0 kronor kvar.")
        expect(page.locator("tfoot")).to_contain_text("100\xa0001\xa0kr")
        assert faults_shown(page) == []


def test_another_language_and_back(people: People) -> None:
    """Swedish for a browser of any language, until its reader chooses."""
    with desk(people, "coordinator") as page:
        swedish = page.get_by_role("navigation").first.inner_text()
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("waiting for you")
        assert faults_shown(page) == []
        assert page.url.endswith("/21/2024/")
        page.get_by_role("button", name="Svenska").click()
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        assert page.get_by_role("navigation").first.inner_text() == swedish


def link_in_mail(site: Site, to: str, *, known: set[Path]) -> str:
    """The address in the mail that comes; the worker writes it as a file."""
    for _wait in range(150):
        for path in set((site.directory / "mail").glob("*.eml")) - known:
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if to in str(mail["To"]):
                found = re.search(r"https?://\S+", mail.get_content())
                assert found is not None
                return found[0]
        time.sleep(0.2)
    raise AssertionError("no mail came")


def test_a_forgotten_password(people: People) -> None:
    who = people.site.sign_in_of("reader")["email"]
    known = set((people.site.directory / "mail").glob("*.eml"))
    context = people.stranger()
    page = context.new_page()
    page.goto("/konto/glomt-losenord/")
    page.get_by_label("E-postadress").fill(who)
    button(page, "Skicka en ny länk").click()
    page.goto(link_in_mail(people.site, who, known=known))
    assert faults_shown(page) == []
    for label in ("Nytt lösenord", "Samma lösenord en gång till"):
        page.get_by_label(label).fill("hästen åt en lång morot")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    context.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(people: People) -> None:
    with desk(people, "coordinator") as page:
        for address in ("/21/2024/", "/21/2024/aterrapporter/", "/21/2024/pengar/fordelning/ny/"):
            page.goto(address)
            page.keyboard.press("Tab")
            skip = page.get_by_role("link", name="Hoppa till innehållet")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport()
            for _step in range(25):
                page.keyboard.press("Tab")
                place, style, width = page.evaluate(FOCUS)
                assert style != "none", place
                assert width >= 2, place
        page.goto("/21/2024/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
