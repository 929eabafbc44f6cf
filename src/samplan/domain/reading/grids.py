"""Tables as they stand in Word, Excel and PDF: what kind each is, and what its columns are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from samplan.domain.reading import amounts, flat
from samplan.domain.reading.flat import recipients_in
from samplan.domain.reading.paras import Grid, GridCell, GridRow
from samplan.domain.reading.vocabulary import Vocabulary, plain

_DEEPEST_HEAD: Final = 12
_LONGEST_HEAD: Final = 60
_SHARE: Final = 0.5
"""Of a card's labels: how many must be known; fewer where all are in bold beside text that is not."""
_FORMED: Final = 0.34


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind`: `matrix` (a row for each activity), `card` (label beside value), `money`, `tags` or `other`.

    `head`: index of the row with the heads of columns (-1: none); `columns`: a kind for each, empty where unknown.
    """

    kind: str
    head: int = -1
    columns: tuple[str, ...] = ()


def shape(grid: Grid, words: Vocabulary) -> Shape:
    """What a table is; it is looked at once."""
    if not grid.told:
        grid.told.append(_shape(grid, words))
    found = grid.told[0]
    if not isinstance(found, Shape):
        raise TypeError(found)
    return found


def _shape(grid: Grid, words: Vocabulary) -> Shape:
    if flat.tags_of_grid(grid, words):
        return Shape("tags")
    head, columns = _head(grid, words)
    known = [column for column in columns if column]
    if _is_card(grid, words):
        return Shape("card")
    if head >= 0 and _is_money(grid, head, columns, words):
        return Shape("money", head, columns)
    if head < 0 and (sums := _sums(grid, words)) is not None:
        return sums
    if head >= 0 and "title" in columns and len(set(known)) >= 2:
        body = [row for row in grid.rows[head + 1 :] if row.filled]
        return Shape("matrix" if body else "other", head, columns)
    if head >= 0 and len(set(known) - {"number", "area"}) >= 2:
        return Shape("matrix", head, _with_title(columns))
    return Shape("other", head, columns)


def _with_title(columns: tuple[str, ...]) -> tuple[str, ...]:
    """A table without a column called activity: its first column of unknown head, or its first goal, is the title."""
    if "title" in columns:
        return columns
    for wanted in ("", "description", "goal"):
        if wanted in columns:
            place = columns.index(wanted)
            return (*columns[:place], "title", *columns[place + 1 :])
    return columns


def _head(grid: Grid, words: Vocabulary) -> tuple[int, tuple[str, ...]]:
    """The row whose cells are mostly heads of columns."""
    best: tuple[int, tuple[str, ...]] = (-1, ())
    most = 1
    for index, row in enumerate(grid.rows[:_DEEPEST_HEAD]):
        filled = row.filled
        if len(filled) < 2:
            continue
        columns = columns_of(row, grid.width, words)
        hits = len({column for column in columns if column})
        recipients = len({key for cell in filled for key in recipients_in(cell.text, words) if len(cell.text) < 60})
        if max(hits, recipients) > most and max(hits, recipients) * 2 >= len(filled):
            best, most = (index, columns), max(hits, recipients)
    return best


def columns_of(row: GridRow, width: int, words: Vocabulary) -> tuple[str, ...]:
    columns = [""] * width
    cells = [cell for cell in row.cells if cell.text and len(cell.text) <= _LONGEST_HEAD]
    for cell, key in zip(cells, words.heads([cell.text for cell in cells]), strict=True):
        for place in range(cell.column, min(width, cell.column + cell.columns)):
            columns[place] = key
    return tuple(columns)


def label_of(text: str, words: Vocabulary) -> tuple[str, str]:
    """What a label in a card says, and a number in it: "Ansvarig" is a field, "Insats 3" a title or directive."""
    if len(text) > _LONGEST_HEAD:
        return "", ""
    prefix = words.prefix(text)
    if prefix and prefix[1] and not prefix[2] and prefix[0] in ("activity", "directive"):
        return "title" if prefix[0] == "activity" else "directive", prefix[1]
    return words.column(text) or words.heads([text])[0], ""


def _is_card(grid: Grid, words: Vocabulary) -> bool:
    """Pairs of cells, a label and its value beside it, one or more in a row."""
    rows = [row.filled for row in grid.rows if len(row.filled) > 1]
    even = [row for row in rows if len(row) % 2 == 0]
    if not even or len(even) < len(rows) * 0.6:
        return False
    begun = sum(1 for row in even if label_of(row[0].text, words)[0])
    formed = all(len(row) == 2 and _is_bold(row[0]) and not _is_bold(row[1]) for row in even)
    share = _FORMED if formed else _SHARE
    if begun < len(even) * min(0.6, share + 0.1):
        return False
    pairs = [(row[place].text, row[place + 1].text) for row in even for place in range(0, len(row), 2)]
    known = sum(1 for label, _ in pairs if label_of(label, words)[0])
    heads = sum(1 for _, value in pairs if len(value) <= 40 and words.column(value))
    return known >= 2 and known >= len(pairs) * share and heads <= len(pairs) * 0.34


def _is_bold(cell: GridCell) -> bool:
    paras = [para for para in cell.paras if para.spans]
    return bool(paras) and all(para.bold for para in paras)


def _is_money(grid: Grid, head: int, columns: tuple[str, ...], words: Vocabulary) -> bool:
    body = [row for row in grid.rows[head + 1 :] if row.filled]
    if not body:
        return False
    by_column: Counter[int] = Counter()
    for row in body:
        for cell in row.cells:
            if not cell.covered and is_sum(cell, grid.rows[head]):
                by_column[cell.column] += 1
    if not by_column or sum(by_column.values()) < max(1, len(body) // 2):
        return False
    descriptive = {column for column in columns if column} - {"budget", "area", "number", "funding", "title", ""}
    if "title" not in columns and "budget" in columns:
        descriptive -= {"description", "comment", "purpose"}
    recipients = {key for cell in grid.rows[head].cells for key in recipients_in(cell.text, words)}
    return not descriptive and (len(recipients) >= 2 or "title" not in columns)


def is_list_of_sums(grid: Grid, words: Vocabulary) -> bool:
    """Whether a table says of each activity what it costs and no more."""
    columns = set(shape(grid, words).columns)
    return "budget" in columns and columns <= {"", "title", "number", "budget"}


def is_sum(cell: GridCell, head: GridRow) -> bool:
    """Whether a cell is money: it looks so, or is a number below a head that says so."""
    above = head.cell(cell.column)
    told = above is not None and amounts.has_unit(above.text)
    return amounts.is_amount(cell.text) or (told and amounts.in_cell(cell.text) is not None)


def _sums(grid: Grid, words: Vocabulary) -> Shape | None:
    """A table of amounts whose head says no more than that one of its columns is money."""
    for index, row in enumerate(grid.rows[:_DEEPEST_HEAD]):
        columns = columns_of(row, grid.width, words)
        if len(row.filled) < 2 or "budget" not in columns or "title" in columns:
            continue
        if not any(amounts.in_cell(cell.text) is not None for cell in row.filled):
            return Shape("money", index, columns) if _is_money(grid, index, columns, words) else None
    return None


def holds_activities(grid: Grid, words: Vocabulary) -> bool:
    return shape(grid, words).kind in ("matrix", "card")


def is_own_card(grid: Grid, words: Vocabulary) -> bool:
    """Whether a table is the card of the heading above it: labels and values, none of them a title."""
    if shape(grid, words).kind != "card":
        return False
    labels = {label_of(row.filled[0].text, words)[0] for row in grid.rows if row.filled}
    return not labels & {"title", "directive", "area"} and all(len(row.filled) != 1 for row in grid.rows)


_OF_AREAS: Final = frozenset(
    {
        "purpose",
        "goal",
        "baseline",
        "background",
        "description",
        "target_group",
        "indicators",
        "goal_long",
        "goal_short",
    }
)


def is_area_card(grid: Grid, words: Vocabulary) -> bool:
    """Whether a card tells of an area: what it is like and what shall be reached, never who does it when."""
    labels = {label_of(row.filled[0].text, words)[0] for row in grid.rows if row.filled}
    return is_own_card(grid, words) and labels <= _OF_AREAS


def names_areas(grid: Grid, words: Vocabulary) -> bool:
    """Whether the table tells the area of its rows itself: by a column, or by rows that run over all columns."""
    found = shape(grid, words)
    if "area" in found.columns or lone_names(grid, found):
        return True
    return any(area_row(row, grid, words) for row in grid.rows)


def lone_names(grid: Grid, shape: Shape) -> frozenset[int]:
    """Rows below a matrix's head that hold a name in bold in the first cell and nothing more: areas, where there are
    two of them or more and the other rows' first cells are not in bold."""
    if shape.kind != "matrix" or "area" in shape.columns:
        return frozenset()
    alone, others = set(), []
    for index, row in enumerate(grid.rows[shape.head + 1 :], start=shape.head + 1):
        filled = row.filled
        if len(filled) == 1 and filled[0].column == 0 and not filled[0].covered and _is_bold(filled[0]):
            alone.add(index)
        elif len(filled) > 1:
            others.append(_is_bold(filled[0]))
    return frozenset(alone) if len(alone) >= 2 and sum(others) * 2 < len(others) else frozenset()


def calls_area(text: str, words: Vocabulary) -> bool:
    """Whether a text calls itself an area: "Insatsområde: Unga", "Prioriterat område Unga"."""
    names = words.of("areas", "one")
    first = plain(text)
    return words.lead(names, text) is not None or any(len(name) > 8 and first.startswith(name) for name in names)


def area_row(row: GridRow, grid: Grid, words: Vocabulary) -> str:
    """The name of the area in a row that holds nothing else; empty for another row."""
    filled = row.filled
    if len(filled) != 1 or grid.width < 2:
        return ""
    cell = filled[0]
    text = cell.text
    if len(text) > 160 or cell.covered:
        return ""
    lead = words.lead(words.of("areas", "one"), text)
    if lead is not None:
        return lead[1] or text
    if calls_area(text, words):
        return text
    return text if cell.columns >= max(2, grid.width - 1) and not re.search(r"[.!?]$", text) else ""
