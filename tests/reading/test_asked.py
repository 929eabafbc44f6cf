"""Every kind of question: a document that makes it, and the same one put right, which does not."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from samplan.domain.reading.source import SourceDocument
from samplan.edges.imports.drafting import drafted
from samplan.edges.imports.readers import pdf as pdf_reader
from samplan.edges.imports.readers import text as text_reader
from tests.reading.pdf_files import pdf
from tests.reading.pdf_files import text as drawn

PLAN = """Handlingsplan psykisk hälsa 2026

1 Inledning

Staten betalar {state} till alla län under året.

2 Prioriterat område: Skolan

{number} Insatser

Aktivitet 1: {title}

Tidsplan: {time}

Ansvarig: {who}

Aktivitet 2: Läxhjälp

Tidsplan: 2026

| Insats | Ansvarig | Kronor |
|---|---|---|
| Kurser | Elevhälsan | 100 000 |
| Träffar | Elevhälsan | 250 000 |
| Summa | | {total} |
"""
RIGHT = {
    "state": "pengar", "number": "2.1", "title": "Kurser i bemötande", "time": "hösten 2026", "who": "Elevhälsan, se "
    "https://exempel.se/plan", "total": "350 000",
}  # fmt: skip
WRONG = {
    "amount": {"state": "250 kr"},
    "sum": {"total": "360 000"},
    "year": {"time": "hösten 2019"},
    "local_link": {"who": "Elevhälsan, se file:///C:/plan.docx"},
    "personal_number": {"who": "Anna, 19121212-1212"},
    "duplicate": {"title": "Läxhjälp"},
    "numbering": {"number": "2.2"},
}


def asked(text: str) -> set[str]:
    draft = drafted(text_reader.read(text.encode(), "plan.txt"))
    return {question.kind for question in draft.questions}


def test_a_plan_without_faults_is_asked_nothing() -> None:
    assert asked(PLAN.format(**RIGHT)) == set()


@pytest.mark.parametrize("kind", WRONG)
def test_a_fault_is_asked_about(kind: str) -> None:
    assert asked(PLAN.format(**{**RIGHT, **WRONG[kind]})) == {kind}


@pytest.mark.parametrize(("pages", "found"), [(("Text.", "", "Mer."), ["2"]), (("Text.", "Mer."), [])])
def test_a_page_without_text(pages: tuple[str, ...], found: list[str]) -> None:
    content = pdf([drawn(60, 100, page) if page else "" for page in pages])
    draft = drafted(pdf_reader.read(content, "plan.pdf", lambda _done, _of: None))
    assert [question.text for question in draft.questions if question.kind == "empty_page"] == found


# --- the time grows with the length


def _paragraphs(n: int) -> str:
    return "\n\n".join(f"Stycke {i} handlar om hösten 2026 och om 250 tkr till kurser." for i in range(n))


def _areas(n: int) -> str:
    return "\n\n".join(f"Insatsområde {i}: Ämne {i}\n\nAktivitet 1: Kurs {i}\n\nSyfte: {i}" for i in range(n // 3))


def _rows(n: int) -> str:
    rows = "\n".join(f"| Ämne {i // 3} | Insats {i} | Nämnd | {i} 000 |" for i in range(n))
    return f"| Område | Insats | Ansvarig | Kronor |\n|---|---|---|---|\n{rows}"


def _seconds(document: SourceDocument) -> float:
    start = time.process_time()
    drafted(document).to_json()
    return time.process_time() - start


@pytest.mark.parametrize("shape", [_paragraphs, _areas, _rows])
def test_four_times_the_length_takes_about_four_times_as_long(shape: Callable[[int], str]) -> None:
    short, long = (text_reader.read(shape(n).encode(), "long.txt") for n in (300, 1200))
    assert _seconds(long) < 8 * max(min(_seconds(short), _seconds(short)), 0.02)
