"""The English of every text: there, whole, and with the same places for names and numbers."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tests.architecture.texts import CATALOGUE, all_marked, marked_in

ENTRIES = list(polib.pofile(str(CATALOGUE)))
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_in_the_source_is_in_the_catalogue_and_nothing_else() -> None:
    """`python -m tests.architecture.texts` brings them in step and prints what is to be translated."""
    assert {marked_in(entry) for entry in ENTRIES} == set(all_marked())
    assert len(ENTRIES) > 1000


def test_every_text_is_translated() -> None:
    assert [entry.msgid for entry in ENTRIES if not all(forms(entry)) or "fuzzy" in entry.flags] == []


def test_names_numbers_and_markup_have_the_same_places() -> None:
    wrong = []
    for entry in ENTRIES:
        singular, plural = sorted(PLACES.findall(entry.msgid)), sorted(PLACES.findall(entry.msgid_plural))
        wanted = [singular, plural] if entry.msgid_plural else [singular]
        given = [sorted(PLACES.findall(text)) for text in forms(entry)]
        # English has a number where Swedish writes "en" or "ett", and the other way round.
        same = all(set(one) <= set(singular + plural) for one in given) and set(given[-1]) == set(wanted[-1])
        if not same:
            wrong.append((entry.msgid, forms(entry)))
    assert wrong == []


def test_white_space_at_the_ends_is_kept() -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [entry.msgid for entry in ENTRIES if {ends(text) for text in forms(entry)} != {ends(entry.msgid)}] == []


NAMES = ("Myndigheten för digital förvaltning", "Länsledning Välfärd", "Länsgemensamt", "Gävle", "Bollnäs", "Söderhamn")


def test_english_is_not_left_in_swedish() -> None:
    """Names apart."""
    bare = [re.sub("|".join(NAMES), "", text) for entry in ENTRIES for text in forms(entry)]
    assert [text for text in bare if re.search("[åäöÅÄÖ]", text)] == []


@pytest.mark.parametrize(("language", "words"), [("sv", "Spara"), ("en", "Save")])
def test_the_built_program_speaks_both(language: str, words: str) -> None:
    assert language in dict(settings.LANGUAGES)
    with translation.override(language):
        assert gettext("Spara") == words
