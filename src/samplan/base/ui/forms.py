"""The form on the component page: one field of each kind."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    title = forms.CharField(label=_("Rubrik"), max_length=80, help_text=_("Kort och tydlig. Den syns i årsrapporten."))
    participants = forms.IntegerField(
        label=_("Antal deltagare"), help_text=_("Räkna varje person en gång."), min_value=0
    )
    used = forms.IntegerField(label=_("Använt belopp"), max_value=48591)
    told = forms.CharField(
        label=_("Vad har kurserna lett till?"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    area = forms.ChoiceField(label=_("Område"), choices=[("1", _("Barn och unga")), ("2", _("Suicidprevention"))])
    more = forms.ChoiceField(
        label=_("Behöver ni fler instruktörer?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Ja, ungefär två")), ("no", _("Nej")), ("unknown", _("Vet inte"))],
    )
    groups = forms.MultipleChoiceField(
        label=_("Vilka har deltagit?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("school", _("Skola")), ("care", _("Vård")), ("social", _("Socialtjänst"))],
        required=False,
    )
    checked = forms.BooleanField(label=_("Det finns inga uppgifter om enskilda personer i rapporten"))
    last_day = forms.DateField(label=_("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    file = forms.FileField(label=_("Bilaga"), required=False)
