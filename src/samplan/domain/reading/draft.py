"""The draft of a plan: what a reading found, as the JSON that the command prints, and the place of every character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from samplan.domain.reading import lines
from samplan.domain.reading.paras import Para, Span
from samplan.domain.reading.source import At, Piece, SourceDocument, count


@dataclass(slots=True)
class Leaf:
    """A text of the draft with the paragraphs it was read from; `own` replaces their text where it says more."""

    paras: list[Para] = field(default_factory=list)
    own: str | None = None

    @property
    def text(self) -> str:
        if self.own is not None:
            return self.own
        several = sum(1 for para in self.paras if para.text) > 1
        texts = [_item_text(para) if para.kind == "item" and several else para.text for para in self.paras]
        return "\n".join(text for text in texts if text)

    @property
    def named(self) -> bool:
        """Whether it has any text; told without making it."""
        return bool(self.own) if self.own is not None else any(para.text for para in self.paras)

    @property
    def at(self) -> At | None:
        return next((span.at for para in self.paras for span in para.spans), None)

    def __bool__(self) -> bool:
        return bool(self.paras)


@dataclass(slots=True)
class Node:
    """An area, activity, directive or partnership. `heads` only name what the node holds (group headings)."""

    title: Leaf = field(default_factory=Leaf)
    number: str = ""
    fields: dict[str, Leaf] = field(default_factory=dict)
    steps: list[Leaf] = field(default_factory=list)
    tags: list[Leaf] = field(default_factory=list)
    links: list[Leaf] = field(default_factory=list)

    def field_of(self, key: str) -> Leaf:
        return self.fields.setdefault(key, Leaf())


@dataclass(slots=True)
class Goal:
    leaf: Leaf
    horizon: str | None = None


@dataclass(slots=True)
class Area(Node):
    parent: Area | None = None
    goals: list[Goal] = field(default_factory=list)
    activities: list[Node] = field(default_factory=list)
    directives: list[Node] = field(default_factory=list)
    partnerships: list[Node] = field(default_factory=list)
    heads: dict[str, Leaf] = field(default_factory=dict)
    """Headings and heads of tables that name a list of the area: "goals", "activities", "directives" ..."""


@dataclass(slots=True)
class Chapter:
    title: Leaf = field(default_factory=Leaf)
    number: str = ""
    kind: str = "other"
    text: Leaf = field(default_factory=Leaf)


@dataclass(slots=True)
class Money:
    """An amount of a table. `amount` in whole kronor, `recipient` as in the JSON."""

    leaf: Leaf
    amount: int
    section: str = ""
    area: str = ""
    recipient: str | None = None


@dataclass(slots=True)
class Total:
    """A row of totals as it is written, and the amounts above it in its column."""

    stated: int
    parts: list[int]
    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Found:
    """Something seen in running text: a date, an amount, a link, a body, a figure. `data` goes into the JSON."""

    data: dict[str, Any]
    at: At
    leaf: Leaf | None = None
    """Where the find is not a part of another text: an address that stands alone at the foot of a page."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person should look at. `kind`: see docs/reference/reading.md; `data`: what the sentence needs."""

    kind: str
    text: str
    at: At
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    source: SourceDocument
    pieces_of_source: list[Piece]
    title: Leaf = field(default_factory=Leaf)
    county: tuple[str, str] | None = None
    years: list[int] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    county_goals: list[Leaf] = field(default_factory=list)
    county_goals_head: Leaf = field(default_factory=Leaf)
    money: list[Money] = field(default_factory=list)
    money_head: Leaf = field(default_factory=Leaf)
    totals: list[Total] = field(default_factory=list)
    areas_by_name: dict[str, Area] = field(default_factory=dict)
    """Areas by what a table calls them."""
    cells: list[Found] = field(default_factory=list)
    """Amounts of a column of money whose unit stands in its head."""
    bodies: list[Found] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)
    amounts: list[Found] = field(default_factory=list)
    links: list[Found] = field(default_factory=list)
    figures: list[Found] = field(default_factory=list)
    unplaced: list[tuple[str, Leaf]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The JSON of `samplan read`."""
        unplaced = self._unplaced()
        lost = sum(count(text) for _, text, _ in unplaced)
        return {
            "source": {
                "name": self.source.name,
                "kind": self.source.kind,
                "sha256": self.source.sha256,
                "characters": self.source.characters,
            },
            "title": self.title.text,
            "county": {"code": self.county[0], "name": self.county[1]} if self.county else None,
            "years": list(self.years),
            "chapters": [
                {
                    "title": chapter.title.text,
                    "number": chapter.number,
                    "kind": chapter.kind,
                    "text": chapter.text.text,
                    "at": _at(chapter.title.at or chapter.text.at),
                }
                for chapter in self.chapters
            ],
            "areas": [self._area(area) for area in self.areas],
            "county_goals": [{"text": goal.text, "at": _at(goal.at)} for goal in self.county_goals],
            "money": [
                {
                    "section": money.section,
                    "area": money.area,
                    "recipient": money.recipient,
                    "amount": money.amount,
                    "at": _at(money.leaf.at),
                }
                for money in self.money
            ],
            **{
                name: [
                    {**{key: value for key, value in found.data.items() if key != "context"}, "at": _at(found.at)}
                    for found in getattr(self, name)
                ]
                for name in ("bodies", "dates", "amounts", "links", "figures")
            },
            "unplaced": [{"text": text.strip(), "kind": kind, "at": _at(at)} for kind, text, at in unplaced],
            "questions": [
                {"kind": question.kind, "text": question.text, **question.data, "at": _at(question.at)}
                for question in self.questions
            ],
            "placed_characters": sum(count(piece.text) for piece in self.pieces_of_source) - lost,
            "unplaced_characters": lost,
        }

    def _area(self, area: Area) -> dict[str, Any]:
        names = {id(each): f"a{place}" for place, each in enumerate(self.areas, start=1)}
        return {
            **_node(area),
            "id": names[id(area)],
            "parent": names[id(area.parent)] if area.parent is not None else None,
            "goals": [{"horizon": goal.horizon, "text": goal.leaf.text} for goal in area.goals],
            "activities": [_node(node) for node in area.activities],
            "directives": [_node(node) for node in area.directives],
            "partnerships": [_node(node) for node in area.partnerships],
        }

    def pieces(self) -> list[dict[str, Any]]:
        """Every stretch of the source in its order: `to` a path into the JSON, `at`, and `text` as it stands there."""
        merged: list[tuple[str, str, At]] = []
        for path, text, at in self._covered():
            if merged and merged[-1][0] == path and merged[-1][2] == at:
                merged[-1] = (path, merged[-1][1] + text, at)
            else:
                merged.append((path, text, at))
        return [{"to": path, "at": _at(at), "text": text} for path, text, at in merged]

    def _covered(self) -> list[tuple[str, str, At]]:
        """The source from its first character to its last; what no path claims is `unplaced[n]`, a run each."""
        claims: dict[int, list[tuple[Span, str]]] = {}
        for path, leaf in self.leaves():
            for para in leaf.paras:
                for span in para.spans:
                    claims.setdefault(span.piece, []).append((span, path))
        covered: list[tuple[str, str, At]] = []
        for number, piece in enumerate(self.pieces_of_source):
            position = 0
            for span, path in sorted(claims.get(number, []), key=lambda claim: claim[0].start):
                if span.start < position:
                    continue
                if span.start > position:
                    covered.append(("", piece.text[position : span.start], piece.at))
                covered.append((path, piece.text[span.start : span.end], piece.at))
                position = span.end
            if position < len(piece.text):
                covered.append(("", piece.text[position:], piece.at))
        return self._with_leftovers(covered)

    def _with_leftovers(self, covered: list[tuple[str, str, At]]) -> list[tuple[str, str, At]]:
        result: list[tuple[str, str, At]] = []
        number = len(self.unplaced) - 1
        open_run = False
        for path, text, at in covered:
            if not path and not text.strip():
                # White space goes with what stands before it, at the very top with what comes.
                if result:
                    before = result[-1]
                    result[-1] = (before[0], before[1] + text, before[2])
                else:
                    result.append(("", text, at))
                continue
            if not path:
                number += not open_run
                open_run = True
                path = f"unplaced[{number}]"
            else:
                open_run = False
            if len(result) == 1 and not result[0][0]:
                result = [(path, result[0][1] + text, at)]
            else:
                result.append((path, text, at))
        return [(path or "unplaced[0]", text, at) for path, text, at in result]

    def _unplaced(self) -> list[tuple[str, str, At]]:
        """Kind, text and place of everything that stands in no other path."""
        entries: dict[int, tuple[str, list[str], At]] = {}
        kinds = [kind for kind, _ in self.unplaced]
        for path, text, at in self._covered():
            if path.startswith("unplaced["):
                number = int(path[9:-1])
                kind = kinds[number] if number < len(kinds) else "text"
                entries.setdefault(number, (kind, [], at))[1].append(text)
        nothing: tuple[str, list[str], At] = ("text", [], At(None, 0))
        every = [entries.get(number, nothing) for number in range(max(entries, default=-1) + 1)]
        return [(kind, "".join(texts), at) for kind, texts, at in every]

    def leaves(self) -> Iterator[tuple[str, Leaf]]:
        """Every text of the draft with its path."""
        yield "title", self.title
        for place, chapter in enumerate(self.chapters):
            yield f"chapters[{place}].title", chapter.title
            yield f"chapters[{place}].text", chapter.text
        for place, area in enumerate(self.areas):
            yield from _node_leaves(f"areas[{place}]", area)
            for name, leaf in area.heads.items():
                yield f"areas[{place}].{name}", leaf
            for number, goal in enumerate(area.goals):
                yield f"areas[{place}].goals[{number}]", goal.leaf
            for name in ("activities", "directives", "partnerships"):
                nodes: Sequence[Node] = getattr(area, name)
                for number, node in enumerate(nodes):
                    yield from _node_leaves(f"areas[{place}].{name}[{number}]", node)
        yield "county_goals", self.county_goals_head
        for place, leaf in enumerate(self.county_goals):
            yield f"county_goals[{place}]", leaf
        yield "money", self.money_head
        for place, money in enumerate(self.money):
            yield f"money[{place}]", money.leaf
        for place, link in enumerate(self.links):
            if link.leaf is not None:
                yield f"links[{place}]", link.leaf
        for place, (_, leaf) in enumerate(self.unplaced):
            yield f"unplaced[{place}]", leaf


def _item_text(para: Para) -> str:
    """A list item as Markdown writes it."""
    text = para.text
    mark = lines.bullet(text) if not para.number else None
    if mark is None and not para.number and lines.number(text):
        return text
    return f"- {text[mark.end :]}" if mark else f"- {text}"


def _at(at: At | None) -> dict[str, int | None]:
    return {"page": at.page if at else None, "line": at.line if at else 0}


def _node(node: Node) -> dict[str, Any]:
    return {
        "title": node.title.text,
        "number": node.number,
        "fields": {key: leaf.text for key, leaf in node.fields.items() if leaf.text},
        "steps": [leaf.text for leaf in node.steps],
        "tags": [leaf.text for leaf in node.tags],
        "links": [leaf.text for leaf in node.links],
        "at": _at(node.title.at or next((leaf.at for leaf in node.fields.values() if leaf.at), None)),
    }


def _node_leaves(path: str, node: Node) -> Iterator[tuple[str, Leaf]]:
    yield f"{path}.title", node.title
    for key, leaf in node.fields.items():
        yield f"{path}.fields.{key}", leaf
    for name in ("steps", "tags", "links"):
        leaves: list[Leaf] = getattr(node, name)
        for number, leaf in enumerate(leaves):
            yield f"{path}.{name}[{number}]", leaf
