"""Questions and answers: how what somebody typed becomes an exact value, what is missing, who may see it.

A value is canonical text, one text for one meaning: a number `1234.5`, a choice its code, choices their codes on lines
in the question's order, costs canonical JSON of kronor by kind, text as cleaned. The empty text is no answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from samplan.domain.errors import Invalid
from samplan.domain.facts import canonical_json
from samplan.domain.markup import clean

LONGEST = 20_000
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]+))?")


class QuestionKind(StrEnum):
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    COSTS = "costs"


class Audience(StrEnum):
    """Who may see the answers: the coordinator only, the county's parties, everybody."""

    COORDINATOR = "coordinator"
    PARTIES = "parties"
    EVERYBODY = "everybody"


class CostKind(StrEnum):
    """What a party's money was used for (requirement C3b)."""

    SALARIES = "salaries"
    SUBSTITUTES = "substitutes"
    PREMISES = "premises"
    MATERIAL = "material"
    COORDINATION = "coordination"
    COURSES = "courses"
    PURCHASED_SERVICE = "purchased_service"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`code` is stable over the years. `adds_up`: the numbers of different parties may be summed. `counted`: the code
    of the indicator whose value is offered."""

    code: str
    kind: QuestionKind
    text: str
    audience: Audience = Audience.COORDINATOR
    required: bool = False
    help: str = ""
    unit: str = ""
    adds_up: bool = False
    options: tuple[Option, ...] = ()
    counted: str = ""


def parse_number(raw: str, *, field: str = "") -> str:
    """A non-negative number with spaces between thousands and point or comma, as canonical text.

    At most 15 digits before the point and 6 after it. Raises Invalid: "number", "number_too_large".
    """
    found = _NUMBER.fullmatch(raw.strip())
    if found is None:
        raise Invalid("number", field=field)
    whole = re.sub(r"[^0-9]", "", found["whole"]).lstrip("0") or "0"
    part = (found["part"] or "").rstrip("0")
    if len(whole) > 15 or len(part) > 6:
        raise Invalid("number_too_large", field=field)
    return f"{whole}.{part}" if part else whole


def parse_kronor(raw: str, *, field: str = "") -> int:
    """Whole kronor, with spaces between thousands and a trailing `kr`. Raises Invalid: "kronor", "number_too_large"."""
    text = re.sub(r"\s*kr$", "", raw.strip())
    try:
        number = parse_number(text, field=field)
    except Invalid as error:
        raise Invalid("kronor" if error.code == "number" else error.code, field=field) from None
    if "." in number:
        raise Invalid("kronor", field=field)
    return int(number)


def parse_answer(question: Question, raw: Any) -> str:
    """What was typed, as canonical text; empty for nothing.

    `raw` is text; for choices a list of codes; for costs a mapping kind → text. Raises Invalid with the question's code
    as field: "number", "number_too_large", "kronor" (`kind`), "unknown_choice", "too_long" (`most`).
    """
    code = question.code
    match question.kind:
        case QuestionKind.COSTS:
            return _parse_costs(question, raw or {})
        case QuestionKind.CHOICES:
            chosen = {raw} if isinstance(raw, str) and raw else set(raw or ())
            known = [option.code for option in question.options]
            if chosen - set(known):
                raise Invalid("unknown_choice", field=code)
            return "\n".join(option for option in known if option in chosen)
    text = clean("" if raw is None else str(raw)).strip()
    if not text:
        return ""
    match question.kind:
        case QuestionKind.NUMBER:
            return parse_number(text, field=code)
        case QuestionKind.CHOICE:
            if text not in {option.code for option in question.options}:
                raise Invalid("unknown_choice", field=code)
            return text
    if len(text) > LONGEST:
        raise Invalid("too_long", field=code, most=LONGEST)
    return text


def _parse_costs(question: Question, raw: Mapping[str, Any]) -> str:
    costs: dict[str, int] = {}
    for kind, typed in raw.items():
        if kind not in set(CostKind):
            raise Invalid("unknown_choice", field=question.code)
        text = "" if typed is None else str(typed).strip()
        if not text:
            continue
        try:
            costs[kind] = parse_kronor(text, field=question.code)
        except Invalid as error:
            raise Invalid(error.code, field=question.code, kind=kind) from None
    return canonical_json(costs) if costs else ""


def costs_of(value: str) -> dict[str, int]:
    """Kronor by kind of cost from a canonical value."""
    read: dict[str, int] = json.loads(value) if value else {}
    return read


def costs_total(value: str) -> int:
    """All kronor of a costs value."""
    return sum(costs_of(value).values())


def add_up_values(values: Iterable[str]) -> str:
    """The exact sum of canonical numbers, as a canonical number."""
    pairs = [value.partition(".")[::2] for value in values]
    scale = max((len(part) for _whole, part in pairs), default=0)
    total = sum(int(whole + part.ljust(scale, "0")) for whole, part in pairs)
    if not scale:
        return str(total)
    whole, part = divmod(total, 10**scale)
    tail = f"{part:0{scale}d}".rstrip("0")
    return f"{whole}.{tail}" if tail else str(whole)


def complete(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Codes of required questions without an answer, in order."""
    return tuple(question.code for question in questions if question.required and not answers.get(question.code))


def may_see(audience: Audience | str, viewer: str, *, own: bool) -> bool:
    """Whether a viewer ("coordinator", "party", "public") may see answers of this audience; all see their own."""
    if own or viewer == "coordinator":
        return True
    allowed = {"public": {Audience.EVERYBODY}, "party": {Audience.EVERYBODY, Audience.PARTIES}}[viewer]
    return Audience(audience) in allowed


def to_field(question: Question, value: str, *, comma: str = ",") -> Any:
    """A canonical value as it stands in the form's field: the reverse of `parse_answer`."""
    match question.kind:
        case QuestionKind.NUMBER:
            return value.replace(".", comma)
        case QuestionKind.CHOICES:
            return value.split("\n") if value else []
        case QuestionKind.COSTS:
            return {kind: str(amount) for kind, amount in costs_of(value).items()}
    return value
