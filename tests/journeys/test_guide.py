"""The pictures of the guide can be taken, and a new installation is led from nothing to its first steps."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.guide import FIRST, PICTURES, named, new_installation, take_all, take_first, write
from tests.journeys.looking import faults_shown
from tests.journeys.site import WIDE, People


def width_of(picture: Path) -> int:
    """The pixels of a PNG across."""
    return int(struct.unpack(">I", picture.read_bytes()[16:20])[0])


def test_the_guide_names_each_picture_that_is_taken_and_no_other() -> None:
    assert sorted(named()) == sorted({*PICTURES, *FIRST})


def test_each_picture_of_the_demo_can_be_taken_and_the_guide_shows_it(people: People, tmp_path: Path) -> None:
    take_all(people, tmp_path)
    for name, picture in PICTURES.items():
        assert width_of(tmp_path / f"{name}.png") == picture.width
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000, name
    write(tmp_path)
    shown = "".join(page.read_text(encoding="utf-8") for page in tmp_path.glob("*.html"))
    assert set(re.findall(r'src="([a-z0-9-]+)\.png"', shown)) == set(named())
    assert "![" not in shown


def test_a_new_installation_is_led_through_its_first_steps(browser: Browser, tmp_path: Path) -> None:
    with new_installation(tmp_path) as (site, link):
        take_first(site, link, browser, tmp_path)
        assert {width_of(tmp_path / f"{name}.png") for name in FIRST} == {WIDE}
        context = People(site, browser).stranger()
        page = context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_be_visible()  # the link is used up
        page.goto("/konto/logga-in/")
        page.get_by_label("E-postadress").fill("ada@region.example")
        page.get_by_label("Lösenord").fill("hästen åt en lång morot")
        page.get_by_role("main").get_by_role("button", name="Logga in").click()
        page.get_by_role("main").get_by_role("listitem").filter(has_text="Gävleborg").get_by_role("link").first.click()
        steps = page.locator(".first__steps > li")
        expect(steps).to_have_count(7)
        expect(page.locator(".first__sign--done")).to_have_count(3)
        assert faults_shown(page) == []
        page.get_by_role("button", name="Lägg åt sidan").click()
        expect(steps).to_have_count(0)
        page.get_by_role("button", name=re.compile("^Ta fram Kom i gång")).click()
        expect(steps).to_have_count(7)
        page.get_by_role("link", name="Direktiv", exact=True).click()
        expect(page.get_by_role("heading", name="Det börjar med planen")).to_be_visible()
        context.close()
