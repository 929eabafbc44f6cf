"""The order in which a page is read: down each column, across what goes over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_FEWEST: Final = 4
"""Lines on either side that make columns."""
_MANY: Final = 12
_GUTTER: Final = 7.0
_FULL: Final = 0.6
"""Of the column's width: what most lines of running text fill; cells of a table seldom do."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something with a place on the page; `solid`: no line of text, but as whole as one."""

    x0: float
    top: float
    x1: float
    bottom: float
    what: T
    solid: bool = False


def reading_order(things: Sequence[Placed[T]], depth: int = 0) -> list[list[Placed[T]]]:
    """The things in reading order, a list for each stretch of one column."""
    ordered = sorted(things, key=lambda thing: (thing.top, thing.x0))
    edge = _right_column(ordered) if depth < 4 else None
    if edge is None:
        return [ordered] if ordered else []
    found: list[list[Placed[T]]] = []
    left: list[Placed[T]] = []
    right: list[Placed[T]] = []
    across: list[Placed[T]] = []

    def flush() -> None:
        if left and right:
            found.extend(reading_order(left, depth + 1))
            found.extend(reading_order(right, depth + 1))
        elif left or right:
            found.append([*left, *right])
        left.clear()
        right.clear()

    for thing in ordered:
        if thing.x0 < edge - 3 and thing.x1 > edge - 2:
            flush()
            across.append(thing)
            continue
        if across:
            found.append(list(across))
            across.clear()
        (right if thing.x0 >= edge - 3 else left).append(thing)
    flush()
    if across:
        found.append(across)
    return found


def columns_edge(things: Sequence[Placed[T]]) -> float | None:
    """The left edge of a column of running text, where most lines of a page stand in two."""
    edge = _right_column(things)
    return edge if edge is not None and _columns_at(things, edge) >= max(24, len(things) * 0.6) else None


def _right_column(things: Sequence[Placed[T]]) -> float | None:
    """The left edge of a column that has another at its left, None where the page has one column."""
    lines = [thing for thing in things if not thing.solid]
    if len(lines) < 2 * _FEWEST:
        return None
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    edges = Counter(
        round(line.x0) for line in lines if start + 0.2 * (end - start) < line.x0 < end - 0.15 * (end - start)
    )
    best: tuple[int, float] | None = None
    for edge, _ in edges.most_common(12):
        near = sum(edges[edge + step] for step in (-2, -1, 0, 1, 2))
        if near < _FEWEST:
            continue
        place = min(line.x0 for line in lines if abs(line.x0 - edge) <= 2.5)
        size = _columns_at(lines, place)
        if size and (best is None or size > best[0]):
            best = (size, place)
    return best[1] if best else None


def _columns_at(lines: Sequence[Placed[T]], edge: float) -> int:
    """How many lines stand in two columns that part before `edge`; 0 where there are none."""
    right = [line for line in lines if line.x0 >= edge - 3]
    top, bottom = min(line.top for line in right), max(line.bottom for line in right)
    beside = [line for line in lines if line.x0 < edge - 3 and line.bottom > top and line.top < bottom]
    left = [line for line in beside if line.x1 <= edge - 3]
    if len(left) < _FEWEST or len(right) < _FEWEST or len(beside) - len(left) > len(left) / 2:
        return 0
    ends = sorted(line.x1 for line in left)
    if edge - ends[int(len(ends) * 0.9)] < _GUTTER:
        return 0
    # A list or short lines in one column, running text in the other: more lines must show that they are columns.
    many = min(len(left), len(right)) >= max(_MANY, max(len(left), len(right)) // 2)
    if not (_is_full(left) and _is_full(right)) and not (many and (_is_full(left) or _is_full(right))):
        return 0
    return len(left) + len(right)


def _is_full(lines: Sequence[Placed[T]]) -> bool:
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = sum(1 for line in lines if line.x1 - line.x0 >= _FULL * (end - start))
    return full * 2 >= len(lines)
