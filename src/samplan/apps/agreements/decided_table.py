"""The table of decided amounts that a county gets, pasted as it stands: a row per section, a column per recipient.

The first row names the columns: one for the section's number ("Avsnitt") and one for each recipient level there is
("Region", "Kommuner", "Länsgemensamt"); others are passed over. Cells are parted by tabs, as from Excel, or semicolons.
An empty cell or a dash says that the level gets nothing there. Nothing is written and nothing is guessed.
"""

from __future__ import annotations

from typing import NamedTuple

from samplan.domain.errors import Invalid
from samplan.domain.questionnaire import parse_kronor

SECTION = ("avsnitt", "section")
LEVELS = {
    "joint": ("länsgemensamt", "länsgemensamma", "gemensamt", "joint"),
    "region": ("region",),
    "municipalities": ("kommun", "municipalit"),
}
NOTHING = {"", "-", "–", "—"}
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
    lines = [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        raise Invalid("table_empty", field="table")
    if len(lines) > MOST_LINES:
        raise Invalid("table_long", field="table", most=MOST_LINES)
    parted = "\t" if "\t" in lines[0][1] else ";"
    head = [cell.strip().casefold() for cell in lines[0][1].split(parted)]
    number_at = next((at for at, cell in enumerate(head) if cell.startswith(SECTION)), None)
    levels = {at: level for at, cell in enumerate(head) for level, names in LEVELS.items() if cell.startswith(names)}
    if number_at is None or not levels:
        raise Invalid("table_head", field="table")
    found: dict[tuple[str, str], Decided] = {}
    for line, cells in ((line, [cell.strip() for cell in row.split(parted)]) for line, row in lines[1:]):
        number = cells[number_at].rstrip(".") if number_at < len(cells) else ""
        for at, level in levels.items():
            cell = cells[at] if at < len(cells) else ""
            if cell in NOTHING:
                continue
            try:
                amount = parse_kronor(cell.casefold().removesuffix("kr").strip())
            except Invalid:
                raise Invalid("table_cell", field="table", line=line, text=cell[:40]) from None
            if not number:
                continue  # a row of sums
            if (number, level) in found:
                raise Invalid("table_twice", field="table", line=line, number=number)
            found[number, level] = Decided(number, level, amount, line)
    if not found:
        raise Invalid("table_empty", field="table")
    return list(found.values())
