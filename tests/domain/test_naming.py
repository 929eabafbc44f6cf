"""Names in Swedish order."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.naming import swedish_key

IN_ORDER = [
    "Arboga",
    "Habo",
    "Härjedalen",
    "Hässleholm",
    "Högsby",
    "Öckerö",
]
CASES = [
    ["Zinkgruvan", "Åmål", "Älmhult", "Örebro"],
    ["arboga", "Boden", "ydre", "Åre", "ängelholm", "Öckerö"],
    ["Håbo", "Härnösand", "Högsby"],
    ["Falun", "Finspång", "Flen", "Färgelanda"],
    ["ide", "idéburen", "idefix"],
    ["Lekeberg", "Lomma", "Lund", "Lysekil", "Müller", "Mörbylånga"],
    ["Upplands Väsby", "Upplands-Bro"],
    ["Ovanåker", "Söderhamn", "Sølvberg", "Sörfors"],
]


@pytest.mark.parametrize("names", [IN_ORDER, *CASES], ids=lambda names: names[0])
def test_swedish_order_from_any_order(names: list[str]) -> None:
    shuffled = names[:]
    random.Random(4).shuffle(shuffled)
    assert sorted(shuffled, key=swedish_key) == names


@pytest.mark.parametrize(("one", "other"), [("ÅMÅL", "åmål"), ("É", "e"), ("A\u030amål", "Åmål"), ("\u212b", "å")])
def test_the_same_name_in_another_dress(one: str, other: str) -> None:
    assert swedish_key(one) == swedish_key(other)


def test_letters_with_rings_and_dots_are_letters_of_their_own() -> None:
    assert len({swedish_key(letter) for letter in "aåäoö"}) == 5


@given(st.text(max_size=30))
def test_a_key_is_the_same_for_both_ways_of_storing_accents(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert swedish_key(unicodedata.normalize("NFC", text)) == swedish_key(decomposed)
