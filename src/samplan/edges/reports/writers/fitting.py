"""How a table is made to fit its page: size of type, paper turned or not, and the columns' shares of the width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from samplan.domain.document import Block, Document, Figure, Heading, Paragraph, Table, text_of, walk
from samplan.edges.reports.writers.tidy import table_rows


@dataclass(frozen=True, slots=True)
class Page:
    """The paper in mm, standing up, and the width of the text on it."""

    wide: float = 210.0
    high: float = 297.0
    text: float = 150.0

    @property
    def margins(self) -> float:
        return self.wide - self.text

    @property
    def turned(self) -> float:
        """The width of the text when the paper lies down."""
        return self.high - self.margins


A4: Final = Page()
LANDSCAPE_MM: Final = A4.turned
# A table of at most so many rows is not broken over two pages.
KEPT_WHOLE: Final = 16
# A point is 0.3528 mm and a character 0.6 of the type's size: room for the wider fonts of machines that lack ours.
_MM_PER_CHARACTER: Final = 0.3528 * 0.6
_PADDING_MM: Final = 3.0
# A longer word than this may be broken, so it does not decide the width of its column.
_LONGEST_WORD: Final = 18
_CHOICES: Final = ((9.0, False), (8.0, False), (7.0, False), (8.0, True), (7.0, True), (6.0, True))
# The widest text that still fits the widest page Word allows (558 mm).
_WIDEST_MM: Final = 490.0
_BREAK: Final = re.compile(r"[ \n\t/-]+")


# A chapter begins a page of its own when what stands on the page before it takes up more than so many characters.
_FULL_PAGE: Final = 2600
# A table or picture is worth so many characters of room.
_ROOM_OF_TABLE: Final = 700
# A table of at most so many lines of type is kept on one page.
_LINES_KEPT: Final = 30


@dataclass(frozen=True, slots=True)
class Fit:
    """`size` of type in points, `turned` paper or not, `width` of the text in mm, `shares` of it that add up to 1.

    `whole`: short enough to be kept on one page.
    """

    size: float
    turned: bool
    width: float
    shares: tuple[float, ...]
    whole: bool
    page: Page = A4

    @property
    def paper_mm(self) -> tuple[float, float]:
        """Width and height of the paper: as it is, turned, or as wide as the table needs and as high as it stands."""
        if not self.turned:
            return self.page.wide, self.page.high
        wide = self.width > self.page.turned
        return self.width + self.page.margins, self.page.high if wide else self.page.wide


def fit(table: Table, *, may_turn: bool = True, page: Page = A4) -> Fit:
    """The largest type in which every column's longest word has room: on the paper, turned, then on wider paper."""
    words, lines = _lengths(table)
    for size, turned in _CHOICES:
        if turned and not may_turn:
            break
        chosen = (size, turned)
        if _needed(words, size) <= (page.turned if turned else page.text):
            break
    size, turned = chosen
    turned = turned or (table.landscape and may_turn)
    width = max(page.turned, min(_needed(words, size), _WIDEST_MM)) if turned else page.text
    if _needed(words, size) > width:
        size = max(1.0, round((width - _PADDING_MM * len(words)) / _needed(words, 1.0, 0.0), 1))
    least = [word * size * _MM_PER_CHARACTER + _PADDING_MM for word in words]
    wanted = [min(line, 60) ** 0.8 for line in lines]
    spare = max(0.0, width - sum(least))
    widths = [low + spare * part / sum(wanted) for low, part in zip(least, wanted, strict=True)]
    shares = tuple(round(part / sum(widths), 4) for part in widths)
    return Fit(size, turned, round(width, 1), shares, _whole(table, widths, size), page)


def _whole(table: Table, widths: list[float], size: float) -> bool:
    if len(table.rows) > KEPT_WHOLE:
        return False
    letter = 0.3528 * 0.5 * size
    lines = 0.0
    for row in table_rows(table):
        lines += max(
            (
                sum(
                    1 + len(part) * letter // max(1.0, width - _PADDING_MM)
                    for part in text_of(cell.content).split("\n")
                )
                for cell, width in zip(row, widths, strict=True)
            ),
            default=1,
        )
    return lines <= _LINES_KEPT


def fresh_pages(document: Document, *, page: Page = A4) -> frozenset[str]:
    """Keys of the chapters (headings of the first level) that begin a page of their own: short ones share a page."""
    found: set[str] = set()
    used, room, key = _FULL_PAGE, 0, ""

    def close() -> None:
        nonlocal used
        if key and used + room > _FULL_PAGE:
            found.add(key)
            used = 0
        used += room

    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            close()
            key, room = block.key, 150
        elif isinstance(block, Table | Figure):
            room += _ROOM_OF_TABLE + (_FULL_PAGE if isinstance(block, Table) and fit(block, page=page).turned else 0)
        else:
            room += sum(_letters(inner) for inner in walk((block,)))
    close()
    return frozenset(found)


def _letters(block: Block) -> int:
    return 60 + len(text_of(block.content)) if isinstance(block, Heading | Paragraph) else 0


def _needed(words: list[int], size: float, padding: float = _PADDING_MM) -> float:
    return sum(word * size * _MM_PER_CHARACTER + padding for word in words)


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
