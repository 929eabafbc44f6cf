"""What is usual on the pages of a document, and lines on their way to blocks."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.source import Kind, Line

_STEP: Final = 40
_WIDEST: Final = 200
"""Longer lines than this are paragraphs that the file does not wrap."""


@dataclass(slots=True)
class Marked:
    """A line on its way: what it is (`role`) and how it stands to the line before."""

    line: Line
    text: str
    gap: float
    new_page: bool = False
    role: str = ""
    mark: lines.Mark | None = None


@dataclass(slots=True)
class Group:
    """Lines of one block."""

    kind: Kind
    members: list[Marked] = field(default_factory=list)
    mark: lines.Mark | None = None
    level: int = 0

    @property
    def last(self) -> Marked:
        return self.members[-1]

    @property
    def text(self) -> str:
        return lines.join([member.text for member in self.members])


@dataclass(frozen=True, slots=True)
class Page:
    """What is usual in the document: width in characters or points, size of type, white space between lines."""

    width: float
    drawn: bool
    size: float
    gap: float
    spaced_starts: bool
    loud: bool
    repeated: frozenset[str]
    edges: dict[int, float]
    """How far to the right lines go, by where they begin (in steps of `_STEP` points)."""

    def is_filled(self, line: Line, after: str) -> bool:
        """Whether a drawn line ends because it was full: the next word would not have fitted."""
        if line.left is None or line.right is None or not line.text.strip():
            return True
        edge = max((right for left, right in self.edges.items() if abs(left * _STEP - line.left) <= _STEP), default=0)
        word = after.split()[0] if after.split() else ""
        width = (line.right - line.left) / len(line.text.strip())
        return line.right + width * (len(word) + 1) > edge - 2 * width

    @classmethod
    def of(cls, all_lines: Sequence[Line]) -> Page:
        texts = [line for line in all_lines if line.text.strip()]
        drawn = any(line.size is not None for line in texts)
        lengths = sorted(len(line.text.strip()) for line in texts if len(line.text.strip()) >= 30)
        width = float(lengths[int(len(lengths) * 0.9)]) if lengths else 80.0
        sizes: Counter[float] = Counter()
        for line in texts:
            sizes[round(line.size or 0, 1)] += len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 0.0
        gaps = sorted(line.gap for line in texts if line.gap is not None and len(line.text.strip()) >= 30)
        starts = sum(1 for line in texts if re.match(r" \S", line.text))
        return cls(
            width=width if width <= _WIDEST else float("inf"),
            drawn=drawn,
            size=size,
            gap=_usual_gap(gaps, drawn=drawn) if drawn or _is_double_spaced(texts) else 0.0,
            loud=sum(1 for line in texts if is_loud(line, size)) >= 3,
            spaced_starts=0 < starts <= max(3, len(texts) // 10),
            edges=_edges(texts),
            repeated=_repeated(texts) if drawn or any(line.at.page for line in texts) else _counted_heads(texts),
        )


def _edges(texts: Sequence[Line]) -> dict[int, float]:
    """Nine lines in ten end before the edge: a wide table or address does not move it."""
    ends: dict[int, list[float]] = {}
    for line in texts:
        if line.left is not None and line.right is not None:
            ends.setdefault(int(line.left // _STEP), []).append(line.right)
    return {place: sorted(rights)[int(len(rights) * 0.9)] for place, rights in ends.items()}


def _usual_gap(gaps: Sequence[float], *, drawn: bool) -> float:
    """The white space between the lines of a paragraph: on a drawn page among the smallest."""
    return gaps[int(len(gaps) * (0.15 if drawn else 0.5))] if gaps else 0.0


def is_loud(line: Line, size: float) -> bool:
    """Bold, or in larger type than most, and short."""
    return (bool(line.bold) or (line.size or 0) > size * 1.08) and len(line.text.strip()) <= 100


def _is_double_spaced(texts: Sequence[Line]) -> bool:
    """Whether a blank line stands between the lines of a paragraph too: what follows one often begins in the middle of
    a sentence."""
    apart = [(one.text, other.text) for one, other in itertools.pairwise(texts) if other.gap == 1]
    inside = sum(1 for one, other in apart if lines.begins_low(other) and not lines.ends(one))
    return len(apart) > 0 and inside * 6 >= len(apart)


def _repeated(all_lines: Sequence[Line]) -> frozenset[str]:
    """Texts, digits aside, that stand first or last on at least three pages: running heads and feet."""
    pages: dict[int | None, list[str]] = {}
    for line in all_lines:
        pages.setdefault(line.at.page, []).append(without_digits(line.text))
    ends: Counter[str] = Counter()
    for texts in pages.values():
        ends.update(set(texts[:2] + texts[-2:]))
    return frozenset(text for text, times in ends.items() if times >= 3 and times * 3 >= len(pages))


def _counted_heads(texts: Sequence[Line]) -> frozenset[str]:
    """A title that comes back with the number of a page, twice or more, in a text copied out of pages."""
    titles = {" ".join(line.text.split()) for line in texts[:3]}
    found = Counter(
        without_digits(match[0])
        for line in texts
        if (match := re.fullmatch(r"(.{8,}?) (?:sida |sid )?\d{1,3}", " ".join(line.text.split()), re.IGNORECASE))
        and match[1] in titles
    )
    return frozenset(text for text, times in found.items() if times >= 2)


def without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
