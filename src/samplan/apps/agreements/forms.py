"""What is typed about agreements, grants and decisions about them. Checks and converts, never saves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.key_forms import StepsField, offer
from samplan.apps.agreements.labels import LEVELS, STATES
from samplan.apps.agreements.models import Agreement, SectionLine
from samplan.apps.agreements.operations.money import Dates, NewLine, NewSection
from samplan.apps.bodies.models import DecisionPoint
from samplan.base.ui.fields import DayField, LongText, OfferField, RowForm, WholeField, one_of
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import (
    Equal,
    FlatPopulation,
    Population,
    SimpleKey,
    Steps,
    from_data,
)

MANAGE = Permission.MANAGE_MONEY


class PointForm(forms.Form):
    """The decision that carries it."""

    decision_point = OfferField(label=gettext_lazy("Beslutspunkt"), empty=gettext_lazy("Välj beslutspunkt"))

    def __init__(self, *args: Any, points: Iterable[DecisionPoint], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decision_point"].offer(points, point_words)  # type: ignore[attr-defined]


def point_words(point: DecisionPoint) -> str:
    """A decision point as it is chosen: body, day, number and text."""
    decision = point.decision
    return _("%(body)s %(day)s, punkt %(number)s: %(text)s") % {
        "body": decision.body.name, "day": day(decision.decided_on), "number": point.number, "text": point.text[:90],
    }  # fmt: skip


class AgreementForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Namn"), max_length=300)
    parties = forms.CharField(label=gettext_lazy("Mellan vilka"), max_length=300)
    state = forms.ChoiceField(label=gettext_lazy("Läge"), choices=one_of(STATES))
    signed_on = DayField(label=gettext_lazy("Tecknad den"), required=False)
    request_by = DayField(label=gettext_lazy("Rekvirera senast"), required=False)
    use_by = DayField(label=gettext_lazy("Använd senast"), required=False)
    report_by = DayField(label=gettext_lazy("Redovisa senast"), required=False)
    repay_by = DayField(label=gettext_lazy("Betala tillbaka senast"), required=False)
    may_carry_on = forms.BooleanField(label=gettext_lazy("Medel som blir över får användas året efter"), required=False)

    def dates(self) -> Dates:
        given = self.cleaned_data
        return Dates(given["request_by"], given["use_by"], given["report_by"], given["repay_by"])

    @staticmethod
    def initial_of(agreement: Agreement) -> dict[str, Any]:
        names = ("title", "parties", "signed_on", "request_by", "use_by", "report_by", "repay_by", "may_carry_on")
        return {name: getattr(agreement, name) for name in names} | {"state": "revised"}


NATIONAL_KEYS = {
    "population": gettext_lazy("Folkmängd"),
    "flat": gettext_lazy("Grundbelopp och folkmängd"),
    "equal": gettext_lazy("Lika delar"),
    "steps": gettext_lazy("I steg efter folkmängd"),
}


class SectionRow(RowForm):
    """One section with its sum for each recipient level. A level left empty gets nothing.

    In a revised agreement (`revise`) a line may keep the key it had, whichever that was, and a sum that is the same as
    before keeps its mark for being made up.
    """

    said = ("tag", "title", "points", "amount_joint", "amount_region", "amount_municipalities")
    number = forms.CharField(label=gettext_lazy("Nummer"), max_length=20)
    tag = forms.CharField(label=gettext_lazy("Kort namn"), max_length=60)
    title = forms.CharField(label=gettext_lazy("Rubrik"), max_length=500)
    points = LongText(label=gettext_lazy("Punkter som insatser kan knytas till, en på varje rad"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.before = dict[tuple[str, str], SectionLine]()
        for level in LEVELS:
            self.fields[f"amount_{level}"] = WholeField(label=_("Hela landet"), required=False)
            self.fields[f"key_{level}"] = forms.ChoiceField(label=_("Delas efter"), choices=one_of(NATIONAL_KEYS))
            self.fields[f"flat_{level}"] = WholeField(label=_("Grundbelopp"), required=False)
            self.fields[f"table_{level}"] = StepsField(label=_("Steg"), required=False)

    def has_changed(self) -> bool:
        """A section that is as it was before counts too: the revised agreement holds all that is in force."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.said)

    def revise(self, lines: Mapping[tuple[str, str], SectionLine]) -> None:
        """`lines`: what the agreement that is revised gave, by a section's short name and recipient level."""
        self.before = dict(lines)
        for level in LEVELS:
            kept = [("kept", _("Som i den tidigare överenskommelsen"))]
            offer(self.fields[f"key_{level}"], [*one_of(NATIONAL_KEYS), *kept])

    def _before(self, level: str) -> SectionLine | None:
        return self.before.get((self.cleaned_data.get("tag", ""), level))

    @property
    def levels(self) -> list[tuple[Any, ...]]:
        return [
            (words, self[f"amount_{level}"], self[f"key_{level}"], self[f"flat_{level}"], self[f"table_{level}"])
            for level, words in LEVELS.items()
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for level in LEVELS:
            if (
                given.get(f"key_{level}") == "flat"
                and given.get(f"flat_{level}") is None
                and given.get(f"amount_{level}")
            ):
                self.add_error(f"flat_{level}", _("Skriv grundbeloppet."))
            steps = given.get(f"key_{level}") == "steps"
            if steps and given.get(f"amount_{level}") and not given.get(f"table_{level}", True):
                self.add_error(f"table_{level}", _("Skriv minst ett steg."))
            if given.get(f"key_{level}") == "kept" and given.get(f"amount_{level}") and self._before(level) is None:
                self.add_error(
                    f"key_{level}", _("Den tidigare överenskommelsen har inget belopp här. Välj hur det delas.")
                )
        return given

    def _key(self, level: str, name: str) -> SimpleKey:
        match name:
            case "flat":
                return FlatPopulation(self.cleaned_data[f"flat_{level}"])
            case "steps":
                return Steps(self.cleaned_data[f"table_{level}"])
            case "equal":
                return Equal()
            case _:
                return Population()

    def section(self) -> NewSection:
        given = self.cleaned_data
        lines = []
        for level in LEVELS:
            amount, key, before = given[f"amount_{level}"], given[f"key_{level}"], self._before(level)
            if amount is None:
                continue
            kept = key == "kept" and before is not None
            made = from_data(json.loads(before.key)) if kept and before else self._key(level, key)
            lines.append(
                NewLine(
                    level, amount, made, title=before.title if before else given["title"],
                    rounding=Rounding(before.rounding) if before else Rounding.NEAREST,
                    made_up=bool(before and before.made_up and before.amount == amount),
                )
            )  # fmt: skip
        points = tuple(line.strip() for line in given["points"].splitlines() if line.strip())
        return NewSection(given["number"], given["tag"], given["title"], tuple(lines), points)


class ComputeForm(forms.Form):
    population_on = forms.ChoiceField(label=gettext_lazy("Efter folkmängden den"))

    def __init__(self, *args: Any, dates: Iterable[date], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self.fields["population_on"], ((one.isoformat(), day(one)) for one in dates))


class TableForm(forms.Form):
    table = LongText(
        label=gettext_lazy("Tabellen med beslutade belopp"), rows=12,
        help_text=gettext_lazy(
            "Markera tabellen i Excel eller Word, kopiera den och klistra in den här. Första raden är rubrikerna: "
            "Avsnitt, Region, Kommuner, Länsgemensamt."
        ),
    )  # fmt: skip


class GrantForm(forms.Form):
    amount = WholeField(label=gettext_lazy("Beslutat belopp"))
    reason = LongText(
        label=gettext_lazy("Varför skiljer det sig?"), required=False, rows=3,
        help_text=gettext_lazy("Behövs bara när beloppet inte är det uträknade."),
    )  # fmt: skip
