"""Tables that are ruled: the lines of a page as a grid of cells.

The columns part where upright lines stand, the rows where lines go across; a line that is missing joins two cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from samplan.edges.imports.readers.pdf_page import Char, Rule

_NEAR: Final = 3.0
"""Points: lines as near as this are one."""
_COVERS: Final = 0.6
"""Of a side of a cell: how much of it a line must cover to be its border."""
_SHORTEST: Final = 6.0


@dataclass(slots=True)
class GridCell:
    """`row` and `column` from 0; the place on the page; the characters that stand in it, as they are drawn."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    top: float
    x1: float
    bottom: float
    chars: list[Char] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """`edges`: where its columns begin and the last ends; `levels`: the same of its rows."""

    edges: list[float]
    levels: list[float]
    cells: list[GridCell]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.edges[0], self.levels[0], self.edges[-1], self.levels[-1]


@dataclass(slots=True)
class _Line:
    """Rules on one line: `at` is where it stands, `spans` from where to where it goes."""

    at: float
    spans: list[tuple[float, float]]

    def covers(self, start: float, end: float) -> float:
        """How much of a stretch is drawn, from 0 to 1."""
        drawn = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.spans)
        return drawn / max(end - start, 0.1)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the lines of a page make, those of one column left out: they only frame a text."""
    upright = _merged((rule.x0, rule.top, rule.bottom) for rule in rules if rule.upright)
    across = _merged((rule.top, rule.x0, rule.x1) for rule in rules if not rule.upright)
    found = []
    for ups, acrosses in _connected(upright, across):
        if len(ups) >= 2 and len(acrosses) >= 2 and (grid := _grid(ups, acrosses)) is not None:
            found.append(grid)
    return found


def _merged(rules: Iterable[tuple[float, float, float]]) -> list[_Line]:
    """Lines from rules (place, from, to): those at one place whose ends meet are one."""
    lines: list[_Line] = []
    for at, start, end in sorted(rules):
        line = lines[-1] if lines and at - lines[-1].at <= _NEAR / 2 else None
        if line is None:
            lines.append(_Line(at, [(start, end)]))
        else:
            line.spans.append((start, end))
    parted = []
    for line in lines:
        spans: list[tuple[float, float]] = []
        for start, end in sorted(line.spans):
            if spans and start - spans[-1][1] <= _NEAR:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((start, end))
        parted += [_Line(line.at, [span]) for span in spans if span[1] - span[0] >= _SHORTEST]
    return parted


def _connected(upright: list[_Line], across: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that touch belong together."""
    parent = list(range(len(upright) + len(across)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, up in enumerate(upright):
        top, bottom = up.spans[0]
        for m, line in enumerate(across, start=len(upright)):
            left, right = line.spans[0]
            if left - _NEAR <= up.at <= right + _NEAR and top - _NEAR <= line.at <= bottom + _NEAR:
                parent[root(n)] = root(m)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for n, up in enumerate(upright):
        groups.setdefault(root(n), ([], []))[0].append(up)
    for m, line in enumerate(across, start=len(upright)):
        groups.setdefault(root(m), ([], []))[1].append(line)
    return _nested(list(groups.values()))


def _nested(groups: list[tuple[list[_Line], list[_Line]]]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that stand inside a table without touching its own are part of it."""
    groups.sort(key=lambda group: -sum(b - a for line in (*group[0], *group[1]) for a, b in line.spans))
    kept: list[tuple[list[_Line], list[_Line]]] = []
    for ups, acrosses in groups:
        outer = next((one for one in kept if len(one[0]) >= 2 and _inside(ups, acrosses, one)), None)
        if outer is None:
            kept.append((ups, acrosses))
        elif acrosses and not ups:
            outer[1].extend(line for line in acrosses if _spans_column(line, outer[0]))
        elif ups and not acrosses:
            outer[0].extend(up for up in ups if up.spans[0][1] - up.spans[0][0] > 12)
    return kept


def _inside(ups: list[_Line], acrosses: list[_Line], outer: tuple[list[_Line], list[_Line]]) -> bool:
    left, right = min(up.at for up in outer[0]), max(up.at for up in outer[0])
    top, bottom = min(up.spans[0][0] for up in outer[0]), max(up.spans[0][1] for up in outer[0])
    xs = [*(up.at for up in ups), *(x for line in acrosses for x in line.spans[0])]
    ys = [*(line.at for line in acrosses), *(y for up in ups for y in up.spans[0])]
    return left - _NEAR <= min(xs) and max(xs) <= right + _NEAR and top - _NEAR <= min(ys) and max(ys) <= bottom + _NEAR


def _spans_column(line: _Line, ups: list[_Line]) -> bool:
    """Whether a line goes from one upright line to the next, as no underlined word does."""
    left, right = line.spans[0]
    return any(abs(up.at - left) <= 2 * _NEAR for up in ups) and any(abs(up.at - right) <= 2 * _NEAR for up in ups)


def _clustered(values: Iterable[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _grid(ups: list[_Line], acrosses: list[_Line]) -> Grid | None:
    xs = _clustered(up.at for up in ups)
    left, right = min(line.spans[0][0] for line in acrosses), max(line.spans[0][1] for line in acrosses)
    # Sides that are not drawn: the lines across go further than the outermost upright ones.
    if left < xs[0] - 3 * _NEAR:
        xs.insert(0, left)
    if right > xs[-1] + 3 * _NEAR:
        xs.append(right)
    ends = (end for up in ups for end in up.spans[0])
    levels = _clustered([*(line.at for line in acrosses), *ends])
    if len(xs) < 3 or len(levels) < 2:
        return None
    cells = _joined_cells(xs, levels, ups, acrosses)
    return Grid(xs, levels, cells)


def _joined_cells(xs: list[float], levels: list[float], ups: list[_Line], acrosses: list[_Line]) -> list[GridCell]:
    """A cell for each field of the grid, joined to its right where no line parts them, then downwards."""
    open_above: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for row in range(len(levels) - 1):
        top, bottom = levels[row], levels[row + 1]
        below: dict[tuple[int, int], GridCell] = {}
        column = 0
        while column < len(xs) - 1:
            last = column
            while last + 2 < len(xs) and not _is_drawn(ups, xs[last + 1], top, bottom):
                last += 1
            above = open_above.get((column, last))
            if above is not None and not _is_drawn(acrosses, top, xs[column], xs[last + 1]):
                above.rows += 1
                above.bottom = bottom
                cell = above
            else:
                cell = GridCell(row, column, 1, last - column + 1, xs[column], top, xs[last + 1], bottom)
                cells.append(cell)
            below[(column, last)] = cell
            column = last + 1
        open_above = below
    return cells


def _is_drawn(lines: list[_Line], at: float, start: float, end: float) -> bool:
    """Whether lines at a place cover most of a stretch."""
    margin = min(2.0, (end - start) / 4)
    covered = sum(line.covers(start + margin, end - margin) for line in lines if abs(line.at - at) <= _NEAR)
    return covered >= _COVERS


def fill(grid: Grid, chars: Iterable[Char]) -> list[Char]:
    """Put each character in the cell around its middle; those outside the grid come back. A word that is too long for
    its cell stays whole."""
    x0, top, x1, bottom = grid.box
    rest: list[Char] = []
    last: GridCell | None = None
    before: Char | None = None
    for char in chars:
        x, y = middle(char)
        if last is not None and before is not None and _follows(before, char) and top - 1 <= y <= bottom + 1:
            last.chars.append(char)
            before = char
            continue
        before = char
        if not (x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1):
            rest.append(char)
            before = None
            continue
        if last is None or not (last.x0 <= x <= last.x1 and last.top <= y <= last.bottom):
            last = next(
                (
                    cell
                    for cell in grid.cells
                    if cell.x0 - 1 <= x <= cell.x1 + 1 and cell.top - 1 <= y <= cell.bottom + 1
                ),
                None,
            )
        if last is None:
            rest.append(char)
        else:
            last.chars.append(char)
    return rest


def _follows(before: Char, char: Char) -> bool:
    """Whether a character goes on with the word that the one drawn before it belongs to."""
    return (
        not before.text.isspace()
        and not char.text.isspace()
        and before.turn == char.turn
        and before.base == char.base
        and -0.3 * char.size <= char.x0 - before.x1 <= 0.05 * char.size
    )


def middle(char: Char) -> tuple[float, float]:
    """The middle of a character on the page, turned or not."""
    along, across = (char.x0 + char.x1) / 2, char.base - 0.25 * char.size
    return {0: (along, across), 1: (across, -along), 2: (-along, -across), 3: (-across, along)}[char.turn]
