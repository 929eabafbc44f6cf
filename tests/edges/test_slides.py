"""The presentation for the political body: from what was frozen, with every synthesis whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from samplan.apps.yearreports.operations import edit_block
from samplan.domain.access import Role
from samplan.edges.reports.compile import compile_report
from samplan.edges.reports.writers.slides import MOST_ON_ONE, pages_of
from tests.edges.report_year import ReportYear, build
from tests.edges.test_reports_pages import client
from tests.edges.test_submissions import approve
from tests.small_year import AT, BOSS

ADDRESS = "/21/2024/arsrapport/versioner/1/bildspel/"


@pytest.fixture
def made() -> ReportYear:
    return build()


def slides(content: bytes) -> list[tuple[str, str]]:
    """Each slide's title, and everything else that it says."""
    found = []
    for slide in Presentation(BytesIO(content)).slides:
        frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        found.append((slide.shapes.title.text_frame.text, "\n".join(frames)))
    return found


@pytest.mark.django_db
def test_the_slides_say_what_was_approved(made: ReportYear) -> None:
    passages = compile_report(made.report, at=AT, preview=False).merged.passages
    synthesis = next(one for one in passages if one.source and one.source.kind == "yearreports.synthesis")
    edit_block(
        by=BOSS, at=AT, report=made.report, key=synthesis.key, base_hash=synthesis.hash, base_text=synthesis.text,
        text="Omskriven sammanfattning.", version=0,
    )  # fmt: skip
    approve(made)
    answer = client(Role.READER).get(ADDRESS)
    assert answer["Content-Disposition"].endswith('.pptx"') or ".pptx" in answer["Content-Disposition"]
    found = slides(answer.content)
    assert all(title for title, _text in found)
    said = "\n".join(text for _title, text in found)
    assert "Omskriven sammanfattning." in said
    assert "Godkänd av" in found[0][1]
    assert "41 personer" in said
    assert "Chefen slutar i mars." not in said, "what only the coordinator reads"
    assert made.directive.title in [title for title, _text in found]
    charts = [shape for slide in Presentation(BytesIO(answer.content)).slides for shape in slide.shapes
              if shape.has_chart]  # fmt: skip
    assert len(charts) <= 1
    assert client(Role.COORDINATOR, "25").get(ADDRESS).status_code == 404


@given(st.lists(st.text(min_size=1, max_size=900), max_size=8))
def test_no_paragraph_is_lost_between_slides(paragraphs: list[str]) -> None:
    pages = pages_of(paragraphs)
    assert [one for page in pages for one in page] == paragraphs
    assert all(len(page) == 1 or sum(map(len, page)) <= MOST_ON_ONE for page in pages)
