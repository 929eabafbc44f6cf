"""Partnerships: a heading over them, and each begun by a list item that text follows or by a heading of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from samplan.domain.reading import lines
from samplan.domain.reading.draft import Area, Leaf, Node
from samplan.domain.reading.fill_parts import head_leaf, item_para, label_paras, node_of
from samplan.domain.reading.flat import Flat
from samplan.domain.reading.heads import Head
from samplan.domain.reading.outline import Section
from samplan.domain.reading.paras import Grid, Para, as_label

Table: TypeAlias = Callable[[Grid | Flat, Area | None, Node | None, Leaf], None]


def partnerships(section: Section, area: Area, table: Table) -> None:
    """A heading over partnerships, each begun by a list item that text follows, or by a heading of its own.

    Where it stands among activities it is one itself, with the text before the first partnership.
    """
    head = section.heading
    node: Node | None = None
    if section.parent is not None and section.parent.kind == "group":
        node = node_of(head)
        area.activities.append(node)
    else:
        head_leaf(area, "partnerships").paras.append(as_label(head.para))
    items = list(flattened(section))
    opening = openings(items)
    current: Node | None = None
    leaf = node.field_of("description") if node is not None else area.field_of("description")
    for place, item in enumerate(items):
        if isinstance(item, Head) and item.label.kind == "" and not item.is_label:
            current = node_of(item)
            area.partnerships.append(current)
            leaf = current.field_of("description")
        elif isinstance(item, Head) and current is not None:
            leaf = current.field_of(item.label.key if item.label.kind == "field" else "description")
            leaf.paras += label_paras(item) if item.label.kind == "field" else [item.para]
        elif isinstance(item, Head):
            leaf.paras.append(item.para)
        elif isinstance(item, Para) and place in opening:
            current = Node()
            current.title.paras.append(item_para(item))
            area.partnerships.append(current)
            leaf = current.field_of("description")
        elif isinstance(item, Para):
            leaf.paras.append(item)
        else:
            table(item, area, current, leaf)


def flattened(section: Section) -> Iterator[Para | Grid | Flat | Head]:
    """A section's text and headings in the order of the source."""
    yield from section.body
    for child in section.children:
        if child.head is not None:
            yield child.head
        yield from flattened(child)


def openings(items: Sequence[Para | Grid | Flat | Head]) -> set[int]:
    """List items that begin a partnership each: those that stand alone and that text follows, with all of their sign;
    where there is none, every item of the list."""
    listed = [place for place, item in enumerate(items) if isinstance(item, Para) and item.kind == "item"]
    alone = [
        place
        for place in listed
        if place - 1 not in listed and place + 1 not in listed and place + 1 < len(items) and _is_name(items[place])
    ]
    if not alone:
        return set() if any(isinstance(item, Head) and item.label.kind == "" for item in items) else set(listed)
    return set(alone)


def _is_name(item: Para | Grid | Flat | Head) -> bool:
    return isinstance(item, Para) and len(item.text) <= 120 and not lines.ends(item.text)
