"""Whole files of many counties, each in its own way: how well they are read, and that nothing of them is lost."""

from __future__ import annotations

import pytest

from samplan.domain.reading.source import count, in_order
from samplan.edges.imports.drafting import drafted
from tests.reading import whole
from tests.reading.measure import measured
from tests.reading.scoring import Truth
from tests.reading.test_how_well import LEAST, assert_good

NAMES = [name for several in whole.ROUNDS.values() for name in several]


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_file(name: str) -> None:
    content, told = whole.load(name)
    if content is None:
        pytest.skip("the program that prints it is not here")
    document = whole.read(name, content)
    assert_good(measured(document, Truth(told, {}, columns=True)), {**LEAST, "dates": 1.0, "title": 1.0, "years": 1.0})
    draft = drafted(document)
    source = "".join(piece.text for piece in in_order(document.parts))
    assert "".join(piece["text"] for piece in draft.pieces()) == source
    data = draft.to_json()
    assert data["placed_characters"] + data["unplaced_characters"] == document.characters == count(source)
