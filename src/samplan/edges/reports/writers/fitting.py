"""How a table is made to fit its page: size of type, paper turned or not, and the columns' shares of the width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from samplan.domain.document import Table, text_of
from samplan.edges.reports.writers.tidy import table_rows

PORTRAIT_MM: Final = 150.0
LANDSCAPE_MM: Final = 237.0
# A table of at most so many rows is not broken over two pages.
KEPT_WHOLE: Final = 16
_MM_PER_POINT: Final = 0.3528
_EM_PER_CHARACTER: Final = 0.6
_PADDING_MM: Final = 3.0
# A longer word than this may be broken, so it does not decide the width of its column.
_LONGEST_WORD: Final = 18
_CHOICES: Final = ((9.0, False), (8.0, False), (7.0, False), (8.0, True), (7.0, True), (6.0, True))
_BREAK: Final = re.compile(r"[ \n\t/-]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """`size` of type in points, `turned` paper (landscape) or not, `shares` of the width that add up to 1."""

    size: float
    turned: bool
    shares: tuple[float, ...]


def fit(table: Table, *, may_turn: bool = True) -> Fit:
    """The largest type in which every column's longest word has room; the smallest where nothing helps."""
    words, lines = _lengths(table)
    for size, turned in _CHOICES:
        if turned and not may_turn:
            break
        chosen = (size, turned)
        if _needed(words, size) <= _width(turned):
            break
    size, turned = chosen
    width = _width(turned)
    least = [word * size * _EM_PER_CHARACTER * _MM_PER_POINT + _PADDING_MM for word in words]
    wanted = [min(line, 60) ** 0.8 for line in lines]
    spare = max(0.0, width - sum(least))
    widths = [low + spare * part / sum(wanted) for low, part in zip(least, wanted, strict=True)]
    return Fit(size, turned, tuple(round(part / sum(widths), 4) for part in widths))


def _width(turned: bool) -> float:
    return LANDSCAPE_MM if turned else PORTRAIT_MM


def _needed(words: list[int], size: float) -> float:
    return sum(word * size * _EM_PER_CHARACTER * _MM_PER_POINT + _PADDING_MM for word in words)


def _lengths(table: Table) -> tuple[list[int], list[int]]:
    """For each column the longest word that must stay whole and the longest line, in characters."""
    words = [1] * len(table.head)
    lines = [1] * len(table.head)
    for row in table_rows(table):
        for place, cell in enumerate(row):
            text = text_of(cell.content)
            mark = 4 if any(run.made_up for run in cell.content) else 0
            longest = max(map(len, _BREAK.split(text)))
            words[place] = max(words[place], min(longest, _LONGEST_WORD) + mark)
            lines[place] = max(lines[place], len(text) + mark)
    return words, lines
