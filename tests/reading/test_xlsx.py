"""The reader of Excel files: sheets, merged cells, heads, and numbers as a person in Sweden sees them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from samplan.domain.reading.source import Block, SourceDocument, Table, blocks_of, count, in_order
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.readers import excel_sheet, xlsx
from samplan.edges.imports.readers.excel_format import parsed, shown


def workbook(fill: Callable[[Any], None], **options: Any) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        fill(book)
    return made.getvalue()


def read(content: bytes) -> SourceDocument:
    document = xlsx.read(content, "plan.xlsx", lambda _done, _of: None)
    assert document.characters == sum(count(piece.text) for piece in in_order(document.parts))
    return document


def cells(part: object) -> list[list[tuple[int, int, int, str]]]:
    assert isinstance(part, Table)
    return [
        [
            (one.column, one.columns, one.rows, "|".join(block.pieces[0].text for block in one.blocks))
            for one in row.cells
        ]
        for row in part.rows
    ]


def text(part: object) -> str:
    assert isinstance(part, Block)
    return part.pieces[0].text


def test_each_sheet_is_a_table_with_its_name_and_titles_above_it() -> None:
    def fill(book: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Insatser")
        sheet.write("A1", "Handlingsplan 2024", bold)
        sheet.write("A2", "Länsgemensamma insatser")
        sheet.write_row("A4", ["Aktivitet", "Mål", "Ansvar"], bold)
        sheet.write_row("A5", ["Utbilda", "Alla", "Regionen"])
        sheet.write_row("A7", ["Besöka", "Flera", "Kommunen"])
        sheet.write("A9", "Beslutat i mars")
        book.add_worksheet("Pengar").write_row("B2", ["Region", 100])

    parts = read(workbook(fill)).parts
    assert [(part.kind, text(part)) for part in parts if isinstance(part, Block)] == [
        ("heading", "Handlingsplan 2024"), ("paragraph", "Länsgemensamma insatser"), ("paragraph", "Beslutat i mars"),
    ]  # fmt: skip
    tables = [part for part in parts if isinstance(part, Table)]
    assert [table.name for table in tables] == ["Insatser", "Pengar"]
    assert [[words for *_, words in row] for row in cells(tables[0])] == [
        ["Aktivitet", "Mål", "Ansvar"], ["Utbilda", "Alla", "Regionen"], ["Besöka", "Flera", "Kommunen"],
    ]  # fmt: skip
    assert [row.head for row in tables[0].rows] == [True, False, False]
    assert cells(tables[1]) == [[(0, 1, 1, "Region"), (1, 1, 1, "100")]]
    places = [piece.at for piece in in_order(parts)]
    assert [(at.page, at.line) for at in places][:3] == [(1, 1), (1, 2), (1, 4)]
    assert (places[-1].page, places[-1].line) == (2, 2)


def test_merged_cells_and_what_lies_under_them() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Område", "Aktivitet", "Mål"])
        sheet.merge_range("A2:A4", "Barn och unga")
        for n, row in enumerate((["Utbilda", "Alla"], ["Besöka", "Flera"], ["Mäta", "Årligen"])):
            sheet.write_row(1 + n, 1, row)
        sheet.merge_range("A5:C5", "Suicidprevention")
        sheet.write("B5", "under")
        sheet.write_row("A6", ["x", "y", "z"])

    (table,) = read(workbook(fill)).parts
    assert cells(table) == [
        [(0, 1, 1, "Område"), (1, 1, 1, "Aktivitet"), (2, 1, 1, "Mål")],
        [(0, 1, 3, "Barn och unga"), (1, 1, 1, "Utbilda"), (2, 1, 1, "Alla")],
        [(1, 1, 1, "Besöka"), (2, 1, 1, "Flera")],
        [(1, 1, 1, "Mäta"), (2, 1, 1, "Årligen")],
        [(0, 3, 1, "Suicidprevention|under")],
        [(0, 1, 1, "x"), (1, 1, 1, "y"), (2, 1, 1, "z")],
    ]
    assert [block.kind for block in blocks_of((table,))].count("hidden") == 1


def test_two_tables_on_a_sheet_under_their_titles() -> None:
    def fill(book: Any) -> None:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet()
        for start, title in ((0, "Region"), (5, "Kommuner")):
            sheet.write(start, 0, title)
            sheet.write_row(start + 1, 0, ["Insats", "Belopp"], bold)
            sheet.write_row(start + 2, 0, ["Utbilda", 5])

    parts = read(workbook(fill)).parts
    assert [type(part).__name__ for part in parts] == ["Block", "Table", "Block", "Table"]


def test_the_file_names_its_heads() -> None:
    def fill(book: Any) -> None:
        first, second = book.add_worksheet(), book.add_worksheet()
        for sheet in (first, second):
            sheet.write_row("A1", ["Insats", "Mål"])
            sheet.write_row("A2", ["Utbilda", "Alla"])
        first.autofilter("A1:B2")
        second.add_table("A1:B2", {"columns": [{"header": "Insats"}, {"header": "Mål"}]})

    parts = read(workbook(fill)).parts
    assert [[row.head for row in part.rows] for part in parts if isinstance(part, Table)] == [[True, False]] * 2


def test_hidden_sheets_macros_links_comments_and_boxes() -> None:
    def fill(book: Any) -> None:
        sheet, other = book.add_worksheet("Synligt"), book.add_worksheet("Dolt")
        sheet.write_url("A1", "https://a.example/", string="Läs mer")
        sheet.write("B1", "x")
        sheet.write_comment("B1", "Stämmer det?", {"author": "Någon"})
        sheet.insert_textbox("D4", "I en ruta")
        other.write_row("A1", ["hemligt", "dolt"])
        other.hide()

    document = read(workbook(fill))
    tables = [part for part in document.parts if isinstance(part, Table)]
    assert [(table.name, table.hidden) for table in tables] == [("Synligt", False), ("Dolt", True)]
    assert ("hidden_sheet", "Dolt") in document.notices
    blocks = list(blocks_of(document.parts))
    assert blocks[0].links == ("https://a.example/",)
    assert [block.pieces[0].text for block in blocks if block.kind == "comment"] == ["Stämmer det?"]
    assert "I en ruta" in [block.pieces[0].text for block in blocks]


@pytest.mark.parametrize(
    ("code", "value", "wanted"),
    [
        ("General", "1234567", "1234567"),
        ("General", "0.1", "0,1"),
        ("General", "0.30000000000000004", "0,3"),
        ("General", "1234567.891", "1234567,891"),
        ("General", "-5", "-5"),
        ("General", "1E3", "1000"),
        ("0", "1.5", "2"),
        ("0", "2.5", "3"),
        ("0.00", "2.5", "2,50"),
        ("0.00", "123456789012345678901", "123456789012345678901,00"),
        ("#,##0", "1680000", "1 680 000"),
        ("# ##0", "1680000", "1 680 000"),
        ('#,##0 "kr"', "1680000", "1 680 000 kr"),
        ("#,##0\\ kr", "1680000", "1 680 000 kr"),
        ("#,##0 [$kr-41D]", "5000", "5 000 kr"),
        ('#,##0, "tkr"', "1680000", "1 680 tkr"),
        ('0.0 "mnkr";-0.0 "mnkr"', "1.25", "1,3 mnkr"),
        ('[Red]#,##0;[Blue]"minus"', "12", "12"),
        ("0%", "0.25", "25 %"),
        ("0.0%", "0.1234", "12,3 %"),
        ("#,##0", "-0.3", "0"),
        ("yyyy-mm-dd", "45382", "2024-03-31"),
        ("dd/mm/yyyy", "45382", "2024-03-31"),
        ("[$-41D]d mmmm yyyy", "45382", "2024-03-31"),
        ("mmm yyyy", "45382", "mars 2024"),
        ("d mmmm", "45382", "31 mars"),
        ("yyyy", "45382", "2024"),
        ("yyyy-mm-dd hh:mm", "45382.5", "2024-03-31 12:00"),
        ("h:mm", "0.25", "06:00"),
        ("yyyy-mm-dd", "59", "1900-02-28"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "-3", "-3"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("@", "007", "7"),
        ("General", "#VÄRDE!", "#VÄRDE!"),
        ("0", "1e400", "1e400"),
        ("0", "NaN", "NaN"),
    ],
)
def test_numbers_as_they_are_seen(code: str, value: str, wanted: str) -> None:
    assert shown(value, parsed(code), from_1904=False).replace("\u00a0", " ") == wanted


def test_numbers_of_a_file_are_seen_through_its_formats() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1680000, book.add_format({"num_format": '#,##0 "kr"'}))
        sheet.write(0, 1, 0.5, book.add_format({"num_format": 9}))
        sheet.write_datetime(0, 2, datetime(2024, 3, 31), book.add_format({"num_format": 14}))  # noqa: DTZ001
        sheet.write_boolean(0, 3, True)
        sheet.write_formula(0, 4, "=1+1", None, 2)
        sheet.write_formula(0, 5, '="a"&"b"', None, "ab")

    for options in ({}, {"date_1904": True}):
        (table,) = read(workbook(fill, **options)).parts
        assert [words.replace("\u00a0", " ") for *_, words in cells(table)[0]] == [
            "1 680 000 kr", "50 %", "2024-03-31", "SANT", "2", "ab",
        ]  # fmt: skip


def test_texts_of_several_looks_and_codes_are_whole() -> None:
    def fill(book: Any) -> None:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_rich_string("A1", "Mål ", bold, "för", " alla")
        sheet.write("B1", "rad ett\nrad två")
        sheet.write("C1", "_x0041_")

    (table,) = read(workbook(fill)).parts
    assert [words for *_, words in cells(table)[0]] == ["Mål för alla", "rad ett\nrad två", "_x0041_"]


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return made.getvalue()


def simple(book: Any) -> None:
    book.add_worksheet().write_row("A1", ["a", "b", 3])


def test_cells_without_references_stand_one_after_the_other() -> None:
    bare = changed(
        workbook(simple),
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b' r="A1"', b"").replace(b' r="B1"', b"").replace(b' r="C1"', b""),
    )
    (table,) = read(bare).parts
    assert [(column, words) for column, _, _, words in cells(table)[0]] == [(0, "a"), (1, "b"), (2, "3")]


def test_a_cell_far_away_costs_nothing() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["a", "b"])
        sheet.write("XFD1048576", "långt bort")

    assert "långt bort" in [block.pieces[0].text for block in blocks_of(read(workbook(fill)).parts)]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 2)
    with pytest.raises(Unreadable, match="unpacked_too_large"):
        read(workbook(simple))


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("xl/worksheets/sheet1.xml", lambda data: data[:-40], "broken"),
        ("xl/worksheets/sheet1.xml", lambda data: b"<!DOCTYPE x>" + data[data.index(b"<worksheet") :], "unsafe"),
        ("xl/workbook.xml", lambda _data: b"<x/>", "empty"),
        ("xl/_rels/workbook.xml.rels", lambda data: data.replace(b"sheet1", b"sheet9"), "broken"),
        ("xl/worksheets/sheet1.xml", lambda data: data.replace(b"<v>", b"<w>").replace(b"</v>", b"</w>"), "empty"),
    ],
)  # fmt: skip
def test_broken_files_are_said_to_be(part: str, change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read(changed(workbook(simple), part, change))
    assert excel_sheet.area_of("A1:B") is None


values = st.one_of(
    st.text("abÅ ö<&\n\"'€😀", min_size=1, max_size=8).filter(lambda value: bool(value.strip())),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
places = st.tuples(st.integers(0, 12), st.integers(0, 6))


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(places, values, min_size=1, max_size=40),
    st.lists(st.tuples(places, st.integers(1, 3), st.integers(1, 3)), max_size=3),
)
def test_every_cell_comes_back_once(filled: dict, merges: list) -> None:
    def fill(book: Any) -> None:
        sheet, day = book.add_worksheet("Blad"), book.add_format({"num_format": "yyyy-mm-dd"})
        taken: set[tuple[int, int]] = set()
        for (row, column), high, wide in merges:
            area = {(row + a, column + b) for a in range(high + 1) for b in range(wide + 1)}
            if not area & taken:
                taken |= area
                sheet.merge_range(row, column, row + high, column + wide, "")
        for (row, column), value in filled.items():
            if isinstance(value, date):
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)

    content = workbook(fill)
    found = sorted(piece.text for piece in in_order(read(content).parts))
    words = {True: "SANT", False: "FALSKT"}
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    wanted = [
        words[one] if isinstance(one, bool) else f"{one:.0f}" if isinstance(one, float) else str(one)
        for row in sheet.to_python()
        for one in row
        if isinstance(one, bool) or (one != "" and str(one).strip())
    ]
    assert found == sorted(wanted)
