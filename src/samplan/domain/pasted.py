"""A table pasted as it stands in Excel or Word: lines of cells, parted by tabs or semicolons. Nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import NamedTuple

from samplan.domain.errors import Invalid

NOTHING = frozenset({"", "-", "–", "—", ".", ".."})
"""What stands in a cell that says nothing; two dots are Statistics Sweden's sign for what is not there."""


class Line(NamedTuple):
    """A line that says something: its number in what was pasted, the first being 1, and its cells without white space
    at their ends."""

    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """The cell in a column; empty past the line's end."""
        return self.cells[at] if at < len(self.cells) else ""


def lines_of(text: str, *, most: int) -> list[Line]:
    """The lines of a pasted table. A cell with a line break in it stands in quotes, as Excel writes it.

    Raises Invalid "table_empty", "table_long" (most), at the field "table".
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise Invalid("table_empty", field="table")
    parted = "\t" if "\t" in first else ";"
    # A single quotation mark belongs to the text: Excel writes them in pairs.
    paired = text.count('"') % 2 == 0
    reader = csv.reader(
        text.splitlines(keepends=True), delimiter=parted, quoting=csv.QUOTE_MINIMAL if paired else csv.QUOTE_NONE
    )
    found: list[Line] = []
    before = 0
    try:
        for row in reader:
            cells = tuple(" ".join(cell.split()) for cell in row)
            if any(cells):
                found.append(Line(before + 1, cells))
                if len(found) > most:
                    raise Invalid("table_long", field="table", most=most)
            before = reader.line_num
    except csv.Error:
        raise Invalid("table_long", field="table", most=most) from None
    return found


def column(head: Iterable[str], names: tuple[str, ...]) -> int | None:
    """The first column whose head begins with one of the names, whatever its case."""
    return next((at for at, cell in enumerate(head) if cell.casefold().startswith(names)), None)
