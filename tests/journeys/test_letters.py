"""A report from letter to acceptance by people who have no account: each has a link, and a browser that has never been
here."""

from __future__ import annotations

import email
import email.policy
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.looking import faults, faults_shown
from tests.journeys.site import HEIGHT, NARROW, WIDE, People, Site

MHFA, MEETINGS = "MHFA-instruktörsutbildningar i Gävleborg", "Träffar för anhöriga"


def mails(site: Site) -> set[Path]:
    return set((site.directory / "mail").glob("*.eml"))


def link_to(site: Site, to: str, *, known: set[Path]) -> str:
    """The personal link in the mail that comes; the worker writes it as a file."""
    for _try in range(600):
        for path in mails(site) - known:
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found = re.search(r"https?://\S+/brev/\S+", mail.get_content())
            if to in str(mail["To"]) and found:
                return found.group()
        time.sleep(0.2)
    raise AssertionError(f"no letter came to {to}")


@contextmanager
def stranger(people: People, *, width: int, scripts: bool) -> Iterator[Page]:
    context: BrowserContext = people.stranger(scripts=scripts)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    yield page
    context.close()


def look(page: Page, *, scripts: bool) -> None:
    found = list(faults(page)) if scripts else faults_shown(page)
    assert not found, "\n".join(found)


def go_in(page: Page, link: str, *, name: str, function: str, scripts: bool) -> None:
    """Through the door: nothing happens without a name."""
    page.goto(link)
    look(page, scripts=scripts)
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    expect(page.locator(".field__error").first).to_be_visible()
    page.get_by_label("Ditt namn").fill(name)
    page.get_by_label("Din roll").fill(function)
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    page.wait_for_url("**/brev/rapport/**")
    assert link.rstrip("/").split("/")[-1] not in page.content()


def answer_everything(page: Page) -> None:
    """Something in every question that is empty."""
    for area in page.locator("textarea[name^='a-']").all():
        if not area.input_value():
            area.fill("Vi har gått kurser tillsammans med vården.")
    for field in page.locator("input[name^='a-'][inputmode]").all():
        if not field.input_value():
            field.fill("1")
    for group in page.locator("[role=group]:has(input[type=radio][name^='a-'])").all():
        if not group.locator("input:checked").count():
            group.locator("input[type=radio]").first.check()
    for group in page.locator("[role=group]:has(input[type=checkbox][name^='a-'])").all():
        if not group.locator("input:checked").count():
            group.locator("input[type=checkbox]").first.check()


def ask_for_an_effort(people: People, party: str) -> None:
    """The coordinator asks for something whose answer the party's manager is to approve."""
    context = people.who("coordinator")
    page = context.new_page()
    page.goto("/21/2024/aterrapporter/")
    page.get_by_role("link", name="Be om en insats").click()
    page.get_by_label("Vad gäller det?").fill(MEETINGS)
    page.get_by_label("Part", exact=True).select_option(label=party)
    page.get_by_label("Sista dag", exact=True).fill("2030-01-31")
    page.get_by_label("Partens chef ska godkänna svaret").check()
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text("har fått frågan.")).to_be_visible()
    context.close()


def send_letter(people: People, party: str, title: str) -> tuple[str, str]:
    """The coordinator sends the letter, or sends it again: the link that comes with it, and the report's number."""
    site = people.site
    to, known = site.sign_in_of("party_reporter", party)["email"], mails(site)
    context = people.who("coordinator")
    page = context.new_page()
    page.goto("/21/2024/direktiv/")
    page.get_by_role("link", name="Brev till parterna").click()
    section = page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))
    section.get_by_role("link", name=party, exact=True).click()
    look(page, scripts=False)
    page.get_by_role("button", name=re.compile("^(Skicka igen|Gör och skicka)$")).click()
    expect(page.get_by_text("Ett brev är på väg.")).to_be_visible()
    number = page.url.rstrip("/").split("/")[-1]
    context.close()
    return link_to(site, to, known=known), number


@pytest.mark.parametrize(
    ("party", "title", "width", "scripts"), [("Nordanstig", MHFA, WIDE, False), ("Ljusdal", MEETINGS, NARROW, True)]
)
def test_from_letter_to_acceptance_without_an_account(
    people: People, party: str, title: str, width: int, scripts: bool
) -> None:
    site = people.site
    if title == MEETINGS:
        ask_for_an_effort(people, party)
    old, _number = send_letter(people, party, title)
    link, number = send_letter(people, party, title)
    chief, known = site.sign_in_of("party_approver", party)["email"], mails(site)
    with stranger(people, width=width, scripts=scripts) as page:
        page.goto(old)
        expect(page.get_by_role("heading", level=1)).to_have_text("Länken gäller inte")
        look(page, scripts=scripts)
        go_in(page, link, name="Rut Ek", function="enhetschef", scripts=scripts)
        look(page, scripts=scripts)
        if page.get_by_role("button", name="Ta tillbaka").count():  # a part that is with a colleague
            page.get_by_role("button", name="Ta tillbaka").first.click()
        answer_everything(page)
        approved = title == MEETINGS
        sending = "Skicka till chef för godkännande" if approved else "Skicka in"
        page.get_by_role("button", name=sending, exact=True).last.click()
        expect(page.get_by_role("main")).to_contain_text("Rut Ek, enhetschef")
        look(page, scripts=scripts)
        answered = page.url
    ways = [(link, answered)]
    if approved:
        second = link_to(site, chief, known=known)
        with stranger(people, width=NARROW if width == WIDE else WIDE, scripts=not scripts) as page:
            go_in(page, second, name="Bo Alm", function="förvaltningschef", scripts=not scripts)
            look(page, scripts=not scripts)
            page.get_by_role("button", name="Godkänn och skicka vidare").click()
            expect(page.locator(".state").first).to_have_text("Godkänd hos parten")
            ways.append((second, page.url))
    context = people.who("coordinator")
    page = context.new_page()
    page.goto(f"/21/2024/aterrapporter/{number}/")
    expect(page.get_by_text("Med personlig länk:").first).to_be_attached()
    page.get_by_role("button", name="Godkänn rapporten").click()
    expect(page.locator(".state").first).to_have_text("Godkänd")
    context.close()
    with stranger(people, width=width, scripts=scripts) as page:
        for door, inside in ways:
            page.goto(door)
            expect(page.get_by_role("main")).to_contain_text("Rapporten är godkänd och klar. Tack!")
            page.goto(inside)
            expect(page.get_by_role("heading", level=1)).to_have_text("Öppna länken i brevet igen")
        look(page, scripts=scripts)
