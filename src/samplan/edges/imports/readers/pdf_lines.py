"""Characters that are drawn somewhere become lines: those on one height, from left to right, words parted by gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from samplan.domain.reading.source import At
from samplan.edges.imports.readers.pdf_page import Char, Page

_SAME_HEIGHT: Final = 0.3
"""Of the type's size: how much lower a character of the same line may stand."""
_WIDE: Final = 1.2
"""Of the type's size: a gap as wide as this may be one between columns."""
_CHANGED: Final = 0.7
"""The same, where letters turn bold or large."""
_SPACE: Final = 0.16
_DOUBLE: Final = 0.12
"""Of the type's size: the same letter drawn again as near as this only makes it bold."""


class Strip:
    """A stretch of a line without a wide gap, or a line of several. `at`: its place, once the lines are counted."""

    __slots__ = ("at", "base", "bold", "bottom", "chars", "looks", "page", "size", "text", "top", "x0", "x1")

    def __init__(self, chars: list[Char], page: int) -> None:
        self.chars = chars
        self.page = page
        self.at: At | None = None
        seen = [char for char in chars if not char.text.isspace()] or chars
        self.x0 = min(char.x0 for char in seen)
        self.x1 = max(char.x1 for char in seen)
        sizes: dict[float, int] = {}
        for char in seen:
            sizes[char.size] = sizes.get(char.size, 0) + 1
        self.size = max(sizes, key=lambda size: (sizes[size], size))
        usual = [char for char in seen if char.size == self.size]
        self.base = usual[len(usual) // 2].base
        self.top = self.base - 0.75 * self.size
        self.bottom = self.base + 0.25 * self.size
        self.bold = all(char.bold for char in seen)
        self.text, self.looks = _text(chars, self)


def without_doubles(chars: Sequence[Char]) -> tuple[list[Char], list[Char]]:
    """The characters, and those among them that are drawn again at the same place."""
    places: dict[tuple[str, int, int, int], list[Char]] = {}
    kept: list[Char] = []
    doubles: list[Char] = []
    for char in chars:
        if char.text.isspace():
            kept.append(char)
            continue
        near = char.size * _DOUBLE
        column, row = int(char.x0 // 4), int(char.base // 4)
        again = False
        for x in (column - 1, column, column + 1):
            for y in (row - 1, row, row + 1):
                for other in places.get((char.text, x, y, char.turn), ()):
                    if abs(other.x0 - char.x0) < near and abs(other.base - char.base) < near:
                        again = True
        if again:
            doubles.append(char)
        else:
            places.setdefault((char.text, column, row, char.turn), []).append(char)
            kept.append(char)
    return kept, doubles


def strips(chars: Iterable[Char], page: int) -> list[list[Strip]]:
    """Rows from top to bottom, each with its stretches from left to right; those of white space alone left out."""
    rows: list[list[Char]] = []
    bases: list[float] = []
    for char in sorted((char for char in chars), key=lambda char: char.base):
        if rows and char.base - bases[-1] <= _SAME_HEIGHT * min(char.size, rows[-1][0].size):
            rows[-1].append(char)
        else:
            rows.append([char])
            bases.append(char.base)
    rows = [row for row in _raised(rows) if any(not char.text.isspace() for char in row)]
    return [[Strip(stretch, page) for stretch in _stretches(row)] for row in rows]


def _raised(rows: list[list[Char]]) -> list[list[Char]]:
    """Small characters that stand a little higher or lower than a line join it: marks of notes, squared metres."""
    for n, row in enumerate(rows):
        for other in (n - 1, n + 1):
            if not row or not 0 <= other < len(rows) or not rows[other]:
                continue
            large = rows[other]
            size = _usual_size(large)
            small = _usual_size(row)
            if not small < 0.85 * size or abs(large[0].base - row[0].base) > 0.6 * size:
                continue
            staying: list[Char] = []
            for stretch in _stretches(row):
                left, right = stretch[0].x0, stretch[-1].x1
                near = any(
                    char.x0 - 0.5 * size <= right and left <= char.x1 + 0.5 * size
                    for char in large
                    if not char.text.isspace()
                )
                (large if near else staying).extend(stretch)
            row[:] = staying
    return [row for row in rows if row]


def _usual_size(row: list[Char]) -> float:
    sizes = sorted(char.size for char in row if not char.text.isspace())
    return sizes[len(sizes) // 2] if sizes else 0.0


def _stretches(row: list[Char]) -> list[list[Char]]:
    """A row in pieces between gaps that may be columns; white space at the ends goes with what it follows."""
    ordered = sorted(row, key=lambda char: char.x0)
    found: list[list[Char]] = []
    right = 0.0
    last: Char | None = None
    for char in ordered:
        blank = char.text.isspace()
        if found and (blank or last is None or char.x0 - right <= _room(last, char)):
            found[-1].append(char)
        else:
            found.append([char])
            right = char.x0
        if not blank:
            right, last = max(right, char.x1), char
    if len(found) > 1 and all(char.text.isspace() for char in found[0]):
        found[:2] = [found[0] + found[1]]
    return found


def _room(last: Char, char: Char) -> float:
    """The widest gap within a line; less where letters of another kind begin."""
    small = min(last.size, char.size)
    other = max(last.size, char.size) > 1.15 * small or last.bold != char.bold
    return small * (_CHANGED if other else _WIDE)


def in_drawn_order(chars: Sequence[Char], page: int) -> list[Strip]:
    """Lines of characters whose order is known: a new one where the next stands lower, higher or further back."""
    lines: list[list[Char]] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace():
            if lines:
                lines[-1].append(char)
            continue
        if last is None or not _goes_on(last, char):
            lines.append([])
        lines[-1].append(char)
        last = char
    return [Strip(line, page) for line in lines]


def _goes_on(last: Char, char: Char) -> bool:
    if char.turn != last.turn:
        return False
    size = max(last.size, char.size)
    if abs(char.base - last.base) <= _SAME_HEIGHT * min(last.size, char.size):
        return char.x0 > last.x0 - 0.5 * size
    raised = abs(char.base - last.base) <= 0.6 * size and min(last.size, char.size) < 0.85 * size
    return raised and -0.3 * size <= char.x0 - last.x1 <= size


def joined(row: Sequence[Strip]) -> Strip:
    """The stretches of a row as one line."""
    if len(row) == 1:
        return row[0]
    return Strip([char for strip in row for char in strip.chars], row[0].page)


def _text(chars: list[Char], strip: Strip) -> tuple[str, tuple[tuple[int, bool, bool], ...]]:
    """What stands there, with a space for each gap that reads as one and three for a wide one; and how its stretches
    look, where not all look alike."""
    gaps = sorted(
        b.x0 - a.x1
        for a, b in pairwise(chars)
        if not a.text.isspace() and not b.text.isspace() and b.x0 - a.x1 < a.size
    )
    # Letters that are spaced out are no words of their own.
    usual = gaps[len(gaps) // 2] if len(gaps) > 3 else 0.0
    parts: list[str] = []
    right: float | None = None
    blank = False
    looks: list[tuple[int, bool, bool]] = []
    bold, note = False, False
    begin = length = 0
    for char in chars:
        if char.text.isspace():
            blank = True
            continue
        space = ""
        if right is not None:
            gap = char.x0 - right
            if gap > 2.5 * char.size:
                space = "   "
            elif blank or gap > _SPACE * char.size + max(usual, 0.0):
                space = " "
        raised = right is not None and not space and _is_raised(char, strip)
        if length and (char.bold, raised) != (bold, note):
            looks.append((length + len(space) - begin, bold, note))
            begin = length + len(space)
        bold, note = char.bold, raised
        parts.append(space + char.text)
        length += len(parts[-1])
        right, blank = char.x1, False
    if looks:
        looks.append((length - begin, bold, note))
    return "".join(parts), tuple(looks)


def _is_raised(char: Char, strip: Strip) -> bool:
    """Whether a digit is small and stands high: the mark of a note."""
    small = char.size < 0.85 * strip.size and char.base < strip.base - 0.1 * strip.size
    return small and (char.text.isdigit() or char.text in "*†")


def links_at(strip: Strip, page: Page) -> tuple[str, ...]:
    """The addresses that lie behind a line."""
    middle = (strip.top + strip.bottom) / 2
    found = (
        address
        for x0, top, x1, bottom, address in page.links
        if top - 1 <= middle <= bottom + 1 and x0 < strip.x1 and strip.x0 < x1
    )
    return tuple(dict.fromkeys(found))
