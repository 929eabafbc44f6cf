"""What stands around the text of a page: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from samplan.edges.imports.readers.pdf_lines import Strip

_ZONE: Final = 95.0
"""Points from the paper's edge, within which running heads and feet stand."""
_NEAR: Final = 6.0
_PAGE_NUMBER: Final = re.compile(
    r"(?:sid(?:a|an)?\.?|page|s\.)?\s*[-–—|]?\s*(\d{1,4})\s*(?:[-–—|]|(?:\(|/|av|of)\s*\d{1,4}\s*\)?)?", re.IGNORECASE
)
_ROMAN: Final = re.compile(r"[ivxl]{1,6}", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s*(?P<mark>\d{1,3}|\*{1,3}|[a-z])(?P<end>[.)]?\s+|(?=[A-ZÅÄÖ]|http))\S")
_SMALLER: Final = 0.93


@dataclass(frozen=True, slots=True)
class Sides:
    """The rows of a page, with its number and height."""

    number: int
    height: float
    rows: Sequence[Sequence[Strip]]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the upper or lower edge: how far from it, and what it says, digits aside."""

    page: int
    upper: bool
    away: float
    said: str
    row: int
    outermost: bool


def furniture(pages: Sequence[Sides]) -> dict[int, set[int]]:
    """By page number, which of its rows are running heads, feet or page numbers: those said again at the same distance
    from the edge on other pages, at the left or at the right."""
    found: dict[int, set[int]] = {page.number: set() for page in pages}
    edges = [edge for page in pages for edge in _edges(page)]
    by_text: dict[tuple[bool, str], list[_Edge]] = {}
    for edge in edges:
        by_text.setdefault((edge.upper, edge.said), []).append(edge)
    for same in by_text.values():
        for edge in same:
            near = {other.page for other in same if abs(other.away - edge.away) <= _NEAR}
            counts = "#" in edge.said
            if len(near) >= 3 or (len(near) == 2 and (counts or len(pages) <= 3)):
                found[edge.page].add(edge.row)
    for page in pages:
        for edge in (one for one in edges if one.page == page.number and one.outermost):
            match = _PAGE_NUMBER.fullmatch(_words(page.rows[edge.row]))
            if match and int(match[1]) == page.number:
                found[page.number].add(edge.row)
    return found


def _edges(page: Sides) -> list[_Edge]:
    found: list[_Edge] = []
    heads = _table_heads(page.rows)
    upper = [n for n, row in enumerate(page.rows) if row[0].bottom <= _ZONE and n not in heads]
    lower = [n for n, row in enumerate(page.rows) if row[0].top >= page.height - _ZONE]
    for n in upper[:5]:
        found.append(_Edge(page.number, True, page.rows[n][0].base, _said(page.rows[n]), n, n == 0))
    for n in lower[-5:]:
        away = page.height - page.rows[n][0].base
        found.append(_Edge(page.number, False, away, _said(page.rows[n]), n, n == len(page.rows) - 1))
    return found


def _table_heads(rows: Sequence[Sequence[Strip]]) -> set[int]:
    """Rows of column names at the top of a page, each with the title right above it: a table's head comes again on
    every page as a running head does."""
    found: set[int] = set()
    for n, row in enumerate(rows[:8]):
        if n and (len(row) >= 3 or (len(row) == 2 and all(strip.bold for strip in row))):
            found.add(n)
            if n > 1 and row[0].top - rows[n - 1][0].bottom < 1.5 * row[0].size:
                found.add(n - 1)
    return found


def _words(row: Sequence[Strip]) -> str:
    return " ".join(" ".join(strip.text.split()) for strip in row)


def _said(row: Sequence[Strip]) -> str:
    words = re.sub(r"\d+", "#", _words(row))
    return "#" if _ROMAN.fullmatch(words) else words


def usual_size(strips: Sequence[Strip]) -> float:
    """The size that most characters of a document have."""
    sizes: Counter[float] = Counter()
    for strip in strips:
        sizes[round(strip.size, 1)] += len(strip.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def footnotes(lines: Sequence[Strip], size: float) -> int:
    """Where the footnotes at the end of a column begin: lines in smaller type, the first with its mark; the number of
    lines where there are none."""
    start = len(lines)
    while start and lines[start - 1].size < size * _SMALLER:
        start -= 1
    while start < len(lines) and not _NOTE.match(lines[start].text):
        start += 1
    if start == 0 and len(lines) > 3:
        return len(lines)
    return start


def note_mark(text: str, after: str) -> str:
    """The mark of a note that a line begins, "" where it goes on with the one marked `after` ("" for none)."""
    match = _NOTE.match(text)
    if not match:
        return ""
    mark = match["mark"]
    if after.isdigit() and mark.isdigit() and int(mark) != int(after) + 1:
        return ""
    if after and not after.isdigit() and mark == after:
        return ""
    return mark
