"""The reader of Word files: every `w:t` once and in order, and what the file says of each paragraph."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samplan.domain.reading.source import Block, Part, SourceDocument, Table, blocks_of, count, in_order
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.readers import docx
from tests.reading.word_files import (
    END,
    begin,
    box,
    cell,
    control,
    field,
    level,
    p,
    r,
    row,
    style,
    t,
    table,
    texts_of,
    word,
)


def read(content: bytes) -> SourceDocument:
    document = docx.read(content, "plan.docx", lambda _done, _of: None)
    joined = "".join(piece.text for piece in in_order(document.parts))
    assert "".join(joined.split()) == texts_of(content)
    assert document.characters == count(joined)
    return document


def text(block: Block) -> str:
    return "".join(piece.text for piece in block.pieces)


def told(parts: tuple[Part, ...]) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.number, text(block)) for block in blocks_of(parts)]


def cells(part: Part) -> list[list[tuple[int, int, int, str]]]:
    assert isinstance(part, Table)
    return [
        [(one.column, one.columns, one.rows, "|".join(text(block) for block in one.blocks)) for one in line.cells]
        for line in part.rows
    ]


STYLES = (
    style("Rubrik1", "heading 1", '<w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="32"/>')
    + style("Rubrik2", "heading 2", "", '<w:sz w:val="26"/>')
    + style("Omrade", "Eget område", based="Rubrik2")
    + style("Inte", "Ser ut som rubrik", '<w:outlineLvl w:val="9"/>', based="Rubrik1")
    + style("Disposition", "Med nivå", '<w:outlineLvl w:val="2"/>')
    + style("Rubrik", "Title")
    + style("Innehll1", "toc 1")
    + style("Innehllsfrteckningsrubrik", "TOC Heading", based="Rubrik1")
    + style("Beskrivning", "caption")
    + style("Punktlista2", "List Bullet 2")
    + style("Rund", "circles a", based="Rund2")
    + style("Rund2", "circles b", based="Rund")
)


@pytest.mark.parametrize(
    ("name", "kind", "depth"),
    [
        ("Rubrik1", "heading", 1),
        ("Rubrik2", "heading", 2),
        ("Omrade", "heading", 2),
        ("Inte", "paragraph", 0),
        ("Disposition", "heading", 3),
        ("Rubrik", "heading", 0),
        ("Innehll1", "furniture", 0),
        ("Innehllsfrteckningsrubrik", "furniture", 0),
        ("Beskrivning", "caption", 0),
        ("Punktlista2", "item", 2),
        ("Rund", "paragraph", 0),
        ("Saknas", "paragraph", 0),
    ],
)
def test_styles_tell_what_a_paragraph_is(name: str, kind: str, depth: int) -> None:
    (block,) = read(word(p("Ett område", style=name), styles=STYLES)).parts
    assert isinstance(block, Block)
    assert (block.kind, block.level) == (kind, depth)
    assert block.sure == (kind in ("heading", "item"))


def test_an_outline_level_in_the_paragraph_goes_before_its_style() -> None:
    body = p("Ett", properties='<w:outlineLvl w:val="1"/>') + p(
        "Två", style="Rubrik1", properties='<w:outlineLvl w:val="9"/>'
    )
    assert told(read(word(body, styles=STYLES)).parts) == [("heading", 2, "", "Ett"), ("paragraph", 0, "", "Två")]


def test_the_title_is_the_paragraph_in_the_style_for_titles() -> None:
    document = read(word(p("Handlingsplan ", "2024", style="Rubrik") + p("Text"), styles=STYLES))
    assert document.title == "Handlingsplan 2024"
    assert isinstance(document.parts[0], Block)
    assert document.parts[0].style == "title"


@pytest.mark.parametrize("look", ["<w:b/>", "<w:caps/>", '<w:u w:val="single"/>'])
def test_headings_made_with_the_hand_show_how_they_look(look: str) -> None:
    body = p(r("Mål", look + '<w:sz w:val="28"/>'), r(" "), r("2024", look + '<w:sz w:val="28"/>')) + p(r("Text"))
    marked, plain = read(word(body)).parts
    assert isinstance(marked, Block)
    assert isinstance(plain, Block)
    assert (marked.bold, marked.size, plain.bold, plain.size) == (True, 14.0, False, None)


def test_a_bold_word_makes_no_bold_paragraph_and_a_switch_can_be_off() -> None:
    body = p(r("Mål", "<w:b/>"), "text") + p(r("Vanlig", '<w:b w:val="0"/>'), style="Rubrik1")
    first, second = read(word(body, styles=STYLES)).parts
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.bold, second.bold, second.size) == (False, False, 16.0)


NUMBERS = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "%1")
    + level(1, "decimal", "%1.%2")
    + level(2, "decimal", "%1.%2.%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "lowerLetter", "%1)")
    + level(1, "upperRoman", "%2.")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "bullet", "–")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/>'
    "</w:lvlOverride></w:num>"
)


def numbered(words: str, number: int, depth: int, name: str = "") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(words, style=name, properties=properties)


def test_numbers_that_are_no_characters_are_told_with_all_their_levels() -> None:
    depths = [0, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(numbered("Rubrik", 1, depth, "Rubrik1") for depth in depths)
    parts = read(word(body, styles=STYLES, numbering=NUMBERS)).parts
    assert [number for _, _, number, _ in told(parts)] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1"]
    assert {kind for kind, *_ in told(parts)} == {"heading"}


def test_items_have_their_mark_and_their_depth() -> None:
    places = [(2, 0), (2, 0), (2, 1), (3, 0), (3, 1), (2, 0), (4, 0)]
    body = "".join(numbered("punkt", number, depth) for number, depth in places)
    parts = read(word(body, numbering=NUMBERS)).parts
    assert [(kind, depth, number) for kind, depth, number, _ in told(parts)] == [
        ("item", 1, "a)"),
        ("item", 1, "b)"),
        ("item", 2, "I."),
        ("item", 1, "•"),
        ("item", 2, "–"),
        ("item", 1, "c)"),
        ("item", 1, "7"),
    ]


def test_a_style_brings_its_numbering_and_a_paragraph_can_take_it_away() -> None:
    styles = style("R1", "heading 1", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "R2", "heading 2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    )
    body = (
        p("Ett", style="R1")
        + p("Två", style="R2")
        + p("Tre", style="R2", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert [number for _, _, number, _ in told(read(word(body, styles=styles, numbering=NUMBERS)).parts)] == [
        "1",
        "1.1",
        "",
    ]


def test_a_list_that_only_names_a_style_counts_with_it() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Lista"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>'
    )
    linked = style("Lista", "Lista", '<w:numPr><w:numId w:val="2"/></w:numPr>').replace("paragraph", "numbering")
    content = word(numbered("punkt", 8, 0), styles=linked, numbering=lists + NUMBERS)
    assert told(read(content).parts) == [("item", 1, "a)", "punkt")]


def test_merged_cells() -> None:
    body = table(
        row(cell("Insatsområde", span=3)),
        row("Aktivitet", "Nuläge", "Mål", head=True),
        row(cell("Utbilda", merge="restart"), "Saknas", "Alla"),
        row(cell("", merge="continue"), "Finns", "Flera"),
        row(cell("", merge="continue"), cell("Båda", span=2)),
    )
    (part,) = read(word(body)).parts
    assert cells(part) == [
        [(0, 3, 1, "Insatsområde")],
        [(0, 1, 1, "Aktivitet"), (1, 1, 1, "Nuläge"), (2, 1, 1, "Mål")],
        [(0, 1, 3, "Utbilda"), (1, 1, 1, "Saknas"), (2, 1, 1, "Alla")],
        [(1, 1, 1, "Finns"), (2, 1, 1, "Flera")],
        [(1, 2, 1, "Båda")],
    ]
    assert isinstance(part, Table)
    assert [line.head for line in part.rows] == [False, True, False, False, False]


def test_text_in_a_covered_cell_stays_with_the_cell_that_covers_it() -> None:
    body = table(row(cell("Ett", merge="restart"), "x"), row(cell("Två", merge="continue"), "y"))
    (part,) = read(word(body)).parts
    assert cells(part) == [[(0, 1, 2, "Ett|Två"), (1, 1, 1, "x")], [(1, 1, 1, "y")]]


def test_a_head_that_comes_again_is_a_repeated_head() -> None:
    head = ("Aktivitet", "Mål")
    (part,) = read(word(table(row(*head), row("Utbilda", "Alla"), row(*head), row("Besöka", "Flera")))).parts
    assert isinstance(part, Table)
    assert [(line.head, line.repeated) for line in part.rows] == [
        (True, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_frame_and_a_table_in_a_cell_its_blocks() -> None:
    inner = table(row("Ett", "Två"))
    framed, nested = word(table(row(cell(p("Ruta") + inner)))), word(table(row(cell(inner + p()), "Tre")))
    assert told(read(framed).parts)[0] == ("paragraph", 0, "", "Ruta")
    assert cells(read(framed).parts[1]) == [[(0, 1, 1, "Ett"), (1, 1, 1, "Två")]]
    assert cells(read(nested).parts[0]) == [[(0, 1, 1, "Ett|Två"), (1, 1, 1, "Tre")]]


def test_rows_and_cells_in_wrappers_are_rows_and_cells() -> None:
    wrapped = control(f"<w:tr>{control(cell('Ett'))}{cell('Två')}</w:tr>")
    (part,) = read(word(f"<w:tbl>{wrapped}{row('Tre', 'Fyra')}</w:tbl>")).parts
    assert [[words for *_, words in line] for line in cells(part)] == [["Ett", "Två"], ["Tre", "Fyra"]]


def test_links_in_both_forms() -> None:
    body = p(
        '<w:hyperlink r:id="k1">' + r("här") + "</w:hyperlink>",
        field(' HYPERLINK "https://b.example/?a=1&amp;b" ', r("där")),
    )
    (block,) = read(word(body, links={"k1": "https://a.example/"})).parts
    assert isinstance(block, Block)
    assert (text(block), block.links) == ("härdär", ("https://a.example/", "https://b.example/?a=1&b"))


def test_a_contents_list_is_furniture_wherever_its_field_goes() -> None:
    body = p(begin('TOC \\o "1-3"'), "Syfte 1") + p("Mål 2") + p(END, "Syfte") + p("Text")
    assert [kind for kind, *_ in told(read(word(body)).parts)] == ["furniture", "furniture", "paragraph", "paragraph"]


def test_a_contents_list_that_never_ends_swallows_nothing() -> None:
    body = p(begin("TOC"), "Syfte") + p("Text")
    assert [kind for kind, *_ in told(read(word(body)).parts)] == ["paragraph", "paragraph"]


def test_a_contents_list_in_a_control_is_furniture_and_other_controls_are_text() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = control(p("Innehåll"), gallery) + control(p("Text", control(r(" i fält"))))
    assert told(read(word(body)).parts) == [("furniture", 0, "", "Innehåll"), ("paragraph", 0, "", "Text i fält")]


def test_heads_feet_notes_and_comments() -> None:
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    document = read(
        word(
            p("Text", reference, comment),
            footnotes=f'<w:footnote w:id="3">{p("Andra")}</w:footnote><w:footnote w:id="5">{p("Första")}</w:footnote>',
            endnotes=f'<w:endnote w:id="1">{p("Slut")}</w:endnote>',
            comments=f'<w:comment w:id="0" w:author="A">{p("Kolla")}</w:comment>',
            header=p("Huvud") + table(row("a", "b")),
            footer=p("Sida ", field("PAGE", r("1"))),
        )
    )
    assert [(block.kind, block.label, text(block)) for block in blocks_of(document.parts)] == [
        ("paragraph", "", "Text"),
        ("furniture", "", "Huvud"),
        ("furniture", "", "a"),
        ("furniture", "", "b"),
        ("furniture", "", "Sida 1"),
        ("note", "2", "Andra"),
        ("note", "1", "Första"),
        ("note", "", "Slut"),
        ("comment", "1", "Kolla"),
    ]
    assert [piece.at.line for piece in in_order(document.parts)] == list(range(1, 10))


def test_a_box_stands_by_its_paragraph_and_its_copy_is_a_double() -> None:
    parts = read(word(p("Före ", box(p("I rutan")), "efter") + p(box(p("Först")), "Sist"))).parts
    assert [(kind, words) for kind, _, _, words in told(parts)] == [
        ("paragraph", "Före efter"),
        ("paragraph", "I rutan"),
        ("double", "I rutan"),
        ("paragraph", "Först"),
        ("double", "Först"),
        ("paragraph", "Sist"),
    ]
    assert [piece.text for piece in in_order(parts)][:4] == ["Före ", "I rutan", "I rutan", "efter"]
    assert [piece.at.line for piece in in_order(parts)] == [1, 2, 3, 1, 5, 6, 4]


def test_marked_changes() -> None:
    body = p(
        "Kvar ",
        f"<w:ins>{r('nytt ')}</w:ins>",
        "<w:del><w:r><w:delText>borta</w:delText></w:r></w:del>",
        f"<w:moveFrom>{r('flyttat ')}</w:moveFrom>",
        "slut",
    ) + p(f"<w:moveTo>{r('flyttat ')}</w:moveTo>")
    assert [(kind, words) for kind, _, _, words in told(read(word(body)).parts)] == [
        ("paragraph", "Kvar nytt slut"),
        ("double", "flyttat "),
        ("paragraph", "flyttat "),
    ]


def test_hidden_text_is_told_apart() -> None:
    parts = read(word(p("Syns", r("inte", "<w:vanish/>"), " alls"))).parts
    assert [(kind, words) for kind, _, _, words in told(parts)] == [("paragraph", "Syns alls"), ("hidden", "inte")]


def test_words_do_not_run_together() -> None:
    body = p(
        f"<w:r>{t('icke')}<w:noBreakHyphen/>{t('våld')}<w:tab/>{t('Mål')}<w:br/>{t('sjuk')}<w:softHyphen/>{t('vård')}</w:r>"
    )
    assert told(read(word(body)).parts) == [("paragraph", 0, "", "icke våld\tMål\nsjukvård")]


def test_a_picture_is_told_with_what_is_written_about_it() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Karta över länet"/></wp:inline></w:drawing></w:r>'
    )
    parts = read(word(p("Text", drawing))).parts
    assert [(block.kind, block.label, block.pieces != ()) for block in blocks_of(parts)] == [
        ("paragraph", "", True),
        ("picture", "Karta över länet", False),
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<w:r>{t('utan stycke')}</w:r>",
        t("bara text"),
        f"<w:p><w:pPr>{r('i egenskaper')}</w:pPr></w:p>",
        f"<w:tbl>{p('i tabell')}<w:tr>{p('i rad')}{cell('cell')}</w:tr></w:tbl>",
        p("<w:r><w:t>ett<w:b/>två</w:t></w:r>"),
        f"<w:p>{p('stycke i stycke')}{table(row('a', 'b'))}</w:p>",
    ],
)
def test_text_where_none_belongs_is_still_text(body: str) -> None:
    document = docx.read(word(body), "x", lambda _done, _of: None)
    assert document.characters == sum(count(piece.text) for piece in in_order(document.parts)) > 5


def test_the_strict_variety_and_macros() -> None:
    content = word(p("Text"), extra={"word/vbaProject.bin": b"x"})
    assert read(content).notices == (("macros", ""),)
    strict = word(p("Rubrik", style="Rubrik1"), styles=STYLES)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(strict)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            data = data.replace(
                b"schemas.openxmlformats.org/wordprocessingml/2006/", b"purl.oclc.org/ooxml/wordprocessingml/"
            )
            data = data.replace(
                b"schemas.openxmlformats.org/officeDocument/2006/", b"purl.oclc.org/ooxml/officeDocument/"
            )
            target.writestr(entry, data)
    assert told(read(made.getvalue()).parts) == [("heading", 1, "", "Rubrik")]


def test_a_file_without_text_is_empty() -> None:
    with pytest.raises(Unreadable, match="empty"):
        docx.read(word(p() + p(" ")), "x", lambda _done, _of: None)


words = st.text("abcåäöÅ 0.–\u00a0\u00ad€😀", min_size=1, max_size=12)
runs = st.recursive(
    words.map(r),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join).map(lambda x: f"<w:ins>{x}</w:ins>"),
        st.lists(inner, max_size=3).map("".join).map(lambda x: f"<w:moveFrom>{x}</w:moveFrom>"),
        st.lists(inner, max_size=3).map("".join).map(control),
        inner.map(lambda x: field("HYPERLINK &quot;https://a.example&quot;", x)),
        inner.map(lambda x: box(p(x))),
        words.map(lambda x: r(x, "<w:vanish/>")),
    ),
    max_leaves=6,
)
paragraphs = st.lists(runs, max_size=4).map(lambda x: p(*x))
bodies = st.recursive(
    paragraphs,
    lambda inner: st.one_of(
        st.lists(st.lists(inner.map(cell), min_size=1, max_size=3), min_size=1, max_size=3).map(
            lambda rows: table(*(row(*one) for one in rows))
        ),
        st.lists(inner, max_size=3).map("".join).map(control),
        inner.map(lambda x: p("Före", box(x), "efter")),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(bodies, max_size=4), paragraphs, paragraphs)
def test_nothing_is_lost_and_nothing_changes_place(body: list[str], header: str, note: str) -> None:
    content = word("".join(body) + p("slut"), header=header, footnotes=f'<w:footnote w:id="1">{note}</w:footnote>')
    read(content)
