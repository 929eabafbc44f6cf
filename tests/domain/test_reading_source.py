"""The document as it stands in its file: its pieces in the order of the source, whatever the order of its blocks."""

from __future__ import annotations

from samplan.domain.reading.source import At, Block, Cell, Piece, Row, Table, count, in_order


def paragraph(*pieces: Piece) -> Block:
    return Block("paragraph", pieces)


def test_lines_tell_the_order() -> None:
    over_the_page = paragraph(Piece("Första ", At(1, 1)), Piece("raden.", At(2, 3)))
    foot = Block("furniture", (Piece("Sida 1 ", At(1, 2)),))
    assert "".join(piece.text for piece in in_order((over_the_page, foot))) == "Första Sida 1 raden."


def test_a_reader_may_count_its_pieces_itself() -> None:
    around = paragraph(Piece("Före ", At(None, 1), 1), Piece("efter", At(None, 1), 3))
    box = Table((Row((Cell(0, (paragraph(Piece("ruta ", At(None, 2), 2)),)),)),))
    assert [piece.text for piece in in_order((box, around))] == ["Före ", "ruta ", "efter"]


def test_white_space_is_no_character() -> None:
    assert count("a\u00a0b\tc\n\u00add") == 5
