"""The table of decided amounts that a county gets, pasted as it stands: a row per section, a column per recipient.

The first row names the columns: one for the section's number ("Avsnitt") and one for each recipient level there is
("Region", "Kommuner", "Länsgemensamt"); others are passed over. Cells are parted by tabs, as from Excel, or semicolons.
An empty cell or a dash says that the level gets nothing there. Nothing is written and nothing is guessed.
"""

from __future__ import annotations

from typing import NamedTuple

from samplan.domain.errors import Invalid
from samplan.domain.pasted import NOTHING, column, lines_of
from samplan.domain.questionnaire import parse_kronor

SECTION = ("avsnitt", "section")
LEVELS = {
    "joint": ("länsgemensamt", "länsgemensamma", "gemensamt", "joint"),
    "region": ("region",),
    "municipalities": ("kommun", "municipalit"),
}
MOST_LINES = 500


class Decided(NamedTuple):
    """A section's amount for one recipient level, in kronor, and the line of the table it stands on."""

    number: str
    level: str
    amount: int
    line: int


def parse(text: str) -> list[Decided]:
    """The amounts of a pasted table. Raises `Invalid` "table_head" (what the first row misses), "table_cell" (line,
    text), "table_twice" (line, number), "table_empty", "table_long" (most)."""
    head, *lines = lines_of(text, most=MOST_LINES)
    number_at = column(head.cells, SECTION)
    levels = {
        at: level for at, cell in enumerate(head.cells) for level, names in LEVELS.items()
        if cell.casefold().startswith(names)
    }  # fmt: skip
    if number_at is None or not levels:
        raise Invalid("table_head", field="table")
    found: dict[tuple[str, str], Decided] = {}
    for line in lines:
        number = line.cell(number_at).rstrip(".")
        for at, level in levels.items():
            cell = line.cell(at)
            if cell in NOTHING:
                continue
            try:
                amount = parse_kronor(cell.casefold().removesuffix("kr").strip())
            except Invalid:
                raise Invalid("table_cell", field="table", line=line.number, text=cell[:40]) from None
            if not number:
                continue  # a row of sums
            if (number, level) in found:
                raise Invalid("table_twice", field="table", line=line.number, number=number)
            found[number, level] = Decided(number, level, amount, line.number)
    if not found:
        raise Invalid("table_empty", field="table")
    return list(found.values())
