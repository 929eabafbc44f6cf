"""What is typed when a grant is divided into lines. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class BudgetForm(PointForm):
    """The decision, and for each line there is a new amount, or the new allocation that has taken its own's place."""

    def __init__(
        self, *args: Any, lines: Iterable[BudgetLine], successors: Mapping[int, Allocation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lines = list(lines)
        self.successors = successors
        for line in self.lines:
            if line.pk in successors:
                offer = OfferField(label=line.title, empty=_("Som förut, %s") % kronor(line.amount), required=False)
                offer.offer([successors[line.pk]], lambda one: _("Efter den nya fördelningen, %s") % kronor(one.amount))
                self.fields[f"line-{line.uid}"] = offer
            elif line.allocation_id is None:
                self.fields[f"line-{line.uid}"] = WholeField(label=line.title, initial=line.amount)

    @property
    def amounts(self) -> list[Any]:
        """Fields of lines that can be changed, each with its unit."""
        return [
            (self[name], "" if line.pk in self.successors else "kr")
            for line in self.lines
            if (name := f"line-{line.uid}") in self.fields
        ]

    @property
    def fixed(self) -> list[BudgetLine]:
        """Allocated lines that nothing has taken the place of."""
        return [line for line in self.lines if f"line-{line.uid}" not in self.fields]

    def changes(self) -> dict[BudgetLine, int | Allocation]:
        """The lines with a new amount or allocation, from what was typed right."""
        typed = {line: self.cleaned_data.get(f"line-{line.uid}") for line in self.lines}
        return {line: new for line, new in typed.items() if new is not None and new != line.amount}
