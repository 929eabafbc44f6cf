"""What tables of every kind of file have in common: heads that come again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from samplan.domain.reading.source import Cell, Row

_FIRST: Final = 3
"""A head stands in one of so many first rows: under a title row or two."""
_LONGEST: Final = 80
"""Characters of a column's name at most."""


def text_in(cell: Cell) -> str:
    """The words of a cell, a space between any two."""
    return " ".join("".join(piece.text for block in cell.blocks for piece in block.pieces).split())


def with_heads(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, where each that says again what one of the first says is a repeated head, and that one a head."""
    heads: dict[tuple[tuple[int, str], ...], int] = {}
    made: list[Row] = []
    for n, row in enumerate(rows):
        said = _said(row)
        first = heads.get(said) if said else None
        if first is not None:
            made[first] = replace(made[first], head=True)
            row = replace(row, head=True, repeated=True)
        elif said and (n < _FIRST or row.head):
            heads[said] = n
        made.append(row)
    return tuple(made)


def _said(row: Row) -> tuple[tuple[int, str], ...]:
    """The columns' names, empty for a row that cannot be a head: fewer than two filled cells, or long texts."""
    cells = tuple((cell.column, text) for cell in row.cells if (text := text_in(cell)))
    if len(cells) < 2 or any(len(text) > _LONGEST or text[0].isdigit() for _, text in cells):
        return ()
    return cells
