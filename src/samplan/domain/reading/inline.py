"""Labels inside paragraphs: "Syfte: ...", a line of its own among others, bold before text that is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from samplan.domain.reading import lines
from samplan.domain.reading.heads import LONGEST_LABEL, Head, Label, split_number
from samplan.domain.reading.lines import bullet
from samplan.domain.reading.paras import Para, cut, raw
from samplan.domain.reading.vocabulary import Vocabulary, plain

_LONGEST_TITLE: Final = 220
_UNKNOWN: Final = re.compile(
    r"\s*(?:[*•-]\s+)?(?:\*\*|__)?[A-ZÅÄÖ][a-zåäö]{1,15}(?: [a-zåäö]{1,15}){0,3}:(?:\*\*|__)?[ \t]+(?=\S)"
)
"""A label of words that the vocabulary does not know: "Så gör vi: ...". One only beside labels that it knows."""


def split_labels(para: Para, words: Vocabulary) -> list[tuple[Para, int]]:
    """A paragraph in parts, each with the length of the label it begins with (0: none).

    A label is a line of its own that is one ("Syfte"), or stands before a colon at the beginning of the paragraph or
    of a line in it ("Syfte: ..."), or is set in bold before text that is not.
    """
    text = raw(para)
    cuts: list[tuple[int, int]] = []
    position = 0
    rows = re.findall(r"[^\n]*\n|[^\n]+$", text)
    for index, row in enumerate(rows):
        length = _label_length(row, words, alone=len(rows) > 1 or para.kind == "heading", first=index == 0)
        if length:
            cuts.append((position, length))
            cuts += [(position + start, end - start) for start, end in _further_labels(row, length, words)]
        elif (cuts and _UNKNOWN.match(row)) or (index and _is_goal(row, words)):
            cuts.append((position, 0))
        position += len(row)
    if not cuts and (length := _bold_label(para, words)):
        cuts.append((0, length))
    if not cuts:
        return [(para, 0)]
    offsets = sorted(start for start, _ in cuts if start)
    parts = cut(para, *offsets)
    lengths = dict(cuts)
    found = []
    position = 0
    for part in parts:
        found.append((part, lengths.get(position, 0)))
        position += len(raw(part))
    return found


def _label_length(row: str, words: Vocabulary, *, alone: bool, first: bool) -> int:
    stripped = row.strip(" \t*_\n\r")
    if not stripped or not (stripped[0].isupper() or first):
        return 0
    match = re.match(r"\s*[*_]{0,2}([^:\n]{2,45}?)[*_]{0,2}\s*:[*_]{0,2}\s*(?=\S)", row)
    if match and _exact_field(match.group(1), words):
        return match.end()
    if alone and len(stripped) <= LONGEST_LABEL and _exact_field(stripped, words) and (first or stripped[0].isupper()):
        return len(row)
    return 0


def _further_labels(row: str, begin: int, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Labels after the first on a line: "Ansvarig: Apoteken. Tidsplan: 2026."; where each begins and ends."""
    for match in re.finditer(r"(?<=[.;|\t])\s+([A-ZÅÄÖ][\wåäö/ ]{1,30}):\s*(?=\S)", row[begin:]):
        if words.exact("fields", match.group(1)):
            yield begin + match.start(1), begin + match.end()


def _exact_field(text: str, words: Vocabulary) -> bool:
    if words.exact("fields", text) or words.exact("goals", text) in ("long", "short"):
        return True
    match = words.match("fields", text)
    return match is not None and len(match.rest.split()) <= 2 and not re.search(r"[.!?,]", text.strip(" .:"))


def _bold_label(para: Para, words: Vocabulary) -> int:
    bold = 0
    for span in para.spans:
        if not span.bold:
            break
        bold += len(span.text)
    text = raw(para)
    return bold if 0 < bold < len(text) and _exact_field(text[:bold], words) else 0


def _is_goal(row: str, words: Vocabulary) -> bool:
    prefix = words.prefix(row)
    return prefix is not None and prefix[0] == "goal" and bool(prefix[1] and prefix[2])


def unknown_labels(elements: list[Any]) -> None:
    """Labels of unknown words after labels in their paragraph that are known: what they say describes further."""
    since = 9
    for index, item in enumerate(elements):
        para = item.para if isinstance(item, Head) else item
        if isinstance(item, Head) and item.rest and item.label.kind == "field":
            since = 0
        elif (
            (since <= 2 or _is_known_label(elements, index + 1))
            and isinstance(para, Para)
            and (not isinstance(item, Head) or (item.label.kind in ("", "group") and item.rank is None))
            and _UNKNOWN.match(raw(para))
        ):
            elements[index] = Head(para, Label("field", "description"), "", "", None, 0, rest=(para,))
            since = 0
        elif isinstance(item, Head):
            since = 9
        else:
            since += 1


def items_with_labels(elements: list[Any]) -> None:
    """An item of a list whose own items are labels ("Ansvarig: ...") is the heading of what they tell of."""
    for index in range(len(elements) - 1):
        item, after = elements[index], elements[index + 1]
        if not isinstance(item, Para) or item.kind != "item" or not isinstance(after, Head):
            continue
        loud = item.bold and not after.para.bold
        deeper = after.para.kind == "item" and (loud or after.para.level > item.level)
        if deeper and after.rest and after.label.kind == "field" and len(item.text) <= _LONGEST_TITLE:
            mark = bullet(raw(item))
            begin = mark.end if mark else 0
            elements[index] = Head(item, Label("activity"), raw(item)[begin:].strip(" *_"), "", None, begin)


def _is_known_label(elements: list[Any], index: int) -> bool:
    item = elements[index] if index < len(elements) else None
    return isinstance(item, Head) and bool(item.rest) and item.label.kind == "field"


def first_is_title(elements: list[Any]) -> None:
    """The first line of all is no label, though it begins with the word of one: "Uppföljning av planen 2025"."""
    first = elements[0] if elements else None
    if isinstance(first, Head) and first.is_label and not first.rest and not first.label.exact:
        first.label = Label()


_PLACE: Final = re.compile(
    r"(?:Region )?[A-ZÅÄÖ][a-zåäö]+(?: [A-ZÅÄÖa-zåäö]+){0,3} län(?: [\d–-]+)?|Region [A-ZÅÄÖ]\w+( \w+)?"
)


def tells_cover(text: str, words: Vocabulary) -> bool:
    """Whether a line names a county and no more, or begins with a word of covers: "Antagen den ..."."""
    begin = plain(text).split(" ")[0]
    return bool(_PLACE.fullmatch(text.strip())) or begin in words.of("tables", "cover")


def cover_lines(elements: list[Any], words: Vocabulary) -> None:
    """Short lines between the title and the first heading with something under it, that no style or number makes
    headings: they stand on the cover."""
    first = elements[0] if elements else None
    if not isinstance(first, Head) or first.label.kind or first.number:
        return
    for index in range(1, len(elements) - 1):
        item, after = elements[index], elements[index + 1]
        styled = isinstance(item, Head) and item.para.sure and item.para.level
        if not isinstance(item, Head) or styled or item.number or item.label.kind:
            return
        text = item.title.strip(" *_")
        if not tells_cover(text, words) and (
            not isinstance(after, Head) or after.is_label or after.label.kind == "group"
        ):
            return
        elements[index] = item.para


def promote(elements: list[Any]) -> None:
    """A paragraph of several lines that ends like a heading, directly before one that only names a kind of content."""
    for index in range(len(elements) - 1):
        item, after = elements[index], elements[index + 1]
        if not isinstance(item, Para) or item.kind != "paragraph" or not isinstance(after, Head):
            continue
        text = item.text
        if after.label.kind == "group" and len(text) <= _LONGEST_TITLE and text[:1].isupper() and not lines.ends(text):
            number, _, begin = split_number(raw(item), item.number)
            title = lines.join(raw(item)[begin:].split("\n"))
            elements[index] = Head(item, Label(), title, number, None, begin)
