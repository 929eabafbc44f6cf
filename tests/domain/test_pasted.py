"""Tables as Excel and Word paste them: lines, cells, quotes and what is too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samplan.domain.errors import Invalid
from samplan.domain.pasted import Line, column, lines_of


def test_cells_are_parted_by_tabs_or_semicolons_and_empty_lines_do_not_count() -> None:
    text = "Part\t2023\t2024\r\n\r\nGävle \t 1\u00a0200\t\r\nHofors\t–\n"
    assert lines_of(text, most=9) == [
        Line(1, ("Part", "2023", "2024")), Line(3, ("Gävle", "1 200", "")), Line(4, ("Hofors", "–")),
    ]  # fmt: skip
    assert lines_of("Part;2024\nGävle;1", most=9)[1] == Line(2, ("Gävle", "1"))
    assert lines_of("a;b\tc", most=9) == [Line(1, ("a;b", "c"))]


def test_a_cell_with_a_line_break_is_one_cell_and_the_lines_after_keep_their_numbers() -> None:
    found = lines_of('Part\t"Antal\nkurser ""MHFA"""\nGävle\t3', most=9)
    assert found == [Line(1, ("Part", 'Antal kurser "MHFA"')), Line(3, ("Gävle", "3"))]
    assert lines_of('Part\t2024\nIn "Gävle\t3', most=9)[1].cells == ('In "Gävle', "3")


def test_what_is_nothing_or_too_much_is_refused() -> None:
    for text, code in (("", "table_empty"), (" \n\t\n", "table_empty"), ("a\n" * 3, "table_long")):
        with pytest.raises(Invalid, match=code):
            lines_of(text, most=2)
    with pytest.raises(Invalid, match="table_long"):
        lines_of("a" * 200_000 + "\tb", most=9)


@given(st.text(alphabet='ab\t;"\n å1', max_size=200))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        found = lines_of(text, most=50)
    except Invalid:
        found = []
    assert all(any(line.cells) for line in found)
    assert [line.number for line in found] == sorted({line.number for line in found})


def test_a_column_is_found_by_how_its_head_begins() -> None:
    assert column(("Nr", "Kommun, kod"), ("part", "kommun")) == 1
    assert column(("Nr",), ("part",)) is None
    assert Line(1, ("a",)).cell(3) == ""
