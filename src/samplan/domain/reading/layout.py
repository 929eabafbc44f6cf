"""Lines as they are typed or drawn become blocks: paragraphs, list items, candidates for headings, notes, furniture.

Text files and PDF go through the same steps; what a text file does not tell (size, weight, place) is inferred from the
length of lines and the white space between them. Headings found here are candidates (`sure` is False, `level` 0): the
outline, which knows the vocabulary, decides. No character is dropped or changed: a block holds its lines as they are.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.source import Block, Cell, Kind, Line, Part, Piece, Raw, Row, Table

_LONGEST_HEADING: Final = 220
_LONGEST_PLAIN_HEADING: Final = 140
_STEP: Final = 40
_WIDEST: Final = 200
"""Longer lines than this are paragraphs that the file does not wrap."""


@dataclass(slots=True)
class _Line:
    """A line on its way: what it is (`role`) and how it stands to the line before."""

    line: Line
    text: str
    gap: float
    new_page: bool = False
    role: str = ""
    mark: lines.Mark | None = None


@dataclass(slots=True)
class _Group:
    """Lines of one block."""

    kind: Kind
    members: list[_Line] = field(default_factory=list)
    mark: lines.Mark | None = None
    level: int = 0

    @property
    def last(self) -> _Line:
        return self.members[-1]

    @property
    def text(self) -> str:
        return lines.join([member.text for member in self.members])


def blocks(raw: Sequence[Raw]) -> tuple[Part, ...]:
    """The parts of a document from what a reader gave, in the order of the source.

    Blocks and tables that the reader knows already pass through; lines between them are joined. Every piece of the
    result is the text of one line, unchanged.
    """
    parts: list[Part] = []
    run: list[Line] = []
    page = _Page.of([piece for piece in raw if isinstance(piece, Line)])
    for item in raw:
        if isinstance(item, Line):
            run.append(item)
        else:
            parts += _join(run, page)
            run = []
            parts.append(item)
    parts += _join(run, page)
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Page:
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
    def of(cls, all_lines: Sequence[Line]) -> _Page:
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
            loud=sum(1 for line in texts if _is_loud(line, size)) >= 3,
            spaced_starts=0 < starts <= max(3, len(texts) // 10),
            edges=_edges(texts),
            repeated=_repeated(texts) if drawn or any(line.at.page for line in texts) else frozenset(),
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


def _is_loud(line: Line, size: float) -> bool:
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
        pages.setdefault(line.at.page, []).append(_without_digits(line.text))
    ends: Counter[str] = Counter()
    for texts in pages.values():
        ends.update(set(texts[:2] + texts[-2:]))
    return frozenset(text for text, times in ends.items() if times >= 3 and times * 3 >= len(pages))


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _join(run: Sequence[Line], page: _Page) -> list[Part]:
    if not run:
        return []
    if tables := _typed_tables(run):
        parts: list[Part] = []
        start = 0
        for first, after, table in tables:
            parts += _join_plain(run[start:first], page)
            parts.append(table)
            start = after
        return parts + _join_plain(run[start:], page)
    return _join_plain(run, page)


def _join_plain(run: Sequence[Line], page: _Page) -> list[Part]:
    if not run:
        return []
    marked = _measured(run, page)
    _mark_contents(marked)
    _mark_furniture(marked, page)
    if not page.drawn:
        # A drawn page tells its paragraphs by their place; `settle` tells addresses and footnotes among them.
        _mark_notes(marked, page)
    groups = _grouped(marked, page)
    _mark_headings(groups, page)
    ordered = sorted(groups, key=lambda group: group.members[0].line.at.line)
    return [_block(group) for group in ordered]


# --- typed tables: Markdown's rows between bars, and columns between tabs


def _typed_tables(run: Sequence[Line]) -> list[tuple[int, int, Table]]:
    found = []
    index = 0
    while index < len(run):
        after, separator = _typed_rows(run, index)
        if after - index >= 2:
            found.append((index, after, _typed_table(run[index:after], separator)))
            index = after
        else:
            index += 1
    return found


def _typed_rows(run: Sequence[Line], start: int) -> tuple[int, str]:
    first = run[start].text.strip()
    if first.startswith("|") and first.count("|") >= 3:
        index = start
        while index < len(run) and run[index].text.strip().startswith("|") and not (index > start and run[index].gap):
            index += 1
        return index, "|"
    tabs = first.count("\t")
    if not tabs or lines.contents_title(first) is not None:
        return start, ""
    index = start
    while (
        index < len(run)
        and run[index].text.strip("\n\r ").count("\t") == tabs
        and lines.contents_title(run[index].text) is None
    ):
        index += 1
    return (index, "\t") if index - start >= 3 else (start, "")


def _typed_table(run: Sequence[Line], separator: str) -> Table:
    rows = []
    for number, line in enumerate(run):
        rule = separator == "|" and not re.search(r"[^\s|:+=-]", line.text)
        pattern = r"[^|]*\|" if separator == "|" else r"[^\t]*\t"
        texts = re.findall(pattern + r"|.+$", line.text, re.DOTALL)
        if separator == "|" and texts and not texts[0].strip(" |"):
            texts[1:2] = [texts[0] + texts[1]] if len(texts) > 1 else []
            texts = texts[1:] if len(texts) > 1 else texts
        if separator == "|" and len(texts) > 1 and not texts[-1].strip():
            texts[-2:] = [texts[-2] + texts[-1]]
        if rule:
            texts = [line.text]
        cells = tuple(
            Cell(column, (Block("furniture" if rule else "paragraph", (Piece(text, line.at),)),))
            for column, text in enumerate(texts)
        )
        head = number == 0 and len(run) > 1 and separator == "|" and not re.search(r"[^\s|:+=-]", run[1].text)
        rows.append(Row(cells, head=head))
    return Table(tuple(rows))


# --- what a line is


def _measured(run: Sequence[Line], page: _Page) -> list[_Line]:
    marked: list[_Line] = []
    before: Line | None = None
    for line in run:
        turned = before is not None and before.at.page != line.at.page
        if not page.drawn and page.spaced_starts and re.match(r"[ \f]\S", line.text):
            turned = True
        gap = line.gap if line.gap is not None else (0.0 if before is None or turned else page.gap)
        marked.append(_Line(line, line.text.strip(), gap, new_page=turned or "\f" in line.text))
        before = line
    return marked


def _mark_contents(marked: list[_Line]) -> None:
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


def _mark_furniture(marked: list[_Line], page: _Page) -> None:
    for index, item in enumerate(marked):
        if item.role:
            continue
        after = marked[index + 1] if index + 1 < len(marked) else None
        apart = item.gap >= 1 and (after is None or after.gap >= 1 or after.new_page)
        if item.line.furniture or not item.text or _without_digits(item.text) in page.repeated:
            item.role = "furniture"
        elif lines.is_page_number(item.text):
            bare = lines.is_bare_number(item.text)
            if not bare or (apart and _at_page_end(marked, index, page)):
                item.role = "furniture"


def _at_page_end(marked: list[_Line], index: int, page: _Page) -> bool:
    """Whether a bare number stands where a page turns: beside addresses, much white space, or the page's edge."""
    before = marked[index - 1] if index else None
    after = marked[index + 1] if index + 1 < len(marked) else None
    if before is None or after is None or after.new_page or marked[index].new_page:
        return True
    wide = max(2.0, page.gap + 1)
    return lines.is_address(before.text) or (marked[index].gap >= wide and after.gap >= wide)


def _mark_notes(marked: list[_Line], page: _Page) -> None:
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


def _mark_footnotes(marked: list[_Line], page: _Page) -> None:
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


def _foot_follows(marked: list[_Line], index: int) -> bool:
    """Whether the page ends soon after: an address, a new page, the end."""
    for item in marked[index : index + 16]:
        if item.role == "address" or item.new_page:
            return True
    return index + 16 >= len(marked)


# --- lines to blocks


def _grouped(marked: list[_Line], page: _Page) -> list[_Group]:
    groups: list[_Group] = []
    flow: _Group | None = None
    numbered: int | None = None
    for item in marked:
        if item.role:
            _add_aside(groups, item)
            continue
        mark = lines.bullet(item.text)
        if mark and mark.text in "-–—" and page.drawn and _is_loud(item.line, page.size):
            mark = None
        counted = lines.number(item.text) if mark is None else None
        if flow is not None and counted and counted.kind == "number":
            starts = counted.text in ("1", "a", "A", "I") and flow.text.endswith(":")
            if starts or (numbered is not None and counted.text == str(numbered + 1)):
                mark = counted
                numbered = int(counted.text) if counted.text.isdigit() else None
        if counted and counted.kind == "decimal":
            numbered = None
        if mark:
            flow = _Group("item", [item], mark)
            groups.append(flow)
        elif flow is not None and _goes_on(flow, item, counted, page, _crossed(groups, flow)):
            flow.members.append(item)
        else:
            flow = _Group("paragraph", [item], counted)
            groups.append(flow)
    _level_items(groups)
    return groups


def _crossed(groups: list[_Group], flow: _Group) -> bool:
    """Whether something of the page's foot stands between the flow's last line and now."""
    return groups[-1] is not flow


def _add_aside(groups: list[_Group], item: _Line) -> None:
    kind: Kind = "furniture" if item.role in ("contents", "furniture") else "note"
    last = groups[-1] if groups else None
    if (
        item.role == "footnote"
        and last is not None
        and last.kind == "note"
        and last.members[0].role == "footnote"
        and lines.footnote_mark(item.line.text) is None
    ):
        last.members.append(item)
    else:
        groups.append(_Group(kind, [item]))


def _goes_on(flow: _Group, item: _Line, counted: lines.Mark | None, page: _Page, crossed: bool) -> bool:
    """Whether a line belongs to the paragraph or item before it."""
    last = flow.last
    if page.drawn:
        return _goes_on_drawn(flow, item, page, crossed)
    low = lines.begins_low(item.text)
    full = _is_full(last.text, item.text, page.width)
    if counted and counted.kind == "decimal" and item.text[counted.end - 1 :].strip()[:1].isupper():
        return False
    if counted and item.gap >= 1 and not low:
        return False
    turned = crossed or item.new_page
    if low and not lines.ends(last.text) and (full or item.gap == 0 or len(last.text) >= 40 or turned):
        return item.gap <= 1 or full or turned or page.width == float("inf")
    if low and item.gap == 0:
        return True
    if page.width == float("inf"):
        return False
    if item.gap <= 1 and last.text.count("(") > last.text.count(")") and ")" in item.text:
        return True
    if lines.ends_sentence(last.text) and len(item.text) < page.width * 0.5 and not lines.ends(item.text):
        return False
    if item.gap == 0:
        return full or (flow.kind == "item" and not item.text[:1].isupper())
    if item.gap == 1 and not turned:
        return full and (page.gap >= 1 or (flow.kind == "item" and not lines.ends(last.text))) and _is_long(flow, page)
    return False


def _is_full(text: str, after: str, width: float) -> bool:
    """Whether the line was broken because it was full: the next word would not have fitted well."""
    word = after.split(None, 1)[0] if after.split() else ""
    return len(text) + 1 + len(word) > width * 0.84


def _is_long(flow: _Group, page: _Page) -> bool:
    return len(flow.last.text) > page.width * 0.7


def _goes_on_drawn(flow: _Group, item: _Line, page: _Page, crossed: bool) -> bool:
    last = flow.last.line
    line = item.line
    broken = (
        " " not in last.text.strip() and " " not in item.text and lines.is_address(flow.members[0].text.split()[-1])
    )
    if broken and not lines.is_address(item.text) and item.gap <= page.gap + 0.35:
        return True
    if lines.is_address(item.text) and "://" in item.text and flow.text[-1:] not in "-/" and not crossed:
        return False
    if last.size is not None and line.size is not None and abs(last.size - line.size) > 0.6:
        return False
    if bool(last.bold) != bool(line.bold):
        return False
    heading_like = bool(line.bold) or (line.size or 0) > page.size * 1.08
    counted = lines.number(item.text)
    apart = counted is not None and (counted.kind == "decimal" or item.gap > page.gap + 0.3)
    if counted and apart and not lines.begins_low(item.text[counted.end :]):
        return False
    low = lines.begins_low(item.text)
    if item.new_page or crossed:
        return low and not lines.ends(last.text)
    if item.gap > page.gap + (0.45 if heading_like else 0.35) and not (low and item.gap <= page.gap + 0.6):
        return False
    outdented = last.left is not None and line.left is not None and line.left < last.left - 30
    if outdented and flow.kind == "item" and not low:
        return False
    if heading_like:
        tight = item.gap <= page.gap + 0.12 and page.is_filled(last, "m" * 14)
        return low or tight or page.is_filled(last, item.text)
    if last.right is not None and line.right is not None and last.right < line.right - 90 and not low:
        return not lines.ends(last.text) and len(last.text) > 60
    return True


def _level_items(groups: list[_Group]) -> None:
    """The depth of list items by their signs: a sign that is new in the list is one deeper."""
    open_signs: list[str] = []
    for group in groups:
        if group.kind == "paragraph":
            open_signs = []
        if group.kind != "item" or group.mark is None:
            continue
        sign = "1" if group.mark.kind == "number" else group.mark.text
        if sign in open_signs:
            del open_signs[open_signs.index(sign) + 1 :]
        else:
            open_signs.append(sign)
        group.level = len(open_signs)


# --- headings


def _mark_headings(groups: list[_Group], page: _Page) -> None:
    flow = [group for group in groups if group.kind in ("paragraph", "item")]
    for place, group in enumerate(flow):
        if group.kind != "paragraph":
            continue
        before = flow[place - 1] if place else None
        after = flow[place + 1] if place + 1 < len(flow) else None
        if lines.is_caption(group.text):
            group.kind = "caption"
        elif _may_be_heading(group, before, after, page):
            group.kind = "heading"


def _may_be_heading(group: _Group, before: _Group | None, after: _Group | None, page: _Page) -> bool:
    text = group.text
    body = text[group.mark.end :] if group.mark else text
    line = group.members[0].line
    if line.text.lstrip().startswith("#"):
        return True
    loud = bool(line.bold) or (page.drawn and (line.size or 0) > page.size * 1.08)
    letters = [character for character in body if character.isalpha()]
    if not letters or len(text) > _LONGEST_HEADING or len(letters) < 2:
        return False
    if not (body.lstrip("*\"”“'(")[:1].isupper() or body.lstrip("*\"”“'(")[:1].isdigit()):
        return False
    bare = body.rstrip("*_ ")
    if bare.endswith((";", ",")) or (lines.ends_sentence(bare) and not bare.endswith(("?", "!", " mm.", "m.m."))):
        return False
    if bare.endswith(":") and len(bare.split()) > 4 and not loud:
        return False
    if page.drawn:
        if page.loud:
            return loud
        return (group.mark is not None and len(text) <= _LONGEST_PLAIN_HEADING) or len(text) <= 60
    if group.mark and group.mark.kind == "decimal":
        return True
    if len(text) > _LONGEST_PLAIN_HEADING and not group.mark:
        return False
    ended = before is None or before.kind == "heading" or group.members[0].gap >= 1 or group.members[0].new_page
    return ended and (after is not None or group.mark is not None)


def _block(group: _Group) -> Block:
    members = group.members
    first = members[0].line
    pieces = tuple(Piece(member.line.text, member.line.at) for member in members)
    links = tuple(dict.fromkeys(link for member in members for link in member.line.links))
    style = group.members[0].role
    level = group.level
    sure = False
    if group.kind == "heading" and (marks := re.match(r"\s*(#{1,6})\s", first.text)):
        level, sure = len(marks.group(1)), True
    if not style:
        style = "page" if members[0].new_page else ""
    return Block(
        kind=group.kind,
        pieces=pieces,
        level=level,
        sure=sure,
        bold=all(bool(member.line.bold) for member in members),
        size=first.size,
        style=style,
        links=links,
    )


def text_of(block: Block) -> str:
    """The text of a block as a person reads it: lines joined, spaces single."""
    return lines.join([line for piece in block.pieces for line in piece.text.split("\n")])
