"""What the reading works on: paragraphs and tables whose every character knows its place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from samplan.domain.reading import lines
from samplan.domain.reading.source import At, Block, Kind, Part, Piece, Table


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one piece of the source: `text` is `piece[start:end]`. `label`: it only names what follows."""

    piece: int
    start: int
    end: int
    text: str
    at: At
    bold: bool = False
    label: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A block on its way into the draft. `place`: its number among all blocks; `number` and `level` as in `Block`."""

    kind: Kind
    spans: tuple[Span, ...]
    place: int
    level: int = 0
    number: str = ""
    sure: bool = False
    bold: bool = False
    size: float | None = None
    style: str = ""
    label: str = ""
    links: tuple[str, ...] = ()
    _text: list[str] = field(init=False, default_factory=list, compare=False, repr=False)
    _raw: list[str] = field(init=False, default_factory=list, compare=False, repr=False)

    @property
    def text(self) -> str:
        """As a person reads it: lines joined, labels left out. Made once."""
        if not self._text:
            self._text.append(joined(self.spans))
        return self._text[0]

    @property
    def at(self) -> At:
        return self.spans[0].at

    @property
    def last_line(self) -> int:
        return self.spans[-1].at.line


@dataclass(frozen=True, slots=True)
class GridCell:
    """`covered`: a merged cell reaches here; `paras` are those of the cell that covers it, told once only."""

    column: int
    paras: tuple[Para, ...]
    columns: int = 1
    rows: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        return " ".join(para.text for para in self.paras if para.text)


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    head: bool = False
    repeated: bool = False

    def cell(self, column: int) -> GridCell | None:
        return next((cell for cell in self.cells if cell.column <= column < cell.column + cell.columns), None)

    @property
    def paras(self) -> Iterator[Para]:
        """Those that stand in this row and not in one above."""
        for cell in self.cells:
            if not cell.covered:
                yield from cell.paras

    @property
    def filled(self) -> tuple[GridCell, ...]:
        return tuple(cell for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[GridRow, ...]
    place: int
    name: str = ""
    hidden: bool = False
    told: list[object] = field(init=False, default_factory=list, compare=False, repr=False)
    """What it was found to be, once it was looked at."""

    @property
    def paras(self) -> Iterator[Para]:
        for row in self.rows:
            yield from row.paras

    @property
    def width(self) -> int:
        return max((cell.column + cell.columns for row in self.rows for cell in row.cells), default=0)


Flow: TypeAlias = Para | Grid


@dataclass(slots=True)
class Numbered:
    """The pieces of the source in their order, and the flow that refers to them."""

    pieces: list[Piece] = field(default_factory=list)
    flow: list[Flow] = field(default_factory=list)


def numbered(parts: Sequence[Part]) -> Numbered:
    """Every block and table with numbered pieces, in the order in which the reader gave them."""
    result = Numbered()
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Table):
            blocks += [block for row in part.rows for cell in row.cells for block in cell.blocks]
        else:
            blocks.append(part)
    every = [(piece.order, piece.at.line, number, piece) for number, piece in enumerate(_pieces(blocks))]
    every.sort(key=lambda entry: entry[:2])
    rank = {number: place for place, (_, _, number, _) in enumerate(every)}
    result.pieces = [piece for *_, piece in every]
    counter = iter(range(len(every)))
    place = 0
    for part in parts:
        if isinstance(part, Table):
            grid, place = _grid(part, place, counter, rank)
            result.flow.append(grid)
        else:
            result.flow.append(_para(part, place, counter, rank))
            place += 1
    return result


def _pieces(blocks: Iterable[Block]) -> Iterator[Piece]:
    for block in blocks:
        yield from block.pieces


def _para(block: Block, place: int, counter: Iterator[int], rank: dict[int, int]) -> Para:
    spans = tuple(
        Span(rank[next(counter)], 0, len(piece.text), piece.text, piece.at, piece.bold, piece.note)
        for piece in block.pieces
    )
    return Para(
        block.kind, spans, place, block.level, block.number, block.sure, block.bold, block.size, block.style,
        block.label, block.links,
    )  # fmt: skip


def _grid(table: Table, place: int, counter: Iterator[int], rank: dict[int, int]) -> tuple[Grid, int]:
    start = place
    rows: list[GridRow] = []
    open_cells: list[tuple[GridCell, int]] = []
    for row in table.rows:
        cells: list[GridCell] = []
        for cell in row.cells:
            paras = []
            for block in cell.blocks:
                paras.append(_without_bars(_para(block, place, counter, rank)))
                place += 1
            cells.append(GridCell(cell.column, tuple(paras), max(1, cell.columns), max(1, cell.rows)))
        covering = [
            replace(above, covered=True)
            for above, left in open_cells
            if left and not any(cell.column == above.column for cell in cells)
        ]
        open_cells = [(above, left - 1) for above, left in open_cells if left > 1]
        open_cells += [(cell, cell.rows - 1) for cell in cells if cell.rows > 1]
        rows.append(GridRow(tuple(sorted(cells + covering, key=lambda cell: cell.column)), row.head, row.repeated))
    return Grid(tuple(rows), start, table.name, table.hidden), place


def _without_bars(para: Para) -> Para:
    """The bars of a typed table as labels of the cell they stand beside."""
    text = raw(para)
    if "|" not in text:
        return para
    begin = len(text) - len(text.lstrip(" |"))
    end = len(text.rstrip(" |\r\n"))
    if begin >= end:
        return as_label(para)
    parts = cut(para, *(each for each in (begin, end) if 0 < each < len(text)))
    middle = 1 if begin else 0
    spans = [
        span if place == middle else replace(span, label=True)
        for place, part in enumerate(parts)
        for span in part.spans
    ]
    return replace(para, spans=tuple(spans))


def joined(spans: Iterable[Span]) -> str:
    """The text of spans as a person reads it; parts of one line stay together, labels are left out."""
    rows: list[str] = []
    last: Span | None = None
    for span in spans:
        if span.label:
            last = span
            continue
        parts = span.text.split("\n")
        if last is not None and rows and _same_line(last, span):
            rows[-1] += parts[0]
            parts = parts[1:]
        rows += parts
        last = span
    return lines.join(rows)


def _same_line(before: Span, after: Span) -> bool:
    return before.at == after.at and not before.text.endswith("\n")


def glued(spans: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Each span with the line break that stands after it where its text has none of its own: a line of a PDF."""
    for place, span in enumerate(spans):
        after = spans[place + 1] if place + 1 < len(spans) else None
        apart = after is not None and after.at != span.at and not span.text[-1:].isspace()
        yield span, "\n" if apart else ""


def raw(para: Para) -> str:
    """The characters of a paragraph as they stand in the source, with the line breaks that its lines end with."""
    if not para._raw:
        para._raw.append("".join(span.text + end for span, end in glued(para.spans)))
    return para._raw[0]


def cut(para: Para, *offsets: int) -> tuple[Para, ...]:
    """The paragraph in several, cut at offsets into its `raw` text."""
    parts: list[list[Span]] = [[]]
    wanted = list(offsets)
    position = 0
    for span, end in glued(para.spans):
        rest = span
        while wanted and position < wanted[0] < position + len(rest.text):
            at = wanted.pop(0) - position
            parts[-1].append(replace(rest, end=rest.start + at, text=rest.text[:at]))
            rest = replace(rest, start=rest.start + at, text=rest.text[at:])
            position += at
            parts.append([])
        if wanted and wanted[0] <= position and parts[-1]:
            wanted.pop(0)
            parts.append([])
        parts[-1].append(rest)
        position += len(rest.text) + len(end)
    return tuple(replace(para, spans=tuple(part)) for part in parts if part)


def as_label(para: Para) -> Para:
    """The same characters, as something that only names what follows."""
    return replace(para, spans=tuple(replace(span, label=True) for span in para.spans))


def mark_label(para: Para, end: int) -> Para:
    """The first `end` characters of the paragraph's `raw` text as a label, the rest as text."""
    if end <= 0:
        return para
    if end >= len(raw(para)):
        return as_label(para)
    first, *rest = cut(para, end)
    return replace(para, spans=as_label(first).spans + tuple(span for part in rest for span in part.spans))
