"""The cover in all three formats: title, motto, date, logotypes and picture, with their alternative texts and sizes."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import docx as python_docx
import pikepdf
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

from samplan.apps.plans.facts import plan_facts
from samplan.apps.plans.models import Picture, Plan
from samplan.apps.plans.operations.pictures import add_picture, change_picture
from samplan.apps.plans.operations.plans import change_plan
from samplan.domain.document import Document, Figure, Heading, Paragraph, from_data, plain, plain_text, to_data
from samplan.domain.errors import Invalid
from samplan.edges.reports.compile import compile_plan
from samplan.edges.reports.writers import docx, html, pdf
from samplan.edges.reports.writers.word_frame import COVER_PICTURE_MM, LOGOTYPE_MM
from tests.apps.test_plan_rows import SVG, png
from tests.small_year import AT, BOSS, Year, load_places, make_year

EMU = 36_000
TALL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 300"><rect width="100" height="300"/></svg>'
WIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 90"><rect width="900" height="90"/></svg>'


def covered(title: str = "Planen", **more: object) -> Document:
    blocks = (Heading(1, plain("Kapitel"), "a"), Paragraph(plain("Text."), "b"))
    picture = Figure(TALL, "Ett torn", "Syns inte", "p")
    marks = (Figure(WIDE, "Det breda märket"), Figure(SVG.decode(), "Det lilla märket"))
    made = {
        "subtitle": "Överenskommelsen", "cover": (plain("Länet"), plain("31 januari 2024")), "motto": plain("Vi kan"),
        "logotypes": marks, "picture": picture, **more,
    }  # fmt: skip
    return Document(title, "sv", blocks, **made)  # type: ignore[arg-type]


def test_word_shows_everything_before_the_contents_at_good_sizes() -> None:
    file = python_docx.Document(BytesIO(docx.write(covered(), language="sv")))
    styles = [p.style.name for p in file.paragraphs]
    before = file.paragraphs[: styles.index("TOC Heading")]
    texts = [p.text.strip() for p in before if p.text.strip()]
    assert texts == ["Planen", "Överenskommelsen", "Vi kan", "Länet", "31 januari 2024"]
    drawn = [inline for p in before for inline in p._p.iter(qn("wp:inline"))]
    assert [one.docPr.get("descr") for one in drawn] == ["Det breda märket", "Det lilla märket", "Ett torn"]
    sizes = [(one.extent.cx / EMU, one.extent.cy / EMU) for one in drawn]
    assert all(wide <= LOGOTYPE_MM[0] + 0.01 and high <= LOGOTYPE_MM[1] + 0.01 for wide, high in sizes[:2])
    assert sizes[2][1] == pytest.approx(COVER_PICTURE_MM, abs=0.01)


@pytest.mark.parametrize("title", ["Plan", "En länsgemensam plan för psykisk hälsa", "Mycket lång titel " * 8])
def test_the_pdf_has_one_cover_page_and_says_what_its_pictures_show(title: str) -> None:
    paper = pikepdf.open(BytesIO(pdf.write(covered(title), language="sv")))
    alts = {
        str(element.Alt) for element in paper.objects if isinstance(element, pikepdf.Dictionary) and "/Alt" in element
    }
    assert alts >= {"Ett torn", "Det breda märket", "Det lilla märket"}
    with paper.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Kapitel"]
    # cover, contents, text
    assert len(paper.pages) == 3


def test_the_page_has_the_cover_in_its_header() -> None:
    page = BeautifulSoup(html.write_page(covered(), language="sv"), "html.parser")
    assert [mark["aria-label"] for mark in page.header.find_all(attrs={"role": "img"})] == [
        "Det breda märket", "Det lilla märket", "Ett torn",
    ]  # fmt: skip
    assert page.header.find(class_="motto").text == "Vi kan"
    assert "Syns inte" not in page.header.text


def test_a_short_paper_has_no_cover_page() -> None:
    short = covered(contents=False)
    file = python_docx.Document(BytesIO(docx.write(short, language="sv")))
    assert file.paragraphs[1].style.name == "Short Title"
    assert len(pikepdf.open(BytesIO(pdf.write(short, language="sv"))).pages) <= 2


def test_a_photograph_stands_in_word_as_the_file_it_came_as() -> None:
    photograph = png(40, 20)
    data = base64.b64encode(photograph).decode()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        f'<image width="40" height="20" href="data:image/png;base64,{data}"/></svg>'
    )
    file = python_docx.Document(BytesIO(docx.write(covered(picture=Figure(svg, "Foto")), language="sv")))
    blobs = [part.blob for part in file.part.package.iter_parts() if part.partname.startswith("/word/media")]
    assert photograph in blobs


def test_a_frozen_document_keeps_its_cover() -> None:
    document = covered()
    assert from_data(to_data(document)) == document
    assert "Ett torn" in plain_text(document)
    older = {name: value for name, value in to_data(document).items() if name not in {"motto", "logotypes", "picture"}}
    assert from_data(older).picture is None


# ---- from the plan's rows


@pytest.fixture
def year(db: None) -> Year:
    load_places()
    return make_year("21")


def add(year: Year, **more: object) -> Picture:
    given = {"name": "x.svg", "content": SVG, "alt": "En ruta", **more}
    return add_picture(by=BOSS, at=AT, plan=year.plan, **given)  # type: ignore[arg-type]


def test_a_plans_pictures_stand_on_the_cover_and_not_in_the_text(year: Year) -> None:
    change_plan(by=BOSS, at=AT, plan=year.plan, motto="Tillsammans", dated_on=AT.date(), case_number="RS 1")
    add(year, place="cover", caption="Bildtext")
    add(year, place="logotype", alt="Märke ett")
    add(year, place="logotype", alt="Märke två")
    inside = add(year, alt="I texten")
    document = compile_plan(year.plan, at=AT).document
    assert document.picture is not None
    assert (document.picture.alt, document.picture.caption) == ("En ruta", "")
    assert [one.alt for one in document.logotypes] == ["Märke ett", "Märke två"]
    assert [one.alt for one in document.blocks if isinstance(one, Figure)][:1] == ["I texten"]
    assert document.motto == plain("Tillsammans")
    said = [line[0].text for line in document.cover]
    assert "RS 1" in said
    assert any(re.fullmatch(r"\d+ \w+ 2024", line) for line in said)
    assert "Bilder" not in plain_text(document).partition("Det som inte är med här")[2]
    change_picture(by=BOSS, at=AT, picture=inside, alt="Nu på omslaget", place="logotype")
    assert [one.place for one in plan_facts(Plan.objects.get(pk=year.plan.pk)).pictures].count("logotype") == 3


def test_there_is_one_cover_picture_and_it_stands_in_no_chapter(year: Year) -> None:
    first = add(year, place="cover")
    other = add(year)
    with pytest.raises(Invalid, match="cover_taken"):
        add(year, place="cover")
    with pytest.raises(Invalid, match="cover_taken"):
        change_picture(by=BOSS, at=AT, picture=other, alt="En ruta", place="cover")
    with pytest.raises(Invalid, match="picture_place"):
        add(year, place="logotype", area=year.area)
    with pytest.raises(Invalid, match="unknown_choice"):
        add(year, place="bottom")
    assert change_picture(by=BOSS, at=AT, picture=first, alt="En ruta", place="cover").place == "cover"
