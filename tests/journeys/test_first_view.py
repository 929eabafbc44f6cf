"""The first view of the open pages: how much goes over the wire, that nothing moves while it comes, that they can be
enlarged, and that all of a page is on its paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import BrowserContext, Page

from tests.journeys.site import HEIGHT, NARROW, WIDE, People

PAGES = ("/", "/lan/21/2024/", "/lan/21/2024/kommuner/2104/")
MOST_BYTES = 150_000
STILL = 0.01
"""A sum of layout shifts that nobody sees: a line of text that moves by a fraction of its height."""
SHIFTS = """() => new Promise(done => {
  let sum = 0
  const count = list => { for (const one of list.getEntries()) sum += one.hadRecentInput ? 0 : one.value }
  new PerformanceObserver(count).observe({type: "layout-shift", buffered: true})
  setTimeout(() => done(sum), 300)
})"""
CUT = """() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, th, dd, dt, a)")]
  .filter(one => one.checkVisibility() && !one.closest(".scroll, .places__map, .hide, .strip, .hero__cloth"))
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(one => one.textContent.trim().slice(0, 60))"""


@pytest.fixture
def context(people: People) -> Iterator[BrowserContext]:
    context = people.stranger(scripts=True)
    yield context
    context.close()


def fetched(context: BrowserContext, page: Page) -> dict[str, float]:
    """Request → bytes over the wire, filled while the page is used."""
    session, got = context.new_cdp_session(page), dict[str, float]()
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda one: got.__setitem__(one["requestId"], one["encodedDataLength"]))
    return got


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("path", PAGES)
def test_the_first_view_is_light_and_stands_still(context: BrowserContext, path: str, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    got = fetched(context, page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert len(got) > 5
    assert sum(got.values()) < MOST_BYTES
    assert page.evaluate(SHIFTS) < STILL


@pytest.mark.parametrize("path", [*PAGES, "/lan/21/2024/resultat/", "/lan/21/2024/pengarna/", "/tillganglighet/"])
def test_a_page_at_twice_the_size_keeps_everything_within_reach(context: BrowserContext, path: str) -> None:
    """Text at 200 per cent, in a window of 1280: nothing is cut off, and the page does not scroll sideways."""
    page = context.new_page()
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(CUT) == []
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0


@pytest.mark.parametrize("path", [*PAGES, "/lan/21/2024/resultat/", "/lan/21/2024/pengarna/"])
def test_all_of_a_page_is_on_its_paper(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto(path)
    headings = page.locator("main :is(h1, h2, h3)").all_inner_texts()
    assert headings
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # the room between the margins of A4
    assert page.evaluate(CUT) == []
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
    text = "".join(extract_text(BytesIO(page.pdf(format="A4", margin=margins))).split())
    assert [heading for heading in headings if "".join(heading.split()) not in text] == []
