"""The sentence of every question that a reading can ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samplan.domain.reading import checks
from samplan.edges.imports.questions import _SENTENCES, question, with_sentences

DATA = {
    "text": "1 680 000 kronor", "amount": 1680000, "likely": 1680000000, "year": 2021, "first": 2021, "last": 2022,
    "stated": 10, "sum": 11, "number": "6.1.2", "missing": "6.1.1", "after": "7", "at": {"page": None, "line": 1},
}  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), sorted(_SENTENCES))
def test_every_question_is_a_whole_sentence(kind: str, code: str) -> None:
    text = question({**DATA, "kind": kind, "code": code}, lambda swedish: swedish)
    assert "%" not in text
    assert text[-1] in "?."


def test_every_code_that_the_checks_give_has_a_sentence() -> None:
    source = Path(checks.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'"code": "(\w+)"|_amount\(found, [^"]*"(\w+)"', source))
    assert {one or other for one, other in codes} == {code for _, code in _SENTENCES}


def test_money_is_grouped_and_years_are_not() -> None:
    text = question({**DATA, "kind": "amount", "code": "state_total"}, lambda swedish: swedish)
    assert "1\u00a0680\u00a0000\u00a0000 kronor" in text
    assert "2021" in text


def test_a_draft_for_printing_has_kind_text_and_place_alone() -> None:
    asked = {**DATA, "kind": "numbering", "code": "gap"}
    printed = with_sentences({"title": "x", "questions": [asked]}, lambda swedish: swedish)
    assert printed["questions"] == [
        {"kind": "numbering", "text": "Avsnitt 6.1.2 finns, men inte 6.1.1. Saknas något?", "at": DATA["at"]}
    ]
