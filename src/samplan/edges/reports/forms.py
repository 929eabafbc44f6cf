"""What is typed on the report's pages: checked and converted, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.directives.forms import point_words


def unix(text: str) -> str:
    """A browser sends line ends as CR LF; a stored text has LF."""
    return text.replace("\r\n", "\n")


class OpenForm(forms.Form):
    title = forms.CharField(label=_("Rubrik"), max_length=300)


class PassageForm(forms.Form):
    """A person's words in place of a passage. `base_text` is the fact as it was shown, `version` the edit's."""

    text = forms.CharField(
        label=_("Stycket i rapporten"), widget=forms.Textarea(attrs={"rows": 14}), required=False,
        help_text=_("Lämna fältet tomt om stycket inte ska vara med."),
    )  # fmt: skip
    base_text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_base_text(self) -> str:
        return unix(self.cleaned_data["base_text"])


class SynthesisForm(forms.Form):
    text = forms.CharField(
        label=_("Samordnarens sammanfattning"), widget=forms.Textarea(attrs={"rows": 14}), required=False,
        help_text=_("Står först under direktivets resultat. Lämna tomt om det inte behövs."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ApproveForm(forms.Form):
    """The decision that approves the report."""

    decision_point = forms.ModelChoiceField(
        label=_("Beslutspunkt"), queryset=DecisionPoint.objects.none(), empty_label=_("Välj beslutspunkt"),
        help_text=_("Punkter i gällande beslut som handlar om rapporten och är bifallna."),
    )  # fmt: skip

    def __init__(self, *args: Any, points: Iterable[DecisionPoint], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["decision_point"]
        found = DecisionPoint.objects.filter(pk__in=[point.pk for point in points])
        field.queryset = found.select_related("decision__body").order_by("-decision__decided_on", "number")
        field.label_from_instance = point_words
