"""The report form as a reader meets it: each question with what is stored, what was typed and what is wrong with it.

Below it the form by which an effort is asked for. Nothing is saved here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.orgs.models import Party
from samplan.apps.plans.models import FocusArea
from samplan.apps.questionnaires.counted import Counted
from samplan.apps.questionnaires.labels import AUDIENCES, COSTS, PHASES
from samplan.apps.questionnaires.models import Answer, HandedPart
from samplan.apps.questionnaires.operations import Saved, Typed
from samplan.base.kernel.problems import say
from samplan.base.ui.templatetags.samplan import kronor, number
from samplan.domain.errors import Invalid
from samplan.domain.markup import clean
from samplan.domain.privacy import marked
from samplan.domain.questionnaire import (
    Audience,
    CostKind,
    Option,
    Question,
    QuestionKind,
    costs_of,
    costs_total,
    parse_kronor,
    to_field,
)

KEEP_MINE, KEEP_THEIRS = "mine", "theirs"


def typed_in(data: QueryDict, questions: Iterable[Question]) -> dict[str, Typed]:
    """What a posted form says, by question code. A question whose field is not in the form at all is left out.

    Where both texts of a conflict were shown, the choice decides: one's own text goes on with the version of the other.
    """
    found = {}
    for question in questions:
        code = question.code
        if f"v-{code}" not in data or data.get(f"choice-{code}") == KEEP_THEIRS:
            continue
        version = _version(data, f"v-{code}")
        if data.get(f"choice-{code}") == KEEP_MINE:
            version = _version(data, f"theirs-{code}")
        raw: Any = data.get(f"a-{code}", "")
        if question.kind == QuestionKind.CHOICES:
            raw = data.getlist(f"a-{code}")
        elif question.kind == QuestionKind.COSTS:
            raw = {kind: data.get(f"a-{code}-{kind}", "") for kind in CostKind}
        found[code] = Typed(raw, version)
    return found


def _version(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def in_words(question: Question, value: str) -> str:
    """An answer as a sentence or figure; empty for none."""
    if not value:
        return ""
    options = {option.code: option.text for option in question.options}
    match question.kind:
        case QuestionKind.NUMBER:
            scale = len(value.partition(".")[2])
            return f"{number(value, scale)} {question.unit}".strip()
        case QuestionKind.CHOICE:
            return options.get(value, value)
        case QuestionKind.CHOICES:
            return ", ".join(options.get(code, code) for code in value.split("\n"))
        case QuestionKind.COSTS:
            parts = [f"{COSTS[kind]} {kronor(amount)}" for kind, amount in costs_of(value).items()]
            return _("%(total)s: %(parts)s") % {"total": kronor(costs_total(value)), "parts": ", ".join(parts)}
    return value


@dataclass(slots=True)
class Cost:
    """One kind of cost in the form."""

    kind: str
    label: str
    raw: str
    error: str = ""


@dataclass(slots=True)
class Line:
    """One question in the form. `raw` is what stands in the field, `version` the stored answer's that it builds on."""

    number: int
    question: Question
    value: str
    raw: Any
    version: int
    error: str = ""
    theirs: Answer | None = None
    pieces: tuple[tuple[str, bool], ...] = ()
    numbers: tuple[str, ...] = ()
    before: str = ""
    counted: Counted | None = None
    prefilled: bool = False
    part: HandedPart | None = None
    granted: int | None = None
    costs: list[Cost] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def kind(self) -> str:
        return self.question.kind.value

    @property
    def anchor(self) -> str:
        return f"fraga-{self.code}"

    @property
    def audience(self) -> str:
        return str(AUDIENCES[self.question.audience])

    @property
    def words(self) -> str:
        return in_words(self.question, self.value)

    @property
    def counted_words(self) -> str:
        """What is counted already, where the field says otherwise."""
        same = self.counted is None or self.prefilled or self.counted.value == self.value
        return "" if same or self.counted is None else in_words(self.question, self.counted.value)

    @property
    def missing(self) -> bool:
        """Whether it must be answered and is not, nor filled in beforehand."""
        return self.question.required and not self.value and not self.prefilled

    @property
    def theirs_words(self) -> str:
        return in_words(self.question, self.theirs.value) if self.theirs else ""

    @property
    def troubled(self) -> bool:
        return bool(self.error or self.theirs or self.numbers)

    @property
    def described(self) -> str:
        """Ids of the help and of what is wrong, for the control."""
        names = [f"{self.anchor}-help"] if self.question.help else []
        names += [f"{self.anchor}-counted"] if self.counted else []
        return " ".join([*names, f"{self.anchor}-audience", f"{self.anchor}-error"])

    @property
    def used(self) -> int:
        """Kronor in the form's cost fields that can be read."""
        total = 0
        for cost in self.costs:
            try:
                total += parse_kronor(cost.raw) if cost.raw.strip() else 0
            except Invalid:
                continue
        return total

    @property
    def left(self) -> int | None:
        return None if self.granted is None else self.granted - self.used


def _shown(question: Question, value: str) -> Any:
    """A stored value as it stands in its field; kronor with their thousands apart."""
    raw = to_field(question, value)
    if question.kind == QuestionKind.COSTS:
        return {kind: number(amount) for kind, amount in raw.items()}
    return raw


def lines(
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    *,
    before: Mapping[str, str],
    granted: int | None = None,
    typed: Mapping[str, Typed] | None = None,
    saved: Saved | None = None,
    missing: Iterable[str] = (),
    counted: Mapping[str, Counted] | None = None,
    parts: Mapping[str, HandedPart] | None = None,
) -> list[Line]:
    """The form's lines: `answers` stored now, `before` last year's, `typed` and `saved` of a form that came back.

    What could not be stored stands as typed, on the version it was typed on; `missing` are required and empty. What is
    `counted` already stands in the fields that nobody has answered. `parts`: in whose hands a question is.
    """
    typed, saved, unanswered = typed or {}, saved or Saved(), set(missing)
    counted, parts = counted or {}, parts or {}
    found = []
    for position, question in enumerate(questions, start=1):
        code = question.code
        there = answers.get(code)
        value = there.value if there else ""
        line = Line(
            number=position, question=question, value=value, raw=_shown(question, value),
            version=there.version if there else 0, before=in_words(question, before.get(code, "")),
            counted=counted.get(code), part=parts.get(code),
        )  # fmt: skip
        if line.counted and there is None and code not in typed:
            line.raw, line.prefilled = _shown(question, line.counted.value), True
        if code in typed and (code in saved.conflicts or code in saved.errors or code in saved.numbers):
            line.raw, line.version = typed[code].raw, typed[code].version
            line.theirs = saved.conflicts.get(code)
            if code in saved.errors:
                line.error = say(saved.errors[code])
                if saved.errors[code].code == "stale":
                    line.version = there.version if there else 0
            if code in saved.numbers:
                finds = saved.numbers[code]
                line.pieces = marked(clean(str(line.raw)).strip(), finds)
                line.numbers = tuple(dict.fromkeys(find.text for find in finds))
        elif code in unanswered:
            line.error = _("Frågan behöver ett svar innan ni kan skicka in.")
        if question.kind == QuestionKind.COSTS:
            raw = line.raw or {}
            wrong = saved.errors[code].params.get("kind") if code in saved.errors else None
            line.granted = granted
            line.costs = [
                Cost(kind, str(COSTS[kind]), raw.get(kind, ""), line.error if kind == wrong else "") for kind in COSTS
            ]
        found.append(line)
    return found


def problems(listed: Iterable[Line]) -> list[tuple[str, str]]:
    """What has to be looked at, for the summary on top of the form: (id of the field, text)."""
    found = []
    for line in listed:
        if line.numbers:
            text = _("%(number)s ser ut som ett personnummer. Det svaret är inte sparat.") % {"number": line.numbers[0]}
        elif line.theirs:
            text = _("%(name)s har ändrat samma svar. Välj vilken text som ska gälla.") % {
                "name": line.theirs.changed_by
            }
        elif line.error:
            text = line.error
        else:
            continue
        found.append((line.anchor, f"{line.number}. {line.question.text.rstrip(':.')} {text}"))
    return found


class EffortForm(forms.Form):
    """An effort that a party is asked to tell about, without any directive."""

    title = forms.CharField(label=gettext_lazy("Vad gäller det?"), max_length=300)
    party = forms.ModelChoiceField(label=gettext_lazy("Part"), queryset=Party.objects.none())
    area = forms.ModelChoiceField(
        label=gettext_lazy("Område"), queryset=FocusArea.objects.none(), required=False,
        empty_label=gettext_lazy("Inget bestämt område"),
    )  # fmt: skip
    last_day = forms.DateField(label=gettext_lazy("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}))
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Partens chef ska godkänna svaret innan det når samordnaren"), required=False
    )

    def __init__(self, *args: Any, parties: Iterable[Party], areas: Iterable[FocusArea], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, rows in (("party", list(parties)), ("area", list(areas))):
            chosen: Any = self.fields[name]
            chosen.queryset = chosen.queryset.model.objects.filter(pk__in=[row.pk for row in rows])
        chosen = self.fields["party"]
        chosen.choices = [("", _("Välj part")), *((party.pk, party.name) for party in parties)]


def effort_questions(points: Iterable[tuple[str, str]]) -> list[Question]:
    """The standard questions about an effort. `points` are the agreement's points it can be tied to: (code, text)."""
    options = tuple(Option(code, text) for code, text in points)
    text, everybody = QuestionKind.TEXT, Audience.EVERYBODY
    asked = [
        Question("title", text, _("Vad heter insatsen?"), everybody, required=True),
        Question("description", text, _("Vad gör ni, var och för vem?"), everybody, required=True),
        Question("goal", text, _("Vad är målet?"), everybody),
        Question("result", text, _("Vad har det lett till?"), everybody),
        Question(
            "phase", QuestionKind.CHOICE, _("Hur långt har ni kommit?"), Audience.PARTIES, required=True,
            options=tuple(Option(code, str(words)) for code, words in PHASES.items()),
        ),
    ]  # fmt: skip
    if options:
        words = _("Vilken punkt i överenskommelsen bidrar insatsen till?")
        asked.append(Question("point", QuestionKind.CHOICE, words, Audience.PARTIES, options=options))
    return asked
