"""Forms of documents and their drafts. They check and convert, nothing more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samplan.apps.plans.labels import HORIZONS, SHAPES
from samplan.base.ui.fields import DayField, OfferField
from samplan.domain.freetext import LONGEST_TITLE
from samplan.edges.imports.operations.applying import How
from samplan.edges.imports.sandbox import LARGEST_FILE

MEGABYTES = LARGEST_FILE // 1_000_000


class DocumentForm(forms.Form):
    document = forms.FileField(
        label=_("Dokumentet"),
        help_text=_("Word (.docx), Excel (.xlsx), PDF eller ren text. Högst 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx,.pdf,.txt,.md"}),
        error_messages={"empty": _("Filen är tom."), "required": _("Välj en fil.")},
    )


class ApplyForm(forms.Form):
    title = forms.CharField(label=_("Planens namn"), max_length=LONGEST_TITLE)
    year = forms.IntegerField(label=_("Första året"), min_value=2000, max_value=2099)
    year_to = forms.IntegerField(label=_("Sista året"), min_value=2000, max_value=2099)
    owner = OfferField(label=_("Vems plan"), empty=_("Länet gemensamt"), required=False)
    subject = forms.CharField(
        label=_("Ämne"), max_length=100, required=False,
        help_text=_("Behövs bara om samma ägare har flera planer för samma år."),
    )  # fmt: skip
    shape = forms.ChoiceField(
        label=_("Form"), choices=list(SHAPES.items()),
        help_text=_("Förslaget bygger på vad dokumentet innehåller. Formen kan ändras senare."),
    )  # fmt: skip
    loose_goals = forms.ChoiceField(
        label=_("Mål utan angiven sikt blir"), required=False,
        choices=[("long", HORIZONS["long"]), ("short", HORIZONS["short"])],
    )  # fmt: skip
    last_day = DayField(label=_("Sista dag att rapportera på direktiven"))
    figures = forms.BooleanField(
        label=_("Lägg också in antal som texterna nämner som siffror på insatserna"), required=False
    )
    money = forms.BooleanField(label=_("För in beloppen som beslutade bidrag"), required=False)

    def __init__(
        self, *args: Any, owners: Any, loose: int, directives: int, money: int, figures: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(owners, lambda one: one.name)  # type: ignore[attr-defined]
        for name, needed in (("loose_goals", loose), ("last_day", directives), ("money", money), ("figures", figures)):
            if not needed:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("year") and given.get("year_to") and given["year_to"] < given["year"]:
            self.add_error("year_to", ValidationError(_("Sista året kan inte vara före första året.")))
        return given

    def how(self, *, seen: int, grants: Any, headings: Any, unnamed: Any) -> How:
        """What the person has said."""
        given = self.cleaned_data
        return How(
            title=given["title"], year=given["year"], year_to=given["year_to"], shape=given["shape"],
            last_day=given.get("last_day") or date(given["year_to"], 12, 31), seen=seen, owner=given["owner"],
            subject=given["subject"], loose_goals=given.get("loose_goals") or "long",
            figures=bool(given.get("figures")), grants=grants if given.get("money") else {}, headings=headings,
            unnamed=unnamed,
        )  # fmt: skip
