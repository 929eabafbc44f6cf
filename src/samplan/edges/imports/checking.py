"""What the checking page shows of a draft: one part at a time, its stretch of the document beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from samplan.domain.drafts.edits import fallback
from samplan.domain.drafts.opening import has_cover
from samplan.domain.drafts.tree import (
    DOING,
    OUTSIDE,
    PLAN,
    QUIET,
    SINGLE,
    SLOTS,
    Bit,
    Node,
    Question,
    Tree,
    slots_of,
)
from samplan.edges.imports.questions import question
from samplan.edges.imports.slot_labels import NODES, QUESTIONS, UNNAMED, WHY_UNPLACED
from samplan.edges.imports.slot_labels import SLOTS as SLOT_WORDS

OUT: Final = "utan-plats"
"""The part that shows what has no place."""
_BREAK: Final = re.compile(r"(?<=[.!?:;])\s+|\n+")
MOST_BREAKS: Final = 60
EM_SPACE: Final = "\u2003"


@dataclass(slots=True)
class ShownBit:
    """A bit with its number on the page, what is asked about it, and whether it is the chosen one."""

    bit: Bit
    number: int
    asked: list[dict[str, Any]]
    chosen: bool
    covered: bool
    why: Any = ""

    @property
    def block(self) -> int | None:
        return self.bit.blocks[0] if self.bit.blocks else None


@dataclass(slots=True)
class ShownSlot:
    slot: str
    words: Any
    bits: list[ShownBit]
    single: bool


@dataclass(slots=True)
class ShownNode:
    """`head`: the bit that its name comes of, when that is all there is to say about it."""

    node: Node
    kind: Any
    title: Any
    head: ShownBit | None
    slots: list[ShownSlot]
    chosen: bool


@dataclass(slots=True)
class ShownBlock:
    """A block of the document, with the numbers of the bits that came of it."""

    place: int
    kind: str
    text: str
    level: int
    number: str
    bits: list[tuple[int, str]] = field(default_factory=list)
    elsewhere: tuple[str, str] | None = None
    loose: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the list of parts."""

    id: str
    title: str
    kind: Any
    depth: int
    asks: int
    checked: bool
    current: bool


def asks_of(tree: Tree) -> dict[str, list[int]]:
    """Bit → the questions about it that nobody has settled; "" for those about the whole."""
    found: dict[str, list[int]] = {}
    for place, one in enumerate(tree.questions):
        if place not in tree.settled:
            found.setdefault(one.bit if one.bit in tree.bits else "", []).append(place)
    return found


def parts_of(tree: Tree, current: str, asks: dict[str, list[int]]) -> list[Part]:
    """Every part in order, with how much is asked in it."""
    listed = []
    for node in tree.parts():
        inside = [node, *(tree.under(node.id, *DOING) if node.kind == "area" else ())]
        bits = [bit for one in inside for slot, names in one.slots.items() if slot not in OUTSIDE for bit in names]
        number = sum(len(asks.get(bit, ())) for bit in bits) + (len(asks.get("", ())) if node.id == PLAN else 0)
        title = tree.title(node) or str(UNNAMED[node.kind])
        listed.append(
            Part(
                node.id, title, NODES[node.kind], tree.depth(node), number, node.id in tree.checked, node.id == current
            )
        )
    return listed


def asked(tree: Tree, place: int) -> dict[str, Any]:
    """A question as it is shown: its sentence, and the text that would answer it where there is one."""
    found = tree.questions[place]
    try:
        words = question({"kind": found.kind, **found.asked}, _)
    except KeyError:  # one that this version has no sentence for
        words = str(QUESTIONS.get(found.kind, found.kind))
    return {
        "place": place, "kind": found.kind, "page": found.page, "words": words, "bit": found.bit,
        "likely": found.asked.get("likely"), "answer": _likely_text(tree, found),
    }  # fmt: skip


def _likely_text(tree: Tree, found: Question) -> str:
    """The bit's text with the amount that the reading thinks is meant; empty when it stands there in no other way."""
    amount, likely = found.asked.get("amount"), found.asked.get("likely")
    if not isinstance(amount, int) or not isinstance(likely, int) or found.bit not in tree.bits:
        return ""
    digits = r"[ \u00a0\u202f.]?".join(str(amount))
    text, times = re.subn(rf"(?<!\d){digits}(?!\d)", f"{likely:,}".replace(",", " "), tree.bits[found.bit].text)
    return text if times == 1 else ""


@dataclass(slots=True)
class Page:
    """One part of the draft and its stretch of the document."""

    tree: Tree
    part: str
    chosen_bit: str = ""
    chosen_node: str = ""
    asks: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    bits_at: dict[int, list[str]] = field(default_factory=dict)
    mine: set[int] = field(default_factory=set)
    chosen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = self.tree.places()
        for bit in self.tree.bits.values():
            for place in bit.blocks:
                self.bits_at.setdefault(place, []).append(bit.id)
        self.mine = self._mine()
        names = self.tree.nodes[self.chosen_node].slots.get("title", []) if self.chosen_node else []
        self.chosen = {self.chosen_bit, *names}

    def nodes(self) -> list[ShownNode]:
        """What stands on the right."""
        tree = self.tree
        if self.part == OUT:
            root = tree.nodes[PLAN]
            return [self._node(root, OUTSIDE)]
        node = tree.nodes[self.part]
        if node.id == PLAN:
            return [self._node(node, tuple(slot for slot in slots_of(node) if slot not in OUTSIDE))]
        return [self._node(one, tuple(slots_of(one))) for one in (node, *tree.under(node.id, *DOING))]

    def _node(self, node: Node, slots: Iterable[str]) -> ShownNode:
        shown, head = [], None
        for slot in sorted(slots, key=lambda slot: (slot != "title", self._stands(node, slot))):
            bits = [self.tree.bits[name] for name in node.slots.get(slot, ())]
            listed = [self._bit(bit) for bit in bits if slot != "unplaced" or bit.kind not in QUIET]
            plain = slot == "title" and len(listed) == 1 and not node.name
            if plain and not (listed[0].chosen or listed[0].asked or listed[0].covered):
                head = listed[0]
            elif listed:
                words = _("Namn i dokumentet") if slot == "title" and node.name else SLOT_WORDS.get(slot, slot)
                shown.append(ShownSlot(slot, words, listed, slot in SINGLE or slot == "title"))
        title = self.tree.title(node) or UNNAMED[node.kind]
        return ShownNode(node, NODES[node.kind], title, head, shown, node.id == self.chosen_node)

    def _stands(self, node: Node, slot: str) -> int:
        """Where in the document a slot begins, so that both sides of the page come in the same order. What has been
        moved into it moves it nowhere."""
        bits = [self.tree.bits[name] for name in node.slots.get(slot, ())]
        own = [bit for bit in bits if bit.home == (node.id, slot)] or bits
        return min((bit.blocks[0] for bit in own if bit.blocks), default=0)

    def _bit(self, bit: Bit) -> ShownBit:
        self.numbers[bit.id] = len(self.numbers) + 1
        return ShownBit(
            bit, self.numbers[bit.id], self._asked(bit), bit.id == self.chosen_bit, has_cover(bit.text),
            WHY_UNPLACED.get(bit.kind, ""),
        )  # fmt: skip

    def _asked(self, bit: Bit) -> list[dict[str, Any]]:
        shown = [asked(self.tree, place) for place in self.asks.get(bit.id, ())]
        # A covered number says the same in its own words.
        return [one for one in shown if one["kind"] != "personal_number" or not has_cover(bit.text)]

    def loose(self) -> list[dict[str, Any]]:
        """What has no place and stands in this part of the document, each with the nearest bit before it."""
        if self.part == OUT:
            return []
        found: list[dict[str, Any]] = []
        listed: set[str] = set()
        before = ""
        for place in sorted(self.mine):
            for name in self.bits_at.get(place, ()):
                _node, slot = self.places[name]
                if name in self.numbers and slot not in OUTSIDE:
                    before = name
                elif slot == "unplaced" and self.tree.bits[name].kind not in QUIET and name not in listed:
                    listed.add(name)
                    found.append({"shown": self._loose(self.tree.bits[name]), "after": self._near(before)})
        return found

    def _loose(self, bit: Bit) -> ShownBit:
        return ShownBit(
            bit, 0, self._asked(bit), bit.id == self.chosen_bit, has_cover(bit.text), WHY_UNPLACED.get(bit.kind, "")
        )

    def _near(self, name: str) -> dict[str, Any] | None:
        if not name:
            return None
        node, slot = self.places[name]
        slot = slot if slot != "title" else fallback(self.tree.nodes[node].kind, "description")
        return {"node": node, "slot": slot, "words": SLOT_WORDS.get(slot, slot),
                "title": self.tree.title(self.tree.nodes[node])}  # fmt: skip

    def quiet(self) -> tuple[int, int]:
        """(how many unplaced bits nobody has to look at, their characters)."""
        bits = [self.tree.bits[name] for name in self.tree.nodes[PLAN].slots.get("unplaced", ())]
        bits = [bit for bit in bits if bit.kind in QUIET]
        return len(bits), sum(bit.characters for bit in bits)

    def document(self) -> list[dict[str, Any]]:
        """What stands on the left: blocks, tables, page breaks, and gaps where other parts have their text. Called
        after `nodes`, which numbers the bits."""
        mine = self.mine
        items: list[dict[str, Any]] = []
        page: int | None = None
        gap = False
        for entry in self.tree.layout:
            for row in [entry] if isinstance(entry, int) else entry["rows"]:
                places = _places(row)
                # The head of a table stands above whatever rows of it are shown.
                if not any(place in mine for place in places) and not (
                    isinstance(row, dict) and row["head"] and _any(entry, mine)
                ):
                    gap = gap or bool(places)
                    continue
                first = self.tree.blocks[places[0]] if places else None
                if first is not None and first.page != page:
                    page, gap = first.page, False
                    if page is not None:
                        items.append({"page": page})
                elif gap and items:
                    items.append({"gap": True})
                gap = False
                if isinstance(row, int):
                    items.append({"block": self._block(row)})
                else:
                    self._add_row(items, entry, row)
        return items

    def _add_row(self, items: list[dict[str, Any]], entry: Any, row: Any) -> None:
        cells = [
            {"columns": columns, "rows": rows, "blocks": [self._block(place) for place in blocks]}
            for _column, columns, rows, blocks in row["cells"]
        ]
        if not items or items[-1].get("table") is not entry:
            items.append({"table": entry, "name": entry["name"], "rows": []})
        items[-1]["rows"].append({"head": row["head"], "cells": cells})

    def _mine(self) -> set[int]:
        """The blocks of this part: those that its bits came of, and those without a place that follow on them."""
        mine: set[int] = set()
        owner = PLAN
        for place, block in enumerate(self.tree.blocks):
            bits = self.bits_at.get(place, [])
            owners = [self._owner(self.places[bit]) for bit in bits]
            if self.part == OUT:
                if OUT in owners and not all(self.tree.bits[bit].kind in QUIET for bit in bits):
                    mine.add(place)
                continue
            placed = [one for one in owners if one != OUT]
            owner = placed[0] if placed else owner
            quiet = bool(bits) and all(self.tree.bits[bit].kind in QUIET for bit in bits) and not placed
            if self.part in placed or (owner == self.part and not placed and not quiet and block.kind != "furniture"):
                mine.add(place)
        return mine

    def _owner(self, place: tuple[str, str]) -> str:
        node, slot = place
        return OUT if slot in OUTSIDE else self.tree.part_of(node)

    def _block(self, place: int) -> ShownBlock:
        block = self.tree.blocks[place]
        shown = ShownBlock(place, block.kind, block.text, block.level, block.number)
        for name in self.bits_at.get(place, ()):
            if name in self.numbers:
                shown.bits.append((self.numbers[name], name))
            elif shown.elsewhere is None and not shown.loose:
                node, slot = self.places[name]
                if slot in OUTSIDE:
                    shown.loose = name
                else:
                    shown.elsewhere = (self.tree.part_of(node), name)
            shown.chosen = shown.chosen or name in self.chosen
        return shown


def _places(row: Any) -> list[int]:
    return [row] if isinstance(row, int) else [place for cell in row["cells"] for place in cell[3]]


def _any(entry: Any, mine: set[int]) -> bool:
    return any(place in mine for row in entry["rows"] for place in _places(row))


def part_for(tree: Tree, wanted: str, bit: str = "", node: str = "") -> str:
    """The part to show: that of the chosen bit or node, else the one asked for, else the first not gone through."""
    parts = [part.id for part in tree.parts()]
    asked_for = wanted if wanted in {*parts, OUT} else ""
    if bit in tree.bits:
        at, slot = tree.place_of(bit)
        return (asked_for or OUT) if slot in OUTSIDE else tree.part_of(at)
    if node in tree.nodes:
        return tree.part_of(node)
    if asked_for:
        return asked_for
    return next((part for part in parts if part not in tree.checked), parts[0])


def next_to_check(tree: Tree, part: str, asks: dict[str, list[int]]) -> tuple[str, str] | None:
    """(part, bit) of the next thing to look at, after this part first, then from the beginning."""
    waiting: list[tuple[str, str]] = []
    for node in tree.within(PLAN):
        for slot in slots_of(node):
            for bit in node.slots.get(slot, ()):
                loose = slot == "unplaced" and tree.bits[bit].kind not in QUIET
                if (slot not in OUTSIDE and (bit in asks or has_cover(tree.bits[bit].text))) or loose:
                    waiting.append((OUT if slot in OUTSIDE else tree.part_of(node.id), bit))
    order = [*(one.id for one in tree.parts()), OUT]
    waiting.sort(key=lambda one: order.index(one[0]))
    here = order.index(part)
    return next((one for one in waiting if order.index(one[0]) >= here), waiting[0] if waiting else None)


def breaks(text: str) -> list[tuple[int, str]]:
    """Where a text may be split: (the place, how what follows begins)."""
    found = [match.end() for match in _BREAK.finditer(text)]
    return [(at, " ".join(text[at : at + 80].split())) for at in found if text[at:].strip()][:MOST_BREAKS]


def choices_of_nodes(tree: Tree) -> list[tuple[str, str]]:
    """Every node as a choice, what is under another indented."""
    found: list[tuple[str, str]] = [(PLAN, str(NODES["plan"]))]
    for node in tree.within(PLAN):
        if node.id == PLAN:
            continue
        words = f"{NODES[node.kind]}: {tree.title(node) or '–'}"
        found.append((node.id, EM_SPACE * tree.depth(node) + words[:110]))
    return found


def slot_for(tree: Tree, node: str, slot: str) -> str:
    """The slot that a node of this kind has for what is chosen."""
    kind = tree.nodes[node].kind
    if kind == "plan":
        return slot if slot in SLOTS["plan"] else "county_goals"
    return slot if slot in tree.nodes[node].slots else fallback(kind, slot)
