"""The user's guide with its pictures: `python3 start.py guide FOLDER`.

The pictures are taken by a browser from the demo, and from an installation that has just been made; they are never
committed. The folder gets a page for each chapter and a first page, which need nothing but themselves.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from samplan.edges.help.guide import PICTURE, chapters
from tests.journeys.site import HEIGHT, NARROW, WIDE, People, Site, free_port, running, started
from tests.processes import place

PASSWORD = "hästen åt en lång morot"
Deed = Callable[[Page], object]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture of the demo shows: who looks, where, and what is done there before."""

    role: str
    address: str
    organisation: str = ""
    before: Deed | None = None
    width: int = WIDE


def _open(selector: str) -> Deed:
    return lambda page: page.locator(selector).first.click()


def _follow(name: str) -> Deed:
    return lambda page: page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()


def _why(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile("^Direktiv 2")).first.click()
    page.locator("details.why summary").first.click()


PICTURES = {
    "samordnaren-skrivbord": Picture("coordinator", "/21/2024/"),
    "samordnaren-fordelning": Picture("coordinator", "/21/2024/pengar/", before=_why),
    "samordnaren-tavlan": Picture("coordinator", "/21/2024/aterrapporter/"),
    "samordnaren-arsrapport": Picture("coordinator", "/21/2024/arsrapport/"),
    "rapportoren-skrivbord": Picture("party_reporter", "/21/2024/", "Hofors"),
    "rapportoren-formular": Picture("party_reporter", "/21/2024/", "Hofors", _follow("Svara om")),
    "chefen-skrivbord": Picture("party_approver", "/21/2024/", "Hofors"),
    "pengarna-rekvisitioner": Picture("controller", "/21/2024/pengar/rekvisitioner/"),
    "pengarna-anvant": Picture("controller", "/21/2024/pengar/anvandning/"),
    "besluten-lista": Picture("secretary", "/21/2024/beslut/"),
    "besluten-ledamot": Picture("body_member", "/21/2024/"),
    "webben-lan": Picture("", "/lan/21/2024/"),
    "webben-kommun": Picture("", "/lan/21/2024/kommuner/2104/"),
    "finna-sokning": Picture("coordinator", "/21/2024/sok/?q=suicid"),
    "finna-hjalp": Picture("coordinator", "/21/2024/pengar/", before=_open(".menu--help > summary")),
    "finna-telefon": Picture("coordinator", "/21/2024/", before=_open(".menu--narrow > summary"), width=NARROW),
}
FIRST = ("borja-lan", "borja-kom-i-gang", "borja-overenskommelse")
"""Pictures of an installation that has just been made."""


def named() -> list[str]:
    """The pictures that the guide names, in its order."""
    return [found["name"] for chapter in chapters() for found in PICTURE.finditer(chapter.text)]


def take(page: Page, name: str, folder: Path, width: int = WIDE) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.screenshot(path=folder / f"{name}.png")


def take_all(people: People, folder: Path) -> None:
    """Every picture of the demo."""
    for name, picture in PICTURES.items():
        context = people.who(picture.role, picture.organisation) if picture.role else people.stranger()
        page = context.new_page()
        page.set_viewport_size({"width": picture.width, "height": HEIGHT})
        page.goto(picture.address)
        if picture.before is not None:
            picture.before(page)
        take(page, name, folder, picture.width)
        context.close()


@contextmanager
def new_installation(directory: Path) -> Iterator[tuple[Site, str]]:
    """`samplan init` and `samplan serve` in an empty place; the address of the first sign-in."""
    with place(directory / "new") as there:
        made = subprocess.run(
            [sys.executable, "-m", "samplan", "init", "--admin", "ada@region.example", "--directory",
             str(there.directory)], env=there.environment(), capture_output=True, text=True, check=True,
        )  # fmt: skip
        link = re.search(r"https?://[^/\s]+(\S+)", made.stdout)
        assert link is not None, made.stdout
        port, said = free_port(), directory / "new.txt"
        with running(there, said, "serve", "--port", str(port)) as process:
            while not (ready := re.search(r"^Ready: (\S+)$", said.read_text(encoding="utf-8"), re.MULTILINE)):
                assert process.poll() is None, said.read_text(encoding="utf-8")
            yield Site(ready[1], there.directory, []), link[1]


def choose_password(page: Page, link: str) -> None:
    page.goto(link)
    for label in ("Nytt lösenord", "Samma lösenord en gång till"):
        page.get_by_label(label).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()


def take_first(site: Site, link: str, browser: Browser, folder: Path) -> None:
    """The first visit, as the administrator and the coordinator meet it."""
    context = People(site, browser).stranger()
    page = context.new_page()
    choose_password(page, link)
    take(page, "borja-lan", folder)
    page.get_by_role("listitem").filter(has_text="Gävleborg").get_by_role("link", name=re.compile("Personer")).click()
    page.get_by_role("link", name="Bjud in någon").click()
    page.get_by_label("Namn").fill("Ada")
    page.get_by_label("E-postadress").fill("ada@region.example")
    page.get_by_label("Samordnare").check()
    page.get_by_label("Skicka en inloggningslänk genast").uncheck()
    page.get_by_role("main").get_by_role("button", name="Bjud in").click()
    page.goto("/skrivbord/")
    page.get_by_role("main").get_by_role("listitem").filter(has_text="Gävleborg").get_by_role("link").first.click()
    take(page, "borja-kom-i-gang", folder)
    page.get_by_role("link", name=re.compile("^Skriv in överenskommelsen")).click()
    page.get_by_label("Namn", exact=True).fill("Överenskommelse om psykisk hälsa och suicidprevention")
    take(page, "borja-overenskommelse", folder)
    context.close()


PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Samplan</title><link rel="stylesheet" href="handbok.css"></head>
<body><main>{body}</main></body></html>
"""
STYLE = """body { margin: 0; background: #F6F6F2; color: #17242C; font: 400 1rem/1.6 Inter, system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; } h1 { font-size: 2.25rem; } h2 { margin-top: 2.5rem; }
a { color: #1F5476; } li + li { margin-top: .35rem; }
nav { display: flex; justify-content: space-between; gap: 1rem; margin-top: 3rem; }
figure { margin: 2rem 0; } img { display: block; max-width: 100%; border: 1px solid #DCDBD2; border-radius: 6px; }
figcaption { margin-top: .5rem; color: #51585A; font-size: .875rem; }
@media print { body { background: none; } nav { display: none; } figure { break-inside: avoid; } }
"""


def write(folder: Path) -> None:
    """The pages, which show the pictures that lie in `folder`."""
    from django.utils.html import escape

    from samplan.base.ui.markdown import render_markdown

    (folder / "handbok.css").write_text(STYLE, encoding="utf-8")
    listed = chapters()
    rows = "".join(f'<li><a href="{one.slug}.html">{escape(one.title)}</a></li>' for one in listed)
    first = f"<h1>Samplans handbok</h1><p>Steg för steg, roll för roll.</p><ol>{rows}</ol>"
    (folder / "index.html").write_text(PAGE.format(title="Handbok", body=first), encoding="utf-8")
    for at, one in enumerate(listed):
        parts, end = [f"<h1>{escape(one.title)}</h1>"], 0
        for found in PICTURE.finditer(one.text):
            parts.append(render_markdown(one.text[end : found.start()], base_level=1))
            words = escape(found["words"])
            parts.append(
                f'<figure><img src="{found["name"]}.png" alt="{words}"><figcaption>{words}</figcaption></figure>'
            )
            end = found.end()
        parts.append(render_markdown(one.text[end:], base_level=1))
        ways = ['<a href="index.html">Alla kapitel</a>']
        if at + 1 < len(listed):
            ways.append(f'<a href="{listed[at + 1].slug}.html">Nästa: {escape(listed[at + 1].title)}</a>')
        parts.append(f"<nav>{''.join(ways)}</nav>")
        (folder / f"{one.slug}.html").write_text(PAGE.format(title=escape(one.title), body="".join(parts)), "utf-8")


def main(arguments: list[str]) -> int:
    """Build the guide into the folder named. Status 2 without one, 1 without a browser."""
    from tests.journeys.conftest import CHROMIUM, LAUNCH

    if len(arguments) != 1:
        sys.stderr.write("Name a folder for the guide.\n")
        return 2
    if CHROMIUM is None:
        sys.stderr.write("No Chromium: install it, or name it in SAMPLAN_CHROMIUM.\n")
        return 1
    import django

    django.setup()
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="samplan-guide-"))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
            with new_installation(scratch) as (new, link):
                take_first(new, link, browser, folder)
            with started(scratch) as site:
                take_all(People(site, browser), folder)
            browser.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    write(folder)
    sys.stdout.write(f"{folder / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samplan.config.settings")
    sys.exit(main(sys.argv[1:]))
