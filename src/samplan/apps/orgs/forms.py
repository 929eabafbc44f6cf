"""What is typed about people and population. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.orgs.labels import ROLES
from samplan.apps.orgs.models import Organisation
from samplan.base.ui.fields import DayField, OfferField
from samplan.domain.access import INSTALLATION_ROLES, ORGANISATION_ROLES, Role


class InviteForm(forms.Form):
    """Somebody's address and the role they get in the county."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-postadress"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("Roll"), widget=forms.RadioSelect, initial=Role.PARTY_REPORTER.value,
        choices=[(role.value, words) for role, words in ROLES.items() if role not in INSTALLATION_ROLES],
    )  # fmt: skip
    organisation = OfferField(
        label=gettext_lazy("Organisation"), empty=gettext_lazy("Hela länet"), required=False,
        help_text=gettext_lazy("Behövs bara för rapportörer, chefer och ekonomer hos en part."),
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Från och med"))
    send = forms.BooleanField(label=gettext_lazy("Skicka en inloggningslänk genast"), required=False, initial=True)

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].offer(organisations)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("role") in {role.value for role in ORGANISATION_ROLES} and not given.get("organisation"):
            self.add_error("organisation", _("Välj vilken organisation rollen gäller."))
        return given


class EndForm(forms.Form):
    last_day = DayField(
        label=gettext_lazy("Sista dag"), help_text=gettext_lazy("Rollen gäller till och med den dagen.")
    )


class PopulationForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy(
            "CSV med kolumnerna area_code, date, persons, source och, där det behövs, state, sex, age_from och age_to."
        ),
    )  # fmt: skip
