"""Paragraphs as the texts of a draft: what of them is the text, and what only names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samplan.domain.reading import lines
from samplan.domain.reading.draft import Area, Leaf, Node
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Head, tags_in
from samplan.domain.reading.outline import Section
from samplan.domain.reading.paras import Grid, Para, as_label, cut, mark_label, raw
from samplan.domain.reading.settle import sign
from samplan.domain.reading.vocabulary import Vocabulary, plain


def title_para(head: Head, *, whole: bool = False) -> Para:
    """The paragraph of a heading, with its number and the words for its kind as a label."""
    para = head.para
    return para if whole or not head.begin else mark_label(para, head.begin)


def label_paras(head: Head) -> list[Para]:
    """The paragraphs of a label: the label itself gives no text, what follows it in its paragraph does."""
    return list(head.rest) if head.rest else [as_label(head.para)]


def item_para(para: Para) -> Para:
    """A list item with its sign as a label."""
    mark = sign(para) if para.kind == "item" else None
    return mark_label(para, mark.end) if mark else para


def free_key(node: Node, key: str, label: str, words: Vocabulary) -> str:
    """The field that a label is: of a word for several, the first that the node does not have."""
    if key not in node.fields:
        return key
    known = words.words.get("fields", {})
    return next((each for each in words.choices(label) if each in known and each not in node.fields), key)


def first_sentence(para: Para) -> tuple[Para, Para | None]:
    """A list item's first sentence, and the rest of it."""
    text = raw(para)
    start = next((len(span.text) for span in para.spans if span.label), 0)
    match = re.compile(r"(?<=[a-zåäö0-9)”])[.:]\s+(?=[A-ZÅÄÖ])").search(text, start)
    if not match or not text[match.end() :].strip():
        return para, None
    first, rest = cut(para, match.end())
    return first, rest


def bold_lead(para: Para) -> tuple[Para, Para] | None:
    """The words in bold that a list item begins with, and the rest of it; None where it begins with none or is all in
    bold. Bold is a look of the characters, or Markdown's signs around them."""
    text = raw(para)
    begin = next((len(span.text) for span in para.spans if span.label), 0)
    end = 0
    position = 0
    for span in para.spans:
        if position >= begin and not span.bold and span.text.strip():
            break
        position += len(span.text)
        end = position if span.bold else end
    if match := re.compile(r"\s*(\*\*|__)(?=\w)[^*_]+\1[.:]?\s*").match(text, begin):
        end = match.end()
    if end <= begin or not text[begin:end].strip() or not text[end:].strip(" .:"):
        return None
    first, rest = cut(para, end)
    return first, rest


def head_leaf(area: Area, name: str) -> Leaf:
    return area.heads.setdefault(name, Leaf())


def next_is_item(body: Sequence[Para | Grid | Flat], index: int) -> bool:
    after = body[index + 1] if index + 1 < len(body) else None
    return isinstance(after, Para) and after.kind == "item"


def leading_steps(body: Sequence[Para | Grid | Flat]) -> set[int]:
    """Items directly after the title, or after one paragraph that leads them in, and what goes on with the last."""
    start = 0
    if body and isinstance(body[0], Para) and body[0].kind != "item":
        if not body[0].text.endswith(":"):
            return set()
        start = 1
    steps = set()
    for place in range(start, len(body)):
        item = body[place]
        if not isinstance(item, Para) or item.kind != "item":
            break
        steps.add(place)
    return steps


def is_bare(section: Section) -> bool:
    """A heading with nothing under it and no words of a kind: the title on the first line."""
    return not section.body and not section.children and section.kind == ""


def has_title_first(root: Section) -> bool:
    """Whether the document's title is the first of its headings, beside those of chapters."""
    loose = any(not isinstance(item, Para) or not is_short(item) for item in root.body)
    return not loose and len(root.children) > 1 and (is_bare(root.children[0]) or is_cover(root))


def is_short(para: Para) -> bool:
    """Whether a paragraph is a line rather than running text: one of a cover, or the head of a page."""
    return len(para.text) <= 160 and not lines.ends_sentence(para.text)


def is_cover(root: Section) -> bool:
    """A first heading without number before numbered ones, with lines of a cover under it and no running text first."""
    first, second = root.children[:2]
    own = first.body[0] if first.body else None
    plain_first = first.kind == "" and not first.children and not first.heading.number and bool(second.heading.number)
    return plain_first and isinstance(own, Para) and len(own.text) <= 160 and not lines.ends_sentence(own.text)


def is_list(section: Section) -> bool:
    return bool(section.text) and any(para.kind == "item" for para in section.text)


def node_of(head: Head) -> Node:
    """The activity, directive or partnership that a heading begins."""
    node = Node(number=head.number)
    node.title.paras.append(title_para(head))
    return node


def county_goals(section: Section, title: str, words: Vocabulary) -> list[Para]:
    """The goals of the whole county under a heading outside the areas that ends with "mål" or the like."""
    bare = plain(title)
    if not any(bare == word or bare.endswith(" " + word) for word in words.of("goals", "county")):
        return []
    texts = section.text
    items = [para for para in texts if para.kind == "item"]
    return items or [para for para in texts if not para.text.endswith(":")]


def give_tags(para: Para, tags: frozenset[str], owners: Sequence[Node | Area]) -> None:
    """The tags of a line, each with its characters to the first of its owners and by name to the others."""
    text = raw(para)
    position = 0
    for tag in tags_in(text, tags):
        start = text.index(tag, position)
        parts = cut(para, *(each for each in (position, start + len(tag)) if 0 < each < len(text)))
        piece = parts[1] if position else parts[0]
        position = start + len(tag)
        for place, owner in enumerate(owners):
            owner.tags.append(Leaf([piece], own=tag) if place == 0 else Leaf([], own=tag))
    if position < len(text) and owners[0].tags:
        owners[0].tags[-1].paras.append(as_label(cut(para, position)[-1]))
