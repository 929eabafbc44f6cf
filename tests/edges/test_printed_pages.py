"""How the pages look: what shares a page, what stays together, how wide columns are. Each test is a fault once seen."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import docx as python_docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from samplan.domain.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    Text,
    plain,
)
from samplan.edges.reports.writers import docx, html, pdf
from samplan.edges.reports.writers.fitting import POINT_MM, ems, fit, groups
from samplan.edges.reports.writers.paging import openings
from samplan.edges.reports.writers.tidy import on_cover, tidy
from tests.edges.swedish_report import chart

SENTENCE = "Kommunerna och regionen arbetar tillsammans för att fler ska få stöd i tid. "


def pages(blocks: tuple[Block, ...], title: str = "Planen", **more: Any) -> list[Any]:
    """The pages of the text in PDF, without cover and contents."""
    paper = pdfplumber.open(BytesIO(pdf.write(Document(title, "sv", blocks, **more), language="sv")))
    return paper.pages[2:]


def chapter(n: int, sentences: int, *more: Block) -> tuple[Block, ...]:
    text = Paragraph(plain(f"Början{n} " + SENTENCE * sentences), f"p{n}")
    return (Heading(1, plain(f"Kapitel{n}"), f"h{n}", number=str(n)), text, *more)


def paragraphs(document: Document) -> list[Any]:
    return list(python_docx.Document(BytesIO(docx.write(document, language="sv"))).paragraphs)


def matrix(rows: int = 4, key: str = "m") -> Table:
    head = tuple(Cell(plain(words), header=True) for words in ("Aktivitet", "Nuläge", "Mål", "Ansvar"))
    row = tuple(Cell(plain(SENTENCE * n)) for n in (4, 1, 2, 1))
    return Table("Aktiviteter", head, (row,) * rows, key=key, landscape=True)


def test_short_chapters_share_a_page_and_none_begins_at_its_foot() -> None:
    made = pages(tuple(block for n in range(1, 13) for block in chapter(n, 9)))
    assert len(made) <= 4
    sizes = [(char["size"], char["top"]) for page in made for char in page.chars]
    assert all(top < 0.85 * made[0].height for size, top in sizes if size > 19)


def test_no_page_is_blank_and_every_footnote_stands_on_its_page() -> None:
    blocks: list[Block] = []
    for n in range(1, 11):
        noted = (Text(f"Ord{n}x", footnote=f"Not{n}x " + SENTENCE * 3), Text(SENTENCE * 6))
        parts = (Heading(2, plain("Del"), f"d{n}"), Paragraph(noted, f"q{n}"), Paragraph(plain(SENTENCE * 4), f"r{n}"))
        blocks += chapter(n, 3 + n % 4 * 5, *parts)
    made = [page.extract_text() for page in pages(tuple(blocks))]
    for n in range(1, 11):
        at = {
            word: [page for page, text in enumerate(made) if re.search(rf"{word}{n}x", text)] for word in ("Ord", "Not")
        }
        assert at["Ord"] == at["Not"], n
    assert all(len(text) > 600 for text in made[:-1])


def test_a_chapters_opening_stays_together_in_word() -> None:
    opening = (
        *chapter(5, 2),
        Heading(2, plain("Del"), "d"),
        *(Paragraph(plain(SENTENCE * 4), f"k{n}") for n in range(9)),
    )
    blocks = (*chapter(1, 3), *chapter(2, 60, Paragraph(plain("Efter"), "e")), *chapter(3, 2), *opening)
    made = openings(blocks)
    assert (made["h1"], made["h2"], made["h3"]) == (("h1", "p1"), ("h2",), ("h3", "p3"))
    assert made["h5"][:4] == ("h5", "p5", "d", "k0")
    assert "k8" not in made["h5"]
    found = [one for one in paragraphs(Document("T", "sv", blocks)) if one.text.strip()]
    said = {one.text[:10]: one.paragraph_format for one in found if not one.style.name.startswith("toc")}
    assert said["1 Kapitel1"].page_break_before is None, "the first chapter begins a page, as its style says"
    assert said["2 Kapitel2"].page_break_before is False
    kept = [one.paragraph_format.keep_with_next for one in found[-11:]]
    assert kept[0]
    assert kept[-1] is None


def test_a_label_runs_into_its_text_and_stands_above_a_list() -> None:
    def label(text: Inline, key: str) -> Paragraph:
        return Paragraph(text, key, style="label")

    items = tuple((Paragraph(plain(f"Punkt {n}"), f"i{n}"),) for n in range(2))
    blocks = (
        label((Text("Syfte", bold=True),), "a"), Paragraph(plain("Att nå fler."), "b"),
        label((Text("Gävle", bold=True), Text("\u00a0", made_up=True)), "c"), Paragraph(plain("Vi började."), "d"),
        label((Text("Vad hände?", bold=True),), "e"), Paragraph(plain("Mycket."), "f"),
        label((Text("Mål", bold=True),), "g"), ListBlock(items, key="h"),
        ListBlock(((Paragraph((Text("Läge: ", bold=True), Text("pågår")), "j"),),), key="k", bare=True),
        label((Text("Sist", bold=True),), "l"),
    )  # fmt: skip
    document = Document("T", "sv", blocks, contents=False)
    found = {one.text: one.style.name for one in paragraphs(document) if one.text}
    assert list(found)[-8:] == [
        "Syfte: Att nå fler.", "Gävle:ex. Vi började.", "Vad hände? Mycket.", "Mål", "Punkt 0", "Punkt 1",
        "Läge: pågår", "Sist",
    ]  # fmt: skip
    assert (found["Mål"], found["Läge: pågår"], found["Punkt 0"]) == ("Label", "Fact", "List Bullet")
    paper = pdfplumber.open(BytesIO(pdf.write(document, language="sv"))).pages[0].extract_text()
    assert "Syfte: Att nå fler." in paper
    assert not re.search("•.*Läge", paper)
    assert "<strong>Syfte:</strong> Att nå fler." in html.write_page(document, language="sv")
    # On the screen where passages are edited each stays a block of its own.
    assert [piece.key for piece in html.write_pieces(document, language="sv")[0]] == list("abcdefghkl")
    assert [block.key for block in tidy(document, language="sv").document.blocks] == list("abcdefghkl")


def test_columns_get_their_width_from_what_they_hold() -> None:
    def row(*texts: str) -> tuple[Cell, ...]:
        return tuple(Cell(plain(text)) for text in texts)

    places = [row("Söderhamn", SENTENCE * 6, "27 maj 2021"), row("Region Gävleborg", SENTENCE, "\u2013")]
    fitted = fit(Table("", row("Part", "Vad", "När"), tuple(places)))
    part, what, when = (share * fitted.width for share in fitted.shares)
    assert what > 2 * part > 0
    for width, text in ((part, "Region Gävleborg"), (when, "27 maj 2021")):
        assert width >= ems(text) * fitted.size * POINT_MM
    assert not fitted.turned
    tall = fit(matrix())
    assert tall.shares[0] > tall.shares[2] > tall.shares[1]


def test_heads_and_sums_stay_whole_in_bold() -> None:
    bold = 1.08
    steps = (Cell(plain(SENTENCE * 5)), Cell(plain("2023")), Cell(plain("–")))
    narrow = fit(Table("", tuple(Cell(plain(word)) for word in ("Aktivitet", "Tidsplan", "Ansvar")), (steps,) * 4))
    for share, word in zip(narrow.shares[1:], ("Tidsplan", "Ansvar"), strict=True):
        assert share * narrow.width >= bold * ems(word) * narrow.size * POINT_MM
    amounts = tuple((Cell(plain(SENTENCE)), Cell(plain("2\u00a0000\u00a0000\u00a0kr"), "right")) for _row in range(6))
    total = (Cell(plain("Summa")), Cell(plain("352\u00a0422\u00a0628\u00a0kr"), "right"))
    money = fit(Table("", (Cell(plain("Område")), Cell(plain("Belopp"))), amounts, total))
    assert money.shares[1] * money.width >= bold * ems("352\u00a0422\u00a0628\u00a0kr") * money.size * POINT_MM


def test_a_high_table_on_turned_paper_may_be_broken_so_that_its_heading_is_not_left_alone() -> None:
    assert fit(matrix(2)).whole
    assert not fit(matrix(4)).whole
    assert fit(matrix(4)).rows_whole


def test_eight_columns_of_kronor_still_stand_upright() -> None:
    head = tuple(Cell(plain(words)) for words in ("Område", "Direktiv", "Insats", "Tjänst", "Köp", "Summa"))
    row = (Cell(plain("Samsjuklighet")), *(Cell(plain("2\u00a0400\u00a0000\u00a0kr", made_up=True), "right"),) * 5)
    assert not fit(Table("", head, (row,) * 5)).turned


def test_turned_pages_hold_what_belongs_to_them_and_no_more() -> None:
    lone = Paragraph(plain("Området har inga egna aktiviteter."), "lone")
    blocks = (
        *chapter(1, 2), Heading(2, plain("Före"), "before"), Paragraph(plain("Kort."), "short"),
        Heading(1, plain("Aktivitetsplan"), "plan"), Heading(2, plain("A"), "a"), lone, matrix(key="m1"),
        Heading(2, plain("B"), "b"), matrix(key="m2"), Heading(2, plain("C"), "c"), Paragraph(plain("Inget."), "none"),
        *chapter(2, 4),
    )  # fmt: skip
    parted = [(turned is not None, [block.key for block in held]) for turned, held in groups(blocks)]
    assert parted == [
        (False, ["h1", "p1", "before", "short"]),
        (True, ["plan", "a", "lone", "m1", "b", "m2", "c", "none"]),
        (False, ["h2", "p2"]),
    ]
    made = pages(blocks)
    lying = [page for page in made if page.width > page.height]
    assert "Aktivitetsplan" in lying[0].extract_text()
    assert "Inget." in lying[-1].extract_text()
    sections = python_docx.Document(BytesIO(docx.write(Document("T", "sv", blocks), language="sv"))).sections
    assert [one.page_width > one.page_height for one in sections] == [False, False, True, False]


def test_the_front_of_a_word_file_stands_upright_before_a_turned_table() -> None:
    for contents in (True, False):
        document = Document("T", "sv", (matrix(),), contents=contents)
        first = python_docx.Document(BytesIO(docx.write(document, language="sv"))).sections[0]
        assert first.page_width < first.page_height


@pytest.mark.parametrize("title", ["Plan", "En länsgemensam handlingsplan för psykisk hälsa i hela länet " * 2])
def test_the_running_head_is_one_line(title: str) -> None:
    heading = Heading(1, plain("Ett kapitel med ett mycket långt namn om psykisk hälsa och samverkan " * 2), "a")
    page = pages((heading, Paragraph(plain("Text."), "b")), title=title)[0]
    assert len({round(char["top"]) for char in page.chars if char["top"] < 60}) == 1


def test_a_year_is_not_left_alone_on_the_cover() -> None:
    assert on_cover("Handlingsplan för Gävleborg 2023") == "Handlingsplan för Gävleborg\u00a02023"
    assert on_cover("Årsrapport 2024") == "Årsrapport 2024"
    assert on_cover("Vår gemensamma handlingsplan") == "Vår gemensamma handlingsplan"


def test_cells_begin_at_the_top_of_their_row_in_word() -> None:
    document = Document("T", "sv", (matrix(),), contents=False)
    table = python_docx.Document(BytesIO(docx.write(document, language="sv"))).tables[0]
    sides = [[cell._tc.find(f".//{qn('w:vAlign')}").get(qn("w:val")) for cell in row.cells] for row in table.rows]
    assert [set(row) for row in sides] == [{"bottom"}, *[{"top"}] * 4]


def test_a_high_picture_does_not_stand_with_its_chapters_heading_for_ever() -> None:
    tower = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 300"><rect width="100" height="300"/></svg>'
    blocks = (
        *chapter(1, 1),
        Figure(tower, "Torn", "Bild", "f"),
        *chapter(2, 1),
        Figure(chart(), "Staplar", "Bild", "g"),
    )
    assert openings(blocks) == {"h1": ("h1", "p1"), "h2": ("h2", "p2", "g")}


def test_a_contents_list_a_little_too_long_for_its_page_stands_closer() -> None:
    blocks: list[Block] = []
    for n in range(1, 22):
        blocks += chapter(n, 1)
        blocks += [Heading(2, plain(f"Del {n}"), f"d{n}"), Paragraph(plain("Text."), f"e{n}")]
    paper = pdfplumber.open(BytesIO(pdf.write(Document("Planen", "sv", tuple(blocks)), language="sv")))
    assert "21 Kapitel21" in paper.pages[1].extract_text()
    assert "Början1 " in paper.pages[2].extract_text()
    gaps = []
    for count in (4, 20, 40):
        headings = tuple(block for n in range(count) for block in chapter(n, 1))
        headings += tuple(Heading(2, plain(f"Del {n}"), f"x{n}") for n in range(16 if count == 20 else 0))
        file = python_docx.Document(BytesIO(docx.write(Document("T", "sv", headings), language="sv")))
        gaps.append(file.styles["toc 1"].paragraph_format.space_before.pt)
    assert gaps == [6, 4, 6], "close only where that saves the page"


def test_the_word_file_is_todays_and_nothing_in_it_is_anothers() -> None:
    content = docx.write(Document("T", "sv", chapter(1, 1)), language="sv")
    file = python_docx.Document(BytesIO(content))
    modes = {one.get(qn("w:name")): one.get(qn("w:val")) for one in file.settings.element.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15", "Word says nothing of a compatibility mode"
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
        assert b"Microsoft" not in parts.read("docProps/app.xml")
    assert (file.core_properties.author, file.core_properties.language) == ("Samplan", "sv-SE")
