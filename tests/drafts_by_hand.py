"""What a reading gives, put together by hand: a document, a draft of it, and where each piece of the one is in the
other. So that uploads, checking and applying are tried apart from the readers."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from samplan.domain.drafts.edits import Edit, do
from samplan.domain.drafts.opening import opened
from samplan.domain.drafts.tree import Tree, from_data, to_data
from samplan.domain.reading.source import count

Line = tuple[str, str, str]
"""(path into the draft, kind of block, text). A path that ends in "!" is a label or a number: no text of the field."""

SMALL: list[Line] = [
    ("unplaced", "furniture", "Handlingsplan 2023 sida 1"),
    ("title", "heading", "Länets plan för psykisk hälsa 2023"),
    ("chapters.title", "heading", "Inledning"),
    ("chapters.text", "paragraph", "Länet arbetar tillsammans."),
    ("chapters.text", "paragraph", "Här står hur."),
    ("county_goals", "item", "Fler vågar söka stöd."),
    ("areas.number!", "heading", "1"),
    ("areas.title", "heading", "Barn och unga"),
    ("areas.fields.description", "paragraph", "Unga mår sämre än förr."),
    ("areas.goals.long", "item", "Skolan är trygg."),
    ("areas.goals.short", "item", "Alla skolor har elevhälsa."),
    ("areas.activities.number!", "heading", "1.1"),
    ("areas.activities.title", "heading", "Kurser i samtal"),
    ("areas.activities.fields.purpose!", "heading", "Syfte"),
    ("areas.activities.fields.purpose", "paragraph", "Fler vågar fråga."),
    ("areas.activities.fields.purpose", "paragraph", "Ingen ska stå ensam."),
    ("areas.activities.fields.responsible!", "heading", "Ansvarig"),
    ("areas.activities.fields.responsible", "paragraph", "Folkhälsoenheten"),
    ("areas.activities.steps", "item", "Bjud in."),
    ("areas.activities.steps", "item", "Håll kursen."),
    ("areas.activities.tags", "paragraph", "#halsa"),
    ("areas.activities.links", "paragraph", "https://example.org/kurser"),
    ("areas.activities.links", "paragraph", "www.example.org"),
    ("areas.activities.title", "heading", "Stöd på nätet"),
    ("areas.activities.fields.result", "paragraph", "Tolv tusen besök."),
    ("areas.activities.fields.budget", "paragraph", "250 tkr"),
    ("areas.directives.title", "heading", "Skolsociala team"),
    ("areas.directives.fields.purpose", "paragraph", "Närvaron ska öka."),
    ("areas.directives.fields.result", "paragraph", "Tio team finns."),
    ("areas.partnerships.title", "heading", "Anhöriggruppen"),
    ("areas.partnerships.fields.description", "paragraph", "Föreningen möter anhöriga."),
    ("unplaced", "paragraph", "Se även bilaga 3."),
    ("areas.title", "heading", "Suicidprevention"),
    ("areas.fields.next_steps", "paragraph", "En ny plan skrivs."),
    ("money", "paragraph", "Suicidprevention 1 500 000"),
]


def reading(lines: list[Line] = SMALL, *, name: str = "plan.docx", pages: int = 3) -> dict[str, Any]:
    """`{"draft", "pieces", "parts", "notices"}` as `read_safely` gives it, on so many pages."""
    draft: dict[str, Any] = {
        "title": "", "county": {"code": "21", "name": "Gävleborg"}, "years": [2023], "chapters": [], "areas": [],
        "county_goals": [], "money": [], "bodies": [], "dates": [], "amounts": [], "links": [], "figures": [],
        "unplaced": [], "questions": [],
    }  # fmt: skip
    pieces, parts = [], []
    for place, (path, kind, text) in enumerate(lines):
        at = {"page": 1 + place * pages // len(lines), "line": place + 1}
        to = _put(draft, path, text, at)
        pieces.append({"to": to, "at": at, "text": text + "\n"})
        parts.append(
            {"kind": kind, "level": 1, "number": "", "label": "",
             "pieces": [{"text": text + "\n", "at": at, "order": 0}]}
        )  # fmt: skip
    whole = "".join(piece["text"] for piece in pieces)
    draft["source"] = {
        "name": name, "kind": "docx", "sha256": hashlib.sha256(whole.encode()).hexdigest(), "characters": count(whole),
    }  # fmt: skip
    unplaced = sum(count(row["text"]) for row in draft["unplaced"])
    draft |= {"placed_characters": count(whole) - unplaced, "unplaced_characters": unplaced}
    return {"draft": draft, "pieces": pieces, "parts": parts, "notices": []}


def _put(draft: dict[str, Any], path: str, text: str, at: dict[str, int]) -> str:
    """Put a text where its path says; the path as the pieces write it. A title begins a new row of its list."""
    steps, label = path.rstrip("!").split("."), path.endswith("!")
    if steps[0] == "unplaced":
        kind = "furniture" if "sida" in text else "other"
        draft["unplaced"].append({"text": text, "kind": kind, "at": at})
        return f"unplaced[{len(draft['unplaced']) - 1}]"
    if steps[0] == "county_goals":
        draft["county_goals"].append({"text": text, "at": at})
        return f"county_goals[{len(draft['county_goals']) - 1}]"
    if steps[0] == "money":
        amount = int(re.sub(r"\D", "", text) or 0)
        draft["money"].append({"section": None, "area": None, "recipient": None, "amount": amount, "at": at})
        return f"money[{len(draft['money']) - 1}]"
    if steps[0] == "title":
        draft["title"] = f"{draft['title']} {text}".strip()
        return "title"
    row, to = draft, ""
    while steps and steps[0] in {"chapters", "areas", "activities", "directives", "partnerships"}:
        name = steps.pop(0)
        begins = len(steps) == 1 and (steps == ["number"] or (steps == ["title"] and not _open(row[name])))
        if begins:
            row[name].append(_row(name, len(row[name]), at))
        row, to = row[name][-1], f"{to}{'.' if to else ''}{name}[{len(row[name]) - 1}]"
    return _in_row(row, to, steps, text, label=label)


def _open(rows: list[dict[str, Any]]) -> bool:
    """Whether the last row has a number and waits for its title."""
    return bool(rows) and not rows[-1]["title"]


def _row(name: str, place: int, at: dict[str, int]) -> dict[str, Any]:
    if name == "chapters":
        return {"title": "", "number": "", "kind": "introduction", "text": "", "at": at}
    row: dict[str, Any] = {"title": "", "number": "", "fields": {}, "steps": [], "tags": [], "links": [], "at": at}
    if name == "areas":
        row |= {"id": place + 1, "parent": None, "goals": [], "activities": [], "directives": [], "partnerships": []}
    return row


def _in_row(row: dict[str, Any], to: str, steps: list[str], text: str, *, label: bool) -> str:
    match steps:
        case ["number"]:
            row["number"] = text
        case ["title"] | ["text"]:
            row[steps[0]] = "\n".join(part for part in (row[steps[0]], text) if part)
        case ["goals", horizon]:
            row["goals"].append({"horizon": horizon, "text": text})
            return f"{to}.goals[{len(row['goals']) - 1}]"
        case ["steps"] | ["tags"] | ["links"]:
            row[steps[0]].append(text)
            return f"{to}.{steps[0]}[{len(row[steps[0]]) - 1}]"
        case ["fields", name]:
            there = row["fields"].get(name, "")
            row["fields"][name] = there if label else "\n".join(part for part in (there, text) if part)
    return ".".join((to, *steps))


def tree_of(lines: list[Line] = SMALL) -> Tree:
    """The draft of the lines as it comes back from where it is stored."""
    return from_data(json.loads(json.dumps(to_data(opened(reading(lines))))))


def bit_of(tree: Tree, text: str) -> str:
    return next(bit.id for bit in tree.bits.values() if bit.text == text)


def node_of(tree: Tree, title: str) -> str:
    return next(node.id for node in tree.nodes.values() if tree.title(node) == title)


def edited(tree: Tree, verb: str, number: int = 1, **values: Any) -> Tree:
    do(tree, Edit(number, verb, values))
    return tree
