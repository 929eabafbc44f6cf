"""What is typed about plans. Checks and converts, never saves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.models import AgreementSection
from samplan.apps.orgs.models import Party
from samplan.apps.plans.labels import ACTIVITY_FIELDS, KINDS, NEEDED, PARTS, PHASES, PRECISIONS
from samplan.apps.plans.models import Activity, ActivityFigure, FocusArea
from samplan.apps.plans.operations.activities import FigureValue
from samplan.base.ui.fields import DayField, LongText, OfferField, OffersField, RowForm, one_of
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact


class PlanForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Planens namn"), max_length=300)


class TextForm(forms.Form):
    """A chapter of running text. `base_*` name what the texts were when the page was opened."""

    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    text = LongText(label=gettext_lazy("Text"), rows=18, required=False)


class AreaForm(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("Nummer"), min_value=1, max_value=99,
        widget=forms.NumberInput(attrs={"class": "input--short"}),
        help_text=gettext_lazy("Numret är områdets kapitel i årsrapporten."),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    short_title = forms.CharField(label=gettext_lazy("Kort namn, för tabeller"), max_length=100, required=False)
    sections = OffersField(label=gettext_lazy("Områden i överenskommelsen"), required=False)
    text = LongText(label=gettext_lazy("Text"), rows=8, required=False)

    def __init__(self, *args: Any, sections: Iterable[AgreementSection], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sections"].offer(sections)  # type: ignore[attr-defined]


class NewActivityForm(forms.Form):
    """A new activity: only area, number and title are needed to save it."""

    area = OfferField(label=gettext_lazy("Område"), empty=gettext_lazy("Välj område"))
    number = forms.CharField(label=gettext_lazy("Nummer"), max_length=20, help_text=gettext_lazy("Till exempel 3.2.1."))
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=one_of(KINDS))
    phase = forms.ChoiceField(
        label=gettext_lazy("Läge"), choices=one_of(PHASES, empty=gettext_lazy("Inte sagt")), required=False
    )
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    municipalities = OffersField(label=gettext_lazy("Var"), required=False)

    def __init__(self, *args: Any, areas: Iterable[FocusArea], parties: Iterable[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].offer(areas, lambda area: f"{area.number} {area.title}")  # type: ignore[attr-defined]
        self.fields["municipalities"].offer(parties)  # type: ignore[attr-defined]
        for name, label in ACTIVITY_FIELDS.items():
            self.fields[name] = LongText(label=label, rows=3 if name in NEEDED else 4, required=False)

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ACTIVITY_FIELDS}


class ActivityForm(forms.Form):
    """The texts of an activity there is."""

    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=300)
    phase = forms.ChoiceField(
        label=gettext_lazy("Läge"), choices=one_of(PHASES, empty=gettext_lazy("Inte sagt")), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in ACTIVITY_FIELDS.items():
            self.fields[name] = LongText(label=label, rows=3 if name in NEEDED else 5, required=False)

    @staticmethod
    def initial_of(activity: Activity) -> dict[str, str]:
        return {name: getattr(activity, name) for name in ("title", "phase", *ACTIVITY_FIELDS)}


class WhenForm(forms.Form):
    """From, to, and how exactly they are known."""

    starts_on = DayField(label=gettext_lazy("Börjar"), required=False)
    ends_on = DayField(label=gettext_lazy("Slutar"), required=False)
    precision = forms.ChoiceField(
        label=gettext_lazy("Så exakt är tiden"), choices=one_of(PRECISIONS, empty=gettext_lazy("Inte sagt")),
        required=False,
    )  # fmt: skip


class TimesForm(WhenForm):
    """Also the ages of the target group in years."""

    age_from = forms.IntegerField(label=gettext_lazy("Ålder från"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=gettext_lazy("Ålder till"), min_value=0, max_value=120, required=False)


class PartyRow(RowForm):
    """Who takes part: one of the county's parties, or somebody by name."""

    said = ("party", "name")
    party = OfferField(label=gettext_lazy("Part"), empty=gettext_lazy("Någon annan"), required=False)
    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200, required=False)
    part = forms.ChoiceField(label=gettext_lazy("Uppgift"), choices=one_of(PARTS))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("party") and not given.get("name", "").strip():
            self.add_error("name", _("Välj en part eller skriv ett namn."))
        return given

    def value(self) -> tuple[Party | None, str, str]:
        party = self.cleaned_data["party"]
        name = self.cleaned_data["name"].strip() or (party.name if party else "")
        return party, name, self.cleaned_data["part"]


class EventRow(RowForm):
    """What happened, and when."""

    said = ("on_date", "text")
    on_date = DayField(label=gettext_lazy("Dag"))
    text = LongText(label=gettext_lazy("Vad som hände"), rows=2)
    present = OffersField(label=gettext_lazy("Vilka var med"), required=False)


class LinkRow(RowForm):
    said = ("title", "url")
    title = forms.CharField(label=gettext_lazy("Länkens text"), max_length=300)
    url = forms.URLField(label=gettext_lazy("Adress"), max_length=500, assume_scheme="https")


class FigureRow(RowForm):
    """A counted figure, as a number with or without decimals. `was` is the value the page was opened with."""

    said = ("label", "value", "unit")
    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=gettext_lazy("Vad som är räknat"), max_length=200)
    value = forms.CharField(
        label=gettext_lazy("Antal"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input--number"}),
    )  # fmt: skip
    unit = forms.CharField(label=gettext_lazy("Enhet"), max_length=60, required=False)

    def clean_value(self) -> Exact:
        typed = re.sub(r"[\s\u00a0\u202f\u2009]", "", self.cleaned_data["value"])
        try:
            found = parse_exact(typed)
        except Invalid:
            raise forms.ValidationError(_("Skriv ett tal, som 153 eller 12,5.")) from None
        if found.digits >= 2**63 or found.scale > 6:
            raise forms.ValidationError(_("Talet är för stort eller har för många decimaler."))
        return found

    def figure(self, taken: Collection[str]) -> FigureValue:
        """The figure as typed; a new one gets a code from its label."""
        given = self.cleaned_data
        code = given["code"] or _free_code(given["label"], taken)
        return FigureValue(code, given["label"], given["value"].digits, given["value"].scale, given["unit"])

    @staticmethod
    def initial_of(figure: ActivityFigure) -> dict[str, str]:
        value = figure_text(figure.value, figure.scale)
        return {"code": figure.code, "was": value, "label": figure.label, "value": value, "unit": figure.unit}


def figure_text(value: int, scale: int) -> str:
    """A stored figure as it is typed: with a decimal comma."""
    return str(Exact(value, scale)).replace(".", ",")


def _free_code(text: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    base = "_".join(re.findall("[a-z0-9]+", plain))[:40] or "figure"
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}_{number}"
    return code
