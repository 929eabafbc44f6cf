"""How well documents are read: the five, as text and as Word files made from them, and those of counties made up."""

from __future__ import annotations

import pytest

from samplan.domain.reading.source import SourceDocument
from samplan.edges.imports.kinds import kind_of
from samplan.edges.imports.readers import read_as
from samplan.edges.imports.readers import text as text_reader
from tests.reading import made_up, makers, seeds, truth
from tests.reading.measure import measured
from tests.reading.scoring import Score, Truth

HERE = pytest.mark.skipif(not seeds.AT_HAND, reason="the documents of the counties are not at hand")
LEAST = {
    "areas": 0.98, "parents": 0.98, "directives": 0.98, "activities": 0.98, "partnerships": 0.98, "goals": 0.95,
    "county goals": 0.95, "steps": 0.95, "tags": 0.95, "fields": 0.95, "rows kept together": 0.95, "money": 1.0,
    "amounts": 1.0, "county": 1.0,
}  # fmt: skip


def assert_good(scores: dict[str, Score], least: dict[str, float] = LEAST) -> None:
    for kind, f1 in least.items():
        if kind in scores:
            assert scores[kind].f1 >= f1, (kind, scores[kind])


@HERE
@pytest.mark.parametrize("name", seeds.AT_HAND)
def test_a_countys_document_as_text(name: str) -> None:
    document = text_reader.read(seeds.content(name), name)
    assert_good(measured(document, Truth(truth.load(name), truth.seals(name), columns=False)))


@HERE
@pytest.mark.parametrize("kind", ["word", "word_direct"])
@pytest.mark.parametrize("name", seeds.AT_HAND)
def test_a_countys_document_as_a_word_file(name: str, kind: str) -> None:
    content = makers.made(name, kind)
    assert content is not None
    document: SourceDocument = read_as(kind_of(content), content, name, lambda _done, _of: None)
    assert_good(measured(document, Truth(truth.load(name), truth.seals(name), columns=True)))


@pytest.mark.parametrize("name", made_up.TUNED + made_up.SET_ASIDE)
def test_a_document_of_a_county_that_does_not_exist(name: str) -> None:
    document, told = made_up.load(name)
    assert_good(measured(document, Truth(told, {}, columns=True)), {**LEAST, "fields": 0.98, "chapters": 0.9})
