"""Pages become a document: lines are counted, tables that go on overleaf are one, notes and asides stand at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from samplan.domain.reading.source import At, Block, Cell, Kind, Line, Raw, Row, Table, pieces_of
from samplan.edges.imports.readers.pdf_cells import Sheet, SheetCell, is_item, paragraphs
from samplan.edges.imports.readers.pdf_flow import Flow, FlowLine
from samplan.edges.imports.readers.pdf_lines import Strip, links_at
from samplan.edges.imports.readers.pdf_margins import note_mark
from samplan.edges.imports.readers.pdf_page import Page
from samplan.edges.imports.readers.tables import with_heads

_SAME_EDGE: Final = 5.0


@dataclass(slots=True)
class Lines:
    """Counts lines over the whole document. `pages`: for the links on them."""

    pages: dict[int, Page]
    count: int = 0

    def at(self, strip: Strip) -> At:
        """The place of a line; each is counted once."""
        if strip.at is None:
            self.count += 1
            strip.at = At(strip.page, self.count)
        return strip.at

    def links(self, strips: Sequence[Strip]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link for strip in strips for link in links_at(strip, self.pages[strip.page])))

    def block(self, kind: Kind, strips: Sequence[Strip], **more: object) -> Block:
        """A block of lines, with the look of most of it."""
        largest = max(strips, key=lambda strip: len(strip.text))
        made = Block(
            kind,
            tuple(piece for strip in strips for piece in pieces_of(strip.text, self.at(strip), strip.looks)),
            bold=all(strip.bold for strip in strips),
            size=round(largest.size, 1),
            links=self.links(strips),
        )
        return replace(made, **more)  # type: ignore[arg-type]


def raw_parts(flows: Sequence[Flow], lines: Lines | None = None) -> list[Raw]:
    """What the layout joins to blocks: lines and tables in reading order; after them notes, turned text, doubles.
    `lines` goes on counting where some are counted already."""
    lines = lines or Lines({flow.page.number: flow.page for flow in flows})
    sheets = _series([flow.items for flow in flows])
    for flow in flows:
        for item in flow.items:
            for strip in [item.strip] if isinstance(item, FlowLine) else item.lines:
                lines.at(strip)
        for strip in (*flow.turned, *flow.doubles):
            lines.at(strip)
    made: list[Raw] = []
    notes: list[Strip] = []
    for flow in flows:
        for item in flow.items:
            if isinstance(item, Sheet):
                if series := sheets.get(id(item)):
                    made.append(table(series, lines))
            elif item.note:
                notes.append(item.strip)
            else:
                made.append(_line(item, lines))
    made += _notes(notes, lines)
    made += [lines.block("paragraph", [strip], style="turned") for flow in flows for strip in flow.turned]
    made += [lines.block("double", [strip]) for flow in flows for strip in flow.doubles]
    return made


def _line(item: FlowLine, lines: Lines) -> Line:
    strip = item.strip
    return Line(
        strip.text,
        lines.at(strip),
        size=round(strip.size, 1),
        bold=strip.bold,
        left=round(strip.x0 - item.shift, 1),
        right=round(strip.x1 - item.shift, 1),
        gap=round(item.gap, 2) if item.gap is not None else None,
        furniture=item.furniture,
        links=lines.links([strip]),
        looks=strip.looks,
    )


def _notes(strips: Sequence[Strip], lines: Lines) -> list[Block]:
    found: list[tuple[str, list[Strip]]] = []
    for strip in strips:
        mark = note_mark(strip.text, found[-1][0] if found else "")
        if mark or not found:
            found.append((mark, []))
        found[-1][1].append(strip)
    return [lines.block("note", members, label=mark) for mark, members in found]


# --- tables


def _series(pages: Sequence[Sequence[FlowLine | Sheet]]) -> dict[int, list[Sheet]]:
    """Tables by the identity of their first part: a table that ends a page goes on in one that begins the next with the
    same columns, perhaps under its title said again."""
    series: dict[int, list[Sheet]] = {}
    last: list[Sheet] | None = None
    title = ""
    for items in pages:
        text = [item for item in items if isinstance(item, Sheet) or not (item.furniture or item.note)]
        for n, item in enumerate(text):
            if not isinstance(item, Sheet):
                continue
            above = text[n - 1] if n else None
            again = n == 1 and isinstance(above, FlowLine) and above.strip.text == title
            if (n == 0 or again) and last is not None and _goes_on(last[0], last[-1], item):
                last.append(item)
                if isinstance(above, FlowLine):
                    above.furniture = True
            else:
                series[id(item)] = last = [item]
                title = above.strip.text if isinstance(above, FlowLine) else ""
        if not text or not isinstance(text[-1], Sheet):
            last = None
    return series


def _goes_on(first: Sheet, last: Sheet, sheet: Sheet) -> bool:
    """Whether a part has the same columns, and is no other table with the same names of columns under another title."""
    if not _same_columns(last, sheet):
        return False
    heads = [_said(row) for row in first.rows[:3]]
    fresh = [_said(row) for row in sheet.rows[:3]]
    titled = len(fresh) > 1 and len(fresh[0]) == 1 and fresh[0] != heads[0]
    return not (titled and any(len(said) > 1 and said in heads for said in fresh[1:]))


def _same_columns(one: Sheet, other: Sheet) -> bool:
    if len(one.edges) != len(other.edges):
        return False
    ends = 1 if one.head or other.head else 0  # the right side of a table without lines is its longest word
    pairs = list(zip(one.edges, other.edges, strict=True))[: len(one.edges) - ends]
    return all(abs((a - one.edges[0]) - (b - other.edges[0])) <= _SAME_EDGE for a, b in pairs)


def table(series: Sequence[Sheet], lines: Lines) -> Table:
    """One table of its parts on several pages; a row that a page breaks is one row."""
    rows: list[list[SheetCell]] = []
    heads = _repeated(series)
    for n, sheet in enumerate(series):
        fresh = [list(row) for row in sheet.rows]
        again, fresh = fresh[: heads[n]], fresh[heads[n] :]
        if n and rows and fresh and _is_broken(rows[-1], fresh[0]):
            _append(rows[-1], fresh.pop(0))
        rows += again
        rows += fresh
    made = [Row(tuple(_cell(cell, lines) for cell in sorted(row, key=lambda cell: cell.column))) for row in rows if row]
    if series[0].head and made:
        made[0] = replace(made[0], head=True)
    return Table(with_heads(made))


def _repeated(series: Sequence[Sheet]) -> list[int]:
    """How many rows at the top of each part say again what the first part began with."""
    first = [_said(row) for row in series[0].rows[:4]]
    counts = [0]
    for sheet in series[1:]:
        n = 0
        while n < min(len(first), len(sheet.rows)) and first[n] and _said(sheet.rows[n]) == first[n]:
            n += 1
        counts.append(n)
    return counts


def _said(row: Sequence[SheetCell]) -> tuple[tuple[int, str], ...]:
    return tuple((cell.column, " ".join(cell.text.split())) for cell in row if cell.lines)


def _is_broken(last: Sequence[SheetCell], row: Sequence[SheetCell]) -> bool:
    """Whether a row goes on with the one before the page's end: it begins with an empty cell, or in the middle of a
    sentence in its first cell or in two."""
    filled = [cell for cell in sorted(row, key=lambda cell: cell.column) if cell.lines]
    if not filled or (len(filled) == 1 and filled[0].columns > 1):
        return False
    before = {cell.column: cell for cell in last if cell.lines}
    if len(filled) == 1 and filled[0].column == 0 and len(before) > 2:
        return not filled[0].lines[0].bold or all(line.bold for cell in last if cell.column == 0 for line in cell.lines)
    low = [cell for cell in filled if cell.text.lstrip("( ")[:1].islower()]
    going_on = [cell for cell in low if cell.column in before]
    return filled[0].column > 0 or (bool(going_on) and going_on[0].column == 0) or len(going_on) >= 2


def _append(last: list[SheetCell], row: Sequence[SheetCell]) -> None:
    for cell in row:
        above = next((one for one in last if one.column == cell.column), None)
        if above is None:
            last.append(cell)
        else:
            above.lines = [*above.lines, *cell.lines]


def _cell(cell: SheetCell, lines: Lines) -> Cell:
    blocks = []
    for group in paragraphs(cell.lines, cell.right):
        kind: Kind = "item" if is_item(group[0]) else "paragraph"
        blocks.append(lines.block(kind, group, level=1 if kind == "item" else 0))
    return Cell(cell.column, tuple(blocks), cell.columns, cell.rows)
