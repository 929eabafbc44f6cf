"""What a plan gets of a draft: every row that will be made, with the bits that it is made of.

Every bit that has a place comes to one row, and to one field of it. What a row has no field for is kept under a heading
of its own: an area's in its text, an activity's as a further text, a directive's in its description. What stays outside
is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from samplan.domain.drafts.opening import has_cover
from samplan.domain.drafts.tree import FIELDS, GOALS, OUTSIDE, PLAN, QUIET, Bit, Node, Tree
from samplan.domain.errors import Invalid
from samplan.domain.freetext import LONGEST_TITLE, web_address

LONGEST_NUMBER: Final = 20
NO_COLUMN: Final = frozenset({"participants", "status", "analysis", "comment"})
# The columns of an activity; a budget is how it is funded.
ACTIVITY_FIELD: Final = {name: name for name in FIELDS if name not in NO_COLUMN} | {"budget": "funding"}
# How exact the reading says that a time is, and what an activity calls it.
PRECISION: Final = {
    "day": "day", "week": "week", "month": "month", "quarter": "month", "season": "season", "years": "year",
}  # fmt: skip
_PIECES: Final = re.compile(r"^(?:st|styck|stycken)\b\.?", re.IGNORECASE)
AREA_FIELDS: Final = ("goal_fulfilment", "next_steps")
DIRECTIVE_FIELD: Final = {
    "background": "background", "purpose": "purpose", "goal": "goals", "description": "description"
}  # fmt: skip
HORIZON: Final = {"goals_long": "long", "goals_short": "short"}


@dataclass(frozen=True, slots=True)
class MadeText:
    """A chapter of text."""

    node: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class MadeArea:
    """`parent`: the node of the area it is a part of. `tags`: short names of the agreement's sections."""

    node: str
    parent: str
    number: int
    title: str
    text: str
    goal_fulfilment: str
    next_steps: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeGoal:
    """`node`: the area's, empty for the whole county. `horizon` empty where the document does not say."""

    node: str
    horizon: str
    text: str
    bit: str


@dataclass(frozen=True, slots=True)
class MadeActivity:
    """`kind`: activity or partnership. `further`: (title, text) of what no field holds. `when`: ISO days from and to,
    and how exact they are, where the timeline names one time. `figures`: (value, unit) of what its texts count."""

    node: str
    area: str
    kind: str
    number: str
    title: str
    texts: dict[str, str]
    steps: tuple[str, ...]
    further: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    when: tuple[str, str, str] | None = None
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MadeDirective:
    node: str
    area: str
    number: int
    title: str
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """Everything that a plan gets, in order. `outside`: {why: bits} of what it does not get: "aside", "unplaced",
    "quiet", "money". `blocked`: bits with a place that hold a covered personal identity number. `unnamed`: nodes
    without a name."""

    title: str
    texts: tuple[MadeText, ...]
    areas: tuple[MadeArea, ...]
    goals: tuple[MadeGoal, ...]
    activities: tuple[MadeActivity, ...]
    directives: tuple[MadeDirective, ...]
    outside: dict[str, tuple[Bit, ...]] = field(default_factory=dict)
    blocked: tuple[Bit, ...] = ()
    unnamed: tuple[str, ...] = ()


def made(tree: Tree, *, labels: Mapping[str, str], unnamed: Mapping[str, str], tags: Iterable[str] = ()) -> Made:
    """What the draft makes. `labels`: headings for what has no field of its own, by slot. `unnamed`: what a node
    without a name is called, by kind. `tags`: the short names that the year's agreement knows."""
    return _Maker(tree, labels, unnamed, {_tag(tag): tag for tag in tags}).made()


def _tag(text: str) -> str:
    return text.strip().strip("#()[]").strip().casefold()


def _parted(title: str) -> tuple[str, str]:
    """A title that fits, and what is left of one that is too long."""
    if len(title) <= LONGEST_TITLE:
        return title, ""
    end = title.rfind(" ", 0, LONGEST_TITLE + 1)
    end = end if end > 0 else LONGEST_TITLE
    return title[:end].strip(), title[end:].strip()


class _Maker:
    def __init__(
        self, tree: Tree, labels: Mapping[str, str], unnamed: Mapping[str, str], known_tags: Mapping[str, str]
    ) -> None:
        self.tree, self.labels, self.words, self.known_tags = tree, labels, unnamed, known_tags
        self.unnamed: list[str] = []

    def made(self) -> Made:
        tree, root = self.tree, self.tree.nodes[PLAN]
        areas = [node for node in tree.within(PLAN) if node.kind == "area"]
        goals = [MadeGoal("", "county", tree.bits[bit].text, bit) for bit in root.slots.get("county_goals", ())]
        for area in areas:
            goals += [
                MadeGoal(area.id, HORIZON.get(slot, ""), tree.bits[bit].text, bit)
                for slot in GOALS
                for bit in area.slots.get(slot, ())
            ]
        numbers, activities, directives = self._area_numbers(), list[MadeActivity](), list[MadeDirective]()
        taken, directive_numbers = set[str](), set[int]()
        for area in areas:
            for place, node in enumerate(tree.under(area.id, "activity", "partnership"), start=1):
                activities.append(self._activity(node, f"{numbers[area.id][1]}.{place}", taken))
            for node in tree.under(area.id, "directive"):
                directives.append(self._directive(node, directive_numbers))
        title, rest = _parted(tree.title(root))
        texts = [self._text(node) for node in tree.under(PLAN, "chapter")]
        if rest:
            texts.insert(0, MadeText(PLAN, "introduction", self.labels["title"], rest))
        if links := self._joined(root, "links"):
            texts.append(MadeText(PLAN, "sources", self.labels["links"], links))
        outside = {slot: self._bits(root, slot) for slot in (*OUTSIDE, "money")}
        outside["quiet"] = tuple(bit for bit in outside["unplaced"] if bit.kind in QUIET)
        outside["unplaced"] = tuple(bit for bit in outside["unplaced"] if bit.kind not in QUIET)
        not_placed = {bit.id for bits in outside.values() for bit in bits}
        return Made(
            title=title,
            texts=tuple(texts),
            areas=tuple(self._area(area, numbers[area.id][0]) for area in areas),
            goals=tuple(goals),
            activities=tuple(activities),
            directives=tuple(directives),
            outside=outside,
            blocked=tuple(bit for bit in tree.bits.values() if has_cover(bit.text) and bit.id not in not_placed),
            unnamed=tuple(dict.fromkeys(self.unnamed)),
        )

    def _bits(self, node: Node, slot: str) -> tuple[Bit, ...]:
        return tuple(self.tree.bits[bit] for bit in node.slots.get(slot, ()))

    def _name(self, node: Node) -> tuple[str, str]:
        title, rest = _parted(self.tree.title(node))
        if not title:
            self.unnamed.append(node.id)
            title = self.words[node.kind]
        return title, rest

    def _joined(self, node: Node, slot: str) -> str:
        return "\n\n".join(text for text in self.tree.texts(node, slot) if text)

    def _text(self, node: Node) -> MadeText:
        title, rest = self._name(node)
        parts = [rest, self._joined(node, "text"), *self._headed(node, {"title", "text"})]
        return MadeText(node.id, node.sort or "other", title, _together(parts))

    def _headed(self, node: Node, without: set[str]) -> list[str]:
        """The slots that have no field, each under its label."""
        return [
            f"### {self.labels.get(slot, slot)}\n\n{text}"
            for slot, text in ((slot, self._joined(node, slot)) for slot in node.slots if slot not in without)
            if text
        ]

    def _tags(self, node: Node) -> tuple[tuple[str, ...], str]:
        """(short names that the agreement knows, the others in one line)."""
        texts = self.tree.texts(node, "tags")
        known = [self.known_tags[_tag(text)] for text in texts if _tag(text) in self.known_tags]
        return tuple(dict.fromkeys(known)), ", ".join(text for text in texts if _tag(text) not in self.known_tags)

    def _area_numbers(self) -> dict[str, tuple[int, str]]:
        """Each area's number among its like and its whole number ("2.1"): the document's own where they are numbers
        in rising order, else counted."""
        numbers: dict[str, tuple[int, str]] = {}

        def count(parent: str, prefix: str) -> None:
            areas = self.tree.under(parent, "area")
            own = [number for area in areas if (number := _last_number(area.number)) is not None]
            use = len(own) == len(areas) and own == sorted(set(own))
            for place, area in enumerate(areas):
                chosen = own[place] if use else place + 1
                numbers[area.id] = (chosen, f"{prefix}{chosen}")
                count(area.id, f"{prefix}{chosen}.")

        count(PLAN, "")
        return numbers

    def _area(self, node: Node, number: int) -> MadeArea:
        title, rest = self._name(node)
        tags, loose = self._tags(node)
        own = {"title", "description", "tags", *AREA_FIELDS, *GOALS}
        parts = [rest, self._joined(node, "description"), *self._headed(node, own), loose]
        return MadeArea(
            node.id, "" if node.parent == PLAN else node.parent, number, title, _together(parts),
            self._joined(node, "goal_fulfilment"), self._joined(node, "next_steps"), tags,
        )  # fmt: skip

    def _activity(self, node: Node, counted: str, taken: set[str]) -> MadeActivity:
        title, rest = self._name(node)
        texts: dict[str, str] = {}
        for slot, column in ACTIVITY_FIELD.items():
            parts = [rest if slot == "description" else "", texts.get(column, ""), self._joined(node, slot)]
            if text := _together(parts):
                texts[column] = text
        own = {"title", "steps", "tags", "links", *ACTIVITY_FIELD}
        tags, loose = self._tags(node)
        further = [(self.labels.get(slot, slot), self._joined(node, slot)) for slot in node.slots if slot not in own]
        further = [row for row in further if row[1]]
        if loose:
            further.append((self.labels["tags"], loose))
        steps = tuple(text for text in self.tree.texts(node, "steps") if text)
        links = [text for text in self.tree.texts(node, "links") if text]
        addresses = tuple((text, text) for text in links if _is_address(text))
        if others := [text for text in links if not _is_address(text)]:
            further.append((self.labels["links"], "\n".join(others)))
        return MadeActivity(
            node.id, node.parent, node.kind, _free(node.number, counted, taken), title, texts, steps, tuple(further),
            tags, addresses, self._when(node), self._figures(node),
        )  # fmt: skip

    def _when(self, node: Node) -> tuple[str, str, str] | None:
        bits = set(node.slots.get("timeline", ()))
        named = {
            (row["from"], row["to"], _precision(row))
            for row in self.tree.found.get("dates", ())
            if row.get("bit") in bits and row.get("from") and row.get("to") and row.get("precision") in PRECISION
        }
        return named.pop() if len(named) == 1 else None

    def _figures(self, node: Node) -> tuple[tuple[str, str], ...]:
        bits = set(node.bits())
        counted = [row for row in self.tree.found.get("figures", ()) if row.get("bit") in bits]
        named = ((str(row["value"]), _PIECES.sub("", str(row["unit"])).strip()) for row in counted)
        return tuple(dict.fromkeys((value, unit) for value, unit in named if unit))

    def _directive(self, node: Node, taken: set[int]) -> MadeDirective:
        title, rest = self._name(node)
        texts = {column: self._joined(node, slot) for slot, column in DIRECTIVE_FIELD.items()}
        texts["description"] = _together([rest, texts["description"], *self._headed(node, {"title", *DIRECTIVE_FIELD})])
        number = _last_number(node.number) or 0
        if number < 1 or number in taken:
            number = max(taken, default=0) + 1
        taken.add(number)
        return MadeDirective(node.id, node.parent, number, title, {name: text for name, text in texts.items() if text})


def _together(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _precision(row: Mapping[str, str]) -> str:
    """How exact a time is. Autumn is read as half a year, and a plan calls that so."""
    half = row["from"][5:7] in ("01", "07") and row["to"][5:7] in ("06", "12")
    return "half_year" if row["precision"] == "season" and half else PRECISION[row["precision"]]


def _is_address(text: str) -> bool:
    try:
        return web_address(text) == text
    except Invalid:
        return False


def _last_number(text: str) -> int | None:
    """The last part of a heading's number: 3 of "2.3"; None for what is no number or none that a row can have."""
    last = text.strip().rstrip(".").rsplit(".", 1)[-1]
    return int(last) if last.isascii() and last.isdigit() and 0 < int(last) < 32_000 else None


def _free(number: str, counted: str, taken: set[str]) -> str:
    """The document's own number when no other row has it, else one that is counted."""
    own = number.strip().rstrip(".")
    chosen = own if own and len(own) <= LONGEST_NUMBER and own not in taken else counted
    place = 1
    while chosen in taken:
        place += 1
        chosen = f"{counted}-{place}"
    taken.add(chosen)
    return chosen


def shape_of(tree: Tree) -> str:
    """The shape that fits what was found: one of `domain.shapes.SHAPES`."""
    nodes = list(tree.nodes.values())
    doing = [node for node in nodes if node.kind in ("activity", "partnership")]
    areas = [node for node in nodes if node.kind == "area"]
    if any(node.kind == "directive" for node in nodes):
        return "directive"
    if doing and sum(_fills(node, "timeline", "responsible", "indicators") for node in doing) > len(doing):
        return "matrix"
    if any(_fills(area, *AREA_FIELDS) for area in areas):
        return "fulfilment"
    return "goals" if any(_fills(area, *GOALS) for area in areas) else "efforts"


def _fills(node: Node, *slots: str) -> int:
    """How many of the slots hold anything."""
    return sum(bool(node.slots.get(slot)) for slot in slots)
