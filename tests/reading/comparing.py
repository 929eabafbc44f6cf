"""What was set against what came back: texts without white space, and the cells of tables."""

from __future__ import annotations

import re
import unicodedata

from samplan.domain.reading.source import SourceDocument, Table
from samplan.edges.imports.readers.tables import text_in
from tests.reading.seed_outlines import Grid, Part

_BULLETS = re.compile("[•◦▪‣–\uf0b7]|(?<![\\w])-(?=\\w)")


def squeezed(text: str) -> str:
    """Without white space, hyphens and bullets, ligatures taken apart: what a renderer may add, move or break."""
    return re.sub(r"[\s\u00ad\u200b-]", "", _BULLETS.sub("", unicodedata.normalize("NFKC", text)))


def cells_set(parts: tuple[Part, ...], *, wide: bool | None = None) -> list[list[str]]:
    """The rows of all tables as they were set, heads apart."""
    grids = [part for part in parts if isinstance(part, Grid) and (wide is None or part.wide == wide)]
    return [[squeezed(cell) for cell in row] for grid in grids for row in grid.rows]


def cells_read(document: SourceDocument, parts: tuple[Part, ...], columns: int) -> list[list[str]]:
    """The rows of all tables of so many columns as they were read, the heads that were set and title rows apart."""
    rows = []
    heads = [[squeezed(name) for name in part.head] for part in parts if isinstance(part, Grid)]
    for table in (part for part in document.parts if isinstance(part, Table)):
        width = max((cell.column + cell.columns for row in table.rows for cell in row.cells), default=0)
        if width != columns:
            continue
        for row in table.rows:
            texts = [""] * columns
            for cell in row.cells:
                texts[cell.column] = squeezed(text_in(cell))
            if not (row.cells and row.cells[0].columns == columns) and texts not in heads:
                rows.append(texts)
    return rows
