"""The tree of sections: every heading with the text under it, in the order of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from samplan.domain.reading import flat, heads, inline
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Head, Reading
from samplan.domain.reading.paras import Flow, Grid, Para, cut, mark_label, raw
from samplan.domain.reading.vocabulary import Vocabulary

Element: TypeAlias = Para | Grid | Flat | Head
_ASIDE: Final = frozenset({"furniture", "note", "comment", "double", "hidden", "picture"})
_LABEL_RANK: Final = 90.0
_LONGEST_LEAD: Final = 600
"""Letters of text under a heading over several areas; what has more is a chapter of its own."""
_HELD: Final = frozenset({"activity", "directive", "partnership", "group"})


@dataclass(slots=True, eq=False)
class Section:
    """A heading, what stands directly under it, and the sections below. The root has no heading."""

    head: Head | None
    rank: float
    parent: Section | None = None
    body: list[Para | Grid | Flat] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.head.label.kind if self.head else ""

    @property
    def key(self) -> str:
        return self.head.label.key if self.head else ""

    @property
    def title(self) -> str:
        return self.head.title if self.head else ""

    @property
    def heading(self) -> Head:
        """The heading of any section but the root. Raises LookupError."""
        if self.head is None:
            raise LookupError
        return self.head

    @property
    def text(self) -> list[Para]:
        """Running text directly under the heading."""
        return [item for item in self.body if isinstance(item, Para) and item.kind not in _ASIDE]

    def walk(self) -> Iterator[Section]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Outline:
    root: Section
    reading: Reading
    aside: list[Para] = field(default_factory=list)


def build(flow: Sequence[Flow], reading: Reading) -> Outline:
    """The outline of a document. Furniture, notes and comments stand beside it, in `aside`."""
    elements, aside = _elements(flow, reading)
    root = Section(None, 0.0)
    _Builder(elements, reading, root).run()
    _unlabel(root)
    return Outline(root, reading, aside)


def _unlabel(root: Section) -> None:
    """A heading that has labels of its own below it is no label, whatever its words."""
    for section in root.walk():
        if section.head is not None and section.head.is_label and section.rank < _LABEL_RANK:
            below = [child for child in section.children if child.kind in ("field", "goals")]
            if below:
                section.head.label = heads.Label()


def _elements(flow: Sequence[Flow], reading: Reading) -> tuple[list[Element], list[Para]]:
    """Running text with its headings told, tables lost in plain text found, labels cut off their text."""
    aside: list[Para] = []
    running: list[Flow] = []
    for item in flow:
        if isinstance(item, Grid) or item.kind not in _ASIDE:
            running.append(item)
        elif _is_label_on_top(item, reading.words):
            running.append(replace(item, kind="heading"))
        else:
            aside.append(item)
    regions = flat.find(running, reading) if reading.typed else {}
    inside = {place for start, (_, end) in regions.items() for place in range(start, end)}
    reading.numbered = heads.is_numbered(
        [item for place, item in enumerate(running) if isinstance(item, Para) and place not in inside]
    )
    matrices = [table for table, _ in regions.values() if table.kind == "matrix"]
    for table, rows in zip(matrices, flat.rows_of(matrices), strict=True):
        table.rows = rows
    reading.tags = flat.tag_words([table for table, _ in regions.values()] + running, reading.words)
    elements: list[Element] = []
    index = 0
    while index < len(running):
        if index in regions:
            table, index = regions[index]
            elements.append(table)
            continue
        item = running[index]
        if isinstance(item, Grid):
            elements.append(item)
        else:
            before = running[index - 1] if index else None
            after = running[index + 1] if index + 1 < len(running) else None
            elements += _told(item, reading, before, after)
        index += 1
    inline.first_is_title(elements)
    inline.cover_lines(elements, reading.words)
    inline.promote(elements)
    inline.unknown_labels(elements)
    inline.items_with_labels(elements)
    return elements, aside


def _is_label_on_top(para: Para, words: Vocabulary) -> bool:
    """A label that begins so many pages that it was taken for their running head."""
    text = raw(para)
    label = words.exact("fields", text) is not None or words.exact("goals", text) in ("long", "short")
    return para.kind == "furniture" and para.style != "contents" and para.bold and label


def _told(para: Para, reading: Reading, before: Flow | None, after: Flow | None) -> list[Element]:
    parts = inline.split_labels(para, reading.words)
    told: list[Element] = []
    for place, (part, length) in enumerate(parts):
        if length and (raw(part)[length:].strip() or len(parts) > 1):
            told.append(_inline(part, length, reading))
            continue
        first = before if place == 0 else None
        head = heads.head_of(part, reading, first if isinstance(first, Para) else None, _next_para(after))
        whole = len(parts) == 1 or (place == 0 and para.kind == "heading") or _is_goal(head)
        told.append(head if head is not None and whole else part)
    return told


def _is_goal(head: Head | None) -> bool:
    return head is not None and head.label.kind == "goal"


def _inline(para: Para, length: int, reading: Reading) -> Head:
    """A label and the text after it in one paragraph, as a heading with a rest."""
    label, number, title, _ = heads.name(_only(para, length), reading.words)
    rest = (mark_label(para, length),) if raw(para)[length:].strip() else ()
    return Head(para, label, title.strip(" :*_"), number, None, length, rest=rest)


def _only(para: Para, length: int) -> Para:
    return cut(para, length)[0]


def _next_para(after: Flow | None) -> Para | None:
    return next(after.paras, None) if isinstance(after, Grid) else after


class _Builder:
    """Puts elements into sections. Headings without a rank find their place by what they say and what follows them."""

    def __init__(self, elements: Sequence[Element], reading: Reading, root: Section) -> None:
        self.elements = elements
        self.reading = reading
        self.stack = [root]
        self.named = sum(1 for item in elements if isinstance(item, Head) and item.label.kind == "area") >= 2
        self.child_gap: int | None = None
        self.places = {id(item): place for place, item in enumerate(elements)}
        self.order: dict[str, int] = {}
        """Keys of labels in the order in which the document first uses them."""
        for item in elements:
            if isinstance(item, Head) and item.label.kind == "field":
                self.order.setdefault(item.label.key, len(self.order))

    @property
    def top(self) -> Section:
        return self.stack[-1]

    def run(self) -> None:
        for index, item in enumerate(self.elements):
            if isinstance(item, Head):
                before = list(self.stack)
                rank = item.rank if item.rank is not None else self._rank(item, index)
                if rank is None:
                    self.stack = before
                    self.top.body.append(item.para)
                    continue
                if item.is_label:
                    rank = max(rank, self._label_floor(item, rank))
                self._open(item, rank)
            else:
                if isinstance(item, Grid) and self._begins_sheet(item):
                    del self.stack[1:]
                self.top.body.append(item)

    def _begins_sheet(self, grid: Grid) -> bool:
        """Whether a table stands on another sheet than the heading that is open."""
        first = next(grid.paras, None)
        if not grid.name or self.top.head is None or first is None or not first.spans:
            return False
        return first.at.page != self.top.head.para.at.page

    def _open(self, head: Head, rank: float) -> None:
        while self.top.rank >= rank:
            self.stack.pop()
        section = Section(head, rank, self.top)
        self.top.children.append(section)
        self.stack.append(section)

    def _label_floor(self, head: Head, rank: float) -> float:
        return rank if head.rank is not None else _LABEL_RANK

    # --- headings without a rank

    def _rank(self, head: Head, index: int) -> float | None:
        kind = head.label.kind
        if kind == "field" and head.label.exact and self._is_title_alone():
            head.label = heads.Label("chapter")
            return self._lowest()
        if kind == "field" and self.top.head is None:
            # Nothing that it could be a label of has begun.
            return self._lowest() if head.label.exact and not self.reading.numbered else None
        if head.is_label:
            return _LABEL_RANK
        if not kind and self._is_text_of_label(index):
            return None
        self._close_labels()
        group = self._open_group()
        if kind == "chapter":
            return self._lowest()
        if kind == "group":
            if self.named and not self._in_named_area():
                return None
            if group is not None:
                return group.rank + (0.2 if head.label.key == "partnerships" and group.key == "activities" else 0.0)
            return self._holder().rank + 0.2
        if kind in ("activity", "directive", "partnership"):
            same = next((each for each in reversed(self.stack) if each.kind == kind), None)
            if same is not None and (group is None or group.rank < same.rank):
                return same.rank
            return (group.rank if group is not None else self._holder().rank) + 0.2
        if kind == "area":
            same = next((each for each in reversed(self.stack) if each.kind == "area"), None)
            if same is not None:
                return same.rank
            above = next((each for each in reversed(self.stack) if each.kind != "area"), self.stack[0])
            return above.rank + 0.3 if above.head is not None and above.head.rank is not None else self._lowest()
        if kind == "areas":
            self.child_gap = None
            return self._lowest() if not self.reading.numbered else self._holder().rank + 0.5
        return self._plain(head, index, group)

    def _is_title_alone(self) -> bool:
        """Whether nothing but the title with lines of a cover has begun, and areas are called so further on."""
        first = self.stack[0].children
        covered = all(isinstance(item, Para) and item.kind == "heading" for item in self.top.body)
        alone = len(first) == 1 and self.top is first[0] and not self.top.kind and not self.top.children
        return self.named and alone and covered and self.reading.typed

    def _plain(self, head: Head, index: int, group: Section | None) -> float | None:
        follows = self._follows(index)
        area_like = bool(follows & {"group", "goals", "activity", "directive", "fulfilment"})
        if group is not None:
            if self._is_numbered_below(group) or self._is_text_of_title(head, index):
                return None
            if area_like and "fields" not in follows and not self.reading.numbered and not self._in_named_area():
                return self._lowest()
            return group.rank + 0.2 if self._looks_like_first(group, head, follows) else None
        if self.reading.numbered:
            if self._before_numbers():
                return self._lowest()
            if "fields" in follows or "fulfilment" in follows:
                return self._beside(0.5) if self._in_area() else None
            return None
        if self._in_named_area():
            return self._beside(0.5) if follows & {"fields", "fulfilment"} else None
        if self.reading.styled:
            return self._styled(head, area_like or bool(follows & {"fields"}))
        many = next((each for each in reversed(self.stack) if each.kind == "areas"), None)
        if many is not None and many.heading.rank is None and sum(len(para.text) for para in many.text) < _LONGEST_LEAD:
            if self.child_gap is None:
                self.child_gap = head.gap_after
            if self._stands_before_area(index):
                return self._lowest()
            return many.rank + 0.5 if head.gap_after == self.child_gap else None
        return self._lowest()

    def _styled(self, head: Head, holds: bool) -> float | None:
        """A heading that only looks like one where others have styles: below the last of those when it holds what
        activities hold, else text; a title before them all is the highest."""
        if head.para.style == "title":
            return self._lowest()
        above = next((each for each in reversed(self.stack) if each.head is not None and each.head.rank), None)
        return above.rank + 0.5 if above is not None and holds else None

    def _beside(self, below: float) -> float:
        """The rank of a heading with labels of its own: that of the one before it that was found so, else below what
        holds it."""
        before = next((each for each in reversed(self.stack) if each.kind not in _HELD), self.stack[0])
        alike = before.kind == "" and before.head is not None and before.head.rank is None and before.parent is not None
        return before.rank if alike else before.rank + below

    def _lowest(self) -> float:
        """The rank of a heading that nothing tells of: below those that their type tells apart."""
        return max(self.reading.ranks.values(), default=0.0) + 1.0

    def _before_numbers(self) -> bool:
        """Whether headings without a number have begun the document, before any that is numbered."""
        known = [child for child in self.stack[0].children if child.head is not None]
        return bool(known) and not any(child.heading.number for child in known)

    def _looks_like_first(self, group: Section, head: Head, follows: set[str]) -> bool:
        """Whether a heading in a text file stands as the first one of its group does: with white space after it or not.
        Labels of its own tell a heading however it stands."""
        if not self.reading.typed or "fields" in follows or not group.children:
            return True
        first = group.children[0].heading.gap_after
        return first is None or head.gap_after is None or (first > 0) == (head.gap_after > 0)

    def _is_numbered_below(self, group: Section) -> bool:
        """Whether what a group holds is numbered, so that a heading without number is a part of it."""
        if group.head is None or group.head.rank is None:
            return False
        start = self.places[id(group.head)]
        below = (item for item in self.elements[start + 1 :] if isinstance(item, Head) and not item.is_label)
        first = next(below, None)
        return first is not None and first.rank is not None and first.rank > group.head.rank

    def _close_labels(self) -> None:
        while self.top.head is not None and self.top.head.is_label and self.top.rank >= _LABEL_RANK:
            self.stack.pop()

    def _open_group(self) -> Section | None:
        return next((each for each in reversed(self.stack) if each.kind == "group"), None)

    def _holder(self) -> Section:
        """The innermost open section that can hold a group: none of those whose rank is inferred below a group."""
        return next(
            (each for each in reversed(self.stack) if each.kind not in _HELD),
            self.stack[0],
        )

    def _in_area(self) -> bool:
        return any(each.kind in ("area", "areas", "group") for each in self.stack)

    def _in_named_area(self) -> bool:
        return self.named and any(each.kind == "area" for each in self.stack)

    def _stands_before_area(self, index: int) -> bool:
        after = self.elements[index + 1] if index + 1 < len(self.elements) else None
        return isinstance(after, Flat) or (isinstance(after, Head) and after.label.kind == "area")

    def _follows(self, index: int) -> set[str]:
        """What kinds of headings follow before the next one of its own words."""
        found: set[str] = set()
        for item in self.elements[index + 1 :]:
            if isinstance(item, Flat):
                found.add("activity")
            if not isinstance(item, Head):
                continue
            kind = item.label.kind
            if kind in ("", "area", "areas") or (item.rank is not None and not item.is_label):
                if kind in ("group", "activity", "directive"):
                    found.add(kind)
                break
            if kind == "field":
                found.add("fulfilment" if item.label.key in ("goal_fulfilment", "next_steps") else "fields")
            elif item.label.key != "partnerships":
                found.add(kind)
            if kind in ("group", "activity", "directive"):
                break
        return found

    def _is_text_of_label(self, index: int) -> bool:
        """Whether a heading-like line directly after a label is the label's text: a label of the same row follows."""
        before = self.elements[index - 1] if index else None
        if not (isinstance(before, Head) and before.is_label and not before.rest):
            return False
        after = self.elements[index + 1] if index + 1 < len(self.elements) else None
        if not (isinstance(after, Head) and after.is_label):
            return True
        return self.order.get(after.label.key, 0) > self.order.get(before.label.key, 0)

    def _is_text_of_title(self, head: Head, index: int) -> bool:
        """Whether a heading-like paragraph of several lines is what directly follows a title."""
        before = self.elements[index - 1] if index else None
        return isinstance(before, Head) and not before.label.kind and len(head.para.spans) > 1 and len(head.title) > 80
