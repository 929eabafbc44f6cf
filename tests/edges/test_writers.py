"""The three writers say what the document says: opened again, counted and compared."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

import docx as python_docx
import pikepdf
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samplan.domain.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Source,
    Table,
    Text,
    plain,
    text_of,
    walk,
)
from samplan.domain.markup import parse
from samplan.edges.reports.writers import docx, html, pdf
from samplan.edges.reports.writers.fitting import LANDSCAPE_MM, fit
from samplan.edges.reports.writers.tidy import heading_text, safe_svg, sources, tidy
from samplan.edges.reports.writers.word_xml import png
from tests.edges.swedish_report import big_report, chart, wide_table

NASTY = "😀 \uf0b7 العربية \x00 ]]> <script>alert(1)</script> &\ufffe\ud800 #let x = 1 $x$ \\ {{ }} \u202e a\u0301 日"


@pytest.fixture(scope="module")
def report() -> Document:
    return big_report(areas=3, directives=2)


@pytest.fixture(scope="module")
def word(report: Document) -> bytes:
    return docx.write(report, language="sv")


@pytest.fixture(scope="module")
def paper(report: Document) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.write(report, language="sv")))


def headings(document: Document) -> list[Heading]:
    return [block for block in document.blocks if isinstance(block, Heading)]


def tables(document: Document) -> list[Table]:
    return [block for block in walk(document.blocks) if isinstance(block, Table)]


def figures(document: Document) -> list[Figure]:
    return [block for block in walk(document.blocks) if isinstance(block, Figure)]


def rows(table: Table) -> list[tuple[Cell, ...]]:
    return [table.head, *table.rows, *([table.total] if table.total else [])]


def marked(cell: Cell) -> str:
    return "".join(run.text + ("ex." if run.made_up else "") for run in cell.content)


# ---- Word


def test_word_has_real_headings_in_the_documents_order(report: Document, word: bytes) -> None:
    found = [
        (int(p.style.name[-1]), p.text)
        for p in python_docx.Document(BytesIO(word)).paragraphs
        if p.style.name.startswith("Heading")
    ]
    assert found == [(heading.level, heading_text(heading)) for heading in headings(report)]


def test_word_has_every_cell_and_repeats_the_heads(report: Document, word: bytes) -> None:
    file = python_docx.Document(BytesIO(word))
    assert len(file.tables) == len(tables(report))
    for written, table in zip(file.tables, tables(report), strict=True):
        cells = [cell.text for cell in written._cells]
        assert cells == [marked(cell) for row in rows(table) for cell in row]
        lines = written._tbl.tr_lst
        assert lines[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(line.trPr.find(qn("w:cantSplit")) is not None for line in lines)


def test_word_has_the_alternative_texts_the_language_and_the_properties(report: Document, word: bytes) -> None:
    file = python_docx.Document(BytesIO(word))
    alts = [element.get("descr") for element in file.element.body.iter(qn("wp:docPr"))]
    assert alts == [figure.alt for figure in figures(report)]
    language = file.styles.element.find(".//" + qn("w:docDefaults")).find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "sv-SE"
    assert (file.core_properties.title, file.core_properties.language) == ("Årsrapport 2024", "sv-SE")


def test_word_has_a_contents_field_that_is_filled_in(report: Document, word: bytes) -> None:
    file = python_docx.Document(BytesIO(word))
    entries = [p.text.rstrip("\t") for p in file.paragraphs if re.fullmatch(r"(?i)toc \d", p.style.name)]
    assert entries == [heading_text(heading) for heading in headings(report) if heading.level <= 3]
    body = file.element.body
    fields = Counter(mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar")))
    assert fields["begin"] == fields["end"] == len(entries) + 1
    assert file.settings.element.find(qn("w:updateFields")) is not None
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(anchors) == len(entries)
    assert set(anchors) <= names


def test_every_paragraph_of_the_word_file_leads_to_its_block_and_row(report: Document, word: bytes) -> None:
    keys = docx.docx_keys(word)
    body = python_docx.Document(BytesIO(word)).element.body
    notes = sum(bool(run.footnote) for b in walk(report.blocks) if isinstance(b, Paragraph) for run in b.content)
    assert len(keys) == len(list(body.iter(qn("w:p")))) + notes
    known = sources(report, language="sv")
    blocks = {block.key: block for block in walk(report.blocks)}
    strangers = [(text, key) for text, key in keys if key not in known and not key.startswith("furniture/")]
    assert strangers == []
    said = {key for _, key in keys}
    assert {b.key for b in walk(report.blocks) if not isinstance(b, ListBlock | Table)} <= said
    for text, key in keys:
        block = blocks.get(key)
        if isinstance(block, Paragraph) and block.style == "lead":
            assert text == text_of(block.content)
            assert known[key] == block.source


def test_a_cells_own_source_wins_over_its_tables() -> None:
    own = Source("questionnaires.answer", "a1")
    table = Table(
        "", (Cell(plain("A")), Cell(plain("B"))), ((Cell(plain("1")), Cell(plain("2"), source=own)),), key="t",
        source=Source("directives.directive", "d1"),
    )  # fmt: skip
    document = Document("Titel", "sv", (table,))
    keys = dict(docx.docx_keys(docx.write(document, language="sv")))
    known = sources(document, language="sv")
    assert known[keys["2"]] == own
    assert known[keys["1"]] == table.source


def test_ordered_lists_count_from_their_own_start() -> None:
    items = parse("2024. Året\n\ntext\n\n1. Ett\n2. Två", base_level=0, key="k")
    file = python_docx.Document(BytesIO(docx.write(Document("T", "sv", items), language="sv")))
    used = [mark.get(qn("w:val")) for mark in file.element.body.iter(qn("w:numId"))]
    assert len(used) == 3
    assert used[0] != used[1] == used[2]
    starts = {
        number.get(qn("w:numId")): number.find(".//" + qn("w:startOverride")).get(qn("w:val"))
        for number in file.part.numbering_part.element.iter(qn("w:num"))
        if number.find(".//" + qn("w:startOverride")) is not None
    }
    assert [starts[number] for number in used] == ["2024", "1", "1"]


# ---- PDF


def structure(paper: pikepdf.Pdf) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    waiting = [paper.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(list(element))
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(element)
            if "/K" in element:
                waiting.append(element.K)
    return found


def test_pdf_declares_what_accessible_pdf_demands(paper: pikepdf.Pdf) -> None:
    assert str(paper.Root.Lang) == "sv"
    assert paper.Root.MarkInfo.Marked
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Årsrapport 2024"
    assert all(str(page.obj.get("/Tabs")) == "/S" for page in paper.pages if "/Annots" in page.obj)


def test_pdf_has_the_documents_headings_tables_and_pictures(report: Document, paper: pikepdf.Pdf) -> None:
    found = structure(paper)
    kinds = Counter(str(element.S) for element in found)
    levels = Counter(heading.level for heading in headings(report))
    assert kinds["/H1"] == levels[1] + 1  # the heading of the contents list
    for level in range(2, 7):
        assert kinds[f"/H{level}"] == levels[level]
    assert kinds["/Table"] == len(tables(report))
    assert kinds["/TH"] == sum(len(table.head) for table in tables(report))
    cells = sum(len(table.head) * (len(rows(table)) - 1) for table in tables(report))
    assert kinds["/TD"] == cells
    alts = [str(element.Alt) for element in found if str(element.S) == "/Figure"]
    assert sorted(alts) == sorted(figure.alt for figure in figures(report))


def test_pdf_has_a_bookmark_for_every_heading(report: Document, paper: pikepdf.Pdf) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[str]:
        return [title for item in items for title in [item.title, *titles(item.children)]]

    with paper.open_outline() as outline:
        assert titles(list(outline.root)) == [heading_text(heading) for heading in headings(report)]


def test_the_same_document_and_time_give_the_same_pdf(report: Document) -> None:
    assert pdf.write(report, language="sv", timestamp=1) == pdf.write(report, language="sv", timestamp=1)


def test_a_character_that_no_font_has_becomes_a_box_and_the_rest_stays() -> None:
    blocks = (Paragraph(plain("före 😀 efter"), "a"), Heading(1, plain("Rubrik 日"), "b"))
    paper = pikepdf.open(BytesIO(pdf.write(Document("T", "sv", blocks), language="sv")))
    with paper.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Rubrik □"]


# ---- HTML


def test_html_has_the_same_headings_tables_pictures_and_keys(report: Document) -> None:
    page = BeautifulSoup(html.write_page(report, language="sv"), "html.parser")
    assert page.html["lang"] == "sv"
    assert page.h1.text == page.title.text == "Årsrapport 2024"
    found = [(int(h.name[1]), h.text) for h in page.main.find_all(re.compile("^h[1-6]$")) if h.get("id")]
    assert found == [(heading.level + 1, heading_text(heading)) for heading in headings(report)]
    assert [[c.text for c in t.find_all(["th", "td"])] for t in page.find_all("table")] == [
        [marked(cell) for row in rows(table) for cell in row] for table in tables(report)
    ]
    assert [p["aria-label"] for p in page.find_all(attrs={"role": "img"})] == [f.alt for f in figures(report)]
    assert [e["data-key"] for e in page.main.find_all(attrs={"data-key": True}) if e.get("id")] == [
        block.key for block in walk(report.blocks)
    ]
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = [link["href"][1:] for link in page.find_all("a", href=re.compile("^#"))]
    assert set(targets) <= set(ids)


def test_a_fragment_starts_at_the_level_it_is_given_and_shows_the_notice() -> None:
    document = Document("T", "sv", (Heading(1, plain("R"), "r"), Paragraph(plain("100", made_up=True), "p")))
    fragment = BeautifulSoup(html.write_fragment(document, language="sv", first_level=3), "html.parser")
    assert fragment.h3.text == "R"
    assert fragment.find(class_="notice").text
    assert fragment.find(class_="made-up").text == "ex."


# ---- all three


def test_made_up_figures_are_marked_and_explained_everywhere() -> None:
    document = Document("T", "sv", (Paragraph((Text("Vi höll "), Text("28 kurser", made_up=True)), "p"),))
    texts = [text for text, _ in docx.docx_keys(docx.write(document, language="sv"))]
    assert "Vi höll 28 kurserex." in texts
    ready = tidy(document, language="sv")
    assert text_of(ready.document.notice) in texts
    assert "ex." in BeautifulSoup(html.write_page(document, language="sv"), "html.parser").main.text
    unmarked = replace(document, blocks=(Paragraph(plain("28 kurser"), "p"),))
    assert tidy(unmarked, language="sv").document.notice == ()


def test_unsafe_links_stay_text() -> None:
    document = Document("T", "sv", (Paragraph((Text("klick", link="javascript:alert(1)"),), "p"),))
    assert "javascript" not in html.write_page(document, language="sv")
    file = python_docx.Document(BytesIO(docx.write(document, language="sv")))
    assert not any(relation.is_external for relation in file.part.rels.values())
    assert pdf.write(document, language="sv")


def test_repeated_and_missing_keys_are_told_apart_and_levels_never_skip() -> None:
    blocks = (
        Heading(3, plain("A"), "k"),
        Heading(6, plain("B"), "k"),
        Paragraph(plain("c")),
        Heading(3, plain(" "), "e"),
    )
    ready = tidy(Document("T", "sv", blocks), language="sv").document
    assert [block.key for block in ready.blocks] == ["k", "k~2", "block/3"]
    assert [block.level for block in ready.blocks if isinstance(block, Heading)] == [1, 2]


def test_tables_fit_the_paper() -> None:
    wide = fit(wide_table("t"))
    assert wide.turned
    assert abs(sum(wide.shares) - 1) < 0.01
    assert all(share * LANDSCAPE_MM > 10 for share in wide.shares)
    cells = tuple(Cell(plain(f"1\u00a0{n:03}\u00a0000"), "right") for n in range(49))
    widest = fit(Table("", cells, (cells,) * 3))
    assert widest.paper_mm[0] <= 558
    assert widest.size * 9 * 0.5 * 0.3528 < min(widest.shares) * widest.width
    narrow = fit(Table("", (Cell(plain("A")), Cell(plain("B"))), ()))
    assert (narrow.size, narrow.turned) == (9.0, False)
    document = Document("T", "sv", (wide_table("t"), Paragraph(plain("efter " * 80), "p")))
    pages = pikepdf.open(BytesIO(pdf.write(document, language="sv"))).pages
    assert any(page.mediabox[2] > page.mediabox[3] for page in pages)
    sections = python_docx.Document(BytesIO(docx.write(document, language="sv"))).sections
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]


def test_an_svg_loses_its_scripts_and_nonsense_becomes_its_alternative_text() -> None:
    bad = chart().replace("<title>", '<script>alert(1)</script><a href="https://x.se" onclick="x()"/><title>')
    cleaned = safe_svg(bad)
    assert "Invånare" in cleaned
    assert not re.search("script|onclick|https://x", cleaned)
    document = Document("T", "sv", (Figure("<svg", "En bild", "Text", "f"), Figure("", "Två", "", "g")))
    assert "En bild" in html.write_page(document, language="sv")
    assert "En bild" in [text for text, _ in docx.docx_keys(docx.write(document, language="sv"))]
    assert pdf.write(document, language="sv")


def test_the_picture_in_word_shows_its_text() -> None:
    silent = re.sub(r"<text.*?</text>", "", chart())
    assert len(png(chart())) > len(png(silent)) > 0


def every_kind(text: str, other: str) -> tuple[Block, ...]:
    runs = (Text(text, bold=True, footnote=other), Text(other, italic=True, link=text, made_up=True))
    cell = Cell(runs, "right")
    numbered = ListBlock(((Paragraph(runs),),), ordered=True)
    return (
        Heading(2, runs, text, other),
        Paragraph(runs, other, text),
        ListBlock(((Heading(1, runs), Paragraph(runs)), (), (numbered,)), key=text),
        Table(text, (cell, cell), ((cell,), (cell, cell, cell)), (cell, cell), text, runs),
        Figure(chart().replace("Invånare", other), text, other, text),
        Figure(text, other),
        *parse(text, base_level=2, key=other),
    )


nasty_text = st.one_of(
    st.text(max_size=30),
    st.text(st.sampled_from(NASTY + "*_#|[]()-1.\n "), max_size=30),
    st.just(NASTY),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nasty_text, nasty_text, st.booleans())
def test_no_text_stops_a_writer_or_gets_out_of_its_place(text: str, other: str, contents: bool) -> None:
    document = Document(
        text, "sv", every_kind(text, other), other, (plain(text),), other, plain(other), contents, {"party:1": text}
    )
    assert pdf.write(document, language="sv").startswith(b"%PDF")
    written = docx.write(document, language="sv")
    known = sources(document, language="sv")
    assert all(key in known or key.startswith("furniture/") for _, key in docx.docx_keys(written))
    page = BeautifulSoup(html.write_page(document, language="sv"), "html.parser")
    assert page.find("script") is None
    assert [a for a in page.find_all("a") if a["href"].lower().startswith("javascript")] == []
