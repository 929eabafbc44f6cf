"""A document as it stands in its file: every character with its place, in the order of the source.

The readers make it, the reading turns it into a draft. It is a class of its own beside the neutral `Document`,
because here nothing may be cleaned away: the pieces of all blocks, joined, are the characters of the source
(white space apart).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class At:
    """A place: `page` from 1, None where the file has no pages; `line` from 1 over the whole file (Word: the paragraph,
    Excel: the row, `page` then being the sheet)."""

    page: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source exactly as it stands there, white space included.

    `order`: where it comes among all pieces of the source, for readers whose blocks do not follow it (a text box in the
    middle of a paragraph, a cell that goes on after the page); 0 in every piece where the lines tell. See `in_order`.
    `bold` where only a part of a paragraph is: a label and what it labels may share one. `note`: a raised number that
    only refers to a note.
    """

    text: str
    at: At
    order: int = 0
    bold: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is typed or drawn, with what its looks say; None where the file does not tell.

    `size` in points, `left` and `right` in points from the page's left edge, `gap` the white space above it in line
    heights (text files: the number of blank lines above). `furniture` when the reader knows from its place that it is a
    running head or foot. `links` are the addresses behind its characters. `looks`: where not all of it looks alike,
    each stretch's length, whether it is bold, and whether it is the raised number of a note.
    """

    text: str
    at: At
    size: float | None = None
    bold: bool | None = None
    left: float | None = None
    right: float | None = None
    gap: float | None = None
    furniture: bool = False
    links: tuple[str, ...] = ()
    looks: tuple[tuple[int, bool, bool], ...] = ()

    @property
    def lead(self) -> int:
        """How many characters it begins with are in bold, where what follows them is not."""
        return self.looks[0][0] if self.looks and self.looks[0][1] else 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces_of(self.text, self.at, self.looks)


def pieces_of(text: str, at: At, looks: tuple[tuple[int, bool, bool], ...]) -> tuple[Piece, ...]:
    """A line as one piece, or as one for each look in it."""
    if not looks:
        return (Piece(text, at),)
    found = []
    start = 0
    for length, bold, note in looks:
        found.append(Piece(text[start : start + length], at, 0, bold, note))
        start += length
    return tuple(found)


Kind: TypeAlias = Literal[
    "heading", "paragraph", "item", "note", "comment", "furniture", "caption", "picture", "double", "hidden"
]
"""`double`: what the file holds once more (a text box for older programs, text moved elsewhere, a letter drawn twice).
`hidden`: what it holds but shows nobody. A `picture` has no pieces; its `label` is the alternative text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph (hard line breaks and page breaks joined), a list item, a note ...

    `level`: a heading's from 1 (0: a heading, level unknown), an item's depth from 1. `number`: automatic numbering or
    list marker that the file shows but that is no character of it ("2.1", "•"). `sure`: known from a style or an
    outline level, not from looks. `label`: a note's mark.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    level: int = 0
    number: str = ""
    sure: bool = False
    bold: bool = False
    size: float | None = None
    style: str = ""
    label: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """`columns` and `rows`: how many it spans. A cell that a merged one covers is not listed."""

    column: int
    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """`head`: the file says so, or the row repeats the head of the page before. `repeated`: a head seen before."""

    cells: tuple[Cell, ...]
    head: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows joined over pages where a table goes on. A caption stands in a block of its own. `name`: a sheet's name.
    `hidden`: a sheet that its file does not show."""

    rows: tuple[Row, ...]
    name: str = ""
    hidden: bool = False


Part: TypeAlias = Block | Table
Raw: TypeAlias = Line | Block | Table
"""What a reader of text or PDF gives, before lines are joined to blocks."""

SourceKind: TypeAlias = Literal["docx", "xlsx", "pdf", "text"]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """`characters`: what the reader counted straight from the file: code points that are not white space.

    `notices`: what a person should know about the file, a code and what it is about: ("macros", ""), ("hidden_sheet",
    name), ("pictures", page): a page that is a picture.
    """

    name: str
    kind: SourceKind
    sha256: str
    characters: int
    parts: tuple[Part, ...]
    title: str = ""
    empty_pages: tuple[int, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()


def blocks_of(parts: tuple[Part, ...]) -> Iterator[Block]:
    """Every block in the order of the source, those in cells too."""
    for part in parts:
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from cell.blocks
        else:
            yield part


def in_order(parts: tuple[Part, ...]) -> list[Piece]:
    """Every piece, so that their texts joined are the source."""
    pieces = [piece for block in blocks_of(parts) for piece in block.pieces]
    return sorted(pieces, key=lambda piece: (piece.order, piece.at.line))


def count(text: str) -> int:
    """Code points that are not white space."""
    return sum(not character.isspace() for character in text)
