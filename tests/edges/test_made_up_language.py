"""Pages in a made-up language, for every role: no text that a person meets is left unmarked. And on the same pages, in
Swedish: dates, kronor and numbers as Swedes write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from samplan.apps.questionnaires.operations import move_request
from samplan.base.accounts.models import Account
from samplan.base.mail.models import OutboxMail
from samplan.domain.access import Role
from samplan.domain.cycle import ReportStatus
from samplan.edges.help.texts import keys, ours
from tests.edges.test_every_address import PUBLIC, TABLE, address_of, classified
from tests.edges.test_ui import SOURCE
from tests.made_up_language import TOLD_OTHERWISE, data, made_up_language, outside, unmarked
from tests.small_year import AT, BOSS, actor, make_year, person

WHO = ("samordnare@", "rapportor.2104@", "chef.2104@", "ekonom.2104@", "controller@", "sekreterare@", "ledamot@",
       "webbredaktor@", "administrator@")  # fmt: skip
NOT_OURS = frozenset({"accounts:sign_out", "set_language"})


def html_text(html: str) -> str:
    """What is read on a page, an element a line."""
    page = BeautifulSoup(html, "html.parser")
    for part in page.find_all(TOLD_OTHERWISE):
        part.decompose()
    return page.get_text("\n")


def client_of(email: str) -> Client:
    client = Client()
    if email:
        account = Account.objects.get(email__startswith=email)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def pages(email: str) -> Iterator[tuple[str, str]]:
    """Every page of the URL table that the person may open, and as it answers to a form sent in empty."""
    client = client_of(email)
    wanted = [name for name in TABLE if (name in PUBLIC if not email else name not in PUBLIC | NOT_OURS)]
    for name in wanted:
        address = address_of(name) if classified(name) != "signed in" else "/skrivbord/"
        answers = [("", client.get(address))]
        if answers[0][1].status_code in {200, 405} and email in {"samordnare@", ""}:
            with transaction.atomic():
                answers.append((" sent in empty", client.post(address, {"action": "save"})))
                transaction.set_rollback(True)
        for how, answer in answers:
            if answer.status_code in {200, 409} and answer["Content-Type"].startswith("text/html"):
                yield name + how, answer.content.decode()


ISO = re.compile(r"\b20\d\d-[01]\d-[0-3]\d\b")
FOREIGN = re.compile(r"\b\d{1,3}(?:,\d{3})+(?!\d)|\b\d+\.\d+\s?(?:kr|%|mnkr)|\b\d{4,}\s?kr\b|\d ?SEK\b")
TITLES = frozenset(ours(key, "sv").title for key in keys())
"""The help has every language in its data; a page about one names it."""


@pytest.mark.parametrize("email", ["", *WHO])
def test_no_text_is_left_unmarked_and_numbers_are_written_as_swedes_do(demo: None, email: str) -> None:
    known, left, wrong, seen = data(), dict[str, list[str]](), dict[str, list[str]](), 0
    with made_up_language():
        for name, html in pages(email):
            seen += 1
            assert "⟦" in html, name
            if found := unmarked(html, known, TITLES):
                left[name] = found
            shown = html_text(html)
            if odd := [hit for pattern in (ISO, FOREIGN) for hit in pattern.findall(shown) if hit not in known]:
                wrong[name] = odd
    assert not left, "\n".join(f"{name}: {found}" for name, found in left.items())
    assert not wrong, "\n".join(f"{name}: {found}" for name, found in wrong.items())
    assert seen > 3


def test_the_scan_finds_what_is_not_marked() -> None:
    page = '<p title="Hjälp">⟦Spara ⟦nu⟧ 5⟧ Gävle <button aria-label="⟦Stäng⟧">Stäng</button> 14 kr</p>'
    assert unmarked(page, "Gävle\nNorr") == ["button: Stäng", "p[title]: Hjälp"]
    assert unmarked("<p>⟦En boende <b>fick</b> hjälp⟧ sedan</p><p>⟦Trasig</p><p>Naken</p>", "") == [
        "p: sedan", "p: Naken",
    ]  # fmt: skip
    assert outside("a ⟦b ⟦c⟧ d⟧ e")[0].split() == ["a", "\x00", "\x00", "e"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-12-31", 1), ("10,000", 1), ("5.27 kr", 1), ("30101 kr", 1), ("10 SEK", 1),
        ("31 december 2024", 0), ("10 000 kr", 0), ("5,27 kr", 0), ("2024", 0), ("1,5 mnkr", 0), ("1,2 och 3", 0),
    ],
)  # fmt: skip
def test_the_scan_knows_how_swedes_write(text: str, found: int) -> None:
    assert len(ISO.findall(text) + FOREIGN.findall(text)) == found


def test_scripts_have_no_words_of_their_own() -> None:
    """What a script says comes from the page, where it is marked."""
    said = re.compile(r"""["'`]([^"'`\n]*[åäöÅÄÖ][^"'`\n]*|[A-ZÅÄÖ][a-zåäö]+ [a-zåäö]+[^"'`\n]*)["'`]""")
    found = {path.name: said.findall(re.sub(r"//.*|/\*[\s\S]*?\*/", "", path.read_text(encoding="utf-8")))
             for path in (SOURCE / "base/ui/static/samplan/js").glob("*.js")}  # fmt: skip
    assert found
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.django_db
def test_mails_have_no_words_of_their_own() -> None:
    year = make_year()
    reporter = person(Role.PARTY_REPORTER, "21", "Rut", year.parties[0])
    with made_up_language():
        directive = year.issued()
        asked = directive.shares.get(party=year.parties[0]).request
        move_request(by=actor(reporter), at=AT, request=asked, to=ReportStatus.NOTHING, reason="Inget blev av.")
        move_request(by=BOSS, at=AT, request=asked, to=ReportStatus.RETURNED, reason="Hur många?")
        Client().post("/konto/glomt-losenord/", {"email": reporter.email})
    mails = list(OutboxMail.objects.all())
    assert len(mails) >= 2
    known = data.__wrapped__() + "\n" + reporter.email
    for mail in mails:
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in (mail.subject, mail.body.replace("\n", " ")))
        without = re.sub(r"https?://\S+", "", paragraphs)
        assert unmarked(without, known) == [], mail.subject
