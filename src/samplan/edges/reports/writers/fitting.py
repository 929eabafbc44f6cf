"""How a table is made to fit its page: size of type, paper turned or not, and the columns' shares of the width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from samplan.domain.document import Block, Cell, Heading, Paragraph, Table, text_of
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
# Nor is one of more lines of type than this, or a row of them.
_LINES_KEPT: Final = 30
# On turned paper there is room for fewer, beside the headings that stand with the table.
_LINES_KEPT_TURNED: Final = 22
_LINES_OF_ROW: Final = 22
POINT_MM: Final = 0.3528
_PADDING_MM: Final = 3.0
# A longer word than this may be broken, so it does not decide the width of its column.
_LONGEST_WORD: Final = 18
_CHOICES: Final = ((9.0, False), (8.0, False), (7.0, False), (8.0, True), (7.0, True), (6.0, True))
# The widest text that still fits the widest page Word allows (558 mm).
_WIDEST_MM: Final = 490.0
_BREAK: Final = re.compile(r"[ \n\t/-]+")
_SIZES: Final = (
    dict.fromkeys("iljI.,:;!|'\u00a0 ", 0.28) | dict.fromkeys("tfr()[]-\u2013", 0.4) | dict.fromkeys("mwMW%\u2212", 0.9)
)
# Room for the fonts of machines that lack ours.
_OTHER_FONTS: Final = 1.15
# Heads and sums are set in bold.
_BOLD: Final = 1.08
# The mark at a made-up figure, in ems.
_MARK: Final = 1.3
# The spare width is given out in so many portions, by what they save in so many rows.
_PORTIONS: Final = 24
_ROWS_WEIGHED: Final = 24
# A cell of at most so many characters is kept on one line, when all such leave some width to the others.
_SHORT_CELL: Final = 18
_SHORT_MAY_TAKE: Final = 0.8
# A paragraph of at most so many characters may stand on turned paper, after a table that needs it.
_SHORT: Final = 300
_WAITING: Final = 6


@dataclass(frozen=True, slots=True)
class Fit:
    """`size` of type in points, `turned` paper or not, `width` of the text in mm, `shares` of it that add up to 1.

    `whole`: short enough to be kept on one page. `rows_whole`: so is each of its rows. `lines`: about how many lines of
    type it takes.
    """

    size: float
    turned: bool
    width: float
    shares: tuple[float, ...]
    whole: bool
    rows_whole: bool
    lines: float
    page: Page = A4

    @property
    def paper_mm(self) -> tuple[float, float]:
        """Width and height of the paper: as it is, turned, or as wide as the table needs and as high as it stands."""
        if not self.turned:
            return self.page.wide, self.page.high
        wide = self.width > self.page.turned
        return self.width + self.page.margins, self.page.high if wide else self.page.wide


def ems(text: str) -> float:
    """About how wide a text is, in sizes of its type."""
    return _OTHER_FONTS * sum(_SIZES.get(one) or (0.68 if one.isupper() else 0.6) for one in text)


@lru_cache(maxsize=128)
def fit(table: Table, *, may_turn: bool = True, page: Page = A4) -> Fit:
    """The largest type in which every column's longest word has room: on the paper, turned, then on wider paper."""
    words = _words(table)
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
    least = [word * size * POINT_MM + _PADDING_MM for word in words]
    cells = [[_Lines(cell, size * weight) for cell in row] for weight, row in _rows(table)]
    # What is short stays on one line, where that leaves room for the others.
    short = [max([low, *(row[n].short + _PADDING_MM for row in cells)]) for n, low in enumerate(least)]
    if sum(short) <= _SHORT_MAY_TAKE * width:
        least = short
    widths = _shared(least, cells, width)
    heights = [max((cell.high(wide) for cell, wide in zip(row, widths, strict=True)), default=1.0) for row in cells]
    lines = sum(heights)
    shares = tuple(round(part / sum(widths), 4) for part in widths)
    whole = len(table.rows) <= KEPT_WHOLE and lines <= (_LINES_KEPT_TURNED if turned else _LINES_KEPT)
    return Fit(size, turned, round(width, 1), shares, whole, max(heights) <= _LINES_OF_ROW, lines, page)


class _Lines:
    """A cell's lines as they are written, by their lengths in mm."""

    __slots__ = ("long", "short")

    def __init__(self, cell: Cell, size: float) -> None:
        marks = _MARK * sum(run.made_up for run in cell.content)
        self.long = [ems(line) * size * POINT_MM for line in text_of(cell.content).split("\n")]
        self.long[-1] += marks * size * POINT_MM
        self.short = self.long[0] if len(text_of(cell.content)) <= _SHORT_CELL else 0.0

    def high(self, width: float) -> float:
        """How many lines of type it takes in a column of this width, about."""
        room = max(1.0, width - _PADDING_MM)
        return sum(max(1.0, 1.05 * long / room + 0.35) if long > room else 1.0 for long in self.long)


def _shared(least: list[float], cells: list[list[_Lines]], width: float) -> list[float]:
    """Widths of the columns that add up to `width`: each its least, and the spare where it makes the table lowest."""
    widths, spare = list(least), width - sum(least)
    if spare <= 0:
        return [low * width / sum(least) for low in least]
    every = max(1, len(cells) // _ROWS_WEIGHED)
    rows = cells[::every]
    portion = spare / _PORTIONS
    highs = [[row[n].high(wide) ** 4 for row in rows] for n, wide in enumerate(widths)]
    for _turn in range(_PORTIONS):
        sums = [sum(column[r] for column in highs) for r in range(len(rows))]
        roots = [one**0.25 for one in sums]
        best, saved, made = -1, 0.01, []
        for n, wide in enumerate(widths):
            new = [row[n].high(wide + portion) ** 4 for row in rows]
            old = highs[n]
            gain = sum(
                roots[r] - max(0.0, sums[r] - old[r] + new[r]) ** 0.25 for r in range(len(rows)) if new[r] < old[r]
            )
            if gain > saved:
                best, saved, made = n, gain, new
        if best < 0:
            break
        widths[best] += portion
        highs[best] = made
    left = width - sum(widths)
    natural = [max((max(row[n].long) for row in rows), default=1.0) ** 0.8 + 1 for n in range(len(widths))]
    return [wide + left * part / sum(natural) for wide, part in zip(widths, natural, strict=True)]


def groups(blocks: Iterable[Block], *, page: Page = A4) -> Iterator[tuple[Fit | None, list[Block]]]:
    """The blocks in order, parted by paper: upright (None), or turned as the fit says.

    Headings and short paragraphs right before a table on turned paper go with it, and what is short after it stays
    there until the next chapter, so that no page holds a line alone.
    """
    here: Fit | None = None
    group: list[Block] = []
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if block.level == 1:
                group += waiting
                if here is not None:
                    yield here, group
                    here, group = None, []
                waiting = []
            waiting.append(block)
            continue
        fitted = fit(block, page=page) if isinstance(block, Table) else None
        short = isinstance(block, Paragraph) and len(text_of(block.content)) <= _SHORT
        chapter = bool(waiting) and isinstance(waiting[0], Heading) and waiting[0].level == 1
        if short and len(waiting) < _WAITING and (chapter or (waiting and here is not None)):
            waiting.append(block)
            continue
        if fitted is not None and fitted.turned:
            stays = here is not None and here.paper_mm == fitted.paper_mm
            there: Fit | None = fitted
        else:
            stays = here is None or short
            there = None
        if not stays:
            if group:
                yield here, group
            here, group = there, []
        group += [*waiting, block]
        waiting = []
    if group or waiting:
        yield here, [*group, *waiting]


def _needed(words: list[float], size: float, padding: float = _PADDING_MM) -> float:
    return sum(word * size * POINT_MM + padding for word in words)


def _words(table: Table) -> list[float]:
    """For each column the longest word that must stay whole, in sizes of its type."""
    words = [0.6] * len(table.head)
    for weight, row in _rows(table):
        for place, cell in enumerate(row):
            mark = _MARK if any(run.made_up for run in cell.content) else 0.0
            for word in _BREAK.split(text_of(cell.content)):
                if len(word) > 0.8 * words[place]:
                    words[place] = max(words[place], weight * ems(word[:_LONGEST_WORD]) + mark)
    return words


def _rows(table: Table) -> Iterator[tuple[float, tuple[Cell, ...]]]:
    """Each row with how much wider its type is than plain."""
    for row in table_rows(table):
        yield (_BOLD if row is table.head or row is table.total else 1.0), row
