"""A draft in nodes (the plan, its chapters, areas, activities ...), their slots (a field each), and the slots' bits.

A bit is the least that a person moves: a paragraph, a title, a goal, a step. Every character of the source belongs to
one bit, whatever is done to the draft, so what is placed and what is not can be counted at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

FORMAT: Final = 1
PLAN: Final = "plan"
"""The id of the root."""

FIELDS: Final = (
    "description", "background", "baseline", "purpose", "goal", "target_group", "method", "places", "timeline",
    "responsible", "principal", "participants", "indicators", "follow_up", "funding", "budget", "status", "result",
    "goal_fulfilment", "analysis", "lessons", "next_steps", "comment",
)  # fmt: skip
"""Fields of an area, activity, directive or partnership, in the order they are shown. A reading may find others."""
GOALS: Final = ("goals_long", "goals_short", "goals")
DOING: Final = ("activity", "directive", "partnership")
OUTSIDE: Final = ("aside", "unplaced")
"""Slots of the plan whose bits are not placed: put there by a person, or never placed by the reading."""
SLOTS: Final[dict[str, tuple[str, ...]]] = {
    "plan": ("title", "county_goals", "money", "links", *OUTSIDE),
    "chapter": ("title", "text"),
    "area": ("title", *FIELDS[:4], *GOALS, *FIELDS[4:], "tags", "links"),
    **dict.fromkeys(DOING, ("title", *FIELDS, "steps", "tags", "links")),
}
CHAPTER_SORTS: Final = (
    "introduction", "situation", "structure", "values", "perspectives", "definitions", "sources", "other"
)  # fmt: skip
UNDER: Final[dict[str, tuple[str, ...]]] = {
    "chapter": ("plan",),
    "area": ("plan", "area"),
    **dict.fromkeys(DOING, ("area",)),
}
"""What a node of each kind may stand under."""
SINGLE: Final = frozenset({"steps", "tags", "links", "money", "county_goals", *GOALS})
"""Slots where every bit is a row of its own."""
QUIET: Final = frozenset({"furniture", "double", "hidden"})
"""Kinds of unplaced bits that nobody has to look at."""


@dataclass(slots=True)
class Bit:
    """`characters`: how many of the source are its own (a label's too). `blocks`: where in the document they stand.
    `home`: the node and slot that the reading gave it. `kind`: why an unplaced one is. `row`: a money row's parts.
    `own`: a person has written its text anew."""

    id: str
    text: str
    home: tuple[str, str]
    characters: int = 0
    blocks: tuple[int, ...] = ()
    page: int | None = None
    line: int = 0
    kind: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    own: bool = False


@dataclass(slots=True)
class Node:
    """`name`: a title that a person gave in place of the title's bits. `sort`: the kind of a chapter."""

    id: str
    kind: str
    parent: str = ""
    number: str = ""
    name: str = ""
    sort: str = ""
    slots: dict[str, list[str]] = field(default_factory=dict)

    def bits(self) -> list[str]:
        """Its bits in the order they are shown."""
        return [bit for slot in slots_of(self) for bit in self.slots.get(slot, ())]


@dataclass(slots=True)
class SourceBlock:
    """A block of the document as it is shown beside the draft."""

    kind: str
    text: str
    page: int | None
    line: int
    level: int = 0
    number: str = ""


@dataclass(slots=True)
class Question:
    """Something that the reading doubts, and the bit it is about (empty when it is about the whole). `asked`: what the
    sentence is made of (code, text, figures)."""

    kind: str
    asked: dict[str, Any]
    page: int | None
    line: int
    bit: str = ""


@dataclass(slots=True)
class Tree:
    """`layout`: the document's parts in order: a block's index, or a table {"name", "rows": [{"head", "cells":
    [[column, columns, rows, [block, ...]], ...]}]}. `nodes` come in the order of the plan, a parent before what is
    under it. `found`: what the reading saw in passing (bodies, dates, amounts, links, figures), each with the "bit" it
    stands in. `notices`: what a person should know about the file, [code, what about]. `settled` and `checked` come of
    edits."""

    source: dict[str, Any]
    county: dict[str, str] | None
    years: list[int]
    blocks: list[SourceBlock]
    layout: list[Any]
    nodes: dict[str, Node]
    bits: dict[str, Bit]
    questions: list[Question] = field(default_factory=list)
    found: dict[str, list[Any]] = field(default_factory=dict)
    notices: list[list[str]] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)
    checked: set[str] = field(default_factory=set)
    format: int = FORMAT

    def under(self, parent: str, *kinds: str) -> list[Node]:
        """The nodes right under one, in order; of some kinds only when they are named."""
        return [node for node in self.nodes.values() if node.parent == parent and (not kinds or node.kind in kinds)]

    def within(self, top: str) -> Iterator[Node]:
        """A node and all that is under it, in order."""
        yield self.nodes[top]
        for node in self.under(top):
            yield from self.within(node.id)

    def parts(self) -> list[Node]:
        """What a person goes through, one at a time: the plan itself, each chapter, each area with what is done in it,
        in the order of the plan."""
        chapters = self.under(PLAN, "chapter")
        return [self.nodes[PLAN], *chapters, *(node for node in self.within(PLAN) if node.kind == "area")]

    def part_of(self, node: str) -> str:
        """The part that a node is gone through with."""
        found = self.nodes[node]
        return found.parent if found.kind in DOING else node

    def depth(self, node: Node) -> int:
        """How many nodes stand between it and the plan."""
        return 0 if node.parent in ("", PLAN) else 1 + self.depth(self.nodes[node.parent])

    def place_of(self, bit: str) -> tuple[str, str]:
        """The node and slot a bit is in now. Raises KeyError."""
        for node in self.nodes.values():
            for slot, bits in node.slots.items():
                if bit in bits:
                    return node.id, slot
        raise KeyError(bit)

    def places(self) -> dict[str, tuple[str, str]]:
        """Every bit's node and slot."""
        return {
            bit: (node.id, slot) for node in self.nodes.values() for slot, bits in node.slots.items() for bit in bits
        }

    def title(self, node: Node) -> str:
        """A node's name, in one line; what the title's bits say where nobody has given another."""
        return node.name or " ".join(" ".join(self.bits[bit].text.split()) for bit in node.slots.get("title", ()))

    def texts(self, node: Node, slot: str) -> list[str]:
        """The texts of a slot, one for each bit."""
        return [self.bits[bit].text for bit in node.slots.get(slot, ())]


def slots_of(node: Node) -> list[str]:
    """A node's slots in the order they are shown; those that no list knows last."""
    known = SLOTS[node.kind]
    return [*known, *(slot for slot in node.slots if slot not in known)]


@dataclass(frozen=True, slots=True)
class Counted:
    """Characters of the source: placed in the plan, without a place, put aside by a person; `quiet` of those without
    a place are running heads, page numbers and the like. Together (quiet apart) they are the source."""

    placed: int
    unplaced: int
    aside: int
    quiet: int
    bits_placed: int
    bits_unplaced: int
    bits_aside: int


def counted(tree: Tree) -> Counted:
    """How much of the source has a place in the draft as it stands."""
    root = tree.nodes[PLAN]
    unplaced, aside = ([tree.bits[bit] for bit in root.slots.get(slot, ())] for slot in ("unplaced", "aside"))
    quiet = [bit for bit in unplaced if bit.kind in QUIET]
    outside = _characters(unplaced) + _characters(aside)
    return Counted(
        placed=_characters(tree.bits.values()) - outside,
        unplaced=_characters(unplaced),
        aside=_characters(aside),
        quiet=_characters(quiet),
        bits_placed=len(tree.bits) - len(unplaced) - len(aside),
        bits_unplaced=len(unplaced) - len(quiet),
        bits_aside=len(aside),
    )


def _characters(bits: Iterable[Bit]) -> int:
    return sum(bit.characters for bit in bits)


def to_data(tree: Tree) -> dict[str, Any]:
    """The tree as it was read, as plain data for JSON."""
    data = asdict(tree)
    data["nodes"], data["bits"] = list(data["nodes"].values()), list(data["bits"].values())
    del data["settled"], data["checked"]
    for name in ("nodes", "bits", "blocks", "questions"):
        data[name] = [{key: value for key, value in row.items() if value not in (None, "", 0, [], {}, ())}
                      for row in data[name]]  # fmt: skip
    return data


def from_data(data: dict[str, Any]) -> Tree:
    """The reverse of `to_data`. Raises ValueError for a format that this version does not know."""
    if data.get("format") != FORMAT:
        raise ValueError(f"draft of format {data.get('format')}")
    bits = [
        Bit(**{**row, "home": tuple(row["home"]), "blocks": tuple(row.get("blocks", ())), "text": row.get("text", "")})
        for row in data["bits"]
    ]
    return Tree(
        source=data["source"],
        county=data["county"],
        years=data["years"],
        blocks=[SourceBlock(**{"text": "", "page": None, "line": 0, **row}) for row in data["blocks"]],
        layout=data["layout"],
        nodes={row["id"]: Node(**row) for row in data["nodes"]},
        bits={bit.id: bit for bit in bits},
        questions=[Question(**{"asked": {}, "page": None, "line": 0, **row}) for row in data["questions"]],
        found=data["found"],
        notices=data["notices"],
    )
