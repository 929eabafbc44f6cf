"""What a person does to a draft: a list of edits, carried out in order on the draft as it was read.

An edit names nodes and bits by their ids and never their places, so that two people's edits go together. One whose
nodes or bits are no longer there (an earlier edit was taken back) does nothing and is told. No edit makes or loses a
character of the source: `tree.counted` always sums up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from samplan.domain.drafts.tree import (
    CHAPTER_SORTS,
    DOING,
    GOALS,
    PLAN,
    SLOTS,
    UNDER,
    Bit,
    Node,
    Tree,
)
from samplan.domain.reading.source import count

LOST: Final = "draft_gone"
"""What an edit is about is no longer in the draft."""
UNFIT: Final = "draft_unfit"
"""It cannot be done: a node under itself, a goal in a chapter's title, a text split at its end."""


class Impossible(Exception):
    """An edit that cannot be carried out; `code` is LOST or UNFIT."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Edit:
    """`number` from 1 in the order they were made; `verb` one of VERBS with the values it takes."""

    number: int
    verb: str
    values: Mapping[str, Any]


def carry_out(tree: Tree, edits: Iterable[Edit]) -> dict[int, str]:
    """Do the edits that are in force to the tree, in order; returns those that could not be done: {number: code}."""
    failed: dict[int, str] = {}
    for edit in in_force(edits):
        if edit.verb == UNDO:
            continue
        try:
            do(tree, edit)
        except Impossible as error:
            failed[edit.number] = error.code
    return failed


def in_force(edits: Iterable[Edit]) -> list[Edit]:
    """The edits that nobody has taken back, in order. An edit "undo" takes back another, which may be an "undo"."""
    gone: set[int] = set()
    order = sorted(edits, key=lambda edit: edit.number)
    for edit in reversed(order):
        if edit.verb == UNDO and edit.number not in gone:
            gone.add(edit.values["edit"])
    return [edit for edit in order if edit.number not in gone]


def do(tree: Tree, edit: Edit) -> None:
    """One edit. Raises Impossible, and then the tree is as it was."""
    _VERBS[edit.verb](tree, edit.number, edit.values)


def touched(edit: Edit) -> frozenset[str]:
    """Ids of what an edit changes: two edits with one in common are in each other's way."""
    values = edit.values

    def named(*names: str) -> frozenset[str]:
        return frozenset(values.get(name, "") for name in names)

    match edit.verb:
        case "move" | "aside":
            return frozenset(values.get("bits") or [values.get("node", "")])
        case "write" | "split" | "new":
            return named("bit")
        case "join":
            return named("bit", "with")
        case "merge":
            return named("node", "into")
        case "rename" | "kind" | "sort" | "place":
            return named("node")
        case "years":
            return frozenset({"years"})
    return frozenset()


def _node(tree: Tree, name: str) -> Node:
    found = tree.nodes.get(name)
    if found is None:
        raise Impossible(LOST)
    return found


def _bit(tree: Tree, name: str) -> tuple[Bit, list[str]]:
    """A bit, and the list of the slot it is in."""
    found = tree.bits.get(name)
    if found is None:
        raise Impossible(LOST)
    node, slot = tree.place_of(name)
    return found, tree.nodes[node].slots[slot]


def _demand(condition: bool) -> None:
    if not condition:
        raise Impossible(UNFIT)


def fallback(kind: str, slot: str) -> str:
    """Where a slot's bits go in a node of another kind."""
    if slot in SLOTS[kind]:
        return slot
    if kind == "chapter":
        return "text"
    if slot in GOALS:
        return "goal"
    return slot if slot not in {"text", "steps"} else "description"


def _move(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """bits, node, slot, before (a bit of the slot, or empty: last)."""
    node, slot, before = _node(tree, values["node"]), values["slot"], values.get("before") or ""
    names = list(dict.fromkeys(values["bits"]))
    for name in names:
        if name not in tree.bits:
            raise Impossible(LOST)
    _demand(bool(names) and before not in names)
    _demand(slot in SLOTS[node.kind] or slot in node.slots)
    for name in names:
        _bit(tree, name)[1].remove(name)
    into = node.slots.setdefault(slot, [])
    at = into.index(before) if before in into else len(into)
    into[at:at] = names


def _aside(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """bits, or a node with all that is under it."""
    if values.get("bits"):
        _move(tree, 0, {"bits": values["bits"], "node": PLAN, "slot": "aside"})
        return
    top = _node(tree, values["node"])
    _demand(top.id != PLAN)
    gone = list(tree.within(top.id))
    aside = tree.nodes[PLAN].slots.setdefault("aside", [])
    for node in gone:
        aside += node.bits()
        del tree.nodes[node.id]


def _write(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """bit, text; settles: the question that it answers, if any."""
    bit, _slot = _bit(tree, values["bit"])
    if "settles" in values:
        _settle(tree, 0, {"question": values["settles"]})
    tree.bits[bit.id] = replace(bit, text=values["text"], own=True)


def _split(tree: Tree, number: int, values: Mapping[str, Any]) -> None:
    """bit, at: the first of its characters that becomes a bit of its own."""
    bit, slot = _bit(tree, values["bit"])
    first, second = bit.text[: values["at"]].strip(), bit.text[values["at"] :].strip()
    _demand(bool(first and second))
    whole = count(first) + count(second)
    share = bit.characters * count(second) // whole if whole else 0
    other = replace(bit, id=f"{bit.id}.{number}", text=second, characters=share)
    tree.bits[bit.id] = replace(bit, text=first, characters=bit.characters - share)
    tree.bits[other.id] = other
    slot.insert(slot.index(bit.id) + 1, other.id)


def _join(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """bit, with: the second, which stands right after it, becomes a part of the first."""
    bit, slot = _bit(tree, values["bit"])
    other, other_slot = _bit(tree, values["with"])
    _demand(slot is other_slot and slot.index(bit.id) + 1 == slot.index(other.id))
    between = "\n" if other.text.startswith(("- ", "* ")) else " "
    tree.bits[bit.id] = replace(
        bit, text=f"{bit.text}{between}{other.text}", characters=bit.characters + other.characters,
        blocks=tuple(dict.fromkeys((*bit.blocks, *other.blocks))), own=bit.own or other.own,
    )  # fmt: skip
    slot.remove(other.id)
    del tree.bits[other.id]
    for question in tree.questions:
        question.bit = bit.id if question.bit == other.id else question.bit


def _new(tree: Tree, number: int, values: Mapping[str, Any]) -> None:
    """bit, kind, under, rest: the bit becomes the title of a new node; with `rest` those come along that
    follow in the document and stood in the same node."""
    _bit(tree, values["bit"])
    kind, above = values["kind"], _node(tree, values["under"])
    _demand(above.kind in UNDER.get(kind, ()))
    where, slot = tree.place_of(values["bit"])
    source = tree.nodes[where]
    after: list[tuple[str, str]] = []
    if values.get("rest"):
        _demand(source.id != PLAN)
        rest = [(name, bit) for name in _slot_order(source) if name != "title" for bit in source.slots[name]]
        rest = [one for one in rest if one[1] != values["bit"]]
        after = [one for one in rest if _stands(tree, values["bit"]) <= _stands(tree, one[1])]
    source.slots[slot].remove(values["bit"])
    node = Node(f"n{number}", kind, above.id, sort="other" if kind == "chapter" else "")
    node.slots["title"] = [values["bit"]]
    for name, bit in after:
        source.slots[name].remove(bit)
        node.slots.setdefault(fallback(kind, name), []).append(bit)
    _insert_after(tree, node, source.id)


def _stands(tree: Tree, bit: str) -> tuple[int, ...]:
    """Where in the document a bit begins."""
    return tree.bits[bit].blocks[:1]


def _slot_order(node: Node) -> list[str]:
    known = [slot for slot in SLOTS[node.kind] if slot in node.slots]
    return [*known, *(slot for slot in node.slots if slot not in known)]


def _insert_after(tree: Tree, node: Node, other: str) -> None:
    """Put a new node after another and what is under that, when both have the same parent; else last."""
    order = list(tree.nodes.values())
    before = tree.nodes.get(other)
    at = len(order)
    if before is not None and before.parent == node.parent:
        at = max(order.index(one) for one in tree.within(other)) + 1
    order.insert(at, node)
    tree.nodes = {one.id: one for one in order}


def _merge(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, into: everything of the first goes to the second, its title as a text."""
    node, into = _node(tree, values["node"]), _node(tree, values["into"])
    _demand(PLAN not in (node.id, into.id) and into.id not in {one.id for one in tree.within(node.id)})
    children = tree.under(node.id)
    _demand(all(into.kind in UNDER[one.kind] for one in children))
    for slot in _slot_order(node):
        to = fallback(into.kind, slot if slot != "title" else "description")
        into.slots.setdefault(to, []).extend(node.slots[slot])
    for one in children:
        one.parent = into.id
    del tree.nodes[node.id]


def _rename(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, title."""
    _node(tree, values["node"]).name = values["title"]


def _place(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, under, before (a node with the same parent, or empty: last)."""
    node, above, before = _node(tree, values["node"]), _node(tree, values["under"]), values.get("before") or ""
    _demand(node.id != PLAN and above.kind in UNDER[node.kind])
    _demand(above.id not in {one.id for one in tree.within(node.id)} and before != node.id)
    node.parent = above.id
    order = [one for one in tree.nodes.values() if one.id != node.id]
    at = next((at for at, one in enumerate(order) if one.id == before), len(order))
    order.insert(at, node)
    tree.nodes = {one.id: one for one in order}


def _kind(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, kind, under: it is something else than the reading took it for."""
    node, kind, above = _node(tree, values["node"]), values["kind"], _node(tree, values["under"])
    _demand(node.id != PLAN and above.kind in UNDER.get(kind, ()))
    _demand(above.id not in {one.id for one in tree.within(node.id)})
    _demand(all(kind in UNDER[one.kind] for one in tree.under(node.id)))
    slots: dict[str, list[str]] = {}
    for slot in _slot_order(node):
        slots.setdefault(fallback(kind, slot), []).extend(node.slots[slot])
    if kind == "chapter":
        # A chapter's text is read as it stood in the document.
        slots.get("text", []).sort(key=lambda name: _stands(tree, name))
    node.slots, node.kind, node.parent = slots, kind, above.id
    node.sort = (node.sort or "other") if kind == "chapter" else ""


def _sort(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, sort: the kind of a chapter."""
    node = _node(tree, values["node"])
    _demand(node.kind == "chapter" and values["sort"] in CHAPTER_SORTS)
    node.sort = values["sort"]


def _settle(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """question (its place in the list), done."""
    _demand(0 <= values["question"] < len(tree.questions))
    (tree.settled.add if values.get("done", True) else tree.settled.discard)(values["question"])


def _check(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """node, done: a person has gone through it."""
    _node(tree, values["node"])
    (tree.checked.add if values.get("done", True) else tree.checked.discard)(values["node"])


def _years(tree: Tree, _number: int, values: Mapping[str, Any]) -> None:
    """years."""
    tree.years = list(values["years"])


_VERBS: Final[dict[str, Callable[[Tree, int, Mapping[str, Any]], None]]] = {
    "move": _move, "aside": _aside, "write": _write, "split": _split, "join": _join, "new": _new, "merge": _merge,
    "rename": _rename, "place": _place, "kind": _kind, "sort": _sort, "settle": _settle, "check": _check,
    "years": _years,
}  # fmt: skip
VERBS: Final = tuple(_VERBS)
UNDO: Final = "undo"
"""The edit that takes back another: `edit` is its number."""
KINDS: Final = ("chapter", "area", *DOING)
