"""What a page must hold in a real browser: no fault that axe finds, wide and narrow, and no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.site import HEIGHT, NARROW, WIDE

# The colours are the same in both widths, and measuring them is most of the work.
AXE = """async (colours) => (await axe.run(document, {
    resultTypes: ["violations"], rules: {"color-contrast": {enabled: colours}},
})).violations"""


def faults(page: Page, *, colours: bool = True) -> Iterator[str]:
    """What is wrong with the page that is open, one line each. Leaves it wide. `colours`: measure the contrasts too."""
    page.evaluate(AXE_SCRIPT)
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for found in page.evaluate(AXE, colours and width == WIDE):
            places = [" ".join(node["target"][0]) if isinstance(node["target"][0], list) else node["target"][0]
                      for node in found["nodes"][:3]]  # fmt: skip
            yield f"{width}: {found['impact']}: {found['id']} at {places}"
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            yield f"{width}: the page scrolls sideways by {wider} px"
    heads = page.locator("h1").count()
    if heads != 1:
        yield f"{heads} first headings"


def faults_shown(page: Page, *, colours: bool = True) -> list[str]:
    """What is wrong with the page as it stands in a browser without scripts: the same page, given to one that has
    them, as axe is a script."""
    browser = page.context.browser
    assert browser is not None
    shown, address = page.content(), page.url
    context = browser.new_context(java_script_enabled=True, locale="sv-SE")
    twin = context.new_page()
    twin.route(address, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    twin.goto(address)
    found = list(faults(twin, colours=colours))
    context.close()
    return found
