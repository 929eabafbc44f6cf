"""The reader of PDF: every drawn character once; order, tables and the sides of pages as a person sees them."""

from __future__ import annotations

import io
from collections import Counter
from itertools import groupby
from typing import Any

import pdfplumber
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samplan.domain.reading.source import Block, SourceDocument, Table, blocks_of, count, in_order
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.readers import pdf as reader
from tests.reading.pdf_files import Sheet, bold, frame, lines, pdf, rule, text, turned

SENTENCES = [
    "Länets parter arbetar tillsammans för att främja psykisk hälsa och",
    "förebygga suicid bland barn och unga. Arbetet utgår från behoven",
    "i länet och följs upp varje år av en gemensam grupp som rapporterar",
    "till ledningen. Kommunerna och regionen bidrar med sina resurser",
    "och tar ansvar för att insatserna når dem som behöver stödet mest.",
]
SHORT = [
    "Arbetet utgår från behoven i",
    "länet och följs upp varje år av",
    "en gemensam grupp som kan",
    "rapportera till ledningen. Var",
    "kommun bidrar med resurser",
    "och tar ansvar för att de når",
    "dem som behöver stöd mest.",
]


def different(page: int) -> list[str]:
    """Lines that no other page has."""
    return [" ".join(sorted(line.split(), key=lambda word: (hash_of(word) * (page + 2)) % 17)) for line in SENTENCES]


def hash_of(word: str) -> int:
    return sum(ord(letter) for letter in word)


def read(content: bytes) -> SourceDocument:
    """The document; its pieces hold what another library finds drawn."""
    document = reader.read(content, "plan.pdf", lambda _done, _of: None)
    found = Counter(char for piece in in_order(document.parts) for char in piece.text if not char.isspace())
    with pdfplumber.open(io.BytesIO(content)) as file:
        drawn = Counter(c for page in file.pages for char in page.chars for c in char["text"] if not c.isspace())
    assert found == drawn
    assert document.characters == sum(drawn.values())
    return document


def by_line(block: Block) -> Any:
    return groupby(block.pieces, key=lambda piece: piece.at)


def said(document: SourceDocument, kind: str = "") -> list[str]:
    return [
        " ".join(" ".join("".join(piece.text for piece in line) for _, line in by_line(block)).split())
        for block in blocks_of(document.parts)
        if not kind or block.kind == kind
    ]


def cells(document: SourceDocument) -> list[list[tuple[int, int, int, str]]]:
    (table,) = [part for part in document.parts if isinstance(part, Table)]
    return [
        [
            (cell.column, cell.columns, cell.rows, " | ".join(" ".join(p.text for p in b.pieces) for b in cell.blocks))
            for cell in row.cells
        ]
        for row in table.rows
    ]


def filled(document: SourceDocument) -> list[list[str]]:
    return [[words for *_, words in row if words] for row in cells(document)]


def test_lines_make_paragraphs_and_headings_stand_out() -> None:
    page = bold(60, 80, "Syfte och mål", 16) + lines(60, 110, SENTENCES)
    document = read(pdf([page], title="Handlingsplan"))
    assert said(document, "heading") == ["Syfte och mål"]
    assert said(document, "paragraph") == [" ".join(SENTENCES)]
    assert document.title == "Handlingsplan"
    assert [piece.at.line for piece in in_order(document.parts)] == [1, 2, 3, 4, 5, 6]
    assert {piece.at.page for piece in in_order(document.parts)} == {1}


def test_words_are_told_by_gaps_where_no_space_is_drawn() -> None:
    letters = ""
    x = 60.0
    for word in ("Mål", "och", "medel"):
        for letter in word:
            letters += text(x, 100, letter)
            x += {"l": 2.4, "M": 9.2, "m": 9.2, "c": 5.5}.get(letter, 6.1)
        x += 3.1
    assert said(read(pdf([letters]))) == ["Mål och medel"]


def test_letters_that_are_spaced_out_are_one_word() -> None:
    page = "BT /F1 11 Tf 3 Tc 1 0 0 1 60 700 Tm (SYFTE) Tj ET\n" + text(
        60, 200, "Vanlig text som följer efter rubriken"
    )
    assert said(read(pdf([page])))[0] == "SYFTE"


def test_the_order_of_drawing_does_not_matter() -> None:
    page = "".join(text(60, 100 + 14 * n, SENTENCES[n]) for n in (3, 0, 4, 2, 1))
    assert said(read(pdf([page])), "paragraph") == [" ".join(SENTENCES)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = SHORT, [line.replace("länet", "regionen") for line in SHORT]
    rows = "".join(
        text(60, 120 + 14 * n, a) + text(310, 120 + 14 * n, b) for n, (a, b) in enumerate(zip(left, right, strict=True))
    )
    page = bold(60, 80, "En rubrik som går över båda spalterna på sidan och är lång", 12) + rows
    assert [piece.text for piece in in_order(read(pdf([page])).parts)][1:] == [*left, *right]


def test_a_letter_drawn_twice_is_a_double() -> None:
    page = text(60, 100, "Mål") + text(60.3, 100, "Mål") + text(60, 130, "Medel")
    document = read(pdf([page]))
    assert said(document, "double") == ["Mål"]
    assert [words for words in said(document) if words == "Mål"] == ["Mål", "Mål"]


def test_letters_that_come_again_beside_are_no_doubles() -> None:
    assert said(read(pdf([text(60, 100, "illa illrar lilla villa", 6)])), "double") == []


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_reads_upright(rotate: int) -> None:
    words = {
        0: lines(60, 100, SENTENCES[:2]),
        90: "".join(turned(100 + 14 * n, 700, SENTENCES[n], "0 1 -1 0") for n in range(2)),
        180: "".join(turned(500, 700 - 14 * n, SENTENCES[n], "-1 0 0 -1") for n in range(2)),
        270: "".join(turned(500 - 14 * n, 100, SENTENCES[n], "0 -1 1 0") for n in range(2)),
    }[rotate]
    assert said(read(pdf([Sheet(words, rotate)]))) == [" ".join(SENTENCES[:2])]


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"])
def test_a_page_whose_text_is_turned_reads_upright_too(matrix: str) -> None:
    step = {"0 1 -1 0": (14, 0), "-1 0 0 -1": (0, -14), "0 -1 1 0": (-14, 0)}[matrix]
    x, y = {"0 1 -1 0": (100, 700), "-1 0 0 -1": (520, 500), "0 -1 1 0": (400, 100)}[matrix]
    page = "".join(turned(x + step[0] * n, y + step[1] * n, SENTENCES[n], matrix) for n in range(3))
    assert said(read(pdf([page]))) == [" ".join(SENTENCES[:3])]


def test_a_turned_word_beside_the_text_stands_apart() -> None:
    document = read(pdf([lines(100, 100, SENTENCES) + turned(40, 300, "Bilaga", "0 1 -1 0")]))
    assert said(document)[0] == " ".join(SENTENCES)
    assert [block.style for block in blocks_of(document.parts) if said(document)[-1] == "Bilaga"][-1] == "turned"


def test_running_heads_and_page_numbers_are_furniture_at_the_left_or_the_right() -> None:
    pages = [
        text(60 if n % 2 else 430, 40, "Handlingsplan 2024")
        + lines(60, 100, different(n))
        + text(500 if n % 2 else 60, 810, f"Sida {n} (4)")
        for n in (1, 2, 3, 4)
    ]
    document = read(pdf(pages))
    assert said(document, "furniture") == [w for n in (1, 2, 3, 4) for w in ("Handlingsplan 2024", f"Sida {n} (4)")]
    assert sum(count(words) for words in said(document, "furniture")) < document.characters / 4


def test_a_number_alone_at_the_foot_of_one_page_is_its_number() -> None:
    assert said(read(pdf([lines(60, 100, SENTENCES) + text(290, 810, "1")])), "furniture") == ["1"]


def test_labels_that_happen_to_begin_pages_are_no_running_heads() -> None:
    pages = [
        bold(60, 80, label) + lines(60, 100, different(n))
        for n, label in enumerate(("Mål", "Resultat", "Mål", "Syfte"))
    ]
    assert said(read(pdf(pages)), "furniture") == []


def test_a_paragraph_goes_on_overleaf() -> None:
    first, second = lines(60, 700, SENTENCES[:3]), lines(60, 80, SENTENCES[3:])
    foot = [text(290, 810, str(n)) for n in (1, 2)]
    document = read(pdf([first + foot[0], second.replace("till", "till") + foot[1]]))
    assert said(document, "paragraph") == [" ".join(SENTENCES)]
    assert [piece.at.page for piece in in_order(document.parts)] == [1, 1, 1, 1, 2, 2, 2]


def test_footnotes_are_notes_with_their_marks() -> None:
    page = lines(60, 100, SENTENCES) + rule(60, 760, 200, 760)
    page += text(60, 775, "1 Folkhälsomyndigheten, 2024, om barns hälsa", 8)
    page += text(60, 786, "och uppväxt i Sverige.", 8) + text(60, 797, "2 SKR, 2023.", 8)
    document = read(pdf([page]))
    notes = [
        (block.label, " ".join(p.text for p in block.pieces))
        for block in blocks_of(document.parts)
        if block.kind == "note"
    ]
    assert notes == [
        ("1", "1 Folkhälsomyndigheten, 2024, om barns hälsa och uppväxt i Sverige."),
        ("2", "2 SKR, 2023."),
    ]


def test_a_raised_mark_stays_in_its_line() -> None:
    page = text(60, 100, "unga") + text(84.5, 96, "2", 6.5) + text(90, 100, "mår bra.")
    assert said(read(pdf([page]))) == ["unga2 mår bra."]


def test_a_link_is_told_with_its_line() -> None:
    page = Sheet(text(60, 100, "Läs mer på webben"), links=[(60, 90, 160, 103, "https://a.example/plan")])
    (block,) = read(pdf([page])).parts
    assert isinstance(block, Block)
    assert block.links == ("https://a.example/plan",)


# --- tables


def test_a_ruled_table_with_merged_cells() -> None:
    xs, ys = [60, 180, 300, 420], [100, 120, 140, 180, 200]
    page = "".join(rule(60, y, 420, y) for y in (100, 120, 140, 200)) + rule(180, 180, 420, 180)
    page += rule(60, 100, 60, 200) + rule(420, 100, 420, 200) + rule(180, 120, 180, 200) + rule(300, 120, 300, 200)
    page += text(65, 114, "Insatsområde barn och unga som går över alla tre kolumnerna")
    for n, name in enumerate(("Aktivitet", "Mål", "Tidsplan")):
        page += bold(xs[n] + 5, 134, name)
    page += text(65, 154, "Utbilda") + text(185, 154, "Alla ska") + text(185, 168, "kunna mer") + text(305, 154, "2024")
    page += text(185, 194, "Fler") + text(305, 194, "2025")
    document = read(pdf([page]))
    assert cells(document) == [
        [(0, 3, 1, "Insatsområde barn och unga som går över alla tre kolumnerna")],
        [(0, 1, 1, "Aktivitet"), (1, 1, 1, "Mål"), (2, 1, 1, "Tidsplan")],
        [(0, 1, 2, "Utbilda"), (1, 1, 1, "Alla ska kunna mer"), (2, 1, 1, "2024")],
        [(1, 1, 1, "Fler"), (2, 1, 1, "2025")],
    ]
    assert ys[-1] == 200


def test_a_table_goes_on_overleaf_with_a_broken_row_and_its_head_again() -> None:
    xs = [60, 200, 400]
    head = bold(65, 94, "Aktivitet") + bold(205, 94, "Mål")
    first = frame(xs, [80, 100, 140, 180]) + head + text(65, 114, "Utbilda") + text(205, 114, "Alla")
    first += text(65, 154, "Besöka") + text(205, 154, "Flera kommuner får")
    second = frame(xs, [80, 100, 120, 160]) + head + text(205, 114, "besök under året")
    second += text(65, 134, "Följa upp") + text(205, 134, "Varje år")
    document = read(pdf([first, second]))
    assert filled(document) == [
        ["Aktivitet", "Mål"],
        ["Utbilda", "Alla"],
        ["Besöka", "Flera kommuner får besök under året"],
        ["Aktivitet", "Mål"],
        ["Följa upp", "Varje år"],
    ]
    (table,) = [part for part in document.parts if isinstance(part, Table)]
    assert [(row.head, row.repeated) for row in table.rows] == [
        (True, False), (False, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert [piece.at.page for piece in in_order(document.parts)] == sorted(
        piece.at.page or 0 for piece in in_order(document.parts)
    )


def test_two_tables_under_titles_of_their_own_stay_two() -> None:
    def page(title: str, row: str) -> str:
        drawn = "".join(rule(60, y, 400, y) for y in (80, 100, 120, 140)) + rule(60, 80, 60, 140)
        drawn += rule(400, 80, 400, 140) + rule(200, 100, 200, 140)
        return (
            drawn
            + text(65, 94, title)
            + bold(65, 114, "Aktivitet")
            + bold(205, 114, "Mål")
            + text(65, 134, row)
            + text(205, 134, "x")
        )

    document = read(
        pdf([page("Barn och unga i hela länet", "Utbilda"), page("Suicidprevention i hela länet", "Besöka")])
    )
    assert sum(isinstance(part, Table) for part in document.parts) == 2


def test_a_table_without_lines() -> None:
    xs = [60, 200, 360]
    rows = [
        ("Aktivitet", "Mål", "Ansvar"),
        ("Utbilda", "Alla", "Regionen"),
        ("Besöka", "Flera", "Kommunen"),
        ("Mäta", "Varje år", "Båda"),
    ]
    page = lines(60, 60, SENTENCES[:2])
    for n, row in enumerate(rows):
        page += "".join((bold if n == 0 else text)(xs[k], 120 + 24 * n, word) for k, word in enumerate(row))
    page += text(200, 182, "skolor i länet")
    document = read(pdf([page + lines(60, 260, SENTENCES[:2])]))
    assert filled(document) == [
        list(rows[0]),
        list(rows[1]),
        ["Besöka", "Flera skolor i länet", "Kommunen"],
        list(rows[3]),
    ]
    assert said(document, "paragraph")[0] == said(document, "paragraph")[-1] == " ".join(SENTENCES[:2])


def test_a_frame_around_a_text_is_no_table() -> None:
    page = frame([50, 550], [80, 180]) + lines(60, 100, SENTENCES)
    assert said(read(pdf([page]))) == [" ".join(SENTENCES)]


# --- pages without text, and files that do not open


def test_a_page_that_is_a_picture_is_said() -> None:
    document = read(pdf([lines(60, 100, SENTENCES), Sheet("", picture=True), Sheet("")]))
    assert document.empty_pages == (2, 3)
    assert document.notices == (("pictures", "2"),)


@pytest.mark.parametrize(("picture", "code"), [(True, "scanned"), (False, "empty")])
def test_a_file_without_text_is_refused(picture: bool, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read(pdf([Sheet("", picture=picture)]))


def test_a_password_is_told_and_mere_restrictions_are_none() -> None:
    made = {}
    for user in ("hemligt", ""):
        file, out = pikepdf.open(io.BytesIO(pdf([lines(60, 100, SENTENCES)]))), io.BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="ägare", user=user, R=6))
        made[user] = out.getvalue()
    assert said(read(made[""])) == [" ".join(SENTENCES)]
    with pytest.raises(Unreadable, match="encrypted"):
        reader.read(made["hemligt"], "x", lambda _done, _of: None)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<", b"%PDF-1.4\ntrailer << /Root 9 0 R >>\n%%EOF"]
)
def test_a_broken_file_is_said_to_be(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"broken|empty"):
        reader.read(content, "x", lambda _done, _of: None)


words = st.lists(
    st.sampled_from(["mål", "och", "Länet", "ﬁnns", "år", "2024", "(a)", "\\", "é", "–", "x"]), min_size=1, max_size=6
)
places = st.tuples(
    st.floats(0, 560), st.floats(10, 830), words, st.sampled_from([6, 9, 11, 16]), st.sampled_from(["F1", "F2"])
)
matrices = st.sampled_from(["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0", "0.9 0.1 -0.1 0.9", "1 0 0 -1"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(places, matrices), max_size=12), min_size=1, max_size=4),
    st.lists(st.tuples(st.floats(20, 500), st.floats(20, 800), st.floats(0, 300), st.floats(0, 200)), max_size=8),
    st.sampled_from([0, 90, 180, 270]),
)
def test_nothing_that_is_drawn_anywhere_is_lost(pages: list, boxes: list, rotate: int) -> None:
    drawn = []
    for page in pages:
        content = "".join(frame([x, x + w / 2, x + w], [y, y + h / 3, y + h]) for x, y, w, h in boxes)
        for (x, y, said_words, size, _font), matrix in page:
            content += turned(x, y, " ".join(said_words).replace("ﬁ", "fi"), matrix, size)
        drawn.append(Sheet(content + text(50, 50, "x"), rotate))
    read(pdf(drawn))
