"""Every character of a text has one place in the draft: the pieces joined are the source, and the counts add up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samplan.domain.reading.source import count, in_order
from samplan.edges.imports.drafting import drafted
from samplan.edges.imports.readers import text as text_reader
from tests.reading import seeds

LINES = st.sampled_from(
    [
        "", " ", "\t", "1 Inledning", "2.1 Insatser", "Prioriterat område 2: Unga", "Mål", "Syfte: att det går bättre.",
        "Långsiktiga mål", "Aktivitet 1: Kurser", "- ett led", "• ett annat", "o Föreningen", "1. först", "2. sedan",
        "Aktivitet Nuläge Mål Tidsplan Ansvar", "Hösten 2025", "https://exempel.se/sida", "1 Not som hör till texten",
        "Avsnitt Region Kommuner Länsgemensamt", "1 200 000 3 400 000", "| a | b |", "|---|---|", "| c | d |",
        "En lång rad text som fortsätter på nästa rad med många ord så att den blir full och bryts mitt i",
        "Innehåll ........ 3", "Sida 4 (12)", "13", "\f7.4 Ny sida", "a\tb\tc", "## Rubrik", "**Fet rad**",
        "Kunskap Samverkan",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=40).map("\n".join)


def check(content: bytes) -> None:
    document = text_reader.read(content, "proof.txt")
    source = text_reader.decoded(content)
    assert "".join(piece.text for piece in in_order(document.parts)) == ("" if not source.strip() else source)
    draft = drafted(document)
    pieces = draft.pieces()
    assert "".join(piece["text"] for piece in pieces) == ("" if not source.strip() else source)
    data = draft.to_json()
    assert data["placed_characters"] + data["unplaced_characters"] == document.characters == count(source)
    unplaced = sum(count(each["text"]) for each in data["unplaced"])
    assert unplaced == data["unplaced_characters"]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_text_made_at_random(text: str) -> None:
    check(text.encode("utf-8", errors="replace"))


@pytest.mark.skipif(not seeds.AT_HAND, reason="the documents of the counties are not at hand")
@pytest.mark.parametrize("name", seeds.AT_HAND)
def test_a_countys_document(name: str) -> None:
    check(seeds.content(name))
