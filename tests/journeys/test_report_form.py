"""The reporter's form in a real browser: with scripts and without, on a phone, by keyboard, with a lost connection, and
in every state. What a reporter has to do on the way through is counted."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import faults, faults_shown
from tests.journeys.site import HEIGHT, NARROW, WIDE, People, sign_in_at

MHFA = "/21/2024/aterrapporter/14/"
LJUSDAL = "/21/2024/aterrapporter/26/"
RESTORE = "Det finns text här i webbläsaren som inte hann sparas"
DONE = "Vad har ni gjort, och vad har det lett till?"
PLAN = "Hur ser planen ut för 2025?"
TYPED = "Vi håller två kurser i vår, en av dem för hemtjänsten."


@contextmanager
def opened(
    people: People, role: str, organisation: str, path: str, *, scripts: bool = True, width: int = WIDE
) -> Iterator[Page]:
    context = people.who(role, organisation, scripts=scripts)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(path)
    yield page
    context.close()


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Sparat \d\d?\.\d\d$"))


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def test_it_saves_by_itself_and_says_so(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        expect(page.get_by_text("Allt sparas medan du skriver")).to_be_visible()
        page.get_by_label(PLAN).fill(TYPED)
        saved(page)
        expect(page.locator("[data-answered]")).to_have_text("7")
        page.reload()
        expect(page.get_by_label(PLAN)).to_have_value(TYPED)
        assert page.evaluate("Object.keys(localStorage).length") == 0
        assert list(faults(page)) == []


def test_without_scripts_the_page_says_that_one_saves_and_last_years_words_are_used(people: People) -> None:
    with opened(people, "party_reporter", "Ljusdal", LJUSDAL, scripts=False) as page:
        expect(page.get_by_text("Tryck Spara när du vill")).to_be_visible()
        expect(page.get_by_text("Allt sparas medan du skriver")).to_be_hidden()
        page.get_by_role("button", name=re.compile("^Använd som utgångspunkt")).first.click()
        expect(page.get_by_label("Vad har ni gjort, och vad har ni sett?")).to_have_value(
            re.compile("^Boendestödet frågade alla")
        )
        assert faults_shown(page) == []
        press(page, "Så kommer det att synas")
        expect(page.get_by_role("article")).to_contain_text("Boendestödet frågade alla")
        assert faults_shown(page) == []


def test_a_lost_connection_loses_nothing(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        told = page.get_by_label(DONE)
        told.fill("Skrivet med nät.")
        saved(page)
        page.context.set_offline(True)
        told.fill("Skrivet på tåget, utan nät.")
        expect(page.locator("[data-status]")).to_contain_text("Anslutningen bröts")
        page.locator("[data-save-button]").click()
        expect(told).to_have_value("Skrivet på tåget, utan nät.")
        assert list(faults(page)) == []
        page.context.set_offline(False)
        saved(page)
        page.reload()
        expect(page.get_by_label(DONE)).to_have_value("Skrivet på tåget, utan nät.")


def test_a_closed_tab_is_offered_back_to_its_writer_alone_and_wiped_at_sign_out(people: People) -> None:
    sign_in = people.site.sign_in_of("party_reporter", "Nordanstig")
    context = people.stranger(scripts=True)
    page = context.new_page()
    sign_in_at(page, sign_in["email"], sign_in["password"])
    page.goto(MHFA)
    context.set_offline(True)
    page.get_by_label(PLAN).fill("Stängt innan det sparades.")
    expect(page.locator("[data-status]")).to_contain_text("Anslutningen bröts")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(MHFA)
    expect(again.get_by_role("heading", name=RESTORE)).to_be_visible()
    expect(again.locator(".restore")).to_contain_text("Stängt innan det sparades.")
    expect(again.locator(".restore")).to_contain_text(TYPED)
    assert list(faults(again)) == []
    again.get_by_role("button", name="Ta tillbaka texten").click()
    expect(again.get_by_label(PLAN)).to_have_value("Stängt innan det sparades.")
    saved(again)
    expect(again.get_by_role("heading", name=RESTORE)).to_be_hidden()
    again.evaluate('localStorage.setItem(\'samplan:någon annan:/x/\', \'{"at":"2099-01-01","questions":{}}\')')
    context.set_offline(True)
    again.get_by_label(PLAN).fill("Kvar i webbläsaren.")
    expect(again.locator("[data-status]")).to_contain_text("Anslutningen bröts")
    assert again.evaluate("Object.keys(localStorage).length") == 2
    context.set_offline(False)
    again.route("**/spara/", lambda route: route.abort())
    again.get_by_role("button", name="Logga ut").click()
    again.wait_for_url("**/")
    assert again.evaluate("Object.keys(localStorage)") == ["samplan:någon annan:/x/"]
    context.close()


def test_an_ended_session_keeps_the_text_and_sends_it_after_signing_in(people: People) -> None:
    sign_in = people.site.sign_in_of("party_approver", "Nordanstig")
    with opened(people, "party_approver", "Nordanstig", MHFA) as page:
        page.context.clear_cookies(name="sessionid")
        page.get_by_label("Vad har hindrat er, och vilka behov ser ni?").fill("Vikarier fattas.")
        expect(page.locator("[data-status]")).to_contain_text("Du har blivit utloggad")
        press(page, "Spara")
        expect(page.get_by_role("heading", name="Logga in igen")).to_be_visible()
        page.get_by_label("E-postadress").fill(sign_in["email"])
        page.get_by_label("Lösenord").fill(sign_in["password"])
        press(page, "Logga in")
        press(page, "Skicka det jag skrev")
        expect(page.get_by_label("Vad har hindrat er, och vilka behov ser ni?")).to_have_value("Vikarier fattas.")


def test_two_texts_are_shown_and_one_chosen(people: People) -> None:
    with (
        opened(people, "party_reporter", "Nordanstig", MHFA) as mine,
        opened(people, "party_approver", "Nordanstig", MHFA) as theirs,
    ):
        theirs.get_by_label(DONE).fill("Chefens ord.")
        saved(theirs)
        mine.get_by_label(DONE).fill("Rapportörens ord.")
        expect(mine.get_by_role("group", name="Två olika svar")).to_contain_text("Chefens ord.")
        expect(mine.locator("[data-status]")).to_contain_text("Ett svar är inte sparat")
        assert list(faults(mine)) == []
        mine.get_by_label("Det i fältet ska gälla. Ändra där om du vill föra ihop dem.").check()
        press(mine, "Spara")
        expect(mine.get_by_role("group", name="Två olika svar")).to_have_count(0)
        expect(mine.get_by_label(DONE)).to_have_value("Rapportörens ord.")
        theirs.reload()
        expect(theirs.get_by_label(DONE)).to_have_value("Rapportörens ord.")


def test_a_part_goes_to_the_economist_and_comes_back(people: People) -> None:
    with opened(people, "party_controller", "Nordanstig", "/21/2024/aterrapporter/mina/") as page:
        page.get_by_role("link", name=re.compile("^MHFA")).click()
        expect(page.get_by_label(DONE)).to_have_count(0)
        assert list(faults(page)) == []
        page.get_by_label("Vikarier").fill("3 000")
        expect(page.locator("[data-sum]")).to_contain_text("22")
        saved(page)
        press(page, "Klart")
        expect(page.get_by_text("Tack, din del är klar.")).to_be_visible()
        assert list(faults(page)) == []
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        expect(page.locator("#delar")).to_contain_text("Klar ")
        press(page, "Lämna en del")
        expect(page.get_by_role("heading", level=1)).to_have_text("Lämna en del till en kollega")
        press(page, "Lämna delen")
        expect(page.locator(".errors a")).to_have_count(2)
        assert list(faults(page)) == []
        page.get_by_label(re.compile("Hur många instruktörer")).check()
        page.get_by_label("Till vem?").select_option(index=1)
        press(page, "Lämna delen")
        expect(page.locator("#delar .todo > li")).to_have_count(2)
        press(page, "Skicka in")
        expect(page.locator(".errors")).to_contain_text("är inte klar med sin del")
        assert list(faults(page)) == []
        page.locator("#delar").get_by_role("button", name=re.compile("^Ta tillbaka")).click()
        expect(page.get_by_text("Delen är tillbaka hos er.")).to_be_visible()


COUNT = """() => {
  const main = document.querySelector("main")
  const there = [...main.querySelectorAll("input:not([type=hidden]), textarea, select")]
  const fields = there.filter((one) => one.checkVisibility())
  const several = (one) => one.type === "radio" || one.type === "checkbox"
  const groups = new Set(fields.map((one) => several(one) ? one.name : one.id))
  return {fields: groups.size, words: main.innerText.split(/\\s+/).length}
}"""
# Links in running text may be as high as its lines.
SMALL = """() => [...document.querySelectorAll("main :is(a, button, summary, textarea, input:not([type=hidden]))")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .text, .hide, .todo__text, .checks"))
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 90)])
  .filter(([box]) => box.height < 24 && box.width > 1).map(([_box, html]) => html)"""
HERE = """() => {
  const one = document.activeElement
  return [one.tagName, one.inputMode, one.value, one.name]
}"""


def test_a_report_is_written_on_a_phone_with_the_keyboard_alone_and_counted(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the desk to the receipt, on a report that is not begun. The figures are in docs/reference/form.md."""
    with opened(people, "party_reporter", "Ljusdal", "/21/2024/", width=NARROW) as page:
        page.get_by_role("link", name=re.compile("Främja hälsosamma")).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{LJUSDAL}")
        counted = page.evaluate(COUNT)
        assert page.evaluate(SMALL) == []
        presses = 1
        page.get_by_role("radio").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        presses += 2
        for _step in range(200):
            page.keyboard.press("Tab")
            presses += 1
            here = page.evaluate(HERE)
            if here[0] == "TEXTAREA" and not here[2] and here[3].startswith("a-"):
                page.keyboard.insert_text("Fyra enheter har följt upp levnadsvanor med var sin handlingsplan.")
            elif here[1] in {"decimal", "numeric"} and here[3].endswith(("_mapped", "trained", "-salaries")):
                page.keyboard.insert_text("4")
            elif here[0] == "BUTTON" and here[2] == "submitted":
                break
        saved(page)
        page.keyboard.press("Enter")
        presses += 1
        expect(page.get_by_role("heading", name="Inskickad")).to_be_visible()
        expect(page.locator("#kvitto")).to_contain_text("Rapportör Ljusdal")
        assert page.evaluate("Object.keys(localStorage).length") == 0
        with capsys.disabled():
            sys.stdout.write(f"\nthe form: {counted['fields']} fields, {counted['words']} words, {presses} presses\n")
        assert counted["fields"] <= 20
        assert counted["words"] <= 650
        assert presses <= 60
        assert list(faults(page)) == []
        file = page.get_by_role("link", name="Hämta en kopia (PDF)").get_attribute("href")
        assert page.request.get(str(file)).body().startswith(b"%PDF")


def test_nothing_to_report_is_said_and_undone(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA, width=NARROW) as page:
        page.locator("summary", has_text="Inget att rapportera").click()
        press(page, "Skicka: inget att rapportera")
        expect(page.locator(".errors")).to_contain_text("Skriv i en mening varför")
        assert list(faults(page)) == []
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        page.get_by_label("Inget att rapportera, därför att …").fill("Ingen samordnare i år.")
        press(page, "Skicka: inget att rapportera")
        expect(page.get_by_role("heading", name="Ni har svarat: inget att rapportera")).to_be_visible()
        assert list(faults(page)) == []
        press(page, "Ta tillbaka och ändra")
        expect(page.get_by_label(DONE)).to_have_value("Rapportörens ord.")


def test_text_cut_off_by_a_colleagues_sending_is_shown(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        page.context.set_offline(True)
        page.get_by_label(PLAN).fill("Kom inte med.")
        expect(page.locator("[data-status]")).to_contain_text("Anslutningen bröts")
        with opened(people, "party_approver", "Nordanstig", MHFA) as theirs:
            press(theirs, "Skicka in")
            expect(theirs.get_by_role("heading", name="Inskickad")).to_be_visible()
            page.context.set_offline(False)
            page.reload()
            expect(page.locator("[data-left]")).to_contain_text("Kom inte med.")
            assert list(faults(page)) == []
            page.get_by_role("button", name="Ta bort texten").click()
            assert page.evaluate("Object.keys(localStorage).length") == 0
            press(theirs, "Sänd tillbaka till utkast")


def test_twice_as_large_text_fits(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        for width in (WIDE, 640):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_on_paper_the_questions_have_the_whole_width(people: People) -> None:
    with opened(people, "party_reporter", "Nordanstig", MHFA) as page:
        page.emulate_media(media="print")
        box = page.locator("#fraga-done").bounding_box()
        assert box is not None
        assert box["width"] > 0.9 * WIDE
        expect(page.locator("[data-save-button]")).to_be_hidden()


def test_a_question_from_the_coordinator_stands_on_top(people: People) -> None:
    with opened(people, "party_reporter", "Hofors", "/21/2024/aterrapporter/12/") as page:
        expect(page.locator(".notice--question")).to_be_visible()
        assert list(faults(page)) == []
