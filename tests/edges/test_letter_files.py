"""Letters as files, opened again and compared with the facts they were made of."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
import pdfplumber
import pytest
from django.urls import reverse

from samplan.apps.letters.models import PersonalLink
from samplan.apps.letters.queries import link_of_code
from samplan.domain.access import Role
from samplan.domain.links import LinkState
from tests.letters_year import Letters, book, letters_year
from tests.small_year import QUESTIONS, person

FACTS = ("50 000 kr", "Lokal och vikarier.", "Fler vågar fråga.", "31 december 2024", "Hofors kommun", "Länsledning 21",
         *(question.text for question in QUESTIONS))  # fmt: skip


@pytest.fixture
def year(db: Any, client: Any) -> Letters:
    year = letters_year()
    client.force_login(person(Role.COORDINATOR, "21", "Sam Samordnare"))
    return year


def words_of(content: bytes) -> str:
    """Everything that a Word file or a PDF says, with plain spaces."""
    if content.startswith(b"%PDF"):
        with pdfplumber.open(BytesIO(content)) as paper:
            text = " ".join(page.extract_text() or "" for page in paper.pages)
    else:
        body = docx.Document(BytesIO(content)).element.body
        text = " ".join("".join(one.itertext()) for one in body.iter() if one.tag.endswith("}p"))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def address(name: str, *more: object) -> str:
    return reverse(f"letters:{name}", args=["21", 2024, *more])


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_a_letter_says_what_its_facts_say_and_the_same_each_time(year: Letters, client: Any, fmt: str) -> None:
    where = address("file", year.hofors.number, fmt)
    before = words_of(client.get(where).content)
    for fact in (*FACTS, "Sam Samordnare"):
        assert fact in before, fact
    year.send()
    answer = client.get(where)
    made = words_of(answer.content)
    assert "hofors@example.org" in made
    assert "/brev/" not in made
    assert client.get(where).content == answer.content
    assert f"hofors.{fmt}" in answer["Content-Disposition"]


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_a_letter_on_paper_has_a_link_that_can_be_typed_and_opens(year: Letters, client: Any, fmt: str) -> None:
    book("2104", reporter="")
    where = address("paper", year.hofors.number)
    assert client.get(where).status_code == 405
    answer = client.post(where, {"fmt": fmt})
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"\S+/brev/([0-9a-z-]+)/", words_of(answer.content))
    assert found
    link = link_of_code(found[1].upper().replace("-", " "))
    assert link is not None
    assert link.request == year.hofors
    client.post(where, {"fmt": fmt})
    assert PersonalLink.objects.get(pk=link.pk).ended == LinkState.REPLACED
    assert PersonalLink.objects.filter(ended="").count() == 1


def test_all_letters_in_one_pdf(year: Letters, client: Any) -> None:
    year.send(year.hofors)
    whole = words_of(client.get(address("all", "pdf")).content)
    for words in ("Hofors: Kurser i samtal", "Gävle: Kurser i samtal", "50 000 kr"):
        assert words in whole
    assert client.get(address("all", "exe")).status_code == 404


def test_the_page_of_a_letter_shows_it_and_its_mail_before_anything_is_sent(year: Letters, client: Any) -> None:
    page = client.get(address("one", year.hofors.number)).content.decode().replace("\u00a0", " ")
    for words in ("50 000 kr", "Lokal och vikarier.", "Här är er länk till rapporten", "Gör och skicka"):
        assert words in page, words
    assert PersonalLink.objects.count() == 0
