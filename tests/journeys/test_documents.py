"""A county's plan as a Word file becomes a draft, is gone through, and becomes a plan: in a browser without scripts,
and in one with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from tests.journeys.looking import faults, faults_shown
from tests.journeys.site import NARROW, People


def plan(title: str) -> bytes:
    """A small plan in our own words: an introduction, two areas, activities with labels, a table."""
    file = Document()
    file.add_heading(title, 0)
    for level, text in (
        (1, "Inledning"), (0, "Kommunen och regionen arbetar tillsammans."),
        (1, "Prioriterat område: Barn och unga"), (0, "Fler unga ska må bra."),
        (2, "Långsiktiga mål"), (0, "Alla elever har någon att prata med."),
        (2, "Samtal i skolan"), (3, "Syfte"), (0, "Eleverna vågar fråga."), (0, "Personalen vet vart de vänder sig."),
        (3, "Resultat"), (0, "Fyra skolor har börjat."),
        (1, "Prioriterat område: Suicidprevention"), (0, "Länet vill ha en nollvision."),
    ):  # fmt: skip
        if level:
            file.add_heading(text, level)
        else:
            file.add_paragraph(text)
    rows = (
        ("Aktivitet", "Mål", "Tidsplan", "Ansvarig"),
        ("Kurs för chefer", "Alla chefer har gått kursen", "Hösten 2025", "HR"),
        ("Nätverk", "Nätverket träffas varje månad", "Från januari 2025", "Samordnaren"),
    )
    table = file.add_table(len(rows), 4)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    made = BytesIO()
    file.save(made)
    return made.getvalue()


@contextmanager
def coordinator(people: People, *, scripts: bool) -> Iterator[Page]:
    context = people.who("coordinator", scripts=scripts)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/21/2024/plan/alla/")
    page.get_by_role("main").get_by_role("link", name="Hämta från ett dokument").click()
    yield page
    assert errors == []
    context.close()


def hand_in(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Dokumentet").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Läs dokumentet").click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def bit(page: Page, text: str) -> Locator:
    return page.locator(".draft__side .bit").filter(has_text=text)


def go_to(page: Page, part: str) -> None:
    page.get_by_role("navigation", name="Delar").locator("summary").click()
    page.get_by_role("navigation", name="Delar").get_by_role("link", name=re.compile(part)).click()


def test_without_scripts_from_a_word_file_to_a_plan(people: People) -> None:
    with coordinator(people, scripts=False) as page:
        hand_in(page, "bild.docx", b"\x89PNG\r\n\x1a\n\0\0")
        expect(page.locator(".field__error")).to_contain_text("Filen är en bild.")
        assert faults_shown(page) == []
        hand_in(page, "Handlingsplan.docx", plan("Handlingsplan för psykisk hälsa 2025"))
        waits = page.get_by_role("link", name="Visa hur långt den har kommit")
        looked = False
        for _look in range(150):
            if not waits.is_visible():
                break
            if not looked:
                looked = True
                assert faults_shown(page) == []
            waits.click()
            page.wait_for_timeout(200)
        expect(page.get_by_role("heading", level=1)).to_have_text("Handlingsplan.docx")
        address = page.url.partition("?")[0]

        go_to(page, "Barn och unga")
        assert faults_shown(page) == []
        number = bit(page, "Personalen vet").locator("a.bit__no")
        block = page.locator(".doc__block").filter(has_text="Personalen vet")
        assert number.inner_text().split()[-1] == block.locator("a.bit__no").inner_text().split()[-1]
        number.click()
        assert page.url.endswith("#" + str(block.get_attribute("id")))

        bit(page, "Personalen vet").get_by_role("link", name=re.compile("^Ändra")).click()
        expect(page.locator(".bit--chosen")).to_contain_text("Personalen vet")
        expect(page.locator(".doc__block--chosen")).to_contain_text("Personalen vet")
        assert faults_shown(page) == []
        page.get_by_label("Fält").select_option(label="Mål")
        press(page, "Flytta")
        goal = page.locator('.slot[data-slot="goal"]')
        expect(goal).to_contain_text("Personalen vet vart de vänder sig.")
        page.get_by_role("button", name=re.compile("^Ångra")).click()
        expect(goal).to_have_count(0)
        press(page, "Gör om")
        expect(goal).to_have_count(1)

        page.locator(".node--inner .node__edit").first.click()
        assert faults_shown(page) == []
        page.get_by_label("Namn").fill("Samtal i alla skolor")
        press(page, "Döp om")
        expect(page.locator(".node--inner h3").first).to_have_text("Samtal i alla skolor")

        go_to(page, "Suicidprevention")
        expect(page.locator(".doc__table")).to_contain_text("Kurs för chefer")
        page.locator(".node__head").filter(has_text="Nätverk").get_by_role("link", name=re.compile("^Ändra")).click()
        page.locator("summary", has_text="Slå ihop").click()
        page.get_by_label("Allt härifrån läggs i").select_option(index=1)
        press(page, "Slå ihop")
        expect(page.locator(".node--inner")).to_have_count(1)
        press(page, "Klar med delen")

        page.get_by_role("link", name="Alla ändringar").click()
        expect(page.get_by_role("main")).to_contain_text("slog ihop Nätverk med Kurs för chefer")
        assert faults_shown(page) == []
        page.goto(address)
        page.get_by_role("link", name="Gör planen").click()
        assert faults_shown(page) == []
        expect(page.get_by_role("main")).to_contain_text("områden")
        page.get_by_label("Ämne").fill("Ur ett dokument")
        press(page, "Gör planen")
        expect(page.get_by_text("Planen är gjord.")).to_be_visible()
        page.get_by_role("link", name="Samtal i alla skolor", exact=True).click()
        expect(page.get_by_role("complementary")).to_contain_text("Handlingsplan.docx")
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text("Utkastet blev en plan den")
        assert faults_shown(page) == []


def test_with_scripts_by_mouse_and_by_keyboard_alone(people: People) -> None:
    with coordinator(people, scripts=True) as page:
        hand_in(page, "Kommunens plan.docx", plan("Kommunens plan för psykisk hälsa 2026"))
        # The page goes on by itself when the document is read.
        page.get_by_role("link", name="Gör planen").wait_for()
        go_to(page, "Barn och unga")
        text, results = bit(page, "Personalen vet"), page.locator('.slot[data-slot="result"]')
        text.hover()
        expect(page.locator(".doc__block--lit")).to_contain_text("Personalen vet")
        page.locator(".doc__block").filter(has_text="Fyra skolor").locator("a.bit__no").click()
        expect(bit(page, "Fyra skolor")).to_be_in_viewport()
        expect(bit(page, "Fyra skolor").locator("a.bit__no")).to_be_focused()

        text.locator(".bit__no").drag_to(results)
        expect(results).to_contain_text("Personalen vet vart de vänder sig.")
        page.reload()
        expect(results).to_contain_text("Personalen vet vart de vänder sig.")
        assert list(faults(page)) == []

        # By keyboard alone: to the link, open, choose, press.
        link = bit(page, "Eleverna vågar fråga.").get_by_role("link", name=re.compile("^Ändra"))
        for _step in range(80):
            page.keyboard.press("Tab")
            if link.evaluate("place => place === document.activeElement"):
                break
        page.keyboard.press("Enter")
        field = page.get_by_label("Fält")
        expect(field).to_be_visible()
        for _step in range(80):
            page.keyboard.press("Tab")
            if field.evaluate("place => place === document.activeElement"):
                break
        page.keyboard.type("Bakg")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator('.slot[data-slot="background"]')).to_contain_text("Eleverna vågar fråga.")
        page.set_viewport_size({"width": NARROW, "height": 844})
        expect(page.locator(".draft__doc")).to_be_visible()
        assert list(faults(page)) == []


@pytest.mark.parametrize("width", [1280, NARROW])
def test_the_draft_prints_whole(people: People, width: int) -> None:
    with coordinator(people, scripts=True) as page:
        page.get_by_role("link", name="Kommunens plan.docx").click()
        go_to(page, "Suicidprevention")
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="print")
        for text in ("Kurs för chefer", "Hösten 2025"):
            for side in (".draft__doc", ".draft__side"):
                expect(page.locator(side).get_by_text(text).first).to_be_visible()
        expect(page.get_by_role("button", name="Klar med delen")).to_be_hidden()
        assert page.locator(".draft__doc").evaluate("place => place.scrollHeight <= place.clientHeight + 1")
