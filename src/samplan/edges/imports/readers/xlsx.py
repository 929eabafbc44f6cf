"""Excel files: each sheet a table with its name, the titles above it and the notes below it blocks of their own.

Formulas are what they last came to, as the file keeps it. Hidden sheets are read and said to be hidden.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from typing import Any, Final

from samplan.domain.reading.source import At, Block, Cell, Kind, Part, Piece, Row, SourceDocument, Table, count
from samplan.edges.imports.errors import Unreadable
from samplan.edges.imports.packages import Package
from samplan.edges.imports.readers import Progress
from samplan.edges.imports.readers.excel_sheet import (
    MOST_CELLS,
    Filled,
    R,
    S,
    Sheet,
    Style,
    area_of,
    read_sheet,
    styles_of,
    text_of,
)
from samplan.edges.imports.readers.tables import with_heads

_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read(content: bytes, name: str, progress: Progress) -> SourceDocument:
    """The file as it stands; `progress` counts sheets. Raises Unreadable."""
    package = Package(content)
    main = package.main_part if package.has(package.main_part) else "xl/workbook.xml"
    if not package.has(main):
        raise Unreadable("broken", kind="xlsx")
    workbook = package.xml(main)
    relations = package.relations(main)
    parts_of = {relation.kind: relation.target for relation in relations.values() if not relation.external}

    def root_of(kind: str) -> Any:
        return package.xml(parts_of[kind]) if package.has(parts_of.get(kind, "")) else None

    strings_root = root_of("sharedStrings")
    strings = [text_of(one) for one in strings_root.iter(S + "si")] if strings_root is not None else []
    styles = styles_of(root_of("styles"))
    properties = workbook.find(S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    maker = _Maker()
    notices = [("macros", "")] if any(part.lower().endswith("vbaproject.bin") for part in package.names) else []
    listed = [
        (one, relations[key])
        for one in workbook.iter(S + "sheet")
        if (key := one.get(R + "id", "")) in relations and relations[key].kind == "worksheet"
    ]
    room = MOST_CELLS
    for number, (one, relation) in enumerate(listed, start=1):
        if not package.has(relation.target):
            raise Unreadable("broken", kind="xlsx")
        its = package.relations(relation.target)
        addresses = {key: r.target for key, r in its.items() if r.kind == "hyperlink" and r.external}
        sheet = read_sheet(package.part(relation.target), strings, styles, addresses, room, from_1904=from_1904)
        room -= len(sheet.cells)
        for other in its.values():
            if other.kind == "table" and package.has(other.target):
                sheet.heads |= _table_heads(package.xml(other.target))
        hidden = one.get("state", "visible") != "visible"
        label = one.get("name", "")
        if hidden and sheet.cells:
            notices.append(("hidden_sheet", label))
        maker.sheet(sheet, number, label, hidden=hidden)
        for other in its.values():
            if other.kind in ("comments", "drawing") and package.has(other.target):
                maker.beside(package.xml(other.target), number, other.kind)
        progress(number, len(listed))
    if not maker.characters:
        raise Unreadable("empty")
    return SourceDocument(
        name=name,
        kind="xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        characters=maker.characters,
        parts=tuple(maker.parts),
        notices=tuple(notices),
    )


def _table_heads(root: Any) -> set[int]:
    area = area_of(root.get("ref", ""))
    return {area[0]} if area is not None and root.get("headerRowCount", "1") != "0" else set()


class _Maker:
    """Makes parts of sheets; what counts over all of them is kept here."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.characters = 0
        self._order = 0

    def _block(self, filled: Filled, number: int, row: int, kind: Kind, style: str = "") -> Block:
        self._order += 1
        self.characters += count(filled.text)
        look = filled.style
        return Block(
            kind,
            (Piece(filled.text, At(number, row), self._order),),
            bold=look.bold,
            size=look.size,
            style=style,
            links=(filled.link,) if filled.link else (),
        )

    def beside(self, root: Any, number: int, kind: str) -> None:
        """Comments of a sheet, and the words in boxes drawn on it."""
        last = max(
            (piece.at.line for part in self.parts for piece in _pieces(part) if piece.at.page == number), default=1
        )
        if kind == "comments":
            for comment in root.iter(S + "comment"):
                area = area_of(comment.get("ref", ""))
                text = text_of(comment)
                if text.strip():
                    self.parts.append(self._block(_plain(text), number, area[0] if area else last, "comment"))
            return
        for paragraph in root.iter(_DRAWN + "p"):
            text = "".join(one.text or "" for one in paragraph.iter(_DRAWN + "t"))
            if text.strip():
                self.parts.append(self._block(_plain(text), number, last, "paragraph"))

    def sheet(self, sheet: Sheet, number: int, name: str, *, hidden: bool) -> None:
        """The blocks and tables of a sheet: rows that follow each other are one table, and so are those after an empty
        row where no title and no new head begins."""
        merged = _Merged(sheet)
        rows: dict[int, list[int]] = {}
        for row, column in sorted(sheet.cells):
            if (row, column) not in merged.owner:
                rows.setdefault(row, []).append(column)
        table: list[int] = []
        last = -1
        for row in sorted(rows):
            columns = rows[row]
            alone = len(columns) == 1
            if table and row > last + 1 and (alone or row in sheet.heads or _is_bold(sheet, row, columns)):
                self._table(sheet, number, name, {one: rows[one] for one in table}, merged, hidden=hidden)
                table = []
            if alone and not table and merged.spans.get((row, columns[0]), (1, 1))[0] == 1:
                filled = sheet.cells[row, columns[0]]
                kind: Kind = "heading" if filled.style.bold and not filled.number else "paragraph"
                self.parts.append(self._block(filled, number, row, "hidden" if hidden else kind))
            else:
                table.append(row)
            last = max(row, last, merged.bottoms.get(row, row))
        if table:
            self._table(sheet, number, name, {one: rows[one] for one in table}, merged, hidden=hidden)

    def _table(
        self, sheet: Sheet, number: int, name: str, rows: dict[int, list[int]], merged: _Merged, *, hidden: bool
    ) -> None:
        left = min(min(columns) for columns in rows.values())
        bold = [row for row, columns in rows.items() if _is_bold(sheet, row, columns)]
        first = next(iter(rows))
        heads = {*sheet.heads, *([first] if bold[:1] == [first] and len(bold) < len(rows) else [])}
        made: list[Row] = []
        for row, columns in rows.items():
            cells = []
            for column in columns:
                high, wide = merged.spans.get((row, column), (1, 1))
                if high > 1:
                    high = sum(1 for other in rows if row <= other < row + high)
                blocks = [self._block(sheet.cells[row, column], number, row, "paragraph")]
                for place in merged.under.get((row, column), ()):
                    blocks.append(self._block(sheet.cells[place], number, place[0], "hidden"))
                cells.append(Cell(column - left, tuple(blocks), wide, high))
            made.append(Row(tuple(cells), head=row in heads))
        self.parts.append(Table(with_heads(made), name, hidden))


class _Merged:
    """What merged cells span, as rows and columns; the filled cells under each, and by such a cell the one that covers
    it; by row, how far down a cell that begins there goes."""

    def __init__(self, sheet: Sheet) -> None:
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.owner: dict[tuple[int, int], tuple[int, int]] = {}
        self.under: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.bottoms: dict[int, int] = {}
        by_row: dict[int, list[int]] = {}
        for row, column in sorted(sheet.cells):
            by_row.setdefault(row, []).append(column)
        rows = sorted(by_row)
        for top, left, bottom, right in sheet.merged:
            # Merged cells that cover each other are an error of the file; the first holds.
            if (top, left) not in sheet.cells or (top, left) in self.spans or (top, left) in self.owner:
                continue
            self.spans[top, left] = (bottom - top + 1, min(right - left + 1, 1000))
            self.bottoms[top] = max(bottom, self.bottoms.get(top, top))
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                for column in by_row[row]:
                    place = (row, column)
                    inside = left <= column <= right and place != (top, left)
                    if inside and place not in self.owner and place not in self.spans:
                        self.owner[place] = (top, left)
                        self.under.setdefault((top, left), []).append(place)


def _is_bold(sheet: Sheet, row: int, columns: list[int]) -> bool:
    return len(columns) > 1 and all(sheet.cells[row, column].style.bold for column in columns)


def _plain(text: str) -> Filled:
    return Filled(text, Style())


def _pieces(part: Part) -> list[Piece]:
    if isinstance(part, Table):
        return [piece for row in part.rows for cell in row.cells for block in cell.blocks for piece in block.pieces]
    return list(part.pieces)
