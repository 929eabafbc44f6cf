"""What is typed about a step of a request for money. Checks and converts, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samplan.apps.agreements.operations.requisitions import Told
from samplan.apps.agreements.requisitions import Asked
from samplan.base.ui.fields import DayField, LongText, WholeField
from samplan.domain.cycle import RequisitionStatus

Q = RequisitionStatus


class StepForm(forms.Form):
    """What there is to say of the step `to`; the kronor begin as those of the step before."""

    def __init__(self, data: Any, *, to: RequisitionStatus, asked: Asked) -> None:
        row = asked.row
        known = [asked.granted, row.amount, row.paid] if row else [asked.granted]
        initial = {"amount": [amount for amount in known if amount is not None][-1]}
        super().__init__(data, initial=initial, prefix=to.value, use_required_attribute=False)
        self.to = to
        days = {
            Q.SIGNED: _("Undertecknad den"), Q.SENT: _("Skickad den"), Q.PAID: _("Utbetalt den"),
            Q.RECEIVED: _("Mottaget den"),
        }  # fmt: skip
        if to is Q.SIGNED:
            self.fields["signed_by"] = forms.CharField(label=_("Undertecknad av"), max_length=200)
            self.fields["signed_function"] = forms.CharField(label=_("Funktion"), max_length=200)
        if to in days:
            self.fields["on"] = DayField(label=days[to])
        if to in {Q.SIGNED, Q.PAID, Q.RECEIVED}:
            self.fields["amount"] = WholeField(label=_("Belopp"))
            self.fields["why"] = LongText(
                label=_("Varför skiljer det sig?"), rows=2, required=False,
                help_text=_("Behövs bara när beloppet inte är det som står där."),
            )  # fmt: skip
        if to is Q.DECLINED:
            self.fields["why"] = LongText(label=_("Varför avböjer ni?"), rows=2)

    def told(self) -> Told:
        return Told(**self.cleaned_data)
