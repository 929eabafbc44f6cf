"""What is typed about agreements, grants and allocations. Checks and converts, never saves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samplan.apps.agreements.labels import INNER_KEYS, KEY_HELP, KEYS, LEVELS, NEEDED, ROUNDINGS, STATES
from samplan.apps.agreements.models import Agreement, Allocation, SectionLine
from samplan.apps.agreements.operations import Dates, How, NewLine, NewSection
from samplan.apps.bodies.models import DecisionPoint
from samplan.apps.orgs.models import Party
from samplan.base.ui.fields import DayField, LongText, OfferField, OffersField, RowForm, WholeField, one_of
from samplan.base.ui.templatetags.samplan import day
from samplan.domain.access import Permission
from samplan.domain.allocation import Rounding
from samplan.domain.allocation_keys import (
    AgeGroup,
    Equal,
    Fixed,
    FlatPopulation,
    Key,
    Part,
    Population,
    SimpleKey,
    Split,
    from_data,
)
from samplan.domain.errors import Invalid
from samplan.domain.exact import Exact, parse_exact

MANAGE = Permission.MANAGE_MONEY


def _percent(label: Any) -> forms.CharField:
    """A share of a hundred, whole or with decimals."""
    return forms.CharField(
        label=label, max_length=12, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input--short"}),
    )  # fmt: skip


def _offer(field: Any, choices: Iterable[tuple[str, str]]) -> None:
    field.choices = list(choices)


class KeyForm(forms.Form):
    """By what a sum is shared. Only the fields of the chosen key count."""

    key = forms.ChoiceField(
        label=gettext_lazy("Fördela efter"), choices=one_of(KEYS), initial="population", widget=forms.RadioSelect
    )
    age_from = forms.IntegerField(label=gettext_lazy("Från ålder"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(
        label=gettext_lazy("Till och med ålder"), min_value=0, max_value=120, required=False,
        help_text=gettext_lazy("Tomt betyder och äldre."),
    )  # fmt: skip
    flat = WholeField(label=gettext_lazy("Grundbelopp till var och en"), required=False)
    catchment = forms.MultipleChoiceField(
        label=gettext_lazy("Upptagningsområde"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ingen ikryssad betyder att alla räknas."),
    )  # fmt: skip
    outside = WholeField(label=gettext_lazy("Belopp till var och en utanför området"), required=False)
    region_percent = _percent(gettext_lazy("Regionens andel"))
    municipality_percent = _percent(gettext_lazy("Kommunernas andel"))
    inner = forms.ChoiceField(
        label=gettext_lazy("Kommunerna delar sin andel efter"), choices=one_of(INNER_KEYS), required=False,
        help_text=gettext_lazy("Ålder och grundbelopp skrivs i sina rutor här ovanför."),
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label=gettext_lazy("Avrundning"),
        help_text=gettext_lazy("Till sista kronan: de kronor som blir över går till dem med störst decimal."),
        choices=one_of(ROUNDINGS),
        initial="largest-remainder",
    )
    population_on = forms.ChoiceField(label=gettext_lazy("Folkmängd den"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], dates: Iterable[date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.parties = list(parties)
        _offer(self.fields["population_on"], ((one.isoformat(), day(one)) for one in dates))
        for name in ("age_from", "age_to"):
            self.fields[name].widget.attrs["class"] = "input--short"
        _offer(self.fields["catchment"], ((party.code, party.name) for party in self.parties))
        for party in self.parties:
            self.fields[f"sum-{party.code}"] = WholeField(label=party.name, required=False)
        for name in (*NEEDED.get(self.chosen, ()), *NEEDED.get(self.chosen_inside, ())):
            self.fields[name].required = True
        self.fields["population_on"].required = self.chosen not in {"equal", "fixed"}

    @property
    def keys(self) -> list[tuple[Any, Any]]:
        """The choices with a line of help each."""
        return [(option, KEY_HELP[option.data["value"]]) for option in self["key"]]

    @property
    def chosen(self) -> str:
        """The key that is typed or stored."""
        return str(self["key"].value())

    @property
    def chosen_inside(self) -> str:
        """The key inside the municipalities' part of a split; empty for other keys."""
        return str(self["inner"].value()) if self.chosen == "split" else ""

    @property
    def sums(self) -> list[Any]:
        return [self[f"sum-{party.code}"] for party in self.parties]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("key") == "split":
            for name in NEEDED["split"]:
                if name in given:
                    self._read_percent(name, given)
        return given

    def _read_percent(self, name: str, given: dict[str, Any]) -> None:
        try:
            found = parse_exact(given.get(name, "").strip().removesuffix("%"))
        except Invalid:
            found = Exact(101)
        if found.fraction > 100 or found.scale > 6:
            self.add_error(name, _("Skriv ett tal mellan 0 och 100."))
        given[name] = found

    def how(self, amount: int) -> How:
        """The way of sharing that was typed. Raises Invalid as the keys do. Call when valid."""
        given = self.cleaned_data
        counts = given["key"] not in {"equal", "fixed"}
        on = date.fromisoformat(given["population_on"]) if counts else None
        return How(amount, self._key(), Rounding(given["rounding"]), on)

    def _key(self) -> Key:
        given = self.cleaned_data
        if given["key"] == "fixed":
            sums = [(party.code, given[f"sum-{party.code}"] or 0) for party in self.parties]
            return Fixed(tuple(one for one in sums if one[1]))
        if given["key"] == "split":
            # The region is one party: nothing is shared inside its part.
            return Split(
                (
                    Part("region", Equal(), percent=given["region_percent"]),
                    Part("municipality", self._simple(given["inner"]), percent=given["municipality_percent"]),
                )
            )
        return self._simple(given["key"])

    def _simple(self, name: str) -> SimpleKey:
        given = self.cleaned_data
        match name:
            case "age":
                area = frozenset(given["catchment"]) or None
                return AgeGroup(given["age_from"], given["age_to"], area, (given["outside"] or 0) if area else 0)
            case "equal":
                return Equal()
            case "flat":
                return FlatPopulation(given["flat"])
            case _:
                return Population()

    @staticmethod
    def initial_of(allocation: Allocation, data: dict[str, Any]) -> dict[str, Any]:
        """The form's values for a stored key (`data`, as the key writes itself)."""
        on = allocation.population_on
        found = {
            "key": data["key"], "rounding": allocation.rounding, "population_on": on.isoformat() if on else "",
        }  # fmt: skip
        simple = data
        for part in data.get("groups", []):
            found[f"{part['group']}_percent"] = part.get("percent", "").replace(".", ",")
            if part["group"] == "municipality":
                simple = part["key"]
                found["inner"] = simple["key"]
        found |= {
            "age_from": simple.get("from"), "age_to": simple.get("to"), "flat": simple.get("flat"),
            "catchment": simple.get("catchment") or [], "outside": simple.get("outside") or None,
        }  # fmt: skip
        return found | {f"sum-{code}": kronor for code, kronor in data.get("sums", {}).items()}


class AllocationForm(KeyForm):
    """A new allocation: what is shared, between whom, and how."""

    title = forms.CharField(label=gettext_lazy("Vad pengarna gäller"), max_length=300)
    amount = WholeField(label=gettext_lazy("Summa att fördela"))
    members = OffersField(label=gettext_lazy("Mellan vilka"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["members"].offer(self.parties)  # type: ignore[attr-defined]


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

    def dates(self) -> Dates:
        given = self.cleaned_data
        return Dates(given["request_by"], given["use_by"], given["report_by"], given["repay_by"])

    @staticmethod
    def initial_of(agreement: Agreement) -> dict[str, Any]:
        names = ("title", "parties", "signed_on", "request_by", "use_by", "report_by", "repay_by")
        return {name: getattr(agreement, name) for name in names} | {"state": "revised"}


NATIONAL_KEYS = {
    "population": gettext_lazy("Folkmängd"),
    "flat": gettext_lazy("Grundbelopp och folkmängd"),
    "equal": gettext_lazy("Lika delar"),
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

    def has_changed(self) -> bool:
        """A section that is as it was before counts too: the revised agreement holds all that is in force."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.said)

    def revise(self, lines: Mapping[tuple[str, str], SectionLine]) -> None:
        """`lines`: what the agreement that is revised gave, by a section's short name and recipient level."""
        self.before = dict(lines)
        for level in LEVELS:
            kept = [("kept", _("Som i den tidigare överenskommelsen"))]
            _offer(self.fields[f"key_{level}"], [*one_of(NATIONAL_KEYS), *kept])

    def _before(self, level: str) -> SectionLine | None:
        return self.before.get((self.cleaned_data.get("tag", ""), level))

    @property
    def levels(self) -> list[tuple[Any, Any, Any, Any]]:
        return [
            (words, self[f"amount_{level}"], self[f"key_{level}"], self[f"flat_{level}"])
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
            if given.get(f"key_{level}") == "kept" and given.get(f"amount_{level}") and self._before(level) is None:
                self.add_error(
                    f"key_{level}", _("Den tidigare överenskommelsen har inget belopp här. Välj hur det delas.")
                )
        return given

    def section(self) -> NewSection:
        given = self.cleaned_data
        keys: dict[str, Any] = {"population": Population, "equal": Equal}
        lines = []
        for level in LEVELS:
            amount, key, before = given[f"amount_{level}"], given[f"key_{level}"], self._before(level)
            if amount is None:
                continue
            if key == "kept" and before is not None:
                made = from_data(json.loads(before.key))
            else:
                made = FlatPopulation(given[f"flat_{level}"]) if key == "flat" else keys[key]()
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
        _offer(self.fields["population_on"], ((one.isoformat(), day(one)) for one in dates))


class GrantForm(forms.Form):
    amount = WholeField(label=gettext_lazy("Beslutat belopp"))
    reason = LongText(
        label=gettext_lazy("Varför skiljer det sig?"), required=False, rows=3,
        help_text=gettext_lazy("Behövs bara när beloppet inte är det uträknade."),
    )  # fmt: skip
