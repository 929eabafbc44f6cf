"""Lines that are no running text: contents lists, running heads, page numbers, addresses and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.pages import Marked, Page, without_digits
from samplan.domain.reading.source import Line

_UNDERLINE: Final = re.compile(r"[=_~*#-]{4,}")
"""A row of signs under a typed heading."""


def measured(run: Sequence[Line], page: Page) -> list[Marked]:
    marked: list[Marked] = []
    before: Line | None = None
    for line in run:
        turned = before is not None and before.at.page != line.at.page
        if not page.drawn and page.spaced_starts and re.match(r"[ \f]\S", line.text):
            turned = True
        gap = line.gap if line.gap is not None else (0.0 if before is None or turned else page.gap)
        marked.append(Marked(line, line.text.strip(), gap, new_page=turned or "\f" in line.text))
        before = line
    return marked


def mark_contents(marked: list[Marked]) -> None:
    """Three lines of a contents list or more, close together, with what stands between them and their heading."""
    hits = [index for index, item in enumerate(marked) if lines.contents_title(item.line.text) is not None]
    start = 0
    while start < len(hits):
        end = start
        while end + 1 < len(hits) and hits[end + 1] - hits[end] <= 3:
            end += 1
        if end - start >= 2:
            for index in range(hits[start], hits[end] + 1):
                marked[index].role = "contents"
        start = end + 1


def mark_furniture(marked: list[Marked], page: Page) -> None:
    for index, item in enumerate(marked):
        if item.role:
            continue
        after = marked[index + 1] if index + 1 < len(marked) else None
        apart = item.gap >= 1 and (after is None or after.gap >= 1 or after.new_page)
        if (
            item.line.furniture
            or not item.text
            or _UNDERLINE.fullmatch(item.text)
            or without_digits(item.text) in page.repeated
        ):
            item.role = "furniture"
        elif lines.is_page_number(item.text):
            bare = lines.is_bare_number(item.text)
            if not bare or (apart and _at_page_end(marked, index, page)):
                item.role = "furniture"


def _at_page_end(marked: list[Marked], index: int, page: Page) -> bool:
    """Whether a bare number stands where a page turns: beside addresses, much white space, or the page's edge."""
    before = marked[index - 1] if index else None
    after = marked[index + 1] if index + 1 < len(marked) else None
    if before is None or after is None or after.new_page or marked[index].new_page:
        return True
    wide = max(2.0, page.gap + 1)
    return lines.is_address(before.text) or (marked[index].gap >= wide and after.gap >= wide)


def mark_notes(marked: list[Marked], page: Page) -> None:
    """Addresses that stand alone at the foot of a page, and footnotes: numbered on through the document."""
    for index, item in enumerate(marked):
        if item.role or not lines.is_address(item.text):
            continue
        before = next((marked[back] for back in range(index - 1, -1, -1) if marked[back].role != "furniture"), None)
        if before is not None and not before.role and before.text.endswith(":"):
            continue
        item.role = "address"
    # An address that goes on in the next line.
    for index in range(1, len(marked)):
        before, item = marked[index - 1], marked[index]
        goes_on = before.role == "address" and not item.role and item.gap == 0
        broken = before.text.endswith(("-", "/", "_", ".", "=", "%")) and not lines.ends_sentence(item.text)
        if goes_on and broken and " " not in item.text and len(item.text) > 3:
            item.role = "address"
    _mark_footnotes(marked, page)


def _mark_footnotes(marked: list[Marked], page: Page) -> None:
    wanted = 1
    seen: list[str] = []
    index = 0
    while index < len(marked):
        item = marked[index]
        if item.role or lines.footnote_mark(item.line.text) != wanted or not (item.gap >= 1 or item.new_page):
            small = page.drawn and item.line.size is not None and item.line.size < page.size * 0.93
            if not (small and not item.role and lines.footnote_mark(item.line.text) == wanted):
                seen.append(item.text)
                index += 1
                continue
        after = index + 1
        count = wanted + 1
        while after < len(marked) and not marked[after].role and marked[after].gap <= page.gap:
            mark = lines.footnote_mark(marked[after].line.text)
            if mark == count:
                count += 1
            elif marked[after].gap > 0 or lines.bullet(marked[after].line.text):
                break
            after += 1
        if _is_referred_to(wanted, count, seen) and _foot_follows(marked, after):
            for place in range(index, after):
                marked[place].role = "footnote"
            wanted = count
            seen = []
            index = after
        else:
            seen.append(item.text)
            index += 1


def _is_referred_to(first: int, after: int, seen: list[str]) -> bool:
    """Whether a mark like "hälsan4" or "samverkan.11" stands in what came before."""
    text = "\n".join(seen[-150:])
    return any(
        re.search(rf"[^\s\d.,]{mark}(?!\d)|[.,)”\"\]]{mark}(?![\d.])|\d{mark}(?=\s)", text)
        for mark in range(first, after)
    )


def _foot_follows(marked: list[Marked], index: int) -> bool:
    """Whether the page ends soon after: an address, a new page, the end."""
    for item in marked[index : index + 16]:
        if item.role == "address" or item.new_page:
            return True
    return index + 16 >= len(marked)
