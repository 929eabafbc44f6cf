"""What is typed about a levy. Checks and converts, never saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samplan.apps.agreements.key_forms import percent_field, read_percent
from samplan.apps.agreements.labels import ROUNDINGS, source_name
from samplan.apps.agreements.levies import Source
from samplan.apps.agreements.models import Allocation
from samplan.apps.agreements.operations.levies import LevyHow
from samplan.apps.agreements.party_lines import ReasonLines
from samplan.apps.orgs.models import Party
from samplan.base.ui.fields import OffersField, one_of
from samplan.base.ui.templatetags.samplan import day, kronor
from samplan.domain.allocation import Rounding


class LevyForm(forms.Form):
    """How much, of which money, and who pays nothing."""

    percent = percent_field(gettext_lazy("Andel av vad var och en har fått"))
    sources = OffersField(
        label=gettext_lazy("Av vilka pengar"),
        help_text=gettext_lazy("Ta inte med både ett bidrag och en fördelning av samma bidrag."),
    )
    exempt = ReasonLines(
        label=gettext_lazy("Betalar inget"), required=False,
        help_text=gettext_lazy(
            "En part på varje rad, kolon, varför. Som Ockelbo: har inte tagit emot medlen. "
            "Den som inte har fått något betalar ändå inget."
        ),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=gettext_lazy("Avrundning"),
        help_text=gettext_lazy("Till sista kronan: de kronor som saknas i potten betalas av dem med störst decimal."),
        choices=one_of(ROUNDINGS), initial="largest-remainder",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Iterable[Source], parties: Iterable[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["percent"].required = True
        self.fields["sources"].offer(list(offered), source_words)  # type: ignore[attr-defined]
        listed = list(parties)
        self.names = {party.code: party.name for party in listed}
        self.fields["exempt"].offer(listed)  # type: ignore[attr-defined]

    def clean_percent(self) -> Any:
        found = read_percent(self.cleaned_data["percent"])
        if found is None or not found.digits:
            raise forms.ValidationError(_("Skriv ett tal över 0 och högst 100, som 2,5."))
        return found

    @property
    def chosen_sources(self) -> tuple[Source, ...]:
        """Call when valid."""
        return tuple(self.cleaned_data["sources"])

    def how(self) -> LevyHow:
        """What was typed. Call when valid."""
        given = self.cleaned_data
        rows = tuple(source.row for source in self.chosen_sources)
        return LevyHow(given["percent"], rows, Rounding(given["rounding"]), given["exempt"])

    @classmethod
    def initial_of_query(cls, query: QueryDict) -> dict[str, Any]:
        """The form's values for what was tried beside, as the address tells it; nothing when nothing was."""
        if "percent" not in query:
            return {}
        named = {name: query.get(name, "") for name in ("percent", "exempt", "rounding")}
        return named | {"sources": query.getlist("sources")}

    @staticmethod
    def initial_of(
        levy: Allocation, data: Mapping[str, Any], names: Mapping[str, str], sources: Iterable[Source]
    ) -> dict[str, Any]:
        """The form's values for a stored levy, on the `sources` that are in force now."""
        return {
            "percent": data["percent"].replace(".", ","), "sources": [str(source.uid) for source in sources],
            "exempt": ReasonLines.written(data["exempt"], names), "rounding": levy.rounding,
        }  # fmt: skip


class NewLevyForm(LevyForm):
    title = forms.CharField(label=gettext_lazy("Vad pengarna ska gå till"), max_length=300)
    field_order = ("title",)


def source_words(source: Source) -> str:
    """A source as it is chosen: what it is, how much the parties got, and what is special about it."""
    words = f"{source_name(source.title, source.level)}: {kronor(source.total)}"
    if isinstance(source.row, Allocation) and source.row.decision_point:
        words += ", " + _("beslutad %(day)s") % {"day": day(source.row.decision_point.decision.decided_on)}
    if source.preliminary:
        words += " " + _("(preliminärt)")
    if source.declined:
        number = len(source.declined)
        words += " " + ngettext("(en har tackat nej)", "(%(n)s har tackat nej)", number) % {"n": number}
    return words
