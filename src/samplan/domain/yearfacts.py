"""The frozen picture of a county's year: what the year report is made from.

Plain values only; every thing carries the `uid` of its row, so a figure in the report can be followed back. Amounts are
whole kronor, other figures an integer and a number of decimals. Format 1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class TextFacts:
    uid: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section of the agreement and what it gives the county at one recipient level."""

    uid: str
    level: str
    title: str
    amount: int
    made_up: bool


@dataclass(frozen=True, slots=True)
class BodyFacts:
    uid: str
    name: str
    kind: str
    remit: str
    parent: str


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A party's part of a directive. `used` is None until a report says; `state` as in the cycle, `late` a mark."""

    uid: str
    request_uid: str
    party: str
    amount: int
    used: int | None
    state: str
    outcome: str
    reason: str
    late: bool
    counted: bool
    made_up: bool


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """A party's answer. `party_code` is what a passage's key holds: a party may change its name."""

    uid: str
    party_code: str
    party: str
    value: str
    state: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class OptionFacts:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question whose answers everybody may see, with the answers that count, party by party."""

    code: str
    kind: str
    text: str
    unit: str
    adds_up: bool
    options: tuple[OptionFacts, ...]
    answers: tuple[AnswerFacts, ...]


@dataclass(frozen=True, slots=True)
class DirectiveFacts:
    uid: str
    number: int
    version: int
    title: str
    background: str
    purpose: str
    goals: str
    description: str
    conditions: str
    suggested_uses: str
    decided_by: str
    decided_on: str
    amount: int
    made_up: bool
    synthesis_uid: str
    synthesis: str
    shares: tuple[ShareFacts, ...]
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True, slots=True)
class FigureFacts:
    uid: str
    label: str
    value: int
    scale: int
    unit: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class EventFacts:
    uid: str
    on_date: str
    precision: str
    text: str
    present: tuple[str, ...]
    made_up: bool


@dataclass(frozen=True, slots=True)
class PartFacts:
    uid: str
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class LinkFacts:
    uid: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """`parent_uid` names the activity that this one is a part of, as a partnership under the work with partnerships."""

    uid: str
    parent_uid: str
    kind: str
    number: str
    title: str
    phase: str
    texts: tuple[TextFacts, ...]
    municipalities: tuple[str, ...]
    parties: tuple[PartFacts, ...]
    figures: tuple[FigureFacts, ...]
    events: tuple[EventFacts, ...]
    links: tuple[LinkFacts, ...]
    made_up: bool


@dataclass(frozen=True, slots=True)
class EffortFacts:
    """An effort that a party reported without a directive."""

    uid: str
    number: int
    title: str
    party: str
    state: str
    made_up: bool
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True, slots=True)
class AreaFacts:
    uid: str
    number: int
    title: str
    short_title: str
    text: str
    directives: tuple[DirectiveFacts, ...]
    activities: tuple[ActivityFacts, ...]
    efforts: tuple[EffortFacts, ...]


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    uid: str
    area: str
    kind: str
    title: str
    amount: int
    receiver: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything the year report says, in the order of the plan. `efforts` are those that belong to no area."""

    report_uid: str
    county: str
    county_name: str
    year: int
    title: str
    plan_title: str
    demo: bool
    agreement: str
    texts: tuple[TextFacts, ...]
    sections: tuple[SectionFacts, ...]
    bodies: tuple[BodyFacts, ...]
    areas: tuple[AreaFacts, ...]
    efforts: tuple[EffortFacts, ...]
    budget: tuple[BudgetFacts, ...]
    format: int = FORMAT


_PARTS: dict[str, type] = {
    "texts": TextFacts,
    "sections": SectionFacts,
    "bodies": BodyFacts,
    "areas": AreaFacts,
    "budget": BudgetFacts,
    "directives": DirectiveFacts,
    "activities": ActivityFacts,
    "efforts": EffortFacts,
    "shares": ShareFacts,
    "questions": QuestionFacts,
    "answers": AnswerFacts,
    "options": OptionFacts,
    "parties": PartFacts,
    "figures": FigureFacts,
    "events": EventFacts,
    "links": LinkFacts,
}


def to_data(facts: YearFacts) -> dict[str, Any]:
    """Plain dicts and tuples, for canonical JSON."""
    return asdict(facts)


def _read(kind: type, data: dict[str, Any]) -> Any:
    values = {}
    for part in fields(kind):
        value = data[part.name]
        if isinstance(value, list | tuple):
            inner = _PARTS.get(part.name)
            value = tuple(_read(inner, item) if inner and isinstance(item, dict) else item for item in value)
        values[part.name] = value
    return kind(**values)


def from_data(data: dict[str, Any]) -> YearFacts:
    """The reverse of `to_data`. Raises ValueError for a format this version cannot read."""
    if data.get("format") != FORMAT:
        raise ValueError(f"year facts of format {data.get('format')}")
    facts: YearFacts = _read(YearFacts, data)
    return facts
