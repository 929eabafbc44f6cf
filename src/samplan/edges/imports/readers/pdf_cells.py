"""A table as it stands on one page: cells with their lines, from a ruled grid or from columns of text alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from samplan.edges.imports.readers.pdf_grid import Grid, GridCell
from samplan.edges.imports.readers.pdf_lines import Strip, joined, strips
from samplan.edges.imports.readers.pdf_page import Char

_BULLET: Final = re.compile(r"\s*(?:[•●▪◦‣·○■□◆➢➤✓\uf0b7\uf0a7\uf0d8]|[-–—o]\s|[-–]\w)")

_APART: Final = 1.15
"""Of the usual step between lines: a wider one parts rows."""


@dataclass(slots=True)
class SheetCell:
    """`column` from 0; `lines` from top to bottom; `right`: how far a line may go, 0 where that is not known."""

    column: int
    columns: int = 1
    rows: int = 1
    lines: list[Strip] = field(default_factory=list)
    right: float = 0.0

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Sheet:
    """The part of a table on one page. `edges`: where its columns begin, and its right side."""

    edges: list[float]
    top: float
    bottom: float
    rows: list[list[SheetCell]]
    head: bool = False

    @property
    def lines(self) -> list[Strip]:
        return [line for row in self.rows for cell in row for line in cell.lines]


def from_grid(grid: Grid, page: int) -> Sheet | None:
    """The cells of a ruled table with their lines; None where it holds text in fewer than two cells."""
    filled = [cell for cell in grid.cells if any(not char.text.isspace() for char in cell.chars)]
    if len(filled) < 2 or len(filled) * 8 < len(grid.cells):
        return None
    cells = [part for cell in grid.cells for part in _parted(cell, grid, filled)]
    rows: list[list[SheetCell]] = [[] for _ in grid.levels[:-1]]
    for cell in cells:
        lines = lines_in(cell.chars, page)
        # The margin at the right is as wide as that at the left.
        right = cell.x1 - max(min((line.x0 for line in lines), default=cell.x0) - cell.x0, 1.0)
        rows[cell.row].append(SheetCell(cell.column, cell.columns, cell.rows, lines, right))
    kept = [n for n, row in enumerate(rows) if any(cell.lines for cell in row)]
    for row in rows:
        for one in row:
            start = next(n for n, other in enumerate(rows) if other is row)
            one.rows = max(1, sum(1 for n in kept if start <= n < start + one.rows))
    return Sheet(grid.edges, grid.levels[0], grid.levels[-1], [rows[n] for n in kept])


def lines_in(chars: Sequence[Char], page: int) -> list[Strip]:
    """The lines of a cell, text that runs up or down the page after the upright."""
    lines: list[Strip] = []
    for turn in sorted({char.turn for char in chars}):
        lines += [joined(row) for row in strips([char for char in chars if char.turn == turn], page)]
    return lines


def _parted(cell: GridCell, grid: Grid, filled: list[GridCell]) -> list[GridCell]:
    """Some styles draw no upright lines in every other row: a cell over several columns is parted where its words begin
    as they do in the columns' other rows, and none goes over an edge."""
    if cell.columns == 1 or not cell.chars:
        return [cell]
    inner = grid.edges[cell.column + 1 : cell.column + cell.columns]
    groups: list[list[Char]] = [[] for _ in range(cell.columns)]
    for char in cell.chars:
        groups[sum(1 for edge in inner if (char.x0 + char.x1) / 2 >= edge)].append(char)
    seen = [[char for char in group if not char.text.isspace()] for group in groups]
    if sum(1 for group in seen if group) < 2 and not _is_folded(cell, grid, seen):
        return [cell]
    for n, group in enumerate(seen):
        if not group:
            continue
        usual = [
            min(char.x0 for char in other.chars if not char.text.isspace())
            for other in filled
            if other.columns == 1 and other.column == cell.column + n
        ]
        begins = min(char.x0 for char in group)
        if usual and abs(begins - min(usual)) > 3:
            return [cell]
        if n and min(char.x0 for char in group) - max((char.x1 for char in seen[n - 1]), default=0) < -1:
            return [cell]
        if not usual and begins - grid.edges[cell.column + n] > 15:
            return [cell]
    return [
        GridCell(
            cell.row, cell.column + n, cell.rows, 1, grid.edges[cell.column + n], cell.top,
            grid.edges[cell.column + n + 1], cell.bottom, group,
        )
        for n, group in enumerate(groups)
    ]  # fmt: skip


def _is_folded(cell: GridCell, grid: Grid, groups: list[list[Char]]) -> bool:
    """Whether text in one column only was folded to that column's width, as no title over all of them is."""
    column = next((n for n, group in enumerate(groups) if group), 0)
    chars = groups[column]
    heights = {round(char.base) for char in chars}
    room = grid.edges[cell.column + column + 1] - grid.edges[cell.column + column]
    return len(heights) >= 2 and max(char.x1 for char in chars) - min(char.x0 for char in chars) > 0.5 * room


# --- tables without lines


def bare(
    rows: Sequence[Sequence[Strip]], levels: Sequence[float] = (), columns: float | None = None
) -> tuple[Sheet, int, int] | None:
    """The first table among rows of stretches that no line rules: its part of the page, and the rows it takes (first,
    after). `levels`: where lines go across, which part its rows where there are any. `columns`: where running text
    parts into two: that is no table.

    It begins with a row of column names: short, three or more, or bold. Below, every word keeps to its column.
    """
    for first, row in enumerate(rows):
        if not _is_head(row):
            continue
        starts = [strip.x0 for strip in row]
        if columns is not None and len(starts) == 2 and abs(starts[1] - columns) < 8:
            continue
        after = first + 1
        while after < len(rows) and _keeps(rows[after], starts, rows[after - 1], rows[first]):
            after += 1
        taken = [_by_column(line, starts) for line in rows[first:after]]
        several = sum(1 for line in taken[1:] if len(line) >= 2)
        if len(taken) < 3 or several < 2 or several * 3 < len(taken) - 1:
            continue
        right = max(strip.x1 for line in rows[first:after] for strip in line)
        top, bottom = rows[first][0].top, max(strip.bottom for strip in rows[after - 1])
        sheet = Sheet([*starts, right], top, bottom, _table_rows(taken, levels, starts), head=True)
        if len(sheet.rows) >= 3:
            return sheet, first, after
    return None


def carried_on(
    rows: Sequence[Sequence[Strip]], before: Sheet, levels: Sequence[float] = ()
) -> tuple[Sheet | None, int]:
    """The rows at the top of a page that go on with a table without lines from the page before, and how many."""
    starts = before.edges[:-1]
    after = 0
    while after < len(rows) and _keeps(rows[after], starts, rows[max(after - 1, 0)], rows[0]):
        after += 1
    taken = [_by_column(line, starts) for line in rows[:after]]
    while taken and len(taken[-1]) < 2 and 0 in taken[-1]:
        taken.pop()  # a line in the first column alone may be the text that follows
    if sum(1 for line in taken if len(line) >= 2) < 1:
        return None, 0
    after = len(taken)
    right = max(strip.x1 for line in rows[:after] for strip in line)
    bottom = max(strip.bottom for strip in rows[after - 1])
    return Sheet([*starts, right], rows[0][0].top, bottom, _table_rows(taken, levels, starts), head=True), after


def _is_head(row: Sequence[Strip]) -> bool:
    if len(row) < 2 or any(len(strip.text) > 40 or strip.text[:1].isdigit() for strip in row):
        return False
    if _BULLET.match(row[0].text) and len(row[0].text) < 3:
        return False
    return all(strip.bold for strip in row) or len(row) >= 3


def _keeps(row: Sequence[Strip], starts: list[float], before: Sequence[Strip], head: Sequence[Strip]) -> bool:
    """Whether a row keeps to the columns and is no further down than rows of a table are."""
    if row[0].top - max(strip.bottom for strip in before) > 3.5 * row[0].size:
        return False
    if row[0].size > head[0].size * 1.15:
        return False
    for strip in row:
        column = _column(strip.x0, starts)
        if column is None:
            return False
        for part in _at_starts(strip, starts):
            place = _column(part.x0, starts)
            if place is None:
                return False
            if place + 1 < len(starts) and part.x1 > starts[place + 1] - 1:
                return False
            numeric = part.text[:1].isdigit() or part.text[:1] in "-–−"
            if part.x0 - starts[place] > 30 and not numeric:
                return False
    return True


def _column(x: float, starts: list[float]) -> int | None:
    found = [n for n, start in enumerate(starts) if start - 3 <= x]
    return found[-1] if found else None


def _at_starts(strip: Strip, starts: list[float]) -> list[Strip]:
    """A stretch cut where a column begins right at one of its words."""
    cuts: list[int] = []
    for n in range(1, len(strip.chars)):
        char, last = strip.chars[n], strip.chars[n - 1]
        if char.text.isspace():
            continue
        gap = char.x0 - max((one.x1 for one in strip.chars[:n] if not one.text.isspace()), default=char.x0)
        blank = last.text.isspace()
        if (blank or gap > 2) and gap > 0.5 and any(abs(char.x0 - start) <= 1.5 for start in starts):
            cuts.append(n)
    return [
        Strip(strip.chars[a:b], strip.page) for a, b in pairwise([0, *cuts, len(strip.chars)])
    ] if cuts else [strip]  # fmt: skip


def _by_column(row: Sequence[Strip], starts: list[float]) -> dict[int, Strip]:
    found: dict[int, list[Strip]] = {}
    for strip in row:
        for part in _at_starts(strip, starts):
            found.setdefault(_column(part.x0, starts) or 0, []).append(part)
    return {column: joined(parts) for column, parts in found.items()}


def _table_rows(
    lines: list[dict[int, Strip]], levels: Sequence[float], starts: Sequence[float]
) -> list[list[SheetCell]]:
    """Lines gathered into rows: at the lines drawn across, else where white space goes over all columns and the first
    column begins again."""
    bases = [min(strip.base for strip in line.values()) for line in lines]
    pitch = _pitch(lines)
    widest = max((b - a for a, b in pairwise(bases)), default=0.0)
    ruled = [level for level in levels if bases[0] < level < bases[-1]]
    rows: list[list[SheetCell]] = []
    for n, line in enumerate(lines):
        if n == 0:
            new = True
        elif len(ruled) >= 2:
            new = any(bases[n - 1] < level < bases[n] for level in ruled)
        else:
            new = bases[n] - bases[n - 1] > pitch * _APART and 0 in line and len(line) > 1
            # Rows that nothing parts: each line that begins in the first column.
            new = new or (n == 1) or (widest <= pitch * _APART and 0 in line and len(line) > 1)
        if new:
            rows.append([])
        for column, strip in sorted(line.items()):
            cell = next((cell for cell in rows[-1] if cell.column == column), None)
            if cell is None:
                cell = SheetCell(column, right=starts[column + 1] - 6 if column + 1 < len(starts) else 0.0)
                rows[-1].append(cell)
            cell.lines.append(strip)
    for row in rows:
        row.sort(key=lambda cell: cell.column)
    return rows


def _pitch(lines: list[dict[int, Strip]]) -> float:
    """How far lines of one cell usually stand apart; columns need not stand on the same height."""
    steps: list[float] = []
    last: dict[int, float] = {}
    for line in lines:
        for column, strip in line.items():
            if column in last and strip.base - last[column] > 0.5 * strip.size:
                steps.append(strip.base - last[column])
            last[column] = strip.base
    steps.sort()
    return steps[len(steps) // 5] if steps else 0.0


# --- paragraphs in a cell


def paragraphs(lines: Sequence[Strip], right: float = 0.0) -> list[list[Strip]]:
    """The lines of a cell as paragraphs: a new one at a bullet, after more white space than usual, where letters turn
    from bold to plain, or where a line was ended although the next word had found room before `right`."""
    steps = sorted(b.base - a.base for a, b in pairwise(lines) if b.base > a.base)
    pitch = steps[0] if steps else 0.0
    found: list[list[Strip]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        if (
            last is None
            or _is_sign(line, last, right)
            or last.bold != line.bold
            or (line.page == last.page and line.base - last.base > max(pitch * 1.3, line.size * 1.45))
            or (line.text[:1].isupper() and _was_ended(last, line, right))
        ):
            found.append([])
        found[-1].append(line)
    return found


def _is_sign(line: Strip, last: Strip, right: float) -> bool:
    """Whether a line is a new item; a dash may also stand in the middle of a sentence."""
    if not is_item(line):
        return False
    dash = line.text.lstrip()[:1] in "-–—o"
    return not dash or not right or _was_ended(last, line, right) or last.text.rstrip()[-1:] in ".:;?!" or is_item(last)


def _was_ended(last: Strip, line: Strip, right: float) -> bool:
    """Whether the first word of a line would have stood in the one before."""
    if not right:
        return False
    word = line.x0
    for char in line.chars:
        if char.text.isspace() or char.x0 - word > 0.3 * char.size:
            break
        word = char.x1
    return last.x1 + 0.3 * line.size + (word - line.x0) < right - 1


def is_item(line: Strip) -> bool:
    """Whether a line begins with the sign of a list."""
    return _BULLET.match(line.text) is not None
