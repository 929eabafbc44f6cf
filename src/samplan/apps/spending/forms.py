"""What is typed about what became of the money. Checks and converts, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.questionnaires.labels import COSTS
from samplan.apps.spending.labels import PAYMENT_KINDS
from samplan.apps.spending.queries import Money, Receiver
from samplan.base.ui.fields import DayField, WholeField, one_of
from samplan.domain.questionnaire import costs_of


class UseForm(forms.Form):
    """Kronor by kind of cost, and what goes on into the next year where the agreement lets it. When an accepted report
    has told the costs, only the latter can be typed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, receiver: Receiver, may_carry: bool) -> None:
        use = receiver.use
        self.typed = costs_of(use.costs) if use else {}
        self.reported = receiver.facts.source == "report"
        initial = {**self.typed, "version": use.version if use else 0, "carried": use.carried if use else None}
        super().__init__(data, initial=initial, use_required_attribute=False)
        if not self.reported:
            for kind, words in COSTS.items():
                self.fields[kind] = WholeField(label=words, required=False)
        if may_carry:
            self.fields["carried"] = WholeField(label=_("Förs vidare till nästa år"), required=False)

    @property
    def costs_fields(self) -> list[Any]:
        return [self[kind] for kind in COSTS if kind in self.fields]

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        given = self.cleaned_data
        costs = {kind: given[kind] for kind in COSTS if given.get(kind) is not None}
        values = {"costs": self.typed if self.reported else costs, "version": given["version"]}
        return values | ({"carried": given["carried"] or 0} if "carried" in self.fields else {})


class PaymentForm(forms.Form):
    """One payment of a line, to or from a receiver."""

    kind = forms.ChoiceField(label=gettext_lazy("Åt vilket håll"), choices=one_of(PAYMENT_KINDS))
    amount = WholeField(label=gettext_lazy("Belopp"))
    on = DayField(label=gettext_lazy("Dag"))
    to = forms.CharField(
        label=gettext_lazy("Till eller från någon annan"), max_length=200, required=False,
        help_text=gettext_lazy("Till exempel den som skrev fakturan. Annars gäller mottagaren."),
    )  # fmt: skip

    def __init__(self, data: Any, *, receiver: Receiver) -> None:
        facts = receiver.facts
        initial = {"amount": facts.to_return or facts.unpaid or None, "kind": "back" if facts.to_return else ""}
        super().__init__(data, prefix="payment", initial=initial, use_required_attribute=False)


class PayAllForm(forms.Form):
    on = DayField(label=gettext_lazy("Dag"))


class RepayForm(forms.Form):
    """Unused money paid back to the state."""

    amount = WholeField(label=gettext_lazy("Belopp"))
    on = DayField(label=gettext_lazy("Dag"))
    to = forms.CharField(label=gettext_lazy("Till"), max_length=200)

    def __init__(self, data: Any, *, money: Money) -> None:
        owed = max(0, money.facts.to_repay - money.facts.repaid)
        initial = {"amount": owed or None, "to": "Kammarkollegiet"}
        super().__init__(data, initial=initial, use_required_attribute=False)


class CertifyForm(forms.Form):
    certified_by = forms.CharField(label=gettext_lazy("Den som intygar"), max_length=200)
    certified_function = forms.CharField(label=gettext_lazy("Funktion"), max_length=200)
    on = DayField(label=gettext_lazy("Dag"))
