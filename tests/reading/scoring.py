"""A draft against the truth of its document: what was found, what was missed, what was made up, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.reading import truth as told
from tests.reading.truth import Seal, letters, seal

KINDS: Final = (
    "areas", "numbers", "parents", "directives", "activities", "partnerships", "goals", "county goals", "steps", "tags",
    "fields", "rows kept together", "chapters", "chapter texts", "money", "amounts", "dates", "bodies", "title",
    "county", "years",
)  # fmt: skip


@dataclass(slots=True)
class Score:
    """Hits, misses and false finds of one kind."""

    hit: int = 0
    missed: list[Any] = field(default_factory=list)
    false: list[Any] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.hit += other.hit
        self.missed += other.missed
        self.false += other.false

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + len(self.false)) if self.hit + len(self.false) else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + len(self.missed)) if self.hit + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Truth:
    """The truth of a document as sets of things that can be compared with those of a draft."""

    def __init__(self, data: dict[str, Any], seals: dict[str, Seal], *, columns: bool) -> None:
        self.data = data
        self.seals = seals
        self.columns = columns

    def sealed(self, text: str) -> Seal:
        if self.seals and told.is_spec(text):
            return self.seals[text]
        return seal(text)

    def things(self) -> dict[str, list[Hashable]]:
        data = self.data
        found: dict[str, list[Hashable]] = {kind: [] for kind in KINDS}
        for area in data.get("areas", []):
            name = letters(area["title"])
            found["areas"].append(name)
            if "parent" in area:
                found["parents"].append((name, letters(area["parent"])))
            self._node(found, name, area)
            for horizon in ("long", "short", "any"):
                for goal in area.get(f"goals_{horizon}", []):
                    found["goals"].append((name, None if horizon == "any" else horizon, self.sealed(goal)))
            for kind in ("directives", "activities", "partnerships"):
                for node in area.get(kind, []):
                    key = (name, self.sealed(node["title"]))
                    found[kind].append(key)
                    self._node(found, key, node)
        found["county goals"] = [self.sealed(goal) for goal in data.get("county_goals", [])]
        for number, title, text in data.get("chapters", []):
            found["chapters"].append((number.rstrip("."), letters(title)))
            if text:
                found["chapter texts"].append((letters(title), self.sealed(text)))
        found["money"] = [tuple(each) for each in data.get("money", [])]
        found["amounts"] = list(data.get("amounts", []))
        found["dates"] = [letters(each) for each in data.get("dates", [])]
        found["bodies"] = [letters(each) for each in data.get("bodies", [])]
        found["title"] = [letters(data["title"])] if data.get("title") else []
        found["county"] = [data["county"]] if data.get("county") else []
        found["years"] = list(data.get("years", []))
        return found

    def _node(self, found: dict[str, list[Hashable]], key: Hashable, node: dict[str, Any]) -> None:
        if node.get("number"):
            found["numbers"].append((key, node["number"]))
        for name, text in node.get("fields", {}).items():
            found["fields"].append((key, name, self.sealed(text)))
        if columns := node.get("columns"):
            if self.columns:
                found["fields"] += [(key, name, self.sealed(text)) for name, text in columns.items()]
            else:
                found["rows kept together"].append((key, self.sealed(",".join(columns.values()))))
        found["steps"] += [(key, self.sealed(step)) for step in node.get("steps", [])]
        found["tags"] += [(key, letters(tag)) for tag in node.get("tags", [])]


def found_in(draft: dict[str, Any], *, columns: bool) -> dict[str, list[Hashable]]:
    """The same things out of a draft's JSON."""
    found: dict[str, list[Hashable]] = {kind: [] for kind in KINDS}
    names = {area["id"]: letters(area["title"]) for area in draft["areas"]}
    for area in draft["areas"]:
        name = names[area["id"]]
        found["areas"].append(name)
        if area["parent"]:
            found["parents"].append((name, names[area["parent"]]))
        _node_found(found, name, area, columns=True)
        found["goals"] += [(name, goal["horizon"], seal(goal["text"])) for goal in area["goals"]]
        for kind in ("directives", "activities", "partnerships"):
            for node in area[kind]:
                key = (name, seal(node["title"]))
                found[kind].append(key)
                _node_found(found, key, node, columns=columns)
    found["county goals"] = [seal(goal["text"]) for goal in draft["county_goals"]]
    for chapter in draft["chapters"]:
        if chapter["title"]:
            found["chapters"].append((chapter["number"], letters(chapter["title"])))
            if chapter["text"]:
                found["chapter texts"].append((letters(chapter["title"]), seal(chapter["text"])))
    found["money"] = [(money["section"], money["recipient"], money["amount"]) for money in draft["money"]]
    found["amounts"] = [amount["amount"] for amount in draft["amounts"]]
    found["dates"] = [letters(each["text"]) for each in draft["dates"]]
    found["bodies"] = [letters(each["name"]) for each in draft["bodies"]]
    found["title"] = [letters(draft["title"])] if draft["title"] else []
    found["county"] = [draft["county"]["code"]] if draft["county"] else []
    found["years"] = list(draft["years"])
    return found


def _node_found(found: dict[str, list[Hashable]], key: Hashable, node: dict[str, Any], *, columns: bool) -> None:
    if node["number"]:
        found["numbers"].append((key, node["number"]))
    if columns:
        found["fields"] += [(key, name, seal(text)) for name, text in node["fields"].items()]
    elif node["fields"]:
        found["rows kept together"].append((key, seal("".join(node["fields"].values()))))
    found["steps"] += [(key, seal(step)) for step in node["steps"]]
    found["tags"] += [(key, letters(tag)) for tag in node["tags"]]


def score(draft: dict[str, Any], truth: Truth) -> dict[str, Score]:
    """Kind by kind; a kind that the truth does not tell of is left out."""
    flat = not truth.columns and any(
        "columns" in node for area in truth.data["areas"] for node in area.get("activities", [])
    )
    wanted, found = truth.things(), found_in(draft, columns=not flat)
    scores = {}
    for kind in KINDS:
        if kind in ("dates", "bodies", "amounts", "chapters", "title", "years", "county") and kind not in truth.data:
            continue
        if kind == "chapter texts" and "chapters" not in truth.data:
            continue
        scores[kind] = compared(wanted[kind], found[kind])
    return scores


def compared(wanted: Iterable[Hashable], found: Iterable[Hashable]) -> Score:
    left, extra = Counter(wanted), Counter(found)
    both = left & extra
    return Score(sum(both.values()), list((left - both).elements()), list((extra - both).elements()))
