"""Tables of a Word file: merged cells, heads, and tables that only frame a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from samplan.domain.reading.source import Block, Cell, Part, Row, Table, blocks_of
from samplan.edges.imports.readers.tables import with_heads
from samplan.edges.imports.readers.word_styles import VAL, W, is_on, whole

_MOST: Final = 1000
"""Columns; Word itself makes 63 at most."""
_SKIPPED: Final = frozenset(W + name for name in ("tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "sdtPr", "sdtEndPr"))


@dataclass(slots=True)
class _Cell:
    column: int
    columns: int
    rows: int = 1
    parts: list[Part] = field(default_factory=list)


def table(element: Any, read: Callable[[Any], list[Part]], *, in_notes: bool) -> list[Part]:
    """The table of a `w:tbl`. `read` reads what stands in a cell.

    A table of one cell is a frame: what stands in it is given. A table in a cell is given as its blocks, and so is one
    that stands `in_notes`: in a running head, a note, a box for older programs.
    """
    rows: list[tuple[list[_Cell], bool]] = []
    merged: dict[int, _Cell] = {}
    for row in _find(element, W + "tr"):
        cells, merged = _cells(row, read, merged)
        properties = row.find(W + "trPr")
        head = properties.find(W + "tblHeader") if properties is not None else None
        rows.append((cells, head is not None and is_on(head)))
    parts = [cell.parts for cells, _ in rows for cell in cells]
    if len(parts) == 1:
        return parts[0]
    if in_notes:
        return [block for cell in parts for block in blocks_of(tuple(cell))]
    made = [Row(tuple(_made(cell) for cell in cells), head) for cells, head in rows if cells]
    return [Table(with_heads(made))] if made else []


def _made(cell: _Cell) -> Cell:
    blocks: tuple[Block, ...] = tuple(blocks_of(tuple(cell.parts)))
    return Cell(cell.column, blocks, cell.columns, cell.rows)


def _find(element: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls and marked changes too."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and len(child):
            # Cells that stand where a row should are read when the row is asked for, and so is text.
            if child.tag in (W + "p", W + "tbl", W + "r"):
                continue
            yield from _find(child, wanted)


def _cells(
    row: Any, read: Callable[[Any], list[Part]], merged: dict[int, _Cell]
) -> tuple[list[_Cell], dict[int, _Cell]]:
    """The cells of a row that no merged one covers, and those that may go on below it, by column."""
    column = _number(row, "trPr", "gridBefore", 0)
    cells: list[_Cell] = []
    going_on: dict[int, _Cell] = {}
    for element in _find(row, W + "tc"):
        properties = element.find(W + "tcPr")
        wide = min(max(_number(element, "tcPr", "gridSpan", 1), 1), _MOST)
        down = properties.find(W + "vMerge") if properties is not None else None
        across = properties.find(W + "hMerge") if properties is not None else None
        parts = read(element)
        if across is not None and across.get(VAL, "continue") == "continue" and cells:
            cells[-1].columns += wide
            cells[-1].parts += parts
        elif down is not None and down.get(VAL, "continue") == "continue" and column in merged:
            cell = going_on[column] = merged[column]
            cell.rows += 1
            cell.parts += parts
        else:
            cell = _Cell(column, wide, parts=parts)
            cells.append(cell)
            if down is not None:
                going_on[column] = cell
        column += wide
    return cells, going_on


def _number(element: Any, properties: str, name: str, usual: int) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    value = whole(found.get(VAL)) if found is not None else None
    return usual if value is None else max(min(value, _MOST), 0)
