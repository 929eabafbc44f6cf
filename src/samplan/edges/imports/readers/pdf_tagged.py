"""A document from the structure that a tagged PDF tells, with what stands outside it: heads, feet, what has no tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from samplan.domain.reading import layout
from samplan.domain.reading.source import Block, Cell, Part, Row, Table
from samplan.edges.imports.readers.pdf_flow import flows, laid
from samplan.edges.imports.readers.pdf_join import Lines, raw_parts
from samplan.edges.imports.readers.pdf_lines import Strip, in_drawn_order, joined, strips, without_doubles
from samplan.edges.imports.readers.pdf_page import Char, Page
from samplan.edges.imports.readers.pdf_tags import Marked, TagBlock, Tags, TagTable
from samplan.edges.imports.readers.tables import with_heads

_TRUSTED: Final = 0.85
"""Of the characters: how many the structure must name to be believed."""
_BROKEN: Final = 0.3
"""Of the paragraphs: how many may begin in the middle of a sentence; where each line is one, they all do."""


def tagged_parts(tags: Tags, pages: Sequence[Page]) -> tuple[Part, ...] | None:
    """The document's parts, None where its structure is not to be believed."""
    marked: Marked = {}
    doubled: dict[int, list[Char]] = {}
    aside: dict[int, list[Char]] = {}
    left: dict[int, list[Char]] = {}
    total = 0
    for page in pages:
        kept, doubled[page.number] = without_doubles(page.chars)
        for char in kept:
            total += not char.aside
            if char.aside:
                aside.setdefault(page.number, []).append(char)
            elif char.mark < 0:
                left.setdefault(page.number, []).append(char)
            else:
                marked.setdefault((page.identity, char.mark), []).append((page.number, char))
    items = tags.items(marked)
    for chars in marked.values():
        for number, char in chars:
            left.setdefault(number, []).append(char)
    missing = sum(len(chars) for chars in left.values())
    asides = sum(len(chars) for chars in aside.values())
    if not items or missing > total * (1 - _TRUSTED) or asides > total or _is_broken(items):
        return None
    return _Document(pages, doubled, aside, left).parts(_without_contents_heading(items))


def _is_broken(items: Sequence[TagBlock | TagTable]) -> bool:
    starts = [
        next((char.text for _, char in item.chars if not char.text.isspace()), "")
        for item in items
        if isinstance(item, TagBlock) and item.kind == "paragraph"
    ]
    return len(starts) >= 10 and sum(text[:1].islower() for text in starts) > _BROKEN * len(starts)


def _without_contents_heading(items: list[TagBlock | TagTable]) -> list[TagBlock | TagTable]:
    """The heading of a contents list is furniture as the list is."""
    for item, after in pairwise(items):
        contents = isinstance(after, TagBlock) and after.style in ("toc", "toci", "index")
        if contents and isinstance(item, TagBlock) and item.kind == "heading":
            item.kind, item.level, item.sure = "furniture", 0, False
    return items


class _Document:
    """Puts the structure and what stands outside it together, page by page."""

    def __init__(
        self,
        pages: Sequence[Page],
        doubled: dict[int, list[Char]],
        aside: dict[int, list[Char]],
        left: dict[int, list[Char]],
    ) -> None:
        self._pages = {page.number: page for page in pages}
        self._doubled, self._aside, self._left = doubled, aside, left
        self._lines = Lines(self._pages)
        self._done = 0

    def parts(self, items: Iterable[TagBlock | TagTable]) -> tuple[Part, ...]:
        made: list[Part] = []
        for item in items:
            first = _first_page(item)
            if first:
                made += self._around(first - 1)
            if isinstance(item, TagTable):
                if table := self._table(item):
                    made.append(table)
            elif (block := self._block(item)) is not None:
                made.append(block)
        made += self._around(max(self._pages, default=0))
        return tuple(made)

    def _around(self, last: int) -> list[Part]:
        """What the structure does not name on the pages up to `last`."""
        made: list[Part] = []
        while self._done < last:
            self._done += 1
            page = self._pages[self._done]
            outside = self._left.get(page.number, [])
            if any(not char.text.isspace() for char in outside):
                alone = Page(page.number, page.identity, page.width, page.height, outside, links=page.links)
                raw = raw_parts(flows([laid(alone)]), self._lines)
                made += layout.blocks(raw)
            for kind, chars in (("furniture", self._aside), ("double", self._doubled)):
                for strip in _rows(chars.get(page.number, ()), page.number):
                    made.append(self._lines.block("furniture" if kind == "furniture" else "double", [strip]))
        return made

    def _strips(self, item: TagBlock) -> list[Strip]:
        found: list[Strip] = []
        for number, chars in groupby(item.chars, key=lambda one: one[0]):
            found += in_drawn_order([char for _, char in chars], number)
        return [strip for strip in found if strip.text.strip()]

    def _block(self, item: TagBlock) -> Block | None:
        lines = self._strips(item)
        if not lines:
            return Block("picture", (), label=item.label) if item.kind == "picture" else None
        made = self._lines.block(item.kind, lines)
        return replace(made, level=item.level, sure=item.sure, style=item.style, label=item.label)

    def _table(self, item: TagTable) -> Table | None:
        rows = []
        for cells, head in item.rows:
            row = []
            for cell in cells:
                blocks = [block for one in cell.blocks if (block := self._block(one)) is not None]
                row.append(Cell(cell.column, tuple(blocks), cell.columns, cell.rows))
            rows.append(Row(tuple(row), head))
        return Table(with_heads(rows)) if any(cell.blocks for row in rows for cell in row.cells) else None


def _first_page(item: TagBlock | TagTable) -> int:
    blocks = [item] if isinstance(item, TagBlock) else [b for cells, _ in item.rows for c in cells for b in c.blocks]
    return next((block.chars[0][0] for block in blocks if block.chars), 0)


def _rows(chars: Iterable[Char], page: int) -> list[Strip]:
    listed = list(chars)
    return [
        joined(row)
        for turn in sorted({char.turn for char in listed})
        for row in strips([char for char in listed if char.turn == turn], page)
    ]
