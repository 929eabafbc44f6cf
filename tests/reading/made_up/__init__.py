"""Documents of counties that do not exist, in shapes that counties write in, each with its truth.

A module has `document()` and `TRUTH`, in the form of `tests/reading/truth`, with the texts themselves. Those in `TUNED`
were looked at while the reading was made; those in `SET_ASIDE` were written before and measured when it was done.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Sequence
from typing import Any, Final, Literal

from samplan.domain.reading import layout
from samplan.domain.reading.source import (
    At,
    Block,
    Cell,
    Line,
    Part,
    Piece,
    Row,
    SourceDocument,
    SourceKind,
    Table,
    blocks_of,
    count,
)
from samplan.edges.imports.readers import text as text_reader

TUNED: Final = (
    "matrix_in_other_words", "cards", "sheets", "merged_areas", "capitals_and_inline_labels", "letters", "two_columns",
    "two_heads", "cards_with_titles", "areas_in_areas", "no_areas",
)  # fmt: skip
SET_ASIDE: Final = (
    "fulfilment_in_other_words", "numbered_efforts", "traffic_lights", "one_wide_sheet", "hyphenated", "money_in_text",
    "bold_labels",
)  # fmt: skip


def load(name: str) -> tuple[SourceDocument, dict[str, Any]]:
    module = importlib.import_module(f"tests.reading.made_up.{name}")
    return module.document(), module.TRUTH


# --- building


class Paper:
    """Blocks and tables one after the other, each paragraph with its place."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.line = 0

    def block(self, kind: Literal["heading", "paragraph", "item"], text: str, **more: Any) -> Block:
        self.line += 1
        bold = more.pop("begin", "")
        at = At(None, self.line)
        pieces = (Piece(bold, at, bold=True), Piece(text[len(bold) :], at)) if bold else (Piece(text, at),)
        return Block(kind, pieces, **more)

    def h(self, level: int, text: str) -> None:
        self.parts.append(self.block("heading", text, level=level, sure=True, bold=True, size=18.0 - 2 * level))

    def p(self, text: str, *, begin: str = "") -> None:
        """`begin`: the first words, set in bold."""
        self.parts.append(self.block("paragraph", text, size=11.0, begin=begin))

    def b(self, text: str, size: float = 11.0) -> None:
        """A paragraph in bold: a heading or a label without a style."""
        self.parts.append(self.block("paragraph", text, bold=True, size=size))

    def li(self, *texts: str) -> None:
        for text in texts:
            self.parts.append(self.block("item", text, level=1, number="•", sure=True, size=11.0))

    def table(self, *rows: Sequence[str | tuple[str, int, int]], head: bool = True, name: str = "") -> None:
        """Cells are texts, or (text, columns, rows) where they are merged; "^" is a place that a merged one covers."""
        made = []
        for number, row in enumerate(rows):
            cells = []
            for column, cell in enumerate(row):
                if cell == "^":
                    continue
                text, columns, spans = cell if isinstance(cell, tuple) else (cell, 1, 1)
                blocks = tuple(self.block("paragraph", part, size=10.0) for part in text.split("\n") if part)
                cells.append(Cell(column, blocks, columns, spans))
            made.append(Row(tuple(cells), head=head and number == 0))
        self.parts.append(Table(tuple(made), name))

    def document(self, kind: SourceKind = "docx") -> SourceDocument:
        return finished(tuple(self.parts), kind)


def finished(parts: tuple[Part, ...], kind: SourceKind) -> SourceDocument:
    whole = "".join(piece.text for block in blocks_of(parts) for piece in block.pieces)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return SourceDocument(f"made up.{kind}", kind, digest, count(whole), parts)


def typed(text: str) -> SourceDocument:
    """A text file."""
    return text_reader.read(text.encode(), "made up.txt")


def drawn(*pages: Sequence[tuple[str, float, bool, float, float]]) -> SourceDocument:
    """A PDF: pages of lines (text, size, bold, left, white space above in line heights)."""
    lines = []
    number = 0
    for page, rows in enumerate(pages, start=1):
        for text, size, bold, left, gap in rows:
            number += 1
            right = left + len(text) * size * 0.5
            lines.append(Line(text, At(page, number), size, bold, left, right, gap))
    return finished(layout.blocks(lines), "pdf")
