"""What is typed when a grant is divided into lines or money is moved. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.forms import PointForm
from samplan.apps.agreements.models import Allocation, Grant
from samplan.apps.orgs.models import Organisation
from samplan.apps.plans.labels import LINE_KINDS
from samplan.apps.plans.models import BudgetLine
from samplan.apps.plans.operations.budget import Line
from samplan.base.ui.fields import OfferField, RowForm, WholeField, one_of
from samplan.base.ui.templatetags.samplan import kronor


class LineRow(RowForm):
    """One line of a grant. With an allocation the amount is the allocation's and may be left out."""

    said = ("title", "amount", "allocation")
    title = forms.CharField(label=gettext_lazy("Post"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=one_of(LINE_KINDS))
    amount = WholeField(label=gettext_lazy("Belopp"), required=False)
    allocation = OfferField(
        label=gettext_lazy("Fördelas mellan parterna"), empty=gettext_lazy("Nej, till en mottagare"), required=False
    )
    payee = OfferField(label=gettext_lazy("Mottagare"), empty=gettext_lazy("Ingen särskild"), required=False)
    payee_name = forms.CharField(label=gettext_lazy("Annan mottagare"), max_length=200, required=False)
    extent_percent = forms.IntegerField(
        label=gettext_lazy("Tjänstens omfattning"), min_value=1, max_value=1000, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        allocation = given.get("allocation")
        if given.get("amount") is None and "amount" not in self.errors:
            if allocation is None:
                self.add_error("amount", _("Skriv beloppet."))
            else:
                given["amount"] = allocation.amount
        return given

    def line(self, grant: Grant) -> Line:
        given = self.cleaned_data
        return Line(
            grant, given["kind"], given["title"], given["amount"], extent_percent=given["extent_percent"],
            payee=given["payee"], payee_name=given["payee_name"].strip(), allocation=given["allocation"],
        )  # fmt: skip


def ready(allocations: Iterable[Allocation], organisations: Iterable[Organisation]) -> Any:
    """Offers a row its choices."""
    free, receivers = list(allocations), list(organisations)

    def offer(row: Any) -> None:
        row.fields["allocation"].offer(free, lambda one: f"{one.title}, {kronor(one.amount)}")
        row.fields["payee"].offer(receivers)

    return offer


class MoveForm(PointForm):
    """A new amount for each line that may be moved."""

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line-{line.uid}"] = WholeField(label=line.title, initial=line.amount)

    @property
    def amounts(self) -> list[Any]:
        return [self[f"line-{line.uid}"] for line in self.lines]

    def changed_lines(self) -> dict[BudgetLine, int]:
        """The lines with a new amount. Call when valid."""
        typed = {line: self.cleaned_data[f"line-{line.uid}"] for line in self.lines}
        return {line: amount for line, amount in typed.items() if amount != line.amount}
