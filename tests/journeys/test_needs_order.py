"""Needs sorted by mouse, by finger, by keyboard alone, and by buttons without scripts; and by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import faults
from tests.journeys.site import People

NEEDS = "/21/2026/behov/"
TITLES = ["Kortare väntan", "Fler samtal", "Stöd till anhöriga", "Skolan och vården", "En väg in"]


@contextmanager
def desk(people: People, *, scripts: bool = True) -> Iterator[Page]:
    context = people.who("coordinator", scripts=scripts)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture
def five(people: People) -> None:
    """The same five needs in the same order, whichever test comes first."""
    with desk(people, scripts=False) as page:
        page.goto(NEEDS)
        for title in [title for title in TITLES if not page.get_by_role("link", name=title, exact=True).count()]:
            page.goto(f"{NEEDS}nytt/")
            page.get_by_label("Behovet, kort").fill(title)
            page.get_by_role("button", name="Spara").first.click()
        page.goto(NEEDS)
        for title in TITLES:
            last = page.get_by_role("button", name=f"Flytta sist: {title}")
            if last.is_enabled():
                last.click()
        assert order(page) == TITLES


def order(page: Page) -> list[str]:
    return page.locator(".need__title").all_inner_texts()


def saved(page: Page) -> list[str]:
    page.goto(NEEDS)
    return order(page)


@pytest.mark.usefixtures("five")
def test_by_buttons_without_scripts(people: People) -> None:
    with desk(people, scripts=False) as page:
        page.goto(NEEDS)
        expect(page.get_by_role("button", name="Flytta: Fler samtal", exact=True)).to_be_hidden()
        page.get_by_role("button", name="Flytta först: Skolan och vården").click()
        expect(page.get_by_text("Skolan och vården är nu nummer 1 av 5.")).to_be_visible()
        expect(page.locator(":target")).to_contain_text("Skolan och vården")
        page.get_by_role("button", name="Flytta ner: Skolan och vården").click()
        assert order(page)[:2] == [TITLES[0], "Skolan och vården"]


@pytest.mark.usefixtures("five")
def test_by_mouse(people: People) -> None:
    with desk(people) as page:
        page.goto(NEEDS)
        grip = page.get_by_role("button", name="Flytta: En väg in", exact=True)
        start, end = grip.bounding_box(), page.locator(".need").nth(1).bounding_box()
        assert start is not None
        assert end is not None
        page.mouse.move(start["x"] + 10, start["y"] + 10)
        page.mouse.down()
        page.mouse.move(start["x"] + 10, end["y"] + 8, steps=12)
        expect(page.locator("#sort-said")).to_have_text("En väg in: plats 2 av 5.")
        page.mouse.up()
        expect(page.locator("#sort-said")).to_have_text("En väg in är nu nummer 2 av 5.")
        expect(page.get_by_role("button", name="Flytta: En väg in", exact=True)).to_be_focused()
        assert saved(page) == [TITLES[0], "En väg in", *TITLES[1:4]]


@pytest.mark.usefixtures("five")
def test_by_finger(people: People) -> None:
    """Pointer events of a finger, as the browser sends them."""
    with desk(people) as page:
        page.set_viewport_size({"width": 390, "height": 1600})
        page.goto(NEEDS)
        grip = page.get_by_role("button", name="Flytta: Kortare väntan", exact=True)
        start, end = grip.bounding_box(), page.locator(".need").nth(2).bounding_box()
        assert start is not None
        assert end is not None
        x, y = start["x"] + 10, start["y"] + 10
        session = page.context.new_cdp_session(page)
        for kind, at in (("touchStart", y), ("touchMove", y + 30), ("touchMove", end["y"] + end["height"] - 6)):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
            page.wait_for_timeout(80)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(page.locator("#sort-said")).to_have_text("Kortare väntan är nu nummer 3 av 5.")
        assert saved(page) == [*TITLES[1:3], TITLES[0], *TITLES[3:]]


@pytest.mark.usefixtures("five")
def test_by_keyboard_alone_with_the_place_told(people: People) -> None:
    with desk(people) as page:
        page.goto(NEEDS)
        page.get_by_role("button", name="Flytta: Fler samtal", exact=True).focus()
        said = page.locator("#sort-said")
        page.keyboard.press("ArrowDown")
        expect(said).to_have_text("Fler samtal: plats 3 av 5.")
        page.keyboard.press("ArrowDown")
        expect(said).to_have_text("Fler samtal: plats 4 av 5.")
        expect(said).to_have_text("Fler samtal är nu nummer 4 av 5.")
        expect(page.get_by_role("button", name="Flytta: Fler samtal", exact=True)).to_be_focused()
        page.keyboard.press("Home")
        expect(said).to_have_text("Fler samtal: plats 1 av 5.")
        page.keyboard.press("Escape")
        expect(said).to_have_text("Ordningen är som den var.")
        assert order(page).index("Fler samtal") == 3
        assert saved(page).index("Fler samtal") == 3


@pytest.mark.usefixtures("five")
def test_two_at_once_and_a_line_that_breaks(people: People) -> None:
    with desk(people) as mine, desk(people, scripts=False) as other:
        mine.goto(NEEDS)
        other.goto(NEEDS)
        other.get_by_role("button", name="Flytta först: En väg in").click()
        mine.get_by_role("button", name="Flytta: Kortare väntan", exact=True).focus()
        mine.keyboard.press("End")
        expect(mine.get_by_text("Någon annan har sorterat samtidigt.").first).to_be_visible()
        assert order(mine) == ["En väg in", *TITLES[1:4], TITLES[0]]
        mine.route("**/behov/", lambda route: route.abort())
        mine.keyboard.press("Home")
        expect(mine.get_by_text("Det gick inte att spara ordningen just nu.")).to_be_visible()
        assert order(mine) == ["En väg in", *TITLES[1:4], TITLES[0]]


@pytest.mark.usefixtures("five")
def test_the_list_has_no_fault(people: People) -> None:
    with desk(people) as page:
        page.goto(NEEDS)
        found = list(faults(page))
        assert not found, "\n".join(found)
