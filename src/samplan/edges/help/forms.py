"""What is typed about help. Checks and converts, never saves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samplan.base.ui.fields import LongText
from samplan.edges.help.operations import LONGEST

KINDS = {
    "addition": _("Under Samplans egen text"),
    "replacement": _("I stället för Samplans egen text"),
}


class HelpForm(forms.Form):
    """The county's own words; an empty text takes them away."""

    text = LongText(
        label=_("Länets egen text"), rows=10, required=False, max_length=LONGEST,
        help_text=_(
            "Skriv som ni talar. En rad som börjar med - blir en punkt, **ord** blir fet stil. Tom text tas bort."
        ),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Var den står"), widget=forms.RadioSelect, choices=list(KINDS.items()), initial="addition"
    )
