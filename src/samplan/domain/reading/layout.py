"""Lines as they are typed or drawn become blocks: paragraphs, list items, candidates for headings, notes, furniture.

Text files and PDF go through the same steps; what a text file does not tell (size, weight, place) is inferred from the
length of lines and the white space between them. Headings found here are candidates (`sure` is False, `level` 0): the
outline, which knows the vocabulary, decides. No character is dropped or changed: a block holds its lines as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.marks import mark_contents, mark_furniture, mark_notes, measured
from samplan.domain.reading.pages import Group, Marked, Page, is_loud
from samplan.domain.reading.source import Block, Kind, Line, Part, Piece, Raw
from samplan.domain.reading.typed import typed_tables

_LONGEST_HEADING: Final = 220
_LONGEST_PLAIN_HEADING: Final = 140


def blocks(raw: Sequence[Raw]) -> tuple[Part, ...]:
    """The parts of a document from what a reader gave, in the order of the source.

    Blocks and tables that the reader knows already pass through; lines between them are joined. Every piece of the
    result is the text of one line, unchanged, or a stretch of it.
    """
    parts: list[Part] = []
    run: list[Line] = []
    page = Page.of([piece for piece in raw if isinstance(piece, Line)])
    for item in raw:
        if isinstance(item, Line):
            run.append(item)
        else:
            parts += _join(run, page)
            run = []
            parts.append(item)
    parts += _join(run, page)
    return tuple(parts)


def _join(run: Sequence[Line], page: Page) -> list[Part]:
    if not run:
        return []
    if tables := typed_tables(run):
        parts: list[Part] = []
        start = 0
        for first, after, table in tables:
            parts += _join_plain(run[start:first], page)
            parts.append(table)
            start = after
        return parts + _join_plain(run[start:], page)
    return _join_plain(run, page)


def _join_plain(run: Sequence[Line], page: Page) -> list[Part]:
    if not run:
        return []
    marked = measured(run, page)
    mark_contents(marked)
    mark_furniture(marked, page)
    if not page.drawn:
        # A drawn page tells its paragraphs by their place; `settle` tells addresses and footnotes among them.
        mark_notes(marked, page)
    groups = _grouped(marked, page)
    _mark_headings(groups, page)
    ordered = sorted(groups, key=lambda group: group.members[0].line.at.line)
    return [_block(group) for group in ordered]


# --- lines to blocks


def _grouped(marked: list[Marked], page: Page) -> list[Group]:
    groups: list[Group] = []
    flow: Group | None = None
    numbered: int | None = None
    for item in marked:
        if item.role:
            _add_aside(groups, item)
            continue
        mark = lines.bullet(item.text)
        if mark and mark.text in "-–—" and page.drawn and is_loud(item.line, page.size):
            mark = None
        counted = lines.number(item.text) if mark is None else None
        if flow is not None and counted and counted.kind == "number":
            starts = counted.text in ("1", "a", "A", "I") and flow.text.endswith(":")
            starts = starts or (not page.drawn and counted.text == "1" and lines.has_marked_lead(item.text))
            if starts or (numbered is not None and counted.text == str(numbered + 1)):
                mark = counted
                numbered = int(counted.text) if counted.text.isdigit() else None
        if counted and counted.kind == "decimal":
            numbered = None
        if mark:
            flow = Group("item", [item], mark)
            groups.append(flow)
        elif flow is not None and _goes_on(flow, item, counted, page, _crossed(groups, flow)):
            flow.members.append(item)
        else:
            flow = Group("paragraph", [item], counted)
            groups.append(flow)
    _level_items(groups)
    return groups


def _crossed(groups: list[Group], flow: Group) -> bool:
    """Whether something of the page's foot stands between the flow's last line and now."""
    return groups[-1] is not flow


def _add_aside(groups: list[Group], item: Marked) -> None:
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
        groups.append(Group(kind, [item]))


def _goes_on(flow: Group, item: Marked, counted: lines.Mark | None, page: Page, crossed: bool) -> bool:
    """Whether a line belongs to the paragraph or item before it."""
    last = flow.last
    if page.drawn:
        return _goes_on_drawn(flow, item, page, crossed)
    if lines.is_labelled(last.text) and lines.is_labelled(item.text):
        return False
    if item.text.startswith("#") or last.text.startswith("#"):
        return False
    low = lines.begins_low(item.text)
    if not low and len(flow.members) == 1 and lines.is_counted_title(last.text):
        return False
    if counted and len(last.text) < page.width * 0.7 and re.match(r"\s*\w{1,2}[.)]\s+[A-ZÅÄÖ]", item.text):
        return False
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


def _is_long(flow: Group, page: Page) -> bool:
    return len(flow.last.text) > page.width * 0.7


def _goes_on_drawn(flow: Group, item: Marked, page: Page, crossed: bool) -> bool:
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
    if line.lead and (flow.members[0].line.lead or lines.ends_sentence(last.text)):
        return False
    if counted and flow.mark and counted.text.isdigit() and flow.mark.text == str(int(counted.text) - 1):
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


def _level_items(groups: list[Group]) -> None:
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


def _mark_headings(groups: list[Group], page: Page) -> None:
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


def _may_be_heading(group: Group, before: Group | None, after: Group | None, page: Page) -> bool:
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


def _block(group: Group) -> Block:
    members = group.members
    first = members[0].line
    pieces = tuple(piece for member in members for piece in member.line.pieces)
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
    rows: list[str] = []
    last: Piece | None = None
    for piece in block.pieces:
        parts = piece.text.split("\n")
        if last is not None and last.at == piece.at and not last.text.endswith("\n"):
            rows[-1] += parts.pop(0)
        rows += parts
        last = piece
    return lines.join(rows)
