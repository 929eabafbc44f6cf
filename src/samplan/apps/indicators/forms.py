"""What is typed about indicators. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samplan.apps.indicators.labels import DIRECTIONS, SEXES
from samplan.apps.orgs.models import Party
from samplan.base.kernel.problems import say
from samplan.base.ui.fields import LongText, one_of
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact


class ExactField(forms.CharField):
    """A number with or without decimals, typed with comma or point: an Exact, or None when left out."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "input--number"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").split())
        if not text:
            return None
        try:
            return parse_exact(text)
        except Invalid as error:
            raise forms.ValidationError(say(error)) from None


class IndicatorForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Vad som mäts"), max_length=300)
    definition = LongText(label=gettext_lazy("Definition"), rows=3, required=False)
    unit = forms.CharField(label=gettext_lazy("Enhet"), max_length=60, required=False)
    direction = forms.ChoiceField(
        label=gettext_lazy("Riktning"), choices=one_of(DIRECTIONS), widget=forms.RadioSelect, initial="up"
    )
    adds_up = forms.BooleanField(
        label=gettext_lazy("Antal som kan läggas ihop (inte andelar och medelvärden)"), required=False, initial=True
    )
    source = forms.CharField(label=gettext_lazy("Källa"), max_length=300, required=False)


class NewIndicatorForm(IndicatorForm):
    code = forms.CharField(
        label=gettext_lazy("Kod"), max_length=60,
        help_text=gettext_lazy("Små bokstäver a–z, siffror och _. Texter citerar värdet med {{kod 2024}}."),
    )  # fmt: skip
    field_order = ("title", "code")


class PastedForm(forms.Form):
    """A pasted table, the period of what has none in it, and why values are corrected."""

    table = LongText(
        label=gettext_lazy("Tabellen"), rows=12,
        help_text=gettext_lazy(
            "Markera tabellen i Excel, kopiera den och klistra in den här. Första raden är rubrikerna: Part, och en "
            "kolumn för varje period (2023, 2024H1), kön eller ålder. Eller en rad för varje värde, med kolumnerna "
            "Part, Period, Kön, Ålder och Värde. Under Mål står målvärden för hela länet."
        ),
    )  # fmt: skip
    period = forms.CharField(
        label=gettext_lazy("Period, om tabellen inte har någon"), max_length=7, required=False,
        help_text=gettext_lazy("Till exempel 2024, 2024H1, 2024Q3 eller 2024-05."),
    )  # fmt: skip
    reason = LongText(label=gettext_lazy("Skäl, om värden rättas"), rows=2, required=False)


class ValuesForm(forms.Form):
    """Values of a period and a breakdown, for the whole county and each party at once."""

    period = forms.CharField(
        label=gettext_lazy("Period"), max_length=7,
        help_text=gettext_lazy("Till exempel 2024, 2024H1, 2024Q3 eller 2024-05."),
    )  # fmt: skip
    sex = forms.ChoiceField(label=gettext_lazy("Kön"), choices=one_of(SEXES), initial="all")
    age_from = forms.IntegerField(label=gettext_lazy("Ålder från"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=gettext_lazy("Ålder till"), min_value=0, max_value=120, required=False)
    target = ExactField(label=gettext_lazy("Målvärde för perioden"), required=False)
    reason = LongText(label=gettext_lazy("Skäl, om ett värde rättas"), rows=2, required=False)
    county = ExactField(label=gettext_lazy("Hela länet"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.parties = {f"party-{party.code}": party for party in parties}
        for name, party in self.parties.items():
            self.fields[name] = ExactField(label=party.name, required=False)

    def given(self) -> list[tuple[Party | None, Exact]]:
        """The values that were typed, each with whose it is."""
        rows: list[tuple[Party | None, Any]] = [(None, self.cleaned_data["county"])]
        rows += [(party, self.cleaned_data[name]) for name, party in self.parties.items()]
        return [(party, value) for party, value in rows if value is not None]
