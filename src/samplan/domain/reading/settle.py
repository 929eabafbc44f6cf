"""Paragraphs that are typed to look like something become what they look like.

Word files without styles have headings in bold, bullets and numbers as characters, footnotes and contents as plain
paragraphs. Text and PDF went through `layout`, which knows lines; this knows paragraphs, and looks at all kinds alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from samplan.domain.reading import lines
from samplan.domain.reading.lines import Mark
from samplan.domain.reading.paras import Flow, Para, joined, raw

_LONGEST_HEADING: Final = 200
_RUNNING: Final = frozenset({"paragraph", "item", "heading"})


def sign(para: Para) -> Mark | None:
    """What a list item begins with: its automatic number or sign (no character of the text), or the typed one."""
    if para.number:
        bare = para.number.strip(" .)\t")
        return Mark("number" if any(each.isalnum() for each in bare) else "bullet", bare, 0)
    text = raw(para)
    return lines.bullet(text) or (lines.number(text) if para.kind == "item" else None)


def settled(flow: Sequence[Flow], *, kind: str) -> list[Flow]:
    """The flow with its paragraphs told apart. Text files come back as they are."""
    if kind == "text":
        return list(flow)
    result = list(flow)
    _contents(result)
    _footnotes(result)
    _addresses(result)
    _headings(result)
    _items(result)
    return result


def _running(flow: Sequence[Flow]) -> list[int]:
    """Indices of running text with something in it."""
    return [
        index
        for index, item in enumerate(flow)
        if isinstance(item, Para) and item.kind in _RUNNING and item.spans and raw(item).strip()
    ]


def _para(flow: Sequence[Flow], index: int) -> Para:
    item = flow[index]
    if not isinstance(item, Para):
        raise TypeError(index)
    return item


def _contents(flow: list[Flow]) -> None:
    """Three lines of a contents list or more, close together."""
    places = [index for index, item in enumerate(flow) if isinstance(item, Para) and item.spans]
    hits = [order for order, index in enumerate(places) if lines.contents_title(raw(_para(flow, index))) is not None]
    start = 0
    while start < len(hits):
        end = start
        while end + 1 < len(hits) and hits[end + 1] - hits[end] <= 2:
            end += 1
        if end - start >= 2:
            for order in range(hits[start], hits[end] + 1):
                flow[places[order]] = replace(_para(flow, places[order]), kind="furniture", style="contents")
        start = end + 1


def _addresses(flow: list[Flow]) -> None:
    """Paragraphs that are an address and nothing else, but for one that the text before leads in."""
    before = ""
    last: int | None = None
    for index in _running(flow):
        para = _para(flow, index)
        text = raw(para).strip()
        if para.kind != "heading" and _is_address(text) and not before.rstrip().endswith(":"):
            flow[index] = replace(para, kind="note", style="address")
            if last is not None and lines.is_bare_number(before):
                # The mark of a note, on a line of its own before its address.
                flow[last] = replace(_para(flow, last), kind="note", style="footnote")
                before, last = "", None
        else:
            before, last = text, index


def _is_address(text: str) -> bool:
    """An address and nothing else, perhaps broken over several lines."""
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    return not any(" " in row for row in rows) and lines.is_address("".join(rows))


def _footnotes(flow: list[Flow]) -> None:
    """Footnotes typed as paragraphs: numbered on through the document, each mark standing in the text before."""
    wanted = 1
    seen = ""
    places = _running(flow)
    order = 0
    while order < len(places):
        para = _para(flow, places[order])
        after = order
        # One or two may have been read as something else; the next ones are footnotes all the same.
        begins = lines.footnote_mark(raw(para))
        first = begins if begins is not None and wanted <= begins <= wanted + 2 else wanted
        mark = first
        while after < len(places):
            each = _para(flow, places[after])
            plain = each.kind == "paragraph" or (each.kind == "heading" and not each.sure and not each.bold)
            if not plain or lines.footnote_mark(raw(each)) != mark or len(raw(each)) > 400:
                break
            mark += 1
            after += 1
        if after > order and _is_note(flow, places[order:after], first, seen):
            for place in places[order:after]:
                flow[place] = replace(_para(flow, place), kind="note", style="footnote")
            wanted, seen, order = mark, "", after
        else:
            seen = (seen + "\n" + raw(para))[-12000:]
            order += 1


def _is_note(flow: Sequence[Flow], places: Sequence[int], first: int, seen: str) -> bool:
    marks = range(first, first + len(places))
    referred = any(
        re.search(rf"[^\s\d.,]{mark}(?!\d)|[.,)”\"\]]{mark}(?![\d.])|\d{mark}(?=\s)", seen) for mark in marks
    )
    small = all((_para(flow, place).size or 99) < 10 for place in places)
    return referred and (
        small or any(re.search(r"https?:|www\.|\(\w|\d{4}", raw(_para(flow, place))) for place in places)
    )


def _items(flow: list[Flow]) -> None:
    """Typed bullets, and typed numbers that a colon leads in or that run on from such."""
    before = ""
    numbered: int | None = None
    places = _running(flow)
    under_heading = True
    for place, index in enumerate(places):
        para = _para(flow, index)
        text = raw(para)
        if para.kind == "paragraph":
            mark = lines.number(text)
            if lines.bullet(text) is not None:
                flow[index] = replace(para, kind="item", level=2 if numbered is not None else 1)
            elif mark is not None and mark.kind == "number" and mark.text.isdigit() and not para.number:
                led = before.rstrip().endswith(":") or _has_bold_lead(para, mark.end)
                on = under_heading and _is_counted(flow, places[place + 1 : place + 2], int(mark.text) + 1)
                starts = (mark.text == "1" and led) or on
                if starts or (numbered is not None and int(mark.text) == numbered + 1):
                    numbered = int(mark.text)
                    flow[index] = replace(para, kind="item", level=1)
        elif para.kind == "heading":
            numbered = None
        elif numbered is not None and para.level == 1 and (mark := sign(para)) is not None and mark.kind == "bullet":
            flow[index] = replace(para, level=2)
        before = text
        under_heading = para.kind == "heading"


def _headings(flow: list[Flow]) -> None:
    """Short paragraphs in bold or in larger type than most."""
    sizes: Counter[float] = Counter()
    for index in _running(flow):
        para = _para(flow, index)
        sizes[round(para.size or 0, 1)] += len(raw(para))
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    for index in _running(flow):
        para = _para(flow, index)
        if para.kind != "paragraph" or lines.bullet(raw(para)):
            continue
        text = joined(para.spans)
        loud = para.bold or (para.size or 0) > body * 1.08
        letters = [each for each in text if each.isalpha()]
        if not loud or not letters or len(text) > _LONGEST_HEADING:
            continue
        if text.endswith((";", ",")) or (lines.ends_sentence(text) and not text.endswith(("?", "!"))):
            continue
        if lines.is_caption(text):
            flow[index] = replace(para, kind="caption")
        else:
            flow[index] = replace(para, kind="heading", level=0)


def _has_bold_lead(para: Para, begin: int) -> bool:
    """Whether the words after a number are in bold and the rest of the paragraph is not."""
    position = 0
    looks = []
    for span in para.spans:
        position += len(span.text)
        if position > begin and span.text.strip(" .)\t") and not span.text.strip(" .)\t").isdigit():
            looks.append(span.bold)
    return len(looks) > 1 and looks[0] and not looks[-1]


def _is_counted(flow: Sequence[Flow], places: Sequence[int], number: int) -> bool:
    """Whether the paragraph after one that is counted counts on."""
    after = [_para(flow, index) for index in places]
    return any(
        para.kind == "paragraph" and raw(para).lstrip().startswith((f"{number}.", f"{number})")) for para in after
    )
