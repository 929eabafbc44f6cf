"""From what the reading gave (draft, pieces, parts) to the tree that a person checks.

The draft says what stands in each field, the pieces say where each stretch of the source went, the document's parts
say how it looks. Personal identity numbers are covered before anything is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from samplan.domain.drafts.tree import DOING, PLAN, Bit, Node, Question, SourceBlock, Tree
from samplan.domain.markup import clean
from samplan.domain.privacy import find_personal_numbers
from samplan.domain.reading.source import count

COVER: Final = "█"
"""Stands for each of the last four figures of a personal identity number."""
_MARK: Final = re.compile(r"^[-–•*](?: |$)")
_LIST_ITEM: Final = re.compile(r"[-*•] ")
_LAST_STEP: Final = re.compile(r"(\.\w+|\[\d+\])$")
_FOUND: Final = ("bodies", "dates", "amounts", "links", "figures")
_HORIZONS: Final = {"long": "goals_long", "short": "goals_short"}
_GOAL_KEY_LENGTH: Final = 40


def covered(text: str) -> str:
    """The text with the last four figures of each personal identity number covered; as long as before."""
    for find in reversed(find_personal_numbers(text)):
        end = find.end
        last = [at for at in range(find.start, end) if text[at].isdigit()][-4:]
        text = "".join(COVER if at in last else character for at, character in enumerate(text))
    return text


def has_cover(text: str) -> bool:
    """Whether a personal identity number has been covered in it."""
    return COVER * 4 in text


@dataclass(slots=True)
class _Slot:
    """A field of the draft: its texts, and the pieces of the source that the reading says went there."""

    node: str
    slot: str
    texts: list[str]
    kind: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    pieces: list[int] = field(default_factory=list)
    at: tuple[int | None, int] = (None, 0)


def opened(reading: dict[str, Any]) -> Tree:
    """The tree of `{"draft", "pieces", "parts", "notices"}`, each as the reading writes it. Raises KeyError, TypeError
    or ValueError for what no reading writes."""
    draft, pieces = reading["draft"], reading["pieces"]
    blocks, layout, ends = _document(reading["parts"])
    nodes = _nodes(draft)
    slots = _slots(draft, nodes)
    _give_pieces(slots, pieces)
    bits: dict[str, Bit] = {}
    of_piece: dict[int, str] = {}
    spans = _blocks_of_pieces(pieces, ends)
    for slot in slots.values():
        _bits_of(slot, pieces, spans, nodes, bits, of_piece)
    _leave_nothing_out(pieces, spans, nodes, bits, of_piece)
    nodes = _as_in_the_document(nodes, bits)
    _show_the_rest(nodes, bits)
    places = _Places(pieces, of_piece, bits)
    questions = [_question(row, places) for row in draft.get("questions", ())]
    found = {name: [_covered_all(row) | {"bit": places.bit(row)} for row in draft.get(name, ())] for name in _FOUND}
    for bit in bits.values():
        bit.text = covered(clean(bit.text)).strip()
        bit.row = {key: covered(value) if isinstance(value, str) else value for key, value in bit.row.items()}
    for block in blocks:
        block.text = covered(block.text)
    return Tree(
        source={**draft["source"], "name": covered(draft["source"]["name"])},
        county=draft.get("county"),
        years=[int(year) for year in draft.get("years", ())],
        blocks=blocks,
        layout=layout,
        nodes=nodes,
        bits=bits,
        questions=questions,
        notices=[[code, covered(what)] for code, what in reading.get("notices", ())],
        found=found,
    )


def _covered_all(value: Any) -> Any:
    if isinstance(value, str):
        return covered(value)
    if isinstance(value, dict):
        return {key: _covered_all(one) for key, one in value.items()}
    return [_covered_all(one) for one in value] if isinstance(value, list) else value


def _document(document: list[dict[str, Any]]) -> tuple[list[SourceBlock], list[Any], list[tuple[int, int]]]:
    """(blocks, layout, [(characters up to the end of a piece, its block)]), the pieces in the order of the source."""
    blocks: list[SourceBlock] = []
    parts: list[tuple[int, int, int, int]] = []

    def take(row: dict[str, Any]) -> int:
        place = len(blocks)
        pieces = row["pieces"]
        first: dict[str, Any] = pieces[0]["at"] if pieces else {"page": None, "line": 0}
        text = _running(pieces, row["kind"]) or row.get("label", "")
        blocks.append(
            SourceBlock(row["kind"], text, first["page"], first["line"], row.get("level", 0), row.get("number", ""))
        )
        parts.extend((piece.get("order", 0), piece["at"]["line"], place, count(piece["text"])) for piece in pieces)
        return place

    layout: list[Any] = []
    for part in document:
        if "rows" not in part:
            layout.append(take(part))
            continue
        rows = [
            {
                "head": bool(row.get("head")),
                "cells": [
                    [cell["column"], cell.get("columns", 1), cell.get("rows", 1), [take(one) for one in cell["blocks"]]]
                    for cell in row["cells"]
                ],
            }
            for row in part["rows"]
        ]
        layout.append({"name": part.get("name", ""), "rows": rows})
    ordered = sorted(parts, key=lambda part: part[:2])
    ends = list(accumulate(part[3] for part in ordered))
    return blocks, layout, [(end, part[2]) for end, part in zip(ends, ordered, strict=True)]


def _running(pieces: list[dict[str, Any]], kind: str) -> str:
    """A block's text as it runs: lines joined, and without the mark of a list, which the page draws."""
    text, line = "", None
    for piece in pieces:
        text += ("" if line in (None, piece["at"]["line"]) else " ") + piece["text"]
        line = piece["at"]["line"]
    text = " ".join(clean(text).split())
    return _MARK.sub("", text) if kind == "item" else text


def _nodes(draft: dict[str, Any]) -> dict[str, Node]:
    nodes = [Node(PLAN, "plan")]
    for at, row in enumerate(draft.get("chapters", ())):
        nodes.append(
            Node(f"c{at}", "chapter", PLAN, number=str(row.get("number") or ""), sort=row.get("kind") or "other")
        )
    ids = {str(row["id"]): f"a{at}" for at, row in enumerate(draft.get("areas", ()))}
    for at, row in enumerate(draft.get("areas", ())):
        above = ids.get(str(row.get("parent")), PLAN)
        above = above if above in {node.id for node in nodes} else PLAN
        nodes.append(Node(f"a{at}", "area", above, number=str(row.get("number") or "")))
        for kind, name, mark in zip(DOING, ("activities", "directives", "partnerships"), "idp", strict=True):
            for place, one in enumerate(row.get(name, ())):
                number = str(one.get("number") or "")
                nodes.append(Node(f"a{at}{mark}{place}", kind, f"a{at}", number=number))
    return {node.id: node for node in nodes}


def _slots(draft: dict[str, Any], nodes: dict[str, Node]) -> dict[str, _Slot]:
    """Every field of the draft by its path."""
    slots: dict[str, _Slot] = {"title": _Slot(PLAN, "title", _paragraphs(draft.get("title") or ""))}
    for at, row in enumerate(draft.get("chapters", ())):
        slots[f"chapters[{at}].title"] = _Slot(f"c{at}", "title", [row.get("title") or ""], at=_at(row))
        slots[f"chapters[{at}].text"] = _Slot(f"c{at}", "text", _paragraphs(row.get("text") or ""), at=_at(row))
    for at, row in enumerate(draft.get("areas", ())):
        slots |= _of_thing(f"areas[{at}]", f"a{at}", row)
        for name, mark in (("activities", "i"), ("directives", "d"), ("partnerships", "p")):
            for place, one in enumerate(row.get(name, ())):
                slots |= _of_thing(f"areas[{at}].{name}[{place}]", f"a{at}{mark}{place}", one)
    for at, row in enumerate(draft.get("county_goals", ())):
        slots[f"county_goals[{at}]"] = _Slot(PLAN, "county_goals", [_text(row)], at=_at(row))
    for at, row in enumerate(draft.get("money", ())):
        parts = {key: value for key, value in row.items() if key != "at" and value not in (None, "")}
        slots[f"money[{at}]"] = _Slot(PLAN, "money", [], row=parts, at=_at(row))
    for at, row in enumerate(draft.get("links", ())):
        slots[f"links[{at}]"] = _Slot(PLAN, "links", [], at=_at(row))
    for at, row in enumerate(draft.get("unplaced", ())):
        kind = row.get("kind") or "other"
        slots[f"unplaced[{at}]"] = _Slot(PLAN, "unplaced", [_text(row)], kind=kind, at=_at(row))
    return slots


def _of_thing(path: str, node: str, row: dict[str, Any]) -> dict[str, _Slot]:
    at = _at(row)
    slots = {f"{path}.title": _Slot(node, "title", [row.get("title") or ""], at=at)}
    for name, text in (row.get("fields") or {}).items():
        slots[f"{path}.fields.{name}"] = _Slot(node, name, _paragraphs(text or ""), at=at)
    for place, goal in enumerate(row.get("goals", ())):
        slot = _HORIZONS.get(goal.get("horizon") or "", "goals") if isinstance(goal, dict) else "goals"
        slots[f"{path}.goals[{place}]"] = _Slot(node, slot, [_text(goal)], at=at)
    for name in ("steps", "tags", "links"):
        for place, one in enumerate(row.get(name, ())):
            slots[f"{path}.{name}[{place}]"] = _Slot(node, name, [_text(one)], at=at)
    return slots


def _text(row: Any) -> str:
    return row if isinstance(row, str) else str(row.get("text") or row.get("title") or "")


def _at(row: Any) -> tuple[int | None, int]:
    at = (row.get("at") if isinstance(row, dict) else None) or {}
    return at.get("page"), at.get("line") or 0


def _paragraphs(text: str) -> list[str]:
    """A line each; the items of a list, one right after another, stay together, and marks of a list without a text are
    left out where there is a text."""
    parts: list[str] = []
    blank = True
    lines = clean(text).split("\n")
    for line in [line for line in lines if not line.strip() or _letters(line)] if _letters(text) else lines:
        item = bool(_LIST_ITEM.match(line))
        if line.strip() and item and not blank and _LIST_ITEM.match(parts[-1].rsplit("\n", 1)[-1]):
            parts[-1] += f"\n{line.rstrip()}"
        elif line.strip():
            parts.append(line.strip())
        blank = not line.strip()
    return parts


def _give_pieces(slots: dict[str, _Slot], pieces: list[dict[str, Any]]) -> None:
    """Each piece to the field its path names, or to the nearest one above it: a number goes with the title."""
    known: dict[str, _Slot | None] = {}
    for place, piece in enumerate(pieces):
        path = piece["to"]
        if path not in known:
            step = path
            while step and not any(f"{step}{end}" in slots for end in ("", "[0]", ".title")):
                step = _LAST_STEP.sub("", step) if _LAST_STEP.search(step) else ""
            # A heading over a list goes with its first row.
            known[path] = slots.get(step) or slots.get(f"{step}[0]") or slots.get(f"{step}.title")
        found = known[path]
        if found is not None:
            found.pieces.append(place)
    # A label with nothing after it goes with the name of what it stands in.
    for path, slot in slots.items():
        title = slots.get(re.sub(r"\.(text|fields\.\w+)$", ".title", path))
        if title is not None and title is not slot and slot.pieces and not "".join(slot.texts).strip():
            title.pieces = sorted(title.pieces + slot.pieces)
            slot.pieces = []


def _blocks_of_pieces(pieces: list[dict[str, Any]], ends: list[tuple[int, int]]) -> list[tuple[int, ...]]:
    """For each piece the blocks of the document that it stands in, told by counting characters."""
    limits = [end for end, _block in ends]
    spans: list[tuple[int, ...]] = []
    start = 0
    for piece in pieces:
        end = start + count(piece["text"])
        first = bisect_right(limits, start)
        last = bisect_right(limits, end - 1) if end > start else first
        spans.append(tuple(dict.fromkeys(block for _end, block in ends[first : last + 1])))
        start = end
    return spans


def _bits_of(
    slot: _Slot,
    pieces: list[dict[str, Any]],
    spans: list[tuple[int, ...]],
    nodes: dict[str, Node],
    bits: dict[str, Bit],
    of_piece: dict[int, str],
) -> None:
    """The bits of a field, each with its own pieces: a label goes with the text after it."""
    texts = [text for text in slot.texts if text.strip()]
    if not texts and slot.pieces:
        texts = [" ".join(" ".join(pieces[at]["text"] for at in slot.pieces).split())]
    if not any(texts):
        return
    given = _shared_out(texts, [pieces[at]["text"] for at in slot.pieces])
    for text, (start, end) in zip(texts, given, strict=True):
        mine = slot.pieces[start:end]
        # A text that shares its piece with the next is shown where that piece stands.
        shown = mine or slot.pieces[start : start + 1]
        first = pieces[shown[0]]["at"] if shown else {"page": slot.at[0], "line": slot.at[1]}
        bit = Bit(
            f"b{len(bits)}", text.strip(), (slot.node, slot.slot), sum(count(pieces[at]["text"]) for at in mine),
            tuple(dict.fromkeys(block for at in shown for block in spans[at])), first["page"], first["line"] or 0,
            slot.kind, slot.row,
        )  # fmt: skip
        bits[bit.id] = bit
        of_piece.update(dict.fromkeys(mine, bit.id))
        nodes[slot.node].slots.setdefault(slot.slot, []).append(bit.id)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).casefold()


def _shared_out(texts: list[str], pieces: list[str]) -> list[tuple[int, int]]:
    """Which pieces belong to each of a field's texts, as (first, the one after the last): those from where the text
    before ends to where it ends itself.

    Letters and figures are compared only, since the reading joins lines and words and drops marks of lists. What
    cannot be found goes with its neighbour; the last text takes what is left.
    """
    if len(texts) == 1:
        return [(0, len(pieces))]
    stream = "".join(map(_letters, pieces))
    ends = list(accumulate(len(_letters(piece)) for piece in pieces))
    result: list[tuple[int, int]] = []
    position, piece = 0, 0
    for place, text in enumerate(texts):
        letters = _letters(text)
        found = stream.find(letters[:_GOAL_KEY_LENGTH], position) if letters else -1
        if found >= 0:
            position = found + len(letters)
        start, last = piece, place == len(texts) - 1
        while piece < len(pieces) and (last or (found >= 0 and ends[piece] <= position)):
            piece += 1
        result.append((start, piece))
    return result


def _leave_nothing_out(
    pieces: list[dict[str, Any]],
    spans: list[tuple[int, ...]],
    nodes: dict[str, Node],
    bits: dict[str, Bit],
    of_piece: dict[int, str],
) -> None:
    """A piece that no field's text has taken becomes a bit without a place."""
    for place, piece in enumerate(pieces):
        if place in of_piece or not piece["text"].strip():
            continue
        bit = Bit(
            f"b{len(bits)}", piece["text"].strip(), (PLAN, "unplaced"), count(piece["text"]), spans[place],
            piece["at"]["page"], piece["at"]["line"] or 0, "other",
        )  # fmt: skip
        bits[bit.id] = bit
        of_piece[place] = bit.id
        nodes[PLAN].slots.setdefault("unplaced", []).append(bit.id)


def _as_in_the_document(nodes: dict[str, Node], bits: dict[str, Bit]) -> dict[str, Node]:
    """What is done in an area comes as it does in the document, whatever it is. An area stays before what it holds."""
    first = {
        node.id: min((bits[bit].blocks[0] for bit in node.bits() if bits[bit].blocks), default=0)
        for node in nodes.values()
    }
    doing = sorted((node for node in nodes.values() if node.kind in DOING), key=lambda node: first[node.id])
    return {node.id: node for node in (*(one for one in nodes.values() if one.kind not in DOING), *doing)}


def _show_the_rest(nodes: dict[str, Node], bits: dict[str, Bit]) -> None:
    """What has no stretch of the document of its own (a tag that is a picture there) is shown at its node's name. What
    has no place comes as it does in the document."""
    for bit in bits.values():
        title = nodes[bit.home[0]].slots.get("title")
        if not bit.blocks and title:
            bit.blocks = bits[title[0]].blocks
    unplaced = nodes[PLAN].slots.get("unplaced", [])
    unplaced.sort(key=lambda name: bits[name].blocks[:1])


class _Places:
    """Which bit stands at a place of the document."""

    def __init__(self, pieces: list[dict[str, Any]], of_piece: dict[int, str], bits: dict[str, Bit]) -> None:
        self.bits = bits
        found = [(piece["at"]["line"] or 0, piece["at"]["page"], of_piece.get(at)) for at, piece in enumerate(pieces)]
        self.rows = sorted((row for row in found if row[2]), key=lambda row: row[0])
        self.lines = [row[0] for row in self.rows]

    def bit(self, row: dict[str, Any]) -> str:
        """The bit that something found is about: one on its line that has its text, else the last one at or before it
        on its page; empty for what has no place."""
        page, line = _at(row)
        text = row.get("text") or ""
        near = ""
        for place in reversed(range(bisect_right(self.lines, line) if line else 0)):
            there, other_page, bit = self.rows[place]
            if bit is None or (page is not None and other_page not in (None, page)):
                continue
            if near and there < line:
                break
            if there == line and text and text in self.bits[bit].text:
                return bit
            near = near or bit
        return near


def _question(row: dict[str, Any], places: _Places) -> Question:
    page, line = _at(row)
    asked = _covered_all({key: value for key, value in row.items() if key != "at"})
    return Question(row["kind"], asked, page, line, places.bit(row))
