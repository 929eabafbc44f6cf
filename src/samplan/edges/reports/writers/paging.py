"""How a chapter opens: what of it must have room on a page for the chapter to begin there rather than on the next."""

from __future__ import annotations

from math import ceil
from typing import Final

from samplan.domain.document import Block, Figure, Heading, ListBlock, Paragraph, Table, text_of
from samplan.edges.reports.writers.fitting import A4, POINT_MM, Page, fit
from samplan.edges.reports.writers.tidy import sides

# An opening is at least so high, unless the chapter is shorter.
ROOM_MM: Final = 84.0
# And never higher than this.
_MOST_MM: Final = 150.0
_LINE_MM: Final = 4.6
_GAP_MM: Final = 2.5
_LETTER_MM: Final = 1.85
_HEADINGS_MM: Final = (0.0, 20.0, 16.0, 13.0, 11.0, 10.0, 10.0)
_TALLEST_MM: Final = 200.0


def openings(blocks: tuple[Block, ...], *, page: Page = A4) -> dict[str, tuple[str, ...]]:
    """The opening of each chapter (heading of the first level) by its key: the keys of the blocks that stand on one
    page. What may be broken over two pages is not among them."""
    found: dict[str, tuple[str, ...]] = {}
    key, room, keys = "", 0.0, [""]
    for block in (*blocks, Heading(1, ())):
        starts = isinstance(block, Heading) and block.level == 1
        if key and (starts or room >= ROOM_MM):
            found[key] = tuple(keys)
            key = ""
        if starts:
            key, room, keys = block.key, 0.0, []
        if key:
            room += _height(block, page)
            if room < _MOST_MM:
                keys.append(block.key)
    return found


def _height(block: Block, page: Page) -> float:
    """About how high a block is in mm; a table that may be broken ends the opening."""
    if isinstance(block, Heading):
        return _HEADINGS_MM[min(block.level, 6)]
    if isinstance(block, Paragraph):
        return _text(text_of(block.content), page.text)
    if isinstance(block, ListBlock):
        return sum(_height(child, page) - 1.0 for item in block.items for child in item)
    if isinstance(block, Table):
        fitted = fit(block, page=page)
        if not fitted.whole:
            return _MOST_MM
        return 14.0 + fitted.lines * 1.15 * fitted.size * POINT_MM + (len(block.rows) + 2) * 1.9
    return _picture(block, page)


def _text(text: str, width: float) -> float:
    return sum(ceil(max(1, len(line)) * _LETTER_MM / width) * _LINE_MM for line in text.split("\n")) + _GAP_MM


def _picture(figure: Figure, page: Page) -> float:
    wide, high = sides(figure.svg)
    drawn = min(_TALLEST_MM, page.text * high / wide) if wide and high else _LINE_MM
    return drawn + (12.0 if figure.caption else 6.0)
