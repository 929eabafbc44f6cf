"""What is typed about a directive and its reporting form. Checks and converts, never saves."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.directives.labels import TEXTS
from samplan.apps.directives.models import Directive
from samplan.apps.directives.operations import Wording
from samplan.apps.indicators.models import Indicator
from samplan.apps.plans.models import BudgetLine, FocusArea, FrameworkGoal
from samplan.apps.questionnaires.labels import AUDIENCES, KINDS
from samplan.apps.questionnaires.models import Form
from samplan.base.ui.fields import OffersField
from samplan.domain.questionnaire import Audience, Option, Question, QuestionKind

ROWS_AT_FIRST = 3


class WordingForm(forms.Form):
    """What a directive says, and its last day."""

    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    last_day = forms.DateField(
        label=gettext_lazy("Sista dag att rapportera"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in TEXTS.items():
            rows = {"rows": 5}
            self.fields[name] = forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=rows))

    def wording(self) -> Wording:
        given = self.cleaned_data
        texts = {name: given[name] for name in TEXTS}
        return Wording(title=given["title"], last_day=given["last_day"], **texts)

    @staticmethod
    def initial_of(directive: Directive) -> dict[str, Any]:
        """The form's values for a directive there is."""
        return {name: getattr(directive, name) for name in ("title", "last_day", *TEXTS)}


class MoneyForm(forms.Form):
    """Where the directive's money comes from, and whether the party's manager has to approve."""

    budget_line = forms.ModelChoiceField(
        label=gettext_lazy("Budgetpost"), queryset=BudgetLine.objects.none(), required=False,
        empty_label=gettext_lazy("Väljs senare"),
        help_text=gettext_lazy("Parternas belopp är fördelningen av den här posten."),
    )  # fmt: skip
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Partens chef ska godkänna rapporten innan den når samordnaren"), required=False
    )

    def __init__(self, *args: Any, budget_lines: Iterable[BudgetLine], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["budget_line"], budget_lines)


class PlaceForm(forms.Form):
    """The directive's place in the plan. Said once: a directive keeps its number."""

    area = forms.ModelChoiceField(
        label=gettext_lazy("Område"), queryset=FocusArea.objects.none(), empty_label=gettext_lazy("Välj område")
    )
    number = forms.IntegerField(
        label=gettext_lazy("Nummer"),
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, areas: Iterable[FocusArea], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["area"], areas)


class TiesForm(forms.Form):
    """The goals of frameworks that a directive is tied to."""

    framework_goals = OffersField(label=gettext_lazy("Mål i ramverken"), required=False)

    def __init__(self, *args: Any, goals: Iterable[FrameworkGoal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["framework_goals"].offer(goals, lambda goal: goal.in_full)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(directive: Directive | None) -> dict[str, Any]:
        tied = directive.framework_goals.all() if directive else ()
        return {"framework_goals": [str(goal.uid) for goal in tied]}


class PointForm(forms.Form):
    """The decision that carries it."""

    decision_point = forms.ModelChoiceField(
        label=gettext_lazy("Beslutspunkt"), queryset=DecisionPoint.objects.none(),
        empty_label=gettext_lazy("Välj beslutspunkt"),
        help_text=gettext_lazy("Punkter i gällande beslut som handlar om direktiv och är bifallna."),
    )  # fmt: skip

    def __init__(self, *args: Any, points: Iterable[DecisionPoint], **options: Any) -> None:
        super().__init__(*args, **options)
        listed = list(points)
        _offer(self.fields["decision_point"], listed)
        self.fields["decision_point"].label_from_instance = point_words  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Varför dras direktivet tillbaka?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Skälet står i spåret. Rapporter som inte är godkända faller bort."),
    )  # fmt: skip


def point_words(point: DecisionPoint) -> str:
    """A decision point as it is chosen: body, day, number and text."""
    decision = point.decision
    return _("%(body)s %(day)s, punkt %(number)s: %(text)s") % {
        "body": decision.body.name, "day": decision.decided_on.isoformat(), "number": point.number,
        "text": point.text[:90],
    }  # fmt: skip


def _offer(field: Any, rows: Iterable[Any]) -> None:
    field.queryset = field.queryset.model.objects.filter(pk__in=[row.pk for row in rows])
    if field.queryset.model is DecisionPoint:
        field.queryset = field.queryset.select_related("decision__body").order_by("-decision__decided_on", "number")


class QuestionForm(forms.Form):
    """One question of a reporting form. A copied question keeps its code: last year's answer needs it."""

    code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Fråga"), max_length=500, required=False)
    help = forms.CharField(label=gettext_lazy("Hjälptext"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Slag av svar"), choices=list(KINDS.items()), initial="text")
    audience = forms.ChoiceField(
        label=gettext_lazy("Vem får läsa svaret?"), choices=list(AUDIENCES.items()), initial="everybody"
    )
    unit = forms.CharField(label=gettext_lazy("Enhet, för antal"), max_length=60, required=False)
    options = forms.CharField(
        label=gettext_lazy("Val, ett på varje rad"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    counted = forms.ChoiceField(
        label=gettext_lazy("Fylls i med indikatorn, för antal"), required=False,
        help_text=gettext_lazy("Parten ser värdet för året i fältet och kan ändra det."),
    )  # fmt: skip
    required = forms.BooleanField(label=gettext_lazy("Måste besvaras"), required=False)
    adds_up = forms.BooleanField(label=gettext_lazy("Antalen summeras för länet"), required=False)

    def __init__(self, *args: Any, indicators: Iterable[Indicator] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(one.code, one.title) for one in indicators]
        self.fields["counted"].choices = [("", _("Ingen")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text", "").strip():
            if given.get("DELETE") or not self.has_changed():
                return given
            self.add_error("text", _("Skriv frågan, eller bocka i Ta bort."))
        lines = [line.strip() for line in given.get("options", "").splitlines() if line.strip()]
        if given.get("kind") in {QuestionKind.CHOICE, QuestionKind.CHOICES} and len(set(lines)) < 2:
            self.add_error("options", _("Skriv minst två val, ett på varje rad."))
        return given


class BaseQuestions(forms.BaseFormSet):
    """The questions in order; empty rows do not count."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Plats")
        form.fields["ORDER"].widget.attrs["inputmode"] = "numeric"
        form.fields["DELETE"].label = _("Ta bort frågan")

    def questions(self) -> list[Question]:
        """The questions as typed, codes given to new ones. Call when valid."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text", "").strip()]
        kept = [row for row in rows if not row.get("DELETE")]
        kept.sort(key=lambda row: row.get("ORDER") or 1000)
        taken = {row["code"] for row in kept if row["code"]}
        found = []
        for row in kept:
            code = row["code"] or _free_code(row["text"], taken)
            taken.add(code)
            found.append(_question(row, code))
        return found


def _question(row: dict[str, Any], code: str) -> Question:
    kind = QuestionKind(row["kind"])
    options: tuple[Option, ...] = ()
    if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        options = _options(row["options"], _kept(row["kept"]))
    return Question(
        code=code, kind=kind, text=" ".join(row["text"].split()), audience=Audience(row["audience"]),
        required=row["required"], help=row["help"].strip(), unit=row["unit"].strip(),
        adds_up=row["adds_up"] and kind is QuestionKind.NUMBER, options=options,
        counted=row["counted"] if kind is QuestionKind.NUMBER else "",
    )  # fmt: skip


def _kept(text: str) -> dict[str, str]:
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(code) for name, code in read.items()} if isinstance(read, dict) else {}


def _options(typed: str, kept: dict[str, str]) -> tuple[Option, ...]:
    texts = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    taken = {kept[text] for text in texts if text in kept}
    found = []
    for text in texts:
        code = kept.get(text) or _free_code(text, taken)
        taken.add(code)
        found.append(Option(code, text))
    return tuple(found)


def _free_code(text: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    base = "_".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("_") or "question"
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code


_Rows = forms.formset_factory(QuestionForm, formset=BaseQuestions, extra=0, can_order=True, can_delete=True)
_BlankRows = forms.formset_factory(
    QuestionForm, formset=BaseQuestions, extra=ROWS_AT_FIRST, can_order=True, can_delete=True
)


def blank_questions(indicators: Iterable[Indicator]) -> Any:
    """Empty rows for a form's questions. `indicators`: what a number can be filled in with."""
    return _BlankRows(prefix="questions", form_kwargs={"indicators": list(indicators)})


def questions_from(questions: Iterable[Question], indicators: Iterable[Indicator]) -> Any:
    """Rows that say what a form asks, to be changed and sent back as new ones."""
    initial = [
        {
            "code": question.code, "text": question.text, "help": question.help, "kind": question.kind.value,
            "audience": question.audience.value, "unit": question.unit, "required": question.required,
            "adds_up": question.adds_up, "counted": question.counted,
            "options": "\n".join(option.text for option in question.options),
            "kept": json.dumps({option.text: option.code for option in question.options}, ensure_ascii=False),
            "ORDER": position,
        }
        for position, question in enumerate(questions, start=1)
    ]  # fmt: skip
    return _Rows(initial=initial, prefix="questions", form_kwargs={"indicators": list(indicators)})


def questions_typed(data: QueryDict, indicators: Iterable[Indicator], *, more: int = 0) -> Any:
    """The posted rows, with `more` empty ones after them. Every row counts as new, so that an empty one is left out."""
    copied = data.copy()
    total = copied.get("questions-TOTAL_FORMS", "0")
    rows = min(int(total) if re.fullmatch(r"[0-9]{1,3}", total) else 0, 60)
    copied["questions-TOTAL_FORMS"] = str(rows + more)
    copied["questions-INITIAL_FORMS"] = "0"
    return _Rows(copied, prefix="questions", form_kwargs={"indicators": list(indicators)})


class CopyForm(forms.Form):
    """An earlier form to start from."""

    copy = forms.ModelChoiceField(
        label=gettext_lazy("Börja från ett tidigare formulär"), queryset=Form.objects.none(), required=False,
        empty_label=gettext_lazy("Välj formulär"),
    )  # fmt: skip

    def __init__(self, *args: Any, forms_there: Iterable[Form], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["copy"]
        chosen.queryset = Form.objects.filter(pk__in=[form.pk for form in forms_there]).order_by("-year", "title")
        chosen.label_from_instance = lambda form: f"{form.title} ({form.year})"
