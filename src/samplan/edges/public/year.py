"""A published year as residents read it: frozen facts for the figures, the frozen document for the words.

The document holds the coordinator's edits, so a sentence that was taken out of the report is nowhere on the open site.
Pure: made once from a version, kept while the process lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from samplan.domain.document import Block, Document, Heading, plain_text, text_of
from samplan.domain.naming import swedish_key
from samplan.domain.planfacts import ActivityFacts, AreaFacts
from samplan.domain.yearfacts import DirectiveFacts, EffortFacts, ShareFacts, YearFacts

AREA, DIRECTIVE = "plans.focusarea", "directives.directive"
ACTIVITY, EFFORT = "plans.activity", "questionnaires.reportrequest"
STEPS = 4
"""Woven rows of a tile: how much of what was asked for a municipality has accounted for."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, until the next heading of its level."""

    title: str
    number: str
    blocks: tuple[Block, ...]

    def first_words(self, most: int = 180) -> str:
        """The opening of its running text."""
        for block in self.blocks:
            if type(block).__name__ == "Paragraph" and (words := text_of(block.content).strip()):  # type: ignore[union-attr]
                return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " …"
        return ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party answered about one thing: the question and the blocks of its answer."""

    question: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A party's part of a directive."""

    directive: DirectiveFacts
    share: ShareFacts
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """`weave` 1–4: which of the four fills is its own. `amount` in kronor, out of the budget."""

    facts: AreaFacts
    weave: int
    amount: int
    made_up: bool
    activities: tuple[ActivityFacts, ...]
    directives: tuple[DirectiveFacts, ...]
    efforts: tuple[EffortFacts, ...]

    @property
    def uids(self) -> set[str]:
        """Of everything that is done in it."""
        activities, directives, efforts = self.activities, self.directives, self.efforts
        return {one.uid for one in activities} | {one.uid for one in directives} | {one.uid for one in efforts}

    @property
    def count(self) -> int:
        return len(self.uids)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum over the parties' answers to one question, with its unit and where it comes from."""

    value: int
    unit: str
    question: str
    directive: DirectiveFacts
    made_up: bool


@dataclass(frozen=True, slots=True)
class Municipality:
    """`parts` of directives; `activities` that reach it and not the whole county, `shared` those that do; `efforts` of
    its own that it told of."""

    code: str
    name: str
    parts: tuple[Part, ...]
    activities: tuple[ActivityFacts, ...]
    shared: tuple[ActivityFacts, ...] = field(default=())
    efforts: tuple[EffortFacts, ...] = field(default=())

    @property
    def amount(self) -> int:
        return sum(part.share.amount for part in self.parts)

    @property
    def used(self) -> int | None:
        """What is accounted for; None as long as nothing is."""
        known = [part.share.used for part in self.parts if part.share.used is not None]
        return sum(known) if known else None

    @property
    def accounted(self) -> int:
        return sum(part.share.counted for part in self.parts)

    @property
    def rows(self) -> int:
        """Woven rows of its tile; 0 when it had nothing to account for or has not."""
        return self.accounted * STEPS // len(self.parts) if self.parts else 0

    @property
    def made_up(self) -> bool:
        return any(part.share.made_up for part in self.parts)


class PublicYear:
    """`municipalities`: code and name of all in the county, as the official list has them."""

    def __init__(self, facts: YearFacts, document: Document, municipalities: Iterable[tuple[str, str]]) -> None:
        self.facts, self.document = facts, document
        self._names = sorted(municipalities, key=lambda one: swedish_key(one[1]))

    @cached_property
    def sections(self) -> dict[tuple[str, str], Section]:
        """By the kind and uid of the row that a heading stands for."""
        return dict(self._sections())

    def _sections(self) -> Iterator[tuple[tuple[str, str], Section]]:
        blocks = self.document.blocks
        for at, block in enumerate(blocks):
            if not isinstance(block, Heading) or block.source is None:
                continue
            kind, uid = block.source.kind, block.source.uid
            opens = block.source.field == ("" if kind == DIRECTIVE else "title")
            if kind in (AREA, DIRECTIVE, ACTIVITY, EFFORT) and opens and not block.key.endswith("/results"):
                end = next(
                    (
                        later
                        for later in range(at + 1, len(blocks))
                        if isinstance(other := blocks[later], Heading) and other.level <= block.level
                    ),
                    len(blocks),
                )
                yield (kind, uid), Section(text_of(block.content), block.number, blocks[at + 1 : end])

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        lines, found = self.facts.plan.budget, []
        counted: set[str] = set()
        tops = [area for area in self.facts.plan.areas if not area.parent_uid]
        for number, area in enumerate(tops):
            # A line belongs to a section of the agreement; a section that two areas share counts in the first.
            tags = {tag for part in self._family(area) for tag in part.sections} - counted
            counted |= tags
            own = [line for line in lines if line.area in tags]
            found.append(
                Area(
                    area, number % 4 + 1, sum(line.amount for line in own), any(line.made_up for line in own),
                    self._activities(area), tuple(one for one in self.facts.directives if one.area_uid == area.uid),
                    self._reported(area),
                )
            )  # fmt: skip
        return tuple(found)

    def _activities(self, area: AreaFacts) -> tuple[ActivityFacts, ...]:
        every = (one for part in self._family(area) for one in part.activities)
        return tuple(one for one in every if self._told(ACTIVITY, one.uid))

    def _reported(self, area: AreaFacts) -> tuple[EffortFacts, ...]:
        own = (one for one in self.facts.efforts if one.area_uid == area.uid)
        return tuple(one for one in own if self._told(EFFORT, one.uid))

    def _family(self, area: AreaFacts) -> list[AreaFacts]:
        return [area, *(part for part in self.facts.plan.areas if part.parent_uid == area.uid)]

    def _told(self, kind: str, uid: str) -> bool:
        return (kind, uid) in self.sections

    def area_of(self, uid: str) -> Area | None:
        """The area that an activity, a directive or an effort belongs to."""
        return next(
            (area for area in self.areas if uid in area.uids),
            None,
        )

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        everything = [one for area in self.areas for one in area.activities]
        all_names = {name for _code, name in self._names}
        found = []
        for code, name in self._names:
            reached = [one for one in everything if name in one.municipalities]
            whole = tuple(one for one in reached if set(one.municipalities) >= all_names)
            own = tuple(one for one in reached if one not in whole)
            efforts = tuple(one for area in self.areas for one in area.efforts if one.party == name)
            found.append(Municipality(code, name, tuple(self._parts(name)), own, whole, efforts))
        return tuple(found)

    def _parts(self, name: str) -> Iterator[Part]:
        for directive in self.facts.directives:
            for share in directive.shares:
                if share.party == name:
                    yield Part(directive, share, tuple(self._answers(directive, name)))

    def _answers(self, directive: DirectiveFacts, party: str) -> Iterator[Answer]:
        section = self.sections.get((DIRECTIVE, directive.uid))
        question, own = "", list[Block]()
        for block in section.blocks if section else ():
            source = block.source
            if isinstance(block, Heading):
                if own:
                    yield Answer(question, tuple(own))
                question, own = text_of(block.content), list[Block]()
            elif source and source.party == party and not (getattr(block, "key", "") or "").endswith("/who"):
                own.append(block)
        if own:
            yield Answer(question, tuple(own))

    @property
    def amount(self) -> int:
        """The year's joint money, line by line, in kronor."""
        return sum(line.amount for line in self.facts.plan.budget)

    @property
    def made_up(self) -> bool:
        """Some of the money is an example."""
        return any(line.made_up for line in self.facts.plan.budget)

    @cached_property
    def parties(self) -> tuple[tuple[str, int], ...]:
        """Each party's kronor out of the directives, largest first; what is held jointly stands for itself, last."""
        sums: dict[str, int] = {}
        for directive in self.facts.directives:
            for share in directive.shares:
                sums[share.party] = sums.get(share.party, 0) + share.amount
        ordered = sorted(((name, amount) for name, amount in sums.items() if amount), key=lambda one: (-one[1], one[0]))
        return tuple(ordered)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The sums over the parties' public answers."""
        found = []
        for directive in self.facts.directives:
            for question in directive.questions:
                whole = [a for a in question.answers if a.value.replace("-", "", 1).isdigit()]
                if question.kind == "number" and question.adds_up and whole:
                    total = sum(int(answer.value) for answer in whole)
                    made_up = any(answer.made_up for answer in whole)
                    found.append(Figure(total, question.unit, question.text, directive, made_up))
        return tuple(found)

    @cached_property
    def text(self) -> str:
        return plain_text(self.document)


def words_of(blocks: Iterable[Block]) -> str:
    """The bare words of some blocks."""
    return plain_text(Document("", "sv", tuple(blocks)))
