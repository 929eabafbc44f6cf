"""What is typed about links, addresses and reminders. Checks and converts, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samplan.apps.letters.labels import LANGUAGES
from samplan.apps.letters.operations.addresses import LONGEST
from samplan.base.ui.fields import one_of
from samplan.domain.reminders import Days, Who


class WhoForm(forms.Form):
    name = forms.CharField(label=_("Ditt namn"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    function = forms.CharField(
        label=_("Din roll"), max_length=60, help_text=_("Till exempel enhetschef, folkhälsostrateg eller skolkurator."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip


class AddressForm(forms.Form):
    reporter = forms.EmailField(
        label=_("Den som rapporterar"), required=False,
        help_text=_("Till exempel registratorn eller en funktionsbrevlåda. Hit går brevet och länken till rapporten."),
    )  # fmt: skip
    approver = forms.EmailField(
        label=_("Den som godkänner"), required=False,
        help_text=_("Partens chef. Får en egen länk när rapporten väntar på godkännande."),
    )  # fmt: skip
    manager = forms.EmailField(
        label=_("Ansvarig hos parten"), required=False,
        help_text=_("Får veta när rapporten har dröjt länge."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Språk i breven"), choices=one_of(LANGUAGES), widget=forms.RadioSelect)

    def addresses(self) -> dict[Who, str]:
        return {who: self.cleaned_data[who.value] for who in (Who.REPORTER, Who.APPROVER, Who.MANAGER)}


class DaysForm(forms.Form):
    before = forms.IntegerField(
        label=_("Dagar före sista dagen"), required=False, min_value=1, max_value=LONGEST,
        help_text=_("Den som rapporterar påminns. Lämna tomt för ingen påminnelse före."),
    )  # fmt: skip
    on = forms.BooleanField(label=_("Påminn också på sista dagen"), required=False)
    after = forms.IntegerField(
        label=_("Dagar efter sista dagen"), required=False, min_value=1, max_value=LONGEST,
        help_text=_("Den som rapporterar och den som godkänner påminns."),
    )  # fmt: skip
    last = forms.IntegerField(
        label=_("Dagar efter, sista gången"), required=False, min_value=1, max_value=LONGEST,
        help_text=_("Alla i partens kedja påminns, och samordnaren får veta."),
    )  # fmt: skip

    def days(self) -> Days:
        given: dict[str, Any] = self.cleaned_data
        return Days(given["before"], given["on"], given["after"], given["last"])
