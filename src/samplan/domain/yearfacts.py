"""The frozen picture of a county's year: what the year report is made from. The plan, and what came of it.

Plain values only; every thing carries the `uid` of its row, so a figure in the report can be followed back. Amounts are
whole kronor, other figures an integer and a number of decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from samplan.domain.planfacts import FORMAT, FileFacts, PlanFacts


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section of the agreement and what it gives the county at one recipient level. `number` and `tag` as in the
    agreement."""

    ROW: ClassVar[str] = "agreements.grant"
    uid: str
    level: str
    title: str
    amount: int
    made_up: bool
    number: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    ROW: ClassVar[str] = "bodies.body"
    uid: str
    name: str
    kind: str
    remit: str
    parent: str


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A party's part of a directive. `used` is None until a report says; `state` as in the cycle, `late` a mark."""

    ROW: ClassVar[str] = "directives.directiveshare"
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

    ROW: ClassVar[str] = "questionnaires.answer"
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
    """A directive of the area `area_uid` and what the parties answered."""

    ROW: ClassVar[str] = "directives.directive"
    uid: str
    area_uid: str
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
    files: tuple[FileFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class EffortFacts:
    """An effort that a party reported without a directive; `area_uid` empty when it belongs to no area."""

    ROW: ClassVar[str] = "questionnaires.reportrequest"
    uid: str
    area_uid: str
    number: int
    title: str
    party: str
    state: str
    made_up: bool
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """A need of the year, in the year's order. `frameworks`: the goals it is tied to, in words."""

    ROW: ClassVar[str] = "needs.need"
    uid: str
    title: str
    text: str
    state: str
    origin: str
    frameworks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything a report says. `report_uid` is the plan's own where no year report has been opened."""

    report_uid: str
    year: int
    title: str
    demo: bool
    agreement: str
    plan: PlanFacts
    sections: tuple[SectionFacts, ...]
    bodies: tuple[BodyFacts, ...]
    directives: tuple[DirectiveFacts, ...]
    efforts: tuple[EffortFacts, ...]
    needs: tuple[NeedFacts, ...] = ()
    format: int = FORMAT

    @property
    def county_name(self) -> str:
        return self.plan.county_name
