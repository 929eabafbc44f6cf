"""The header and the desk in a browser: menus open without scripts, by keyboard alone, with large text, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import faults, faults_shown
from tests.journeys.site import HEIGHT, NARROW, WIDE, People

DESK = "/21/2024/"
PAGES = (
    DESK, "/21/2027/", "/skrivbord/", "/21/2024/sok/?q=suicid", "/21/2024/sok/?q=xyz", "/21/2024/hjalp/",
    "/21/2024/hjalp/sida/plans:plan/", "/21/2024/hjalp/handbok/", "/21/2024/hjalp/handbok/samordnaren/",
)  # fmt: skip
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def coordinator(people: People) -> Iterator[Page]:
    """In a browser without scripts."""
    context = people.who("coordinator")
    yield context.new_page()
    context.close()


@pytest.fixture
def scripted(people: People) -> Iterator[Page]:
    context = people.who("coordinator", scripts=True)
    yield context.new_page()
    context.close()


def test_help_is_opened_and_the_countys_own_is_written_without_scripts(coordinator: Page) -> None:
    page = coordinator
    page.goto("/21/2024/pengar/")
    page.locator(".menu--help > summary").click()
    panel = page.locator(".help-panel")
    expect(panel).to_contain_text("uträknade")
    assert faults_shown(page) == []
    panel.get_by_role("link", name="Skriv länets egen hjälp").click()
    page.get_by_label("Länets egen text").fill("Ring **controllern** före den femte.")
    page.get_by_role("main").get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Sparat.")).to_be_visible()
    assert faults_shown(page) == []
    page.goto("/21/2024/pengar/")
    page.locator(".menu--help > summary").click()
    expect(panel.locator("strong")).to_have_text("controllern")
    page.locator(".help-panel").get_by_role("link", name="Handboken").click()
    page.get_by_role("main").get_by_role("link", name="Samordnaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samordnaren")
    assert faults_shown(page) == []


def test_search_and_another_year_from_the_header(coordinator: Page) -> None:
    page = coordinator
    page.goto("/21/2024/pengar/")
    page.get_by_role("search", name="Sök i länet", exact=True).get_by_role("searchbox").fill("suicid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sök i Gävleborg")
    assert page.locator(".hits > li").count() > 2
    page.goto("/21/2024/pengar/")
    page.locator(".top__place summary").click()
    page.get_by_role("link", name=re.compile("^Plan 2023")).click()
    assert page.url.endswith("/21/2023/pengar/")


def test_the_menu_of_a_phone_holds_everything(coordinator: Page) -> None:
    page = coordinator
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto(DESK)
    expect(page.get_by_role("link", name="Pengar", exact=True)).to_be_hidden()
    page.locator(".menu--narrow > summary").click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    assert faults_shown(page) == []
    page.get_by_role("navigation", name="Året").get_by_role("link", name="Pengar", exact=True).click()
    assert page.url.endswith("/21/2024/pengar/")


def test_help_with_the_keyboard_alone(coordinator: Page) -> None:
    page = coordinator
    page.goto(DESK)
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.menu--help > summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".help-panel")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="All hjälp").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All hjälp")


@pytest.mark.parametrize("address", PAGES)
def test_text_of_twice_the_size_finds_room(scripted: Page, address: str) -> None:
    page = scripted
    page.goto(address)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(WIDER) <= 0, width
        cut = page.evaluate(
            "[...document.querySelectorAll('main h1, main h2, main p')].filter(one => one.offsetParent && "
            "one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.slice(0, 40))"
        )
        assert cut == []


def test_every_menu_open_at_once_has_no_fault(scripted: Page) -> None:
    page = scripted
    for address in (DESK, "/ui/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('header details').forEach(one => one.open = true)")
        assert list(faults(page)) == []


def test_the_desk_on_paper(scripted: Page) -> None:
    page = scripted
    page.goto(DESK)
    page.emulate_media(media="print")
    for gone in (".top", ".foot", ".skip"):
        expect(page.locator(gone)).to_be_hidden()
    for kept in ("h1", ".todo", ".wheel", ".phases"):
        expect(page.locator(kept).first).to_be_visible()
    assert page.pdf()[:4] == b"%PDF"
